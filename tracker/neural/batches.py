"""Texts in batches of like length, so that little of what a model reads is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.text import without_surrogates

MAX_CHARS = 4_000
"""No model reads more of a text; the tokenizer need not, either."""


def clean(text: str) -> str:
    """``text`` as a tokenizer can take it: half a surrogate pair cannot be encoded. The length stays."""
    return without_surrogates(text[:MAX_CHARS])


def in_batches(texts: Sequence[str], size: int) -> Iterator[list[int]]:
    """The positions of ``texts`` in lists of at most ``size``, those of the longest first."""
    order = sorted(range(len(texts)), key=lambda place: (-len(texts[place]), place))
    for start in range(0, len(order), size):
        yield order[start : start + size]
