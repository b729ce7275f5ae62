"""``tracker check``: who says the same, and who contradicts."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import config_option, db_option, say
from tracker.cli.output import write_rows
from tracker.config import Config
from tracker.errors import StoreError, UsageError
from tracker.report.table import clean_cell, isolate

if TYPE_CHECKING:
    from tracker.store.checking import Answer, Group, Told

FORMATS = ("text", "csv", "json", "jsonl")
PAIRS_SHOWN = 5


@click.command()
@click.argument("claim", nargs=-1)
@click.option(
    "--kind", type=click.Choice(("same", "conflict")), help="Only groups with such a pair, or only such answers."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="At most N groups or answers.",
)
@click.option("--rebuild", is_flag=True, help="Compare everything in the store anew first.")
@click.option(
    "--format", "output_format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print."
)
@db_option
@config_option
def check(
    claim: tuple[str, ...],
    kind: str | None,
    limit: int,
    rebuild: bool,
    output_format: str,
    db_path: Path,
    config: Config,
) -> None:
    """Show what the store holds for and against a claim, or what several sources tell or contradict.

    With a CLAIM, in any language: the statements that say the same or contradict it. Without one: all groups of
    statements that do so to each other, conflicts first. These are candidates with reasons; the verdict is yours.

    \b
    Examples:
      tracker check
      tracker check --kind conflict --format csv
      tracker check "12 people were killed at the port"
    """
    from tracker.store.connection import open_reader, open_store, storage_errors
    from tracker.store.crosscheck import rebuild as compare_anew

    connection = open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        if rebuild:
            with contextlib.closing(open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)) as writer:
                say(f"Compared anew: {compare_anew(writer, config.crosscheck)} pairs.")
        elif config.crosscheck.enabled:
            _catch_up(connection, db_path, config)
        if claim:
            _answer(connection, " ".join(claim), kind, limit, output_format, config)
        else:
            _groups(connection, kind, limit, output_format)


def _catch_up(connection: sqlite3.Connection, db_path: Path, config: Config) -> None:
    """Compare what ingest left; where nothing may be written, say what the answer lacks."""
    from tracker.store.connection import open_store, storage_errors
    from tracker.store.crosscheck import count_pending, crosscheck

    pending = count_pending(connection)
    if not pending:
        return
    say(f"Comparing {pending} statements that were left at ingest.")
    try:
        writer = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
        with contextlib.closing(writer), storage_errors(db_path):
            crosscheck(writer, config.crosscheck)
    except StoreError as error:
        say(f"{error}; {pending} statements are no part of the answer")


def _groups(connection: sqlite3.Connection, kind: str | None, limit: int, output_format: str) -> None:
    from tracker.store.checking import find_groups, group_rows
    from tracker.store.views import CROSSCHECK

    groups = find_groups(connection, kind=kind, limit=limit)
    if output_format == "text":
        for number, group in enumerate(groups):
            _print_group(group, first=not number)
    else:
        rows = (row for group in groups for row in group_rows(connection, group.group_id))
        write_rows(sys.stdout, output_format, CROSSCHECK, rows, table=(), pick=lambda row: row)
    if not groups:
        say("No statement is told or contradicted by another yet.")


def _answer(
    connection: sqlite3.Connection, claim: str, kind: str | None, limit: int, output_format: str, config: Config
) -> None:
    from tracker.store.checking import ANSWER_COLUMNS, answer_row, check_claim

    if not any(char.isalnum() for char in claim):
        raise UsageError(f"no claim in {claim!r:.60}; give a sentence")
    answers = check_claim(connection, claim, kind=kind, limit=limit)
    if output_format == "text":
        for answer in answers:
            _print_answer(answer)
    else:
        write_rows(sys.stdout, output_format, ANSWER_COLUMNS, map(answer_row, answers), table=(), pick=lambda row: row)
    if not answers:
        say("The store holds nothing on that.")


def _print_group(group: Group, *, first: bool) -> None:
    if not first:
        click.echo()
    conflicts = sum(relation == "conflict" for relation, *_ in group.pairs)
    what = "contradict each other" if conflicts else "say the same"
    click.echo(f"{len(group.statements)} statements, {group.sources} sources, {what}  [{group.group_id}]")
    for told in group.statements:
        _print_told(told)
    for relation, conflict, score, reason in group.pairs[:PAIRS_SHOWN]:
        about = f" ({conflict})" if conflict else ""
        click.echo(f"  {relation}{about} {score:.2f}: {isolate(clean_cell(reason))}")


def _print_answer(answer: Answer) -> None:
    about = f" ({answer.conflict})" if answer.conflict else ""
    click.echo(f"{answer.relation}{about} {answer.score:.2f}: {isolate(clean_cell(answer.reason))}")
    _print_told(answer.told)


def _print_told(told: Told) -> None:
    who = isolate(clean_cell(told.speaker or "nobody named"))
    verb = "denies" if told.polarity == "denies" else "says"
    where = ", ".join(isolate(clean_cell(part)) for part in (told.source, told.on_date) if part)
    click.echo(f"  - {who} {verb}: {isolate(clean_cell(told.quote))}" + (f"  ({where})" if where else ""))
