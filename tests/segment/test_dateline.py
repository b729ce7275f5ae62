"""Dates as datelines write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.segment.dateline import is_bare_date, parse_date

LANGS = ("ar", "he", "en")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("2023-10-05", "2023-10-05", id="iso"),
        pytest.param("2023-10-05T10:15:00+02:00", "2023-10-05", id="iso-with-time"),
        pytest.param("2023/10/05", "2023-10-05", id="year-first"),
        pytest.param("05/10/2023", "2023-10-05", id="day-first"),
        pytest.param("10/25/2023", "2023-10-25", id="month-first-where-it-must-be"),
        pytest.param("5.10.23", "2023-10-05", id="two-digit-year"),
        pytest.param("٥/١٠/٢٠٢٣", "2023-10-05", id="arabic-digits"),
        pytest.param("5th, October 2023 GMT", "2023-10-05", id="ordinal-with-comma"),
        pytest.param("Oct. 5, 2023, 10:15 a.m.", "2023-10-05", id="american-short"),
        pytest.param("Thursday 5 October 2023 10.15 BST", "2023-10-05", id="british"),
        pytest.param("10:15, 5 October 2023", "2023-10-05", id="time-first"),
        pytest.param("5 أكتوبر 2023", "2023-10-05", id="arabic"),
        pytest.param("الخميس 5 تشرين الأول 2023", "2023-10-05", id="levantine"),
        pytest.param("5 تشرين الأول/أكتوبر 2023 - 10:15", "2023-10-05", id="both-month-names"),
        pytest.param("٥ أكتوبر ٢٠٢٣", "2023-10-05", id="arabic-digits-and-month"),
        pytest.param("5 באוקטובר 2023", "2023-10-05", id="hebrew"),
        pytest.param("יום ה', ה-5 לאוקטובר 2023, 10:15", "2023-10-05", id="hebrew-with-particles"),
        pytest.param("3/2", None, id="no-year"),
        pytest.param("31 February 2023", None, id="no-such-day"),
        pytest.param("1445/3/20 هـ", None, id="another-calendar"),
        pytest.param("two hours ago", None, id="no-date"),
        pytest.param("", None, id="empty"),
    ],
)
def test_parse_date(text: str, date: str | None) -> None:
    assert parse_date(text, LANGS) == date


def test_dateparser_reads_what_is_left() -> None:
    assert parse_date("5 octobre 2023", ("fr",)) == "2023-10-05"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Friday, June 10, 2016.", True, id="day-of-the-week"),
        pytest.param("بيروت، 5 أكتوبر 2023", True, id="with-place"),
        pytest.param("Sept. 9, 2013 traffic problems.", False, id="more-than-a-date"),
        pytest.param('Oct. 31, 2012 The "hug"', False, id="quotation"),
        pytest.param("The 2023 budget", False, id="year-alone"),
    ],
)
def test_is_bare_date(text: str, expected: bool) -> None:
    assert is_bare_date(text, LANGS) is expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/.-: ,thMayOctאוקטובר مايو", max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = parse_date(text, LANGS, guess=False)
    assert found is None or len(found) == 10
