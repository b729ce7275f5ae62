"""The listed phrases of a text, found word by word: concepts, negation, number words, months."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.claims.phrases import Phrase, split_words
from tracker.claims.words import Word, read_word

MAX_WORDS = 400
"""A claim is a sentence or a few; what follows is not compared."""


class Hit(NamedTuple):
    """A phrase at ``[start, end)``, counted in words."""

    start: int
    end: int
    phrase: Phrase


@dataclass(slots=True)
class Scan:
    """The words of a text and the phrases at each of them, the longest first."""

    written: list[str]
    words: list[Word]
    hits: list[tuple[Hit, ...]] = field(default_factory=list)
    special: list[int] = field(default_factory=list)
    """Positions of figures and of phrases that are no concepts: where dates, numbers and negation may start."""

    def labelled(self, at: int, label: str) -> Hit | None:
        """The longest phrase with this label that starts at word ``at``."""
        if at < len(self.hits):
            for hit in self.hits[at]:
                if hit.phrase.label == label:
                    return hit
        return None

    def text(self, start: int, end: int) -> str:
        """The words ``[start, end)`` as written, joined by blanks."""
        return " ".join(self.written[start:end])


def scan(text: str, lang: str) -> Scan:
    """All phrases in ``text``; words after ``MAX_WORDS`` are left out."""
    written = split_words(text)[:MAX_WORDS]
    words = [read_word(word, lang) for word in written]
    found = Scan(written, words)
    for start, word in enumerate(words):
        if not word.phrases:
            found.hits.append(())
            if word.form[0].isdigit():
                found.special.append(start)
            continue
        if word.special or word.form[0].isdigit():
            found.special.append(start)
        hits = []
        for phrase in word.phrases:
            end = start + 1 + len(phrase.rest)
            if not phrase.rest or (end <= len(words) and _continues(words, start + 1, phrase.rest)):
                hits.append(Hit(start, end, phrase))
        if len(hits) > 1:
            hits.sort(key=lambda hit: -hit.end)
        found.hits.append(tuple(hits))
    return found


def _continues(words: list[Word], start: int, rest: tuple[str, ...]) -> bool:
    for offset, form in enumerate(rest):
        word = words[start + offset]
        if form != word.form and form not in word.looks:
            return False
    return True
