"""``tracker export``: reports for other programs."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from tracker.cli.options import config_option, db_option, filter_options, make_filters, say
from tracker.cli.output import open_output
from tracker.config import Config
from tracker.errors import UsageError

FORMATS = ("csv", "jsonl")


@click.command()
@click.argument("output_format", type=click.Choice(FORMATS), metavar="csv|jsonl")
@filter_options
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write; else stdout.")
@click.option("--excel", is_flag=True, help="CSV that spreadsheets read: byte order mark, no cell taken for a formula.")
@db_option
@config_option
def export(
    output_format: str, asked: dict[str, Any], output: Path | None, excel: bool, db_path: Path, config: Config
) -> None:
    """Write who said what as a file, newest first, with the filters of query.

    A statement's row names the document, the characters and the rule it comes from.

    \b
    Examples:
      tracker export csv -o statements.csv
      tracker export csv --excel -o october.csv --since 2023-10-01 --until 2023-10-31
      tracker export jsonl --speaker "Boaz Levy"
    """
    from tracker.report.formats import write_csv, write_jsonl
    from tracker.store.connection import open_reader, storage_errors
    from tracker.store.queries import who_said_what
    from tracker.store.views import WHO_SAID_WHAT

    if excel and output_format != "csv":
        raise UsageError(f"--excel is for csv; {output_format} needs no such care")
    connection = open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        rows = who_said_what(connection, make_filters(connection, config, asked))
        with open_output(output) as stream:
            if output_format == "csv":
                count = write_csv(stream, WHO_SAID_WHAT, rows, excel=excel)
            else:
                count = write_jsonl(stream, WHO_SAID_WHAT, rows)
    if output is not None:
        say(f"{output}: {count} statements.")
