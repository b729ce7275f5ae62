"""Paragraphs of an article from its segments: what attribution works on, one language each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.attribution.entities import Entity, mark_entities
from tracker.attribution.lexicon import (
    CLOSED,
    DATE,
    FILLER,
    GIVEN_NAME,
    GLUED,
    HONORIFIC,
    INFINITIVE,
    SOURCE_WORD,
    SURNAME,
    TITLE,
    VERBAL_NOUN,
    WORD,
    lexicon_of,
)
from tracker.attribution.phrases import has_article
from tracker.attribution.tokens import Paragraph, read_paragraph
from tracker.records import Segment, Span

MAX_PARAGRAPH = 8000
"""Characters; no paragraph of a newspaper comes near it."""
SPOKEN_BLOCKS = frozenset(("headline", "body", "caption"))


def article_paragraphs(
    text: str, segments: Iterable[Segment], langs: Sequence[str], entities: Sequence[Entity] | None = None
) -> list[Paragraph]:
    """One paragraph for each line of each block, in text order; segments of other languages are left out.

    ``entities``, sorted, are names recognised elsewhere, as further evidence.
    """
    paragraphs = [
        read_paragraph(text, start, end, segment.block, lexicon_of(segment.lang))
        for start, end, segment in paragraph_places(text, segments, langs)
    ]
    if entities is not None:
        mark_entities(paragraphs, entities)
    _mark_names(paragraphs)
    return paragraphs


def places_by_lang(text: str, segments: Iterable[Segment], langs: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Start and end of each paragraph of an article, by the language it is in, those of ``langs`` only."""
    spoken = (segment for segment in segments if segment.article is not None)
    places: dict[str, list[tuple[int, int]]] = {}
    for start, end, segment in paragraph_places(text, spoken, langs):
        places.setdefault(segment.lang, []).append((start, end))
    return places


def paragraph_places(
    text: str, segments: Iterable[Segment], langs: Sequence[str]
) -> Iterator[tuple[int, int, Segment]]:
    """Start and end of each paragraph in text order, with a segment that tells its block and language.

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
    for (start_char, end_char), segment in zip(runs, blocks, strict=True):
        start = start_char
        while start < end_char:
            newline = text.find("\n", start, end_char)
            end = end_char if newline < 0 else newline
            for piece_start, piece_end in _pieces(text, start, end):
                if text[piece_start:piece_end].strip():
                    yield piece_start, piece_end, segment
            start = end + 1


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


def _mark_names(paragraphs: Sequence[Paragraph]) -> None:
    """Flag words that stand as a name somewhere in the article wherever else they stand.

    Names are what follows a given name, over the particles of a patronymic (X bin Y al-Z), and two unknown words
    behind a form of address.
    """
    names: dict[str, int] = {}
    for paragraph in paragraphs:
        flags, norms, particles = paragraph.flags, paragraph.norms, paragraph.lexicon.name_particles
        for token in [token for token, bits in enumerate(flags[:-1]) if bits & (GIVEN_NAME | HONORIFIC | TITLE)]:
            if flags[token] & GIVEN_NAME:
                place = token + 1
                while place < len(flags) - 1 and norms[place] in particles and _may_be_name(paragraph, place + 1):
                    names.setdefault(norms[place + 1], SURNAME)
                    place += 2
            elif _is_addressed(paragraph, token):
                if paragraph.lexicon.cased:
                    place = token + 1 + (norms[token + 1] == ".")
                else:
                    names.setdefault(norms[token + 1], GIVEN_NAME)
                    place = token + 2
            else:
                continue
            if place < len(flags) and _may_be_name(paragraph, place):
                names.setdefault(norms[place], SURNAME)
    if not names:
        return
    for paragraph in paragraphs:
        if names.keys().isdisjoint(paragraph.norms):
            continue
        flags = paragraph.flags
        for token in [token for token, norm in enumerate(paragraph.norms) if norm in names]:
            if not flags[token] & (_NO_NAME | GIVEN_NAME):
                flags[token] |= names[paragraph.norms[token]]


def _is_addressed(paragraph: Paragraph, token: int) -> bool:
    """Whether a form of address or a definite title is followed by unknown words that can only be a name."""
    flags, lexicon = paragraph.flags, paragraph.lexicon
    if lexicon.cased:
        return bool(flags[token] & HONORIFIC)
    if not flags[token] & HONORIFIC and not has_article(paragraph, token):
        return False
    return (
        token + 2 < len(flags)
        and all(flags[place] == WORD and _may_be_name(paragraph, place) for place in (token + 1, token + 2))
        and not has_article(paragraph, token + 1)
        and paragraph.norms[token + 1] not in lexicon.cue_forms
        and paragraph.norms[token + 2] not in lexicon.cue_forms
    )


def _may_be_name(paragraph: Paragraph, token: int) -> bool:
    if not paragraph.is_word(token) or len(paragraph.norms[token]) < 3 or paragraph.norms[token][0].isdigit():
        return False
    if paragraph.lexicon.is_verb_form(paragraph.norms[token]) and not paragraph.lexicon.cased:
        return False
    if paragraph.flags[token] & _NO_NAME or (token and paragraph.ends[token - 1] + 1 != paragraph.starts[token]):
        return False
    return not paragraph.lexicon.cased or paragraph.is_capitalised(token)


_NO_NAME = CLOSED | SOURCE_WORD | FILLER | DATE | VERBAL_NOUN | INFINITIVE | GLUED
