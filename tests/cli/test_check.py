"""check: groups and answers, and the cross-check behind them."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracker.config import CrosscheckConfig
from tracker.records import Annotations
from tracker.store.connection import open_store
from tracker.store.crosscheck import KeyIndex, count_pending, crosscheck, rebuild
from tracker.store.linking import StoreLinker
from tracker.store.views import CROSSCHECK
from tracker.store.writing import write_batch

TWELVE = "12 people were killed in the warehouse fire at Larnaca port"
TWELVE_AGAIN = "12 people were killed in the fire at Larnaca port"
SEVENTEEN = "17 people were killed in the warehouse fire at Larnaca port"
OTHER = "The parliament will vote on the pension law in autumn"
ARABIC = "مقتل 12 شخصا في حريق المستودع في مرفأ لارنكا"


@pytest.fixture
def pages(page: Callable[..., Annotations]) -> list[Annotations]:
    def told(quote: str, speaker: str, source: str, lang: str = "en", **fields: Any) -> Annotations:
        said = {"quote": quote, "speaker": speaker, "kind": "indirect", **fields}
        return page(f"{speaker}: {quote}.", said, source=source, published="2024-03-13", lang=lang)

    return [
        told(TWELVE, "Andreas Kallistos", "A"),
        told(TWELVE_AGAIN, "Despina Lourou", "B"),
        told(SEVENTEEN, "Yiannis Markolis", "C"),
        told(ARABIC, "أندرياس كاليستوس", "D", lang="ar"),
        told(OTHER, "Eleni Vasiou", "A"),
    ]


def _store(path: Path, pages: list[Annotations], config: CrosscheckConfig | None = None) -> Path:
    with contextlib.closing(open_store(path)) as connection:
        write_batch(connection, pages, linker=StoreLinker(connection), extractor="1")
        crosscheck(connection, config or CrosscheckConfig())
    return path


@pytest.fixture
def store(tmp_path: Path, pages: list[Annotations]) -> Path:
    return _store(tmp_path / "claims.db", pages)


def _pairs(path: Path) -> dict[frozenset[str], tuple[str, str]]:
    """Relation and group by the two quotations."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT a.quote, b.quote, c.relation, c.group_id FROM crosscheck c "
            "JOIN who_said_what a ON a.statement_id = c.statement_a JOIN who_said_what b "
            "ON b.statement_id = c.statement_b"
        )
        return {frozenset(row[:2]): (row[2], row[3]) for row in rows}


def test_same_and_conflicting_statements_are_paired(store: Path) -> None:
    pairs = _pairs(store)
    assert pairs[frozenset((TWELVE, TWELVE_AGAIN))][0] == "same"
    assert pairs[frozenset((TWELVE, SEVENTEEN))][0] == "conflict"
    assert pairs[frozenset((TWELVE, ARABIC))][0] == "same"
    assert not any(OTHER in pair for pair in pairs)


def test_pairs_that_hang_together_are_one_group(store: Path) -> None:
    pairs = _pairs(store)
    assert pairs[frozenset((TWELVE, TWELVE_AGAIN))][1] == pairs[frozenset((TWELVE, SEVENTEEN))][1]


def test_order_of_pages_and_runs_changes_nothing(store: Path, tmp_path: Path, pages: list[Annotations]) -> None:
    backwards = _store(tmp_path / "b.db", pages[::-1])
    one_by_one = tmp_path / "c.db"
    for page in pages:
        _store(one_by_one, [page])
    assert _pairs(store) == _pairs(backwards) == _pairs(one_by_one)


def test_second_run_compares_nothing(store: Path) -> None:
    with contextlib.closing(open_store(store)) as connection:
        compared: list[None] = []
        assert crosscheck(connection, CrosscheckConfig(), on_statement=lambda: compared.append(None)) == 0
        assert compared == []


def _store_uncompared(path: Path, pages: list[Annotations], limit: int) -> Path:
    with contextlib.closing(open_store(path)) as connection:
        write_batch(connection, pages, linker=StoreLinker(connection), extractor="1")
        crosscheck(connection, CrosscheckConfig(), limit=limit)
        assert count_pending(connection) == len(pages) - limit
    return path


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_what_the_limit_left_is_compared_at_the_next_time(
    store: Path, tmp_path: Path, pages: list[Annotations], limit: int
) -> None:
    path = _store_uncompared(tmp_path / "l.db", pages, limit)
    assert len(_pairs(path)) < len(_pairs(store))
    with contextlib.closing(open_store(path)) as connection:
        crosscheck(connection, CrosscheckConfig(), limit=1)
        assert count_pending(connection) == len(pages) - limit - 1
        crosscheck(connection, CrosscheckConfig(), limit=100)
        assert count_pending(connection) == 0
    assert _pairs(path) == _pairs(store)


@pytest.mark.parametrize("arguments", [[], ["--rebuild"], [TWELVE]], ids=["groups", "rebuild", "claim"])
def test_check_catches_up_before_it_answers(
    run: Any, store: Path, tmp_path: Path, pages: list[Annotations], arguments: list[str]
) -> None:
    path = _store_uncompared(tmp_path / "l.db", pages, 1)
    late, known = run("check", *arguments, "--db", path), run("check", *arguments, "--db", store)
    assert (late.exit_code, late.stdout) == (0, known.stdout)
    assert "Compar" in late.stderr
    assert _pairs(path) == _pairs(store)
    assert "Comparing" not in run("check", "--db", path).stderr


def test_ingest_says_what_it_left_to_compare(run: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text('"We will reopen the port on Monday," said Dana Orlev.\n\n"Nobody was hurt," said Roni Katz.\n')
    config = tmp_path / "few.yaml"
    config.write_text("crosscheck:\n  at_ingest_limit: 1\n")
    first = run("ingest", page, "--db", tmp_path / "t.db", "--config", config)
    assert first.exit_code == 0
    assert "1 statements are left to be compared" in first.stderr
    assert "left to be compared" not in run("ingest", page, "--db", tmp_path / "t.db", "--config", config).stderr


def test_rebuild_finds_the_same(store: Path) -> None:
    before = _pairs(store)
    with contextlib.closing(open_store(store)) as connection:
        assert rebuild(connection, CrosscheckConfig()) == len(before)
    assert _pairs(store) == before


def test_statements_of_a_changed_page_are_compared_anew(store: Path, pages: list[Annotations]) -> None:
    before = _pairs(store)
    gone = replace(pages[2], statements=())
    with contextlib.closing(open_store(store)) as connection:
        write_batch(connection, [gone], extractor="2")
        crosscheck(connection, CrosscheckConfig(), lost_pairs=True)
    assert not any(SEVENTEEN in pair for pair in _pairs(store))
    _store(store, [pages[2]])
    assert _pairs(store) == before


def test_statements_far_apart_in_time_are_not_compared(tmp_path: Path, pages: list[Annotations]) -> None:
    later = replace(pages[1], document=replace(pages[1].document, published="2025-03-13"))
    path = _store(tmp_path / "t.db", [pages[0], later])
    assert _pairs(path) == {}
    path = _store(tmp_path / "u.db", [pages[0], later], CrosscheckConfig(max_days=400))
    assert len(_pairs(path)) == 1


def test_weak_pairs_are_not_kept(tmp_path: Path, pages: list[Annotations]) -> None:
    strict = CrosscheckConfig(min_score=1.0, min_conflict_score=1.0)
    assert len(_pairs(_store(tmp_path / "t.db", pages, strict))) < len(_pairs(_store(tmp_path / "u.db", pages)))


def test_headline_that_repeats_its_story_is_no_second_report(tmp_path: Path, page: Callable[..., Annotations]) -> None:
    twice = page(
        f"A: {TWELVE}.\nB: {TWELVE_AGAIN}.",
        {"quote": TWELVE, "speaker": "A", "kind": "indirect"},
        {"quote": TWELVE_AGAIN, "speaker": "B", "kind": "indirect"},
    )
    assert _pairs(_store(tmp_path / "t.db", [twice])) == {}


def test_denial_contradicts_what_it_denies(tmp_path: Path, page: Callable[..., Annotations]) -> None:
    claim = "the company paid a ransom to the hackers"
    pages = [
        page(f"The group said {claim}.", {"quote": claim, "speaker": "The group", "cue": "said", "kind": "indirect"}),
        page(
            f"Dana Orlev denied {claim}.",
            {"quote": claim, "speaker": "Dana Orlev", "cue": "denied", "polarity": "denies", "kind": "indirect"},
        ),
    ]
    path = _store(tmp_path / "t.db", pages)
    assert [relation for relation, _ in _pairs(path).values()] == ["conflict"]


def test_key_index_wants_two_rare_keys_in_common() -> None:
    index = KeyIndex()
    for number in range(300):
        index.add(number, ["common", f"rare {number}"])
    index.add(300, ["a", "b", "common"])
    assert index.candidates(["a", "b"], 5) == [300]
    assert index.candidates(["a", "common"], 5) == []
    assert index.candidates(["nothing"], 5) == []


def test_groups_are_told(run: Any, store: Path) -> None:
    result = run("check", "--db", store)
    assert result.exit_code == 0
    assert "statements, " in result.stdout
    assert "contradict each other" in result.stdout
    assert "conflict (number)" in result.stdout
    assert OTHER not in result.stdout


def test_groups_as_rows_of_the_view(run: Any, store: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("check", "--db", store, "--format", "csv").stdout)))
    assert tuple(rows[0]) == CROSSCHECK
    assert len(rows) - 1 == len(_pairs(store))


def test_groups_by_kind(run: Any, tmp_path: Path, pages: list[Annotations]) -> None:
    path = _store(tmp_path / "t.db", pages[:2])
    assert json.loads(run("check", "--kind", "conflict", "--db", path, "--format", "json").stdout) == []
    assert len(json.loads(run("check", "--kind", "same", "--db", path, "--format", "json").stdout)) == 1


@pytest.mark.parametrize(
    ("claim", "relations"),
    [
        pytest.param("12 people were killed at Larnaca port", {"same", "conflict"}, id="English"),
        pytest.param("مقتل 17 شخصا في حريق المستودع في مرفأ لارنكا", {"conflict"}, id="Arabic"),
    ],
)
def test_claim_is_answered(run: Any, store: Path, claim: str, relations: set[str]) -> None:
    result = run("check", claim, "--db", store, "--format", "json")
    answers = json.loads(result.stdout)
    assert relations <= {answer["relation"] for answer in answers}
    assert OTHER not in {answer["quote"] for answer in answers}
    assert [answer["relation"] for answer in answers] == sorted(
        (answer["relation"] for answer in answers), key=["conflict", "same", "related"].index
    )


def test_claim_is_answered_in_words(run: Any, store: Path) -> None:
    result = run("check", TWELVE, "--db", store)
    assert "Andreas Kallistos says: " + TWELVE in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["Bananas are yellow fruit"], 0, "holds nothing on that", id="nothing"),
        pytest.param(["?!"], 2, "no claim", id="no claim"),
        pytest.param(["--limit", "0"], 2, "--limit", id="limit"),
        pytest.param(["--kind", "loud"], 2, "--kind", id="kind"),
    ],
)
def test_no_answer(run: Any, store: Path, arguments: list[str], code: int, told: str) -> None:
    result = run("check", *arguments, "--db", store)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


def test_rebuild_from_the_command_line(run: Any, store: Path) -> None:
    before = _pairs(store)
    result = run("check", "--rebuild", "--db", store)
    assert f"{len(before)} pairs" in result.stderr
    assert _pairs(store) == before


def test_empty_store_has_no_groups(run: Any, tmp_path: Path) -> None:
    open_store(tmp_path / "t.db").close()
    result = run("check", "--db", tmp_path / "t.db")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr
