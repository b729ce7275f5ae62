"""Tables of what people decided: rows that are signed, dated, never deleted, and can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tracker.errors import UsageError
from tracker.store.connection import now

Record = TypeVar("Record")


@dataclass(frozen=True)
class Decisions(Generic[Record]):
    """One such table. ``columns`` are what ``record`` is made of, in order; ``listed_by`` is the command that lists it.

    Rows have an ``id``, and stand while ``undone_at`` is NULL.
    """

    table: str
    columns: str
    record: Callable[..., Record]
    listed_by: str

    def find(self, connection: sqlite3.Connection, number: int) -> Record:
        """The decision under that number, standing or not. Raises UsageError where there is none."""
        query = f"SELECT {self.columns} FROM {self.table} WHERE id = ?"  # noqa: S608 (constants of the code)
        row = connection.execute(query, (number,)).fetchone()
        if row is None:
            raise UsageError(f"there is no decision {number}; see: {self.listed_by}")
        return self.record(*row)

    def find_all(self, connection: sqlite3.Connection, *, undone: bool = False) -> list[Record]:
        """The decisions that stand, oldest first; with ``undone`` those taken back as well."""
        query = f"SELECT {self.columns} FROM {self.table} WHERE undone_at IS NULL OR ? ORDER BY id"  # noqa: S608
        return [self.record(*row) for row in connection.execute(query, (undone,))]

    def take_back(self, connection: sqlite3.Connection, number: int, *, undone_by: str) -> Record:
        """Sign a decision as undone, in the running transaction. Raises UsageError where none stands so numbered."""
        self.find(connection, number)
        changed = connection.execute(
            f"UPDATE {self.table} SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_at IS NULL",  # noqa: S608
            (undone_by, now(), number),
        )
        if not changed.rowcount:
            raise UsageError(f"decision {number} is undone already; see: {self.listed_by}")
        return self.find(connection, number)
