"""Paragraphs of an article from its segments: what attribution works on, one language each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.attribution.lexicon import lexicon_of
from tracker.attribution.tokens import Paragraph, read_paragraph
from tracker.records import Segment

SPOKEN_BLOCKS = frozenset(("headline", "body", "caption"))


def article_paragraphs(text: str, segments: Iterable[Segment], langs: Sequence[str]) -> list[Paragraph]:
    """One paragraph for each line of each block, in text order; segments of other languages are left out.

    Segments that touch each other inside a line, in one language and block, are one paragraph.
    """
    runs: list[list[int]] = []
    blocks: list[Segment] = []
    for segment in segments:
        if segment.lang not in langs or segment.block not in SPOKEN_BLOCKS:
            continue
        if (
            runs
            and blocks[-1].lang == segment.lang
            and blocks[-1].block == segment.block
            and not text[runs[-1][1] : segment.start_char].strip()
            and "\n" not in text[runs[-1][1] : segment.start_char]
        ):
            runs[-1][1] = segment.end_char
        else:
            runs.append([segment.start_char, segment.end_char])
            blocks.append(segment)
    paragraphs = []
    for (start_char, end_char), segment in zip(runs, blocks, strict=True):
        lexicon = lexicon_of(segment.lang)
        start = start_char
        while start < end_char:
            newline = text.find("\n", start, end_char)
            end = end_char if newline < 0 else newline
            if text[start:end].strip():
                paragraphs.append(read_paragraph(text, start, end, segment.block, lexicon))
            start = end + 1
    return paragraphs
