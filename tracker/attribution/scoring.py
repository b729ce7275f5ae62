"""The weights that choose: a readable table of named features, one weight a line, shared by all languages.

Two tables, ``content`` and ``speaker``. A candidate's score is the sum of weight times value of its features; the
share of a candidate among all of a cue is the softmax of the scores, and "no statement" has the score 0. A language
adds its own corrections in ``tracker/lang/<code>/weights.toml``. ``benchmarks/train_weights.py`` makes the tables.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tracker.lang.pack import FOLDER, language_codes
from tracker.lang.tables import read_record


@dataclass(frozen=True)
class Weights:
    """weights.toml: feature name -> weight."""

    content: dict[str, float] = field(default_factory=dict)
    speaker: dict[str, float] = field(default_factory=dict)
    uncued: dict[str, float] = field(default_factory=dict)


@lru_cache(maxsize=None)
def weights_of(code: str) -> Weights:
    """The shared table with the corrections of language ``code`` added."""
    shared = read_record(Weights, Path(__file__).parent / "weights.toml")
    if code not in language_codes():
        return shared
    own = read_record(Weights, FOLDER / code / "weights.toml")
    return Weights(
        content=_sum(shared.content, own.content),
        speaker=_sum(shared.speaker, own.speaker),
        uncued=_sum(shared.uncued, own.uncued),
    )


def _sum(shared: Mapping[str, float], own: Mapping[str, float]) -> dict[str, float]:
    return {name: shared.get(name, 0.0) + own.get(name, 0.0) for name in {**shared, **own}}


def score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Sum of weight times value."""
    get = weights.get
    return sum(value * get(name, 0.0) for name, value in features.items())


def shares(scores: Sequence[float]) -> list[float]:
    """Softmax of ``scores``."""
    highest = max(scores)
    powers = [math.exp(value - highest) for value in scores]
    total = sum(powers)
    return [power / total for power in powers]
