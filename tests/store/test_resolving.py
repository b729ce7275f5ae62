"""``resolve_anew``: the same as page by page, in any order, with what people decided."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import tracker.store.resolving
from tracker.records import Annotations
from tracker.store.connection import open_store, transaction
from tracker.store.judgements import Party, judge
from tracker.store.linking import StoreLinker
from tracker.store.resolving import Resolved, resolve_anew
from tracker.store.writing import write_batch

SAID: tuple[tuple[str, str | None, str], ...] = (
    ("DANA ORLEV", None, "person"),
    ("Dana Orlev", "harbour master", "person"),
    ("دانا أورليف", None, "person"),
    ("דנה אורלב", None, "person"),
    ("Orlev", None, "person"),
    ("محمد علي", "وزير الصحة المصري", "person"),
    ("محمد علي", "لاعب المنتخب المغربي", "person"),
    ("محمد علي", None, "person"),
    ("Mohamed Ali", "Egyptian health minister", "person"),
    ("Armenian government", None, "group"),
    ("الحكومة الأرمينية", None, "organisation"),
    ("Yerevan", None, "organisation"),
    ("sources", None, "anonymous"),
)
ALL = "SELECT s.statement_id, s.quote, e.entity_id, e.name, e.type, p.persona_id, p.name, l.score, l.method, l.reasons "


@pytest.fixture
def pages(pages_of: Callable[..., list[Annotations]]) -> list[Annotations]:
    return pages_of(SAID)


def _ingest(path: Path, pages: Sequence[Annotations], extractor: str = "1") -> None:
    """As a run of its own would."""
    with contextlib.closing(open_store(path)) as connection, transaction(connection):
        linker = StoreLinker(connection)
        write_batch(connection, pages, linker=linker, extractor=extractor)
        linker.finish()


def _who(path: Path) -> list[Any]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return sorted(
            connection.execute(
                ALL + "FROM statements s JOIN links l ON l.mention = s.mention JOIN personas p ON p.id = l.persona "
                "JOIN entities e ON e.id = p.entity"
            )
        )


def _resolve(path: Path) -> Resolved:
    with contextlib.closing(open_store(path)) as connection:
        return resolve_anew(connection)


@pytest.mark.parametrize("seed", range(6))
def test_page_by_page_in_any_order_is_the_same_as_anew(
    tmp_path: Path, pages: list[Annotations], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker.store.resolving, "BATCH", 1 + seed % 3)
    monkeypatch.setattr(tracker.store.resolving, "CHUNK", 1 + seed)
    path = tmp_path / "a.db"
    for one in random.Random(seed).sample(pages, len(pages)):  # noqa: S311 (no secret)
        _ingest(path, [one])
    one_by_one = _who(path)
    done = _resolve(path)
    assert (done.mentions, done.moved, done.unsure) == (len(SAID), 0, 1)
    assert _who(path) == one_by_one
    _ingest(tmp_path / "b.db", pages)
    assert _who(tmp_path / "b.db") == one_by_one


NAMES = (
    "محمد علي",
    "Mohamed Ali",
    "מוחמד עלי",
    "Mohammed Aly",
    "سامي حداد",
    "Sami Haddad",
    "סמי חדאד",
    "Ann Cole",
    "Rob Hale",
    "טל ברק",
    "عمر بناني",
)
TITLES = (None, None, None, "Egyptian minister", "لاعب المنتخب المغربي", "שר", "footballer", "captain of Zarqun")


@pytest.mark.parametrize("seed", range(5))
def test_names_of_many_thrown_together_come_out_the_same_in_any_order(
    tmp_path: Path, page: Callable[..., Annotations], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    pages = []
    for number in range(25):
        people = [(chance.choice(NAMES), chance.choice(TITLES)) for _ in range(3)]
        said = [
            {"quote": f"thing {number} {line}", "speaker": name, "title": title}
            for line, (name, title) in enumerate(people)
        ]
        text = "\n".join(f"{name} ({title}): «thing {number} {line}»" for line, (name, title) in enumerate(people))
        pages.append(page(text, *said, published=f"2024-0{chance.randrange(1, 9)}-01"))
    _ingest(tmp_path / "a.db", pages)
    at_once = _who(tmp_path / "a.db")
    assert {"unsure", "context", "name"} <= {row[8] for row in at_once}
    chance.shuffle(pages)
    for start in range(0, len(pages), 4):
        _ingest(tmp_path / "b.db", pages[start : start + 4])
    assert _who(tmp_path / "b.db") == at_once
    assert _resolve(tmp_path / "b.db").moved == 0
    assert _who(tmp_path / "b.db") == at_once


def test_decisions_hold(tmp_path: Path, pages: list[Annotations]) -> None:
    path = tmp_path / "a.db"
    _ingest(path, pages)
    entity = {row[1]: row[2] for row in _who(path)}
    statement = {row[1]: row[0] for row in _who(path)}
    with contextlib.closing(open_store(path)) as connection:
        one, surname = Party("Orlev", (entity["thing 0"],)), Party("Orlev", (entity["thing 4"],))
        judge(connection, "same", one, surname, decided_by="dana")
        judge(connection, "rename", one, value="Captain Orlev", decided_by="dana")
        spoken = statement["thing 5"]
        minister = Party("Ali", (entity["thing 5"],))
        judge(connection, "split-statement", minister, Party(spoken, (spoken,)), value="Ali (aide)", decided_by="dana")
    decided = _who(path)
    named = {row[1]: row[3] for row in decided}
    assert (named["thing 0"], named["thing 4"], named["thing 5"]) == ("Captain Orlev", "Captain Orlev", "Ali (aide)")
    assert _resolve(path).moved == 0
    assert _who(path) == decided
    with contextlib.closing(open_store(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    _ingest(path, pages[::-1], extractor="2")
    assert _who(path) == decided


def test_personas_of_pages_that_were_replaced_are_forgotten(
    tmp_path: Path, pages: list[Annotations], page: Callable[..., Annotations]
) -> None:
    path = tmp_path / "a.db"
    _ingest(path, pages)
    text = "محمد علي said that thing 6 is so."
    _ingest(path, [page(text, {"quote": "thing 6", "speaker": "محمد علي"})], extractor="2")
    assert _resolve(path).unsure == 0
    assert len({row[2] for row in _who(path) if row[6] == "محمد علي"}) == 1


def test_a_failure_leaves_all_as_it_was(
    tmp_path: Path, pages: list[Annotations], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    _ingest(path, pages)
    before = _who(path)

    def fail(linker: StoreLinker) -> None:
        raise RuntimeError

    monkeypatch.setattr(StoreLinker, "finish", fail)
    with pytest.raises(RuntimeError):
        _resolve(path)
    assert _who(path) == before
