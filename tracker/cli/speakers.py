"""``tracker speakers``: who is who, and what people decide about it."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from tracker.cli.options import DEFAULT_DB, config_option, say, say_unfinished, signature_options, who_decides
from tracker.cli.output import FORMATS, write_rows
from tracker.config import Config
from tracker.errors import UsageError
from tracker.report.table import Column, clean_cell

Function = TypeVar("Function", bound=Callable[..., Any])

TABLE = (
    Column("id", 20),
    Column("name", 20, flexible=True),
    Column("ar", 14, flexible=True),
    Column("he", 14, flexible=True),
    Column("statements", 10, align_right=True),
    Column("sources", 7, align_right=True),
    Column("first", 10),
    Column("last", 10),
)


class SpeakersGroup(click.Group):
    """A group of which any other first word is a name to show."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or ``show`` with the name as its argument."""
        if args and args[0] not in self.commands:
            args = ["show", *args]
        return super().resolve_command(ctx, args)


def _db_path(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    """``--db`` before or behind the name of the subcommand."""
    if value is not None:
        return value
    above = ctx.parent.params.get("db_path") if ctx.parent is not None else None
    return above if isinstance(above, Path) else Path(DEFAULT_DB)


db_option = click.option(
    "--db",
    "db_path",
    type=click.Path(path_type=Path),
    callback=_db_path,
    metavar="FILE",
    help=f"The database.  [default: {DEFAULT_DB}]",
)


@click.group(cls=SpeakersGroup, invoke_without_command=True, subcommand_metavar="[NAME | COMMAND ...]")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the list.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N speakers.")
@db_option
@config_option
@click.pass_context
def speakers(ctx: click.Context, output_format: str, limit: int | None, db_path: Path, config: Config) -> None:
    """List who is quoted, or show one speaker, or decide who is who.

    Decisions are signed and dated, outlive every later ingest, and can be undone.

    \b
    Examples:
      tracker speakers
      tracker speakers "Boaz Levy"
      tracker speakers merge "Boaz Levy" "בועז לוי" --note "same firm, same office"
    """
    if ctx.invoked_subcommand is not None:
        return
    from tracker.store.speakers import list_speakers
    from tracker.store.views import SPEAKERS_VIEW

    with _reader(db_path, config) as connection:
        rows = list_speakers(connection, limit)
        count = write_rows(
            sys.stdout,
            output_format,
            SPEAKERS_VIEW,
            rows,
            table=TABLE,
            pick=lambda row: (row[0], row[1], row[2], row[3], *row[5:]),
        )
    if not count:
        say("No speakers yet.")


@speakers.command()
@click.argument("name")
@db_option
@config_option
def show(name: str, db_path: Path, config: Config) -> None:
    """Show one speaker: every way the name is written and why, titles, decisions.

    \b
    Example:
      tracker speakers show "Boaz Levy"
    """
    from tracker.cli.options import take_speaker
    from tracker.store.judgements import find_judgements
    from tracker.store.known import known_rows
    from tracker.store.namekeys import name_key
    from tracker.store.speakers import spellings, titles
    from tracker.store.views import SPEAKERS_VIEW

    with _reader(db_path, config) as connection:
        taken = take_speaker(connection, name)
        if not taken:
            raise UsageError("nobody to show; the list: tracker speakers")
        entity = taken[0]
        (speaker_id,) = connection.execute("SELECT entity_id FROM entities WHERE id = ?", (entity,)).fetchone()
        query = f"SELECT {', '.join(SPEAKERS_VIEW)} FROM speakers_view WHERE speaker_id = ?"  # noqa: S608 (constants)
        row = dict(zip(SPEAKERS_VIEW, connection.execute(query, (speaker_id,)).fetchone(), strict=True))
        _print(f"{row['name']}  ({row['speaker_id']})")
        _print(
            f"  {row['statements']} statements in {row['sources']} sources"
            + (f", {row['first_said_on']} to {row['last_said_on']}" if row["first_said_on"] else "")
        )
        for known, title, wikidata, *signed in known_rows(connection, entity):
            _print(f"  in a list: {', '.join(filter(None, (known, title, wikidata)))} ({', '.join(signed)})")
        written = spellings(connection, entity)
        _print("  written:")
        for spelling in written:
            why = "; ".join(reason.detail or reason.name for reason in spelling.reasons)
            how = f"{spelling.mentions}, {spelling.method} {spelling.score:.2f}"
            _print(f"    {spelling.name} ({how}{': ' + why if why else ''})")
        for number, (title, count) in enumerate(titles(connection, entity)):
            if not number:
                _print("  titles:")
            _print(f"    {title} ({count})")
        names = {name_key(spelling.name) for spelling in written} | {name_key(str(row["name"]))}
        for judgement in find_judgements(connection, undone=True):
            if names & {name_key(judgement.subject), name_key(judgement.object or ""), name_key(judgement.value or "")}:
                _print(f"  decision {judgement}")


@speakers.command()
@click.argument("first")
@click.argument("second")
@signature_options
@db_option
@config_option
def merge(first: str, second: str, by: str | None, note: str | None, db_path: Path, config: Config) -> None:
    """Decide that FIRST and SECOND are one speaker.

    \b
    Example:
      tracker speakers merge "Boaz Levy" "בועז לוי" --by dana --note "same firm"
    """
    from tracker.store.judgements import judge, party
    from tracker.store.speakers import find_one

    with _writer(db_path, config) as connection:
        one, two = find_one(connection, first), find_one(connection, second)
        if one.entity == two.entity:
            raise UsageError(f"{first} and {second} are one speaker already")
        subject, other = party(connection, one.entity, one.name), party(connection, two.entity, two.name)
        say_decision(judge(connection, "same", subject, other, decided_by=who_decides(by), note=note))


@speakers.command("not-same")
@click.argument("first")
@click.argument("second")
@signature_options
@db_option
@config_option
def not_same(first: str, second: str, by: str | None, note: str | None, db_path: Path, config: Config) -> None:
    """Decide that FIRST and SECOND are two speakers, now and whatever comes.

    \b
    Example:
      tracker speakers not-same "Dan Levi" "Daniel Levy"
    """
    from tracker.store.judgements import judge, party
    from tracker.store.speakers import find_one

    with _writer(db_path, config) as connection:
        one, two = find_one(connection, first), find_one(connection, second)
        if one.entity == two.entity:
            raise UsageError(
                f"{first} and {second} are one speaker so far; tear them apart with: tracker speakers split"
            )
        subject, other = party(connection, one.entity, one.name), party(connection, two.entity, two.name)
        say_decision(judge(connection, "not-same", subject, other, decided_by=who_decides(by), note=note))


@speakers.command()
@click.argument("name")
@click.argument("written", nargs=-1)
@click.option(
    "--statement", "statements", multiple=True, metavar="ID", help="A statement that is another's; several times."
)
@click.option("--as", "new_name", metavar="NAME", help="With --statement: what the other is called.")
@signature_options
@db_option
@config_option
def split(
    name: str,
    written: tuple[str, ...],
    statements: tuple[str, ...],
    new_name: str | None,
    by: str | None,
    note: str | None,
    db_path: Path,
    config: Config,
) -> None:
    """Decide that who is WRITTEN so, or said single statements, is not NAME.

    Two people of one name are told apart by their statements.

    \b
    Examples:
      tracker speakers split "Boaz Levy" "בועז לב"
      tracker speakers split "Boaz Levy" --statement 5f0c2d9a1b7e4c33 --as "Boaz Levy (footballer)"
    """
    from tracker.store.connection import transaction
    from tracker.store.judgements import Party, judge, party
    from tracker.store.speakers import find_one, spellings

    if bool(statements) != bool(new_name):
        raise UsageError("--statement and --as go together: which statements, and what the other speaker is called")
    if not written and not statements:
        raise UsageError("nothing to split off; give a spelling, or --statement ID --as NAME")
    with _writer(db_path, config) as connection, transaction(connection):
        one = find_one(connection, name)
        for spelling in written:
            other = party(connection, one.entity, spelling, spelling)
            rest = party(connection, one.entity, one.name)
            rest = Party(rest.name, tuple(persona for persona in rest.ids if persona not in other.ids))
            if not other.ids:
                known = "; ".join(known.name for known in spellings(connection, one.entity))
                raise UsageError(f"{one.name} is never written {spelling!r}, only: {known}")
            if not rest.ids:
                raise UsageError(f"{one.name} is always written {spelling!r}; split off statements with --statement")
            say_decision(judge(connection, "not-same", rest, other, decided_by=who_decides(by), note=note))
        for statement in statements:
            _require_statement(connection, one.entity, one.name, statement)
            subject = party(connection, one.entity, one.name)
            item = Party(statement, (statement,))
            decision = judge(
                connection, "split-statement", subject, item, value=new_name, decided_by=who_decides(by), note=note
            )
            say_decision(decision)


@speakers.command()
@click.argument("name")
@click.argument("new_name")
@signature_options
@db_option
@config_option
def rename(name: str, new_name: str, by: str | None, note: str | None, db_path: Path, config: Config) -> None:
    """Decide what a speaker is called in answers and exports.

    \b
    Example:
      tracker speakers rename "بواز ليفي" "Boaz Levy"
    """
    from tracker.store.judgements import judge, party
    from tracker.store.speakers import find_one

    if not clean_cell(new_name):
        raise UsageError("the new name is empty")
    with _writer(db_path, config) as connection:
        one = find_one(connection, name)
        subject = party(connection, one.entity, one.name)
        decision = judge(connection, "rename", subject, value=new_name.strip(), decided_by=who_decides(by), note=note)
        say_decision(decision)


@speakers.command()
@db_option
@config_option
def decisions(db_path: Path, config: Config) -> None:
    """List all decisions, those taken back as well.

    \b
    Example:
      tracker speakers decisions
    """
    from tracker.store.judgements import find_judgements

    with _reader(db_path, config) as connection:
        found = find_judgements(connection, undone=True)
    for judgement in found:
        _print(str(judgement))
    if not found:
        say("No decisions yet.")


@speakers.command()
@click.argument("number", type=int)
@click.option("--by", metavar="WHO", help="Who takes it back; else the name you are logged in with.")
@db_option
@config_option
def undo(number: int, by: str | None, db_path: Path, config: Config) -> None:
    """Take the decision of that NUMBER back.

    \b
    Example:
      tracker speakers undo 3
    """
    from tracker.store.judgements import undo as take_back

    with _writer(db_path, config) as connection:
        say_decision(take_back(connection, number, undone_by=who_decides(by)))


@speakers.command("import")
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="FILE is the whole list: forget whom it lacks.")
@click.option("--by", metavar="WHO", help="Who brings it in; else the name you are logged in with.")
@db_option
@config_option
def import_list(path: Path, replace: bool, by: str | None, db_path: Path, config: Config) -> None:
    """Bring in a list of known people and bodies.

    The first line of FILE.csv names its columns: name, and where you have them aliases (with ; between), type (person,
    organisation or group), title and wikidata. All names of a row are one speaker from then on, called by the first;
    two rows are two. Nothing is taken in where a row is wrong. The same file again changes nothing; a row with a
    known Wikidata id, or else with the same name, type and title, takes the place of the old one.

    \b
    Example:
      tracker speakers import ministers.csv --by dana
    """
    from tracker.read.known_people import read_known_people
    from tracker.store.importing import import_known

    people, strange = read_known_people(path)
    if strange:
        say(f"Columns that are not used: {', '.join(strange)}.")
    with _writer(db_path, config, make=True) as connection:
        done = import_known(connection, people, origin=path.name, imported_by=who_decides(by), replace=replace)
    if done.shared:
        say(f"Several of the list bear these names, and no title tells them apart: {'; '.join(done.shared)}.")
    _print(str(done))


def say_decision(judgement: object) -> None:
    """The decision as it was recorded."""
    _print(f"Decision {judgement}")


def _print(line: str) -> None:
    """One line of the answer; what a page could do to a terminal is taken out, the indentation kept."""
    indent = len(line) - len(line.lstrip(" "))
    click.echo(" " * indent + clean_cell(line))


def _require_statement(connection: sqlite3.Connection, entity: int, name: str, statement: str) -> None:
    row = connection.execute(
        "SELECT p.entity FROM statements s LEFT JOIN links l ON l.mention = s.mention "
        "LEFT JOIN personas p ON p.id = l.persona WHERE s.statement_id = ?",
        (statement,),
    ).fetchone()
    if row is None:
        raise UsageError(f"there is no statement {statement}; tracker query --format csv shows the ids")
    if row[0] != entity:
        raise UsageError(f"statement {statement} is not by {name}")


@contextlib.contextmanager
def _reader(db_path: Path, config: Config) -> Iterator[sqlite3.Connection]:
    from tracker.store.connection import open_reader, storage_errors

    connection = open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        say_unfinished(connection)
        yield connection


@contextlib.contextmanager
def _writer(db_path: Path, config: Config, *, make: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that writes; only with ``make`` to a store that is not there yet."""
    from tracker.store.connection import open_reader, open_store, storage_errors

    # A decision needs a store that is there: reading first keeps a mistyped --db from making a new one.
    if not make:
        open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms).close()
    connection = open_store(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        yield connection
