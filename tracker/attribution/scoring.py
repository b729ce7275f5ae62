"""The weights that choose: a readable table of named features, one weight a line, shared by all languages.

Four tables choose: ``content``, ``speaker``, ``antecedent`` (who an implied speaker is) and ``uncued``; a fifth tells
the ``confidence`` of what was chosen. A candidate's score is the sum of weight times value of its features; the share
of a candidate among all of a cue is the softmax of the scores, and "no statement" has the score 0. A language adds its
own corrections in ``tracker/lang/<code>/weights.toml``. ``benchmarks/train_weights.py`` makes the tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracker.attribution.features import Part, expand
from tracker.lang.pack import FOLDER, language_codes
from tracker.lang.tables import read_record

MAX_REMEMBERED = 200_000


@dataclass(frozen=True)
class WeightTables:
    """weights.toml: feature name -> weight."""

    content: dict[str, float] = field(default_factory=dict)
    speaker: dict[str, float] = field(default_factory=dict)
    antecedent: dict[str, float] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    uncued: dict[str, float] = field(default_factory=dict)


class Table:
    """One table of weights; remembers the sum of every part it has scored."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._sums: dict[Part, float] = {}

    def score(self, parts: Iterable[Part]) -> float:
        """Sum of weight times value over the features of all parts."""
        total = 0.0
        sums = self._sums
        for part in parts:
            known = sums.get(part)
            if known is None:
                get = self.weights.get
                known = sum(value * get(name, 0.0) for name, value in expand(part).items())
                if len(sums) >= MAX_REMEMBERED:
                    sums.clear()
                sums[part] = known
            total += known
        return total


@dataclass(frozen=True)
class Weights:
    """The tables of one language."""

    content: Table
    speaker: Table
    antecedent: Table
    uncued: Table
    confidence: Table


def weights_of(code: str) -> Weights:
    """The shared tables with the corrections of language ``code`` added; read once."""
    known = _KNOWN.get(code)
    if known is None:
        shared = read_record(WeightTables, Path(__file__).parent / "weights.toml")
        own = WeightTables()
        if code in language_codes():
            own = read_record(WeightTables, FOLDER / code / "weights.toml")
        known = use_weights(code, shared, own)
    return known


_KNOWN: dict[str, Weights] = {}


def use_weights(code: str, shared: WeightTables, own: WeightTables) -> Weights:
    """Make these the tables of language ``code`` in this process, in place of those on disk (for learning)."""
    sums = {name: Table(_sum(getattr(shared, name), getattr(own, name))) for name in WeightTables.__dataclass_fields__}
    _KNOWN[code] = Weights(**sums)
    return _KNOWN[code]


def _sum(shared: Mapping[str, float], own: Mapping[str, float]) -> dict[str, float]:
    return {name: shared.get(name, 0.0) + own.get(name, 0.0) for name in {**shared, **own}}


def shares(scores: Sequence[float]) -> list[float]:
    """Softmax of ``scores``."""
    highest = max(scores)
    powers = [math.exp(value - highest) for value in scores]
    total = sum(powers)
    return [power / total for power in powers]
