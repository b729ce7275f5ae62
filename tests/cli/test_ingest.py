"""ingest and extract: good input, bad input, twice, in parallel, broken off."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracker.config import Config
from tracker.store.connection import open_store
from tracker.store.ingestion import Unusable, ingest

STORY = '"We will reopen the port on Monday," said Dana Orlev, the harbour master.\n'
ARABIC = "قال بواز ليفي: «سنعيد فتح الميناء يوم الاثنين المقبل».\n"
SUMMARY = re.compile(
    r"Documents: (\d+) new,(?: (\d+) changed,)? (\d+) unchanged, (\d+) failed\. "
    r"Statements: (\d+)\. Speakers: (\d+)\. [\d.]+ s\.\n"
)


def _rows(database: Path, table: str = "statements") -> list[Any]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608


def _counts(output: str) -> list[int]:
    match = SUMMARY.fullmatch(output)
    assert match, output
    return [int(count or 0) for count in match.groups()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pages"
    path.mkdir()
    (path / "a.txt").write_text(STORY, encoding="utf-8")
    (path / "b.txt").write_text(ARABIC, encoding="utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


def test_folder_is_stored_and_told_in_one_line(run: Any, folder: Path, database: Path) -> None:
    result = run("ingest", folder, "--db", database)
    assert (result.exit_code, result.stderr) == (0, "")
    new, changed, unchanged, failed, statements, speakers = _counts(result.stdout)
    assert (new, changed, unchanged, failed) == (2, 0, 0, 0)
    assert statements == len(_rows(database)) >= 1
    assert speakers == len(_rows(database, "speakers_view")) >= 1


def test_second_time_changes_nothing(run: Any, folder: Path, database: Path) -> None:
    run("ingest", folder, "--db", database)
    tables = ("documents", "articles", "segments", "statements", "mentions", "entities", "links", "pairs", "failures")
    before = {table: _rows(database, table) for table in tables}
    result = run("ingest", folder, "--db", database)
    assert _counts(result.stdout)[:4] == [0, 0, 2, 0]
    assert {table: _rows(database, table) for table in tables} == before


def test_moved_file_is_the_same_document(run: Any, folder: Path, database: Path) -> None:
    run("ingest", folder, "--db", database)
    (folder / "a.txt").rename(folder / "z.txt")
    assert _counts(run("ingest", folder, "--db", database).stdout)[:4] == [0, 0, 2, 0]


def test_new_metadata_of_a_known_record_is_a_change(run: Any, tmp_path: Path, database: Path) -> None:
    path = tmp_path / "pages.jsonl"
    for source, counts in (("A", [1, 0, 0, 0]), ("B", [0, 1, 0, 0]), ("B", [0, 0, 1, 0])):
        path.write_text(json.dumps({"id": 1, "text": STORY, "source": source}) + "\n", encoding="utf-8")
        assert _counts(run("ingest", path, "--db", database).stdout)[:4] == counts
    assert {row[0] for row in _rows(database, "(SELECT source FROM who_said_what)")} == {"B"}


def test_item_in_two_feeds_is_stored_once_and_stays_so(run: Any, tmp_path: Path, database: Path) -> None:
    item = "<item><link>https://x.example/1</link>{}</item>"
    feed = f"<rss version='2.0'><channel><title>{{}}</title>{item}</channel></rss>"
    for name in ("World", "Sport"):
        body = f"<title>Port</title><description>{STORY.strip()}</description>"
        (tmp_path / f"{name}.rss").write_text(feed.format(name, body), encoding="utf-8")
    feeds = sorted(tmp_path.glob("*.rss"))
    assert _counts(run("ingest", *feeds, "--db", database).stdout)[:4] == [1, 0, 1, 0]
    assert _counts(run("ingest", *feeds, "--db", database).stdout)[:4] == [0, 0, 2, 0]


def test_stdin(run: Any, database: Path) -> None:
    result = run("ingest", "-", "--db", database, stdin=STORY)
    assert _counts(result.stdout)[:4] == [1, 0, 0, 0]


def test_processes_find_the_same_in_the_same_order(run: Any, tracker: Any, tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    lines = [json.dumps({"id": n, "text": f"{STORY}Page {n}.\n{ARABIC}"}) for n in range(40)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run("ingest", path, "--db", "1.db").exit_code == 0
    done = tracker("ingest", path, "--db", "2.db", "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, b"")
    for table in ("documents", "statements", "mentions", "entities", "links"):
        one, two = (_rows(tmp_path / f"{jobs}.db", table) for jobs in "12")
        # Times of storing differ, nothing else.
        plain = [[str(cell) for cell in row if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z", str(cell))] for row in one]
        assert plain == [
            [str(cell) for cell in row if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z", str(cell))] for row in two
        ]


BAD = [
    pytest.param("empty.txt", b"", "empty", id="empty"),
    pytest.param("binary.txt", b"\x00\x01\x02\xff\xfe\x00PK\x03\x04" * 50, "", id="binary"),
    pytest.param("blank.txt", b" \n\t\n", "", id="white space only"),
    pytest.param("bad.jsonl", b'{"id": 1}\n', "line 1|:1", id="record without text"),
    pytest.param("broken.jsonl", b'{"id": 1, "text": "x"\n', "line 1|:1", id="broken record"),
]


@pytest.mark.parametrize(("name", "content", "told"), BAD)
def test_bad_file_costs_one_line_and_only_itself(
    run: Any, folder: Path, database: Path, name: str, content: bytes, told: str
) -> None:
    (folder / name).write_bytes(content)
    result = run("ingest", folder, "--db", database)
    assert result.exit_code == 1
    assert _counts(result.stdout)[:4] == [2, 0, 0, 1]
    (line,) = result.stderr.splitlines()
    assert name in line
    assert re.search(told, line)
    assert [name in row[1] for row in _rows(database, "failures")] == [True]
    assert len(_rows(database, "documents")) == 2


def test_mended_file_is_no_failure_any_more(run: Any, folder: Path, database: Path) -> None:
    (folder / "c.txt").write_bytes(b"")
    assert run("ingest", folder, "--db", database).exit_code == 1
    (folder / "c.txt").write_text(STORY + "More.", encoding="utf-8")
    assert run("ingest", folder, "--db", database).exit_code == 0
    assert _rows(database, "failures") == []


@pytest.mark.parametrize(
    "path", [pytest.param("missing.txt", id="missing"), pytest.param("hollow", id="folder without documents")]
)
def test_nothing_to_read(run: Any, tmp_path: Path, database: Path, path: str) -> None:
    (tmp_path / "hollow").mkdir()
    result = run("ingest", tmp_path / path, "--db", database)
    assert result.exit_code == 1
    assert path in result.stderr
    assert result.stderr.count("\n") == 1


def test_document_that_is_no_unicode_text_is_a_failure(database: Path, page: Any) -> None:
    half = replace(page("half a pair").document, title="\ud800", origin="half.txt")
    failed: list[Unusable] = []
    with contextlib.closing(open_store(database)) as connection:
        summary = ingest(connection, [half, page(STORY).document], config=Config(), on_failure=failed.append)
    assert (summary.new, summary.failed) == (1, 1)
    assert [one.origin for one in failed] == ["half.txt"]


def test_file_name_that_is_no_unicode_text(tracker: Any, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/pa\xffge.txt"
    try:
        Path(os.fsdecode(name)).write_text(STORY, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    done = tracker("ingest", ".")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\\udcff" in _rows(tmp_path / "tracker.db", "(SELECT origin FROM documents)")[0][0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["ingest"], "PATH", id="no path"),
        pytest.param(["ingest", "pages", "--jobs", "0"], "--jobs", id="no job"),
        pytest.param(["ingest", "pages", "--input-format", "docx"], "--input-format", id="unknown format"),
        pytest.param(["ingest", "pages", "--config", "wrong.yaml"], "unknown key langauges", id="wrong config"),
        pytest.param(["ingest", "pages", "--config", "missing.yaml"], "cannot be read", id="no config"),
        pytest.param(["ingest", "pages", "--db", "note.txt"], "not a tracker database", id="no database"),
        pytest.param(["ingest", "pages", "--db", "missing/t.db"], "does not exist", id="no folder"),
        pytest.param(["query", "--db", "note.txt"], "not a tracker database", id="query no database"),
        pytest.param(["query", "--db", "missing.db"], "no such database", id="query missing database"),
        pytest.param(["check", "--db", "note.txt"], "not a tracker database", id="check no database"),
        pytest.param(["speakers", "--db", "note.txt"], "not a tracker database", id="speakers no database"),
        pytest.param(["verify", "--db", "note.txt"], "not a tracker database", id="verify no database"),
        pytest.param(["export", "csv", "--db", "note.txt"], "not a tracker database", id="export no database"),
        pytest.param(["frobnicate"], "frobnicate", id="unknown command"),
    ],
)
def test_wrong_usage_is_two_and_one_clear_line(
    run: Any, folder: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "wrong.yaml").write_text("langauges: [ar]\n", encoding="utf-8")
    (tmp_path / "note.txt").write_text("this is no database at all\n", encoding="utf-8")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "this is no database at all\n"
    assert not (tmp_path / "missing.db").exists()


def test_locked_database_is_told(run: Any, folder: Path, tmp_path: Path, database: Path) -> None:
    (tmp_path / "config.yaml").write_text("store:\n  busy_timeout_ms: 30\n", encoding="utf-8")
    run("ingest", folder, "--db", database)
    (folder / "c.txt").write_text(STORY + "More.", encoding="utf-8")
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("ingest", folder, "--db", database)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "locked" in result.stderr


def test_languages_of_the_config_decide_what_is_searched(
    run: Any, folder: Path, tmp_path: Path, database: Path
) -> None:
    (tmp_path / "config.yaml").write_text("languages: [en]\n", encoding="utf-8")
    run("ingest", folder, "--db", database)
    assert {row[0] for row in _rows(database, "(SELECT DISTINCT lang FROM statements)")} == {"en"}
    (tmp_path / "config.yaml").unlink()
    assert _counts(run("ingest", folder, "--db", database).stdout)[1] == 1


def test_bug_of_ours_is_a_traceback_and_keeps_what_was_stored(
    run: Any, folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("ingest", folder / "a.txt", "--db", database)
    before = _rows(database, "documents")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("our mistake")

    monkeypatch.setattr("tracker.pipeline.annotate", fail)
    result = run("ingest", folder, "--db", database)
    assert isinstance(result.exception, RuntimeError)
    assert _rows(database, "documents") == before


def test_extract_prints_one_object_a_document(run: Any, folder: Path) -> None:
    result = run("extract", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["origin"].endswith("a.txt")
    assert "text" not in first
    assert first["statements"][0]["speaker"]["name"] == "Dana Orlev"
    assert second["segments"][0]["lang"] == "ar"


def test_extract_with_text(run: Any) -> None:
    result = run("extract", "-", "--with-text", stdin=STORY)
    record = json.loads(result.stdout)
    ((start, end),) = record["statements"][0]["content"]
    assert record["text"][start:end] == record["statements"][0]["text"]


def test_extract_gives_ids_back(run: Any) -> None:
    lines = [json.dumps({"id": given, "text": STORY}) for given in (7, "seven")]
    result = run("extract", "-", "--input-format", "jsonl", stdin="\n".join(lines))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [7, "seven"]


def test_extract_names_what_it_could_not_use(run: Any, folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"")
    result = run("extract", folder)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "c.txt" in result.stderr


def test_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{STORY} {n}"}) for n in range(300)), encoding="utf-8")
    program = "from tracker.cli.main import main; main()"
    command = [sys.executable, "-c", program, "extract", "--with-text", str(path)]
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    errors = child.stderr.read()
    child.stderr.close()
    assert (child.wait(timeout=60), errors) == (0, b"")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_ends_quietly_and_keeps_whole_documents(tmp_path: Path, jobs: str) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{STORY * 5} {n}"}) for n in range(4000)), encoding="utf-8")
    program = "from tracker.cli.main import main; main()"
    command = [sys.executable, "-c", program, "ingest", str(path), "--db", str(tmp_path / "t.db"), "--jobs", jobs]
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
        start_new_session=True,
    )
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.2)
        with contextlib.suppress(sqlite3.Error):
            if _rows(tmp_path / "t.db", "(SELECT 1 FROM documents LIMIT 1)"):
                break
    os.killpg(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert errors == b"Interrupted; what was stored before stays stored.\n"
    with contextlib.closing(sqlite3.connect(tmp_path / "t.db")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _crawl(day: str) -> bytes:
    """A web archive of one page."""
    html = (
        "<html><body><p>The harbour will be open again on Monday, the harbour master Dana Orlev said.</p></body></html>"
    )
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}"
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ledger.example/1\r\n"
        f"WARC-Date: {day}T01:02:03Z\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return f"{head}{block}\r\n\r\n".encode()


def test_a_page_that_was_crawled_again_is_unchanged(run: Any, tmp_path: Path, database: Path) -> None:
    first, second = tmp_path / "1.warc", tmp_path / "2.warc"
    first.write_bytes(_crawl("2024-03-04"))
    second.write_bytes(_crawl("2024-04-05"))
    assert _counts(run("ingest", first, "--db", database).stdout)[:4] == [1, 0, 0, 0]
    before = _rows(database, "documents")
    assert "2024-03-04T01:02:03+00:00" in str(before)
    assert _counts(run("ingest", second, first, "--db", database).stdout)[:4] == [0, 0, 2, 0]
    assert _rows(database, "documents") == before


def test_an_archive_is_stored_as_its_files_are(run: Any, folder: Path, tmp_path: Path, database: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"pages/{path.name}")
    run("ingest", folder, "--db", database)
    result = run("ingest", tmp_path / "pages.zip", "--db", database, "--jobs", "2")
    assert _counts(result.stdout)[:4] == [0, 0, 2, 0]
