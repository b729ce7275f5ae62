"""Quotations without a cue of their own: those that go on with a cued one, and those whose speaker is plain.

Most quotation marks that nobody's words stand in hold names, titles and scare quotes; features decide, as for cues.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.attribution.clauses import skip_asides
from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.drafts import Draft, choose_speaker
from tracker.attribution.features import Part, bucket
from tracker.attribution.lexicon import SOURCE_WORD
from tracker.attribution.phrases import phrase_before
from tracker.attribution.reading import Reading
from tracker.attribution.scoring import Weights, shares
from tracker.attribution.speakers import SpeakerCandidate, phrase_kind
from tracker.attribution.tokens import Paragraph, Quotation

MIN_WORDS = 3
MAX_TAIL = 14
"""Words of the cue's own sentence that may follow before a quotation goes on (on Tuesday, in a statement)."""


def add_uncued(paragraphs: Sequence[Paragraph], drafts: list[Draft], weights: Weights, threshold: float) -> list[Draft]:
    """``drafts`` with continued quotations joined to them and with drafts for uncued quotations, in text order."""
    by_quotation: dict[int, Draft] = {}
    for draft in drafts:
        for quotation in draft.reading.quotations:
            by_quotation[id(quotation)] = draft
    result = list(drafts)
    for number, paragraph in enumerate(paragraphs):
        if not paragraph.quotations or paragraph.block not in ("body", "headline", "caption"):
            continue
        own = [draft for draft in result if draft.number == number and draft.nested_in is None]
        for quotation in sorted(paragraph.quotations, key=lambda item: item.first):
            if quotation.level != 1 or id(quotation) in by_quotation:
                continue
            if _covered(quotation, own):
                continue
            before = quotation.continues
            if before is not None and id(before) in by_quotation:
                draft = by_quotation[id(before)]
                draft.continuations.append((paragraph, quotation))
                by_quotation[id(quotation)] = draft
                continue
            joined = _joined(paragraph, quotation, own)
            if joined is not None:
                joined.reading.content.append((quotation.first, quotation.last))
                joined.reading.quotations.append(quotation)
                by_quotation[id(quotation)] = joined
                continue
            draft_or_none = _uncued(paragraphs, number, quotation, result, weights, threshold)
            if draft_or_none is not None:
                result.append(draft_or_none)
                own.append(draft_or_none)
                by_quotation[id(quotation)] = draft_or_none
    result.sort(key=lambda draft: (draft.number, draft.reading.content[0][0]))
    return result


def _covered(quotation: Quotation, drafts: Sequence[Draft]) -> bool:
    """Whether a statement already holds the quotation, or the quotation holds its cue."""
    for draft in drafts:
        for first, last in draft.reading.content:
            if first < quotation.last and quotation.first < last:
                return True
        if draft.cue is not None and quotation.first <= draft.cue.first < quotation.last:
            return False
    return False


def _joined(paragraph: Paragraph, quotation: Quotation, drafts: Sequence[Draft]) -> Draft | None:
    """The statement right before that the quotation goes on with: at most the rest of the cue's sentence between."""
    for draft in drafts:
        if not draft.reading.quotations or draft.following is not None:
            continue
        cue_end = draft.cue.last if draft.cue is not None else 0
        phrase_end = draft.speaker.phrase[1] if draft.speaker.phrase else 0
        last = max(draft.reading.content[-1][1], cue_end, phrase_end)
        if last > quotation.first:
            continue
        words = sum(1 for token in range(last, quotation.opens_at) if paragraph.is_word(token))
        sentence = paragraph.sentence_of[quotation.opens_at]
        steps = sentence - paragraph.sentence_of[max(last - 1, 0)]
        opens = quotation.opens_at == paragraph.sentences[sentence].first
        if steps <= 1 and (words == 0 or (steps == 1 and opens and words <= MAX_TAIL)):
            return draft
    return None


def _uncued(
    paragraphs: Sequence[Paragraph],
    number: int,
    quotation: Quotation,
    drafts: Sequence[Draft],
    weights: Weights,
    threshold: float,
) -> Draft | None:
    if quotation.words < MIN_WORDS:
        return None
    paragraph = paragraphs[number]
    part = _uncued_part(paragraphs, number, quotation, drafts)
    certainty = 1.0 - shares([0.0, weights.uncued.score([part])])[0]
    if certainty < threshold:
        return None
    reading = Reading("uncued", [(quotation.first, quotation.last)], [part], [quotation])
    announcing = _announcing_cue(paragraphs, number, quotation, drafts)
    if announcing is not None:
        before, cue = announcing
        speaker, share = choose_speaker(before, cue, Reading("quote-next", []), -1, weights)
        rule = f"{paragraph.lexicon.code}.{cue.form.cue.id}.quote-next"
        return Draft(before, number, cue, reading, speaker, certainty, share, rule, [], following=paragraph)
    phrase = _announced_by(paragraph, quotation)
    speaker = SpeakerCandidate("announced" if phrase else "context", phrase, [])
    return Draft(
        paragraph, number, None, reading, speaker, certainty, 0.7, f"{paragraph.lexicon.code}.uncued-quotation", []
    )


def _announcing_cue(
    paragraphs: Sequence[Paragraph], number: int, quotation: Quotation, drafts: Sequence[Draft]
) -> tuple[Paragraph, CueMatch] | None:
    """The last free cue of the paragraph before, where that ends in a colon and the quotation opens this one."""
    if number == 0 or quotation.opens_at != 0:
        return None
    before = paragraphs[number - 1]
    if not before.norms or before.norms[-1] != ":" or before.lexicon is not paragraphs[number].lexicon:
        return None
    last = before.sentences[-1]
    cues = [cue for cue in find_cues(before) if cue.first >= last.first and cue.form.cue_class != "label"]
    used = {draft.cue.first for draft in drafts if draft.cue is not None and draft.paragraph is before}
    free = [cue for cue in cues if cue.first not in used and "quote" in cue.form.cue.takes]
    if free:
        return before, free[-1]
    labels = [cue for cue in find_cues(before) if cue.form.cue_class == "label" and cue.first >= last.first]
    return (before, labels[-1]) if labels and labels[-1].last == len(before) else None


def _announced_by(paragraph: Paragraph, quotation: Quotation) -> tuple[int, int] | None:
    """The phrase before a colon that leads to the quotation: The minister: "…"."""
    colon = quotation.opens_at - 1
    if colon < 1 or paragraph.norms[colon] != ":":
        return None
    sentence = paragraph.sentences[paragraph.sentence_of[colon]]
    phrase = phrase_before(paragraph, colon, sentence.first)
    if phrase is None or phrase[1] - phrase[0] > 12:
        return None
    return phrase if phrase[0] <= skip_asides(paragraph, sentence.first, colon) else None


def _uncued_part(paragraphs: Sequence[Paragraph], number: int, quotation: Quotation, drafts: Sequence[Draft]) -> Part:
    """What speaks for an uncued quotation being somebody's words."""
    paragraph = paragraphs[number]
    norms = paragraph.norms
    whole = -1 not in {paragraph.inside[token] for token in paragraph.words()}
    before = announced = ""
    opens_sentence = source_word = False
    if quotation.opens_at > 0:
        mark = norms[quotation.opens_at - 1]
        before = mark if not mark[0].isalnum() else "word"
        sentence = paragraph.sentences[paragraph.sentence_of[quotation.opens_at]]
        opens_sentence = quotation.opens_at == sentence.first
        phrase = _announced_by(paragraph, quotation)
        announced = phrase_kind(paragraph, phrase) if phrase else ""
        source_word = bool(paragraph.flags[quotation.opens_at - 1] & SOURCE_WORD)
    return (
        "uncued",
        paragraph.block,
        bucket(quotation.words, (3, 5, 8, 12, 20)),
        before,
        announced,
        whole,
        not whole and quotation.opens_at == 0,
        opens_sentence,
        source_word,
        norms[quotation.last - 1] in (".", "!", "?", ",", "…"),
        paragraph.lexicon.cased and paragraph.is_capitalised(quotation.first),
        not quotation.closed,
        quotation.continues is not None,
        _announcing_cue(paragraphs, number, quotation, drafts) is not None,
        any(draft.number == number and draft.reading.quotations for draft in drafts),
        any(draft.number == number - 1 for draft in drafts),
        any(draft.number == number - 1 and draft.reading.quotations for draft in drafts),
    )
