from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.lang import load_pack
from tracker.names import SAME, UNSURE, same_name
from tracker.names.bodies import parse_body

SAME_BODIES = [
    pytest.param("Armenian government", "الحكومة الأرمينية", id="government-ar"),
    pytest.param("Armenian government", "ממשלת ארמניה", id="government-he"),
    pytest.param("government of Armenia", "Armenia's government", id="government-word-order"),
    pytest.param("Baku", "باكو", id="capital"),
    pytest.param("Baku", "באקו", id="capital-he"),
    pytest.param("ירושלים", "Israeli government", id="capital-for-the-government"),
    pytest.param("Azerbaijan", "الحكومة الأذربيجانية", id="country-for-the-government"),
    pytest.param("Iranian authorities", "الحكومة الإيرانية", id="authorities"),
    pytest.param("Walla", "واللا", id="outlet-ar"),
    pytest.param("Walla", "וואלה", id="outlet-he"),
    pytest.param("صحيفة هآرتس", "Haaretz", id="outlet-with-a-head"),
    pytest.param("IDF", "جيش الاحتلال", id="acronym"),
    pytest.param("צה\"ל", "الجيش الإسرائيلي", id="acronym-with-gershayim"),
    pytest.param("UN Security Council", "مجلس الأمن الدولي", id="un-organ"),
    pytest.param("Russian Foreign Ministry", "משרד החוץ הרוסי", id="ministry"),
    pytest.param("وزارة الصحة في غزة", "משרד הבריאות בעזה", id="attached-preposition"),
    pytest.param("US State Department", "وزارة الخارجية الأمريكية", id="own-name-of-a-ministry"),
    pytest.param("Haifa University", "جامعة حيفا", id="head-and-a-name-by-sound"),
    pytest.param("North Korea", "צפון קוריאה", id="country-of-two-words"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME_BODIES)
def test_translated_names_are_the_same(first: str, second: str) -> None:
    assert same_name(first, second) >= SAME


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("UN Security Council", "UN General Assembly", id="organs"),
        pytest.param("Haifa University", "جامعة القاهرة", id="universities"),
        pytest.param("Armenian government", "السلطات الانفصالية", id="separatists"),
        pytest.param("Al Jazeera", "Al Arabiya", id="channels"),
        pytest.param("North Korea", "South Korea", id="koreas"),
    ],
)
def test_other_bodies_are_not(first: str, second: str) -> None:
    assert same_name(first, second) < UNSURE


def test_a_government_of_no_country_is_unsure() -> None:
    assert UNSURE <= same_name("وزارة الصحة", "وزارة الصحة المصرية") < SAME
    assert UNSURE <= same_name("Supreme Court", "בית המשפט העליון הישראלי") < SAME


@pytest.mark.parametrize("name", ["Israel Katz", "Jordan Peele", "Boaz Levy", "محمد مصري", ""])
def test_people_are_no_bodies(name: str) -> None:
    assert parse_body(name) is None


@pytest.mark.parametrize("code", ["ar", "en", "he"])
def test_every_country_is_named_and_ids_are_shared(code: str) -> None:
    places, english = load_pack(code).places, load_pack("en").places
    assert set(places.country) == set(english.country)
    assert set(places.capital) <= set(places.country)
    assert set(places.people) <= set(places.country)
    assert len(places.country) > 180


@pytest.mark.parametrize("section", ["heads", "fields", "bodies", "outlets"])
def test_ids_of_bodies_are_those_of_english(section: str) -> None:
    english = set(getattr(load_pack("en").bodies, section))
    for code in ("ar", "he"):
        assert set(getattr(load_pack(code).bodies, section)) <= english


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    body = parse_body(text)
    assert body is None or body.key
