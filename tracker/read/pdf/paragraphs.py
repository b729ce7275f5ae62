"""Lines to paragraphs: wrapped lines joined, words put together again, and what stands on every page left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from tracker.read.pdf.glyphs import TextLine

_EDGE_LINES = 2
_NEAR = 6.0
"""Points by which the same line may stand elsewhere on another page."""
_PITCH = 1.3
"""Distance to the line before, in usual ones, from which a line begins a paragraph."""
_OTHER_SIZE = 1.15
_SHORT = 0.85
"""Share of the column's width below which a line is the last of its paragraph, where a sentence ends with it."""
_INDENT = 0.8
_HEADLINE_SIZE, _HEADLINE_CHARS = 1.2, 250
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:(?:page|p|صفحة|ص|עמוד|עמ)\W{0,3})?#(?:\W{0,3}(?:/|of|من|מתוך)?\W{0,3}#)?", re.IGNORECASE)
_AROUND = " -–—|.·•/()[]"
_END = re.compile("[.!?؟…:][\"'”’»)\\]״]{0,3}$")
_HYPHEN = re.compile("[a-zà-ž][-\u00ad\u2010]")


class Paragraph(NamedTuple):
    """A paragraph; ``headline``: its letters are larger than the body's."""

    text: str
    headline: bool


def without_running_lines(pages: Sequence[list[TextLine]]) -> tuple[list[list[TextLine]], list[str]]:
    """``pages`` without the lines that stand at the top or bottom of many of them, page numbers aside, and these."""
    if len(pages) < 2:
        return list(pages), []
    seen: Counter[tuple[str, int]] = Counter()
    edges = [_edges(page) for page in pages]
    for edge in edges:
        seen.update({key for line in edge for key in _keys(line)})
    enough = 2 if len(pages) < 4 else max(3, len(pages) // 3)
    kept: list[list[TextLine]] = []
    dropped: list[str] = []
    for page, edge in zip(pages, edges, strict=True):
        gone = {line for line in edge if _is_number(line) or max(seen[key] for key in _keys(line)) >= enough}
        dropped += [line.text for line in page if line in gone]
        kept.append([line for line in page if line not in gone])
    return kept, list(dict.fromkeys(dropped))


def _edges(page: list[TextLine]) -> list[TextLine]:
    """The lines at the two highest and the two lowest heights of a page."""
    heights = sorted({round(line.base) for line in page})
    outer = {*heights[:_EDGE_LINES], *heights[-_EDGE_LINES:]}
    return [line for line in page if round(line.base) in outer]


def _is_number(line: TextLine) -> bool:
    """Whether the line is the number of a page."""
    return _NUMBER.fullmatch(_shape(line).strip(_AROUND)) is not None


def _shape(line: TextLine) -> str:
    return _DIGITS.sub("#", line.text)


def _keys(line: TextLine) -> tuple[tuple[str, int], tuple[str, int]]:
    """What a line says, figures aside, and about where; two places, so that a border parts no neighbours."""
    shape = _shape(line)
    return (shape, int(line.base // (2 * _NEAR)) * 2), (shape, int((line.base + _NEAR) // (2 * _NEAR)) * 2 + 1)


def paragraphs_of(pages: Sequence[Sequence[TextLine]]) -> list[Paragraph]:
    """The paragraphs of the lines of all pages, which are in reading order."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    pitch, size = _usual(pages)
    groups: list[list[TextLine]] = []
    for page in pages:
        for number, line in enumerate(page):
            if groups and not _begins(line, groups[-1], pitch, first=number == 0):
                groups[-1].append(line)
            else:
                groups.append([line])
    return [_paragraph(group, size) for group in groups]


def _usual(pages: Sequence[Sequence[TextLine]]) -> tuple[float, float]:
    """The usual distance of two lines, and the usual size of a letter."""
    steps = [
        (one.base - next_one.base) / one.size
        for page in pages
        for one, next_one in pairwise(page)
        if 0 < one.base - next_one.base < 4 * one.size
    ]
    sizes = sorted((line.size, len(line.text)) for page in pages for line in page)
    half, count = sum(chars for _, chars in sizes) / 2, 0
    for size, chars in sizes:
        count += chars
        if count >= half:
            return (median(steps) if steps else 1.2), size
    return 1.2, 10.0


def _begins(line: TextLine, before: list[TextLine], pitch: float, *, first: bool) -> bool:
    """Whether ``line`` begins a paragraph, and does not go on with the lines ``before``."""
    last = before[-1]
    if max(line.size, last.size) > _OTHER_SIZE * min(line.size, last.size) or line.rtl != last.rtl:
        return True
    left, right = min(one.left for one in (*before, line)), max(one.right for one in (*before, line))
    ended = _END.search(last.text) is not None
    short = (last.left - left if line.rtl else right - last.right) > (1 - _SHORT) * (right - left)
    step = (last.base - line.base) / line.size
    if first or step <= 0:  # on the next page, in the next column
        return ended or (len(before) > 1 and _is_short(before))
    if step > _PITCH * pitch:
        return True
    indent = (right - line.right if line.rtl else line.left - left) > _INDENT * line.size
    return (ended and short) or (ended and indent)


def _is_short(lines: list[TextLine]) -> bool:
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    last = lines[-1]
    return (last.left - left if last.rtl else right - last.right) > (1 - _SHORT) * (right - left)


def _paragraph(lines: Sequence[TextLine], size: float) -> Paragraph:
    pieces = [lines[0].text]
    for line in lines[1:]:
        if _HYPHEN.fullmatch(pieces[-1][-2:]) and line.text[:1].islower():
            pieces[-1] = pieces[-1][:-1]
        else:
            pieces.append(" ")
        pieces.append(line.text)
    text = "".join(pieces)
    large = median(line.size for line in lines) >= _HEADLINE_SIZE * size
    return Paragraph(" ".join(text.replace("\u00ad", "").split()), large and len(text) <= _HEADLINE_CHARS)
