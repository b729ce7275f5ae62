"""A full disk, a lock, no rights, another version: one line, nothing lost, nothing half-stored."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tracker.config import Config
from tracker.errors import StoreError
from tracker.records import Document
from tracker.store.connection import open_store, storage_errors
from tracker.store.ingestion import ingest

ROOT = Path(__file__).parents[2]
STORY = '"We will reopen the port on Monday," said Dana Orlev, the harbour master.\n'
LIMITED = """
import os, resource, sys
from tracker.cli.main import main
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
main()
"""
NOBODY = """
import os, sys, tempfile
from tracker.cli.main import main
with tempfile.TemporaryDirectory() as scratch:  # all is loaded while it may be: nobody may not read everything
    main([*sys.argv[1:-1], scratch + "/t.db"], standalone_mode=False)
os.geteuid() or os.seteuid(65534)  # root could write everywhere
print("now", flush=True)
main()
"""


def _documents(count: int, first: int = 0) -> list[Document]:
    texts = [f"{STORY * 4}{n} {'x' * 12000}" for n in range(first, first + count)]
    return [Document(f"id{n}", text, f"{n}.txt", "sha") for n, text in enumerate(texts, first)]


def _tracker(program: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _is_whole(path: Path) -> int:
    """The number of documents of a store without a fault."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        lacking = "SELECT count(*) FROM documents WHERE id NOT IN (SELECT document FROM statements)"
        assert connection.execute(lacking).fetchone() == (0,)
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


@pytest.mark.parametrize("bulk", [False, True], ids=["", "bulk"])
def test_full_disk_costs_the_last_batch(tmp_path: Path, bulk: bool) -> None:
    path = tmp_path / "t.db"
    with contextlib.closing(open_store(path)) as connection:
        ingest(connection, _documents(5), config=Config())
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreError, match="disk is full") as caught, storage_errors(path):
            ingest(connection, _documents(60, 5), config=Config(), bulk=bulk)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    assert _is_whole(path) == 5
    with contextlib.closing(open_store(path)) as connection:  # there is room again
        assert ingest(connection, _documents(65), config=Config()).new == 60


def test_file_that_may_not_grow_is_told(tmp_path: Path) -> None:
    lines = [json.dumps({"text": one.text}) for one in _documents(80)]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    open_store(tmp_path / "t.db").close()
    done = _tracker(LIMITED, "600000", "ingest", "pages.jsonl", "--db", "t.db", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "disk" in done.stderr
    _is_whole(tmp_path / "t.db")


def test_lock_that_comes_in_the_middle_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "t.db"

    def documents() -> Any:
        yield from _documents(100)
        other.execute("BEGIN IMMEDIATE")
        yield from _documents(100, 100)

    with (
        contextlib.closing(open_store(path, busy_timeout_ms=20)) as connection,
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        with pytest.raises(StoreError, match=r"locked by another program; try again"), storage_errors(path):
            ingest(connection, documents(), config=Config())
        other.rollback()
    assert _is_whole(path) in (0, 100)


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_database_that_may_not_be_written(closed: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own is closed to other users
        folder = Path(name)
        folder.chmod(0o755)
        open_store(folder / "t.db").close()
        page = folder / "page.txt"
        page.write_text(STORY, encoding="utf-8")
        page.chmod(0o444)
        (folder / "t.db").chmod(0o444 if closed == "file" else 0o666)
        folder.chmod(0o777 if closed == "file" else 0o555)
        before = (folder / "t.db").read_bytes()
        done = _tracker(NOBODY, "ingest", page, "--db", folder / "t.db", cwd=ROOT)
        folder.chmod(0o755)
        assert (done.returncode, done.stdout.partition("now\n")[2]) == (2, ""), done.stderr
        assert done.stderr.count("\n") == 1
        assert "cannot be" in done.stderr
        assert (folder / "t.db").read_bytes() == before


def test_newer_store_is_told(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with contextlib.closing(open_store(path)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('tracker', 'm999_later', '2030')"
        )
    (tmp_path / "page.txt").write_text(STORY, encoding="utf-8")
    result = run("ingest", "page.txt", "--db", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "newer tracker" in result.stderr
    assert result.stderr.count("\n") == 1
