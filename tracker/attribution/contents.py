"""The final spans of a content and the kind of a statement."""

from __future__ import annotations

from tracker.attribution.drafts import Draft
from tracker.attribution.lexicon import SOURCE_WORD
from tracker.attribution.tokens import Paragraph, Quotation
from tracker.records import Kind, Span

_OUTER = frozenset(" \t\n\r\u00a0\u200e\u200f\"“”„«»״‟'‘’,،;؛:-–—*•")
_TRAILING = _OUTER | frozenset(".(")
NAME_WORDS = 3
NAME_REACH = 5
"""Words before a quotation among which a head shows it to be a name (agency of space of Azerbaijan "X")."""


def content_spans(text: str, draft: Draft) -> tuple[Span, ...]:
    """Spans of the content without outer marks, outer white space and a full stop outside the marks."""
    paragraph = draft.content_paragraph
    quoted = {(quotation.first, quotation.last) for quotation in draft.reading.quotations}
    spans = []
    for place, (first, last) in enumerate(draft.reading.content):
        start, end = paragraph.span(first, last)
        if place == 0:
            start += draft.reading.skip_letters
        spans.append(_trimmed(text, start, end, full_stop=(first, last) not in quoted))
    for _, quotation in draft.continuations:
        spans.append(_trimmed(text, quotation.start_char, quotation.end_char, full_stop=False))
    return tuple((start, end) for start, end in spans if end > start)


def _trimmed(text: str, start: int, end: int, *, full_stop: bool) -> Span:
    trailing = _TRAILING if full_stop else _OUTER
    while start < end and text[start] in _OUTER:
        start += 1
    while end > start and text[end - 1] in trailing:
        mark = text[end - 1]
        end -= 1
        if mark in '"“”»«״' and full_stop:
            # A full stop inside the marks belongs to what was said.
            trailing = _OUTER
    return start, end


def kind_of(draft: Draft, content: tuple[Span, ...]) -> Kind:
    """direct: all of the content stands in quotation marks, or is an answer; mixed: part of it does; indirect: none.

    The marks around an outer statement do not count for one nested in it.
    """
    if draft.reading.complement == "answer":
        return "direct"
    own = draft.cue.quotation if draft.cue is not None and draft.following is None else -1
    marked = 0
    for start, end in content:
        paragraph = draft.content_paragraph
        if not paragraph.start_char <= start < paragraph.end_char:
            marked += 2  # a continuation is a quotation
            continue
        touched = 0
        for index, quotation in enumerate(paragraph.quotations):
            if index == own and quotation.level == 1:
                continue
            if quotation.start_char <= start and end <= quotation.end_char:
                touched = 2
                break
            if quotation.start_char < end and start < quotation.end_char and not _is_name(paragraph, quotation):
                touched = 1
        marked += touched
    if marked == 2 * len(content):
        return "direct"
    return "mixed" if marked else "indirect"


def _is_name(paragraph: Paragraph, quotation: Quotation) -> bool:
    """Whether short quoted words are the name of something: behind a head word, or capitalised throughout."""
    if quotation.words > NAME_WORDS:
        return False
    before = quotation.opens_at
    reach = 1 if paragraph.lexicon.cased else NAME_REACH
    if any(bits & SOURCE_WORD for bits in paragraph.flags[max(0, before - reach) : before]):
        return True
    return paragraph.lexicon.cased and all(
        paragraph.is_capitalised(token) for token in range(quotation.first, quotation.last) if paragraph.is_word(token)
    )
