"""``tracker extract``: the same as ingest without a database."""

from __future__ import annotations

import json

import click

from tracker.cli.options import columns_option, config_option, input_format_option, jobs_option, say
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
    from tracker.cli.inputs import read_documents
    from tracker.store.extraction import annotate_all

    failed = 0

    def on_failure(origin: str, message: str) -> None:
        nonlocal failed
        failed += 1
        say(f"{origin}: {message}")

    documents = read_documents(paths, input_format, config, columns=columns, on_failure=on_failure)
    for found in annotate_all(
        documents, langs=config.languages, pipelines=config.pipelines, models=config.models, jobs=jobs
    ):
        click.echo(json.dumps(found.as_dict(with_text=with_text), ensure_ascii=False))
    if failed:
        ctx.exit(1)
