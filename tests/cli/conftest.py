"""A small store made by hand, and the command line as its users call it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli.main import main
from tracker.records import Annotations
from tracker.store.connection import open_store
from tracker.store.linking import StoreLinker
from tracker.store.writing import write_batch

ROOT = Path(__file__).parents[2]

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Call ``tracker`` in this process: ``run("query", "--db", path)``."""

    def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return call


@pytest.fixture
def tracker(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Call ``tracker`` as a program of its own."""

    def call(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
        program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tracker.cli.main import main; main()"
        command = [sys.executable, "-c", program, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, cwd=tmp_path, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]  # noqa: S603

    return call


@pytest.fixture
def database(tmp_path: Path, page: Callable[..., Annotations]) -> Path:
    """A store of three pages in three languages on one event."""
    path = tmp_path / "tracker.db"
    connection = open_store(path)
    pages = [
        page(
            'The port is closed, said Dana Orlev. "We will reopen on Monday," she added.\n=cmd is no formula.',
            {"quote": "The port is closed", "speaker": "Dana Orlev", "title": "harbour master", "kind": "indirect"},
            {"quote": "We will reopen on Monday", "speaker": "Dana Orlev", "said_on": "2024-05-19"},
            {"quote": "=cmd is no formula", "kind": "indirect"},
            source="The Harbour Ledger",
            published="2024-05-20",
            url="https://ledger.example/port",
            title="Port closed",
        ),
        page(
            "قال بواز ليفي: «سنعيد فتح الميناء يوم الاثنين». ونفى عبد الله اللافي ذلك.",
            {"quote": "سنعيد فتح الميناء يوم الاثنين", "speaker": "بواز ليفي", "said_on": "2024-05-20"},
            {"quote": "ذلك", "speaker": "عبد الله اللافي", "kind": "indirect", "polarity": "denies"},
            lang="ar",
            source="الضفاف",
            published="2024-05-21",
            title="إغلاق الميناء",
        ),
        page(
            'לדברי דנה אורלב, "הנמל סגור", והממשלה תדון בכך.',
            {"quote": "הנמל סגור", "speaker": "דנה אורלב"},
            lang="he",
            source="קו האופק",
        ),
    ]
    write_batch(connection, pages, linker=StoreLinker(connection), extractor="test")
    connection.close()
    return path
