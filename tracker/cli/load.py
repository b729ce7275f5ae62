"""``tracker load``: shards that many machines made, into one database."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from tracker.cli.options import config_option, db_option, say
from tracker.config import Config


@click.command()
@click.argument("shards", nargs=-1, required=True, metavar="SHARDS...")
@db_option
@click.option("--bulk", is_flag=True, help="Load much at once: index and resolve at the end, compare later.")
@config_option
@click.pass_context
def load(ctx: click.Context, shards: tuple[str, ...], db_path: Path, bulk: bool, config: Config) -> None:
    """Store what tracker ingest --engine dask found.

    SHARDS are Parquet files, or folders of them, here or at an address that fsspec knows (s3://bucket/folder). What
    is stored already stays as it is. Needs the extra: pip install 'tracker[scale]'

    \b
    Example:
      tracker load shards/ --db news.db --bulk
    """
    from tracker.scale.loading import find_shards, load_shards
    from tracker.store.connection import open_store, storage_errors
    from tracker.store.units import Unusable

    def on_failure(unusable: Unusable) -> None:
        say(f"{unusable.origin}: {unusable.message}")

    found = find_shards(shards)  # first: a mistyped name makes no database
    connection = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        summary = load_shards(connection, found, config=config, bulk=bulk, on_failure=on_failure)
    if summary.pending:
        say(f"{summary.pending} statements are left to be compared with the others; tracker check does it first.")
    click.echo(str(summary))
    if summary.failed:
        ctx.exit(1)
