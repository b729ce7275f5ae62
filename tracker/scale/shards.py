"""Rows of documents as Parquet, one row a document, and back: all columns, nothing that only Python reads.

A shard is one file, so that it is there whole or not at all. The lists of a document (articles, segments, mentions,
statements …) are columns of structures with the names that the tables have; ``shadow`` columns are what is searched.
What could not be used, and by which version it was all found, stands in the file's metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tracker.errors import StoreError
from tracker.scale.extra import load
from tracker.scale.files import local_copy, whole_file
from tracker.store.rows import (
    ARTICLE_COLUMNS,
    DIAGNOSTIC_COLUMNS,
    DOCUMENT_COLUMNS,
    MENTION_COLUMNS,
    SEGMENT_COLUMNS,
    SPAN_COLUMNS,
    STATEMENT_COLUMNS,
    DocumentRows,
)
from tracker.store.units import Unusable

VERSION = "1"
GROUP = 200
"""Documents that are written and read together: so many are in memory at once."""
KEY = b"tracker"
_NUMBERS = frozenset(
    (
        "position",
        "article",
        "segment",
        "mention",
        "nested_in",
        "statement",
        "start_char",
        "end_char",
        "cue_start_char",
        "cue_end_char",
    )
)
_FRACTIONS = frozenset(("confidence",))
_LISTS: dict[str, tuple[str, ...]] = {
    "articles": ARTICLE_COLUMNS,
    "segments": SEGMENT_COLUMNS,
    "mentions": MENTION_COLUMNS,
    "statements": STATEMENT_COLUMNS,
    "spans": SPAN_COLUMNS,
    "diagnostics": DIAGNOSTIC_COLUMNS,
    "segment_shadows": ("words", "variants"),
    "statement_shadows": ("words", "variants", "context"),
}


@dataclass(frozen=True)
class ShardFacts:
    """What a shard says of itself: by which ``extractor``, and what could not be used."""

    extractor: str
    failures: tuple[Unusable, ...]


def write_shard(path: str, found: Iterable[DocumentRows | Unusable], *, extractor: str) -> tuple[int, int]:
    """Write all of ``found`` as one shard; how many documents and how many failures it holds."""
    pa, parquet = load("pyarrow"), load("pyarrow.parquet")
    failures: list[Unusable] = []
    count = 0
    with whole_file(path) as draft, parquet.ParquetWriter(draft, schema(), compression="zstd") as writer:
        group: list[DocumentRows] = []

        def write() -> None:
            if group:
                writer.write_table(pa.Table.from_pylist([_record(rows) for rows in group], schema=schema()))
                group.clear()

        for one in found:
            if isinstance(one, Unusable):
                failures.append(one)
                continue
            group.append(one)
            count += 1
            if len(group) >= GROUP:
                write()
        write()
        facts = {
            "version": VERSION,
            "extractor": extractor,
            "failures": [[one.origin, one.message] for one in failures],
        }
        writer.add_key_value_metadata({KEY.decode(): json.dumps(facts, ensure_ascii=False)})
    return count, len(failures)


def read_shard(path: str) -> Iterator[ShardFacts | DocumentRows]:
    """The facts of a shard, then its documents. Raises StoreError where the file is none."""
    parquet = load("pyarrow.parquet")
    with local_copy(path) as copy:
        try:
            file = parquet.ParquetFile(copy)
        except (OSError, ValueError) as error:  # pyarrow's errors are children of these
            raise StoreError(f"{path}: no shard of tracker ({str(error).splitlines()[0]:.100})") from error
        with file:
            yield _facts(path, file.schema_arrow, file.metadata.metadata or {})
            for batch in file.iter_batches(batch_size=GROUP):
                for record in batch.to_pylist():
                    yield _rows(record)


def schema() -> Any:
    """The columns of a shard."""
    pa = load("pyarrow")

    def of(name: str) -> Any:
        if name in _NUMBERS:
            return pa.int64()
        return pa.float64() if name in _FRACTIONS else pa.string()

    fields = [pa.field(name, pa.string()) for name in ("document_id", "read_as", *DOCUMENT_COLUMNS)]
    fields += [
        pa.field(name, pa.list_(pa.struct([(column, of(column)) for column in columns])))
        for name, columns in _LISTS.items()
    ]
    return pa.schema(fields)


def _facts(path: str, found: Any, metadata: dict[bytes, bytes]) -> ShardFacts:
    try:
        facts = json.loads(metadata[KEY])
        if facts["version"] != VERSION or not found.equals(schema()):
            raise ValueError(f"version {facts['version']}")
        return ShardFacts(str(facts["extractor"]), tuple(Unusable(str(a), str(b)) for a, b in facts["failures"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{path}: no shard that this tracker reads ({error}); make it anew") from error


def _record(rows: DocumentRows) -> dict[str, Any]:
    record: dict[str, Any] = dict(zip(DOCUMENT_COLUMNS, rows.document, strict=True))
    record["document_id"], record["read_as"] = rows.document_id, rows.read_as
    for name, columns in _LISTS.items():
        record[name] = [dict(zip(columns, row, strict=True)) for row in getattr(rows, name)]
    return record


def _rows(record: dict[str, Any]) -> DocumentRows:
    lists = {
        name: [tuple(item[column] for column in columns) for item in record[name]] for name, columns in _LISTS.items()
    }
    return DocumentRows(
        document_id=record["document_id"],
        document=tuple(record[column] for column in DOCUMENT_COLUMNS),
        read_as=record["read_as"],
        **lists,
    )
