"""Candidate contents before a cue: a quotation that ends there, a clause set off by a comma."""

from __future__ import annotations

from tracker.attribution.clauses import skip_asides
from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.lexicon import (
    AUXILIARY,
    COMPLEMENTISER,
    DETERMINER,
    PERSON_WORD,
    RELATIVE,
    SOURCE_WORD,
    SUBORDINATOR,
    VERB,
)
from tracker.attribution.reading import Reading, Scope, clause, quoted
from tracker.attribution.tokens import Paragraph, Quotation, quotation_at

SHORT_QUOTATION = 3
MAX_SPEAKER = 24
"""Tokens of the speaker between a comma and the cue."""
MAX_COMMAS = 3
MAX_DESCRIPTION = 8
"""Words of a description between two commas."""


def left_readings(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> list[Reading]:
    """All candidates before ``cue``."""
    takes = cue.form.takes
    found: list[Reading] = []
    if cue.form.cue_class in ("noun",) and "inverted" not in takes:
        return found
    if cue.quotation < 0 and ("quote" in takes or "inverted" in takes):
        quotation = _quotation_before(paragraph, cue)
        if quotation is not None:
            gap = (quotation.closes_at, cue.group_first)
            found.append(quoted([quotation], gap, "quote-before"))
            second = _quotation_behind(paragraph, cue)
            if second is not None:
                reading = quoted([quotation, second], gap, "quote-split")
                found.append(reading)
    if "inverted" in takes and cue.form.cue_class in ("finite", "passive") and not _opens_clause(paragraph, cue, scope):
        resume = _resumed(paragraph, cue, scope)
        for comma in _outside_appositions(paragraph, _commas_before(paragraph, cue, scope), cue.group_first):
            first = skip_asides(paragraph, scope.first, comma)
            if comma - first < 2 or (comma + 1 == cue.group_first and _nobody_behind(paragraph, cue, scope)):
                continue
            gap = (comma + 1, cue.group_first)
            found.append(clause("inverted", first, comma, gap, "comma"))
            if resume is not None:
                reading = clause("inverted-split", first, comma, gap, "comma")
                reading.content.append((resume, scope.last))
                found.append(reading)
    return found


def _opens_clause(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> bool:
    """Whether the cue is joined to what stands before as a clause of its own: …, where he said that."""
    if cue.form.clitic:
        return True
    before = cue.group_first - 1
    return (
        before >= scope.first
        and bool(paragraph.flags[before] & SUBORDINATOR)
        and (paragraph.norms[before] not in paragraph.lexicon.report_openers)
    )


def _quotation_before(paragraph: Paragraph, cue: CueMatch) -> Quotation | None:
    """The quotation that ends before the cue with nothing but the speaker's phrase between."""
    norms, flags = paragraph.norms, paragraph.flags
    token = cue.group_first - 1
    steps = 0
    while token >= 0 and steps < 30:
        if norms[token] in ('"', "'"):
            for quotation in paragraph.quotations:
                if quotation.closes_at == token + 1 and quotation.closed:
                    if quotation.words <= 2 and steps and norms[token - 1] not in (",", ".", "?", "!", "…"):
                        break  # a name in marks inside the speaker's phrase
                    if norms[quotation.last - 1] == "." and not paragraph.lexicon.cased:
                        return None  # the sentence ended inside the marks; the cue opens the next one
                    return quotation
            else:
                return None
            token = quotation.opens_at - 1
            steps += 1
            continue
        if norms[token] in (":", ";", "?", "!") or flags[token] & COMPLEMENTISER:
            return None
        if norms[token] == "." and paragraph.sentence_of[token + 1] != paragraph.sentence_of[token]:
            return None  # a stop that ends no sentence belongs to an abbreviation: Carl Odom (R-Fla.) said
        token -= 1
        steps += 1
    return None


def _quotation_behind(paragraph: Paragraph, cue: CueMatch) -> Quotation | None:
    """The quotation that goes on behind the cue: "A," said X. "B"."""
    norms = paragraph.norms
    token = cue.last
    steps = 0
    while token < len(norms) and steps < 40:
        if norms[token] in ('"', "'"):
            quotation = quotation_at(paragraph, token)
            if quotation is not None and (quotation.words > SHORT_QUOTATION or norms[token - 1] in (",", ".", ":")):
                return quotation
            if quotation is None:
                return None
            token = quotation.closes_at
            continue
        if paragraph.sentence_of[token] > cue.sentence:
            return None
        if norms[token] in paragraph.lexicon.verb_like and not paragraph.flags[token] & SOURCE_WORD:
            return None  # what follows belongs to that cue: he said, adding later, "B"
        token += 1
        steps += 1
    return None


def _commas_before(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> list[int]:
    """The commas that may set the clause before off from the cue and its speaker, nearest first."""
    norms, inside = paragraph.norms, paragraph.inside
    commas: list[int] = []
    for token in range(cue.group_first - 1, max(scope.first, cue.group_first - MAX_SPEAKER), -1):
        if inside[token] != cue.quotation:
            continue
        if norms[token] in (",", "-") and paragraph.starts[token] >= paragraph.ends[token - 1]:
            commas.append(token)
            if len(commas) == MAX_COMMAS:
                break
        elif norms[token] in (":", ";") or paragraph.flags[token] & COMPLEMENTISER:
            break
    return commas


def _nobody_behind(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> bool:
    """Whether the cue ends its clause, so that its speaker has to stand before it: …, X, said."""
    if not paragraph.lexicon.cased:
        return False
    return cue.last >= scope.last or not (paragraph.is_word(cue.last) or paragraph.norms[cue.last] == '"')


def _outside_appositions(paragraph: Paragraph, commas: list[int], end: int) -> list[int]:
    """``commas``, nearest first, without those that only part a description from the name behind or before it.

    In "the price rose, his agent, Ido Barzelai, said" the clause ends at the first comma of the three. ``end`` is the
    first token of the cue.
    """
    if not commas or not paragraph.lexicon.cased:
        return commas
    return [
        comma
        for comma, before, behind in zip(commas, [*commas[1:], -1], [end, *commas[:-1]], strict=True)
        if before < 0 or not _parts_apposition(paragraph, before + 1, comma, behind)
    ]


def _parts_apposition(paragraph: Paragraph, first: int, comma: int, last: int) -> bool:
    """Whether the comma stands between a description and a name: his agent, X; or: X, his agent."""
    if _is_description(paragraph, first, comma):
        return paragraph.is_capitalised(comma + 1)
    named = all(paragraph.is_capitalised(token) or not paragraph.is_word(token) for token in range(first, comma))
    return named and comma - first <= MAX_DESCRIPTION and _is_description(paragraph, comma + 1, last)


def _is_description(paragraph: Paragraph, first: int, last: int) -> bool:
    """Whether the tokens are no more than what somebody is: a determiner or possessor, and a word for a person."""
    flags = paragraph.flags[first:last]
    return (
        0 < len(flags) <= MAX_DESCRIPTION
        and any(bits & PERSON_WORD for bits in flags)
        and not any(bits & (VERB | AUXILIARY | RELATIVE | SUBORDINATOR) for bits in flags)
        and bool(flags[0] & (DETERMINER | PERSON_WORD))
    )


def _resumed(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> int | None:
    """First token of a clause that goes on behind the cue's comma: The plan, he said, will fail."""
    norms = paragraph.norms
    for token in range(cue.last, min(scope.last - 2, cue.last + 14)):
        if norms[token] == ",":
            return token + 1
    return None
