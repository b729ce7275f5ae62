"""The sample pages in a store: one person in three scripts, the same claim, a denial, another figure, one source."""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tracker.cli.main import main
from tracker.read import read_inputs
from tracker.records import Document
from tracker.text import fold

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
EXPECTED = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))
POLARITY = {
    (page["page"], one["content"]): one.get("polarity", "asserts")
    for page in EXPECTED["page"]
    for one in page["statement"]
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "tracker.db"
    result = CliRunner().invoke(main, ["ingest", str(SAMPLES), "--db", str(path)])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def page_of_document() -> dict[str, str]:
    pages = {}
    for item in read_inputs([str(SAMPLES)]):
        assert isinstance(item, Document), item
        name = re.split(r"[#:]", Path(item.origin).name)[0]
        pages[item.document_id] = f"{name}#{item.given_id}" if item.given_id else name
    return pages


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\"'“”«»]", "", fold(text)).split())


def _ids(connection: sqlite3.Connection, pages: dict[str, str], side: dict[str, Any]) -> set[str]:
    """Ids of the stored statements of one page whose quotation holds the piece, with the polarity expected of it."""
    whole = next(key for key in POLARITY if key[0] == side["page"] and side["content"] in key[1])
    return {
        row["statement_id"]
        for row in connection.execute("select statement_id, document_id, quote, polarity from who_said_what")
        if pages[row["document_id"]] == side["page"]
        and row["polarity"] == POLARITY[whole]
        and _plain(side["content"]) in _plain(row["quote"])
    }


def _json(*arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return rows


def test_every_sample_page_is_stored_and_nothing_else(
    connection: sqlite3.Connection, page_of_document: dict[str, str]
) -> None:
    stored = {page_of_document[row[0]] for row in connection.execute("select distinct document_id from who_said_what")}
    assert stored == {page["page"] for page in EXPECTED["page"]}


@pytest.mark.parametrize("person", EXPECTED["person"], ids=lambda person: person["name"])
def test_one_person_in_three_scripts_is_one_speaker(connection: sqlite3.Connection, person: dict[str, Any]) -> None:
    rows = connection.execute("select distinct speaker, speaker_as_written as written from who_said_what").fetchall()
    for written in person["written"]:
        assert any(_plain(row["written"] or "").endswith(_plain(written)) for row in rows), written
    written_so = {_plain(written) for written in person["written"]}
    assert len({row["speaker"] for row in rows if _plain(row["written"] or "") in written_so}) == 1


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("Nabil al-Qasrawi", {"ar", "he", "en"}),
        ("نبيل القصراوي", {"ar", "he", "en"}),
        ("Qasrawi", {"ar", "he", "en"}),
        ("ולדהויס", {"ar", "he", "en"}),
    ],
)
def test_query_finds_the_speaker_in_every_script(database: Path, name: str, languages: set[str]) -> None:
    rows = _json("query", "--db", str(database), "--speaker", name)
    assert {row["lang"] for row in rows} == languages


def test_query_by_surname_finds_the_page_that_has_only_that(database: Path, page_of_document: dict[str, str]) -> None:
    rows = _json("query", "--db", str(database), "--speaker", "Qasrawi")
    assert "aggregator.ar.txt" in {page_of_document[row["document_id"]] for row in rows}


@pytest.mark.parametrize("pair", EXPECTED["pair"], ids=lambda pair: pair["note"])
def test_pair_is_cross_checked(
    connection: sqlite3.Connection,
    page_of_document: dict[str, str],
    pair: dict[str, Any],
    request: pytest.FixtureRequest,
) -> None:
    if "missed" in pair:
        request.applymarker(pytest.mark.xfail(reason=pair["missed"], strict=False))
    first, second = (_ids(connection, page_of_document, pair[side]) for side in ("a", "b"))
    assert first
    assert second
    rows = connection.execute("select statement_a, statement_b, relation from crosscheck").fetchall()
    relations = {
        row["relation"]
        for row in rows
        if (row["statement_a"] in first and row["statement_b"] in second)
        or (row["statement_a"] in second and row["statement_b"] in first)
    }
    assert relations == {pair["relation"]}


@pytest.mark.parametrize("alone", EXPECTED["alone"], ids=lambda alone: alone["page"])
def test_claim_of_one_source_is_confirmed_by_no_other(
    connection: sqlite3.Connection, page_of_document: dict[str, str], alone: dict[str, Any]
) -> None:
    ids = _ids(connection, page_of_document, alone)
    assert ids
    rows = connection.execute("select statement_a, statement_b from crosscheck where relation = 'same'").fetchall()
    assert [tuple(row) for row in rows if ids & set(row)] == []


def test_ingest_again_changes_nothing(database: Path) -> None:
    def rows() -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(database)
        found = connection.execute("select * from who_said_what order by statement_id").fetchall()
        connection.close()
        return found

    before = rows()
    assert CliRunner().invoke(main, ["ingest", str(SAMPLES), "--db", str(database)]).exit_code == 0
    assert rows() == before


def test_verify_holds(database: Path) -> None:
    assert CliRunner().invoke(main, ["verify", "--db", str(database)]).exit_code == 0
