"""The glyphs of a page as lines in reading order.

A PDF says where each glyph stands, not in which order it is read. Producers write Arabic and Hebrew from the left, as
it is seen, or from the right, or word by word; where the glyphs stand is the same. So the places count alone: a line is
what stands side by side, from the left, and what is written from right to left in it is turned round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

_SAME_LINE = 0.35
"""How far baselines of one line may lie apart, in sizes of its glyphs (raised figures, other fonts)."""
_SPACE = 0.18
"""Gap between glyphs that is a space, in sizes."""
_APART = 1.6
"""Gap that no line has, but columns and cells do, in sizes."""
_MOST_NEAR = 400
_RTL = frozenset(("R", "AL"))
_NUMBERS = frozenset(("EN", "AN"))
_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_JOINS = {"R": ".,:/-+", "AL": ".,:/٫٬"}
"""What stands between figures of one number or date, in Hebrew and in Arabic (where a dash parts them)."""
_BESIDE = {"R": "%$€₪£#°", "AL": ""}
"""What goes with a number, in Hebrew."""


class Glyph(NamedTuple):
    """What a glyph means, from where to where it reaches, its baseline and its size."""

    text: str
    left: float
    right: float
    base: float
    size: float


class TextLine(NamedTuple):
    """A line, or a piece of one that stands apart: its text in reading order, and its box.

    ``rtl``: read from right to left. ``turned``: it holds what was turned round.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    rtl: bool = False
    turned: bool = False


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines of a page, from above, those at one height from the left.

    A line that holds Arabic or Hebrew is read from the right where most of its letters are such, or most of the page's.
    """
    glyphs = list(glyphs)
    strong = [_direction(glyph.text) for glyph in glyphs]
    rtl_page = sum(one in _RTL for one in strong) > strong.count("L")
    found: list[TextLine] = []
    for row in _rows(glyphs):
        for piece in _pieces(row):
            line = _line(piece, rtl_page=rtl_page)
            if line is not None:
                found.append(line)
    return found


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The glyphs by height, from above."""
    rows: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda one: -one.base):
        if rows and base - glyph.base <= _SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base = glyph.base
    return rows


def _pieces(row: list[Glyph]) -> list[list[Glyph]]:
    """The glyphs of a row from the left, parted where columns are; vowel signs joined to the letters under them."""
    letters = sorted((one for one in row if not _is_mark(one)), key=lambda one: one.left + one.right)
    if not letters:
        return []
    for mark in (one for one in row if _is_mark(one)):
        _put_over(letters, mark)
    pieces = [[letters[0]]]
    end = letters[0].right
    for glyph in letters[1:]:
        if glyph.left - end > _APART * max(glyph.size, pieces[-1][-1].size):
            pieces.append([])
        pieces[-1].append(glyph)
        end = max(end, glyph.right)
    return pieces


def _is_mark(glyph: Glyph) -> bool:
    return all(unicodedata.category(char) == "Mn" for char in glyph.text)


def _put_over(letters: list[Glyph], mark: Glyph) -> None:
    middle = (mark.left + mark.right) / 2
    low, high = 0, len(letters)
    while low < high:
        half = (low + high) // 2
        if letters[half].left + letters[half].right < 2 * middle:
            low = half + 1
        else:
            high = half
    near = range(max(0, low - 1), min(len(letters), low + 1))
    best = min(near, key=lambda place: abs(letters[place].left + letters[place].right - 2 * middle))
    if len(letters[best].text) < _MOST_NEAR:
        letters[best] = letters[best]._replace(text=letters[best].text + mark.text)


def _line(piece: Sequence[Glyph], *, rtl_page: bool) -> TextLine | None:
    size = median(glyph.size for glyph in piece)
    texts: list[str] = []
    end: float | None = None
    for glyph in piece:
        text = _plain(glyph.text)
        if end is not None and glyph.left - end > _SPACE * size and texts[-1] != " " and not text.isspace():
            texts.append(" ")
        if not text.isspace():
            texts.append(text)
        elif texts and texts[-1] != " ":
            texts.append(" ")
        end = max(end or glyph.right, glyph.right)
    while texts and texts[-1] == " ":
        texts.pop()
    if not texts:
        return None
    strong = [_direction(text) for text in texts]
    rtl_count = sum(one in _RTL for one in strong)
    rtl = rtl_count > 0 and (rtl_page or rtl_count >= strong.count("L"))
    text = reading_order(texts, rtl=rtl) if rtl_count else "".join(texts)
    left, right = min(glyph.left for glyph in piece), max(glyph.right for glyph in piece)
    return TextLine(text.strip(), left, right, piece[0].base, size, rtl, rtl_count > 0)


def _plain(text: str) -> str:
    """The letters of a glyph, not the forms in which they stand (ﻼ is لا)."""
    if _FORMS.search(text):
        text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return text


def _direction(text: str) -> str:
    """The first strong direction among the characters of a glyph, or that of a number; else empty."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RTL or kind == "L" or kind in _NUMBERS:
            return kind
    return ""


def reading_order(glyphs: Sequence[str], *, rtl: bool) -> str:
    """The text of ``glyphs``, given as they are seen from the left, in the order in which it is read.

    ``rtl``: the line as a whole is read from the right. The inverse of the Unicode Bidirectional Algorithm for lines
    with one level of embedding, which is all that news has.
    """
    levels = _runs(glyphs, rtl=rtl)
    parts: list[str] = []
    place = 0
    while place < len(glyphs):
        end = place
        while end < len(glyphs) and levels[end] == levels[place]:
            end += 1
        piece = glyphs[place:end]
        parts.append("".join(one.translate(_MIRRORED) for one in reversed(piece)) if levels[place] else "".join(piece))
        place = end
    return "".join(reversed(parts) if rtl else parts)


def _runs(glyphs: Sequence[str], *, rtl: bool) -> list[bool]:
    """For each glyph whether it is read from the right. Between two of one direction, all is of that direction."""
    kinds = [_direction(glyph) for glyph in glyphs]
    script = "AL" if kinds.count("AL") > kinds.count("R") else "R"
    found: list[bool | None] = [None] * len(glyphs)
    for place, kind in enumerate(kinds):
        if kind:
            found[place] = kind in _RTL
    for place, glyph in enumerate(glyphs):  # 12.5, 3/4/2024, 12%
        if found[place] is None:
            before = place > 0 and kinds[place - 1] in _NUMBERS
            after = place + 1 < len(glyphs) and kinds[place + 1] in _NUMBERS
            if (glyph in _JOINS[script] and before and after) or (glyph in _BESIDE[script] and (before or after)):
                found[place] = False
    place = 0
    while place < len(glyphs):
        if found[place] is not None:
            place += 1
            continue
        end = place
        while end < len(glyphs) and found[end] is None:
            end += 1
        same = place > 0 and end < len(glyphs) and found[place - 1] == found[end]
        numbers = rtl and same and not found[end] and kinds[place - 1] in _NUMBERS and kinds[end] in _NUMBERS
        value = found[end] if same and not numbers else rtl
        found[place:end] = [value] * (end - place)
        place = end
    return [bool(one) for one in found]
