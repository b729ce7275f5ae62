"""Groups of statements that several tell or that contradict each other: how many independent reports, in what order."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = ("same", "conflict", "denied", "number", "date", "speaker", "wording", "single-source")
"""What groups can be asked for: by relation, by what a conflict is about, by an altered quotation, by one source."""
_CONFLICTS = {"denied": "negation", "number": "number", "date": "date", "speaker": "speaker"}

_PAIRS = (
    "SELECT p.group_id, p.relation, p.conflict, p.score, p.copied, p.wording, p.statement_a, p.statement_b, "
    "a.source, b.source FROM judged_pairs p JOIN statements a ON a.id = p.statement_a "
    "JOIN statements b ON b.id = p.statement_b WHERE p.judged IS NOT 'dismiss'"
)
_ALONE = (
    "SELECT c.id FROM claims c JOIN statements s ON s.id = c.id "
    "WHERE NOT EXISTS (SELECT 1 FROM judged_pairs p WHERE p.statement_a = c.id AND p.judged IS NOT 'dismiss') "
    "AND NOT EXISTS (SELECT 1 FROM judged_pairs p WHERE p.statement_b = c.id AND p.judged IS NOT 'dismiss') "
    "ORDER BY s.on_date DESC, c.id LIMIT ?"
)


class Reports:
    """Statements joined into reports: those of one outlet, and those that one copied from another, count as one."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}
        self._statements: dict[int, None] = {}

    def add(self, statement: int, source: str | None) -> None:
        """Take in a statement; those without an outlet are of one together, for nothing tells them apart."""
        self._statements[statement] = None
        self._join(statement, ("source", source))

    def copied(self, first: int, second: int) -> None:
        """Two statements are one report."""
        self._join(first, second)

    def numbers(self) -> dict[int, int]:
        """Each statement's report, counted from 1 in the order in which they came."""
        seen: dict[Hashable, int] = {}
        return {one: seen.setdefault(self._root(one), len(seen) + 1) for one in self._statements}

    def __len__(self) -> int:
        return len({self._root(one) for one in self._statements})

    def _root(self, one: Hashable) -> Hashable:
        while self._above.setdefault(one, one) != one:
            self._above[one] = one = self._above[self._above[one]]
        return one

    def _join(self, first: Hashable, second: Hashable) -> None:
        self._above[self._root(first)] = self._root(second)


@dataclass
class Tally:
    """What is known of a group without its words."""

    group_id: str
    reports: Reports = field(default_factory=Reports)
    kinds: set[str] = field(default_factory=set)
    score: float = 0.0

    @property
    def order(self) -> tuple[Any, ...]:
        """Conflicts first, then by independent reports, then by score."""
        return (-("conflict" in self.kinds), -len(self.reports), -self.score, self.group_id)


def find_tallies(connection: sqlite3.Connection, kind: str | None, limit: int) -> list[Tally]:
    """The first groups in order; with ``kind`` only those of that kind (``KINDS``)."""
    tallies: dict[str, Tally] = {}
    for group_id, relation, conflict, score, copied, wording, first, second, source_a, source_b in connection.execute(
        _PAIRS
    ):
        tally = tallies.setdefault(group_id, Tally(group_id))
        tally.reports.add(first, source_a)
        tally.reports.add(second, source_b)
        if copied:
            tally.reports.copied(first, second)
        tally.score = max(tally.score, score)
        tally.kinds |= {relation, *_kinds(relation, conflict, wording)}
    for tally in tallies.values():
        if len(tally.reports) == 1:
            tally.kinds.add("single-source")
    return sorted(_of_kind(tallies.values(), kind), key=lambda tally: tally.order)[:limit]


def is_of_kind(relation: str, conflict: str | None, kind: str | None) -> bool:
    """Whether a pair or an answer is of that kind; any is of None."""
    return kind is None or kind == relation or kind in _kinds(relation, conflict, None)


def find_alone(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Statements that no other tells or contradicts, newest first, as row ids."""
    return [statement for (statement,) in connection.execute(_ALONE, (limit,))]


def _kinds(relation: str, conflict: str | None, wording: str | None) -> Iterator[str]:
    if relation == "conflict":
        yield from (kind for kind, told in _CONFLICTS.items() if told == conflict)
    if wording in ("truncated", "altered"):
        yield "wording"


def _of_kind(tallies: Iterable[Tally], kind: str | None) -> Iterator[Tally]:
    return (tally for tally in tallies if kind is None or kind in tally.kinds)
