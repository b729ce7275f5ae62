"""Several processes: results in order, and what a document does to its process costs that document."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile_work import obey, obey_or_read

from tracker.config import Config, ReadConfig
from tracker.records import Document
from tracker.store.connection import open_store
from tracker.store.ingestion import ingest
from tracker.store.pool import CHUNK_CHARS, WorkerError, chunks, run_all
from tracker.store.units import Unusable

STORY = '"We will reopen the port on Monday," said Dana Orlev.\n'


def _document(text: str, number: int = 0) -> Document:
    return Document(f"{number} {text}"[:40], text, f"{number}.txt", "sha")


def _run(texts: list[str], *, jobs: int = 2, max_seconds: float | None = 20) -> list[Any]:
    units = [_document(text, number) for number, text in enumerate(texts)]
    return [one for found in run_all(units, obey, Config(), jobs=jobs, max_seconds=max_seconds) for one in found]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    texts = [f"text {n}" if n % 7 else "wait 0.01" for n in range(120)]
    assert _run(texts, jobs=jobs) == texts


def test_no_unit_is_no_result() -> None:
    assert _run([]) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("exit 3", "exit code 3", id="os._exit"),
        pytest.param("exit 0", "exit code 0", id="os._exit as if all were well"),
        pytest.param("segfault", "SIGSEGV", id="segmentation fault"),
        pytest.param("hang", "longer than 1.5 s", id="endless loop"),
    ],
)
def test_document_that_breaks_a_process_costs_itself(text: str, told: str) -> None:
    texts = ["a", "b", text, "c", *"defgh", text]
    found = _run(texts, max_seconds=1.5)
    broken = [one for one in found if isinstance(one, Unusable)]
    assert [one.origin for one in broken] == ["2.txt", "9.txt"]
    assert all(told in one.message and "set aside" in one.message for one in broken)
    assert [one for one in found if not isinstance(one, Unusable)] == list("abcdefgh")
    assert isinstance(found[2], Unusable)


def test_process_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    texts = ["a", f"once {tmp_path / 'mark'}", "b"]
    assert _run(texts) == texts


def test_mistake_of_ours_is_raised_with_the_traceback_of_the_other_process() -> None:
    with pytest.raises(ValueError, match="our mistake") as caught:
        _run(["a", "fail our mistake"])
    assert isinstance(caught.value.__cause__, WorkerError)
    assert "hostile_work.py" in str(caught.value.__cause__)


def test_exception_that_cannot_travel_is_raised_as_what_it_says() -> None:
    with pytest.raises(RuntimeError, match="Unportable: a secret"):
        _run(["refuse a secret"])


def test_who_stops_listening_leaves_no_process() -> None:
    results = run_all([_document("wait 0.01", n) for n in range(500)], obey, Config(), jobs=2)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_units_in_flight_are_bounded() -> None:
    taken = 0

    def units() -> Iterator[Document]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield _document("x" * (CHUNK_CHARS // 2), number)

    results = run_all(units(), obey, Config(), jobs=2)
    next(results)
    assert taken <= 2 * 6 + 2
    results.close()


def test_a_long_unit_goes_alone() -> None:
    sizes = [len(chunk) for chunk in chunks([_document("x" * CHUNK_CHARS, n) for n in range(3)])]
    assert sizes == [1, 1, 1]


def test_document_that_breaks_its_process_is_set_aside_and_the_run_goes_on(tmp_path: Path) -> None:
    config = replace(Config(), read=ReadConfig(max_seconds=20))
    documents = [_document(text, n) for n, text in enumerate((STORY, "exit 9", f"{STORY} More.", "segfault"))]
    failed: list[Unusable] = []
    with contextlib.closing(open_store(tmp_path / "t.db")) as connection:
        summary = ingest(connection, documents, config=config, jobs=2, on_failure=failed.append, work=obey_or_read)
        rows = connection.execute("SELECT origin, message FROM failures ORDER BY origin").fetchall()
    assert (summary.new, summary.failed) == (2, 2)
    assert rows == [(one.origin, one.message) for one in failed]
    assert [origin for origin, _ in rows] == ["1.txt", "3.txt"]


def test_memory_error_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tracker.pipeline.annotate", fail)
    with contextlib.closing(open_store(tmp_path / "t.db")) as connection:
        summary = ingest(connection, [_document(STORY)], config=Config())
        assert "memory" in connection.execute("SELECT message FROM failures").fetchone()[0]
    assert summary.failed == 1
