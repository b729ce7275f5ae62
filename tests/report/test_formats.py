"""CSV, JSON and JSON Lines: what comes out can be read back, and a spreadsheet runs nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.report.formats import safe_cell, write_csv, write_json, write_jsonl

COLUMNS = ("speaker", "quote", "start_char")
ROWS: list[tuple[Any, ...]] = [
    ("بواز ليفي", 'قال: "نعم"، ثم\nصمت', 12),
    (None, "=1+1", 0),
]


def _csv(rows: list[tuple[Any, ...]], *, excel: bool = False) -> str:
    stream = io.StringIO(newline="")
    write_csv(stream, COLUMNS, rows, excel=excel)
    return stream.getvalue()


def test_csv_is_plain_and_reads_back() -> None:
    text = _csv(ROWS)
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        list(COLUMNS),
        ["بواز ليفي", 'قال: "نعم"، ثم\nصمت', "12"],
        ["", "=1+1", "0"],
    ]


def test_csv_for_excel_has_the_mark_and_safe_cells() -> None:
    text = _csv(ROWS, excel=True)
    assert text.startswith("\ufeffspeaker,quote,start_char\r\n")
    assert list(csv.reader(io.StringIO(text[1:], newline="")))[2] == ["", "'=1+1", "0"]


def test_csv_without_rows_has_its_header() -> None:
    assert _csv([]) == "speaker,quote,start_char\n"


@pytest.mark.parametrize(
    "cell",
    [
        "=1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u200f=1",
        "\u2068-1",
        "＝1",
        "\ufeff@x",
        "\u00a0+1",
    ],
)
def test_cell_that_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["1-2", "a=b", "", "'=1", "—", "«=»", None, -5, -0.5])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert safe_cell(cell) == cell


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS])
def test_json_is_a_list_of_objects(rows: list[tuple[Any, ...]]) -> None:
    stream = io.StringIO()
    assert write_json(stream, COLUMNS, rows) == len(rows)
    assert json.loads(stream.getvalue()) == [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@given(st.lists(st.tuples(st.text(), st.text(), st.integers())))
def test_jsonl_reads_back_line_by_line(rows: list[tuple[str, str, int]]) -> None:
    stream = io.StringIO()
    assert write_jsonl(stream, COLUMNS, rows) == len(rows)
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert [tuple(json.loads(line).values()) for line in lines] == rows


def test_json_shows_letters_not_escapes() -> None:
    stream = io.StringIO()
    write_jsonl(stream, COLUMNS, ROWS[:1])
    assert "بواز ليفي" in stream.getvalue()


@pytest.mark.parametrize("write", [write_csv, write_json, write_jsonl])
def test_rows_are_written_as_they_come(write: Any) -> None:
    stream = io.StringIO()

    def rows() -> Iterator[tuple[str, str, int]]:
        yield "a", "first", 1
        assert "first" in stream.getvalue()
        yield "b", "second", 2
        assert "second" in stream.getvalue()

    assert write(stream, COLUMNS, rows()) == 2
