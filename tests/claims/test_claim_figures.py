"""Figures with what they count, in digits and in words of three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.figures import UNBOUNDED, parse_digits
from tracker.claims.profile import profile
from tracker.records import Claim


def figures(text: str, lang: str) -> list[tuple[float, float, str]]:
    return [(f.low, f.high, f.unit) for f in profile(Claim(text, lang=lang)).figures]


@pytest.mark.parametrize(
    ("text", "lang", "value", "unit"),
    [
        pytest.param("three thousand people fled", "en", 3000, "", id="en-thousand"),
        pytest.param("twenty-three boats sank", "en", 23, "", id="en-hyphen"),
        pytest.param("one hundred and thirty voters", "en", 130, "", id="en-hundred-and"),
        pytest.param("a deal of $2.4 billion", "en", 2.4e9, "USD", id="en-dollar-sign"),
        pytest.param("800 million dollars", "en", 8e8, "USD", id="en-dollar-word"),
        pytest.param("prices rose 3.5%", "en", 3.5, "percent", id="en-percent-sign"),
        pytest.param("1,447 metres", "en", 1447, "", id="en-grouped"),
        pytest.param("ثلاثة آلاف نازح", "ar", 3000, "", id="ar-thousands"),
        pytest.param("السجن سبع سنوات", "ar", 7, "", id="ar-seven-of-something"),
        pytest.param("ثلاثة آلاف وخمسمئة جندي", "ar", 3500, "", id="ar-hundreds-joined"),
        pytest.param("خمسة وعشرين شخصا", "ar", 25, "", id="ar-units-before-tens"),
        pytest.param("مئة وثلاثين محتجا", "ar", 130, "", id="ar-hundred"),
        pytest.param("٣٥٠ مليون دولار", "ar", 3.5e8, "USD", id="ar-indic-digits"),
        pytest.param("نسبة 12 في المئة", "ar", 12, "percent", id="ar-percent"),
        pytest.param("انسحاب ألفي جندي", "ar", 2000, "", id="ar-dual"),
        pytest.param("سحب 2000 جندي", "ar", 2000, "", id="ar-no-year"),
        pytest.param("עשרים ושלושה מטוסים", "he", 23, "", id="he-tens-and-units"),
        pytest.param("שלוש מאות אלף איש", "he", 300_000, "", id="he-hundred-thousand"),
        pytest.param("אלפיים חיילים", "he", 2000, "", id="he-dual"),
        pytest.param("800 מיליון שקל", "he", 8e8, "ILS", id="he-shekel"),
        pytest.param("0.5 אחוז", "he", 0.5, "percent", id="he-percent"),
        pytest.param("מחצית התושבים", "he", 0.5, "part", id="he-half"),
    ],
)
def test_one_exact_figure(text: str, lang: str, value: float, unit: str):
    assert figures(text, lang) == [(value, value, unit)]


@pytest.mark.parametrize(
    ("text", "lang", "low", "high"),
    [
        pytest.param("at least 40 people died", "en", 40, UNBOUNDED, id="en-at-least"),
        pytest.param("up to 40 people", "en", 0, 40, id="en-up-to"),
        pytest.param("dozens of people", "en", 20, 99, id="en-dozens"),
        pytest.param("tens of thousands of people", "en", 20_000, 99_000, id="en-tens-of-thousands"),
        pytest.param("10-15 years", "en", 10, 15, id="en-range"),
        pytest.param("أكثر من ثلاثة آلاف شخص", "ar", 3000, UNBOUNDED, id="ar-more-than"),
        pytest.param("عشرات الآلاف من المتظاهرين", "ar", 20_000, 99_000, id="ar-tens-of-thousands"),
        pytest.param("יותר משלושת אלפים איש", "he", 3000, UNBOUNDED, id="he-more-than-glued"),
        pytest.param("עשרות בני אדם", "he", 20, 99, id="he-dozens"),
    ],
)
def test_bounds(text: str, lang: str, low: float, high: float):
    (found,) = figures(text, lang)
    assert found[:2] == (low, high)


def test_about_is_an_interval_around_the_figure():
    (found,) = figures("כ-3,000 חיילים", "he")
    assert found[0] < 3000 < found[1]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param("one can only hope", "en", id="one-is-a-pronoun"),
        pytest.param("a vaccine against Covid-19", "en", id="part-of-a-name"),
        pytest.param("תושבי באר שבע", "he", id="beersheba-is-no-seven"),
        pytest.param("in 2023 the law changed", "en", id="year"),
        pytest.param("on 5 October", "en", id="day-of-the-month"),
        pytest.param("at 10:30", "en", id="clock"),
    ],
)
def test_no_figure(text: str, lang: str):
    assert figures(text, lang) == []


@given(st.integers(min_value=0, max_value=999_999))
def test_grouped_and_plain_digits_are_one_number(number: int):
    assert parse_digits(f"{number:,}") == parse_digits(str(number)) == (number, number)


@given(st.text(alphabet="0123456789.,:/-", max_size=60))
def test_any_string_of_digits_and_marks_is_read_or_refused(text: str):
    parsed = parse_digits(text)
    assert parsed is None or parsed[0] <= parsed[1]
