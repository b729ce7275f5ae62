"""Paragraphs of an article from its segments: what attribution works on, one language each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.attribution.lexicon import CLOSED, DATE, FILLER, GIVEN_NAME, SOURCE_WORD, SURNAME, lexicon_of
from tracker.attribution.tokens import Paragraph, read_paragraph
from tracker.records import Segment, Span

MAX_PARAGRAPH = 8000
"""Characters; no paragraph of a newspaper comes near it."""
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
            for piece_start, piece_end in _pieces(text, start, end):
                if text[piece_start:piece_end].strip():
                    paragraphs.append(read_paragraph(text, piece_start, piece_end, segment.block, lexicon))
            start = end + 1
    _mark_surnames(paragraphs)
    return paragraphs


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The line whole, or cut near every ``MAX_PARAGRAPH`` characters behind a sentence's end or a space.

    What is worked out for pairs of cues in a paragraph stays bounded this way, so time is linear in the text.
    """
    while end - start > MAX_PARAGRAPH:
        floor, ceiling = start + MAX_PARAGRAPH // 2, start + MAX_PARAGRAPH
        cut = max(text.rfind(mark, floor, ceiling) for mark in (". ", "! ", "? ", "؟ "))
        if cut < 0:
            cut = text.rfind(" ", floor, ceiling)
        cut = ceiling if cut < 0 else cut + 1
        yield start, cut
        start = cut
    yield start, end


def _mark_surnames(paragraphs: Sequence[Paragraph]) -> None:
    """Flag words that stand behind a given name somewhere in the article wherever else they stand."""
    surnames: set[str] = set()
    for paragraph in paragraphs:
        flags, norms = paragraph.flags, paragraph.norms
        for token in [token for token, bits in enumerate(flags[:-1]) if bits & GIVEN_NAME]:
            if not flags[token + 1] & _NO_SURNAME and _is_surname(paragraph, token + 1):
                surnames.add(norms[token + 1])
    if not surnames:
        return
    for paragraph in paragraphs:
        flags = paragraph.flags
        for token in [token for token, norm in enumerate(paragraph.norms) if norm in surnames]:
            if not flags[token] & _NO_SURNAME:
                flags[token] |= SURNAME


def _is_surname(paragraph: Paragraph, token: int) -> bool:
    if not paragraph.is_word(token) or len(paragraph.norms[token]) < 3 or paragraph.norms[token][0].isdigit():
        return False
    if paragraph.ends[token - 1] + 1 != paragraph.starts[token]:
        return False
    return not paragraph.lexicon.cased or paragraph.is_capitalised(token)


_NO_SURNAME = CLOSED | SOURCE_WORD | FILLER | DATE
