"""A language pack compiled for look-up: what every word of a text may be, found by one dictionary access a word.

Words are folded (``tracker.text.fold``). Conjunctions, prepositions and the article that a language writes as one
with the next word are taken off here, once a distinct word, so that the algorithms never see them.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from tracker.lang.cues import Cue, CueClass, Inflection
from tracker.lang.pack import LanguagePack, load_pack
from tracker.text import fold

# Word classes, as bits: a word may be several things at once.
COMPLEMENTISER = 1 << 0
RELATIVE = 1 << 1
PREPOSITION = 1 << 2
NAME_PREPOSITION = 1 << 3
ADJUNCT = 1 << 4
FILLER = 1 << 5
COORDINATOR = 1 << 6
SUBORDINATOR = 1 << 7
AUXILIARY = 1 << 8
NEGATOR = 1 << 9
DETERMINER = 1 << 10
VERB = 1 << 11
INFINITIVE = 1 << 12
TITLE = 1 << 13
HONORIFIC = 1 << 14
RELATION = 1 << 15
ORGANISATION = 1 << 16
GENERIC_HEAD = 1 << 17
DOCUMENT = 1 << 18
GROUP = 1 << 19
ANONYMOUS = 1 << 20
PLACE = 1 << 21
KNOWN = 1 << 22
PRONOUN = 1 << 23
FEMININE = 1 << 24
DATE = 1 << 25
DEMONSTRATIVE = 1 << 26
KEPT_COMPLEMENTISER = 1 << 27
GIVEN_NAME = 1 << 28
FEMALE_NAME = 1 << 29
VERBAL_NOUN = 1 << 30
NORM = 1 << 31
GLUED = 1 << 32
"""A preposition is written as one with the word (לפי המשרד: למשרד, لبيان)."""
SURNAME = 1 << 33
"""The article shows the word to be a surname; set for one paragraph, never in the lexicon."""
THING = 1 << 34
"""A common noun that names nobody, where no capital shows names."""
ADJECTIVE = 1 << 35

# What a token is, whatever the language.
WORD = 1 << 40
MARK = 1 << 41
"""A quotation mark."""
ABBREVIATION = 1 << 42
CONTROL = 1 << 43
"""A bidi or other invisible control character."""
MARK_AFTER = 1 << 45
"""A word that a single mark right behind it belongs to (פרופ')."""
MARK_INSIDE = 1 << 44
"""A word with a double quotation mark inside."""
ODD = ABBREVIATION | CONTROL | MARK_INSIDE | MARK_AFTER

QUOTE_MARKS = frozenset('"“”„‟«»״＂') | {"''", "``", "<<", ">>"}
_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
MAX_REMEMBERED = 200_000
MIN_PRIOR = 0.1
"""Cues that are a statement more seldom cost a fifth of the time and found nothing on the development data."""

PERSONAL_NAME = GIVEN_NAME | SURNAME
PERSON_WORD = TITLE | HONORIFIC | RELATION
SOURCE_WORD = PERSON_WORD | ORGANISATION | GENERIC_HEAD | DOCUMENT | GROUP | ANONYMOUS | PLACE | KNOWN
CLOSED = (
    COMPLEMENTISER
    | RELATIVE
    | PREPOSITION
    | ADJUNCT
    | COORDINATOR
    | SUBORDINATOR
    | AUXILIARY
    | NEGATOR
    | VERB
    | PRONOUN
)

_VERB_CLASSES = frozenset(("finite", "participle", "passive"))
_VERB_LIKE = frozenset(("finite", "participle", "preposition", "passive"))
_WORD = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class CueForm:
    """One inflected form of a cue. ``rest`` are the words that must follow the first one."""

    cue: Cue
    cue_class: CueClass
    gender: str
    number: str
    person: int
    pronoun: bool
    rest: tuple[str, ...] = ()
    clitic: int = 0
    """Letters of an attached conjunction before the form."""
    takes: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    addressee: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()


@dataclass(slots=True)
class CueEntry:
    """The cue forms that begin with one word: phrases by their second word, longest first, and the word alone."""

    alone: tuple[CueForm, ...]
    """Forms that are one word, one of each class; a verb and a noun may be written alike."""
    phrases: dict[str, tuple[CueForm, ...]]
    any_class: frozenset[str]
    """Classes of the forms that are one word; ``own-noun`` for a noun with its speaker attached (قوله)."""


@dataclass(slots=True)
class Lexicon:
    """Everything attribution asks about the words of one language."""

    pack: LanguagePack
    code: str
    cue_forms: dict[str, CueEntry]
    words: dict[str, int]
    spelled: dict[str, int]
    """Classes of words that folding makes alike and spelling tells apart, as written (أمام, إمام; who, WHO)."""
    verb_forms: dict[str, tuple[str, str]]
    """Folded form of a verb that is no cue -> gender and number, where the form shows them."""
    phrases: dict[str, dict[str, tuple[tuple[tuple[str, ...], int], ...]]]
    """First word -> second word -> (the words behind the first, their class), longest first."""
    asides: dict[str, tuple[tuple[str, ...], ...]]
    topic_openers: dict[str, tuple[tuple[str, ...], ...]]
    pronouns: dict[str, tuple[str, str, int, str]]
    glued_complementisers: tuple[str, ...]
    glued_prepositions: tuple[str, ...]
    conjunctions: tuple[str, ...]
    articles: tuple[str, ...]
    contracted_articles: tuple[str, ...]
    before_article: tuple[str, ...]
    before_names: tuple[str, ...]
    enclitics: tuple[str, ...]
    verb_enclitics: tuple[str, ...]
    """Pronouns written as one with the verb before them, as written, longest first."""
    verb_prefixes: tuple[str, ...]
    clause_prefixes: tuple[str, ...]
    feminine_joint: tuple[str, ...]
    proclitics: tuple[str, ...]
    default_order: tuple[str, ...]
    sentence_end: frozenset[str]
    abbreviations: frozenset[str]
    cased: bool
    final_marks: bool
    """Whether a single mark may end a word."""
    marked_words: frozenset[str]
    """Folded words that a single mark right behind belongs to, without it."""
    final_letters: frozenset[str]
    pro_drop: bool
    name_particles: frozenset[str]
    addressee_letters: tuple[str, ...]
    """Prepositions written as one with whom something is said to (ل, ל)."""
    name_articles: tuple[str, ...]
    """Articles at the front of a name's word, joined or with a hyphen (al-, אל-, ال)."""
    report_openers: frozenset[str]
    title_prepositions: frozenset[str]
    name_linkers: frozenset[str]
    resumptives: frozenset[str]
    question_labels: frozenset[str]
    answer_labels: frozenset[str]
    feminine_endings: tuple[str, ...]
    """As written, because folding hides them."""
    object_endings: tuple[str, ...]
    oblique_endings: tuple[str, ...]
    whole_words: frozenset[str]
    pseudo: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    """Phrases that hold the form of a cue and are none, by their first word."""
    readings: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Every word met so far, as written -> its folded form and classes: one access a word on the hot path."""
    _flags: dict[str, int] = field(default_factory=dict)
    _name_keys: dict[str, str] = field(default_factory=dict)
    cue_starts: frozenset[str] = frozenset()
    """Words that a cue, a phrase that only looks like one, or what a label leads to begins with."""
    own_nouns: frozenset[str] = frozenset()
    """Cue forms that are a noun with its speaker attached (قوله)."""
    verb_words: frozenset[str] = frozenset()
    """Verbs as far as the lists know, cues or not."""
    _joined: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    verb_like: frozenset[str] = frozenset()
    """Cue forms that no noun phrase goes on with."""

    def __post_init__(self) -> None:
        self.cue_starts = frozenset((*self.cue_forms, *self.pseudo, ":"))
        entries = self.cue_forms.items()
        self.own_nouns = frozenset(word for word, entry in entries if "own-noun" in entry.any_class)
        verbs = [word for word, entry in entries if not _VERB_CLASSES.isdisjoint(entry.any_class)]
        self.verb_words = frozenset((*verbs, *(word for word, bits in self.words.items() if bits & VERB)))
        self.verb_like = frozenset(word for word, entry in entries if not _VERB_LIKE.isdisjoint(entry.any_class))

    def read(self, word: str) -> tuple[str, int]:
        """The folded form of a token as written, with its classes; remembered in ``readings``."""
        if word in QUOTE_MARKS:
            entry = ('"', MARK)
        elif word in _CONTROLS or not fold_word(word):
            entry = (word, CONTROL)  # nothing that is read remains of it: bidi controls, joiners, a lone vowel sign
        else:
            norm = fold_word(word)
            if len(norm) > 1 and norm[-1] == "." and norm[:-1] in self.abbreviations:
                norm = norm[:-1]  # looked up without the full stop that belongs to it
            bits = self.spelled.get(word) or self.flags(norm)
            if word[0].isalnum():
                bits |= WORD
            if norm in self.abbreviations:
                bits |= ABBREVIATION
            if (
                self.final_marks
                and (norm in self.marked_words or word[-1] in self.final_letters)
                and "'" not in norm[-1:]
            ):
                bits |= MARK_AFTER
            if len(word) > 2 and ('"' in word or "״" in word):
                bits |= MARK_INSIDE
            entry = (norm, bits)
        if len(self.readings) > MAX_REMEMBERED:
            self.readings.clear()
        self.readings[word] = entry
        return entry

    def flags(self, word: str) -> int:
        """Classes of the folded ``word`` as bits; attached particles are seen through."""
        known = self._flags.get(word)
        if known is None:
            known = self._look_up(word)
            if len(self._flags) > MAX_REMEMBERED:
                self._flags.clear()
            self._flags[word] = known
        return known

    def _look_up(self, word: str) -> int:
        found = self.words.get(word, 0)
        if found == NAME_PREPOSITION:
            return found | self._behind_preposition(word)
        if found or word in self.whole_words:
            return found
        for prefix in self.conjunctions:
            if word.startswith(prefix) and len(word) - len(prefix) >= 2:
                rest = word[len(prefix) :]
                found = self.words.get(rest, 0) or self._behind_article(rest)
                if found:
                    return found
        for prefix in self.verb_prefixes:
            if word.startswith(prefix) and self.words.get(word[1:], 0) & VERB:
                return VERB
        for prefix in self.clause_prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 2 and self.is_verb_form(word[len(prefix) :]):
                return SUBORDINATOR
        return self._behind_article(word) or self._behind_preposition(word) or self._before_enclitic(word)

    def _before_enclitic(self, word: str) -> int:
        """A source word, thing or preposition with a pronoun attached: رئيسها, חברתו, خلاله."""
        for enclitic in self.enclitics:
            stem = word[: -len(enclitic)]
            if word.endswith(enclitic) and len(stem) >= 3:
                found = self.words.get(stem, 0)
                if not found and self.feminine_joint and stem.endswith(self.feminine_joint[0]):
                    found = self.words.get(stem[: -len(self.feminine_joint[0])] + self.feminine_joint[1], 0)
                if found & SOURCE_WORD or (found & THING and len(stem) >= 4):
                    return found & (SOURCE_WORD | FEMININE | THING)
                if found & PREPOSITION:
                    return PREPOSITION
        return 0

    def _behind_preposition(self, word: str) -> int:
        for prefix in self.conjunctions:
            if word.startswith(prefix) and len(word) - len(prefix) >= 4:
                word = word[len(prefix) :]
                break
        for form in self.contracted_articles:
            if word.startswith(form) and len(word) - len(form) >= 3:
                return self.words.get(word[len(form) :], 0) & (SOURCE_WORD | FEMININE | THING) | GLUED
        for prefix in self.glued_prepositions:
            rest = word[len(prefix) :]
            if word.startswith(prefix) and len(rest) >= 3:
                found = self.words.get(rest, 0) or self._behind_article(rest)
                if found & SOURCE_WORD or (found & GIVEN_NAME and prefix in self.before_names):
                    return found & (SOURCE_WORD | GIVEN_NAME | FEMALE_NAME | FEMININE) | GLUED
                if found & (VERBAL_NOUN | THING):
                    return found & THING | GLUED
                if prefix in self.before_article and any(
                    rest.startswith(article) and len(rest) - len(article) >= 3 for article in self.articles
                ):
                    return GLUED
        return 0

    def contracted(self, word: str) -> tuple[int, str]:
        """Letters of a preposition grown together with the article before the folded ``word``, and that article.

        للشرطة is ل and الشرطة: the name needs an article that is not written.
        """
        for form in self.contracted_articles:
            if word.startswith(form) and len(word) - len(form) >= 3 and word not in self.words:
                return len(form), self.articles[0]
        return 0, ""

    def particle_length(self, word: str) -> int:
        """Letters of the attached conjunction and preposition before the known word in the folded ``word``."""
        length = 0
        if self.words.get(word, 0) & ~NAME_PREPOSITION:
            return 0
        for prefix in self.conjunctions:
            if word.startswith(prefix) and self.flags(word[len(prefix) :]) & ~GLUED:
                length = len(prefix)
                break
        for prefix in self.glued_prepositions:
            rest = word[length + len(prefix) :]
            if (
                word.startswith(prefix, length)
                and len(rest) >= 3
                and (self.words.get(rest, 0) | self._behind_article(rest)) & (SOURCE_WORD | GIVEN_NAME)
            ):
                return length + len(prefix)
        return length

    def _behind_article(self, word: str) -> int:
        for article in self.articles:
            if word.startswith(article) and len(word) - len(article) >= 2:
                found = self.words.get(word[len(article) :], 0)
                if found:
                    return found & (SOURCE_WORD | FEMININE | DATE | FILLER | THING | ADJECTIVE)
        return 0

    def is_verb_form(self, word: str) -> bool:
        """Whether the folded word is a verb as far as the lists know, a cue or not."""
        return word in self.verb_words

    def is_verb_with_object(self, written: str) -> bool:
        """Whether the word, as written, is a verb that the lists know with a pronoun attached (أكده)."""
        return any(
            written.endswith(enclitic) and len(written) - len(enclitic) >= 3 and self._is_bare_verb(written, enclitic)
            for enclitic in self.verb_enclitics
        )

    def _is_bare_verb(self, written: str, enclitic: str) -> bool:
        word = fold_word(written[: -len(enclitic)])
        return word in self.verb_words or any(
            word.startswith(prefix) and word[len(prefix) :] in self.verb_words for prefix in self.conjunctions
        )

    def joined(self, forms: frozenset[str]) -> tuple[str, ...]:
        """Those of ``forms`` that the language writes as one with the next word."""
        known = self._joined.get(forms)
        if known is None:
            known = self._joined[forms] = tuple(form for form in forms if form in self.proclitics)
        return known

    def name_key(self, word: str) -> str:
        """A folded word of a name without the article in front: al-Qasrawi and Qasrawi are one."""
        known = self._name_keys.get(word)
        if known is None:
            known = self._without_name_article(word)
            if len(self._name_keys) > MAX_REMEMBERED:
                self._name_keys.clear()
            self._name_keys[word] = known
        return known

    def _without_name_article(self, word: str) -> str:
        for article in self.name_articles:
            if word.startswith(article + "-") and len(word) - len(article) > 3:
                return word[len(article) + 1 :]
            if (
                not self.cased
                and article in self.articles
                and word.startswith(article)
                and len(word) - len(article) > 2
            ):
                return word[len(article) :]
        return word

    def bare(self, word: str) -> str:
        """``word`` without attached conjunction and article, where what remains has two letters or more.

        A word that is known as it stands (وزير, ועד) begins with no conjunction.
        """
        if word not in self.words:
            for prefix in self.conjunctions:
                if word.startswith(prefix) and len(word) - len(prefix) >= 2:
                    word = word[len(prefix) :]
                    break
        for article in self.articles:
            if word.startswith(article) and len(word) - len(article) >= 2:
                return word[len(article) :]
        return word


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """``fold`` of one word, remembered: news repeats its words."""
    return fold(word)


def words_of(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase from a language file."""
    return tuple(fold(word) for word in _WORD.findall(phrase))


@cache
def lexicon_of(code: str) -> Lexicon:
    """The compiled lexicon of language ``code``. Raises ConfigError where there is no such language."""
    return compile_lexicon(load_pack(code))


def compile_lexicon(pack: LanguagePack) -> Lexicon:
    """Compile ``pack``; costs some tens of milliseconds, once a process."""
    language = pack.language
    words: dict[str, int] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    conjunctions = tuple(fold(prefix) for prefix in language.conjunctions)

    spellings: dict[str, dict[str, int]] = {}

    def add(forms: tuple[str, ...], bits: int) -> None:
        for form in forms:
            parts = words_of(form)
            if len(parts) == 1:
                written = spellings.setdefault(parts[0], {})
                written[form] = written.get(form, 0) | bits
                words[parts[0]] = words.get(parts[0], 0) | bits
            elif parts:
                phrases.setdefault(parts[0], []).append((parts[1:], bits))

    syntax = pack.syntax
    glued = []
    for complementiser in syntax.complementisers:
        if complementiser.glued:
            glued.append(fold(complementiser.form))
        else:
            add((complementiser.form,), COMPLEMENTISER | (KEPT_COMPLEMENTISER if complementiser.keep else 0))
    for forms, bits in (
        (syntax.relatives, RELATIVE),
        (syntax.prepositions, PREPOSITION),
        (syntax.name_prepositions, NAME_PREPOSITION),
        (syntax.adjuncts, ADJUNCT),
        (syntax.fillers, FILLER),
        (syntax.coordinators, COORDINATOR),
        (syntax.subordinators, SUBORDINATOR),
        (syntax.auxiliaries, AUXILIARY),
        (syntax.negators, NEGATOR),
        (syntax.determiners, DETERMINER),
        (pack.verbs.forms, VERB),
        (pack.nouns.things, THING),
        (pack.nouns.adjectives, ADJECTIVE),
        (syntax.verbal_nouns, VERBAL_NOUN),
        (pack.organisations.norms, NORM),
        (syntax.infinitive_markers, INFINITIVE),
        (pack.titles.honorifics, HONORIFIC),
        (pack.titles.relations, RELATION),
        (pack.organisations.heads, ORGANISATION),
        (pack.organisations.generic_heads, GENERIC_HEAD),
        (pack.organisations.documents, DOCUMENT),
        (pack.organisations.groups, GROUP),
        (pack.organisations.anonymous, ANONYMOUS),
        (pack.organisations.places, PLACE),
        (pack.organisations.known, KNOWN),
    ):
        add(forms, bits)
    verb_forms = _verb_forms(pack)
    for form in verb_forms:
        words[form] = words.get(form, 0) | VERB
    for group in pack.titles.group:
        add(group.forms, TITLE)
        add(group.feminine, TITLE | FEMININE)
    for month in pack.dates.month:
        add(month.forms, DATE)
    for weekday in pack.dates.weekday:
        add(weekday.forms, DATE)
    add(pack.names.masculine, GIVEN_NAME)
    for names in pack.names.given.values():
        add(names, GIVEN_NAME)
    add(pack.names.feminine, GIVEN_NAME | FEMALE_NAME)
    pronouns: dict[str, tuple[str, str, int, str]] = {}
    for pronoun in pack.pronouns.pronoun:
        form = fold(pronoun.form)
        add((pronoun.form,), DEMONSTRATIVE if pronoun.kind == "demonstrative" else PRONOUN)
        if pronoun.kind == "relative":
            words[form] = words.get(form, 0) | RELATIVE
        pronouns.setdefault(form, (pronoun.gender, pronoun.number, pronoun.person, pronoun.kind))
    spelled = {}
    for word, written in spellings.items():
        if len(set(written.values())) > 1:
            everywhere = words[word] & ~functools.reduce(operator.or_, written.values())
            spelled.update({form: bits | everywhere for form, bits in written.items()})
    return Lexicon(
        pack=pack,
        code=pack.code,
        cue_forms=_cue_forms(pack, conjunctions),
        words=words,
        verb_forms=verb_forms,
        phrases={word: _by_second_word(rests) for word, rests in phrases.items()},
        asides=_by_first_word(syntax.asides),
        topic_openers=_by_first_word(syntax.topic_openers),
        pronouns=pronouns,
        glued_complementisers=tuple(glued),
        conjunctions=conjunctions,
        glued_prepositions=tuple(
            prefix
            for prefix in map(fold, language.proclitics)
            if len(prefix) == 1 and prefix not in conjunctions and prefix not in map(fold, language.articles)
        ),
        articles=tuple(fold(article) for article in language.articles),
        before_article=tuple(map(fold, language.before_article)),
        before_names=tuple(map(fold, language.before_names)),
        contracted_articles=tuple(fold(form) for form in language.contracted_articles),
        spelled=spelled,
        verb_enclitics=tuple(sorted(language.verb_enclitics, key=len, reverse=True)),
        enclitics=tuple(sorted(map(fold, language.enclitics), key=len, reverse=True)),
        clause_prefixes=tuple(map(fold, language.clause_prefixes)),
        verb_prefixes=tuple(map(fold, language.verb_prefixes)),
        feminine_joint=tuple(map(fold, language.feminine_joint)),
        proclitics=tuple(fold(prefix) for prefix in language.proclitics),
        default_order=language.default_order,
        sentence_end=frozenset(language.sentence_end),
        abbreviations=frozenset(fold(word) for word in language.abbreviations),
        pro_drop=language.pro_drop,
        final_marks=bool(pack.quotes.word_end or pack.quotes.final_letters),
        marked_words=frozenset(fold(word).rstrip("'") for word in pack.quotes.word_end),
        final_letters=frozenset(pack.quotes.final_letters),
        cased=language.script in ("Latn", "Cyrl", "Grek", "Armn"),
        whole_words=frozenset(fold(word) for word in syntax.whole_words),
        pseudo=_by_two_words(pack.cues.pseudo, ("", *conjunctions)),
        question_labels=frozenset(fold(word) for word in syntax.question_labels),
        answer_labels=frozenset(fold(word) for word in syntax.answer_labels),
        feminine_endings=language.feminine_endings,
        object_endings=language.object_endings,
        oblique_endings=language.oblique_endings,
        title_prepositions=frozenset(fold(word) for word in syntax.title_prepositions),
        resumptives=frozenset(fold(word) for word in syntax.resumptives),
        name_linkers=frozenset(fold(word) for word in syntax.name_linkers),
        report_openers=frozenset(fold(word) for word in syntax.report_openers),
        addressee_letters=tuple(
            sorted(
                {
                    letter
                    for cue in pack.cues.cue
                    for letter in map(fold, cue.addressee)
                    if letter in map(fold, language.proclitics)
                }
            )
        ),
        name_articles=tuple(
            sorted({fold(article).rstrip("-") for article in pack.names.articles}, key=len, reverse=True)
        ),
        name_particles=frozenset(fold(word) for word in (*pack.names.particles, *pack.names.joiners)),
    )


def _by_second_word(
    rests: list[tuple[tuple[str, ...], int]],
) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    merged: dict[tuple[str, ...], int] = {}
    for rest, bits in rests:
        merged[rest] = merged.get(rest, 0) | bits
    table: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for rest, bits in merged.items():
        table.setdefault(rest[0], []).append((rest, bits))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in table.items()}


def _by_two_words(
    phrases: tuple[str, ...], prefixes: tuple[str, ...]
) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """First word, with each of ``prefixes`` -> second word ("" where there is none) -> the rests, longest first."""
    table: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for phrase in phrases:
        parts = words_of(phrase)
        second = parts[1] if len(parts) > 1 else ""
        for prefix in prefixes:
            table.setdefault(prefix + parts[0], {}).setdefault(second, []).append(parts[1:])
    return {
        word: {second: tuple(sorted(rests, key=len, reverse=True)) for second, rests in seconds.items()}
        for word, seconds in table.items()
    }


def _by_first_word(phrases: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> the rests of the phrases that begin with it, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = words_of(phrase)
        table.setdefault(parts[0], []).append(parts[1:])
    return {word: tuple(sorted(rests, key=len, reverse=True)) for word, rests in table.items()}


def inflected_forms(cue: Cue, pack: LanguagePack) -> list[tuple[str, CueClass, Inflection]]:
    """All forms of a cue as written, each with its class and inflection. Raises KeyError at an unknown paradigm."""
    paradigms = {paradigm.name: paradigm for paradigm in pack.cues.paradigm}
    plain = Inflection()
    forms: list[tuple[str, CueClass, Inflection]] = [(form, cue.cue_class, plain) for form in cue.forms]
    for name, stems in cue.stems.items():
        paradigm = paradigms[name]
        for stem, inflection in itertools.product(stems, paradigm.forms):
            forms.append((inflection.pattern.replace("{}", stem), paradigm.cue_class, inflection))
    return forms


def _verb_forms(pack: LanguagePack) -> dict[str, tuple[str, str]]:
    paradigms = {paradigm.name: paradigm for paradigm in pack.cues.paradigm}
    found: dict[str, tuple[str, str]] = {}
    for name, stems in pack.verbs.stems.items():
        for stem, inflection in itertools.product(stems, paradigms[name].forms):
            found.setdefault(fold(inflection.pattern.replace("{}", stem)), (inflection.gender, inflection.number))
    return found


def _cue_forms(pack: LanguagePack, conjunctions: tuple[str, ...]) -> dict[str, CueEntry]:
    table: dict[str, dict[tuple[str, str, tuple[str, ...]], CueForm]] = {}
    for cue in pack.cues.cue:
        if cue.prior < MIN_PRIOR:
            continue
        takes = frozenset(cue.takes)
        prepositions = frozenset(map(fold, cue.prepositions))
        addressee = frozenset(map(fold, cue.addressee))
        sources = frozenset(map(fold, cue.sources))
        within = frozenset(map(fold, cue.within))
        for form, cue_class, inflection in inflected_forms(cue, pack):
            parts = words_of(form)
            for prefix in ("", *conjunctions):
                entry = CueForm(
                    cue=cue,
                    cue_class=cue_class,
                    gender=inflection.gender,
                    number=inflection.number,
                    person=inflection.person,
                    pronoun=inflection.pronoun,
                    rest=parts[1:],
                    clitic=len(prefix),
                    takes=takes,
                    prepositions=prepositions,
                    addressee=addressee,
                    sources=sources,
                    within=within,
                )
                table.setdefault(prefix + parts[0], {}).setdefault((cue.id, cue_class, parts[1:]), entry)
    # Longest phrase first, and a form as it stands before one that needs a conjunction taken off.
    return {
        word: _entry(sorted(entries.values(), key=lambda entry: (-len(entry.rest), entry.clitic, -entry.cue.prior)))
        for word, entries in table.items()
    }


def _entry(forms: list[CueForm]) -> CueEntry:
    phrases: dict[str, list[CueForm]] = {}
    for form in forms:
        if form.rest:
            phrases.setdefault(form.rest[0], []).append(form)
    alone = [form for form in forms if not form.rest]
    return CueEntry(
        alone=tuple({form.cue_class: form for form in reversed(alone)}.values())[::-1],
        phrases={word: tuple(entries) for word, entries in phrases.items()},
        any_class=frozenset(
            "own-noun" if form.cue_class == "noun" and form.pronoun else form.cue_class for form in alone
        ),
    )
