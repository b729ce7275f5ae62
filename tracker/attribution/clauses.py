"""Where a clause of content may begin and end: complementisers, fillers, addressees, the next cue, commas."""

from __future__ import annotations

from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.lexicon import (
    ADJUNCT,
    COMPLEMENTISER,
    COORDINATOR,
    DATE,
    FILLER,
    NAME_PREPOSITION,
    PREPOSITION,
    RELATIVE,
    SOURCE_WORD,
    SUBORDINATOR,
    SURNAME,
)
from tracker.attribution.phrases import phrase_after
from tracker.attribution.reading import Reading, Scope, TokenRange, clause
from tracker.attribution.tokens import Paragraph

MAX_LATER_CUES = 24
"""Cues behind one that may end its content; a sentence of a newspaper holds fewer."""


def places_of(cue: CueMatch, paragraph: Paragraph) -> tuple[str, ...]:
    """Where the speaker of this cue may stand, most usual first."""
    if cue.form.cue.places and cue.form.cue_class not in ("participle",):
        return cue.form.cue.places
    if cue.form.cue_class == "finite":
        return paragraph.lexicon.default_order
    if cue.form.cue_class == "preposition":
        return ("none",) if cue.form.pronoun else ("after",)
    if cue.form.cue_class == "noun":
        return ("none",) if cue.form.pronoun else ("possessor",)
    if cue.form.cue_class == "infinitive":
        return ("before",)
    return ("from",) if cue.form.sources else ("none",)


def next_verb(cues: list[CueMatch], number: int, limit: int) -> int:
    """Token of the next verb that is a cue itself: no complement of this one begins behind it."""
    for other in cues[number + 1 : number + 1 + MAX_LATER_CUES]:
        if other.first >= limit:
            break
        if other.form.cue_class in ("finite", "passive", "participle") and other.form.cue.prior >= 0.3:
            return other.first
    return limit


def after_fillers(paragraph: Paragraph, token: int, limit: int) -> int:
    """First token from ``token`` that is no filler or date."""
    flags = paragraph.flags
    while token < limit and flags[token] & (FILLER | DATE) and not flags[token] & (COMPLEMENTISER | SOURCE_WORD):
        token += 1
    return token


def behind_addressee(paragraph: Paragraph, token: int, scope: Scope, cue: CueMatch) -> int:
    """One past whom it was said to: told reporters on Monday | the plan …"""
    if token < scope.last and paragraph.norms[token] in cue.form.addressee:
        token += 1
    elif not cue.form.cue.addressee_bare:
        return token
    phrase = phrase_after(paragraph, token, min(scope.last, token + 12))
    return after_fillers(paragraph, phrase[1], scope.last) if phrase else token


def glued_preposition(paragraph: Paragraph, token: int, cue: CueMatch) -> str:
    """The preposition of the cue that is written as one with the word at ``token``, or nothing."""
    joined = paragraph.lexicon.joined(cue.form.prepositions)
    norm = paragraph.norms[token]
    if not norm.startswith(joined) or paragraph.flags[token] & (COMPLEMENTISER | PREPOSITION | ADJUNCT):
        return ""
    if paragraph.lexicon.words.get(norm, 0) & ~NAME_PREPOSITION or paragraph.flags[token] & SURNAME:
        return ""  # a word of its own that begins with the letter
    for preposition in joined:
        if norm.startswith(preposition) and len(norm) - len(preposition) >= 2:
            return preposition
    return ""


def behind_glued(paragraph: Paragraph, token: int) -> tuple[int, int]:
    """Letters to skip and first content token behind a glued complementiser at ``token``."""
    norm = paragraph.norms[token]
    for form in paragraph.lexicon.glued_complementisers:
        if norm.startswith(form):
            if norm.rstrip("-") == form:
                return 0, token + 1
            return len(form), token
    return 0, token


def paragraph_end(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> int:
    """One past the last token that an unmarked content behind a colon may reach."""
    if cue.quotation >= 0:
        return scope.last
    return len(paragraph)


def clauses(
    complement: str,
    first: int,
    cue: CueMatch,
    cues: list[CueMatch],
    number: int,
    scope: Scope,
    gap: TokenRange,
    paragraph: Paragraph,
) -> list[Reading]:
    """The clause from ``first`` to each place where it may end."""
    return [
        clause(complement, first, last, gap, name)
        for name, last in clause_ends(paragraph, first, cue, cues, number, scope)
        if last > first
    ]


def clause_ends(
    paragraph: Paragraph, first: int, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope
) -> list[tuple[str, int]]:
    """Where a content that begins at ``first`` may end: the sentence, the next cue, a comma that opens a clause."""
    norms, flags = paragraph.norms, paragraph.flags
    ends: list[tuple[str, int]] = [("sentence", scope.last)]
    for other in cues[number + 1 : number + 1 + MAX_LATER_CUES]:
        if other.first >= scope.last:
            break
        if other.first <= first or other.quotation != cue.quotation:
            continue
        before = other.group_first - 1
        while before > first and flags[before] & (COORDINATOR | FILLER | RELATIVE):
            before -= 1
        at_comma = norms[before] in (",", ";", "-")
        joined = other.start_offset > 0 or bool(flags[other.group_first - 1] & COORDINATOR)
        if other.form.cue_class == "participle" and (at_comma or not paragraph.lexicon.cased):
            ends.append(("participle", other.group_first))
        elif other.form.cue_class == "preposition" and at_comma:
            ends.append(("according", other.group_first))
        elif other.form.cue_class == "preposition":
            ends.append(("according-bare", other.group_first))
        elif other.form.cue_class == "finite" and (at_comma or joined):
            end = before if at_comma else before + 1
            ends.append(("cue-comma" if at_comma and not joined else "cue-joined", end))
        if len(ends) >= 4:
            break
    inside = paragraph.inside
    for token in range(first + 2, scope.last - 2):
        if inside[token] != cue.quotation and inside[token] >= 0:
            continue
        if norms[token] == "," and token + 1 < scope.last:
            following = flags[token + 1]
            if following & SUBORDINATOR:
                ends.append(("subordinator", token))
                break
    for token in range(first + 2, scope.last - 1):
        if flags[token] & SUBORDINATOR and norms[token - 1] != "," and inside[token] == cue.quotation:
            ends.append(("subordinator-bare", token))
            break
    if "object" in cue.form.cue.takes or "preposition" in cue.form.cue.takes or "bare" in cue.form.cue.takes:
        for token in range(first + 1, scope.last - 1):
            if norms[token] == "," and inside[token] == cue.quotation:
                ends.append(("comma", token))
                break
    return ends


def opened_topic(paragraph: Paragraph, first: int, limit: int) -> int | None:
    """First token behind what opens a sentence by saying what was asked or is spoken of; None where nothing does."""
    first = skip_asides(paragraph, first, limit)
    if first >= limit:
        return None
    for rest in paragraph.lexicon.topic_openers.get(paragraph.norms[first], ()):
        if tuple(paragraph.norms[first + 1 : first + 1 + len(rest)]) == rest:
            return first + 1 + len(rest)
    return None


def skip_asides(paragraph: Paragraph, first: int, limit: int) -> int:
    """First token behind a coordinator or an opening aside (in turn, من جهته) with its comma."""
    norms, flags = paragraph.norms, paragraph.flags
    while first < limit and norms[first] in ("-", "*", "'", "•"):
        first += 1
    for rest in paragraph.lexicon.asides.get(norms[first], ()) if first < limit else ():
        if tuple(norms[first + 1 : first + 1 + len(rest)]) == rest:
            first += 1 + len(rest)
            if first < limit and norms[first] == ",":
                first += 1
            break
    if first < limit and flags[first] & COORDINATOR:
        first += 1
    return first
