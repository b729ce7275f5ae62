"""Who said what: filters to parametrised SQL, rows streamed newest first.

No text of a caller ever becomes SQL: the statement is put together from constants of this file, all values are
parameters, and full-text expressions hold nothing but folded words (``shadow.match_expression``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tracker.store.shadow import match_expression, query_terms
from tracker.store.views import WHO_SAID_WHAT
from tracker.text import fold

_IN_TEXT = "id IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)"
COMMON = 5_000
"""Statements from which on a search that wants few of them goes from the newest on, instead of gathering them all."""
_MATCHES = "SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT ?)"
_ABOUT = (
    "(id IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?) OR "
    "segment IN (SELECT rowid FROM segments_fts WHERE segments_fts MATCH ?))"
)
_BY_SPEAKER = (
    "mention IN (SELECT l.mention FROM links l JOIN personas p ON p.id = l.persona "
    "WHERE p.entity IN (SELECT value FROM json_each(?)))"
)
_BY_SOURCE = "source IN (SELECT value FROM json_each(?))"
_ORDER = "ORDER BY on_date DESC, place, id"
_COLUMNS = ", ".join(WHO_SAID_WHAT)


@dataclass(frozen=True)
class Filters:
    """What rows of who_said_what are wanted; all conditions hold together, an empty one asks nothing.

    ``text``      words of the quotation, any spelling, any attached particle; "in quotes" a phrase
    ``about``     each as ``text``, one of them must hold: of the quotation, its passage or its story's title
    ``speakers``  row ids of entities; None for everybody, empty for nobody
    ``sources``   outlets as stored (see ``find_sources``); None for all
    ``lang``      ISO 639-1 code
    ``kind``      direct, indirect or mixed
    ``since``, ``until``  ISO dates, both inclusive, of the day it was said or else published
    ``limit``     at most so many rows; None for all
    ``langs``     the languages whose particles are taken off the words asked for
    """

    text: str | None = None
    about: tuple[str, ...] = ()
    speakers: tuple[int, ...] | None = None
    sources: tuple[str, ...] | None = None
    lang: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    langs: tuple[str, ...] = ("ar", "he", "en")


def who_said_what(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[Any, ...]]:
    """Rows of the view ``who_said_what`` (columns: ``views.WHO_SAID_WHAT``), newest first.

    Those of one day stand by document, those of one document in reading order. Raises UsageError where a text holds no
    word to search for.
    """
    sql, values = build_query(filters, common=_is_common(connection, filters))
    return connection.execute(sql, values)


def build_query(filters: Filters, *, common: bool = False) -> tuple[str, list[Any]]:
    """The SELECT for these filters, and its parameters; ``common`` tells that very many statements have the text."""
    conditions, values = _conditions(filters, common and filters.limit is not None)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    if filters.limit is None:
        return f"SELECT {_COLUMNS} FROM statement_rows{where} {_ORDER}", values  # noqa: S608 (constants above)
    # The rows wanted are picked from the one table that all conditions are about, and only those few are joined.
    picked = f"SELECT id FROM statements{where} {_ORDER} LIMIT ?"  # noqa: S608 (constants above)
    return f"SELECT {_COLUMNS} FROM statement_rows WHERE id IN ({picked}) {_ORDER}", [*values, filters.limit]  # noqa: S608


def find_sources(connection: sqlite3.Connection, asked: str) -> tuple[str, ...]:
    """The stored outlets meant by ``asked``: those of that name in any spelling, else those that contain it."""
    return matching_sources(list_sources(connection), asked)


def matching_sources(sources: Iterable[str], asked: str) -> tuple[str, ...]:
    """Those of ``sources`` meant by ``asked``: of that name in any spelling, else those that contain it."""
    wanted = fold(asked).strip()
    stored = [(source, fold(source)) for source in sources]
    same = tuple(source for source, folded in stored if folded.strip() == wanted)
    return same or tuple(source for source, folded in stored if wanted and wanted in folded)


def list_sources(connection: sqlite3.Connection) -> list[str]:
    """All outlets that statements come from, sorted."""
    # One step down the index a source, however many statements there are.
    query = (
        "WITH RECURSIVE known (source) AS (SELECT min(source) FROM statements UNION ALL "
        "SELECT (SELECT min(source) FROM statements WHERE source > known.source) FROM known "
        "WHERE known.source IS NOT NULL) SELECT source FROM known WHERE source IS NOT NULL"
    )
    return [source for (source,) in connection.execute(query)]


def _is_common(connection: sqlite3.Connection, filters: Filters) -> bool:
    """Whether the newest statements with the text are near at hand: many have it, and nothing rare is asked besides."""
    if filters.text is None or filters.limit is None or filters.limit >= COMMON // 50:
        return False
    if filters.about or filters.speakers is not None or filters.sources is not None or filters.kind is not None:
        return False
    expression = match_expression(filters.text, langs=filters.langs)
    return bool(connection.execute(_MATCHES, (expression, COMMON)).fetchone()[0] >= COMMON)


def _has_text(filters: Filters, text: str) -> tuple[str, list[str]]:
    """The same as ``_IN_TEXT``, asked of one statement after the other in its shadow: for words that very many have."""
    conditions, values = ["w.id = statements.id"], []
    for term in query_terms(text, langs=filters.langs):
        either = []
        for column in ("words",) if term.is_phrase else ("words", "variants"):
            either += [f"instr(' ' || w.{column} || ' ', ?) > 0"] * len(term.forms)
            values += [f" {form}" if term.is_beginning else f" {form} " for form in term.forms]
        conditions.append(f"({' OR '.join(either)})")
    return f"EXISTS (SELECT 1 FROM statement_shadow w WHERE {' AND '.join(conditions)})", values  # noqa: S608 (as above)


def _conditions(filters: Filters, common: bool) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []

    def require(condition: str, *parameters: Any) -> None:
        conditions.append(condition)
        values.extend(parameters)

    if filters.text is not None:
        if common:
            condition, words = _has_text(filters, filters.text)
            require(condition, *words)
        else:
            require(_IN_TEXT, match_expression(filters.text, langs=filters.langs))
    if filters.about:
        require(_ABOUT, _either(filters, ("words", "variants", "context")), _either(filters, ("words", "variants")))
    if filters.speakers is not None:
        require(_BY_SPEAKER, json.dumps(filters.speakers))
    if filters.sources is not None:
        require(_BY_SOURCE, json.dumps(filters.sources, ensure_ascii=False))
    if filters.lang is not None:
        require("lang = ?", filters.lang)
    if filters.kind is not None:
        require("kind = ?", filters.kind)
    if filters.since is not None:
        require("on_date >= ?", filters.since)
    if filters.until is not None:
        # "2023-10" means all its days: '~' sorts behind every digit and hyphen.
        require("on_date <= ?", filters.until + "~")
    return conditions, values


def _either(filters: Filters, columns: tuple[str, ...]) -> str:
    expressions = [match_expression(text, langs=filters.langs, columns=columns) for text in filters.about]
    return " OR ".join(f"({expression})" for expression in expressions)
