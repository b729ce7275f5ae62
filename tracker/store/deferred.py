"""What a bulk load leaves for its end: full-text indexes, and who is who. A run that was broken off is finished later.

The table ``deferred`` names what is still to be done. It is written in the same transaction as the rows that wait, and
emptied in the one that does the work, so it is right whatever happens between them.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

from tracker.store.connection import now, transaction
from tracker.store.resolving import resolve_anew

Task = Literal["search", "speakers"]
CHUNK = 20_000
"""Rows that are indexed in one transaction."""

_WAITING = (
    ("statement_shadow", "statements_fts", "words, variants, context"),
    ("segment_shadow", "segments_fts", "words, variants"),
)
_TOLD = {"search": "words are not found in it", "speakers": "its speakers are not known"}


def defer(connection: sqlite3.Connection, *tasks: Task) -> None:
    """Note that these are still to be done; part of the running transaction."""
    moment = now()
    connection.executemany(
        "INSERT OR IGNORE INTO deferred (task, since) VALUES (?, ?)", [(task, moment) for task in tasks]
    )


def deferred(connection: sqlite3.Connection) -> tuple[Task, ...]:
    """What is still to be done, in the order in which it has to be."""
    return tuple(task for (task,) in connection.execute("SELECT task FROM deferred ORDER BY task"))


def told(tasks: tuple[Task, ...]) -> str:
    """What is missing from answers until these are done, and what to do, in one line; empty where nothing is."""
    if not tasks:
        return ""
    missing = " and ".join(_TOLD[task] for task in tasks)
    return f"A bulk load is not finished: {missing} yet. Finish it with: tracker resolve, or the next tracker ingest."


def finish_deferred(connection: sqlite3.Connection) -> bool:
    """Do all that is still to be done; whether there was anything."""
    tasks = deferred(connection)
    if "search" in tasks:
        index_waiting(connection)
    if "speakers" in tasks:
        resolve_anew(connection)
    return bool(tasks)


def index_waiting(connection: sqlite3.Connection) -> None:
    """Bring all rows that wait into the full-text indexes, part by part; what is done stays done."""
    for table, fts, columns in _WAITING:
        while _index_some(connection, table, fts, columns):
            pass
    with transaction(connection):
        # Another program may have added rows since; they are not done.
        connection.execute(
            "DELETE FROM deferred WHERE task = 'search' "
            "AND NOT EXISTS (SELECT 1 FROM statement_shadow WHERE indexed = 0) "
            "AND NOT EXISTS (SELECT 1 FROM segment_shadow WHERE indexed = 0)"
        )


def _index_some(connection: sqlite3.Connection, table: str, fts: str, columns: str) -> bool:
    with transaction(connection):
        last = connection.execute(
            f"SELECT max(id) FROM (SELECT id FROM {table} WHERE indexed = 0 ORDER BY id LIMIT ?)",  # noqa: S608 (names above)
            (CHUNK,),
        ).fetchone()[0]
        if last is None:
            return False
        connection.execute(
            f"INSERT INTO {fts} (rowid, {columns}) SELECT id, {columns} FROM {table} "  # noqa: S608 (names above)
            "WHERE indexed = 0 AND id <= ? ORDER BY id",
            (last,),
        )
        connection.execute(f"UPDATE {table} SET indexed = 1 WHERE indexed = 0 AND id <= ?", (last,))  # noqa: S608 (names above)
    return True
