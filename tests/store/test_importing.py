"""A list of known people: it helps resolution and questions, outlives a rebuild, and counts less than a decision."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tracker.records import Annotations, KnownPerson
from tracker.store.connection import open_store, transaction
from tracker.store.importing import Imported, import_known
from tracker.store.judgements import Party, judge, undo
from tracker.store.linking import StoreLinker
from tracker.store.resolving import resolve_anew
from tracker.store.speakers import find_one, find_speakers
from tracker.store.writing import write_batch

SAID = (
    ("Ruhama Tessler", None),
    ("أم البحر", None),
    ("محمد علي", "وزير الصحة المصري"),
    ("محمد علي", "لاعب المنتخب المغربي"),
    ("محمد علي", None),
    ("Ghada Sfeir", "Moroccan footballer"),
)
TESSLER = KnownPerson("Ruhama Tessler", ("אם הים", "أم البحر", "Um al-Bahr"), title="Israeli minister", wikidata="Q1")
ALIS = (
    KnownPerson("Mohamed Ali", ("محمد علي",), title="Egyptian health minister", wikidata="Q2"),
    KnownPerson("Mohamed Ali", ("محمد علي",), title="Moroccan footballer", wikidata="Q3"),
)


@pytest.fixture
def pages(pages_of: Callable[..., list[Annotations]]) -> list[Annotations]:
    return pages_of((name, title, "person") for name, title in SAID)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "known.db"


def _ingest(path: Path, pages: Sequence[Annotations]) -> None:
    with contextlib.closing(open_store(path)) as connection, transaction(connection):
        linker = StoreLinker(connection)
        write_batch(connection, pages, linker=linker, extractor="1")
        linker.finish()


def _import(path: Path, *people: KnownPerson, replace: bool = False) -> Imported:
    with contextlib.closing(open_store(path)) as connection:
        return import_known(connection, people, origin="list.csv", imported_by="dana", replace=replace)


def _who(path: Path) -> dict[str, tuple[object, ...]]:
    """Whom each quotation is by, with all that is said about it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT s.quote, e.entity_id, e.name, l.score, l.method, l.reasons FROM statements s "
            "JOIN links l ON l.mention = s.mention JOIN personas p ON p.id = l.persona "
            "JOIN entities e ON e.id = p.entity"
        )
        return {quote: row for quote, *row in rows}  # type: ignore[misc]


def _names(path: Path) -> list[str]:
    who = _who(path)
    return [str(who[f"thing {number}"][1]) for number in range(len(SAID))]


def test_names_that_nothing_else_joins_are_one(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    assert _names(store)[0] != _names(store)[1]
    assert _import(store, TESSLER) == Imported(1, 0, 0, 0, ())
    assert _names(store)[:2] == ["Ruhama Tessler"] * 2


def test_a_title_that_cannot_be_theirs_keeps_a_mention_out(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    _import(store, KnownPerson("Ghada Sfeir (minister)", ("Ghada Sfeir",), title="Lebanese minister"))
    assert _names(store)[5] == "Ghada Sfeir"


@pytest.mark.parametrize("seed", range(3))
def test_list_first_or_last_in_any_order_is_the_same(store: Path, pages: list[Annotations], seed: int) -> None:
    _ingest(store, pages)
    _import(store, TESSLER, *ALIS)
    expected = _who(store)
    other = store.with_name("other.db")
    shuffled = random.Random(seed).sample(pages, len(pages))  # noqa: S311 (no secret)
    _ingest(other, shuffled[:seed])
    _import(other, *ALIS, TESSLER)
    for one in shuffled[seed:]:
        _ingest(other, [one])
    assert _who(other) == expected
    with contextlib.closing(open_store(other)) as connection:
        assert resolve_anew(connection).moved == 0
    assert _who(other) == expected


def test_the_same_list_again_changes_nothing(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    _import(store, TESSLER, *ALIS)
    with contextlib.closing(open_store(store)) as connection:
        before = connection.total_changes
        again = import_known(connection, (TESSLER, *ALIS), origin="list.csv", imported_by="dana")
        assert (again, connection.total_changes) == (Imported(0, 0, 3, 0, ()), before)


def test_two_of_the_list_stay_two_and_a_bare_name_is_unsure(store: Path, pages: list[Annotations]) -> None:
    _import(store, *ALIS)
    _ingest(store, pages)
    who = _who(store)
    entities = [who[f"thing {number}"][0] for number in (2, 3, 4)]
    assert len(set(entities)) == 3
    assert who["thing 4"][3] == "unsure"


def test_two_of_one_name_and_title_are_told(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    done = _import(store, KnownPerson("محمد علي", wikidata="Q2"), KnownPerson("محمد علي", wikidata="Q3"))
    assert done.shared == ("محمد علي",)
    assert _who(store)["thing 4"][3] == "unsure"


def test_the_list_outlives_a_rebuild(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    _import(store, TESSLER, *ALIS)
    expected = _who(store)
    with contextlib.closing(open_store(store)) as connection, transaction(connection):
        for table in ("documents", "personas", "entities"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 (names of this line)
    _ingest(store, pages[::-1])
    assert _who(store) == expected


def test_a_name_of_the_list_is_found_where_no_page_has_it(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages[:1])
    _import(store, TESSLER)
    with contextlib.closing(open_store(store)) as connection:
        assert [one.name for one in find_speakers(connection, "אם הים")] == ["Ruhama Tessler"]
        assert [one.name for one in find_speakers(connection, "Umm el Bahr")] == ["Ruhama Tessler"]


def test_who_leaves_the_list_leaves_no_trace(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    before = _who(store)
    _import(store, TESSLER, *ALIS)
    assert _import(store, ALIS[0], replace=True) == Imported(0, 0, 1, 2, ())
    _import(store, KnownPerson("Somebody Else"), replace=True)
    assert _who(store) == before


def test_a_row_of_a_known_wikidata_id_takes_the_place_of_the_old_one(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    _import(store, TESSLER)
    changed = KnownPerson("R. Tessler", ("Ruhama Tessler",), title="Israeli minister", wikidata="Q1")
    assert _import(store, changed) == Imported(0, 1, 0, 0, ())
    assert _names(store)[:2] == ["R. Tessler", "أم البحر"]


def test_a_decision_counts_more_than_the_list(store: Path, pages: list[Annotations]) -> None:
    _ingest(store, pages)
    apart = _who(store)
    _import(store, TESSLER)
    listed = _who(store)
    with contextlib.closing(open_store(store)) as connection:
        one, other = str(apart["thing 0"][0]), str(apart["thing 1"][0])
        decision = judge(connection, "not-same", Party("a", (one,)), Party("b", (other,)), decided_by="dana")
        assert _who(store)["thing 0"][0] != _who(store)["thing 1"][0]
        resolve_anew(connection)
        assert _who(store)["thing 0"][0] != _who(store)["thing 1"][0]
        undo(connection, decision.id, undone_by="dana")
        assert _who(store) == listed
        assert find_one(connection, "Ruhama Tessler").statements == 2
