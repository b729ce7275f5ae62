"""Hebrew in visual order: stored as it looks from left to right, so that every word is spelled backwards.

Pages labelled ISO-8859-8 used to be written so. Five letters have another form at the end of a word: where these stand
at the beginning of words, the text is turned round.
"""

from __future__ import annotations

import re

_WORD = re.compile("[\u05d0-\u05ea]{2,40}")
_FINAL = frozenset("םןץףך")
_SAMPLE = 200_000
_FEW = 4
_TIMES = 4
"""How many times as many final letters have to stand at the beginning of words as at their ends."""
_LEFT_TO_RIGHT = re.compile(r"[A-Za-z0-9@#$€₪%](?:[A-Za-z0-9@#$€₪%.,:/'’&+_ -]{0,200}[A-Za-z0-9%])?")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def is_visual(text: str) -> bool:
    """Whether the Hebrew in ``text`` stands in visual order."""
    if sum(map(text.count, _FINAL)) < _FEW:
        return False
    first = last = 0
    for match in _WORD.finditer(text, 0, _SAMPLE):
        word = match.group()
        first += word[0] in _FINAL
        last += word[-1] in _FINAL
    return first >= _FEW and first >= _TIMES * last


def to_reading_order(line: str) -> str:
    """One line of visual Hebrew in the order it is read; what is written from left to right in it stays as it is."""
    if _WORD.search(line) is None:
        return line
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], turned)
