"""What the store says for and against a claim, and which statements say so to each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.records import Claim
from tracker.store.crosscheck import find_by_keys
from tracker.store.views import CROSSCHECK

COMPARED = 80
"""Stored statements that a claim is compared with in full."""
RELATIONS = ("conflict", "same", "related")


@dataclass(frozen=True)
class Told:
    """One statement as it is shown beside others."""

    statement_id: str
    speaker: str | None
    polarity: str
    quote: str
    lang: str
    on_date: str | None
    source: str | None
    url: str | None


@dataclass(frozen=True)
class Answer:
    """How one stored statement stands to a claim: relation, what a conflict is about, score in [0, 1], reason."""

    told: Told
    relation: str
    conflict: str | None
    score: float
    reason: str


@dataclass(frozen=True)
class Group:
    """Statements that hang together by pairs; ``pairs`` are (relation, conflict, score, reason), conflicts first."""

    group_id: str
    statements: tuple[Told, ...]
    pairs: tuple[tuple[str, str | None, float, str], ...]

    @property
    def sources(self) -> int:
        """How many outlets tell it; statements without one count as one together."""
        return len({told.source for told in self.statements})


ANSWER_COLUMNS = (
    "relation",
    "conflict",
    "score",
    "statement_id",
    "speaker",
    "polarity",
    "quote",
    "lang",
    "on_date",
    "source",
    "url",
    "reason",
)
_TOLD = "SELECT statement_id, speaker, polarity, quote, lang, on_date, source, url FROM statement_rows"
_TOLD_BY_ID = f"{_TOLD} WHERE id = ?"
_OF_GROUP = "SELECT statement_a FROM pairs WHERE group_id = ? UNION SELECT statement_b FROM pairs WHERE group_id = ?"
_TOLD_BY_GROUP = f"{_TOLD} WHERE id IN ({_OF_GROUP}) ORDER BY on_date, id"


def check_claim(
    connection: sqlite3.Connection, text: str, *, lang: str | None = None, kind: str | None = None, limit: int = 20
) -> list[Answer]:
    """The stored statements that say the same as ``text``, contradict it, or are near it: contradictions first.

    ``kind`` keeps one relation only. Raises nothing for a text without content: it has no answer.
    """
    from tracker.claims import compare_claims

    claim = Claim(text, lang=lang)
    answers = []
    for stored in find_by_keys(connection, claim, COMPARED):
        # Who said it is no part of a claim that somebody wants checked.
        comparison = compare_claims(claim, Claim(stored.claim().text, date=stored.on_date, lang=stored.lang))
        if comparison.relation in RELATIONS and kind in (None, comparison.relation):
            reason = "; ".join(evidence.detail or evidence.name for evidence in comparison.reasons)
            told = Told(*connection.execute(_TOLD_BY_ID, (stored.id,)).fetchone())
            answers.append(Answer(told, comparison.relation, comparison.conflict, comparison.score, reason))
    answers.sort(key=lambda answer: (RELATIONS.index(answer.relation), -answer.score))
    return answers[:limit]


def answer_row(answer: Answer) -> tuple[Any, ...]:
    """The answer as ``ANSWER_COLUMNS``."""
    told = answer.told
    return (
        answer.relation,
        answer.conflict,
        answer.score,
        told.statement_id,
        told.speaker,
        told.polarity,
        told.quote,
        told.lang,
        told.on_date,
        told.source,
        told.url,
        answer.reason,
    )


def find_groups(connection: sqlite3.Connection, *, kind: str | None = None, limit: int = 20) -> list[Group]:
    """Groups of statements that several tell or that contradict each other: conflicts first, then by sources.

    With ``kind`` (same, conflict) only groups that hold such a pair.
    """
    rows = connection.execute(
        "SELECT p.group_id FROM pairs p JOIN statements a ON a.id = p.statement_a JOIN statements b "
        "ON b.id = p.statement_b GROUP BY p.group_id HAVING ? IS NULL OR sum(p.relation = ?) > 0 "
        "ORDER BY sum(p.relation = 'conflict') > 0 DESC, count(DISTINCT coalesce(a.source, '')) "
        "+ count(DISTINCT coalesce(b.source, '')) DESC, max(p.score) DESC, p.group_id LIMIT ?",
        (kind, kind, limit),
    ).fetchall()
    return [_group(connection, group_id) for (group_id,) in rows]


def group_rows(connection: sqlite3.Connection, group_id: str) -> Iterator[tuple[Any, ...]]:
    """The group's rows of the view ``crosscheck``, conflicts first."""
    query = f"SELECT {', '.join(CROSSCHECK)} FROM crosscheck WHERE group_id = ? ORDER BY relation, score DESC"  # noqa: S608
    return connection.execute(query, (group_id,))


def _group(connection: sqlite3.Connection, group_id: str) -> Group:
    pairs = connection.execute(
        "SELECT relation, conflict, score, reason FROM pairs WHERE group_id = ? ORDER BY relation, score DESC",
        (group_id,),
    ).fetchall()
    told = connection.execute(_TOLD_BY_GROUP, (group_id, group_id))
    return Group(group_id, tuple(Told(*row) for row in told), tuple(pairs))
