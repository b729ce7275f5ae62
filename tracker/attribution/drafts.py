"""From cues to drafts: the best reading and speaker of every cue, and the best consistent set of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.reading import Reading, scope_of
from tracker.attribution.readings import readings_of
from tracker.attribution.scoring import Weights, shares
from tracker.attribution.speakers import SpeakerCandidate, speaker_candidates
from tracker.attribution.tokens import Paragraph, Quotation

TokenRange = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A statement in the making; token ranges are in ``paragraph``, continuations lie in later paragraphs."""

    paragraph: Paragraph
    """Where cue and speaker stand."""
    number: int
    """Index in its article of the paragraph that holds the content."""
    cue: CueMatch | None
    reading: Reading
    speaker: SpeakerCandidate
    content_share: float
    speaker_share: float
    rule: str
    continuations: list[tuple[Paragraph, Quotation]]
    antecedent_share: float | None = None
    """Share of the person chosen among all that may be meant, where the speaker is implied."""
    antecedent: Draft | None = None
    """The draft whose speaker is meant where the speaker is implied inside the sentence."""
    nested_in: Draft | None = None
    following: Paragraph | None = None
    """Where the content stands, where it is not the paragraph of the cue but one after it."""
    cited: str | None = None
    """The document that an according-to phrase names for this statement."""

    @property
    def content_paragraph(self) -> Paragraph:
        """The paragraph that the token ranges of the content point into."""
        return self.following or self.paragraph


def draft_paragraph(paragraph: Paragraph, number: int, weights: Weights, threshold: float) -> list[Draft]:
    """Drafts for all cues of one paragraph whose best reading outweighs "no statement" by ``threshold``."""
    cues = find_cues(paragraph)
    chosen: list[tuple[CueMatch, Reading, float]] = []
    for index, cue in enumerate(cues):
        readings = readings_of(paragraph, cue, cues, index)
        if not readings:
            continue
        scores = [weights.content.score(reading.parts) for reading in readings]
        portions = shares([0.0, *scores])
        certainty = 1.0 - portions[0]
        if certainty < threshold:
            continue
        best = max(range(len(readings)), key=scores.__getitem__)
        chosen.append((cue, readings[best], certainty))
    return _with_speakers(paragraph, number, _consistent(paragraph, chosen), weights)


def _consistent(
    paragraph: Paragraph, chosen: Sequence[tuple[CueMatch, Reading, float]]
) -> list[tuple[CueMatch, Reading, float]]:
    """Drop readings that claim what a better one holds: the same quotation, the same clause, another's cue."""
    kept: list[tuple[CueMatch, Reading, float]] = []
    by_sentence: dict[int, list[int]] = {}
    for cue, reading, certainty in sorted(chosen, key=lambda item: (-item[2], item[0].first)):
        sentences = _sentences(paragraph, cue, reading)
        near = sorted({place for sentence in sentences for place in by_sentence.get(sentence, ())})
        if any(_clashes(cue, reading, kept[place][0], kept[place][1]) for place in near):
            continue
        for sentence in sentences:
            by_sentence.setdefault(sentence, []).append(len(kept))
        kept.append((cue, reading, certainty))
    return sorted(kept, key=lambda item: item[0].first)


def _sentences(paragraph: Paragraph, cue: CueMatch, reading: Reading) -> range:
    """The sentences from the first token of cue and content to the last."""
    first, last = _hull(cue, reading)
    return range(paragraph.sentence_of[first], paragraph.sentence_of[last - 1] + 1)


def _hull(cue: CueMatch, reading: Reading) -> TokenRange:
    """From the first token of cue and content to one past the last."""
    first = min(cue.group_first, *(first for first, _ in reading.content))
    last = max(cue.last, *(last for _, last in reading.content))
    return first, last


def _clashes(cue: CueMatch, reading: Reading, other_cue: CueMatch, other: Reading) -> bool:
    """Whether ``reading`` cannot stand beside the better ``other``; it is cut where a part of it can."""
    if cue.first == other_cue.first:
        return True
    shared = [quotation for quotation in reading.quotations if quotation in other.quotations]
    if shared:
        rest = [quotation for quotation in reading.quotations if quotation not in shared]
        if not rest:
            return True
        reading.quotations[:] = rest
        reading.content[:] = [(quotation.first, quotation.last) for quotation in rest]
        return False
    if _same_content(reading, other):
        return True
    if _covers(other, cue.first) and not _inside(reading, other):
        # Its cue lies in another's content but its own content does not: cut it to the other's content.
        return not _clip(reading, other)
    if _covers(reading, other_cue.first) and not _inside(other, reading) and not reading.quotations:
        return not _clip_before(reading, other_cue)
    return False


def _tokens(reading: Reading) -> int:
    return sum(last - first for first, last in reading.content)


def _shared(one: Reading, other: Reading) -> int:
    return sum(
        max(0, min(last, other_last) - max(first, other_first))
        for first, last in one.content
        for other_first, other_last in other.content
    )


def _same_content(one: Reading, other: Reading) -> bool:
    shared = _shared(one, other)
    return shared > 0.7 * max(_tokens(one), _tokens(other))


def _covers(reading: Reading, token: int) -> bool:
    return any(first <= token < last for first, last in reading.content)


def _inside(inner: Reading, outer: Reading) -> bool:
    return all(any(first <= a and b <= last for first, last in outer.content) for a, b in inner.content)


def _clip(reading: Reading, outer: Reading) -> bool:
    """Cut ``reading`` to the part inside ``outer``; False where too little is left."""
    content = []
    for first, last in reading.content:
        for outer_first, outer_last in outer.content:
            a, b = max(first, outer_first), min(last, outer_last)
            if b - a >= 2:
                content.append((a, b))
                break
    if not content or reading.quotations:
        return False
    reading.content[:] = content
    return True


def _clip_before(reading: Reading, cue: CueMatch) -> bool:
    content = []
    for first, last in reading.content:
        if cue.group_first <= first:
            continue
        content.append((first, min(last, cue.group_first)))
    if not content or content[-1][1] - content[-1][0] < 2:
        return False
    reading.content[:] = content
    return True


def choose_speaker(
    paragraph: Paragraph, cue: CueMatch, reading: Reading, earlier: int, weights: Weights
) -> tuple[SpeakerCandidate, float]:
    """The best speaker of ``cue`` for ``reading``, with its share."""
    candidates = speaker_candidates(paragraph, cue, reading, scope_of(paragraph, cue), earlier)
    scores = [weights.speaker.score(candidate.parts) for candidate in candidates]
    best = max(range(len(candidates)), key=scores.__getitem__)
    return candidates[best], shares(scores)[best]


def _with_speakers(
    paragraph: Paragraph, number: int, chosen: list[tuple[CueMatch, Reading, float]], weights: Weights
) -> list[Draft]:
    drafts: list[Draft] = []
    for cue, reading, certainty in chosen:
        scope = scope_of(paragraph, cue)
        earlier = -1
        for index in range(len(drafts) - 1, -1, -1):
            other = drafts[index].cue
            if other is None or other.first < scope.first:
                break
            if other.first < cue.first and other.quotation == cue.quotation:
                earlier = index
                break
        speaker, share = choose_speaker(paragraph, cue, reading, earlier, weights)
        if cue.form.cue_class == "label" and not reading.quotations and speaker.phrase is None:
            continue  # without marks only a speaker's name before the colon tells that what follows was said
        drafts.append(
            Draft(
                paragraph=paragraph,
                number=number,
                cue=cue,
                reading=reading,
                speaker=speaker,
                content_share=certainty,
                speaker_share=share,
                rule=f"{paragraph.lexicon.code}.{cue.form.cue.id}.{reading.complement}",
                continuations=[],
                antecedent=drafts[earlier] if speaker.place == "same" else None,
            )
        )
    return drafts
