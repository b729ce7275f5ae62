"""query --speaker: whom a name is taken for, in three languages, and who else is close."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.records import Annotations
from tracker.store.connection import open_store
from tracker.store.linking import StoreLinker
from tracker.store.writing import write_batch

PEOPLE: tuple[tuple[str, str | None, str], ...] = (
    # two people of one name, and one of whom nobody knows which
    ("محمد علي", "وزير الصحة المصري", "person"),
    ("Mohamed Ali", "Egyptian health minister", "person"),
    ("محمد علي", "لاعب المنتخب المغربي", "person"),
    ("محمد علي", None, "person"),
    # one person with two titles
    ("Yair Barel", "Israeli foreign minister", "person"),
    ("יאיר בראל", "ראש האופוזיציה הישראלית", "person"),
    ("يائير بارئيل", "رئيس الوزراء الإسرائيلي", "person"),
    # father and son
    ("Victor Maalouf", "Lebanese senator", "person"),
    ("Victor Maalouf Jr.", "Lebanese senator", "person"),
    ("فيكتور معلوف", None, "person"),
    ("فيكتور معلوف الابن", None, "person"),
    # a spokesman and his minister
    ("Yoav Granot", "Israeli defence minister", "person"),
    ("Daniel Hadar", "spokesman of defence minister Yoav Granot", "person"),
    # a city that is also a surname
    ("London", None, "organisation"),
    ("Jack London", None, "person"),
    ("לונדון", None, "organisation"),
    ("ירון לונדון", None, "person"),
    ("لندن", None, "organisation"),
    # one of a surname, and two of another
    ("Levanon", None, "person"),
    ("Orit Levanon", None, "person"),
    ("Tamar Sagiv", None, "person"),
    ("Uri Sagiv", None, "person"),
    ("שגיב", None, "person"),
)


@pytest.fixture
def store(tmp_path: Path, page: Callable[..., Annotations]) -> Path:
    path = tmp_path / "people.db"
    pages = [
        page(f"{name}: «thing {number}».", {
            "quote": f"thing {number}", "speaker": name, "title": title, "speaker_type": kind,
        })
        for number, (name, title, kind) in enumerate(PEOPLE)
    ]  # fmt: skip
    with contextlib.closing(open_store(path)) as connection:
        linker = StoreLinker(connection)
        write_batch(connection, pages, linker=linker, extractor="1")
        linker.finish()
    return path


@pytest.mark.parametrize(
    ("asked", "things", "told"),
    [
        pytest.param("Yair Barel", {4, 5, 6}, [], id="one person, three titles, three scripts"),
        pytest.param("יאיר בראל", {4, 5, 6}, [], id="the same in Hebrew"),
        pytest.param("Jair Barell", {4, 5, 6}, ["'Jair Barell' is taken for"], id="another spelling"),
        pytest.param("بارئيل", {4, 5, 6}, ["is taken for", "(statements: 3)"], id="a surname in Arabic"),
        pytest.param("محمد علي", {0, 1}, ["Also close: ", "لاعب المنتخب المغربي"], id="two people of one name"),
        pytest.param("Victor Maalouf", {7, 9}, [], id="the father"),
        pytest.param("Victor Maalouf Jr.", {8, 10}, [], id="the son"),
        pytest.param("فيكتور معلوف الابن", {8, 10}, [], id="the son in Arabic"),
        pytest.param("ויקטור מעלוף", {7, 9}, ["is taken for Victor Maalouf"], id="the father in Hebrew"),
        pytest.param("Granot", {11}, ["is taken for Yoav Granot"], id="the minister, not his spokesman"),
        pytest.param("גרנות", {11}, ["is taken for Yoav Granot"], id="the minister in Hebrew"),
        pytest.param("London", {13, 15, 17}, ["Also close: ", "Jack London"], id="the city"),
        pytest.param("לונדון", {13, 15, 17}, ["Also close: ", "ירון לונדון"], id="the city in Hebrew"),
        pytest.param("Yaron London", {16}, ["is taken for ירון לונדון"], id="a man called as the city"),
        pytest.param("Levanon", {18, 19}, ["is taken for Levanon (statements: 1), Orit Levanon"], id="one of the name"),
        pytest.param("Sagiv", {22}, ["Also close: ", "Uri Sagiv"], id="two of a surname, in another script"),
        pytest.param("שגיב", {22}, ["Also close: ", "Tamar Sagiv", "Uri Sagiv"], id="a bare surname of two"),
    ],
)
def test_whom_a_name_is_taken_for(run: Any, store: Path, asked: str, things: set[int], told: list[str]) -> None:
    result = run("query", "--speaker", asked, "--db", store, "--format", "json")
    assert {int(row["quote"].split()[1]) for row in json.loads(result.stdout)} == things, result.stderr
    for part in told:
        assert part in result.stderr
    if not told and things:
        assert result.stderr == ""


def test_the_other_of_one_name_is_found_by_the_id_that_was_told(run: Any, store: Path) -> None:
    told = run("query", "--speaker", "محمد علي", "--db", store).stderr
    player = re.search(r"محمد علي \((\w+); لاعب", told)
    assert player
    result = run("query", "--speaker", player[1], "--db", store, "--format", "json")
    assert [row["quote"] for row in json.loads(result.stdout)] == ["thing 2"]
    assert result.stderr == ""


def test_an_unsure_mention_says_so(run: Any, store: Path) -> None:
    told = run("query", "--speaker", "محمد علي", "--db", store).stderr
    unsure = re.search(r"محمد علي \((\w+); statements: 1\)", told)
    assert unsure
    shown = run("speakers", unsure[1], "--db", store).stdout
    assert "unsure 0.50: محمد علي; محمد علي (EG state); محمد علي (MA sport)" in shown
