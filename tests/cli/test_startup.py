"""Answering starts at once: measured against the interpreter itself, so that a slow machine fails no test."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _seconds(program: str) -> float:
    """The best of five runs, the interpreter's own start included."""
    best = 99.0
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=ROOT)  # noqa: S603
        best = min(best, time.perf_counter() - started)
    return best


def test_query_starts_in_no_more_than_ten_bare_interpreters(database: Path) -> None:
    # About 0.2 s where a bare interpreter, with what it takes to run a command line at all, needs 0.06 s.
    bare = _seconds("import click, sqlite3, json, csv")
    query = _seconds(f"from tracker.cli.main import main; main(['query', 'monday', '--db', {str(database)!r}])")
    assert query < 10 * bare
