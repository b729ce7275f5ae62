"""How much of a text's spelling another has: runs of letters, which meet where words are inflected or misspelt."""

from __future__ import annotations

from functools import lru_cache

from tracker.claims.phrases import split_words
from tracker.text import fold

RUNS = (3, 4)
"""Letters of a run. McNamee and Mayfield, "Character N-Gram Tokenization for European Text Retrieval", 2004."""
MAX_CHARS = 2_000


def shared_letters(first: str, second: str) -> float:
    """Share, in [0, 1], of the runs of letters of ``first`` that ``second`` has."""
    runs = letter_runs(first[:MAX_CHARS])
    return len(runs & letter_runs(second[:MAX_CHARS])) / len(runs) if runs else 0.0


@lru_cache(maxsize=1 << 12)
def letter_runs(text: str) -> frozenset[str]:
    """The words of ``text``, folded, and their runs of three and four letters; a word's ends count as letters."""
    runs: set[str] = set()
    for written in split_words(text):
        word = f" {fold(written)} "
        runs.add(word)
        for length in RUNS:
            runs.update(word[start : start + length] for start in range(len(word) - length + 1))
    return frozenset(runs)
