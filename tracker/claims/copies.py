"""Whether two stories are one text: agency copy in several papers counts as one report.

Broder, "On the resemblance and containment of documents" (1997): the share of runs of words that the shorter has in
common with the other, so that a shortened copy is one as well.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from tracker.claims.phrases import split_words
from tracker.text import fold

RUN = 5
"""Words of a run."""
MAX_CHARS = 20_000
FEWEST = 12
"""Runs that a story needs to be told from another: of fewer, any two short ones are alike."""
COPIED = 0.5
"""Share of common runs from which two stories are one: copy keeps far more, two reporters of one event far less."""


def runs_of(text: str) -> frozenset[int]:
    """Hashes of all runs of words in the beginning of ``text``; they are good within one process only."""
    words = [fold(word) for word in split_words(text[:MAX_CHARS]) if word[0].isalnum()]
    return frozenset(hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def is_copy(first: AbstractSet[int], second: AbstractSet[int]) -> bool:
    """Whether two stories, as ``runs_of`` them, are one."""
    fewer = min(len(first), len(second))
    return fewer >= FEWEST and len(first & second) >= COPIED * fewer
