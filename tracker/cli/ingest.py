"""``tracker ingest``: pages into the database."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from tracker.cli.options import (
    columns_option,
    config_option,
    db_option,
    input_format_option,
    jobs_option,
    say,
    with_columns,
)
from tracker.config import Config
from tracker.errors import UsageError


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH|URL|-...")
@db_option
@input_format_option
@columns_option
@jobs_option
@click.option("--bulk", is_flag=True, help="Load much at once: index and resolve at the end, compare later.")
@click.option("--retry-failed", is_flag=True, help="Try what could not be used before once more.")
@click.option("--engine", type=click.Choice(("local", "dask")), default="local", show_default=True, help="Who works.")
@click.option("--scheduler", metavar="ADDRESS", help="The dask cluster; else one of --jobs processes is made here.")
@click.option("--out", metavar="FOLDER", help="With dask: where to put shards for tracker load; fsspec addresses too.")
@config_option
@click.pass_context
def ingest(
    ctx: click.Context,
    paths: tuple[str, ...],
    db_path: Path,
    input_format: str,
    columns: dict[str, str],
    jobs: int,
    bulk: bool,
    retry_failed: bool,
    engine: str,
    scheduler: str | None,
    out: str | None,
    config: Config,
) -> None:
    """Read pages, find the statements in them and store both.

    A PATH is a file, a folder with all pages in it, or - for standard input; a URL is fetched, as far as the
    site's robots.txt allows. The same page twice is stored once. Pages that cannot be used are named on stderr,
    the others go on; the exit code is then 1. A run that was broken off goes on where it stopped when it is
    started again.

    \b
    Examples:
      tracker ingest pages/
      tracker ingest archive.jsonl --db news.db --jobs 4 --bulk
      tracker ingest articles.csv --column text=الخبر
      tracker ingest https://example.org/story.html
      tracker ingest --retry-failed --db news.db
      tracker ingest s3://news/2024/ --engine dask --scheduler tcp://host:8786 --out s3://news/shards
      cat page | tracker ingest - --input-format html
    """
    from tracker.cli.progress import progress
    from tracker.cli.retries import Retries
    from tracker.store.connection import open_store, storage_errors
    from tracker.store.ingestion import ingest as run
    from tracker.store.inputs import read_units
    from tracker.store.units import Unusable

    config = with_columns(config, columns)
    if not paths and not retry_failed:
        raise UsageError("give at least one PATH to read, or --retry-failed")
    if engine == "dask":
        if out is None or retry_failed or bulk:
            raise UsageError(
                "--engine dask writes shards: it needs --out FOLDER, and takes no --bulk or --retry-failed"
            )
        from tracker.cli.distributed import make_shards

        if not make_shards(paths, out, input_format=input_format, scheduler=scheduler, jobs=jobs, config=config):
            ctx.exit(1)
        return
    if scheduler is not None or out is not None:
        raise UsageError("--scheduler and --out go with --engine dask")
    connection = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        retries = Retries.of(connection) if retry_failed else Retries()
        for origin in retries.lost:
            say(f"{origin}: came from standard input, which cannot be read again; give it once more")
        inputs = (*paths, *(path for path in retries.paths if path not in paths))
        with progress(inputs) as counts:

            def on_failure(unusable: Unusable) -> None:
                counts.on_failure()
                retries.failed_again(unusable.origin)
                say(f"{unusable.origin}: {unusable.message}")

            summary = run(
                connection,
                read_units(inputs, input_format, config, on_file=counts.on_file, on_text=counts.on_text),
                config=config,
                jobs=jobs,
                bulk=bulk,
                on_failure=on_failure,
                on_document=counts.on_document,
            )
        retries.forget_mended(connection)
    if summary.pending:
        say(f"{summary.pending} statements are left to be compared with the others; tracker check does it first.")
    click.echo(str(summary))
    if summary.failed or retries.lost:
        ctx.exit(1)
