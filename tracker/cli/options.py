"""Options that several commands share, and how their values become settings and filters."""

from __future__ import annotations

import datetime
import functools
import getpass
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.config import ColumnsConfig, Config, load_config
from tracker.errors import UsageError
from tracker.records import KINDS

if TYPE_CHECKING:
    from tracker.store.queries import Filters
    from tracker.store.speakers import Speaker

if TYPE_CHECKING:
    _TextType = click.ParamType[str]
else:  # click learned to be subscripted only lately
    _TextType = click.ParamType

Function = TypeVar("Function", bound=Callable[..., Any])

_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
DEFAULT_DB = "tracker.db"
INPUT_FORMATS = (
    *("auto", "text", "html", "jsonl", "json", "csv", "tsv", "xlsx", "pdf"),
    *("feed", "mhtml", "eml", "warc", "gzip", "zip"),
)
"""As ``tracker.read`` knows them; a test compares, because help must not have to import it."""

FIELDS = tuple(ColumnsConfig.__dataclass_fields__)
"""What a column of a table may be."""

db_option = click.option(
    "--db",
    "db_path",
    type=click.Path(path_type=Path),
    default=DEFAULT_DB,
    show_default=True,
    metavar="FILE",
    help="The database.",
)


input_format_option = click.option(
    "--input-format",
    type=click.Choice(INPUT_FORMATS),
    default="auto",
    show_default=True,
    help="What the inputs are; auto goes by name and content.",
)


def _read_columns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """``FIELD=NAME`` pairs as a dict."""
    columns = {}
    for value in values:
        field, equals, name = value.partition("=")
        if not equals or field.strip() not in FIELDS or not name.strip():
            raise click.BadParameter(
                f"{value!r}: FIELD=NAME is expected, FIELD one of {', '.join(FIELDS)}", ctx=ctx, param=param
            )
        columns[field.strip()] = name.strip()
    return columns


columns_option = click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_read_columns,
    metavar="FIELD=NAME",
    help=f"The column of a table, or key of a record, that is FIELD: {', '.join(FIELDS)}. May be repeated.",
)


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that share the work.",
)


def signature_options(function: Function) -> Function:
    """Who decides, and why."""
    function = click.option("--by", metavar="WHO", help="Who decides; else the name you are logged in with.")(function)
    return click.option("--note", metavar="TEXT", help="Why; kept with the decision.")(function)


def who_decides(by: str | None) -> str:
    """``by``, else the name one is logged in with. Raises UsageError where there is neither."""
    if by and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:  # no login name, as in some containers
        raise UsageError("who decides? give --by NAME") from error


def with_columns(config: Config, columns: dict[str, str]) -> Config:
    """``config`` with what the call says of the columns of tables, which wins over the settings."""
    if not columns:
        return config
    return replace(config, read=replace(config.read, columns=replace(config.read.columns, **columns)))


def config_option(function: Function) -> Function:
    """``--config``; the function gets the Config as its argument ``config``."""

    @click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Settings; else ./config.yaml where there is one, else the built-in ones.",
    )
    @functools.wraps(function)
    def with_config(*args: Any, config_path: Path | None, **kwargs: Any) -> Any:
        return function(*args, config=load_config(config_path or _config_of_group()), **kwargs)

    return with_config  # type: ignore[return-value]  # the same function with one option more


def _config_of_group() -> Path | None:
    """What was given before a subcommand: ``tracker models --config mine.yaml status``."""
    context = click.get_current_context(silent=True)
    while context is not None:
        path = context.params.get("config_path")
        if path is not None:
            return Path(path)
        context = context.parent
    return None


class PartialDate(_TextType):
    """An ISO date of which day, or month and day, may be missing."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value`` where it is a date of the calendar, else a usage error."""
        text = str(value)
        try:
            if not _PARTIAL_DATE.fullmatch(text):
                raise ValueError
            datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
        except ValueError:
            self.fail(f"{text!r} is no date; write it as 2023-10-05, 2023-10 or 2023", param, ctx)
        return text


class LanguageCode(_TextType):
    """An ISO 639-1 code."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value`` in small letters where it looks like a code, else a usage error."""
        text = str(value).lower()
        if not re.fullmatch(r"[a-z]{2,3}", text):
            self.fail(f"{value!r} is no language code; write it as ar, he or en", param, ctx)
        return text


def filter_options(function: Function) -> Function:
    """The filters of ``query`` and ``export``; the function gets them as a dict ``asked``."""

    @click.argument("text", nargs=-1)
    @click.option("--speaker", metavar="NAME", help="Who said it: any spelling, any script, a surname will do.")
    @click.option(
        "--about", metavar="TEXT", help="What it is about: words or a name in the quotation, the passage or the title."
    )
    @click.option("--source", metavar="NAME", help="The outlet.")
    @click.option("--lang", type=LanguageCode(), help="The language of the statement: ar, he, en.")
    @click.option("--kind", type=click.Choice(KINDS), help="In its own words, reported, or both.")
    @click.option("--since", type=PartialDate(), help="Said (else published) on this day or later.")
    @click.option("--until", type=PartialDate(), help="Said (else published) on this day or earlier.")
    @click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N rows.")
    @functools.wraps(function)
    def with_filters(*args: Any, **kwargs: Any) -> Any:
        names = ("text", "speaker", "about", "source", "lang", "kind", "since", "until", "limit")
        return function(*args, asked={name: kwargs.pop(name) for name in names}, **kwargs)

    return with_filters  # type: ignore[return-value]  # the same function with options more


def make_filters(connection: sqlite3.Connection, config: Config, asked: dict[str, Any]) -> Filters:
    """The store's filters for what was asked; on stderr, whom and what inexact names were taken for."""
    from tracker.store.queries import Filters, find_sources, list_sources

    say_unfinished(connection)
    speakers = None
    if asked["speaker"] is not None:
        speakers = take_speaker(connection, asked["speaker"])
    sources = None
    if asked["source"] is not None:
        sources = find_sources(connection, asked["source"])
        if not sources:
            known = list_sources(connection)
            some = ", ".join(known[:8]) + (" …" if len(known) > 8 else "")
            say(f"No source is called {asked['source']!r}; there are: {some or 'none'}.")
    about: tuple[str, ...] = ()
    if asked["about"] is not None:
        from tracker.store.speakers import about_names

        about = about_names(connection, asked["about"])
    return Filters(
        text=" ".join(asked["text"]) if asked["text"] else None,
        about=about,
        speakers=speakers,
        sources=sources,
        lang=asked["lang"],
        kind=asked["kind"],
        since=asked["since"],
        until=asked["until"],
        limit=asked["limit"],
        langs=config.languages,
    )


def say_unfinished(connection: sqlite3.Connection) -> None:
    """On stderr, what answers lack because a bulk load was broken off, or goes on just now."""
    from tracker.store.deferred import deferred, told

    missing = told(deferred(connection))
    if missing:
        say(missing)


def take_speaker(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """Whom ``name`` is taken for, as row ids of entities (none where nobody fits), said on stderr where inexact."""
    from tracker.store.speakers import find_speakers, is_told_by, known_but_silent, one_person, titles

    found = find_speakers(connection, name)
    if not found:
        silent = known_but_silent(connection, name)
        if silent:
            say(f"{', '.join(silent)} is in the list of known people, and nothing stored is by them.")
        else:
            say(f"Nobody is called {name!r}, nor anything near it.")
        return ()
    taken = one_person(found) if len(found) > 1 else found
    others = [speaker for speaker in found if speaker not in taken]
    if others or len(taken) > 1 or not is_told_by(taken[0], name):

        def told(speaker: Speaker) -> str:
            title = titles(connection, speaker.entity)[:1] if others else []
            about = [speaker.speaker_id] if speaker in others else []
            about += [shortened(title[0][0])] if title else []
            return f"{speaker.name} ({'; '.join([*about, f'statements: {speaker.statements}'])})"

        say(f"{name!r} is taken for {', '.join(map(told, taken))}.")
        if others:
            say(f"Also close: {'; '.join(map(told, others))}. Ask by the full name or the id in parentheses.")
    return tuple(speaker.entity for speaker in taken)


def shortened(text: str, most: int = 60) -> str:
    """``text`` in at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def say(line: str) -> None:
    """One line to the person, on stderr; control characters of a page stay out."""
    from tracker.report.table import clean_cell

    click.echo(clean_cell(line), err=True)
