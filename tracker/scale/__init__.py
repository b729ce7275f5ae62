"""Beyond one machine: inputs to Parquet shards by many processes, shards to one store."""
