"""The people and bodies of one article: which phrases name the same one, and the fullest form of a name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.attribution.lexicon import (
    ADJECTIVE,
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
    PERSONAL_NAME,
    PLACE,
    SOURCE_WORD,
    THING,
    TITLE,
    WORD,
    Lexicon,
    fold_word,
)
from tracker.attribution.naming import Named, name_phrase, text_of
from tracker.attribution.phrases import has_article, phrase_after, phrase_kind
from tracker.attribution.tokens import Paragraph
from tracker.records import ResolvedBy, SpeakerType

MAX_PLAIN_PHRASE = 3
MAX_HEADS = 12
"""Places of a head that are looked at before a description and behind it, nearest first."""
MAX_DESCRIPTION = 3
"""Words of a phrase that can point back to an office by one word of it."""
MAX_OCCURRENCES = 60
"""Places of a surname that are looked at for a fuller form."""
_HEADS = PERSON_WORD | GENERIC_HEAD | ORGANISATION | ANONYMOUS
_TITLE_WORDS = _HEADS | DOCUMENT
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
    named: bool = False
    """Whether a person's name is known, not just an office."""
    gender: str = ""
    number: str = "s"
    title_words: frozenset[str] = frozenset()
    doubtful: bool = False
    """A long phrase that no known word opens, or a thing: perhaps no source at all, so nobody else's words are laid
    to it."""
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
    _starts: list[int] = field(default_factory=list)
    """Offset of each paragraph; filled when first asked for."""
    _places: defaultdict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Paragraph and token of every folded word of the article; filled when first asked for."""
    _lexicons: dict[int, Lexicon] = field(default_factory=dict)
    """The languages of the article's paragraphs, by identity."""
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
        if id(person) in self._met:
            words = _name_words(paragraph, named.name)
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
            apposed = self._apposed(paragraph, phrase, gender)
            if apposed is not None:
                return apposed, "named"
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
        seen_as = phrase_kind(paragraph, phrase)
        person = Person(
            words,
            name,
            named.title,
            kind,
            seen_as,
            _holds_name(paragraph, named),
            gender,
            "p" if kind == "group" else "s",
            _title_words(paragraph, phrase),
            doubtful=seen_as in ("thing", "adjective")
            or (
                phrase[1] - phrase[0] > MAX_PLAIN_PHRASE
                and not paragraph.flags[phrase[0]] & (SOURCE_WORD | PERSONAL_NAME | DETERMINER)
                and not paragraph.lexicon.cased
            ),
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
        if not words or not (kind == "person" or _is_definite(paragraph, first)):
            return None
        if phrase[1] - first > MAX_DESCRIPTION:
            return self._introduced(paragraph, phrase, words)
        places = {}
        for word in words:
            for key in _stems(word):
                for person in reversed(self._by_title.get(key, ())):
                    if person.type == kind and genders_agree(person.gender, gender):
                        if _is_another(paragraph, phrase, person):
                            continue
                        places[person.order] = person
                        break
        if places:
            return places[max(places)]
        return self._introduced(paragraph, phrase, words)

    def _apposed(self, paragraph: Paragraph, phrase: tuple[int, int], gender: str) -> Person | None:
        """Whose office the phrase is where it follows a name and its comma: X, the spokesman."""
        first, flags = phrase[0], paragraph.flags
        if paragraph.lexicon.cased or not _is_apposed(paragraph, first):
            return None
        if any(bits & PERSONAL_NAME for bits in flags[first : phrase[1]]):
            return None
        start = first - 1
        while start > 0 and flags[start - 1] & PERSONAL_NAME and not flags[start - 1] & (GLUED | SOURCE_WORD):
            start -= 1
        if start == first - 1:
            return None
        name = (start, first - 1)
        return self.find(paragraph, name_phrase(paragraph, name), name, gender)[0]

    def _introduced(self, paragraph: Paragraph, phrase: tuple[int, int], words: frozenset[str]) -> Person | None:
        """Whom the text names elsewhere with the same head: شركة المياه … الشركة; the mayor of X … the mayor of X, Y.

        A definite word or two go back to the nearest such head before. A longer office is one that some other place,
        before or behind, gives with all its words and a name.
        """
        lexicon = paragraph.lexicon
        if lexicon.cased:
            return None
        if not self._heads:
            self._find_heads()
        here = (self._number(paragraph), phrase[0])
        first, last = phrase
        short = last - first <= 2 and _is_definite(paragraph, first)
        whole = _bare_words(paragraph, phrase)
        for number, token in self._near_heads(words, here):
            other = self.paragraphs[number]
            if other.lexicon is not lexicon:
                continue
            limit = first if other is paragraph and token < first else len(other)
            fuller = phrase_after(other, token, limit)
            if fuller is None or fuller[0] != token or fuller[1] - token < 2 or (other is paragraph and token == first):
                continue
            named = name_phrase(other, fuller)
            if not (short and (number, token) < here) and not (
                _holds_name(other, named) and whole <= _bare_words(other, fuller)
            ):
                continue
            found, _ = self.find(other, named, fuller, gender_of(other, fuller))
            if found.words and not found.doubtful and not _is_another(paragraph, phrase, found):
                return found
        return None

    def _near_heads(self, words: frozenset[str], here: tuple[int, int]) -> list[tuple[int, int]]:
        """Where the title words stand near ``here``: ``MAX_HEADS`` before it, then as many behind, nearest first."""
        before: set[tuple[int, int]] = set()
        behind: set[tuple[int, int]] = set()
        for key in {key for word in words for key in _stems(word)}:
            places = self._heads.get(key, [])
            middle = bisect_left(places, here)
            before.update(places[max(0, middle - MAX_HEADS) : middle])
            behind.update(place for place in places[middle : middle + MAX_HEADS + 1] if place != here)
        return sorted(before, reverse=True)[:MAX_HEADS] + sorted(behind)[:MAX_HEADS]

    def _find_heads(self) -> None:
        for number, paragraph in enumerate(self.paragraphs):
            lexicon = paragraph.lexicon
            for token, bits in enumerate(paragraph.flags):
                if not bits & _HEADS or (has_article(paragraph, token) and not _is_apposed(paragraph, token)):
                    continue
                word = paragraph.norms[token]
                if bits & GLUED:
                    word = word[lexicon.particle_length(word) :]
                for key in _stems(lexicon.bare(word)):
                    self._heads.setdefault(key, []).append((number, token))

    def _number(self, paragraph: Paragraph) -> int:
        if not self._starts:
            self._starts = [other.start_char for other in self.paragraphs]
        return bisect_right(self._starts, paragraph.start_char) - 1

    def _fuller(self, paragraph: Paragraph, named: Named) -> tuple[str, tuple[str, ...]] | None:
        """A longer form of a one-word name anywhere in the article, with its words: اللافي -> عبد الله اللافي."""
        token = next((place for place in range(*named.name) if paragraph.is_word(place)), named.name[0])
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
        if not self._places:
            for number, paragraph in enumerate(self.paragraphs):
                self._lexicons[id(paragraph.lexicon)] = paragraph.lexicon
                for token, norm in enumerate(paragraph.norms):
                    self._places[norm].append((number, token))
        forms = {form for lexicon in self._lexicons.values() for form in _forms(lexicon, key)}
        found = [place for form in forms for place in self._places.get(form, ())[:MAX_OCCURRENCES]]
        return [(self.paragraphs[number], token) for number, token in sorted(found)[:MAX_OCCURRENCES]]


def _forms(lexicon: Lexicon, key: str) -> frozenset[str]:
    """The folded words whose ``name_key`` is ``key``: itself, and itself behind each article of names."""
    forms = [key]
    for article in lexicon.name_articles:
        forms += (f"{article}-{key}", article + key)
    return frozenset(form for form in forms if lexicon.name_key(form) == key)


def _holds_name(paragraph: Paragraph, named: Named) -> bool:
    if named.type != "person":
        return False
    return named.title is not None or any(bits & PERSONAL_NAME for bits in paragraph.flags[slice(*named.name)])


def _is_definite(paragraph: Paragraph, token: int) -> bool:
    """Whether the phrase that begins at ``token`` has an article or a demonstrative."""
    return bool(paragraph.flags[token] & (DETERMINER | DEMONSTRATIVE)) or has_article(paragraph, token)


def _is_apposed(paragraph: Paragraph, token: int) -> bool:
    """Whether the word is an office behind a name and a comma."""
    flags = paragraph.flags
    if token < 2 or not flags[token] & TITLE or flags[token] & GLUED or paragraph.norms[token - 1] != ",":
        return False
    return bool(flags[token - 2] & PERSONAL_NAME)


def _bare_words(paragraph: Paragraph, phrase: tuple[int, int]) -> frozenset[str]:
    """The words of a phrase without what is attached to them in front."""
    bare, norms = paragraph.lexicon.bare, paragraph.norms
    return frozenset(bare(norms[token]) for token in range(*phrase) if paragraph.flags[token] & WORD)


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
            word = norms[token][paragraph.joined_prepositions.get(token, 0) :]
            if flags[token] & GLUED:
                letters, article = paragraph.lexicon.contracted(word)
                word = article + word[letters:]
            if "'" in word:
                word = word.removesuffix("'s").removesuffix("'")
            words.append(name_key(word))
    return tuple(words)


def _title_words(paragraph: Paragraph, phrase: tuple[int, int]) -> frozenset[str]:
    """The bare title words of a phrase, by which a later description finds it."""
    flags, norms, bare = paragraph.flags, paragraph.norms, paragraph.lexicon.bare
    return frozenset([bare(norms[token]) for token in range(*phrase) if flags[token] & _TITLE_WORDS])


def _is_another(paragraph: Paragraph, phrase: tuple[int, int], person: Person) -> bool:
    """Whether phrase and body are of one kind and told apart by adjectives with the article: الأرمينية, الانفصالية."""
    articles, bare = paragraph.lexicon.articles, paragraph.lexicon.bare
    if not articles or person.type == "person":
        return False
    told_apart = any(fold_word(word).startswith(articles) for word in person.name.split()[1:])
    rest = {bare(paragraph.norms[token]) for token in range(phrase[0] + 1, phrase[1]) if has_article(paragraph, token)}
    return told_apart and bool(rest) and rest.isdisjoint(person.words)


def _is_forename(paragraph: Paragraph, token: int, surname: int) -> bool:
    """Whether the word at ``token`` can be part of the name that ends at ``surname``."""
    if not paragraph.is_word(token) or paragraph.ends[token] + 1 != paragraph.starts[token + 1]:
        return False
    flags = paragraph.flags[token]
    if flags & (CLOSED | SOURCE_WORD | THING | ADJECTIVE) and not flags & (PERSONAL_NAME):
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
