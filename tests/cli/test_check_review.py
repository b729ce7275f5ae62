"""check: kinds of groups, independent reports, altered quotations, and what people decide about pairs."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.cli.check import KINDS
from tracker.config import CrosscheckConfig
from tracker.records import Annotations
from tracker.store import grouping
from tracker.store.connection import open_store
from tracker.store.crosscheck import crosscheck, rebuild
from tracker.store.linking import StoreLinker
from tracker.store.views import CROSSCHECK
from tracker.store.writing import write_batch

TWELVE = "12 people were killed in the warehouse fire at Larnaca port"
SEVENTEEN = "17 people were killed in the warehouse fire at Larnaca port"
NONE = "no people were killed in the warehouse fire at Larnaca port"
ALONE = "The parliament will vote on the pension law in autumn"
QUOTE = "We will open the new terminal to all passengers before the end of the summer"
SHORTER = "We will open the new terminal to all passengers"
ALTERED = "We will close the new terminal to all passengers before the end of the winter"
STORY = (
    "The fire brigade was called shortly after nine in the evening, when smoke rose over the sheds behind the quay. "
    "Two ships were towed out of the basin, and the road along the water stayed shut until the morning. "
    "The harbour master will meet the owners of the warehouse this week to speak about the damage to the cranes."
)
Make = Callable[..., Annotations]


def _page(page: Make, quote: str, speaker: str, source: str, *, around: str = "", **fields: Any) -> Annotations:
    said = {"quote": quote, "speaker": speaker, "kind": "indirect", **fields}
    return page(f"{around} {source} writes. {speaker}: {quote}.", said, source=source, published="2024-03-13")


def _store(path: Path, pages: list[Annotations]) -> Path:
    with contextlib.closing(open_store(path)) as connection:
        write_batch(connection, pages, linker=StoreLinker(connection), extractor="1")
        crosscheck(connection, CrosscheckConfig())
    return path


def _rows(run: Any, path: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", *arguments, "--db", path, "--format", "json").stdout)
    return found


@pytest.fixture
def store(tmp_path: Path, page: Make) -> Path:
    pages = [
        _page(page, TWELVE, "Andreas Kallistos", "A"),
        _page(page, TWELVE, "Despina Lourou", "B"),
        _page(page, SEVENTEEN, "Yiannis Markolis", "C"),
        _page(page, ALONE, "Eleni Vasiou", "D"),
    ]
    return _store(tmp_path / "t.db", pages)


def test_kinds_are_those_of_the_store() -> None:
    assert KINDS == grouping.KINDS


@pytest.mark.parametrize(
    ("other", "kind", "empty"),
    [
        pytest.param(SEVENTEEN, "number", "denied", id="number"),
        pytest.param(NONE, "denied", "date", id="denied"),
        pytest.param(
            "12 people were killed in the warehouse fire at Larnaca port on Friday", "date", "number", id="date"
        ),
    ],
)
def test_groups_by_what_a_conflict_is_about(
    run: Any, tmp_path: Path, page: Make, other: str, kind: str, empty: str
) -> None:
    first = f"{TWELVE} on Monday" if kind == "date" else TWELVE
    path = _store(tmp_path / "k.db", [_page(page, first, "Ada Roe", "A"), _page(page, other, "Ben Poe", "B")])
    assert [row["relation"] for row in _rows(run, path, "--kind", kind)] == ["conflict"]
    assert _rows(run, path, "--kind", empty) == []
    assert [row["relation"] for row in _rows(run, path, first, "--kind", kind)] == ["conflict"]


def test_statements_that_nobody_else_tells(run: Any, store: Path) -> None:
    rows = _rows(run, store, "--kind", "single-source")
    assert [(row["relation"], row["source_a"], row["statement_b"]) for row in rows] == [("single-source", "D", None)]
    assert tuple(rows[0]) == CROSSCHECK
    assert "told by nobody else" in run("check", "--kind", "single-source", "--db", store).stdout


@pytest.mark.parametrize(
    ("around", "cited", "reports"),
    [
        pytest.param(("", ""), None, 2, id="two reports"),
        pytest.param((STORY, STORY), None, 1, id="one story in two papers"),
        pytest.param((STORY, STORY[: len(STORY) // 2]), None, 1, id="shortened"),
        pytest.param(("", ""), "A", 1, id="the other as its source"),
    ],
)
def test_copies_count_as_one_report(
    run: Any, tmp_path: Path, page: Make, around: tuple[str, str], cited: str | None, reports: int
) -> None:
    pages = [
        _page(page, TWELVE, "Ada Roe", "A", around=around[0]),
        _page(page, TWELVE, "Ada Roe", "B", around=around[1], cited_source=cited),
    ]
    path = _store(tmp_path / "c.db", pages)
    assert f"2 statements, 2 sources, {reports} independent report" in run("check", "--db", path).stdout
    assert len(_rows(run, path, "--kind", "single-source")) == (1 if reports == 1 else 0)
    answers = run("check", TWELVE, "--db", path, "--format", "json")
    assert len({answer["report"] for answer in json.loads(answers.stdout)}) == reports
    assert f"{reports} independent report" in answers.stderr


def test_press_conference_that_two_papers_heard_is_two_reports(run: Any, tmp_path: Path, page: Make) -> None:
    heard = f"{QUOTE}, and we will do so whatever the builders say, because we promised it to all of you last year"
    pages = [_page(page, heard, "Ada Roe", source, kind="direct") for source in "AB"]
    assert "2 independent reports" in run("check", "--db", _store(tmp_path / "p.db", pages)).stdout


@pytest.mark.parametrize(
    ("other", "flag"),
    [
        pytest.param(SHORTER, "truncated", id="truncated"),
        pytest.param(ALTERED, "altered", id="altered"),
        pytest.param(QUOTE.upper(), None, id="the same words"),
    ],
)
def test_altered_quotations_are_flagged(run: Any, tmp_path: Path, page: Make, other: str, flag: str | None) -> None:
    pages = [_page(page, QUOTE, "Ada Roe", "A", kind="direct"), _page(page, other, "Ada Roe", "B", kind="direct")]
    path = _store(tmp_path / "w.db", pages)
    told = run("check", "--kind", "wording", "--db", path).stdout
    with contextlib.closing(sqlite3.connect(path)) as connection:
        queued = connection.execute("SELECT count(*) FROM review_queue WHERE what = 'wording'").fetchone()[0]
    assert (f"quotation {flag}" in told, queued) == (flag is not None, int(flag is not None))


def _conflict(run: Any, path: Path) -> tuple[str, str]:
    row = _rows(run, path, "--kind", "conflict")[0]
    return row["statement_a"], row["statement_b"]


def _queued(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM review_queue WHERE what = 'conflict'").fetchone()[0])


def test_what_is_dismissed_is_shown_no_more_whatever_comes(run: Any, store: Path, page: Make) -> None:
    conflicts = len([row for row in _rows(run, store) if row["relation"] == "conflict"])
    pair = _conflict(run, store)
    result = run("check", "--dismiss", *pair, "--by", "dana", "--note", "two fires", "--db", store)
    assert (result.exit_code, "dismissed (two fires). dana" in result.stderr) == (0, True)

    def left() -> int:
        return len([row for row in _rows(run, store) if row["relation"] == "conflict"])

    assert left() == conflicts - 1
    with contextlib.closing(open_store(store)) as connection:
        rebuild(connection, CrosscheckConfig())
        assert left() == conflicts - 1
        connection.execute("DELETE FROM documents WHERE source = 'C'")
    _store(store, [_page(page, SEVENTEEN, "Yiannis Markolis", "C")])
    assert left() == conflicts - 1
    assert run("check", "--undo", "1", "--by", "dana", "--db", store).exit_code == 0
    assert left() == conflicts
    assert "undone by dana" in run("check", "--decisions", "--db", store).stdout


def test_what_is_confirmed_needs_no_review(run: Any, store: Path) -> None:
    before = _queued(store)
    assert run("check", "--confirm", *_conflict(run, store)[::-1], "--by", "dana", "--db", store).exit_code == 0
    assert _queued(store) == before - 1
    assert "confirmed" in run("check", "--kind", "conflict", "--db", store).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--dismiss", "a", "b"], "no statement 'a'", id="no such statement"),
        pytest.param(["--undo", "7"], "no decision 7", id="no such decision"),
        pytest.param(["--undo", "1", "--decisions"], "one thing at a time", id="two acts"),
        pytest.param(["a claim", "--decisions"], "one thing at a time", id="act and claim"),
    ],
)
def test_wrong_decisions_are_told(run: Any, store: Path, arguments: list[str], told: str) -> None:
    result = run("check", *arguments, "--by", "dana", "--db", store)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


def test_second_decision_on_a_pair_needs_an_undo(run: Any, store: Path) -> None:
    pair = _conflict(run, store)
    run("check", "--confirm", *pair, "--by", "dana", "--db", store)
    result = run("check", "--dismiss", *pair, "--by", "dana", "--db", store)
    assert (result.exit_code, "undo it first: tracker check --undo 1" in result.stderr) == (2, True)


def test_changed_position_of_one_speaker_is_shown_as_such(run: Any, tmp_path: Path, page: Make) -> None:
    pages = [
        page(
            f"Ada Roe: {quote}.",
            {"quote": quote, "speaker": "Ada Roe", "kind": "indirect", "said_on": day},
            source=source,
            published=day,
        )
        for quote, source, day in (
            ("the ministry will close the airport in Haifa", "A", "2024-03-01"),
            ("the ministry will not close the airport in Haifa", "B", "2024-03-09"),
        )
    ]
    rows = _rows(run, _store(tmp_path / "p.db", pages), "--kind", "denied")
    assert len(rows) == 1
    assert "the same speaker, 8 days apart" in rows[0]["reason"]
