"""``tracker check``: who says the same, and who contradicts."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import config_option, db_option, say, signature_options, who_decides
from tracker.cli.output import write_rows
from tracker.config import Config
from tracker.errors import StoreError, UsageError
from tracker.report.table import clean_cell, isolate

if TYPE_CHECKING:
    from tracker.store.checking import Answer, Group, Told

FORMATS = ("text", "csv", "json", "jsonl")
KINDS = ("same", "conflict", "denied", "number", "date", "speaker", "wording", "single-source")
"""As ``tracker.store.grouping`` knows them; a test compares, because help must not have to import it."""
PAIRS_SHOWN = 5
CHANGES_SHOWN = 4


@click.command()
@click.argument("claim", nargs=-1)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    help="Only groups, or only answers, of that kind: told alike; contradicting, in whatever; denied; with another "
    "number, date or speaker; with a quotation that is shortened or altered; told by one source only.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="At most N groups or answers.",
)
@click.option("--rebuild", is_flag=True, help="Compare everything in the store anew first; decisions stay.")
@click.option(
    "--format", "output_format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print."
)
@click.option("--confirm", nargs=2, metavar="ID ID", help="Decide that the pair of these two statements is right.")
@click.option("--dismiss", nargs=2, metavar="ID ID", help="Decide that it is not: it is shown no more.")
@click.option("--undo", type=int, metavar="N", help="Take decision N back.")
@click.option("--decisions", is_flag=True, help="List what was decided on pairs, also what was taken back.")
@signature_options
@db_option
@config_option
def check(
    claim: tuple[str, ...],
    kind: str | None,
    limit: int,
    rebuild: bool,
    output_format: str,
    confirm: tuple[str, str] | None,
    dismiss: tuple[str, str] | None,
    undo: int | None,
    decisions: bool,
    by: str | None,
    note: str | None,
    db_path: Path,
    config: Config,
) -> None:
    """Show what the store holds for and against a claim, or what several sources tell or contradict.

    With a CLAIM, in any language: the statements that say the same or contradict it. Without one: all groups of
    statements that do so to each other, conflicts first. Statements that one outlet copied from another count as one
    report. These are candidates with reasons; the verdict is yours: confirm or dismiss a pair, and it stays so through
    every later run.

    \b
    Examples:
      tracker check
      tracker check --kind number --format csv
      tracker check "12 people were killed at the port"
      tracker check --dismiss 5f0c2d9a1b7e4c33 9e1b4c7d2a6f8035 --by dana --note "two fires"
    """
    from tracker.store.connection import open_reader, open_store, storage_errors
    from tracker.store.crosscheck import rebuild as compare_anew

    acts = [act for act in (confirm, dismiss, undo, decisions) if act not in (None, False)]
    if len(acts) > 1 or (acts and (claim or rebuild)):
        raise UsageError("one thing at a time: a claim, --confirm, --dismiss, --undo or --decisions")
    connection = open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        if decisions:
            _list_decisions(connection)
            return
        if acts:
            with contextlib.closing(open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)) as writer:
                _decide(writer, confirm, dismiss, undo, who_decides(by), note)
            return
        if rebuild:
            with contextlib.closing(open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)) as writer:
                say(f"Compared anew: {compare_anew(writer, config.crosscheck, models=config.models)} pairs.")
        elif config.crosscheck.enabled:
            _catch_up(connection, db_path, config)
        if claim:
            _answer(connection, " ".join(claim), kind, limit, output_format, config)
        else:
            _groups(connection, kind, limit, output_format)


def _decide(
    writer: sqlite3.Connection,
    confirm: tuple[str, str] | None,
    dismiss: tuple[str, str] | None,
    number: int | None,
    who: str,
    note: str | None,
) -> None:
    from tracker.store.pairjudgements import judge_pair, undo_pair

    if number is not None:
        decided = undo_pair(writer, number, undone_by=who)
    elif confirm is not None:
        decided = judge_pair(writer, "confirm", *confirm, decided_by=who, note=note)
    else:
        decided = judge_pair(writer, "dismiss", *(dismiss or ("", "")), decided_by=who, note=note)
    say(f"Decision {decided}")


def _list_decisions(connection: sqlite3.Connection) -> None:
    from tracker.store.pairjudgements import find_pair_judgements

    found = find_pair_judgements(connection, undone=True)
    for judgement in found:
        click.echo(clean_cell(str(judgement)))
    if not found:
        say("No decisions yet.")


def _catch_up(connection: sqlite3.Connection, db_path: Path, config: Config) -> None:
    """Compare what ingest left; where nothing may be written, say what the answer lacks."""
    from tracker.store.connection import open_store, storage_errors
    from tracker.store.crosscheck import count_pending, crosscheck
    from tracker.store.deferred import deferred, finish_deferred

    pending = count_pending(connection)
    unfinished = deferred(connection)
    if not pending and not unfinished:
        return
    if unfinished:
        say("Finishing a bulk load first.")
    say(f"Comparing {pending} statements that were left at ingest.")
    try:
        writer = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
        with contextlib.closing(writer), storage_errors(db_path):
            finish_deferred(writer)
            crosscheck(writer, config.crosscheck, models=config.models)
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
        rows = (row for group in groups for row in group_rows(connection, group))
        write_rows(sys.stdout, output_format, CROSSCHECK, rows, table=(), pick=lambda row: row)
    if not groups:
        say(f"No group is of the kind {kind}." if kind else "No statement is told or contradicted by another yet.")


def _answer(
    connection: sqlite3.Connection, claim: str, kind: str | None, limit: int, output_format: str, config: Config
) -> None:
    from tracker.store.checking import ANSWER_COLUMNS, answer_row, check_claim
    from tracker.store.meaning import load_meaning

    if not any(char.isalnum() for char in claim):
        raise UsageError(f"no claim in {claim!r:.60}; give a sentence")
    meaning = load_meaning(config.models)
    answers = check_claim(connection, claim, kind=kind, meaning=meaning, limit=limit)
    if output_format == "text":
        for answer in answers:
            _print_answer(answer)
    else:
        write_rows(sys.stdout, output_format, ANSWER_COLUMNS, map(answer_row, answers), table=(), pick=lambda row: row)
    if answers:
        say(_summary(answers))
    else:
        say(
            "The store holds nothing on that."
            if kind is None
            else f"The store holds nothing of the kind {kind} on that."
        )


def _summary(answers: list[Answer]) -> str:
    """How many say so, in how many independent reports."""
    parts = []
    for relation, told in (("same", "say the same"), ("conflict", "contradict it")):
        found = [answer.told for answer in answers if answer.relation == relation]
        if found:
            reports = len({one.report for one in found})
            parts.append(f"{told}: {_counted(len(found), 'statement')}, {_counted(reports, 'independent report')}")
    return "; ".join(parts).capitalize() + "." if parts else "Nothing says the same or contradicts it."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _print_group(group: Group, *, first: bool) -> None:
    if not first:
        click.echo()
    conflicts = sum(pair.relation == "conflict" for pair in group.pairs)
    what = "contradict each other" if conflicts else "say the same" if group.pairs else "told by nobody else"
    counts = (
        _counted(len(group.statements), "statement"),
        _counted(group.sources, "source"),
        _counted(group.reports, "independent report"),
    )
    click.echo(f"{', '.join(counts)}, {what}  [{group.group_id}]")
    numbers = {told.statement_id: number for number, told in enumerate(group.statements, 1)}
    for told in group.statements:
        _print_told(told, f"{numbers[told.statement_id]}.")
    for pair in group.pairs[:PAIRS_SHOWN]:
        about = f" ({pair.conflict})" if pair.conflict else ""
        marks = ", ".join((*(("copied",) if pair.copied else ()), *(("confirmed",) if pair.judged else ())))
        click.echo(
            f"  {numbers[pair.first]} and {numbers[pair.second]}: {pair.relation}{about} {pair.score:.2f}"
            f"{f', {marks}' if marks else ''}: {isolate(clean_cell(pair.reason))}  [{pair.first} {pair.second}]"
        )
    _print_wording(group, numbers)


def _print_wording(group: Group, numbers: dict[str, int]) -> None:
    """Where one quotation is worded otherwise: what is gone, what is new."""
    from tracker.claims.wording import changes

    quotes = {told.statement_id: told.quote for told in group.statements}
    for pair in [pair for pair in group.pairs if pair.wording in ("truncated", "altered")][:PAIRS_SHOWN]:
        told = [
            f"{isolate(clean_cell(change.gone)) or '(nothing)'} -> {isolate(clean_cell(change.new)) or '(nothing)'}"
            for change in changes(quotes[pair.first], quotes[pair.second])[:CHANGES_SHOWN]
        ]
        click.echo(
            f"  quotation {pair.wording}, {numbers[pair.first]} against {numbers[pair.second]}: {'; '.join(told)}"
        )


def _print_answer(answer: Answer) -> None:
    about = f" ({answer.conflict})" if answer.conflict else ""
    click.echo(f"{answer.relation}{about} {answer.score:.2f}: {isolate(clean_cell(answer.reason))}")
    _print_told(answer.told, "-", f"report {answer.told.report}")


def _print_told(told: Told, mark: str, *more: str) -> None:
    who = isolate(clean_cell(told.speaker or "nobody named"))
    verb = "denies" if told.polarity == "denies" else "says"
    where = ", ".join(isolate(clean_cell(part)) for part in (told.source, told.on_date, *more) if part)
    click.echo(f"  {mark} {who} {verb}: {isolate(clean_cell(told.quote))}" + (f"  ({where})" if where else ""))
