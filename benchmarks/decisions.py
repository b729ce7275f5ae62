"""Annotated documents as the decisions the weight tables are learned from: every choice with its candidates.

Each object has ``text`` and ``statements`` (``content``, ``cue``, ``speaker``, ``speaker_name``, ``speech``). A cue's
candidates compete with "no statement"; the right ones are those whose content agrees with an annotated one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.attribution import scoring
from tracker.attribution.antecedents import Antecedent
from tracker.attribution.confidence import confidence_features
from tracker.attribution.contents import content_spans
from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.drafts import Draft
from tracker.attribution.features import expand_all
from tracker.attribution.layout import article_paragraphs
from tracker.attribution.reading import Reading, scope_of
from tracker.attribution.readings import readings_of
from tracker.attribution.speakers import speaker_candidates
from tracker.attribution.statements import UNCUED_THRESHOLD, cue_span, drafts_of, resolve_speakers
from tracker.attribution.tokens import Paragraph, Quotation
from tracker.attribution.uncued import Option, add_uncued
from tracker.records import Document
from tracker.report.evaluation import (
    Judged,
    Passage,
    all_pairs,
    gold_from_dict,
    is_inside_one,
    match_pairs,
    names_agree,
)
from tracker.segment import segment_document
from tracker.text import fold


@dataclass
class Choice:
    """One decision: the features of every candidate and the share of truth of each; ``weight`` of the decision."""

    candidates: list[dict[str, float]]
    truth: list[float]
    weight: float = 1.0


@dataclass
class Choices:
    """The decisions of one or more documents, by the table that weighs them."""

    content: list[Choice] = field(default_factory=list)
    speaker: list[Choice] = field(default_factory=list)
    uncued: list[Choice] = field(default_factory=list)
    antecedent: list[Choice] = field(default_factory=list)
    confidence: list[Choice] = field(default_factory=list)


def paragraphs_of(text: str, lang: str) -> list[Paragraph]:
    """The paragraphs of all articles of the text."""
    layout = segment_document(Document("", text, "", "", lang=lang))
    return article_paragraphs(text, layout.segments, (lang,))


def overlap(one: Sequence[int] | None, other: Sequence[int] | None) -> bool:
    """Whether two spans share a character."""
    return bool(one) and bool(other) and one[0] < other[1] and other[0] < one[1]


def overlap_share(one: Sequence[int] | None, other: Sequence[int]) -> float:
    """Characters that two spans share, as a part of those that either has."""
    if not one:
        return 0.0
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def same_words(one: str, other: str) -> bool:
    """Whether the words of one are all among the other's."""
    a, b = set(fold(one).split()), set(fold(other).split())
    return bool(a) and bool(b) and (a <= b or b <= a)


class Gold:
    """The annotated statements of one text, as sets of word positions."""

    def __init__(self, paragraphs: Sequence[Paragraph], statements: list[dict[str, Any]]) -> None:
        self.statements = statements
        self.partial = any("speech" in statement for statement in statements)
        """The annotation leaves nested statements out (PolNeAR)."""
        self.starts = [start for paragraph in paragraphs for start in paragraph.starts]
        self.contents = [self.words(paragraphs, statement["content"]) for statement in statements]

    @staticmethod
    def words(paragraphs: Sequence[Paragraph], spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Start offsets of the words that the spans touch."""
        found = set()
        for start, end in spans:
            for paragraph in paragraphs:
                if paragraph.end_char <= start or paragraph.start_char >= end:
                    continue
                for token, place in enumerate(paragraph.starts):
                    if place < end and paragraph.ends[token] > start and paragraph.is_word(token):
                        found.add(place)
        return frozenset(found)

    def best(self, words: frozenset[int], among: Iterable[int]) -> tuple[float, int]:
        """Best token F1 with one of the statements ``among``, and which."""
        best, which = 0.0, -1
        for number in among:
            both = len(words & self.contents[number])
            if both:
                value = 2 * both / (len(words) + len(self.contents[number]))
                if value > best:
                    best, which = value, number
        return best, which


def reading_words(paragraph: Paragraph, reading: Reading) -> frozenset[int]:
    """Start offsets of the words of a candidate content."""
    return frozenset(
        paragraph.starts[token]
        for first, last in reading.content
        for token in range(first, last)
        if paragraph.is_word(token)
    )


def cue_choices(paragraph: Paragraph, gold: Gold, choices: Choices) -> None:
    """The content and speaker decisions of one paragraph."""
    cues = find_cues(paragraph)
    right: dict[int, int] = {}
    for index, cue in enumerate(cues):
        span = paragraph.span(cue.first, cue.last)
        group = (paragraph.starts[cue.group_first], span[1])
        touching = [n for n, s in enumerate(gold.statements) if overlap(s.get("cue"), group)]
        if any(gold.statements[n].get("speech") is False for n in touching):
            continue
        inside = [n for n, s in enumerate(gold.statements) if any(a <= span[0] < b for a, b in s["content"])]
        if gold.partial and (cue.quotation >= 0 or (inside and not touching)):
            continue  # nested attributions are not annotated there
        readings = readings_of(paragraph, cue, cues, index)
        if not readings:
            continue
        among = touching or [
            n for n, s in enumerate(gold.statements) if not s.get("cue") and s.get("speech") is not False
        ]
        values = [gold.best(reading_words(paragraph, reading), among) for reading in readings]
        best = max(value for value, _ in values)
        truth = [0.0] * (len(readings) + 1)
        if best >= 0.5:
            close = [place for place, (value, _) in enumerate(values) if value >= best - 0.02]
            for place in close:
                truth[place + 1] = 1.0 / len(close)
            right[index] = values[close[0]][1]
            chosen = readings[close[0]]
            _speaker_choice(paragraph, cue, chosen, cues, index, right, gold, choices)
        else:
            truth[0] = 1.0
        choices.content.append(Choice([{}, *(expand_all(reading.parts) for reading in readings)], truth))


def _speaker_choice(
    paragraph: Paragraph,
    cue: CueMatch,
    reading: Reading,
    cues: list[CueMatch],
    index: int,
    right: dict[int, int],
    gold: Gold,
    choices: Choices,
) -> None:
    scope = scope_of(paragraph, cue)
    earlier = -1
    for other in right:
        if other < index and scope.first <= cues[other].first < cue.first and cues[other].quotation == cue.quotation:
            earlier = other
    statement = gold.statements[right[index]]
    candidates = speaker_candidates(paragraph, cue, reading, scope, earlier)
    truth = []
    for candidate in candidates:
        value = 0.0
        if candidate.phrase is not None:
            span = paragraph.span(*candidate.phrase)
            value = overlap_share(statement.get("speaker"), span)
            if not statement.get("speaker") and statement.get("speaker_name"):
                value = float(same_words(statement["speaker_name"], paragraph.text[span[0] : span[1]]))
        elif candidate.place == "same":
            before = gold.statements[right[earlier]]
            same_span = statement.get("speaker") and before.get("speaker") == statement.get("speaker")
            same_name = statement.get("speaker_name") and before.get("speaker_name") == statement.get("speaker_name")
            if same_span or (same_name and not statement.get("speaker")):
                value = 1.0
        elif not statement.get("speaker"):
            value = 0.3 if any(truth) else 1.0
        truth.append(value)
    if not any(truth):
        truth[-1] = 1.0
    total = sum(truth)
    choices.speaker.append(
        Choice([expand_all(candidate.parts) for candidate in candidates], [value / total for value in truth])
    )


def uncued_choices(paragraphs: Sequence[Paragraph], gold: Gold, drafts: list[Draft], choices: Choices) -> None:
    """Decisions for quotations that no cue took, seen as the present weights leave them."""
    weights = scoring.weights_of(paragraphs[0].lexicon.code)

    def observe(paragraph: Paragraph, quotation: Quotation, options: list[Option]) -> None:
        words = frozenset(
            paragraph.starts[token] for token in range(quotation.first, quotation.last) if paragraph.is_word(token)
        )
        holding = [number for number, content in enumerate(gold.contents) if len(words & content) >= 0.8 * len(words)]
        if any(gold.statements[number].get("speech") is False for number in holding):
            return
        truth = [1.0] + [0.0] * len(options)
        for place, option in enumerate(options, 1):
            if option.joins is not None:
                before = reading_words(option.joins.content_paragraph, option.joins.reading)
                if any(len(before & gold.contents[number]) >= 0.5 * len(before) for number in holding):
                    truth = [0.0] * len(truth)
                    truth[place] = 1.0
                    break
            elif any(2 * len(words) >= len(gold.contents[number]) for number in holding):
                truth = [0.0] * len(truth)
                truth[place] = 1.0
            elif holding and gold.partial:
                return
        choices.uncued.append(Choice([{}, *(expand_all(option.parts) for option in options)], truth))

    add_uncued(paragraphs, [draft for draft in drafts if draft.cue is not None], weights, UNCUED_THRESHOLD, observe)


def antecedent_choices(paragraphs: Sequence[Paragraph], gold: Gold, drafts: list[Draft], choices: Choices) -> None:
    """Decisions who an implied speaker is, seen as the present weights leave the drafts and the speakers before."""

    def observe(draft: Draft, candidates: list[Antecedent]) -> None:
        words = reading_words(draft.content_paragraph, draft.reading)
        value, which = gold.best(words, range(len(gold.statements)))
        if value < 0.5:
            return
        statement = gold.statements[which]
        name = statement.get("speaker_name")
        truth = []
        for candidate in candidates:
            if candidate.person is None:
                truth.append(float(not name and not statement.get("speaker")))
            else:
                truth.append(float(names_agree(name, candidate.person.name)))
        if any(truth):
            total = sum(truth)
            features = [expand_all(candidate.parts) for candidate in candidates]
            choices.antecedent.append(Choice(features, [value / total for value in truth]))

    resolve_speakers(paragraphs, drafts, observe)


def collect(record: dict[str, Any], lang: str) -> Choices:
    """All decisions of an annotated document, about quotations and antecedents as the present weights meet them."""
    choices = Choices()
    paragraphs = paragraphs_of(record["text"], lang)
    if paragraphs:
        gold = Gold(paragraphs, record["statements"])
        drafts, _ = drafts_of(paragraphs)
        antecedent_choices(paragraphs, gold, drafts, choices)
        uncued_choices(paragraphs, gold, drafts, choices)
        for paragraph in paragraphs:
            cue_choices(paragraph, gold, choices)
    return choices


def confidence_choices(record: dict[str, Any], lang: str) -> list[Choice]:
    """For each statement that the present weights make of a document: its features, and whether it is right.

    The second candidate is "right", the first "wrong". Statements that found an annotation which is no speech, or that
    lie inside one, are left out.
    """
    paragraphs = paragraphs_of(record["text"], lang)
    if not paragraphs:
        return []
    drafts, _ = drafts_of(paragraphs)
    found = resolve_speakers(paragraphs, drafts)
    text = record["text"]
    predicted = tuple(
        Judged(
            content=content_spans(text, draft),
            cue=cue_span(draft),
            speaker=mention.span if mention is not None else None,
            speaker_name=mention.name if mention is not None else None,
        )
        for draft, mention in found
    )
    passage = Passage(text, gold_from_dict(record), predicted, lang)
    partial = any("speech" in statement for statement in record["statements"])
    pairs = {pair.predicted: pair for pair in match_pairs(all_pairs(passage)) if pair.f1 >= 0.5}
    choices = []
    for number, (draft, mention) in enumerate(found):
        pair = pairs.get(number)
        if pair is not None and not passage.gold[pair.gold].speech:
            continue
        if partial and pair is None and is_inside_one(predicted[number], passage.gold):
            continue
        right = float(pair is not None and pair.speaker_right)
        choices.append(Choice([{}, confidence_features(draft, mention)], [1.0 - right, right]))
    return choices
