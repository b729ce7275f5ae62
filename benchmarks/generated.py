"""Documents with annotations by the hundred thousand, without an extractor: for measuring the store alone.

Words and names follow Zipf's law as in news: a few people speak very often, and most are met once or twice. The same
documents come in every run.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

from tracker.records import Annotations, Article, Document, Mention, Segment, Statement

SEED = 20231003
STATEMENTS = 5
DAYS = 720
_LETTERS = {
    "en": (["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"], ["a", "e", "i", "o", "u"]),
    "ar": (["ب", "ت", "ج", "د", "ر", "س", "ش", "ع", "ف", "ق", "ك", "ل", "م", "ن", "ه"], ["ا", "و", "ي"]),
    "he": (["ב", "ג", "ד", "ה", "ז", "ט", "כ", "ל", "מ", "נ", "ס", "ע", "פ", "ק", "ר", "ש", "ת"], ["ו", "י", "א"]),
}
_TITLES = {"en": "minister of transport", "ar": "وزير النقل", "he": "שר התחבורה"}
_SOURCES = tuple(f"Outlet {number}" for number in range(40))
T = TypeVar("T")


class Zipf:
    """Draws from a list so that the n-th is met about 1/n as often as the first."""

    def __init__(self, items: Sequence[str]) -> None:
        self.items = items
        self.sums = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(items))))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """``count`` of them."""
        total = self.sums[-1]
        return [self.items[bisect.bisect(self.sums, chance.random() * total)] for _ in range(count)]


def _word(chance: random.Random, lang: str) -> str:
    consonants, vowels = _LETTERS[lang]
    return "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(chance.randint(2, 4)))


def generate(
    count: int, *, people: int = 20_000, words: int = 30_000, first: int = 0, statements: int = STATEMENTS
) -> Iterator[Annotations]:
    """``count`` documents of 30 words a statement, a third of them in each language."""
    chance = random.Random(SEED)
    vocabulary = {lang: Zipf(sorted({_word(chance, lang) for _ in range(words)})) for lang in _LETTERS}
    names = {
        lang: Zipf([f"{_word(chance, lang)} {_word(chance, lang)}".title() for _ in range(people)]) for lang in _LETTERS
    }
    for number in range(first, first + count):
        chance = random.Random(f"{SEED} {number}")
        lang = ("ar", "he", "en")[number % 3]
        yield _document(number, lang, chance, vocabulary[lang], names[lang], statements)


def _document(number: int, lang: str, chance: random.Random, words: Zipf, names: Zipf, statements: int) -> Annotations:
    title = " ".join(words.draw(chance, 6))
    lines, said = [title], []
    at = len(title) + 1
    document_id = hashlib.sha256(f"{SEED} {number}".encode()).hexdigest()[:20]
    day = f"{2022 + number % DAYS // 360}-{number % DAYS % 360 // 30 + 1:02}-{number % 30 + 1:02}".replace(
        "02-30", "02-28"
    )
    for index in range(statements):
        speaker = names.draw(chance, 1)[0]
        quote = " ".join(words.draw(chance, 20))
        line = f'{speaker}: "{quote}" ' + " ".join(words.draw(chance, 8))
        start = at + len(speaker) + 3
        mention = Mention(speaker, (at, at + len(speaker)), _TITLES[lang] if not index else None, "person", "named")
        said.append(
            Statement(
                id=f"{document_id}{index:02}",
                kind="direct" if chance.random() < 0.6 else "indirect",
                content=((start, start + len(quote)),),
                text=quote,
                cue=None,
                cue_text=None,
                polarity="asserts",
                speaker=mention,
                lang=lang,
                confidence=0.9,
                rule=f"{lang}.generated",
                said_on=None,
            )
        )
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    segments, at = [], 0
    for line in lines:
        segments.append(Segment(at, at + len(line), lang, "body", article=0))
        at += len(line) + 1
    document = Document(
        document_id,
        text,
        f"generated/{number}",
        hashlib.sha256(text.encode()).hexdigest(),
        source=chance.choice(_SOURCES),
        published=day,
        title=title,
        lang=lang,
    )
    return Annotations(document, (Article(0, len(text), title),), tuple(segments), tuple(said))
