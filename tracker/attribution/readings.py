"""Candidate contents of a cue: where what was said may stand, and the features that speak for each candidate.

Each complement a cue takes proposes at most a few candidates; ``scoring`` weighs them against each other and against
"this is no statement".
"""

from __future__ import annotations

from tracker.attribution.according import according_readings
from tracker.attribution.clauses import skip_asides
from tracker.attribution.cuefinder import CueMatch
from tracker.attribution.features import Part, bucket, word_kind
from tracker.attribution.leftward import left_readings
from tracker.attribution.lexicon import COMPLEMENTISER, KEPT_COMPLEMENTISER, SUBORDINATOR, VERB
from tracker.attribution.phrases import has_article, phrase_kind
from tracker.attribution.reading import Reading, Scope, scope_of
from tracker.attribution.rightward import right_readings
from tracker.attribution.speakers import shown_agreement
from tracker.attribution.tokens import Paragraph


def readings_of(
    paragraph: Paragraph, cue: CueMatch, cues: list[CueMatch], number: int, scope: Scope | None = None
) -> list[Reading]:
    """All candidate contents of ``cue``, which is ``cues[number]``."""
    scope = scope or scope_of(paragraph, cue)
    found: list[Reading] = []
    if cue.form.cue_class == "preposition" or "sentence" in cue.form.takes or _reports(paragraph, cue, scope):
        found.extend(according_readings(paragraph, cue, cues, number, scope))
    found.extend(right_readings(paragraph, cue, cues, number, scope))
    found.extend(left_readings(paragraph, cue, scope))
    if found:
        common = _cue_part(paragraph, cue, scope)
        nearest = None
        if not paragraph.lexicon.cased and cue.form.cue_class == "finite":
            nearest = _word_behind(paragraph, cue)
        for reading in found:
            reading.parts.append(common)
            _add_content_parts(paragraph, cue, reading, common, nearest)
    return found


def _reports(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> bool:
    """Whether the cue stands in a clause that only tells where the sentence comes from: As X reported, …"""
    if cue.form.cue_class != "finite" or "that" not in cue.form.takes:
        return False
    openers = paragraph.lexicon.report_openers
    return not openers.isdisjoint(paragraph.norms[max(scope.first, cue.group_first - 10) : cue.group_first])


def _cue_part(paragraph: Paragraph, cue: CueMatch, scope: Scope) -> Part:
    """What is known from the cue and its sides alone."""
    form = cue.form
    opened = skip_asides(paragraph, scope.first, cue.group_first)
    left = "start" if cue.group_first <= opened else word_kind(paragraph, cue.group_first - 1)
    right = word_kind(paragraph, cue.last) if cue.last < scope.last else "end"
    return (
        "cue",
        form.cue.prior,
        form.cue.act,
        form.cue_class,
        left,
        right,
        cue.negated,
        cue.auxiliary,
        cue.infinitive,
        cue.relative,
        cue.quotation >= 0,
        paragraph.block == "headline",
        form.clitic > 0,
        form.pronoun,
        bool(paragraph.flags[scope.first] & SUBORDINATOR),
        paragraph.norms[scope.last - 1] == "?",
    )


def _opener(paragraph: Paragraph, reading: Reading) -> str:
    """The class of the first word behind a complementiser that belongs to the content (أنه), else nothing."""
    first, last = reading.content[0]
    if first + 1 < last and paragraph.flags[first] & KEPT_COMPLEMENTISER:
        return word_kind(paragraph, first + 1)
    return ""


def _kind_behind(paragraph: Paragraph, reading: Reading) -> str:
    """What stands behind a content that ends before its sentence: a joined word, a preposition, a subordinator, …"""
    token = reading.content[-1][1]
    while token < len(paragraph) and paragraph.norms[token] in (",", ";"):
        token += 1
    if token >= len(paragraph):
        return "end"
    kind = word_kind(paragraph, token)
    norm, lexicon = paragraph.norms[token], paragraph.lexicon
    if kind == "word" and norm in lexicon.cue_forms:
        return "cue"
    if kind == "word" and len(norm) > 3:
        if norm.startswith(lexicon.conjunctions):
            return "joined"
        if norm.startswith(lexicon.glued_prepositions):
            return "perhaps-glued"
    return kind


WordBehind = tuple[str, str, bool]
"""Kind, agreement and definiteness of the word behind a verb; no kind where there is no word."""


def _word_behind(paragraph: Paragraph, cue: CueMatch) -> WordBehind:
    """What the word behind the verb shows of being its subject."""
    token = cue.last
    if token >= len(paragraph) or not paragraph.is_word(token):
        return ("", "", False)
    kind = phrase_kind(paragraph, (token, token + 1))
    return kind, shown_agreement(paragraph, cue, token, kind), has_article(paragraph, token)


def _nearest_part(cue: CueMatch, reading: Reading, gap: int, behind: WordBehind) -> Part:
    """What the word behind the verb shows of being its subject, and whether this reading takes it for that."""
    kind, agreement, definite = behind
    where = ""
    if kind:
        where = "in-gap" if gap > 0 else "in-content" if reading.content[0][0] == cue.last else "elsewhere"
    return ("nearest", reading.complement, kind, agreement, where, definite)


def _add_content_parts(
    paragraph: Paragraph, cue: CueMatch, reading: Reading, common: Part, nearest: WordBehind | None
) -> None:
    complement = reading.complement
    flags, norms = paragraph.flags, paragraph.norms
    gap_first, gap_last = reading.gap
    if gap_last - gap_first > 1 and norms[gap_last - 1] == "," and not reading.quotations:
        gap_last -= 1  # a comma between the subject and its complement is habit and tells nothing
    gap = gap_last - gap_first
    words = 0
    for first, last in reading.content:
        words += last - first
    kinds = 0
    for bits in flags[gap_first:gap_last]:
        kinds |= bits
    reading.parts.append(
        (
            "content",
            complement,
            reading.end,
            cue.form.cue_class,
            cue.form.cue.act,
            bucket(words, (1, 2, 4, 8, 16, 32, 64)),
            bucket(gap, (0, 1, 3, 6, 10, 20)),
            bool(reading.quotations),
            bool(kinds & VERB),
            bool(kinds & COMPLEMENTISER),
            "," in norms[gap_first:gap_last],
            common[4],
            common[5],
        )
    )
    if nearest is not None:
        reading.parts.append(_nearest_part(cue, reading, gap, nearest))
    if not reading.quotations:
        first = reading.content[0][0]
        reading.parts.append(
            (
                "clause",
                complement,
                word_kind(paragraph, first),
                word_kind(paragraph, gap_first) if gap > 0 else "",
                word_kind(paragraph, reading.content[0][1] - 1) if reading.end == "comma" else "",
                reading.end,
                _kind_behind(paragraph, reading) if reading.end != "sentence" else "",
                _opener(paragraph, reading),
                bucket(paragraph.verbs_between(*reading.content[0]), (0, 1, 3)),
            )
        )
        return
    quotation = reading.quotations[0]
    reading.parts.append(
        (
            "quotation",
            bucket(quotation.words, (1, 2, 3, 5, 10, 20)),
            quotation.closed,
            quotation.last > quotation.first and norms[quotation.last - 1] in (",", ".", "!", "?"),
            paragraph.lexicon.cased and paragraph.is_capitalised(quotation.first),
            gap == 0,
            word_kind(paragraph, gap_last - 1) if complement == "quote-after" and gap > 0 else "",
            complement.startswith("quote-before") and norms[gap_first : gap_first + 1] == [","],
            "quote" not in cue.form.takes,
            reading.colon,
        )
    )
