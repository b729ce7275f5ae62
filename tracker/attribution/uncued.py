"""Statements without a cue: quotations that go on with a cued one, those whose speaker is plain, answers.

Most quotation marks that nobody's words stand in hold names, titles and scare quotes; features decide, as for cues.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.attribution.clauses import skip_asides
from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.drafts import Draft, choose_speaker
from tracker.attribution.features import Part, bucket
from tracker.attribution.interviews import find_answers
from tracker.attribution.lexicon import PERSONAL_NAME, SOURCE_WORD, TITLE, VERB
from tracker.attribution.phrases import phrase_before, phrase_kind
from tracker.attribution.reading import Reading
from tracker.attribution.scoring import Weights, shares
from tracker.attribution.speakers import SpeakerCandidate
from tracker.attribution.tokens import Paragraph, Quotation

MIN_ANNOUNCED = 4
"""Tokens of a paragraph without marks that a colon of the one before can lead to."""
MAX_BEHIND_CUE = 14
"""Tokens between such a cue and its colon."""
MIN_WORDS = 3
ANSWER_SHARE = 0.9
"""How sure an answer of an interview is, and its speaker."""


Announcing = tuple[Paragraph, CueMatch]
"""A cue, and the paragraph it stands in, that leads to what the next paragraph says."""


@dataclass(slots=True)
class Option:
    """What a quotation without a cue may be: more of the statement ``joins``, or one of its own."""

    parts: list[Part]
    joins: Draft | None
    announced: Announcing | None = None
    """What leads to it, with a colon, from the end of the paragraph before: then it is a statement whatever the weights
    say."""


Observer = Callable[[Paragraph, Quotation, list[Option]], None]


def add_uncued(
    paragraphs: Sequence[Paragraph],
    drafts: list[Draft],
    weights: Weights,
    threshold: float,
    observe: Observer | None = None,
) -> list[Draft]:
    """``drafts`` with continued quotations joined to them and with drafts for uncued quotations, in text order.

    ``observe`` is shown every quotation that is decided on, with its options (for learning the weights).
    """
    by_quotation: dict[int, Draft] = {}
    for draft in drafts:
        for quotation in draft.reading.quotations:
            by_quotation[id(quotation)] = draft
    result = list(drafts)
    by_number: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_number.setdefault(draft.number, []).append(draft)
    for number, paragraph in enumerate(paragraphs):
        if not paragraph.quotations or paragraph.block not in ("body", "headline", "caption"):
            continue
        own = by_number.setdefault(number, [])
        before_own = by_number.get(number - 1, [])
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
            options = _options(paragraphs, number, quotation, before_own, own)
            if not options:
                continue
            scores = [weights.uncued.score(option.parts) for option in options]
            portions = shares([0.0, *scores])
            best = max(range(len(options)), key=scores.__getitem__)
            if options[-1].announced:
                best = len(options) - 1
            if observe is not None:
                observe(paragraph, quotation, options)
            if 1.0 - portions[0] < threshold and not options[-1].announced:
                continue
            joined = options[best].joins
            if joined is not None:
                joined.reading.content.append((quotation.first, quotation.last))
                joined.reading.quotations.append(quotation)
                by_quotation[id(quotation)] = joined
            else:
                draft = _uncued(paragraph, number, quotation, options[best], 1.0 - portions[0], weights)
                result.append(draft)
                own.append(draft)
                by_quotation[id(quotation)] = draft
    result.sort(key=lambda draft: (draft.number, draft.reading.content[0][0]))
    return result


def add_answers(paragraphs: Sequence[Paragraph], drafts: list[Draft]) -> list[Draft]:
    """``drafts`` with one for each answer of an interview, in place of what its label made, in text order.

    An answer in quotation marks is left to the quotation, whose speaker is the one who answers.
    """
    answers = find_answers(paragraphs)
    if not answers:
        return drafts
    result = list(drafts)
    for answer in answers:
        paragraph = paragraphs[answer.number]
        if answer.quoted:
            for draft in result:
                if draft.content_paragraph is paragraph and draft.cue is None and draft.speaker.phrase is None:
                    draft.speaker.place = "answer"
            continue
        result = [
            draft
            for draft in result
            if draft.paragraph is not paragraph or draft.cue is None or draft.cue.form.cue_class != "label"
        ]
        reading = Reading("answer", [(answer.first, len(paragraph))])
        speaker = SpeakerCandidate("announced" if answer.label else "answer", answer.label, [])
        rule = f"{paragraph.lexicon.code}.interview-answer"
        result.append(Draft(paragraph, answer.number, None, reading, speaker, ANSWER_SHARE, ANSWER_SHARE, rule, []))
    result.sort(key=lambda draft: (draft.number, draft.reading.content[0][0]))
    return result


def add_announced(paragraphs: Sequence[Paragraph], drafts: list[Draft], weights: Weights) -> list[Draft]:
    """``drafts`` with one for each paragraph without marks that a cue and a colon at the end of the one before lead to.

    Left alone are paragraphs that hold statements of their own.
    """
    holding = {id(draft.content_paragraph) for draft in drafts}
    used = {(id(draft.paragraph), draft.cue.first) for draft in drafts if draft.cue is not None}
    result = list(drafts)
    for number in range(1, len(paragraphs)):
        before, paragraph = paragraphs[number - 1], paragraphs[number]
        if before.block != "body" or paragraph.block != "body" or id(paragraph) in holding:
            continue
        if not _leads_on(before, paragraph) or '"' in paragraph.norms[:1]:
            continue
        first = next((token for token in range(len(paragraph)) if paragraph.is_word(token)), len(paragraph))
        if len(paragraph) - first < MIN_ANNOUNCED:
            continue
        cues = [
            cue
            for cue in _last_cues(before)
            if "colon" in cue.form.cue.takes and cue.form.cue_class in ("finite", "participle")
        ]
        if not cues or (id(before), cues[-1].first) in used or len(before) - cues[-1].last > MAX_BEHIND_CUE:
            continue
        reading = Reading("colon", [(first, len(paragraph))])
        result.append(
            _led_to(
                (before, cues[-1]), paragraph, number, reading, "colon-next", certainty=ANSWER_SHARE, weights=weights
            )
        )
    result.sort(key=lambda draft: (draft.number, draft.reading.content[0][0]))
    return result


def _leads_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether the paragraph before ends in a colon that leads to this one."""
    return before.norms[-1:] == [":"] and before.lexicon is paragraph.lexicon


def _last_cues(paragraph: Paragraph) -> list[CueMatch]:
    """The cues, labels among them, of the paragraph's last sentence."""
    first = paragraph.sentences[-1].first
    return [cue for cue in find_cues(paragraph) if cue.first >= first]


def _led_to(
    announcing: Announcing,
    paragraph: Paragraph,
    number: int,
    reading: Reading,
    complement: str,
    *,
    certainty: float,
    weights: Weights,
) -> Draft:
    """The draft for what a cue of the paragraph before leads to."""
    before, cue = announcing
    speaker, share = choose_speaker(before, cue, Reading("quote-next", []), -1, weights)
    rule = f"{paragraph.lexicon.code}.{cue.form.cue.id}.{complement}"
    return Draft(before, number, cue, reading, speaker, certainty, share, rule, [], following=paragraph)


def _covered(quotation: Quotation, drafts: Sequence[Draft]) -> bool:
    """Whether a statement already holds the quotation, or the quotation holds its cue."""
    for draft in drafts:
        for first, last in draft.reading.content:
            if first < quotation.last and quotation.first < last:
                return True
        if draft.cue is not None and quotation.first <= draft.cue.first < quotation.last:
            return False
    return False


def _options(
    paragraphs: Sequence[Paragraph],
    number: int,
    quotation: Quotation,
    previous: Sequence[Draft],
    own: Sequence[Draft],
) -> list[Option]:
    """What the quotation may be, beside nothing: more of the statement before it, a statement of its own."""
    options = []
    paragraph = paragraphs[number]
    before = [draft for draft in own if draft.following is None and _end(draft) <= quotation.opens_at]
    if before:
        last = max(before, key=_end)
        options.append(Option([_join_part(paragraph, quotation, last)], last))
    if quotation.words >= MIN_WORDS:
        announced = _announcing_cue(paragraphs, number, quotation, previous)
        part = _uncued_part(paragraphs, number, quotation, previous, own, led_to=announced is not None)
        options.append(Option([part], None, announced))
    return options


def _end(draft: Draft) -> int:
    """One past the last token of content, cue and speaker."""
    cue_end = draft.cue.last if draft.cue is not None else 0
    phrase_end = draft.speaker.phrase[1] if draft.speaker.phrase else 0
    return max(draft.reading.content[-1][1], cue_end, phrase_end)


def _join_part(paragraph: Paragraph, quotation: Quotation, draft: Draft) -> Part:
    """What speaks for the quotation going on with the statement before it."""
    last = _end(draft)
    words = sum(1 for token in range(last, quotation.opens_at) if paragraph.is_word(token))
    sentence = paragraph.sentence_of[quotation.opens_at]
    between = paragraph.flags[last : quotation.opens_at]
    return (
        "join",
        bucket(sentence - paragraph.sentence_of[max(last - 1, 0)], (0, 1, 2)),
        bucket(words, (0, 2, 5, 9, 14, 24)),
        bool(draft.reading.quotations),
        draft.reading.complement,
        quotation.opens_at == paragraph.sentences[sentence].first,
        bucket(quotation.words, (3, 5, 8, 12, 20)),
        paragraph.norms[quotation.last - 1] in (".", "!", "?", ",", "…"),
        paragraph.lexicon.cased and paragraph.is_capitalised(quotation.first),
        bool(draft.cue is not None and draft.reading.content[-1][1] <= draft.cue.first),
        any(bits & (PERSONAL_NAME | TITLE) for bits in between),
        any(bits & VERB for bits in between),
        paragraph.norms[quotation.opens_at - 1]
        if quotation.opens_at and not paragraph.is_word(quotation.opens_at - 1)
        else "",
        any(norm in paragraph.lexicon.cue_forms for norm in paragraph.norms[last : quotation.opens_at]),
        '"' in paragraph.norms[last : quotation.opens_at],
    )


def _uncued(
    paragraph: Paragraph, number: int, quotation: Quotation, option: Option, certainty: float, weights: Weights
) -> Draft:
    reading = Reading("uncued", [(quotation.first, quotation.last)], option.parts, [quotation])
    if option.announced is not None:
        return _led_to(option.announced, paragraph, number, reading, "quote-next", certainty=certainty, weights=weights)
    phrase = _announced_by(paragraph, quotation)
    speaker = SpeakerCandidate("announced" if phrase else "context", phrase, [])
    return Draft(
        paragraph, number, None, reading, speaker, certainty, 0.7, f"{paragraph.lexicon.code}.uncued-quotation", []
    )


def _announcing_cue(
    paragraphs: Sequence[Paragraph], number: int, quotation: Quotation, previous: Sequence[Draft]
) -> Announcing | None:
    """The last free cue of the paragraph before, where that ends in a colon and the quotation opens this one.

    ``previous`` are the drafts of the paragraph before.
    """
    if number == 0 or quotation.opens_at != 0:
        return None
    before = paragraphs[number - 1]
    if not _leads_on(before, paragraphs[number]):
        return None
    cues = _last_cues(before)
    used = {draft.cue.first for draft in previous if draft.cue is not None and draft.paragraph is before}
    spoken = [cue for cue in cues if cue.form.cue_class != "label"]
    free = [cue for cue in spoken if cue.first not in used and "quote" in cue.form.cue.takes]
    if free:
        return before, free[-1]
    labels = [cue for cue in cues if cue.form.cue_class == "label"]
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


def _uncued_part(
    paragraphs: Sequence[Paragraph],
    number: int,
    quotation: Quotation,
    previous: Sequence[Draft],
    own: Sequence[Draft],
    *,
    led_to: bool,
) -> Part:
    """What speaks for an uncued quotation being somebody's words.

    ``led_to``: a cue of the paragraph before leads to it.
    """
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
        led_to,
        any(draft.reading.quotations for draft in own),
        bool(previous),
        any(draft.reading.quotations for draft in previous),
    )
