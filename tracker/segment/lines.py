"""A page as its lines, each without outer white space and with its place; hard-wrapped text as its paragraphs."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

INVISIBLE = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""White space inside a line, joiners, and marks of direction."""
_CLOSERS = "\"'”’»)]}״׳*_" + INVISIBLE
_ENDERS = ".!?…؟。！？।۔"

_WRAPPED_WIDTH = (40, 110)
"""Characters the longest line of hard-wrapped text has."""
_WRAPPED_SHARE = 0.6
"""Share of lines that go on in the next one, from which text counts as hard-wrapped."""


class Line(NamedTuple):
    """``text`` stands at ``start_char``; ``apart``: an empty line or the edge of the page is before it."""

    start_char: int
    text: str
    apart: bool

    @property
    def end_char(self) -> int:
        """One past its last character."""
        return self.start_char + len(self.text)


def split_lines(text: str, *, wrapped: bool | None = None) -> list[Line]:
    """The lines of ``text`` that have anything but white space, in order; wrapped ones joined to paragraphs.

    ``wrapped`` says whether they are; None: look.
    """
    lines = []
    begin, last_end = 0, -2
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start_char = begin if raw[0] == stripped[0] else begin + len(raw) - len(raw.lstrip())
            lines.append(Line(start_char, stripped, last_end < 0 or text.count("\n", last_end, start_char) > 1))
            last_end = start_char + len(stripped)
        begin += len(raw)
    if wrapped is None:
        wrapped = _is_wrapped(lines)
    return _paragraphs(text, lines) if wrapped else lines


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a full stop, question or exclamation mark, closing marks behind it aside."""
    mark = last_mark(text)
    return mark != "" and mark in _ENDERS


def last_mark(text: str) -> str:
    """The last character of ``text`` that is no closing mark or white space; empty where there is none."""
    last = text[-1:]
    return text.rstrip(_CLOSERS)[-1:] if last in _CLOSERS else last


def _is_wrapped(lines: list[Line]) -> bool:
    if len(lines) < 6:
        return False
    widest = max([len(line.text) for line in lines])
    if not _WRAPPED_WIDTH[0] <= widest <= _WRAPPED_WIDTH[1]:
        return False
    together = [(line, following) for line, following in pairwise(lines) if not following.apart]
    if len(together) < 5:
        return False
    going_on = sum(len(line.text) >= 0.7 * widest and not ends_sentence(line.text) for line, _ in together)
    return going_on >= _WRAPPED_SHARE * len(together)


def _paragraphs(text: str, lines: list[Line]) -> list[Line]:
    widest = max(len(line.text) for line in lines)
    paragraphs: list[Line] = []
    open_ = False
    for line in lines:
        if open_ and not line.apart:
            first = paragraphs[-1]
            paragraphs[-1] = first._replace(text=text[first.start_char : line.end_char])
        else:
            paragraphs.append(line)
        open_ = len(line.text) >= 0.6 * widest
    return paragraphs
