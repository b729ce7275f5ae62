"""Rows to CSV, JSON and JSON Lines, one after the other: memory stays flat however many there are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the start of a formula, and what it skips before looking.
_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
_SKIPPED = " \n\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00a0"

Row = Sequence[Any]


def write_csv(stream: TextIO, columns: Sequence[str], rows: Iterable[Row], *, excel: bool = False) -> int:
    """Write a header and the rows as CSV; the number of rows comes back.

    ``excel``: for spreadsheets, which need a byte order mark to read UTF-8 and would run a cell such as
    ``=HYPERLINK(…)`` as a formula; such cells get an apostrophe in front. Without it, text is written as it is.
    The stream must not translate newlines (open it with ``newline=""``).
    """
    if excel:
        stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, lineterminator="\r\n" if excel else "\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([safe_cell(value) for value in row] if excel else row)
        count += 1
    return count


def safe_cell(value: Any) -> Any:
    """``value`` so that no spreadsheet takes it for a formula; only text can be one."""
    if isinstance(value, str) and (value[:1] in _FORMULA_STARTS or value.lstrip(_SKIPPED)[:1] in _FORMULA_STARTS):
        return "'" + value if value else value
    return value


def write_jsonl(stream: TextIO, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write one JSON object a row and line; the number of rows comes back."""
    count = 0
    for row in rows:
        stream.write(_json(columns, row) + "\n")
        count += 1
    return count


def write_json(stream: TextIO, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write one JSON list of objects, a row a line; the number of rows comes back."""
    count = 0
    stream.write("[")
    for row in rows:
        stream.write((",\n " if count else "\n ") + _json(columns, row))
        count += 1
    stream.write("\n]\n" if count else "]\n")
    return count


def _json(columns: Sequence[str], row: Row) -> str:
    return json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)
