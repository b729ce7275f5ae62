"""``tracker extract``: the same as ingest without a database."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator

import click

from tracker.cli.options import columns_option, config_option, input_format_option, jobs_option, say, with_columns
from tracker.config import Config


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|-...")
@input_format_option
@columns_option
@click.option("--with-text", is_flag=True, help="Give each document's text as well.")
@jobs_option
@config_option
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    input_format: str,
    columns: dict[str, str],
    with_text: bool,
    jobs: int,
    config: Config,
) -> None:
    """Find the statements in pages and print them, without a database.

    One JSON object a document and line: its articles, the languages of its stretches, and its statements with
    speaker, cue, date and offsets. Offsets count code points and are half-open.

    \b
    Examples:
      tracker extract story.txt
      tracker extract pages/ --jobs 2 > statements.jsonl
      tracker extract https://example.org/story.html
      echo '"We won," said Dana Roe.' | tracker extract -
    """
    from tracker.store.inputs import read_units
    from tracker.store.pool import run_all
    from tracker.store.units import Unit, Unusable, annotations_of

    config = with_columns(config, columns)
    failed = 0

    def fail(unusable: Unusable) -> None:
        nonlocal failed
        failed += 1
        say(f"{unusable.origin}: {unusable.message}")

    def units() -> Iterator[Unit]:
        for unit in read_units(paths, input_format, config):
            if isinstance(unit, Unusable):
                fail(unit)
            else:
                yield unit

    limit = config.read.max_seconds
    with contextlib.closing(run_all(units(), annotations_of, config, jobs=jobs, max_seconds=limit)) as results:
        for found in itertools.chain.from_iterable(results):
            if isinstance(found, Unusable):
                fail(found)
            else:
                click.echo(json.dumps(found.as_dict(with_text=with_text), ensure_ascii=False))
    if failed:
        ctx.exit(1)
