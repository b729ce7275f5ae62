"""Progress: on a terminal only, with what remains where that can be known."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.cli.progress import Progress, file_sizes, progress

ROOT = Path(__file__).parents[2]
STORY = '"We will reopen the port on Monday," said Dana Orlev, the harbour master.\n'


def test_sizes_of_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_bytes(b"abc")
    (tmp_path / "pages" / "b.jsonl").write_bytes(b"12345")
    (tmp_path / "pages" / "unknown.bin").write_bytes(b"12345")
    sizes = file_sizes(["pages", "pages/a.txt"])
    assert sizes is not None
    assert sorted(sizes.values()) == [3, 5]


@pytest.mark.parametrize("other", ["-", "missing.txt", "https://example.org/a"])
def test_what_is_no_file_leaves_the_whole_unknown(tmp_path: Path, other: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    assert file_sizes(["a.txt", other]) is None


def test_bytes_are_counted_once() -> None:
    counts = Progress(sizes={"a.txt": 10, "b.jsonl": 100, "c.zip": 50})
    counts.on_file("a.txt")
    assert counts.done_bytes == 10
    for _ in range(4):
        counts.on_text("b.jsonl", 40)  # more than there are bytes: letters may be written shorter
    assert counts.done_bytes == 110
    counts.on_file("b.jsonl")
    assert counts.done_bytes == 110
    counts.on_text("c.zip", 400)
    assert counts.done_bytes == 110
    counts.on_file("c.zip")
    assert counts.done_bytes == counts.total_bytes == 160


def test_nothing_is_shown_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(["."]) as counts:
        for _ in range(3):
            counts.on_document()
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_terminal_shows_documents_rate_rest_and_failures(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for n in range(20):
        (tmp_path / "pages" / f"{n}.txt").write_text(f"{STORY * 3} {n}", encoding="utf-8")
    (tmp_path / "pages" / "0.txt").write_bytes(b"")
    termios = pytest.importorskip("termios")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    program = "import tracker.cli.progress as p; p.EVERY = 0; from tracker.cli.main import main; main()"
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program, "ingest", "pages"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    told, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert told.startswith(b"Documents: 19 new, 0 unchanged, 1 failed.")
    assert b"documents, " in shown
    assert b"/s" in shown
    assert b"1 failed" in shown
    assert b"\rpages/0.txt: is empty\r\n" in shown  # a line of its own, not behind the bar
