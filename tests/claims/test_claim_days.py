"""Dates as far as a text gives them."""

import pytest

from tracker.claims.days import Day
from tracker.claims.profile import profile
from tracker.records import Claim


def days(text: str, lang: str, date: str | None = None) -> tuple[Day, ...]:
    return profile(Claim(text, lang=lang, date=date)).days


@pytest.mark.parametrize(
    ("text", "lang", "parts"),
    [
        pytest.param("on 5 October 2023", "en", (2023, 10, 5, None, None), id="en-day-month-year"),
        pytest.param("on March 12", "en", (None, 3, 12, None, None), id="en-month-day"),
        pytest.param("on Sunday, 5 October 2023", "en", (2023, 10, 5, 6, None), id="en-weekday-and-date"),
        pytest.param("on Monday", "en", (None, None, None, 0, None), id="en-weekday"),
        pytest.param("it ended yesterday", "en", (None, None, None, None, -1), id="en-relative"),
        pytest.param("the law of 1967", "en", (1967, None, None, None, None), id="en-year"),
        pytest.param("2023-10-05", "en", (2023, 10, 5, None, None), id="iso"),
        pytest.param("5/10/2023", "en", (2023, 10, 5, None, None), id="numeric"),
        pytest.param("في الخامس من أكتوبر", "ar", (None, 10, 5, None, None), id="ar-ordinal"),
        pytest.param("في 12 مارس", "ar", (None, 3, 12, None, None), id="ar-day-month"),
        pytest.param("كانون الثاني/يناير 2024", "ar", (2024, 1, None, None, None), id="ar-levantine-and-egyptian"),
        pytest.param("ב-5 באוקטובר", "he", (None, 10, 5, None, None), id="he-day-month"),
        pytest.param("ביולי 2021", "he", (2021, 7, None, None, None), id="he-month-year"),
    ],
)
def test_one_date(text: str, lang: str, parts: tuple[int | None, ...]):
    (day,) = days(text, lang)
    assert day.parts() == parts


@pytest.mark.parametrize("text", ["they may march on", "the sun sat low", "he has a second car"])
def test_words_that_only_look_like_dates(text: str):
    assert days(text, "en") == ()


def test_yesterday_is_a_day_where_the_claim_has_a_date():
    (day,) = days("he resigned yesterday", "en", "2023-10-05")
    assert day.parts() == (2023, 10, 4, 2, None)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("on 5 October 2023", "on October 5", True),
        ("on 5 October 2023", "on 6 October", False),
        ("on Monday", "on Thursday", False),
        ("on Monday", "on 5 October", None),
        ("yesterday", "on 5 October", None),
    ],
)
def test_dates_agree_in_what_both_give(first: str, second: str, verdict: bool | None):
    assert days(first, "en")[0].agrees(days(second, "en")[0]) is verdict
