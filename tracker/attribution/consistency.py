"""What drafts are to each other: one inside another, or no statement but the document another is quoted from."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.attribution.drafts import Draft
from tracker.attribution.lexicon import DOCUMENT
from tracker.attribution.naming import text_of


def nest(drafts: Sequence[Draft]) -> None:
    """Set ``nested_in`` to the smallest draft whose content holds cue and content of another."""
    by_paragraph: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_paragraph.setdefault(id(draft.content_paragraph), []).append(draft)
    for group in by_paragraph.values():
        if len(group) > 1:
            _nest_group(group)


def _nest_group(group: list[Draft]) -> None:
    by_sentence: dict[int, list[Draft]] = {}
    sentence_of = group[0].content_paragraph.sentence_of
    for draft in group:
        touched = {
            sentence
            for first, last in draft.reading.content
            for sentence in range(sentence_of[first], sentence_of[last - 1] + 1)
        }
        for sentence in touched:
            by_sentence.setdefault(sentence, []).append(draft)
    for inner in group:
        first, last = inner.reading.content[0][0], inner.reading.content[-1][1]
        if inner.cue is not None and inner.following is None:
            first, last = min(first, inner.cue.first), max(last, inner.cue.last)
        best: Draft | None = None
        size = 0
        for outer in by_sentence.get(sentence_of[first], ()):
            if outer is inner:
                continue
            for outer_first, outer_last in outer.reading.content:
                inside = outer_first <= first and last <= outer_last
                if (outer_first, outer_last) == (first, last):
                    # One fills the other: the outer one is that whose cue stands outside.
                    inside = inside and outer.cue is not None and not first <= outer.cue.first < last
                if inside and (best is None or outer_last - outer_first < size):
                    best, size = outer, outer_last - outer_first
        inner.nested_in = best


def cite_documents(drafts: Sequence[Draft]) -> list[Draft]:
    """Take out according-to phrases that only name the document behind a cued statement; it becomes its source."""
    kept: list[Draft] = []
    for draft in drafts:
        target = _cited_by(draft, drafts)
        if target is None:
            kept.append(draft)
        else:
            phrase = draft.speaker.phrase
            target.cited = text_of(draft.paragraph, phrase) if phrase is not None else None
    gone = {id(draft) for draft in drafts} - {id(draft) for draft in kept}
    for draft in kept:
        if draft.nested_in is not None and id(draft.nested_in) in gone:
            draft.nested_in = None
    return kept


def _cited_by(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    cue, phrase = draft.cue, draft.speaker.phrase
    if cue is None or cue.form.cue_class != "preposition" or phrase is None:
        return None
    if not any(bits & DOCUMENT for bits in draft.paragraph.flags[phrase[0] : min(phrase[0] + 2, phrase[1])]):
        return None
    for other in drafts:
        if other is draft or other.paragraph is not draft.paragraph or other.cue is None:
            continue
        if other.cue.sentence == cue.sentence and other.cue.form.cue_class != "preposition":
            return other
    return None
