"""A table for a terminal in which right-to-left text reads right and a page's control characters do nothing.

Every cell is set in a bidi isolate, so that an Arabic cell neither turns its neighbours round nor is turned by them;
columns are measured in terminal cells, not in code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TextIO

from tracker.text import FIRST_STRONG_ISOLATE, POP_ISOLATE

ELLIPSIS = "…"
GAP = "  "
# Marks that change the direction of what follows, and would reach out of their cell.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MAX_CELL = 2000
"""Code points looked at in a cell: no terminal line shows more, and combining marks can be stacked without end."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and its width in terminal cells; ``flexible`` ones share what is left."""

    heading: str
    width: int
    flexible: bool = False
    align_right: bool = False


def write_table(stream: TextIO, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, width: int = 100) -> int:
    """Write a heading and one line a row, cut to ``width`` terminal cells; the number of rows comes back.

    Nothing is written where there are no rows.
    """
    widths = column_widths(columns, width)
    count = 0
    for row in rows:
        if not count:
            stream.write(_line([column.heading for column in columns], columns, widths))
            stream.write(GAP.join("─" * size for size in widths) + "\n")
        stream.write(_line(row, columns, widths))
        count += 1
    return count


def column_widths(columns: Sequence[Column], width: int) -> list[int]:
    """The width of each column in a table ``width`` wide; no column gets less than it asks for."""
    spare = width - sum(column.width for column in columns) - len(GAP) * (len(columns) - 1)
    flexible = sum(column.flexible for column in columns)
    share = max(0, spare // flexible) if flexible else 0
    return [column.width + (share if column.flexible else 0) for column in columns]


def clean_cell(value: Any) -> str:
    """``value`` as one line without control characters and without marks that turn text round."""
    if value is None:
        return ""
    text = str(value)[:_MAX_CELL]
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif char not in _BIDI_CONTROLS and category not in ("Cs", "Co"):
            kept.append(char)
    return " ".join("".join(kept).split())


def isolate(text: str) -> str:
    """``text`` so that its direction ends with it; plain ASCII needs nothing."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text and not text.isascii() else text


def display_width(text: str) -> int:
    """Terminal cells that ``text`` takes: none for combining and invisible characters, two for wide ones."""
    return sum(map(_char_width, text))


def fit(text: str, width: int) -> str:
    """``text`` cut to at most ``width`` terminal cells, with an ellipsis where something is missing."""
    taken = 0
    cut = 0
    for position, char in enumerate(text):
        taken += _char_width(char)
        if taken <= width - 1:
            cut = position + 1
        if taken > width:
            return text[:cut].rstrip() + ELLIPSIS if width > 0 else ""
    return text


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _line(cells: Sequence[Any], columns: Sequence[Column], widths: Sequence[int]) -> str:
    parts = []
    for value, column, width in zip(cells, columns, widths, strict=True):
        text = fit(clean_cell(value), width)
        # The padding stands outside the isolate: inside, a right-to-left cell would begin at its right end.
        padding = " " * (width - display_width(text))
        parts.append(padding + isolate(text) if column.align_right else isolate(text) + padding)
    return GAP.join(parts).rstrip(" ") + "\n"
