"""Precision, recall and F1 of extracted statements against annotated ones.

The measure: the words of a passage that a statement's content touches are its tokens. Statements of one passage are
paired one to one by the F1 of their tokens, best first. A pair counts as *found* at an F1 of 0.5 (or 0.8), and as
*attributed* where it is found at 0.5 and the speaker is right: the mentions overlap, or the names agree. Predictions
without a partner count against precision.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.lang.tables import read_toml
from tracker.records import KINDS, Annotations, Span

CONFIDENCE_CLASSES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.0)
"""The least confidence of each class that calibration is shown by."""
METRICS = ("found@0.5", "found@0.8", "attributed")
_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"'s\b")
_MARK_IN_WORD = re.compile(r"(?<=\w)['\".](?=\w)")
_LETTERS = str.maketrans(
    {"ـ": "", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ک": "ك"}
    | dict.fromkeys("أإآ", "ا")
    | dict.fromkeys("’‘ʼ׳", "'")
    | dict.fromkeys("״“”„", '"')
)


@dataclass(frozen=True)
class Judged:
    """What the measure looks at in one statement, annotated or extracted. ``speech``: it was said or written."""

    content: tuple[Span, ...]
    kind: str | None = None
    cue: Span | None = None
    speaker: Span | None = None
    speaker_name: str | None = None
    speech: bool = True
    confidence: float | None = None


@dataclass(frozen=True)
class Passage:
    """An annotated text and what was extracted from it."""

    text: str
    gold: tuple[Judged, ...]
    predicted: tuple[Judged, ...]
    lang: str = "und"


@dataclass
class Figures:
    """Counts of one class of statements; ``right_gold`` and ``right_predicted`` are by metric."""

    gold: int = 0
    predicted: int = 0
    right_gold: Counter[str] = field(default_factory=Counter)
    right_predicted: Counter[str] = field(default_factory=Counter)

    def precision(self, metric: str) -> float:
        """Share of the predictions that are right; 0 where there are none."""
        return self.right_predicted[metric] / self.predicted if self.predicted else 0.0

    def recall(self, metric: str) -> float:
        """Share of the annotated statements that were found; 0 where there are none."""
        return self.right_gold[metric] / self.gold if self.gold else 0.0

    def f1(self, metric: str) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision(metric), self.recall(metric)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The counts and, by metric, P, R and F1 rounded to four places."""
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            **{
                metric: {
                    "P": round(self.precision(metric), 4),
                    "R": round(self.recall(metric), 4),
                    "F1": round(self.f1(metric), 4),
                    "right_predicted": self.right_predicted[metric],
                    "right_gold": self.right_gold[metric],
                }
                for metric in METRICS
            },
        }


@dataclass
class Scores:
    """Figures over all statements, by kind, and of direct ones matched among themselves; ``kinds`` counts the pairs
    found at 0.5 by their annotated and their extracted kind."""

    all: Figures = field(default_factory=Figures)
    by_kind: dict[str, Figures] = field(default_factory=lambda: {kind: Figures() for kind in KINDS})
    direct_only: Figures = field(default_factory=Figures)
    kinds: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    certainty: dict[float, list[int]] = field(default_factory=dict)
    """Least confidence of a class -> predictions in it, and how many of them are attributed rightly."""

    def rows(self) -> dict[str, Figures]:
        """All figures by the name of their class."""
        return {"all": self.all, **self.by_kind, "direct-only": self.direct_only}

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain values, for JSON."""
        pairs = sorted(self.kinds.items(), key=lambda item: str(item[0]))
        return {
            **{name: figures.as_dict() for name, figures in self.rows().items()},
            "kind": {f"{gold} as {predicted}": count for (gold, predicted), count in pairs},
            "confidence": {
                f"{least:.2f}": {"predicted": predicted, "right": right}
                for least, (predicted, right) in sorted(self.certainty.items(), reverse=True)
            },
        }


def evaluate(passages: Iterable[Passage], *, speech_only: bool = False, nested_neutral: bool = False) -> Scores:
    """The scores over all ``passages``.

    ``speech_only``     annotated statements that are no speech are neutral: they need not be found, and a prediction
                        that found one is left out
    ``nested_neutral``  a prediction without a partner that lies, with cue and speaker, inside the content of one
                        annotated statement is left out (for annotations that leave nested statements out)
    """
    scores = Scores()
    for passage in passages:
        _score_passage(passage, scores, speech_only=speech_only, nested_neutral=nested_neutral)
    return scores


def gold_from_dict(record: dict[str, Any]) -> tuple[Judged, ...]:
    """The annotated statements of one gold object. Raises KeyError, TypeError or ValueError where it is malformed."""
    return tuple(
        Judged(
            content=tuple((int(start), int(end)) for start, end in statement["content"]),
            kind=statement["kind"],
            cue=_span(statement.get("cue")),
            speaker=_span(statement.get("speaker")),
            speaker_name=statement.get("speaker_name"),
            speech=statement.get("speech") is not False,
        )
        for statement in record["statements"]
    )


def predicted_from(annotations: Annotations) -> tuple[Judged, ...]:
    """The extracted statements of one document."""
    return tuple(
        Judged(
            content=statement.content,
            kind=statement.kind,
            cue=statement.cue,
            speaker=statement.speaker.span if statement.speaker else None,
            speaker_name=statement.speaker.name if statement.speaker else None,
            confidence=statement.confidence,
        )
        for statement in annotations.statements
    )


def _span(value: Sequence[int] | None) -> Span | None:
    if not value:
        return None
    start, end = value
    return int(start), int(end)


@dataclass(frozen=True)
class Pair:
    """An annotated and an extracted statement with a word in common, by their numbers in the passage."""

    gold: int
    predicted: int
    f1: float
    cues_overlap: bool
    speaker_right: bool

    def rank(self) -> tuple[float, bool, bool, int, int]:
        """Sorts the better pair first; equal ones by cue, speaker and place."""
        return -self.f1, not self.cues_overlap, not self.speaker_right, self.gold, self.predicted

    def is_right(self, metric: str) -> bool:
        """Whether the pair counts by ``metric``, one of ``METRICS``."""
        if metric == "found@0.8":
            return self.f1 >= 0.8
        return self.f1 >= 0.5 and (metric == "found@0.5" or self.speaker_right)


def _score_passage(passage: Passage, scores: Scores, *, speech_only: bool, nested_neutral: bool) -> None:
    gold, predicted = passage.gold, passage.predicted
    pairs = all_pairs(passage)
    neutral = {number for number, statement in enumerate(gold) if speech_only and not statement.speech}
    matched = match_pairs(pairs)
    found = {pair.predicted: pair.gold for pair in matched if pair.f1 >= 0.5}
    left_out = {number for number, partner in found.items() if partner in neutral}
    if nested_neutral:
        left_out |= {n for n, one in enumerate(predicted) if n not in found and is_inside_one(one, gold)}

    for number, statement in enumerate(gold):
        if number not in neutral:
            scores.all.gold += 1
            scores.by_kind[str(statement.kind)].gold += 1
    for number, statement in enumerate(predicted):
        if number not in left_out:
            scores.all.predicted += 1
            if statement.kind in scores.by_kind:
                scores.by_kind[statement.kind].predicted += 1
    for pair in matched:
        if pair.gold in neutral or pair.predicted in left_out:
            continue
        gold_kind, predicted_kind = gold[pair.gold].kind, predicted[pair.predicted].kind
        if pair.f1 >= 0.5:
            scores.kinds[gold_kind, predicted_kind] += 1
        for metric in filter(pair.is_right, METRICS):
            scores.all.right_gold[metric] += 1
            scores.all.right_predicted[metric] += 1
            scores.by_kind[str(gold_kind)].right_gold[metric] += 1
            if predicted_kind in scores.by_kind:
                scores.by_kind[predicted_kind].right_predicted[metric] += 1

    right = {pair.predicted for pair in matched if pair.is_right("attributed") and pair.gold not in neutral}
    for number, statement in enumerate(predicted):
        if number not in left_out and statement.confidence is not None:
            least = next(bound for bound in CONFIDENCE_CLASSES if statement.confidence >= bound)
            counts = scores.certainty.setdefault(least, [0, 0])
            counts[0] += 1
            counts[1] += number in right

    # Direct statements among themselves; a prediction that found one of another kind is no mistake there.
    direct_gold = {n for n, one in enumerate(gold) if one.kind == "direct" and n not in neutral}
    others = left_out | {number for number, partner in found.items() if gold[partner].kind != "direct"}
    direct_predicted = {n for n, one in enumerate(predicted) if one.kind == "direct" and n not in others}
    scores.direct_only.gold += len(direct_gold)
    scores.direct_only.predicted += len(direct_predicted)
    for pair in match_pairs(pairs, lambda pair: pair.gold in direct_gold and pair.predicted in direct_predicted):
        for metric in filter(pair.is_right, METRICS):
            scores.direct_only.right_gold[metric] += 1
            scores.direct_only.right_predicted[metric] += 1


def all_pairs(passage: Passage) -> list[Pair]:
    """Every annotated and extracted statement with a word in common, best pair first."""
    words = [match.span() for match in _WORD.finditer(passage.text)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    gold_tokens = [_tokens(starts, ends, statement.content) for statement in passage.gold]
    predicted_tokens = [_tokens(starts, ends, statement.content) for statement in passage.predicted]
    pairs = []
    for g, gold in enumerate(passage.gold):
        for p, predicted in enumerate(passage.predicted):
            common = len(gold_tokens[g] & predicted_tokens[p])
            if common:
                f1 = 2.0 * common / (len(gold_tokens[g]) + len(predicted_tokens[p]))
                right = _speaker_right(gold, predicted, passage.text)
                pairs.append(Pair(g, p, f1, _overlap(gold.cue, predicted.cue), right))
    return sorted(pairs, key=Pair.rank)


def _tokens(starts: list[int], ends: list[int], content: Iterable[Span]) -> set[int]:
    """Numbers of the words that the spans touch; ``starts`` and ``ends`` are those of all words, in order."""
    touched: set[int] = set()
    for start, end in content:
        touched.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return touched


def match_pairs(pairs: list[Pair], allowed: Callable[[Pair], bool] = lambda pair: True) -> list[Pair]:
    """The pairs that are kept one to one, best first; ``pairs`` are sorted."""
    gold_taken: set[int] = set()
    predicted_taken: set[int] = set()
    matched = []
    for pair in pairs:
        if pair.gold not in gold_taken and pair.predicted not in predicted_taken and allowed(pair):
            gold_taken.add(pair.gold)
            predicted_taken.add(pair.predicted)
            matched.append(pair)
    return matched


def is_inside_one(predicted: Judged, gold: Sequence[Judged]) -> bool:
    """Whether a prediction lies with cue and speaker inside the content of one annotated statement."""
    if not predicted.cue:
        return False
    spans = [*predicted.content, predicted.cue, *([predicted.speaker] if predicted.speaker else [])]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return any(
        min(start for start, _ in one.content) <= first and last <= max(end for _, end in one.content) for one in gold
    )


def _speaker_right(gold: Judged, predicted: Judged, text: str) -> bool:
    if not gold.speaker and not gold.speaker_name:
        return not predicted.speaker and not predicted.speaker_name
    if _overlap(gold.speaker, predicted.speaker):
        return True
    name = predicted.speaker_name
    if not name and predicted.speaker:
        name = text[slice(*predicted.speaker)]
    return names_agree(gold.speaker_name, name)


def _overlap(first: Span | None, second: Span | None) -> bool:
    return first is not None and second is not None and first[0] < second[1] and second[0] < first[1]


def names_agree(first: str | None, second: str | None) -> bool:
    """Whether the words of one name are among those of the other, spelling aside."""
    words, others = _name_words(first or ""), _name_words(second or "")
    return bool(words) and bool(others) and (words <= others or others <= words)


@lru_cache(maxsize=10_000)
def _name_words(name: str) -> frozenset[str]:
    # The fold of this measure, not that of tracker.text: figures must not move when the extractor's fold does.
    parts = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    kept = "".join(
        char for char in parts if unicodedata.category(char)[0] != "M" and unicodedata.category(char) != "Cf"
    )
    plain = kept.translate(_LETTERS).casefold()
    plain = _MARK_IN_WORD.sub("", _POSSESSIVE.sub("", plain))
    empty, pronouns = _word_lists()
    words = frozenset(_WORD.findall(plain.replace("_", " "))) - empty
    return frozenset() if words <= pronouns else words


@lru_cache(maxsize=1)
def _word_lists() -> tuple[frozenset[str], frozenset[str]]:
    lists = read_toml(Path(__file__).with_name("evaluation.toml"))
    return frozenset(lists["empty"]), frozenset(lists["pronouns"])
