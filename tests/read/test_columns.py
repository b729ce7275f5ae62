"""Which column is what, and how its dates are read."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InputError, UsageError
from tracker.lang import language_codes, load_pack
from tracker.lang.columns import FIELDS
from tracker.read.columndates import ColumnDates
from tracker.read.columns import check_columns, column_key, find_columns


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        pytest.param(["id", "text"], {"id": 0, "text": 1}, id="plain"),
        pytest.param(["Article_Body", "datePublished", "HEADLINE"], {"text": 0, "published": 1, "title": 2}, id="english"),
        pytest.param(["العنوان", "نصّ الخبر", "تاريخ النشر", "المصدر"], {"title": 0, "text": 1, "published": 2, "source": 3}, id="arabic"),
        pytest.param(["כותרת", "תוכן", "תאריך פרסום", "קישור"], {"title": 0, "text": 1, "published": 2, "url": 3}, id="hebrew"),
        pytest.param(["عنوان", "متن خبر", "منبع"], {"title": 0, "text": 1, "source": 2}, id="persian"),
        pytest.param(["summary", "content"], {"text": 1}, id="the-likelier-wins"),
        pytest.param(["text", "Text"], {"text": 0}, id="the-first-of-two"),
        pytest.param(["", "text", ""], {"text": 1}, id="headings-without-names"),
    ],
)  # fmt: skip
def test_usual_names(headings: list[str], found: dict[str, int]) -> None:
    assert find_columns(headings, {}) == found


def test_given_names_win_and_take_their_column_away() -> None:
    assert find_columns(["text", "note", "title"], {"text": "Note", "id": "text"}) == {"text": 1, "id": 0, "title": 2}


@pytest.mark.parametrize(
    ("headings", "given", "said"),
    [
        pytest.param(["alpha", "beta"], {}, "--column text=NAME; its columns are alpha, beta", id="none"),
        pytest.param(["text"], {"title": "Überschrift"}, "no column 'Überschrift' for title; its columns are text", id="given"),
        pytest.param(["x" * 500], {}, "its columns are " + "x" * 39 + "…", id="long"),
        pytest.param([f"c{number}" for number in range(20)], {}, "c11 and 8 more", id="many"),
        pytest.param(["a\nb"], {}, "its columns are a b", id="line-end"),
        pytest.param([""], {}, "its columns are without names", id="nameless"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_in_one_line(headings: list[str], given: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        find_columns(headings, given)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("given", [{"body": "x"}, {"text": " "}])
def test_wrong_map_is_a_usage_error(given: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        check_columns(given)


def test_no_name_means_two_fields() -> None:
    fields: dict[str, set[str]] = {}
    for code in language_codes():
        for field in FIELDS:
            for form in getattr(load_pack(code).columns, field):
                fields.setdefault(column_key(form), set()).add(field)
    assert [key for key, meant in fields.items() if len(meant) > 1 or not key] == []


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param("2024-05-03", "2024-05-03", id="iso"),
        pytest.param("2024-05-03T22:30:00+03:00", "2024-05-03", id="iso-with-zone"),
        pytest.param("20240503", "2024-05-03", id="without-hyphens"),
        pytest.param("2024/5/3", "2024-05-03", id="year-first"),
        pytest.param("Fri, 03 May 2024 10:00:00 +0300", "2024-05-03", id="rfc-2822"),
        pytest.param("May 3, 2024", "2024-05-03", id="english"),
        pytest.param("الجمعة 3 أيار 2024", "2024-05-03", id="levantine"),
        pytest.param("٣ مايو ٢٠٢٤", "2024-05-03", id="arabic-digits"),
        pytest.param("3 במאי 2024", "2024-05-03", id="hebrew"),
        pytest.param("1714729200", "2024-05-03", id="seconds"),
        pytest.param("25/04/2024 10:15", "2024-04-25", id="day-first-only"),
        pytest.param("4/25/2024", "2024-04-25", id="month-first-only"),
        pytest.param("05.05.2024", "2024-05-05", id="the-same-either-way"),
    ],
)
def test_dates_that_can_be_read_in_one_way(value: str, day: str) -> None:
    assert ColumnDates().read(value) == (day, None)


@pytest.mark.parametrize(
    ("column", "value", "day"),
    [
        pytest.param(["25/04/2024"], "03/04/2024", "2024-04-03", id="another-is-day-first"),
        pytest.param(["04/25/2024"], "03/04/2024", "2024-03-04", id="another-is-month-first"),
        pytest.param(["03/04/2024"], "05/06/2024", None, id="nothing-tells"),
        pytest.param(["25/04/2024", "04/25/2024"], "03/04/2024", None, id="they-disagree"),
        pytest.param(["2024-04-25"], "03/04/2024", None, id="iso-tells-nothing"),
        pytest.param(["25/04/2024"], "3/4/24", "2024-04-03", id="short-year"),
        pytest.param([], "٠٣/٠٤/٢٠٢٤", None, id="arabic-digits"),
    ],
)
def test_the_column_decides_what_comes_first(column: list[str], value: str, day: str | None) -> None:
    dates = ColumnDates()
    for one in column:
        dates.learn(one)
    found, strange = dates.read(value)
    assert found == day
    assert (strange is None) == (day is not None)
    if strange is not None:
        assert (strange.code, value in strange.message) == ("date-ambiguous", True)


def test_the_user_decides_where_the_column_does_not() -> None:
    assert ColumnDates("day_first").read("03/04/2024") == ("2024-04-03", None)
    assert ColumnDates("month_first").read("03/04/2024") == ("2024-03-04", None)


@pytest.mark.parametrize("value", ["", "yesterday", "99/99/2024", "31 February 2024", "12 באפריל", "1/2", "x" * 10_000])
def test_what_is_no_date_is_left_out_and_told(value: str) -> None:
    found, strange = ColumnDates().read(value)
    assert found is None
    assert strange is not None
    assert strange.code == "date-unread"
    assert len(strange.message) < 200


@given(st.text(max_size=40) | st.from_regex(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", fullmatch=True))
def test_any_value_is_a_day_or_a_diagnostic(value: str) -> None:
    found, strange = ColumnDates().read(value)
    assert (found is None) != (strange is None)
    if found is not None:
        assert datetime.date.fromisoformat(found)
