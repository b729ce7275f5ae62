"""``tracker query``: who said what."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tracker.cli.options import config_option, db_option, filter_options, make_filters, say
from tracker.cli.output import FORMATS, write_rows
from tracker.config import Config
from tracker.report.table import Column

TABLE = (
    Column("date", 10),
    Column("speaker", 20),
    Column("kind", 8),
    Column("quotation", 20, flexible=True),
    Column("source", 14),
)


@click.command()
@filter_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the rows.",
)
@click.option("--parquet", metavar="FOLDER", help="Ask the shards of a folder or address instead of a database.")
@db_option
@config_option
def query(asked: dict[str, Any], output_format: str, parquet: str | None, db_path: Path, config: Config) -> None:
    """Print who said what, newest first.

    TEXT is words of the quotation, in any spelling and with any attached particle; all must occur. Words in
    quotation marks must stand together, word* finds words that begin so.

    \b
    Examples:
      tracker query --speaker "Boaz Levy"
      tracker query satellite launch --since 2023-10 --format csv
      tracker query '"حزب الله"' --lang ar --kind direct
    """
    from tracker.store.connection import open_reader, storage_errors
    from tracker.store.queries import who_said_what
    from tracker.store.views import WHO_SAID_WHAT

    if parquet is not None:
        from tracker.cli.shards import ask_shards

        found = ask_shards(parquet, asked, config)
        if not write_rows(sys.stdout, output_format, WHO_SAID_WHAT, found, table=TABLE, pick=_table_row):
            say("Nothing found.")
        return
    connection = open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        rows = who_said_what(connection, make_filters(connection, config, asked))
        count = write_rows(sys.stdout, output_format, WHO_SAID_WHAT, rows, table=TABLE, pick=_table_row)
    if not count:
        say("Nothing found.")


def _table_row(row: Sequence[Any]) -> Sequence[Any]:
    from tracker.store.views import WHO_SAID_WHAT

    cells = dict(zip(WHO_SAID_WHAT, row, strict=True))
    kind = "denial" if cells["polarity"] == "denies" else cells["kind"]
    date = cells["said_on"] or cells["published_on"]
    return date, cells["speaker"], kind, cells["quote"], cells["source"] or cells["cited_source"]
