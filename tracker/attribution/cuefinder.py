"""Finds the cues of a paragraph: one dictionary access a word, phrases by their first word, longest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.attribution.lexicon import AUXILIARY, COORDINATOR, FILLER, INFINITIVE, NEGATOR, RELATIVE, CueForm
from tracker.attribution.tokens import Paragraph
from tracker.lang.cues import Cue

MAX_AUXILIARIES = 4


@dataclass(slots=True)
class CueMatch:
    """One occurrence of a cue in a paragraph; ``first`` and ``last`` are token indices, half-open."""

    first: int
    last: int
    form: CueForm
    group_first: int
    """First token of the verb group: auxiliaries, negators and adverbs before the cue included."""
    negated: bool
    auxiliary: bool
    infinitive: bool
    relative: bool
    """A relative pronoun stands right before the group."""
    sentence: int
    quotation: int
    """Index of the quotation the cue stands in, or -1."""

    @property
    def start_offset(self) -> int:
        """Letters of an attached conjunction that are no part of the cue."""
        return self.form.clitic


MAX_LABEL = 10
"""Tokens of a label before a colon: The minister of health: we are ready."""
_LABEL = CueForm(
    Cue(id="label", takes=("colon", "quote"), places=("before",), prior=0.3),
    "label",
    "",
    "",
    0,
    pronoun=False,
    takes=frozenset(("colon", "quote")),
)


def find_cues(paragraph: Paragraph) -> list[CueMatch]:
    """All cue occurrences in text order; a word is part of one of them at most.

    The colon behind a label that opens a sentence is a cue too (class ``label``).
    """
    table = paragraph.lexicon.cue_forms
    pseudo = paragraph.lexicon.pseudo
    norms = paragraph.norms
    count = len(norms)
    sentence_of = paragraph.sentence_of
    found: list[CueMatch] = []
    taken = 0
    starts = paragraph.lexicon.cue_starts
    for token in [token for token, norm in enumerate(norms) if norm in starts]:
        norm = norms[token]
        if norm not in table:
            if norm in pseudo and token >= taken:
                taken = max(taken, token + _pseudo(norms, token, pseudo[norm]))
            if norm == ":" and _is_label(paragraph, token):
                found.append(_match(paragraph, token, token + 1, _LABEL))
            continue
        if token < taken:
            continue
        if norm in pseudo and (skip := _pseudo(norms, token, pseudo[norm])):
            taken = token + skip
            continue
        entry = table[norm]
        forms = entry.alone
        last = token + 1
        if entry.phrases and last < count and norms[last] in entry.phrases:
            for phrase in entry.phrases[norms[last]]:
                end = last + len(phrase.rest)
                if tuple(norms[last:end]) == phrase.rest and sentence_of[token] == sentence_of[end - 1]:
                    forms, last = (phrase,), end
                    break
        for form in forms:
            found.append(_match(paragraph, token, last, form))
            taken = last
    return found


def is_joined(paragraph: Paragraph, cue: CueMatch) -> bool:
    """Whether a conjunction joins the cue to what stands before, as a word of its own or written as one with it."""
    return cue.form.clitic > 0 or is_coordinated(paragraph, cue)


def is_coordinated(paragraph: Paragraph, cue: CueMatch) -> bool:
    """Whether a conjunction that is a word of its own stands before the cue."""
    return cue.group_first > 0 and bool(paragraph.flags[cue.group_first - 1] & COORDINATOR)


def _pseudo(norms: list[str], token: int, seconds: Mapping[str, tuple[tuple[str, ...], ...]]) -> int:
    """Tokens of the phrase at ``token`` that only looks like a cue, or 0; ``seconds`` are the rests by second word."""
    if token + 1 < len(norms) and norms[token + 1] in seconds:
        for rest in seconds[norms[token + 1]]:
            if len(rest) == 1 or tuple(norms[token + 1 : token + 1 + len(rest)]) == rest:
                return 1 + len(rest)
    return 1 if "" in seconds else 0


def _is_label(paragraph: Paragraph, token: int) -> bool:
    first = paragraph.sentences[paragraph.sentence_of[token]].first
    if not first < token <= first + MAX_LABEL or paragraph.inside[token] >= 0:
        return False
    return ":" not in paragraph.norms[first:token]


def _match(paragraph: Paragraph, first: int, last: int, form: CueForm) -> CueMatch:
    flags = paragraph.flags
    sentence = paragraph.sentence_of[first]
    floor = paragraph.sentences[sentence].first
    quotation = paragraph.inside[first]
    if quotation >= 0:
        floor = max(floor, paragraph.quotations[quotation].first)
    group = first
    negated = auxiliary = infinitive = False
    if form.cue_class in ("finite", "passive", "infinitive", "participle") and not form.clitic:
        while group > floor and first - group < MAX_AUXILIARIES:
            before = flags[group - 1]
            if before & (AUXILIARY | NEGATOR | INFINITIVE):
                negated = negated or bool(before & NEGATOR)
                auxiliary = auxiliary or bool(before & AUXILIARY)
                infinitive = infinitive or bool(before & INFINITIVE)
            elif not before & FILLER:
                break
            group -= 1
        while group < first and not flags[group] & (AUXILIARY | NEGATOR | INFINITIVE):
            group += 1
    relative = group > floor and bool(flags[group - 1] & RELATIVE)
    return CueMatch(first, last, form, group, negated, auxiliary, infinitive, relative, sentence, quotation)
