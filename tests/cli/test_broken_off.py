"""Runs broken off at any moment: every page is there whole or not at all, and the next run goes on."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = "from tracker.cli.main import main; main()"
STORY = '"We will reopen gate {n} on Monday," said Dana Orlev, the harbour master.\n'
ARABIC = "قال بواز ليفي: «سنعيد فتح الميناء يوم الاثنين المقبل رقم {n}».\n"
KILLS = int(os.environ.get("TRACKER_KILLS", "1"))
"""How often each run is killed before it may finish: ``make endurance`` does it more often."""
LAST = """
SELECT statement_id, speaker, quote, source, published_on, document_id, start_char FROM who_said_what ORDER BY 1
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of one page, and one of many."""
    folder = tmp_path_factory.mktemp("pages")
    for n in range(24):
        body = "".join(f"<p>{line.format(n=n)}</p>" for line in (STORY, ARABIC) * 3)
        (folder / f"{n:03}.html").write_text(f"<html><body><article><h1>Gate {n}</h1>{body}</article></body></html>")
    lines = [json.dumps({"text": (STORY + ARABIC).format(n=n) * 4, "source": "A"}) for n in range(1000, 1080)]
    (folder / "zz.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def uninterrupted(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    path = tmp_path_factory.mktemp("whole") / "t.db"
    child = _start(pages, path)
    _, errors = child.communicate(timeout=100)
    assert child.returncode == 0, errors
    return _content(path)


def _start(pages: Path, database: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, "ingest", str(pages), "--db", str(database), *options]
    return subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def _content(path: Path) -> list[Any]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for fts in ("statements_fts", "segments_fts"):
            connection.execute(f"INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        words = "SELECT count(*) FROM statements_fts WHERE statements_fts MATCH 'gate'"
        return [*connection.execute(LAST).fetchall(), connection.execute(words).fetchone()]


def _wait_for_rows(child: subprocess.Popen[bytes], database: Path) -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.05)
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database)) as connection:
            if connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone():
                return


def _members(group: int) -> list[int]:
    """The processes of a process group that still live."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            state, _, of_group = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
            if int(of_group) == group and state != "Z":
                found.append(int(entry.name))
    return found


def _all_gone(group: int) -> bool:
    """Whether all processes of a group end; those that wait for the end of the first need a moment to see it."""
    deadline = time.monotonic() + 10
    while _members(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not _members(group)


def _whole(database: Path) -> None:
    """Each document that is there has all its rows."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'deferred'").fetchone() is None:
            return  # it was ended before there was a store
        lacking = "SELECT count(*) FROM documents WHERE id NOT IN (SELECT document FROM statements)"
        assert connection.execute(lacking).fetchone() == (0,)


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes where Linux shows them")
@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["--jobs", "2"], id="two processes"),
        pytest.param(["--bulk"], id="bulk"),
    ],
)
def test_killed_run_is_taken_up_again(
    pages: Path, uninterrupted: list[Any], tmp_path: Path, options: list[str]
) -> None:
    database = tmp_path / "t.db"
    chance = random.Random(str(options))  # noqa: S311
    for _ in range(KILLS):
        child = _start(pages, database, *options)
        _wait_for_rows(child, database)
        time.sleep(chance.random() * 0.7)
        os.kill(child.pid, signal.SIGKILL)  # the parent alone: its workers have to see it
        child.communicate(timeout=20)
        assert _all_gone(child.pid)
        _whole(database)
    child = _start(pages, database, *options)
    told, errors = child.communicate(timeout=100)
    assert child.returncode == 0, errors
    assert _content(database) == uninterrupted
    assert b" 0 unchanged" not in told
    again = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM, "verify", "--db", str(database)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (again.returncode, again.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes where Linux shows them")
@pytest.mark.parametrize("wait", [0.0, 1.0], ids=["while it starts", "while its processes start"])
def test_interrupt_is_one_line_and_leaves_nobody_behind(pages: Path, tmp_path: Path, wait: float) -> None:
    database = tmp_path / "t.db"
    child = _start(pages, database, "--jobs", "2")
    deadline = time.monotonic() + 30
    while not database.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(wait)
    os.killpg(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=30)
    assert (child.returncode, errors) == (130, b"Interrupted; what was stored before stays stored.\n")
    assert _all_gone(child.pid)
    _whole(database)
