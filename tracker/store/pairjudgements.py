"""What people decided about pairs of statements: signed, dated rows that outlive every ingest and can be taken back.

They name statements by their ids, which are hashes of content, and hang on no other table: a store that is built anew
from the same pages finds them again, and a statement that is gone for a while comes back judged.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from tracker.errors import UsageError
from tracker.store.connection import now, transaction
from tracker.store.crosscheck import regroup
from tracker.store.decisions import Decisions

PairDecision = Literal["confirm", "dismiss"]
"""``confirm``: the two do stand to each other as the pair says. ``dismiss``: they do not; the pair is shown no more."""

_COLUMNS = "id, decision, statement_a, statement_b, relation, note, decided_by, decided_at, undone_by, undone_at"
_STANDING = (
    f"SELECT {_COLUMNS} FROM pair_judgements "  # noqa: S608 (constants)
    "WHERE statement_a = ? AND statement_b = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1"
)


@dataclass(frozen=True)
class PairJudgement:
    """One decision on two statements, the smaller id first; it stands while ``undone_at`` is None.

    ``relation`` is what the pair was taken for when it was decided.
    """

    id: int
    decision: PairDecision
    statement_a: str
    statement_b: str
    relation: str | None
    note: str | None
    decided_by: str
    decided_at: str
    undone_by: str | None
    undone_at: str | None

    def __str__(self) -> str:
        """One line for people."""
        told = "confirmed" if self.decision == "confirm" else "dismissed"
        note = f" ({self.note})" if self.note else ""
        undone = f"; undone by {self.undone_by}, {self.undone_at}" if self.undone_at else ""
        relation = f"{self.relation} " if self.relation else ""
        return (
            f"{self.id}: {relation}{self.statement_a} {self.statement_b} {told}{note}. "
            f"{self.decided_by}, {self.decided_at}{undone}"
        )


_DECISIONS = Decisions("pair_judgements", _COLUMNS, PairJudgement, "tracker check --decisions")


def judge_pair(
    connection: sqlite3.Connection,
    decision: PairDecision,
    first: str,
    second: str,
    *,
    decided_by: str,
    note: str | None = None,
) -> PairJudgement:
    """Record a decision on the pair of two statements and let it take effect; both or neither.

    Raises UsageError where the store holds no such pair, or another decision on it stands: that must be undone first.
    """
    first, second = sorted((first, second))
    with transaction(connection):
        relation = _relation(connection, first, second)
        row = connection.execute(_STANDING, (first, second)).fetchone()
        if row is not None:
            standing = PairJudgement(*row)
            raise UsageError(f"decision {standing} stands; undo it first: tracker check --undo {standing.id}")
        number = connection.execute(
            "INSERT INTO pair_judgements (decision, statement_a, statement_b, relation, note, decided_by, decided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (decision, first, second, relation, note, decided_by, now()),
        ).lastrowid
        regroup(connection)
        return find_pair_judgement(connection, int(number or 0))


def undo_pair(connection: sqlite3.Connection, number: int, *, undone_by: str) -> PairJudgement:
    """Take a decision back; its row stays, with who and when. Raises UsageError where none stands under the number."""
    with transaction(connection):
        judgement = _DECISIONS.take_back(connection, number, undone_by=undone_by)
        regroup(connection)
        return judgement


def find_pair_judgement(connection: sqlite3.Connection, number: int) -> PairJudgement:
    """The decision under that number, standing or not. Raises UsageError where there is none."""
    return _DECISIONS.find(connection, number)


def find_pair_judgements(connection: sqlite3.Connection, *, undone: bool = False) -> list[PairJudgement]:
    """The decisions that stand, oldest first; with ``undone`` those taken back as well."""
    return _DECISIONS.find_all(connection, undone=undone)


def _relation(connection: sqlite3.Connection, first: str, second: str) -> str:
    """What the pair is taken for. Raises UsageError where there is no such statement or pair."""
    for statement in (first, second):
        if connection.execute("SELECT 1 FROM statements WHERE statement_id = ?", (statement,)).fetchone() is None:
            raise UsageError(f"there is no statement {statement!r:.60}; the ids stand in: tracker check --format csv")
    row = connection.execute(
        "SELECT relation FROM judged_pairs WHERE first_id IN (?, ?) AND second_id IN (?, ?)",
        (first, second, first, second),
    ).fetchone()
    if row is None:
        raise UsageError(f"{first} and {second} are no pair; the pairs: tracker check --format csv")
    return str(row[0])
