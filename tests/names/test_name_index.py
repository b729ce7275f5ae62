from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.names import NameIndex, close_calls, find_speakers
from tracker.records import Entity

NAMES = [
    "نجيب ميقاتي",
    "Boaz Levy",
    "عبد الله اللافي",
    "סאמדין אסדוב",
    "Emmanuel Macron",
    "الحكومة الأرمينية",
    "בנימין נתניהו",
    "Sara Netanyahu",
    "وزارة الصحة",
]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("בועז לוי", "Boaz Levy", id="he-en"),
        pytest.param("بواز ليفي", "Boaz Levy", id="ar-en"),
        pytest.param("Samaddin Asadov", "סאמדין אסדוב", id="en-he"),
        pytest.param("Laffi", "عبد الله اللافي", id="surname"),
        pytest.param("Mikati", "نجيب ميقاتي", id="surname-en-ar"),
        pytest.param("Emanuel Makron", "Emmanuel Macron", id="misspelt"),
        pytest.param("Yerevan", "الحكومة الأرمينية", id="capital-for-government"),
        pytest.param("Ministry of Health", "وزارة الصحة", id="translated"),
        pytest.param("Bibi Netanyahu", "בנימין נתניהו", id="nickname"),
    ],
)
def test_the_right_name_comes_first(query: str, name: str) -> None:
    position, score = NameIndex(NAMES).search(query)[0]
    assert NAMES[position] == name
    assert 0 < score <= 1


def test_answers_are_sorted_and_at_most_limit() -> None:
    found = NameIndex(NAMES).search("Netanyahu", limit=2)
    assert {NAMES[position] for position, _ in found} == {"בנימין נתניהו", "Sara Netanyahu"}
    assert found[0][1] >= found[1][1]


def test_ties_keep_the_order_of_the_names() -> None:
    found = NameIndex(["Dana Levy", "Boaz Levy", "Gal Levy"]).search("לוי", limit=3)
    assert [position for position, _ in found] == [0, 1, 2]


def test_names_can_be_added_later() -> None:
    index = NameIndex(["Boaz Levy"])
    assert index.add("Yair Lapid") == 1
    assert index.search("יאיר לפיד")[0][0] == 1
    assert len(index) == 2


@pytest.mark.parametrize("query", ["", " ", "'", "\u200f", "ȸȹ"])
def test_a_query_that_is_no_name_finds_nothing(query: str) -> None:
    assert NameIndex(NAMES).search(query) == []


def test_no_limit_no_answers() -> None:
    assert NameIndex(NAMES).search("Boaz Levy", limit=0) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=8), st.text(max_size=20))
def test_any_text_can_be_indexed_and_asked_for(names: list[str], query: str) -> None:
    index = NameIndex(names)
    for position, score in index.search(query):
        assert 0 <= position < len(names)
        assert 0 < score <= 1


def test_search_looks_at_few_of_many_names(cpu_seconds: Callable[..., float]) -> None:
    given_names = ["Boaz", "Dana", "Yair", "Omar", "Layla", "Karim", "Peter", "Susan", "Viktor", "Emma"]
    heads = ["Bar", "Kor", "Lem", "Mis", "Nad", "Par", "Ros", "Sul", "Tam", "Vin", "Zel", "Gor", "Dal", "Fen", "Hur"]
    tails = ["ski", "man", "berg", "dov", "ian", "zadeh", "oglu", "enko", "sson", "elli", "avi", "oud", "ari", "ton"]
    names = [f"{one} {two}{three}{four}" for one in given_names for two in heads for three in heads for four in tails]
    index = NameIndex(names)
    index.search("warm up")
    for query in ("Boaz Barkorski", "דנה למיסמן", "عمر نادبارويان", "Layla Rossuloglu"):
        assert index.search(query)
        assert (
            cpu_seconds(lambda query=query: index.search(query)) < 0.5
        )  # 31,500 names; a full comparison with each would take longer


ENTITIES = [
    Entity("e1", "بواز ليفي", "person", (("ar", "بواز ليفي"), ("he", "בועז לוי"))),
    Entity("e2", "عبد الله اللافي", "person"),
    Entity("e3", "סאמדין אסדוב", "person"),
    Entity("e4", "واللا", "organisation"),
    Entity("e5", "Dana Levy", "person"),
]


@pytest.mark.parametrize(
    ("query", "entity_id", "exact"),
    [
        pytest.param("Boaz Levy", "e1", False, id="other-script"),
        pytest.param("בועז לוי", "e1", True, id="one-of-its-names"),
        pytest.param("Laffi", "e2", False, id="surname"),
        pytest.param("Asadov", "e3", False, id="surname-he"),
        pytest.param("Walla", "e4", False, id="outlet"),
        pytest.param("DANA LEVY", "e5", True, id="case"),
    ],
)
def test_find_speakers(query: str, entity_id: str, exact: bool) -> None:
    best = find_speakers(query, ENTITIES)[0]
    assert (best.entity_id, best.exact) == (entity_id, exact)
    assert best.reasons


def test_an_exact_name_leaves_no_other_candidates() -> None:
    assert [match.entity_id for match in find_speakers("Dana Levy", ENTITIES)] == ["e5"]


def test_a_surname_of_two_people_is_a_close_call() -> None:
    assert {match.entity_id for match in close_calls(find_speakers("Levy", ENTITIES))} == {"e1", "e5"}


def test_nobody_is_found_for_a_strange_full_name() -> None:
    assert find_speakers("Quentin Oxborough", ENTITIES) == []
    assert close_calls([]) == []
