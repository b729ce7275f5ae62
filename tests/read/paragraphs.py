"""How much of a page's body is found, by paragraphs.

A gold paragraph is found if 0.8 of its word 3-grams stand in the predicted body, a predicted one is right if 0.8 of its
own stand in the gold body.
"""

from __future__ import annotations

from collections.abc import Sequence

SHARE = 0.8


def _grams(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[place : place + 3]) for place in range(max(1, len(words) - 2))}


def paragraph_scores(predicted: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of ``predicted`` paragraphs."""
    return _share(predicted, gold), _share(gold, predicted)


def paragraph_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """Their harmonic mean."""
    precision, recall = paragraph_scores(predicted, gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(paragraphs: Sequence[str], body: Sequence[str]) -> float:
    if not paragraphs:
        return 0.0
    whole: set[tuple[str, ...]] = set()
    for text in body:
        whole |= _grams(text)
    good = [len(_grams(text) & whole) >= SHARE * len(_grams(text)) for text in paragraphs]
    return sum(good) / len(good)
