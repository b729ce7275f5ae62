"""Organisations and places by what their names mean: translated names meet in the same ids.

The words are in bodies.toml and places.toml of each language.
"""

from __future__ import annotations

from functools import lru_cache

from tracker.names.lexicon import MAX_NAME
from tracker.text import fold

SAME_BODY = 0.97
STANDS_FOR = 0.88
"""A capital or a country for its government, the authorities for the government."""
COUNTRY_UNSAID = 0.7
"""The government against the Armenian government: context decides."""
CACHED = 10_000
GOVERNMENT = frozenset({"government", "authorities"})
MAX_WORDS = 24

_SECTIONS = ("heads", "fields", "bodies", "outlets")


class Body:
    """An organisation or place taken apart into ids.

    ``heads`` what kind it is, ``fields`` what it is concerned with, ``named`` bodies with a name of their own,
    ``countries``; ``rest`` the words that mean nothing here. ``key`` is equal for names that say the same.
    """

    __slots__ = ("countries", "fields", "heads", "key", "named", "rest")

    def __init__(self, found: dict[str, set[str]], rest: tuple[str, ...]) -> None:
        self.named = frozenset(found["bodies"] | found["outlets"])
        self.heads = frozenset() if self.named else frozenset(found["heads"])
        self.fields = frozenset() if self.named else frozenset(found["fields"])
        self.countries = frozenset() if self.named else frozenset(found["country"] | found["capital"])
        self.rest = rest
        kind = frozenset() if self.is_government else self.heads
        self.key = " ".join("+".join(sorted(part)) or "-" for part in (self.named, kind, self.fields, self.countries))

    @property
    def is_government(self) -> bool:
        """Whether it is a country's government, or the country or its capital for it."""
        return bool(self.countries) and not self.named and not self.fields and self.heads <= GOVERNMENT


class Phrases:
    """Folded words -> what they mean, longest phrase first; all languages in one table."""

    def __init__(self) -> None:
        from tracker.lang import language_codes, load_pack  # only here: most names need none of this

        self.meanings: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self.fillers: set[str] = set()
        self.articles: tuple[str, ...] = ()
        packs = [pack for pack in map(load_pack, language_codes()) if (pack.folder / "bodies.toml").is_file()]
        articles = {fold(article) for pack in packs for article in pack.language.articles}
        self.articles = tuple(sorted(articles, key=len, reverse=True))
        sections: dict[str, str] = {}
        for pack in packs:
            bodies, places = pack.bodies, pack.places
            self.fillers.update(word for filler in bodies.fillers for word in self.words(filler))
            for section in _SECTIONS:
                for identity, forms in getattr(bodies, section).items():
                    sections.setdefault(identity, section)
                    self._add(forms, section, identity)
            for section, table in (("country", places.country), ("capital", places.capital)):
                for code, forms in table.items():
                    self._add(forms, section, code)
            for code, forms in places.people.items():
                for form in forms:
                    self._add((form, *_endings(form, places.endings)), "country", code)
        for pack in packs:
            for identity, text in pack.bodies.meaning.items():
                meant = [(sections.get(word, "country"), word) for word in text.split()]
                for meanings in self.meanings.values():
                    if any(known == identity for _, known in meanings):
                        meanings[:] = meant
        self.longest = max(map(len, self.meanings), default=1)
        self.prefixes = {prefix for pack in packs for prefix in pack.language.proclitics}

    def meaning(self, words: tuple[str, ...]) -> list[tuple[str, str]]:
        """What ``words`` mean; a single word also without a particle written as one with it (בעזה)."""
        found = self.meanings.get(words)
        if found is None and len(words) == 1 and len(words[0]) > 3 and words[0][0] in self.prefixes:
            found = self.meanings.get((self._without_article(words[0][1:]),))
        return found or []

    def words(self, text: str) -> list[str]:
        """The folded words of ``text`` without articles."""
        words = []
        for word in fold(text[:MAX_NAME]).replace("-", " ").replace(".", "").split()[:MAX_WORDS]:
            bare = word.strip("\"'!?,;:()[]").removesuffix("'s")
            if bare:
                words.append(self._without_article(bare))
        return words

    def _add(self, forms: tuple[str, ...], section: str, identity: str) -> None:
        for form in forms:
            words = tuple(self.words(form))
            meanings = self.meanings.setdefault(words, [])
            if not meanings:  # a phrase means one thing: heads before fields before bodies, countries before capitals
                meanings.append((section, identity))

    def _without_article(self, word: str) -> str:
        for article in self.articles:
            if len(word) > len(article) + 1 and word.startswith(article):
                return word[len(article) :]
        return word


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The one table of this process; the language files are read at the first call."""
    return Phrases()


@lru_cache(maxsize=CACHED)
def parse_body(text: str) -> Body | None:
    """``text`` as a Body; None where it names no known kind of body, no known body, nor a mere country or capital."""
    found, rest = read_meanings(text)
    known = found["heads"] or found["bodies"] or found["outlets"]
    if not known and (rest or not (found["country"] or found["capital"])):
        return None
    return Body(found, tuple(rest))


def read_meanings(text: str) -> tuple[dict[str, set[str]], list[str]]:
    """The ids that the words of ``text`` mean, by section, and the folded words that mean nothing."""
    table = phrases()
    words = table.words(text)
    found: dict[str, set[str]] = {section: set() for section in (*_SECTIONS, "country", "capital")}
    rest: list[str] = []
    place = 0
    while place < len(words):
        for size in range(min(table.longest, len(words) - place), 0, -1):
            meanings = table.meaning(tuple(words[place : place + size]))
            if meanings:
                for section, identity in meanings:
                    found[section].add(identity)
                place += size
                break
        else:
            if words[place] not in table.fillers:
                rest.append(words[place])
            place += 1
    return found, rest


def body_similarity(a: Body, b: Body) -> float:
    """How sure it is that two bodies are one, 0 to 1, by what their names mean; the caller compares ``rest``."""
    if a.named or b.named:
        return SAME_BODY if a.named == b.named else 0.0
    if a.fields != b.fields:
        return 0.0
    if a.is_government and b.is_government:
        if a.countries != b.countries:
            return 0.0
        return SAME_BODY if a.heads == b.heads else STANDS_FOR
    if a.heads != b.heads:
        return 0.0
    if a.countries == b.countries:
        return SAME_BODY
    return COUNTRY_UNSAID if not a.countries or not b.countries else 0.0


def _endings(form: str, endings: dict[str, tuple[str, ...]]) -> list[str]:
    """The other forms of an adjective: each of its words takes the ending."""
    forms: list[str] = []
    for ending, others in endings.items():
        words = form.split()
        if all(word.endswith(ending) for word in words):
            forms.extend(" ".join(word[: len(word) - len(ending)] + other for word in words) for other in others)
    return forms
