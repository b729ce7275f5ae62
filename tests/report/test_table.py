"""The terminal table: cells isolated and measured, and no page gets at the terminal."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.report.table import Column, clean_cell, column_widths, display_width, fit, write_table
from tracker.text import FIRST_STRONG_ISOLATE, POP_ISOLATE

COLUMNS = (Column("who", 10), Column("what", 10, flexible=True), Column("n", 4, align_right=True))


def _table(*rows: tuple[Any, ...], width: int = 60) -> list[str]:
    stream = io.StringIO()
    write_table(stream, COLUMNS, rows, width=width)
    return stream.getvalue().splitlines()


def test_right_to_left_cells_are_isolated_and_padded_outside() -> None:
    line = _table(("דנה", "abc", 1))[2]
    assert line.startswith(f"{FIRST_STRONG_ISOLATE}דנה{POP_ISOLATE}       ")


def test_ascii_cells_need_no_isolate() -> None:
    assert FIRST_STRONG_ISOLATE not in _table(("Dana", "abc", 1))[2]


def test_lines_have_one_width_in_every_script() -> None:
    rows = [("دانا", "نص طويل جدا " * 20, 1), ("דנה", "קצר", 22), ("Dana", "x" * 300, 333), ("东京", "东" * 300, 4)]
    assert {display_width(line) for line in _table(*rows)} == {60}


def test_no_rows_give_nothing() -> None:
    assert _table() == []


def test_nothing_is_printed_as_nothing() -> None:
    assert "None" not in _table((None, "abc", None))[2]


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        pytest.param("\x1b[31mred\x1b[0m", "[31mred [0m", id="escape sequence"),
        pytest.param("\x9b31m", "31m", id="C1 control"),
        pytest.param("\x07bell", "bell", id="bell"),
        pytest.param("a\r\nb\tc\u2028d", "a b c d", id="line ends"),
        pytest.param("\u202egnp.exe", "gnp.exe", id="override"),
        pytest.param("a\u2069\u2066b", "ab", id="isolates"),
        pytest.param("می\u200cروم", "می\u200cروم", id="joiners stay"),
        pytest.param("\udcff", "", id="half a pair"),
        pytest.param(3, "3", id="number"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_cell_is_cleaned(value: object, cleaned: str) -> None:
    assert clean_cell(value) == cleaned


@given(st.text())
def test_cleaned_cell_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    cleaned = clean_cell(text)
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Zl", "Zp", "Cs"}
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        pytest.param("abcdef", 6, "abcdef", id="just fits"),
        pytest.param("abcdef", 5, "abcd…", id="cut"),
        pytest.param("ab cdef", 4, "ab…", id="no blank before the ellipsis"),
        pytest.param("东京都", 5, "东京…", id="wide"),
        pytest.param("东京都", 4, "东…", id="half a wide one is none"),
        pytest.param("قَالَ", 3, "قَالَ", id="marks take no room"),
        pytest.param("abc", 1, "…", id="one cell"),
        pytest.param("abc", 0, "", id="no cell"),
    ],
)
def test_text_is_fitted(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(st.text(), st.integers(0, 40))
def test_fitted_text_fits(text: str, width: int) -> None:
    assert display_width(fit(clean_cell(text), width)) <= width


def test_flexible_columns_share_what_is_left() -> None:
    assert column_widths(COLUMNS, 60) == [10, 42, 4]
    assert column_widths(COLUMNS, 10) == [10, 10, 4]
