"""Names that a trained model (or a list of the reader's) recognised: further classes for the words they cover.

They come as plain (start, end, label) with offsets into the document's text. What the lists know of a word stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tracker.attribution.lexicon import CLOSED, DATE, GIVEN_NAME, KNOWN, ORGANISATION, PERSON_WORD, SURNAME
from tracker.attribution.tokens import Paragraph

Entity = tuple[int, int, str]
"""Start and end as code points into the document's text, and the label."""
PERSON_LABELS = frozenset(("PERSON", "PER", "PERS"))
ORGANISATION_LABELS = frozenset(("ORG",))
_NO_PART = CLOSED | PERSON_WORD | DATE


def mark_entities(paragraphs: Iterable[Paragraph], entities: Sequence[Entity]) -> None:
    """Flag the words of people and organisations. ``entities``, sorted, may be of other kinds too: these are left.

    The first of several words of a person's name is taken for the given name, the others for surnames.
    """
    for paragraph in paragraphs:
        low = bisect_left(entities, (paragraph.start_char,))
        high = bisect_left(entities, (paragraph.end_char,))
        for entity in entities[low:high]:
            if entity[2] in ORGANISATION_LABELS:
                _mark_organisation(paragraph, _words(paragraph, entity))
            elif entity[2] in PERSON_LABELS:
                _mark_person(paragraph, _words(paragraph, entity))


def _mark_organisation(paragraph: Paragraph, words: Sequence[int]) -> None:
    # Where case does not show names, a known name is one word and ends its phrase; a longer one is led by its head.
    if len(words) > 1 and not paragraph.lexicon.cased:
        paragraph.flags[words[0]] |= ORGANISATION
        return
    for token in words:
        paragraph.flags[token] |= KNOWN


def _mark_person(paragraph: Paragraph, words: Sequence[int]) -> None:
    for number, token in enumerate(words):
        # A word alone may be either name; as a given name it would make a name of the word behind it as well.
        paragraph.flags[token] |= GIVEN_NAME if number == 0 and len(words) > 1 else SURNAME


def _words(paragraph: Paragraph, entity: Entity) -> list[int]:
    """The words that begin inside the entity and are no closed class, title or particle of a name.

    A word that begins before the entity has a preposition joined to it, and is left.
    """
    start, end, _ = entity
    particles = paragraph.lexicon.name_particles
    return [
        token
        for token in range(bisect_left(paragraph.starts, start), bisect_left(paragraph.starts, end))
        if paragraph.is_word(token)
        and not paragraph.flags[token] & _NO_PART
        and paragraph.norms[token] not in particles
    ]
