"""Opening a database: made, brought up to date, or refused in one line."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tracker.errors import StoreError
from tracker.store.connection import (
    MIGRATION_NAMES,
    database_path,
    open_reader,
    open_store,
    storage_errors,
    transaction,
)

ROOT = Path(__file__).parents[2]


def _foreign_database(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
        connection.commit()


def test_new_database_has_everything_on(tmp_path: Path) -> None:
    with contextlib.closing(open_store(tmp_path / "a.db")) as connection:
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database_path(connection) == str(tmp_path / "a.db")


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db").close()
    before = (tmp_path / "a.db").read_bytes()
    open_store(tmp_path / "a.db").close()
    open_reader(tmp_path / "a.db").close()
    assert (tmp_path / "a.db").read_bytes() == before


def test_reader_cannot_write(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db").close()
    with (
        contextlib.closing(open_reader(tmp_path / "a.db")) as connection,
        pytest.raises(StoreError, match="cannot be written"),
        storage_errors("a.db"),
    ):
        connection.execute("DELETE FROM documents")


def test_reader_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such database.*tracker ingest"):
        open_reader(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(StoreError, match="empty file"):
        open_reader(path)
    open_store(path).close()
    open_reader(path).close()


@pytest.mark.parametrize("open_it", [open_store, open_reader])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"plain text, long enough to be a page", "no SQLite database", id="text"),
        pytest.param(b"SQLite", "no SQLite database", id="short"),
        pytest.param(b"SQLite format 3\x00" + b"\x00" * 4000, "no SQLite database|damaged", id="header only"),
    ],
)
def test_file_that_is_none_is_refused_and_left_alone(
    tmp_path: Path, open_it: object, content: bytes, told: str
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=told) as caught:
        open_it(path)  # type: ignore[operator]
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("open_it", [open_store, open_reader])
def test_database_of_another_program_is_refused(tmp_path: Path, open_it: object) -> None:
    path = tmp_path / "a.db"
    _foreign_database(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_it(path)  # type: ignore[operator]
    assert path.read_bytes() == before


@pytest.mark.parametrize("open_it", [open_store, open_reader])
def test_newer_database_is_refused(tmp_path: Path, open_it: object) -> None:
    path = tmp_path / "a.db"
    with contextlib.closing(open_store(path)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('tracker', 'm999_later', '2030')"
        )
    with pytest.raises(StoreError, match=r"newer tracker.*m999_later"):
        open_it(path)  # type: ignore[operator]


def test_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    from tracker.store.migrations import apply_migrations

    path = tmp_path / "a.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        apply_migrations(connection, stop_before=MIGRATION_NAMES[-1])
    with pytest.raises(StoreError, match="older tracker"):
        open_reader(path)
    open_store(path).close()
    with contextlib.closing(open_reader(path)) as connection:
        assert connection.execute("SELECT count(*) FROM who_said_what").fetchone() == (0,)


def test_names_of_the_migrations_are_known_without_loading_them() -> None:
    from tracker.store.migrations import migration

    assert tuple(step.name for step in migration._migrations) == MIGRATION_NAMES


def test_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.store import migrations

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrations, "VIEWS", {"broken": "SELECT nothing FROM nowhere WHERE"})
    with pytest.raises(sqlite3.OperationalError):
        open_store(tmp_path / "a.db")
    monkeypatch.undo()
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    open_store(tmp_path / "a.db").close()


@pytest.mark.parametrize(
    ("name", "told"),
    [pytest.param("missing/a.db", "does not exist", id="no folder"), pytest.param(".", "a folder", id="a folder")],
)
def test_path_that_cannot_be_is_told(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        open_store(tmp_path / name)


def test_locked_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            contextlib.closing(open_store(path, busy_timeout_ms=20)) as connection,
            pytest.raises(StoreError, match="locked"),
            storage_errors(path),
            transaction(connection),
        ):
            pass


def test_database_in_wal_mode_can_be_read_where_nothing_may_be_written() -> None:
    program = (
        "import os, sys\n"
        "from tracker.store.connection import open_reader\n"
        "os.geteuid() or os.seteuid(65534)  # root could write everywhere\n"
        "print(open_reader(sys.argv[1]).execute('SELECT count(*) FROM documents').fetchone()[0])"
    )
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to other users
        path = Path(folder) / "a.db"
        open_store(path).close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, cwd=ROOT)  # noqa: S603
        Path(folder).chmod(0o755)
    assert (run.stdout.strip(), run.stderr) == ("0", "")


def test_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with contextlib.closing(open_store(tmp_path / "a.db")) as connection:
        insert = "INSERT INTO failures (origin, message, failed_at) VALUES (?, 'x', 'y')"
        with pytest.raises(KeyboardInterrupt), transaction(connection):
            connection.execute(insert, ("a",))
            raise KeyboardInterrupt
        assert connection.execute("SELECT count(*) FROM failures").fetchone() == (0,)
        with transaction(connection), transaction(connection):
            connection.execute(insert, ("a",))
        assert connection.execute("SELECT count(*) FROM failures").fetchone() == (1,)
