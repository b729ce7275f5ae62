"""The people and bodies of one article: which phrases name the same one, and the fullest form of a name."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.attribution.lexicon import (
    ANONYMOUS,
    CLOSED,
    DEMONSTRATIVE,
    DETERMINER,
    DOCUMENT,
    FEMALE_NAME,
    FEMININE,
    GENERIC_HEAD,
    GIVEN_NAME,
    GLUED,
    GROUP,
    KNOWN,
    ORGANISATION,
    PERSON_WORD,
    PLACE,
    SOURCE_WORD,
    SURNAME,
    WORD,
)
from tracker.attribution.naming import Named, name_phrase, text_of
from tracker.attribution.phrases import has_article, phrase_after, phrase_kind
from tracker.attribution.tokens import Paragraph
from tracker.records import ResolvedBy, SpeakerType

MAX_PLAIN_PHRASE = 3
MAX_HEADS = 12
"""Earlier places of a head that are looked at, nearest first."""
MAX_OCCURRENCES = 60
"""Places of a surname that are looked at for a fuller form."""
_HEADS = PERSON_WORD | GENERIC_HEAD | ORGANISATION | ANONYMOUS
_NO_SHORT_NAME = PLACE | KNOWN | GROUP | ORGANISATION | GENERIC_HEAD | DOCUMENT


@dataclass(slots=True, eq=False)
class Person:
    """A source met in the article."""

    words: tuple[str, ...]
    name: str
    title: str | None
    type: SpeakerType
    kind: str = "word"
    """What its words were known as when it was met: name, title, organisation, …, or nothing known (``word``)."""
    gender: str = ""
    number: str = "s"
    title_words: frozenset[str] = frozenset()
    doubtful: bool = False
    """A long phrase that no known word opens: perhaps no source at all, so nobody else's words are laid to it."""
    order: int = -1
    """Place among those met."""


@dataclass(slots=True)
class People:
    """All sources met so far in one article, in order.

    Look-ups go by word, so that the time is linear in the article.
    """

    paragraphs: Sequence[Paragraph]
    _met: dict[int, Person] = field(default_factory=dict)
    """By identity, in the order in which they were met."""
    _by_word: dict[str, list[Person]] = field(default_factory=dict)
    _by_title: dict[str, list[Person]] = field(default_factory=dict)
    _tokens: dict[str, list[int]] = field(default_factory=dict)
    """Places in the article of every word, by its ``name_key``; filled when first asked for."""
    _firsts: list[int] = field(default_factory=list)
    """Place in the article of the first token of each paragraph."""
    _heads: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Paragraph and token of every title and head of the article, by its bare form and that without the last letter."""

    def add(self, person: Person) -> None:
        """Remember ``person``, if not yet known."""
        if id(person) in self._met:
            return
        person.order = len(self._met)
        self._met[id(person)] = person
        self._index(person)
        for word in person.title_words:
            for key in _stems(word):
                self._by_title.setdefault(key, []).append(person)

    def _index(self, person: Person) -> None:
        for word in person.words:
            known = self._by_word.setdefault(word, [])
            if person not in known:
                known.append(person)

    def identify(
        self, paragraph: Paragraph, named: Named, phrase: tuple[int, int], gender: str
    ) -> tuple[Person, ResolvedBy]:
        """Who the phrase names, and how that was told: somebody met before, or a new person, who is remembered."""
        person, how = self.find(paragraph, named, phrase, gender)
        words = _name_words(paragraph, named.name)
        if id(person) in self._met:
            if how != "description" and len(words) > len(person.words):
                person.words, person.name = words, text_of(paragraph, named.name)
                self._index(person)
            if how != "description" and len(words) >= len(person.words):
                person.title = person.title or named.title
            person.gender = person.gender or gender
        else:
            self.add(person)
        return person, how

    def find(
        self, paragraph: Paragraph, named: Named, phrase: tuple[int, int], gender: str
    ) -> tuple[Person, ResolvedBy]:
        """The same without remembering anything."""
        words = _name_words(paragraph, named.name)
        name = text_of(paragraph, named.name)
        how: ResolvedBy = "named"
        known = self._known(words, named.type)
        if known is not None:
            return known, "short-name" if len(known.words) > len(words) else "named"
        if named.title is None:
            described = self._described(paragraph, phrase, gender, named.type)
            if described is not None:
                return described, "description"
        kind = named.type
        unplaced = not paragraph.flags[named.name[0]] & _NO_SHORT_NAME
        if kind in ("person", "organisation") and len(words) == 1 and unplaced:
            fuller = self._fuller(paragraph, named)
            if fuller is not None:
                name, words = fuller
                how = "short-name"
                if kind == "organisation" and len(words) > 1:
                    kind = "person"
                known = self._known(words, "person")
                if known is not None:
                    return known, how
        person = Person(
            words,
            name,
            named.title,
            kind,
            phrase_kind(paragraph, phrase),
            gender,
            "p" if kind == "group" else "s",
            _title_words(paragraph, phrase),
            doubtful=phrase[1] - phrase[0] > MAX_PLAIN_PHRASE
            and not paragraph.flags[phrase[0]] & (SOURCE_WORD | GIVEN_NAME | SURNAME | DETERMINER)
            and not paragraph.lexicon.cased,
        )
        return person, how

    def _known(self, words: tuple[str, ...], kind: SpeakerType) -> Person | None:
        """The person whose name holds all of ``words``, or whose words are all among them; the latest first."""
        if not words or kind == "anonymous":
            return None
        wanted = set(words)
        for person in reversed(self._by_word.get(words[-1], ())):
            if person.type == "anonymous":
                continue
            have = set(person.words)
            if wanted == have:
                return person
            if kind in ("person", "organisation") and person.type == "person" and person.words:
                if wanted < have and words[-1] in person.words and (len(words) > 1 or words[-1] == person.words[-1]):
                    return person
                if have < wanted and kind == "person" and person.words[-1] == words[-1]:
                    return person
        return None

    def _described(
        self, paragraph: Paragraph, phrase: tuple[int, int], gender: str, kind: SpeakerType
    ) -> Person | None:
        """The source of an earlier title or head that the phrase repeats: the minister, the site, الوزير, الموقع."""
        words = _title_words(paragraph, phrase)
        first = phrase[0]
        definite = paragraph.flags[first] & (DETERMINER | DEMONSTRATIVE) or has_article(paragraph, first)
        if not words or phrase[1] - first > 3 or not (definite or kind == "person"):
            return None
        places = {}
        for word in words:
            for key in _stems(word):
                for person in reversed(self._by_title.get(key, ())):
                    if person.type == kind and genders_agree(person.gender, gender):
                        places[person.order] = person
                        break
        if places:
            return places[max(places)]
        return self._introduced(paragraph, phrase, words) if definite and phrase[1] - first <= 2 else None

    def _introduced(self, paragraph: Paragraph, phrase: tuple[int, int], words: frozenset[str]) -> Person | None:
        """Whom the text before names with the same head, though nobody quoted them yet: شركة المياه … الشركة."""
        lexicon = paragraph.lexicon
        if lexicon.cased:
            return None
        if not self._heads:
            self._find_heads()
        here = (self._number(paragraph), phrase[0])
        places = {place for word in words for key in _stems(word) for place in self._heads.get(key, ())}
        for number, token in sorted((place for place in places if place < here), reverse=True)[:MAX_HEADS]:
            other = self.paragraphs[number]
            if other.lexicon is not lexicon:
                continue
            fuller = phrase_after(other, token, phrase[0] if other is paragraph else len(other))
            if fuller is None or fuller[0] != token or fuller[1] - token < 2:
                continue
            named = name_phrase(other, fuller)
            found, _ = self.find(other, named, fuller, gender_of(other, fuller))
            if found.words and not found.doubtful:
                return found
        return None

    def _find_heads(self) -> None:
        for number, paragraph in enumerate(self.paragraphs):
            lexicon = paragraph.lexicon
            for token, bits in enumerate(paragraph.flags):
                if not bits & _HEADS or has_article(paragraph, token):
                    continue
                word = paragraph.norms[token]
                if bits & GLUED:
                    word = word[lexicon.particle_length(word) :]
                for key in _stems(lexicon.bare(word)):
                    self._heads.setdefault(key, []).append((number, token))

    def _number(self, paragraph: Paragraph) -> int:
        return bisect_right([other.start_char for other in self.paragraphs], paragraph.start_char) - 1

    def _fuller(self, paragraph: Paragraph, named: Named) -> tuple[str, tuple[str, ...]] | None:
        """A longer form of a one-word name anywhere in the article, with its words: اللافي -> عبد الله اللافي."""
        token = named.name[0]
        best: tuple[str, tuple[str, ...]] | None = None
        for other, place in self._occurrences(paragraph.lexicon.name_key(paragraph.norms[token])):
            if other.lexicon is not paragraph.lexicon or (other is paragraph and place == token):
                continue
            first = place
            while first > 0 and place - first < 3 and _is_forename(other, first - 1, place):
                first -= 1
            if first < place and (best is None or place - first + 1 > len(best[1])):
                best = text_of(other, (first, place + 1)), _name_words(other, (first, place + 1))
        return best

    def mentions(self, person: Person) -> int:
        """How often the article holds the last word of the name."""
        return len(self._occurrences(person.words[-1])) if person.words else 0

    def _occurrences(self, key: str) -> list[tuple[Paragraph, int]]:
        """Tokens of the article whose ``name_key`` is ``key``, the first ``MAX_OCCURRENCES``."""
        if not self._tokens:
            tokens: defaultdict[str, list[int]] = defaultdict(list)
            first = 0
            for paragraph in self.paragraphs:
                self._firsts.append(first)
                for place, name in enumerate(map(paragraph.lexicon.name_key, paragraph.norms), first):
                    tokens[name].append(place)
                first += len(paragraph.norms)
            self._tokens = dict(tokens)
        found = []
        for place in self._tokens.get(key, ())[:MAX_OCCURRENCES]:
            number = bisect_right(self._firsts, place) - 1
            found.append((self.paragraphs[number], place - self._firsts[number]))
        return found


def gender_of(paragraph: Paragraph, phrase: tuple[int, int]) -> str:
    """Gender of a phrase as far as its title or given name shows it: ``m``, ``f`` or nothing."""
    kinds = 0
    for bits in paragraph.flags[phrase[0] : phrase[1]]:
        kinds |= bits
    if kinds & (FEMININE | FEMALE_NAME):
        return "f"
    return "m" if kinds & GIVEN_NAME else ""


def genders_agree(known: str, asked: str) -> bool:
    """Whether two genders can be one person's; nothing agrees with both."""
    return not known or not asked or known == asked


def _stems(word: str) -> tuple[str, ...]:
    """Keys under which a title or head is looked up: itself, and without the last letter, by which a construct
    differs (חברה, חברת)."""
    return (word, word[:-1] + "*") if len(word) > 3 else (word,)


def _name_words(paragraph: Paragraph, name: tuple[int, int]) -> tuple[str, ...]:
    words = []
    name_key, flags, norms = paragraph.lexicon.name_key, paragraph.flags, paragraph.norms
    for token in range(*name):
        if flags[token] & WORD:
            word = norms[token]
            if "'" in word:
                word = word.removesuffix("'s").removesuffix("'")
            words.append(name_key(word))
    return tuple(words)


def _title_words(paragraph: Paragraph, phrase: tuple[int, int]) -> frozenset[str]:
    """The bare title words of a phrase, by which a later description finds it."""
    return frozenset(
        paragraph.lexicon.bare(paragraph.norms[token])
        for token in range(*phrase)
        if paragraph.flags[token] & (PERSON_WORD | GENERIC_HEAD | DOCUMENT | ORGANISATION | ANONYMOUS)
    )


def _is_forename(paragraph: Paragraph, token: int, surname: int) -> bool:
    """Whether the word at ``token`` can be part of the name that ends at ``surname``."""
    if not paragraph.is_word(token) or paragraph.ends[token] + 1 != paragraph.starts[token + 1]:
        return False
    flags = paragraph.flags[token]
    if flags & (CLOSED | SOURCE_WORD):
        return False
    norm = paragraph.norms[token]
    if norm in paragraph.lexicon.cue_forms or norm[0].isdigit():
        return False
    if paragraph.lexicon.cased:
        return paragraph.is_capitalised(token)
    if len(norm) < 2:
        return False
    for article in paragraph.lexicon.articles:
        if norm.startswith(article) and len(norm) > len(article) + 1:
            return token > 0 and paragraph.norms[token - 1] in paragraph.lexicon.name_particles
    return surname - token <= 1 or paragraph.norms[token] in paragraph.lexicon.name_particles
