"""One quotation in two papers: the same words, fewer of them, or others."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from tracker.claims.phrases import split_words
from tracker.text import fold

Wording = Literal["identical", "truncated", "altered"]

MAX_WORDS = 200
"""Words of a quotation that are compared; comparing costs their square at worst."""
ONE_QUOTATION = 0.6
"""Share of common words from which two quotations are taken for one that was altered; else they are two."""
TOO_SHORT = 3
"""A piece of so few words ("yes, of course") proves nothing."""


class Change(NamedTuple):
    """Words of the first quotation that the second has not, and those it has in their place; either may be empty."""

    gone: str
    new: str


class _Words(NamedTuple):
    written: list[str]
    folded: list[str]


def compare_wording(first: str, second: str) -> Wording | None:
    """How two direct quotations of one speaker and language stand to each other; None where they are two.

    ``truncated``: one is the other with words left out, at an end or within. ``altered``: words were replaced or added
    on both sides. Marks, vowel signs and spellings that ``fold`` makes alike do not count.
    """
    one, other = _words(first).folded, _words(second).folded
    if one == other:
        return "identical"
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < TOO_SHORT:
        return None
    if _is_within(shorter, longer):
        return "truncated"
    if SequenceMatcher(None, one, other, autojunk=False).ratio() >= ONE_QUOTATION:
        return "altered"
    return None


def changes(first: str, second: str) -> list[Change]:
    """What of ``first`` is otherwise in ``second``, in order; empty where nothing is."""
    one, other = _words(first), _words(second)
    matcher = SequenceMatcher(None, one.folded, other.folded, autojunk=False)
    return [
        Change(" ".join(one.written[a:b]), " ".join(other.written[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _words(text: str) -> _Words:
    written = [word for word in split_words(text) if word[0].isalnum()][:MAX_WORDS]
    return _Words(written, [fold(word) for word in written])


def _is_within(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether all words of ``shorter`` stand in ``longer`` in their order, in at most a few pieces."""
    matcher = SequenceMatcher(None, shorter, longer, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    return sum(block.size for block in blocks) == len(shorter) and len(blocks) <= 1 + len(shorter) // TOO_SHORT
