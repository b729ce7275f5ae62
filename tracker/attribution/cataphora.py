"""A headline quotes what the story tells again with its speaker: who that is, is taken from there."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.attribution.drafts import Draft
from tracker.attribution.lexicon import PERSONAL_NAME, SOURCE_WORD, VERB
from tracker.records import Mention

MIN_SHARED = 2
MIN_SHARE = 0.6
"""Of the words of the shorter one, which both contents have."""
MAX_HEADLINES = 3
"""Paragraphs at the top of a story that may be headlines, marked as such or not."""
MIN_LETTERS = 3
"""Shorter words are in every sentence."""
Resolved = list[tuple[Draft, Mention | None]]


def told_again(resolved: Resolved) -> Resolved:
    """``resolved`` with the speakers of headline quotations taken from the statement below that says the same."""
    if not any(_is_open(draft, mention) for draft, mention in resolved):
        return resolved
    words = [_words(draft) for draft, _ in resolved]
    below = [
        (words[place], mention)
        for place, (draft, mention) in enumerate(resolved)
        if draft.number > 0
        and mention is not None
        and mention.resolved_by != "context"
        and not _is_open(draft, mention)
    ]
    result: Resolved = []
    for place, (draft, mention) in enumerate(resolved):
        same = _same(words[place], below) if _is_open(draft, mention) else None
        if same is not None and (mention is None or mention.name != same.name):
            mention = Mention(same.name, None, same.title, same.type, "context")
        if same is not None:
            draft.speaker.place = "told-again"
        result.append((draft, mention))
    return result


def _is_open(draft: Draft, mention: Mention | None) -> bool:
    """Whether a headline's speaker is not named beside a verb: no cue, or a label that may be anything."""
    if draft.content_paragraph.block != "headline" and draft.number >= MAX_HEADLINES:
        return False
    if draft.cue is None:
        return True
    if draft.cue.form.cue_class == "label":
        return not _names_source(draft)
    return mention is None or mention.resolved_by in ("context", "pro-drop")


def _names_source(draft: Draft) -> bool:
    """Whether the label opens with a name, title or head and holds no verb: it is who speaks."""
    if draft.speaker.phrase is None:
        return False
    first, last = draft.speaker.phrase
    flags = draft.paragraph.flags
    if any(bits & VERB and not bits & SOURCE_WORD for bits in flags[first:last]):
        return False
    capital = draft.paragraph.lexicon.cased and draft.paragraph.is_capitalised(first)
    return capital or bool(flags[first] & (SOURCE_WORD | PERSONAL_NAME))


def _words(draft: Draft) -> frozenset[str]:
    paragraph = draft.content_paragraph
    return frozenset(
        paragraph.norms[token]
        for first, last in draft.reading.content
        for token in range(first, last)
        if paragraph.is_word(token) and len(paragraph.norms[token]) >= MIN_LETTERS
    )


def _same(words: frozenset[str], below: Sequence[tuple[frozenset[str], Mention]]) -> Mention | None:
    best: Mention | None = None
    share = MIN_SHARE
    for others, mention in below:
        shared = len(words & others)
        if shared >= MIN_SHARED and shared > share * min(len(words), len(others)):
            best, share = mention, shared / min(len(words), len(others))
    return best
