"""``ingest --retry-failed``: what could not be used is tried again, and forgotten when it is good."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tracker.cli.retries import path_of

STORY = '"We will reopen the port on Monday," said Dana Orlev, the harbour master.\n'


def _failures(database: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return [origin for (origin,) in connection.execute("SELECT origin FROM failures ORDER BY origin")]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "t.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pages"
    path.mkdir()
    (path / "good.txt").write_text(STORY, encoding="utf-8")
    (path / "empty.txt").write_bytes(b"")
    lines = [json.dumps({"text": STORY + "One."}), '{"text": 3}', '{"text": ""}']
    (path / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


def test_what_was_mended_is_stored_and_forgotten(run: Any, folder: Path, database: Path) -> None:
    assert run("ingest", folder, "--db", database).exit_code == 1
    assert [Path(origin).name for origin in _failures(database)] == ["empty.txt", "lines.jsonl:2", "lines.jsonl:3"]
    (folder / "empty.txt").write_text(STORY + "Mended.", encoding="utf-8")
    lines = [json.dumps({"text": STORY + "One."}), json.dumps({"text": STORY + "Two."}), '{"text": ""}']
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("ingest", "--retry-failed", "--db", database)
    assert result.exit_code == 1
    assert "2 new, 1 unchanged, 1 failed" in result.stdout
    assert [Path(origin).name for origin in _failures(database)] == ["lines.jsonl:3"]


def test_line_that_is_gone_fails_no_more(run: Any, folder: Path, database: Path) -> None:
    run("ingest", folder, "--db", database)
    (folder / "empty.txt").write_text(STORY + "Mended.", encoding="utf-8")
    (folder / "lines.jsonl").write_text(json.dumps({"text": STORY + "One."}), encoding="utf-8")
    assert run("ingest", "--retry-failed", "--db", database).exit_code == 0
    assert _failures(database) == []


def test_file_that_is_gone_is_told_and_kept(run: Any, folder: Path, database: Path) -> None:
    run("ingest", folder, "--db", database)
    for path in folder.iterdir():
        path.unlink()
    result = run("ingest", "--retry-failed", "--db", database)
    assert result.exit_code == 1
    assert "empty.txt: cannot be read" in result.stderr
    assert folder / "empty.txt" in map(Path, _failures(database))


def test_standard_input_cannot_be_read_again(run: Any, database: Path) -> None:
    assert run("ingest", "-", "--db", database, stdin="").exit_code == 1
    result = run("ingest", "--retry-failed", "--db", database)
    assert result.exit_code == 1
    assert result.stderr == "-: came from standard input, which cannot be read again; give it once more\n"
    assert _failures(database) == ["-"]


def test_nothing_to_retry(run: Any, database: Path) -> None:
    result = run("ingest", "--retry-failed", "--db", database)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 new, 0 unchanged, 0 failed" in result.stdout


def test_paths_are_read_beside_what_failed(run: Any, folder: Path, tmp_path: Path, database: Path) -> None:
    run("ingest", folder / "empty.txt", "--db", database)
    (folder / "empty.txt").write_text(STORY + "Mended.", encoding="utf-8")
    result = run("ingest", folder / "good.txt", "--retry-failed", "--db", database)
    assert "2 new, 0 unchanged, 0 failed" in result.stdout


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        pytest.param("a.txt", "a.txt", id="a file"),
        pytest.param("a.txt:12", "a.txt", id="a line"),
        pytest.param("a.txt!/b/c.html", "a.txt", id="a member"),
        pytest.param("a.txt!/b.zip!/c.html", "a.txt", id="a member of a member"),
        pytest.param("a.txt#1234", "a.txt", id="a record"),
        pytest.param("gone.txt:12", "gone.txt:12", id="gone"),
        pytest.param("https://example.org/a:1", "https://example.org/a:1", id="an address"),
        pytest.param("-", None, id="standard input"),
        pytest.param("-:7", None, id="a line of it"),
    ],
)
def test_path_that_leads_to_an_origin(tmp_path: Path, origin: str, expected: str | None) -> None:
    (tmp_path / "a.txt").touch()  # the current folder is tmp_path
    assert path_of(origin) == expected
