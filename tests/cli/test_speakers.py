"""speakers: the list, one speaker, and decisions that last, are signed, and can be taken back."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tracker.resolve.persona
import tracker.resolve.resolver
from tracker.records import Annotations
from tracker.resolve.facets import Facets
from tracker.store.connection import open_store
from tracker.store.linking import StoreLinker
from tracker.store.writing import write_batch

KATZ = "We will not pay"
STRANGER = "The goal was offside"


@pytest.fixture
def pages(page: Callable[..., Annotations]) -> list[Annotations]:
    """Two spellings nobody would join, and one name of two people."""
    return [
        page(f'"{KATZ}," said Roni Katz.', {"quote": KATZ, "speaker": "Roni Katz", "title": "mayor"}, source="A"),
        page('"Never," said Aharon Kac.', {"quote": "Never", "speaker": "Aharon Kac"}, source="B"),
        page(f'"{STRANGER}," said Roni Katz .', {"quote": STRANGER, "speaker": "Roni Katz"}, source="C"),
        page("אמר רוני כץ: לא נשלם.", {"quote": "לא נשלם", "speaker": "רוני כץ"}, lang="he", source="D"),
    ]


@pytest.fixture
def store(tmp_path: Path, pages: list[Annotations]) -> Path:
    path = tmp_path / "people.db"
    _ingest(path, pages)
    return path


def _ingest(path: Path, pages: list[Annotations], extractor: str = "1") -> None:
    with contextlib.closing(open_store(path)) as connection:
        linker = StoreLinker(connection)
        write_batch(connection, pages, linker=linker, extractor=extractor)
        linker.finish()


def _speakers(path: Path) -> dict[str, str]:
    """Who is said to have said what, by quotation."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT quote, speaker FROM who_said_what"))


def _statement(path: Path, quote: str) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        query = "SELECT statement_id FROM who_said_what WHERE quote = ?"
        return str(connection.execute(query, (quote,)).fetchone()[0])


def _forget(path: Path) -> None:
    """Delete all but the decisions, as a rebuild from scratch would."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for table in ("documents", "personas", "entities"):
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.commit()


def test_list(run: Any, store: Path) -> None:
    result = run("speakers", "--db", store, "--format", "json")
    rows = {row["name"]: row for row in json.loads(result.stdout)}
    katz = next(row for name, row in rows.items() if row["statements"] == 3)
    assert (katz["names_en"], katz["names_he"], katz["sources"]) == ("Roni Katz", "רוני כץ", 3)
    assert len(rows) == 2


def test_list_as_table_most_quoted_first(run: Any, store: Path) -> None:
    lines = run("speakers", "--db", store).stdout.splitlines()
    assert "3" in lines[2]
    assert len(lines) == 4


def test_show_tells_spellings_titles_and_why(run: Any, store: Path) -> None:
    result = run("speakers", "Roni Katz", "--db", store)
    assert result.exit_code == 0
    for part in ("Roni Katz (2", "רוני כץ (1", "mayor (1)", "3 statements in 3 sources"):
        assert part in result.stdout


@pytest.mark.parametrize("words", [["show", "Roni Katz", "--db"], ["--db"]], ids=["command", "option first"])
def test_other_ways_to_show(run: Any, store: Path, words: list[str]) -> None:
    arguments = [*words, str(store)] + (["Roni Katz"] if words == ["--db"] else [])
    assert "3 statements" in run("speakers", *arguments).stdout


def test_nobody_to_show(run: Any, store: Path) -> None:
    result = run("speakers", "Zzyzx Qwrt", "--db", store)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Nobody is called 'Zzyzx Qwrt'" in result.stderr


def test_empty_store(run: Any, tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db").close()
    result = run("speakers", "--db", tmp_path / "empty.db")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No speakers yet." in result.stderr


DECISIONS: list[Any] = [
    pytest.param(
        ["merge", "Roni Katz", "Aharon Kac"],
        lambda said: said["Never"] == said[KATZ],
        id="merge",
    ),
    pytest.param(
        ["split", "Roni Katz", "רוני כץ"],
        lambda said: said["לא נשלם"] != said[KATZ] == said[STRANGER],
        id="split a spelling",
    ),
    pytest.param(
        ["rename", "Roni Katz", "Mayor Katz"],
        lambda said: said[KATZ] == said["לא נשלם"] == "Mayor Katz",
        id="rename",
    ),
    pytest.param(
        ["split", "Roni Katz", "--statement", "STRANGER", "--as", "Roni Katz (referee)"],
        lambda said: said[STRANGER] == "Roni Katz (referee)" and said[KATZ] == said["לא נשלם"] != said[STRANGER],
        id="split a statement",
    ),
]


@pytest.mark.parametrize(("arguments", "holds"), DECISIONS)
def test_decision_holds_lasts_and_can_be_undone(
    run: Any, store: Path, pages: list[Annotations], arguments: list[str], holds: Callable[[dict[str, str]], bool]
) -> None:
    words = [_statement(store, STRANGER) if word == "STRANGER" else word for word in arguments]
    before = _speakers(store)
    assert not holds(before)
    result = run("speakers", *words, "--by", "dana", "--note", "I asked them", "--db", store)
    assert result.exit_code == 0, result.output
    assert re.match(r"Decision 1: .* \(I asked them\)\. dana, \d{4}-\d\d-\d\dT[\d:]+Z\n", result.stdout)
    assert holds(_speakers(store))

    _ingest(store, pages, extractor="2")
    assert holds(_speakers(store)), "after another ingest"
    _forget(store)
    _ingest(store, pages)
    assert holds(_speakers(store)), "after a rebuild from scratch"
    _forget(store)
    _ingest(store, pages[::-1])
    assert holds(_speakers(store)), "whatever the order of the pages"

    assert run("speakers", "undo", "1", "--by", "omar", "--db", store).exit_code == 0
    assert _speakers(store) == before
    listed = run("speakers", "decisions", "--db", store).stdout
    assert "dana" in listed
    assert "undone by omar" in listed


@pytest.mark.parametrize(("arguments", "holds"), DECISIONS[:3])
def test_decision_holds_where_titles_are_read_in_another_way(
    run: Any,
    store: Path,
    pages: list[Annotations],
    arguments: list[str],
    holds: Callable[[dict[str, str]], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("speakers", *arguments, "--by", "dana", "--db", store).exit_code == 0
    _forget(store)
    # As an update of the lists would: every persona with a title, and each without, has another id from then on.
    monkeypatch.setattr(tracker.resolve.persona, "NO_FACETS", Facets((), ("state",)))
    monkeypatch.setattr(tracker.resolve.resolver, "NO_FACETS", Facets((), ("state",)))
    monkeypatch.setattr(tracker.resolve.persona, "title_facets", lambda title: Facets(("IL",), ("state",)))
    _ingest(store, pages)
    assert holds(_speakers(store))
    assert run("resolve", "--db", store).exit_code == 0
    assert holds(_speakers(store))


def test_decision_holds_for_pages_that_come_later(run: Any, store: Path, page: Callable[..., Annotations]) -> None:
    run("speakers", "merge", "Roni Katz", "Aharon Kac", "--by", "dana", "--db", store)
    _ingest(store, [page('"Maybe," said Aharon Kac.', {"quote": "Maybe", "speaker": "Aharon Kac"})])
    said = _speakers(store)
    assert said["Maybe"] == said[KATZ]


def test_not_same_keeps_apart_what_is_apart(run: Any, store: Path) -> None:
    result = run("speakers", "not-same", "Roni Katz", "Aharon Kac", "--by", "dana", "--db", store)
    assert result.exit_code == 0
    assert "are two" in result.stdout


def test_contradicting_decision_is_refused(run: Any, store: Path) -> None:
    run("speakers", "not-same", "Roni Katz", "Aharon Kac", "--by", "dana", "--db", store)
    result = run("speakers", "merge", "Roni Katz", "Aharon Kac", "--by", "omar", "--db", store)
    assert result.exit_code == 2
    assert "undo it first: tracker speakers undo 1" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["merge", "Roni Katz", "Nobody Atall"], "nobody is called", id="merge with nobody"),
        pytest.param(["merge", "Katz", "Aharon Kac"], "not the exact name", id="merge by a surname"),
        pytest.param(["merge", "Roni Katz", "רוני כץ"], "one speaker already", id="merge with itself"),
        pytest.param(["split", "Roni Katz"], "nothing to split off", id="split nothing"),
        pytest.param(["split", "Roni Katz", "Danny"], "never written 'Danny'", id="split a spelling that is none"),
        pytest.param(["split", "Aharon Kac", "Aharon Kac"], "always written", id="split all"),
        pytest.param(["split", "Roni Katz", "--statement", "x"], "go together", id="split without a name"),
        pytest.param(["split", "Roni Katz", "--statement", "x", "--as", "y"], "no statement x", id="no statement"),
        pytest.param(["rename", "Roni Katz", " "], "empty", id="rename to nothing"),
        pytest.param(["undo", "7"], "no decision 7", id="undo nothing"),
        pytest.param(["undo", "seven"], "seven", id="undo what is no number"),
    ],
)
def test_wrong_decisions(run: Any, store: Path, arguments: list[str], told: str) -> None:
    result = run("speakers", *arguments, "--db", store)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert run("speakers", "decisions", "--db", store).stdout == ""


def test_decision_makes_no_database(run: Any, tmp_path: Path) -> None:
    result = run("speakers", "merge", "a", "b", "--db", tmp_path / "none.db")
    assert result.exit_code == 2
    assert not (tmp_path / "none.db").exists()


def test_undo_twice(run: Any, store: Path) -> None:
    run("speakers", "rename", "Roni Katz", "Mayor Katz", "--by", "dana", "--db", store)
    assert run("speakers", "undo", "1", "--db", store).exit_code == 0
    result = run("speakers", "undo", "1", "--db", store)
    assert (result.exit_code, "undone already" in result.stderr) == (2, True)


LIST = "name,aliases,type,title,wikidata\nRoni Katz,Aharon Kac; רוני כץ,person,mayor,Q7\n"


def test_import_joins_the_names_of_one_row_and_shows_the_list(run: Any, store: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    result = run("speakers", "import", tmp_path / "list.csv", "--by", "dana", "--db", store)
    assert (result.exit_code, result.stdout) == (0, "Known people: 1 new, 0 changed, 0 unchanged.\n")
    assert len(set(_speakers(store).values())) == 1
    shown = run("speakers", "Aharon Kac", "--db", store).stdout
    assert re.search(r"in a list: Roni Katz, mayor, Q7 \(list\.csv, dana, \d{4}-", shown)
    again = run("speakers", "import", tmp_path / "list.csv", "--by", "omar", "--db", store)
    assert again.stdout == "Known people: 0 new, 0 changed, 1 unchanged.\n"


def test_import_makes_a_store(run: Any, tmp_path: Path, pages: list[Annotations]) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    assert run("speakers", "import", tmp_path / "list.csv", "--by", "dana", "--db", tmp_path / "new.db").exit_code == 0
    _ingest(tmp_path / "new.db", pages)
    assert set(_speakers(tmp_path / "new.db").values()) == {"Roni Katz"}


def test_a_bad_list_is_one_line_and_changes_nothing(run: Any, store: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST + "Nobody,,robot,,\n", encoding="utf-8")
    result = run("speakers", "import", tmp_path / "list.csv", "--by", "dana", "--db", store)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "list.csv, line 3: type 'robot' is none of person, organisation, group" in result.stderr
    assert len(set(_speakers(store).values())) == 2


def test_columns_and_names_that_are_of_no_use_are_told(run: Any, store: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,born,wikidata\nA Roe,1970,Q1\nA Roe,1971,Q2\n", encoding="utf-8")
    result = run("speakers", "import", tmp_path / "list.csv", "--by", "dana", "--db", store)
    assert "Columns that are not used: born." in result.stderr
    assert "Several of the list bear these names, and no title tells them apart: A Roe." in result.stderr


def test_who_is_known_and_not_quoted_is_said_so(run: Any, store: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,aliases\nZzyzx Qwrt,The Silent One\n", encoding="utf-8")
    run("speakers", "import", tmp_path / "list.csv", "--by", "dana", "--db", store)
    result = run("query", "--speaker", "the silent one", "--db", store)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Zzyzx Qwrt is in the list of known people, and nothing stored is by them." in result.stderr


def test_a_name_of_the_list_that_is_quite_another_is_told(run: Any, store: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,aliases\nRoni Katz,The Tomcat\n", encoding="utf-8")
    run("speakers", "import", tmp_path / "list.csv", "--by", "dana", "--db", store)
    result = run("query", "--speaker", "The Tomcat", "--db", store)
    assert "'The Tomcat' is taken for Roni Katz (statements: 3)." in result.stderr
    assert KATZ in result.stdout


def test_resolve_changes_nothing_that_is_right(run: Any, store: Path) -> None:
    run("speakers", "merge", "Roni Katz", "Aharon Kac", "--by", "dana", "--db", store)
    before = _speakers(store)
    result = run("resolve", "--db", store)
    assert result.exit_code == 0
    assert "Mentions: 4. Speakers: 1. Unsure: 0. Mentions that are somebody else's now: 0." in result.stdout
    assert _speakers(store) == before


def test_resolve_makes_no_database(run: Any, tmp_path: Path) -> None:
    assert run("resolve", "--db", tmp_path / "none.db").exit_code == 2
    assert not (tmp_path / "none.db").exists()
