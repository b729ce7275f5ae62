"""``tracker resolve``: who is who, worked out anew."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import click

from tracker.cli.options import config_option, db_option
from tracker.config import Config


@click.command()
@db_option
@config_option
def resolve(db_path: Path, config: Config) -> None:
    """Work out anew who is who, for all that is stored.

    Every ingest keeps who is who up to date by itself; this is for a store that an older tracker made, or whose
    pages were replaced. What you decided holds, and so does the list of known people. It also finishes a bulk load
    that was broken off.

    \b
    Example:
      tracker resolve --db news.db
    """
    from tracker.store.connection import open_reader, open_store, storage_errors
    from tracker.store.deferred import index_waiting
    from tracker.store.resolving import resolve_anew

    started = time.perf_counter()
    if not db_path.exists():  # a mistyped --db makes no new store; one of an older tracker is brought up to date
        open_reader(db_path)
    connection = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        index_waiting(connection)
        done = resolve_anew(connection)
    click.echo(f"{done} {time.perf_counter() - started:.1f} s.")
