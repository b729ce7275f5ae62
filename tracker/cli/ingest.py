"""``tracker ingest``: pages into the database."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from tracker.cli.options import columns_option, config_option, db_option, input_format_option, jobs_option, say
from tracker.config import Config


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|-...")
@db_option
@input_format_option
@columns_option
@jobs_option
@config_option
@click.pass_context
def ingest(
    ctx: click.Context,
    paths: tuple[str, ...],
    db_path: Path,
    input_format: str,
    columns: dict[str, str],
    jobs: int,
    config: Config,
) -> None:
    """Read pages, find the statements in them and store both.

    A PATH is a file, a folder with all pages in it, or - for standard input; a URL is fetched, as far as the
    site's robots.txt allows. The same page twice is stored once. Pages that cannot be used are named on stderr,
    the others go on; the exit code is then 1.

    \b
    Examples:
      tracker ingest pages/
      tracker ingest archive.jsonl --db news.db --jobs 4
      tracker ingest articles.csv --column text=الخبر
      tracker ingest https://example.org/story.html
      cat page | tracker ingest - --input-format html
    """
    from tracker.cli.inputs import read_items
    from tracker.store.connection import open_store, storage_errors
    from tracker.store.ingestion import Unusable
    from tracker.store.ingestion import ingest as run

    def on_failure(unusable: Unusable) -> None:
        say(f"{unusable.origin}: {unusable.message}")

    connection = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path), _progress() as on_document:
        summary = run(
            connection,
            read_items(paths, input_format, config, columns=columns),
            config=config,
            jobs=jobs,
            on_failure=on_failure,
            on_document=on_document,
        )
    if summary.pending:
        say(f"{summary.pending} statements are left to be compared with the others; tracker check does it first.")
    click.echo(str(summary))
    if summary.failed:
        ctx.exit(1)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """What to call after each document: a bar on stderr where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from tqdm import tqdm

    with tqdm(unit=" documents", file=sys.stderr, leave=False, dynamic_ncols=True) as bar:

        def on_document() -> None:
            bar.update()

        yield on_document
