"""Opening the database: what is no tracker database, newer, locked or read-only becomes one clear StoreError.

Reading commands open with sqlite3 alone, because sqlite-utils takes a quarter of a second to import; it is loaded
only when a migration has to run.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tracker.errors import StoreError

MIGRATION_SET = "tracker"
MIGRATION_NAMES = (
    "m001_documents",
    "m002_statements",
    "m003_speakers",
    "m004_search",
    "m005_crosscheck",
    "m006_views",
    "m007_known_people",
    "m008_review",
    "m009_bulk",
)
_HEADER = b"SQLite format 3\x00"
_WRITER = ("cache_size = -64000", "wal_autocheckpoint = 8000")
"""Room for the pages that every batch touches, in memory (64 MB) and in the log (32 MB): they are written back once
in many batches instead of once in each."""


def open_store(path: str | Path, *, busy_timeout_ms: int = 5000) -> sqlite3.Connection:
    """A connection that may write; the database is made, or brought up to date, where needed.

    Rows are tuples and transactions are begun by hand (see ``transaction``). Raises StoreError.
    """
    path = Path(path)
    _check_file(path)
    with storage_errors(path):
        connection = sqlite3.connect(path, timeout=busy_timeout_ms / 1000, isolation_level=None)
        try:
            _migrate(connection, path)
            _configure(connection)
            for pragma in _WRITER:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(path: str | Path, *, busy_timeout_ms: int = 5000) -> sqlite3.Connection:
    """A connection that only reads; the file must exist and be up to date. Raises StoreError."""
    path = Path(path)
    if not path.exists():
        raise StoreError(f"{path}: no such database; make one with: tracker ingest PATH --db {path}")
    _check_file(path)
    if path.stat().st_size == 0:
        raise StoreError(f"{path}: an empty file, no tracker database; fill it with: tracker ingest PATH --db {path}")
    with storage_errors(path):
        connection = _connect_read_only(path, busy_timeout_ms)
        try:
            if _pending(connection, path):
                raise StoreError(
                    f"{path}: made by an older tracker; bring it up to date with: tracker ingest PATH --db {path}"
                )
            _configure(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing of it. Inside another transaction it is part of that one."""
    if connection.in_transaction:
        yield
        return
    # IMMEDIATE: ids are given out by the writer, so it must be the only one from the start.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()


@contextlib.contextmanager
def storage_errors(path: str | Path) -> Iterator[None]:
    """Turns what the user can mend among sqlite3's errors into a StoreError; the others are ours and pass."""
    try:
        yield
    except sqlite3.Error as error:
        told = _explain(error)
        if told is None:
            raise
        raise StoreError(f"{path}: {told}") from error


def now() -> str:
    """This moment, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def database_path(connection: sqlite3.Connection) -> str:
    """The file behind ``connection``; empty for a database in memory."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def _explain(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    return {
        sqlite3.SQLITE_BUSY: "the database is locked by another program; try again when that has finished",
        sqlite3.SQLITE_LOCKED: "the database is locked by another program; try again when that has finished",
        sqlite3.SQLITE_READONLY: "the database cannot be written; check the permissions of the file and its folder",
        sqlite3.SQLITE_CANTOPEN: "the database cannot be opened; check that its folder exists and may be used",
        sqlite3.SQLITE_PERM: "the database cannot be opened; check the permissions of the file",
        sqlite3.SQLITE_FULL: "the disk is full; nothing of the last batch was stored",
        sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
        sqlite3.SQLITE_CORRUPT: "the database is damaged; restore a copy or ingest again into a new one",
        sqlite3.SQLITE_NOTADB: "not a tracker database (the file is no SQLite database)",
    }.get(primary if primary is not None else -1)


def _check_file(path: Path) -> None:
    """Refuses what SQLite would take for a new database, or overwrite."""
    if path.is_dir():
        raise StoreError(f"{path}: a folder, no tracker database; give the name of a file")
    if not path.exists():
        if not path.parent.exists():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
        return
    try:
        with path.open("rb") as stream:
            header = stream.read(len(_HEADER))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error
    if header and header != _HEADER:
        raise StoreError(f"{path}: not a tracker database (the file is no SQLite database)")


def _connect_read_only(path: Path, busy_timeout_ms: int) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=busy_timeout_ms / 1000, isolation_level=None)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        # A database in WAL mode on a read-only medium: nobody can be writing, so the file may be read as it is.
        no_side_files = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not no_side_files or path.with_name(path.name + "-wal").exists():
            raise
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    # Temporary tables and sorting may go to a file: in memory they would grow with the store.
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -32000", "temp_store = FILE"):
        connection.execute(f"PRAGMA {pragma}")


def _pending(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """The names of the migrations this database lacks. Raises StoreError where it is foreign or newer."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "_sqlite_migrations" not in tables:
        if tables:
            raise StoreError(f"{path}: an SQLite database of another program, no tracker database; name another file")
        return MIGRATION_NAMES
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    applied = {name for (name,) in connection.execute(query, (MIGRATION_SET,))}
    if not applied and tables - {"_sqlite_migrations"}:
        raise StoreError(f"{path}: an SQLite database of another program, no tracker database; name another file")
    newer = sorted(applied - set(MIGRATION_NAMES))
    if newer:
        raise StoreError(f"{path}: made by a newer tracker ({newer[-1]}); update tracker to use it")
    return tuple(name for name in MIGRATION_NAMES if name not in applied)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if not _pending(connection, path):
        return
    from tracker.store.migrations import apply_migrations

    # WAL lets readers go on while a run writes; the mode stays with the file.
    connection.execute("PRAGMA journal_mode = WAL")
    with transaction(connection):
        if _pending(connection, path):  # another process may have been faster
            apply_migrations(connection)
