"""A bulk load: the same store in the end, and no silence about what it lacks until then."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracker.config import Config, CrosscheckConfig
from tracker.records import Document
from tracker.store.connection import open_store
from tracker.store.deferred import deferred, finish_deferred, told
from tracker.store.ingestion import ingest
from tracker.store.queries import Filters, who_said_what

CONFIG = Config(crosscheck=CrosscheckConfig(enabled=False))
PEOPLE = ("Dana Orlev", "Yusuf Haddad", "Dana Orlev, the harbour master", "the ministry", "Boaz Levy")
ARABIC = "قال بواز ليفي: «سنعيد فتح الميناء يوم الاثنين المقبل رقم {n}».\n"
HEBREW = 'דנה אורלב אמרה: "הנמל ייפתח ביום שני מספר {n}".\n'
# What is told of when something was done, and the numbers rows happen to have, may differ.
CONTENT = {
    "who_said_what": "SELECT * FROM who_said_what ORDER BY statement_id",
    "speakers_view": "SELECT * FROM speakers_view ORDER BY speaker_id",
    "review_queue": "SELECT * FROM review_queue ORDER BY 1, 2, 3, 4, 5, 6, 7",
    "links": "SELECT s.statement_id, l.score, l.method, l.reasons, p.persona_id, e.entity_id, p.score, p.rivals "
    "FROM links l JOIN statements s ON s.mention = l.mention JOIN personas p ON p.id = l.persona "
    "JOIN entities e ON e.id = p.entity ORDER BY 1, 5",
    "sounds": "SELECT n.sound, n.is_near, p.persona_id FROM name_sounds n JOIN personas p ON p.id = n.persona "
    "ORDER BY 1, 2, 3",
    "shadows": "SELECT * FROM statement_shadow ORDER BY id",
    "segments": "SELECT * FROM segment_shadow ORDER BY id",
    "deferred": "SELECT * FROM deferred",
}


@pytest.fixture
def documents(page: Callable[..., Any]) -> list[Document]:
    texts = [
        f'"We will open gate {n}," said {PEOPLE[n % len(PEOPLE)]}.\n{ARABIC.format(n=n)}{HEBREW.format(n=n)}'
        for n in range(30)
    ]
    return [page(text, published=f"2024-05-{n + 1:02}", origin=f"{n}.txt").document for n, text in enumerate(texts)]


def content(path: Path) -> dict[str, list[Any]]:
    """All that a store tells."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found = {name: connection.execute(sql).fetchall() for name, sql in CONTENT.items()}
        for fts in ("statements_fts", "segments_fts"):
            words = f"SELECT rowid, rank FROM {fts} WHERE {fts} MATCH ? ORDER BY rowid"  # noqa: S608
            for word in ("gate", "الميناء", "ליום", "orlev", "absent"):
                found[f"{fts} {word}"] = connection.execute(words, (f'"{word}"',)).fetchall()
            connection.execute(f"INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return found


def _load(path: Path, documents: Any, *, bulk: bool) -> Any:
    with contextlib.closing(open_store(path)) as connection:
        return ingest(connection, documents, config=CONFIG, bulk=bulk)


def test_bulk_makes_the_same_store(tmp_path: Path, documents: list[Document]) -> None:
    plain = _load(tmp_path / "plain.db", documents, bulk=False)
    bulk = _load(tmp_path / "bulk.db", documents, bulk=True)
    assert replace(bulk, seconds=0) == replace(plain, seconds=0)
    assert content(tmp_path / "bulk.db") == content(tmp_path / "plain.db")


@pytest.mark.parametrize("first", [False, True], ids=["behind an ordinary run", "behind another"])
def test_bulk_adds_to_a_store(tmp_path: Path, documents: list[Document], first: bool) -> None:
    _load(tmp_path / "plain.db", documents, bulk=False)
    _load(tmp_path / "bulk.db", documents[:9], bulk=first)
    _load(tmp_path / "bulk.db", documents, bulk=True)
    assert content(tmp_path / "bulk.db") == content(tmp_path / "plain.db")


def test_page_that_changes_inside_a_bulk_load_leaves_the_index_whole(tmp_path: Path, documents: list[Document]) -> None:
    renamed = [replace(documents[0], title=f"Title {n}") for n in range(250)]  # over several batches
    _load(tmp_path / "bulk.db", renamed, bulk=True)
    found = content(tmp_path / "bulk.db")  # which looks whether the index agrees with the rows
    assert len(found["statements_fts gate"]) == 1
    assert {row[15] for row in found["who_said_what"]} == {"Title 249"}


def _broken_off(documents: list[Document]) -> Iterator[Document]:
    yield from documents
    raise KeyboardInterrupt


@pytest.mark.parametrize("bulk", [False, True], ids=["by an ordinary run", "by a bulk load"])
def test_broken_off_bulk_load_is_finished_by_the_next_run(
    tmp_path: Path, documents: list[Document], bulk: bool
) -> None:
    path = tmp_path / "bulk.db"
    with pytest.raises(KeyboardInterrupt):
        _load(path, _broken_off(documents[:20]), bulk=True)
    with contextlib.closing(open_store(path)) as connection:
        assert deferred(connection) == ("search", "speakers")
        assert "tracker resolve" in told(deferred(connection))
    _load(path, documents, bulk=bulk)
    _load(tmp_path / "plain.db", documents, bulk=False)
    assert content(path) == content(tmp_path / "plain.db")


def test_index_is_finished_part_by_part(
    tmp_path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bulk.db"
    with pytest.raises(KeyboardInterrupt):
        _load(path, _broken_off(documents), bulk=True)
    monkeypatch.setattr("tracker.store.deferred.CHUNK", 7)
    with contextlib.closing(open_store(path)) as connection:
        assert finish_deferred(connection)
        assert not finish_deferred(connection)
        assert told(deferred(connection)) == ""
    _load(tmp_path / "plain.db", documents, bulk=False)
    assert content(path) == content(tmp_path / "plain.db")


def test_statements_of_an_unfinished_load_are_answered_but_for_words(tmp_path: Path, documents: list[Document]) -> None:
    with contextlib.closing(open_store(tmp_path / "bulk.db")) as connection:
        with pytest.raises(KeyboardInterrupt):
            ingest(connection, _broken_off(documents), config=CONFIG, bulk=True)
        assert len(list(who_said_what(connection, Filters()))) >= 60
        assert list(who_said_what(connection, Filters(text="gate"))) == []
