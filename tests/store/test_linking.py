"""Linking in batches: who is who does not depend on what was read together, or in which order."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tracker.records import Annotations
from tracker.store.connection import open_store
from tracker.store.ingestion import _fewer_collections
from tracker.store.linking import StoreLinker
from tracker.store.writing import write_batch

PEOPLE: tuple[tuple[str, str | None, str], ...] = (
    ("DANA ORLEV", None, "person"),
    ("Dana Orlev", None, "person"),
    ("دانا أورليف", None, "person"),
    ("Orlev", None, "person"),
    ("محمد علي", "وزير الصحة المصري", "person"),
    ("محمد علي", "لاعب المنتخب المغربي", "person"),
    ("محمد علي", None, "person"),
    ("Mohamed Ali", "Egyptian health minister", "person"),
    ("Armenian government", None, "group"),
    ("الحكومة الأرمينية", None, "organisation"),
    ("sources", None, "anonymous"),
    ("sources", None, "anonymous"),
)


@pytest.fixture
def pages(pages_of: Callable[..., list[Annotations]]) -> list[Annotations]:
    return pages_of(PEOPLE)


def _who(path: Path, pages: Sequence[Annotations], size: int, *, one_linker: bool = True) -> dict[str, list[Any]]:
    """All that the store says of speakers once these pages were written in batches of ``size``."""
    with contextlib.closing(open_store(path)) as connection:
        linker = StoreLinker(connection)
        for start in range(0, len(pages), size):
            if not one_linker:
                linker = StoreLinker(connection)
            write_batch(connection, pages[start : start + size], linker=linker, extractor="1")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            "linked": _rows(
                connection,
                "s.statement_id, e.entity_id, e.name, e.type, p.persona_id, p.name, p.name_key FROM statements s "
                "JOIN links l ON l.mention = s.mention JOIN personas p ON p.id = l.persona "
                "JOIN entities e ON e.id = p.entity",
            ),
            "entities": _rows(connection, "entity_id, name, type FROM entities"),
            "blocks": _rows(
                connection, "p.persona_id, b.block FROM persona_blocks b JOIN personas p ON p.id = b.persona"
            ),
            "sounds": _rows(
                connection, "p.persona_id, n.sound, n.is_near FROM name_sounds n JOIN personas p ON p.id = n.persona"
            ),
        }


def _rows(connection: sqlite3.Connection, query: str) -> list[Any]:
    return sorted(connection.execute(f"SELECT {query}").fetchall())


@pytest.mark.parametrize("size", [1, 3, len(PEOPLE)])
@pytest.mark.parametrize("seed", range(4))
def test_batches_and_order_change_nothing(tmp_path: Path, pages: list[Annotations], size: int, seed: int) -> None:
    expected = _who(tmp_path / "a.db", pages, len(pages))
    shuffled = random.Random(seed).sample(pages, len(pages))  # noqa: S311 (no secret)
    assert _who(tmp_path / "b.db", shuffled, size) == expected


def test_every_run_goes_on_from_what_is_stored(tmp_path: Path, pages: list[Annotations]) -> None:
    expected = _who(tmp_path / "a.db", pages, len(pages))
    assert _who(tmp_path / "b.db", pages[::-1], 1, one_linker=False) == expected


def test_who_is_who(tmp_path: Path, pages: list[Annotations]) -> None:
    linked = _who(tmp_path / "a.db", pages, 5)["linked"]
    entity = {row[0]: row[1] for row in linked}
    of = [entity[one.statements[0].id] for one in pages]
    assert len({of[0], of[1], of[2]}) == 1
    assert len({of[0], of[3], of[4], of[5], of[6], of[8], of[10], of[11]}) == 8
    assert of[4] == of[7]
    assert of[8] == of[9]
    assert {row[2] for row in linked if row[1] == of[0]} <= {"Dana Orlev", "دانا أورليف"}


def test_nothing_known_is_written_again(tmp_path: Path, pages: list[Annotations]) -> None:
    path = tmp_path / "a.db"
    _who(path, pages, 5)
    with contextlib.closing(open_store(path)) as connection:
        before = connection.total_changes
        write_batch(connection, pages, linker=StoreLinker(connection), extractor="1")
        assert connection.total_changes == before


def test_collections_are_as_before_after_a_run() -> None:
    import gc

    before = gc.get_threshold()
    with _fewer_collections():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
