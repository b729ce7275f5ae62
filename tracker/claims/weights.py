"""The readable weights of the comparison: weights.toml, one value a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tracker.claims.lexicon import load_lexicon
from tracker.errors import ConfigError
from tracker.lang.tables import build_record, read_toml

WEIGHTS_FILE = Path(__file__).parent / "weights.toml"


@dataclass(frozen=True)
class WeightTable:
    """weights.toml.

    ``tokens``     what a content word weighs: by field of its concept, ``word``, ``name`` and ``light``
    ``speech``     concepts of speaking: what stands before them and "that" names the speaker
    ``saying``     those whose verbs alone, without "that", open what is said
    ``same``       per feature: how much it speaks for two claims saying the same, against having nothing to do with
                   each other; natural logarithms of odds
    ``conflict``   the same for a conflict
    ``decision``   shares of common content from which a clash, or the lack of one, decides
    ``search``     weights of the parts of a search score
    """

    tokens: dict[str, float]
    speech: tuple[str, ...]
    saying: tuple[str, ...]
    same: dict[str, float]
    conflict: dict[str, float]
    decision: dict[str, float]
    search: dict[str, float]


@dataclass(frozen=True)
class Weights:
    """The same, with concepts by number; ``model`` has per feature its weights for "same" and for "conflict"."""

    tokens: dict[str, float]
    speech: frozenset[int]
    saying: frozenset[int]
    model: Mapping[str, tuple[float, float]]
    decision: Mapping[str, float]
    search: Mapping[str, float]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights, read when they are first asked for. Raises ConfigError for an unknown key or concept."""
    table = build_record(WeightTable, read_toml(WEIGHTS_FILE), str(WEIGHTS_FILE))
    numbers = {concept.id: concept.number for concept in load_lexicon().concepts}
    for concept in (*table.speech, *table.saying):
        if concept not in numbers:
            raise ConfigError(f"{WEIGHTS_FILE}: speech or saying: there is no concept {concept!r}")
    speech, saying = (frozenset(numbers[concept] for concept in names) for names in (table.speech, table.saying))
    model = {name: (weight, table.conflict.get(name, 0.0)) for name, weight in table.same.items()}
    model |= {name: (0.0, weight) for name, weight in table.conflict.items() if name not in model}
    return Weights(table.tokens, speech, saying, model, table.decision, table.search)
