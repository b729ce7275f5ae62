"""Every filter finds its rows by an index, and a common word is not gathered before the newest are shown."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.records import Annotations
from tracker.store.connection import open_store
from tracker.store.linking import StoreLinker
from tracker.store.queries import Filters, build_query, who_said_what
from tracker.store.writing import write_batch


@pytest.fixture
def store(tmp_path: Path, page: Callable[..., Annotations]) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(open_store(tmp_path / "t.db")) as connection:
        pages = [
            page(
                f"Dana Orlev said that gate {n} is open.",
                {"quote": f"gate {n} is open", "speaker": "Dana Orlev"},
                published=f"2024-{n % 12 + 1:02}-01",
                source=f"Outlet {n % 3}",
            )
            for n in range(60)
        ]
        write_batch(connection, pages, linker=StoreLinker(connection))
        yield connection


FILTERS = [
    pytest.param(Filters(limit=20), "idx_statements_on_date", id="newest"),
    pytest.param(Filters(), "idx_statements_on_date", id="all"),
    pytest.param(Filters(since="2024-05", limit=20), "idx_statements_on_date", id="since"),
    pytest.param(Filters(until="2024-05", limit=20), "idx_statements_on_date", id="until"),
    pytest.param(Filters(speakers=(1,), limit=20), "COVERING INDEX idx_statements_mention", id="speaker"),
    pytest.param(Filters(speakers=(1,)), "idx_statements_mention", id="all of a speaker"),
    pytest.param(Filters(sources=("Outlet 1",), limit=20), "idx_statements_source_on_date", id="outlet"),
    pytest.param(Filters(lang="he", limit=20), "idx_statements_lang_on_date", id="language"),
    pytest.param(Filters(kind="mixed", limit=20), "idx_statements_kind_on_date", id="kind"),
    pytest.param(Filters(text="gate", limit=20), "statements_fts", id="word"),
    pytest.param(Filters(about=("gate",), limit=20), "idx_statements_segment", id="about"),
    pytest.param(Filters(text="gate", speakers=(1,), since="2024", limit=20), "statements_fts", id="several"),
]


@pytest.mark.parametrize(("filters", "index"), FILTERS)
def test_filter_uses_an_index(store: sqlite3.Connection, filters: Filters, index: str) -> None:
    sql, values = build_query(filters)
    plan = [row[3] for row in store.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any(index in step for step in plan), plan
    assert [step for step in plan if step.startswith(("SCAN s", "SCAN statements")) and " INDEX " not in step] == []


@pytest.mark.parametrize("filters", [Filters(limit=20), Filters(lang="he", limit=20), Filters(since="2024", limit=20)])
def test_newest_are_picked_without_sorting(store: sqlite3.Connection, filters: Filters) -> None:
    sql, values = build_query(filters)
    picked = sql[sql.index("(") + 1 : sql.rindex(")")]
    plan = [row[3] for row in store.execute(f"EXPLAIN QUERY PLAN {picked}", values)]
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_export_of_all_needs_no_sorting(store: sqlite3.Connection) -> None:
    sql, values = build_query(Filters())
    assert not any("TEMP B-TREE" in row[3] for row in store.execute(f"EXPLAIN QUERY PLAN {sql}", values))


@pytest.mark.parametrize("text", ["gate open", '"gate 7"', '"7 gate"', "ope*", "pen*", "gate 1*", "the gate"])
@pytest.mark.parametrize("limit", [1, 20])
def test_common_word_finds_the_same(
    store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, limit: int, text: str
) -> None:
    filters = Filters(text=text, since="2024-03", limit=limit)
    plain = list(who_said_what(store, filters))
    monkeypatch.setattr("tracker.store.queries._is_common", lambda *_: True)
    sql, values = build_query(filters, common=True)
    plan = [row[3] for row in store.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("idx_statements_on_date" in step for step in plan)
    assert list(who_said_what(store, filters)) == plain
