"""A name as comparable tokens: titles off, particles and initials marked, compound names made one."""

from __future__ import annotations

from functools import lru_cache
from itertools import count

from tracker.names.lexicon import lexicon, split_words
from tracker.names.phones import SILENCE
from tracker.names.spelling import Readings, speller

MAX_TOKENS = 9
MAX_KEYS = 12
"""Ways to write the consonant classes of one reading."""
CACHED = 10_000
"""Names and tokens kept; the least recently used go first."""

_NUMBERS = count()


class Token:
    """One word of a name.

    ``number``      its own in this process
    ``weight``      how much the word tells, from 0.2 to 1
    ``readings``    the ways to read it, as units; the first is the usual one
    ``bare``        the readings without an article written as one with it; empty where there is none
    ``size``        what leaving out all of the first reading costs
    ``given``       ids of the given names it is a form of
    ``exact_keys``  what it sounds like, as consonant classes, and ``given``
    ``keys``        the same also with one consonant left out, where there are three or more
    """

    __slots__ = (
        "bare", "exact_keys", "given", "initial", "keys", "number", "particle", "readings", "script", "size", "text",
        "weight",
    )  # fmt: skip

    def __init__(self, text: str, *, particle: bool, given: frozenset[str], readings: Readings, bare: Readings) -> None:
        drops = speller().table.drops
        self.text = text
        self.number = next(_NUMBERS)
        self.script = speller().script(text)
        self.readings = readings
        self.bare = bare
        self.particle = particle
        self.given = given
        self.initial = sum(letter.isalpha() for letter in text) == 1
        self.size = sum(drops[unit] for unit in readings[0])
        self.weight = 0.2 if particle else 0.25 if self.initial else min(1.0, 0.4 + self.size / 600)
        keys = {key for reading in readings + bare for key in sound_keys(reading)}
        self.exact_keys = frozenset(keys) | given
        self.keys = self.exact_keys | {
            key[:place] + key[place + 1 :] for key in keys if len(key) > 2 for place in range(len(key))
        }


class Name:
    """A name taken apart.

    ``key`` is equal for spellings that differ in case, marks, titles and punctuation only; ``generation`` is what tells
    father from son, the same in all languages (junior), or nothing.
    """

    __slots__ = ("generation", "key", "text", "tokens")

    def __init__(self, text: str, tokens: tuple[Token, ...], generation: str = "") -> None:
        self.text = text
        self.tokens = tokens
        self.generation = generation
        self.key = " ".join([token.text for token in tokens] + ([generation] if generation else []))

    def __repr__(self) -> str:
        return f"Name({self.key!r})"

    @property
    def script(self) -> str:
        """ISO 15924 of the last word, where the surname stands; empty where no table knows it."""
        return self.tokens[-1].script if self.tokens else ""


@lru_cache(maxsize=CACHED)
def parse_name(text: str) -> Name:
    """``text`` as a Name; titles in front and suffixes behind are off unless nothing else is left. Never fails."""
    words, generation = without_titles(split_words(text)[: 2 * MAX_TOKENS])
    words = _joined(words)[:MAX_TOKENS]
    lists = lexicon()
    last = len(words) - 1
    tokens = tuple(
        make_token(word, number < last and word in lists.particles and not (number == 0 and word in lists.given))
        for number, word in enumerate(words)
    )
    return Name(text, tokens, generation)


@lru_cache(maxsize=CACHED)
def make_token(word: str, particle: bool = False) -> Token:
    """The token of one folded word."""
    lists = lexicon()
    letter = lists.letter_names.get(word)
    bare = lists.without_article(word)
    return Token(
        letter or word,
        particle=particle,
        given=frozenset(lists.given.get(word, ())),
        readings=_heard(letter or word),
        bare=_heard(bare) if bare else (),
    )


def without_titles(words: list[str]) -> tuple[list[str], str]:
    """``words`` without titles in front and suffixes behind, and what among these tells father from son.

    Never empties ``words``.
    """
    lists = lexicon()
    start = 0
    while start < len(words) - 1:
        sizes = range(min(lists.longest_title, len(words) - start - 1), 0, -1)
        size = next((size for size in sizes if tuple(words[start : start + size]) in lists.titles), 0)
        if not size:
            break
        start += size
    end = len(words)
    generation = ""
    while end - start > 2 and (words[end - 1] in lists.suffixes or words[end - 1] in lists.generations):
        end -= 1
        if words[end] in lists.generations:
            generation = lists.generations[words[end]]
    return words[start:end], generation


def sound_keys(reading: tuple[int, ...]) -> list[str]:
    """The consonant classes of a reading in order, in at most ``MAX_KEYS`` ways, the likeliest first."""
    options = speller().table.key_options
    keys = [""]
    for unit in reading:
        choices = options[unit]
        if len(choices) > 1 and len(keys) * len(choices) > MAX_KEYS:
            choices = choices[:1]
        if choices != ("",):
            keys = [key + choice for choice in choices for key in keys]
    return keys


def _heard(word: str) -> Readings:
    """The readings of ``word``; one silent unit where there is nothing to hear."""
    readings = tuple(reading for reading in speller().readings(word) if reading)
    return readings or ((speller().table.unit(((SILENCE, 0),)),),)


def _joined(words: list[str]) -> list[str]:
    """Joiners made one with the word behind them, a particle between them included (עבד אל-חמיד)."""
    lists = lexicon()
    joined: list[str] = []
    number = 0
    while number < len(words):
        word = words[number]
        if word in lists.joiners and number + 1 < len(words):
            number += 1
            word += words[number]
            if words[number] in lists.particles and number + 1 < len(words):
                number += 1
                word += words[number]
        joined.append(word)
        number += 1
    return joined
