"""Storing documents: once is enough, changes replace, failures leave nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracker.records import Annotations, Article, Diagnostic, Evidence, MetadataField
from tracker.store.connection import open_store
from tracker.store.rows import DocumentRows, origin_of
from tracker.store.shadow import match_expression
from tracker.store.writing import (
    PersonaLink,
    forget_failures,
    is_stored,
    record_failure,
    write_annotations,
    write_batch,
)

TEXT = 'The port is closed.\n"We will reopen on Monday," said Dana Orlev. "Nobody was hurt."\nRoni Katz denied it.'
SAID: tuple[dict[str, Any], ...] = (
    {
        "quote": ["We will reopen on Monday,", "Nobody was hurt."],
        "speaker": "Dana Orlev",
        "cue": "said",
        "title": "harbour master",
    },
    {"quote": "it", "speaker": "Roni Katz", "cue": "denied", "kind": "indirect", "polarity": "denies"},
)

Page = Callable[..., Annotations]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_store(tmp_path / "tracker.db")
    yield connection
    connection.close()


@pytest.fixture
def story(page: Page) -> Annotations:
    return page(TEXT, *SAID, source="The Harbour Ledger", published="2024-05-20", title="Port closed")


def _dump(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%fts%'"
        )
    ]
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in sorted(tables)}  # noqa: S608


def _hits(connection: sqlite3.Connection, table: str, text: str) -> int:
    expression = match_expression(text, langs=("en",))
    query = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
    return int(connection.execute(query, (expression,)).fetchone()[0])


def test_view_shows_who_said_what(store: sqlite3.Connection, story: Annotations) -> None:
    write_annotations(store, story)
    store.row_factory = sqlite3.Row
    first, second = (dict(row) for row in store.execute("SELECT * FROM who_said_what ORDER BY start_char"))
    assert first["speaker"] == first["speaker_as_written"] == "Dana Orlev"
    assert first["speaker_title"] == "harbour master"
    assert first["quote"] == "We will reopen on Monday, Nobody was hurt."
    assert (first["start_char"], first["end_char"]) == (TEXT.index("We will"), TEXT.index("hurt.") + 5)
    assert (first["source"], first["published_on"], first["title"]) == (
        "The Harbour Ledger",
        "2024-05-20",
        "Port closed",
    )
    assert first["document_id"] == story.document.document_id
    assert first["statement_id"] == story.statements[0].id
    assert (second["polarity"], second["kind"], second["said_on"]) == ("denies", "indirect", None)


def test_same_document_twice_changes_nothing(store: sqlite3.Connection, story: Annotations) -> None:
    assert write_annotations(store, story).outcome == "new"
    before = _dump(store)
    assert write_annotations(store, story).outcome == "unchanged"
    assert _dump(store) == before


def test_same_document_twice_in_one_batch_is_stored_once(store: sqlite3.Connection, story: Annotations) -> None:
    assert [one.outcome for one in write_batch(store, [story, story])] == ["new", "unchanged"]
    assert store.execute("SELECT count(*) FROM statements").fetchone() == (2,)


def test_same_bytes_from_elsewhere_stay_one_document(store: sqlite3.Connection, page: Page) -> None:
    write_annotations(store, page(TEXT, *SAID, origin="a.txt"))
    assert write_annotations(store, page(TEXT, *SAID, origin="b.txt")).outcome == "unchanged"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda one: replace(one, confidence=0.1), id="confidence"),
        pytest.param(lambda one: replace(one, said_on="2024-05-19"), id="date"),
        pytest.param(lambda one: replace(one, speaker=None), id="speaker"),
        pytest.param(lambda one: replace(one, id="other"), id="id"),
        pytest.param(lambda one: replace(one, cited_source="Radio Tide"), id="source"),
    ],
)
def test_what_is_found_anew_replaces_the_rows(
    store: sqlite3.Connection, story: Annotations, change: Callable[[Any], Any]
) -> None:
    document = write_annotations(store, story).document
    changed = replace(story, statements=(change(story.statements[0]), story.statements[1]))
    written = write_annotations(store, changed)
    assert (written.outcome, written.document) == ("changed", document)
    assert store.execute("SELECT count(*) FROM statements").fetchone() == (2,)
    assert store.execute("SELECT count(*) FROM content_spans").fetchone() == (3,)
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []
    assert write_annotations(store, changed).outcome == "unchanged"


def test_changed_metadata_replaces_the_row(store: sqlite3.Connection, page: Page) -> None:
    write_annotations(store, page(TEXT, *SAID, source="A"))
    assert write_annotations(store, page(TEXT, *SAID, source="B")).outcome == "changed"
    assert store.execute("SELECT DISTINCT source FROM who_said_what").fetchall() == [("B",)]


def test_search_index_follows_every_change(store: sqlite3.Connection, story: Annotations) -> None:
    write_annotations(store, story)
    assert _hits(store, "statements_fts", "reopen") == 1
    write_annotations(store, replace(story, statements=story.statements[1:]))
    assert _hits(store, "statements_fts", "reopen") == 0
    assert _hits(store, "segments_fts", "reopen") == 1
    store.execute("DELETE FROM documents")
    assert _hits(store, "segments_fts", "reopen") == 0
    for table in ("statements_fts", "segments_fts"):
        store.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608


def test_rows_of_other_programs_are_indexed_by_triggers(store: sqlite3.Connection, story: Annotations) -> None:
    write_annotations(store, story)
    (statement,) = store.execute("SELECT max(id) FROM statements").fetchone()
    store.execute("DELETE FROM statement_shadow WHERE id = ?", (statement,))
    store.execute("INSERT INTO statement_shadow (id, words) VALUES (?, 'lighthouse')", (statement,))
    assert _hits(store, "statements_fts", "lighthouse") == 1
    store.execute("UPDATE statement_shadow SET words = 'windmill' WHERE id = ?", (statement,))
    assert (_hits(store, "statements_fts", "lighthouse"), _hits(store, "statements_fts", "windmill")) == (0, 1)


def test_deleting_a_document_takes_all_of_it(store: sqlite3.Connection, story: Annotations) -> None:
    write_annotations(store, replace(story, diagnostics=(Diagnostic("quote.stray", "a stray mark", 0, 1),)))
    store.execute("DELETE FROM documents")
    left = {name: len(rows) for name, rows in _dump(store).items() if rows and not name.startswith("_")}
    assert left == {}


def test_nested_statement_may_stand_before_its_outer_one(store: sqlite3.Connection, story: Annotations) -> None:
    inner, outer = story.statements
    write_annotations(store, replace(story, statements=(replace(inner, nested_in=outer.id), outer)))
    rows = store.execute("SELECT a.statement_id FROM statements s JOIN statements a ON a.id = s.nested_in").fetchall()
    assert rows == [(outer.id,)]


def test_failure_in_the_middle_stores_nothing(store: sqlite3.Connection, page: Page, story: Annotations) -> None:
    twin = page("Another page.\nWe agree.", {"quote": "We agree", "id": story.statements[0].id})
    with pytest.raises(sqlite3.IntegrityError):
        write_batch(store, [story, twin])
    assert store.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    assert not store.in_transaction


def test_two_statements_of_one_id_are_our_mistake(store: sqlite3.Connection, story: Annotations) -> None:
    first = story.statements[0]
    with pytest.raises(ValueError, match="bear one id"):
        write_annotations(store, replace(story, statements=(first, first)))


def test_one_mention_stands_for_all_statements_that_share_it(store: sqlite3.Connection, story: Annotations) -> None:
    first, second = story.statements
    write_annotations(store, replace(story, statements=(first, replace(second, speaker=first.speaker))))
    assert store.execute("SELECT count(*) FROM mentions").fetchone() == (1,)


def test_links_come_from_the_linker(store: sqlite3.Connection, story: Annotations) -> None:
    class Everyone:
        def link(self, documents: Sequence[DocumentRows]) -> list[list[PersonaLink]]:
            store.execute(
                "INSERT OR IGNORE INTO entities (id, entity_id, name, type) VALUES (7, 'e7', 'Everyone', 'group')"
            )
            store.execute(
                "INSERT OR IGNORE INTO personas (id, persona_id, entity, kind, key, name, type, name_key) "
                "VALUES (5, 'p5', 7, 'body', 'everyone', 'Everyone', 'group', 'everyone')"
            )
            link = PersonaLink(5, 0.5, "test", (Evidence("because", 0.5, "says so"),))
            return [[link for _ in rows.mentions] for rows in documents]

    write_annotations(store, story, linker=Everyone())
    rows = store.execute("SELECT speaker, speaker_as_written FROM who_said_what ORDER BY start_char").fetchall()
    assert rows == [("Everyone", "Dana Orlev"), ("Everyone", "Roni Katz")]
    assert store.execute("SELECT DISTINCT reasons FROM links").fetchall() == [('[["because", 0.5, "says so"]]',)]


def test_metadata_and_given_id_are_kept(store: sqlite3.Connection, page: Page) -> None:
    field = MetadataField("title", "Port", "json-ld")
    write_annotations(store, page(TEXT, given_id=17, authors=("דנה אורלב",), metadata=(field,)))
    row = store.execute("SELECT given_id, authors, metadata FROM documents").fetchone()
    assert row == ("17", '["דנה אורלב"]', '[["title", "Port", "json-ld"]]')


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        pytest.param(None, ("2024-01-01", "Page"), id="outside any article"),
        pytest.param(0, ("2024-01-01", "Own"), id="the first borrows the page's date"),
        pytest.param(1, (None, None), id="a second story borrows nothing"),
        pytest.param(2, ("2024-02-02", None), id="a second story with a date of its own"),
    ],
)
def test_date_and_source_of_an_article(
    page: Page, article: int | None, expected: tuple[str | None, str | None]
) -> None:
    document = page(TEXT, published="2024-01-01", source="Page").document
    articles = (Article(0, 5, source="Own"), Article(5, 9), Article(9, 12, published="2024-02-02"))
    assert origin_of(document, articles, article) == expected


def test_is_stored_asks_for_document_metadata_and_extractor(store: sqlite3.Connection, page: Page) -> None:
    story = page(TEXT, source="A", origin="a.txt")
    assert not is_stored(store, story.document, extractor="1")
    write_annotations(store, story, extractor="1")
    assert is_stored(store, story.document, extractor="1")
    assert is_stored(store, replace(story.document, origin="b.txt"), extractor="1")
    assert not is_stored(store, story.document, extractor="2")
    assert not is_stored(store, replace(story.document, source="B"), extractor="1")


def test_failures_are_kept_once_and_forgotten(store: sqlite3.Connection) -> None:
    for message in ("empty", "empty", "binary"):
        record_failure(store, "a.txt", message)
    assert store.execute("SELECT origin, message FROM failures").fetchall() == [("a.txt", "binary")]
    forget_failures(store, ["a.txt", "b.txt"])
    assert store.execute("SELECT count(*) FROM failures").fetchone() == (0,)
