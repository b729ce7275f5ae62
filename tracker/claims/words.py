"""Words of a text as they are compared: without affixes, with what they may mean.

Light stemming after Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval" (2007), with the
affixes of each language's words.toml. A word is looked up in the tables with as little taken off as possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tracker.claims.lexicon import is_acronym, load_lexicon
from tracker.claims.phrases import Phrase, Tables, tables_of
from tracker.claims.scripts import CASED, script_languages, script_of
from tracker.claims.weights import load_weights
from tracker.lang import load_pack
from tracker.text import fold

MAX_LETTERS = 40
"""Longer words are cut before affixes are taken off: none has more."""
ROOT = 3
"""Letters of a root."""


Key = int | str
"""A concept's number, or a stem."""


class Meaning(NamedTuple):
    """What words are compared by.

    ``keys`` are what they may mean (concept numbers; stem and form where there is none), ``soft`` what comes close,
    ``opposites`` the concepts they may be the opposite of, ``field`` the file of the concept, ``weight`` what they
    count for.
    """

    keys: frozenset[Key]
    soft: frozenset[Key]
    opposites: frozenset[Key]
    field: str
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one word form, independent of the text it stands in.

    ``form`` is folded; ``stem`` is what is left without affixes, ``core`` what is left of that without the letters that
    words of one root do not share (empty where that is too little); ``looks`` are all forms it may be a form of, for
    words inside phrases; ``phrases`` are the lists it opens an entry of, ``special`` says that one of them is not the
    table of concepts, ``multiple`` that one of them has several words; ``name`` says that it may be a name;
    ``meaning`` is that of the word by itself.
    """

    form: str
    stem: str
    core: str
    lang: str
    looks: frozenset[str]
    phrases: tuple[Phrase, ...]
    special: bool
    multiple: bool
    stop: bool
    light: bool
    capital: bool
    name: bool
    meaning: Meaning


@lru_cache(maxsize=1 << 17)
def read_word(written: str, lang: str) -> Word:
    """The ``Word`` of a form as written in a text of language ``lang``; a word of another script is read in its own."""
    script = script_of(written[0])
    if script and load_pack_script(lang) != script:
        lang = script_languages().get(script, "und")
    tables = tables_of(lang)
    weights = load_weights().tokens
    acronym = written.replace(".", "")
    if is_acronym(acronym) and len(acronym) > 1:
        form = acronym
        phrases = tables.exact.get(form, ())
        if phrases:
            low = form.lower()
            meaning = meaning_of(single_concepts(phrases), low, low, weights["word"])
            return Word(
                low, low, "", lang, frozenset((form,)), phrases, False, False, False, False, True, False, meaning
            )
    form = fold(written).strip("'")[:MAX_LETTERS] or written[:1]
    levels = list(_levels(form, tables))
    bare = levels[0] + levels[1]
    phrases = _first_found(levels[:2], tables.exact) + _first_found(levels, tables.inflected)
    stop = form in tables.stop or (
        not phrases and (form.partition("'")[0] in tables.stop or any(look in tables.stop for look in levels[1]))
    )
    light = any(look in tables.light for look in bare)
    known = any(not phrase.rest for phrase in phrases)
    capital = written[:1].isupper()
    name = not stop and not known and len(form) > 2 and form.isalpha() and (capital or script not in CASED)
    stem = _stem(form, tables)
    meaning = meaning_of(single_concepts(phrases), stem, form, weights["name" if name and capital else "word"])
    if light:
        meaning = meaning._replace(weight=min(meaning.weight, weights["light"]))
    return Word(
        form,
        stem,
        _core(stem, tables),
        lang,
        frozenset(look for level in levels for look in level),
        phrases,
        any(phrase.label != "concept" for phrase in phrases),
        any(phrase.rest for phrase in phrases),
        stop,
        light,
        capital,
        name,
        meaning,
    )


def single_concepts(phrases: tuple[Phrase, ...]) -> list[int]:
    """The concepts among ``phrases`` that are one word."""
    return [int(phrase.value) for phrase in phrases if phrase.label == "concept" and not phrase.rest]


def meaning_of(concepts: list[int], stem: str, form: str, weight: float) -> Meaning:
    """What a word or phrase of these concepts means; ``weight`` counts where no field of the table has its own."""
    if not concepts:
        return Meaning(frozenset((stem, form)), frozenset(), frozenset(), "", weight)
    lexicon = load_lexicon()
    weights = load_weights().tokens
    keys = frozenset(concepts)
    soft: set[Key] = {stem}
    opposites: set[Key] = set()
    for number in concepts:
        soft |= lexicon.near.get(number, frozenset())
        opposites |= lexicon.opposites.get(number, frozenset())
    heaviest = max(weights.get(lexicon.concepts[number].field, weights["word"]) for number in concepts)
    field = lexicon.concepts[concepts[0]].field
    return Meaning(keys, frozenset(soft - keys), frozenset(opposites), field, heaviest)


@lru_cache(maxsize=256)
def load_pack_script(lang: str) -> str:
    """The script of language ``lang``, empty for ``und``."""
    return load_pack(lang).language.script if lang != "und" else ""


def _levels(form: str, tables: Tables) -> Iterator[tuple[str, ...]]:
    """Forms that ``form`` may be a form of, with ever more taken off."""
    shortest = tables.shortest
    bare = tuple(form[len(p) :] for p in tables.prefixes if form.startswith(p) and len(form) - len(p) >= shortest - 1)
    yield (form,)
    yield bare
    yield _without_ending(form, tables)
    yield tuple(look for rest in bare for look in _without_ending(rest, tables))
    fronts = tuple(
        new + rest[len(old) :]
        for rest in (form, *bare)
        for old, new in tables.fronts
        if rest.startswith(old) and len(rest) - len(old) + len(new) >= shortest
    )
    yield fronts
    yield tuple(look for rest in fronts for look in _without_ending(rest, tables))


def _without_ending(form: str, tables: Tables) -> tuple[str, ...]:
    size, shortest = len(form), tables.shortest
    return tuple(
        [
            form[: size - len(old)] + new
            for old, new in tables.by_letter.get(form[-1:], ())
            if size - len(old) + len(new) >= shortest and form.endswith(old)
        ]
    )


def _stem(form: str, tables: Tables) -> str:
    """``form`` without the longest prefix and the longest ending that leave enough."""
    for prefix in tables.prefixes:
        if form.startswith(prefix) and len(form) - len(prefix) >= tables.shortest:
            form = form[len(prefix) :]
            break
    for old, new in tables.by_letter.get(form[-1:], ()):
        if form.endswith(old) and len(form) - len(old) >= tables.shortest:
            form = form[: len(form) - len(old)] + new
            break
    return form[:-1] if form.endswith("e") and len(form) > tables.shortest else form


def _core(stem: str, tables: Tables) -> str:
    """What words of one root share of ``stem``; empty for languages without such roots and where too little is left."""
    if not tables.weak:
        return ""
    for augment in tables.augments:
        if stem.startswith(augment):
            core = _without_weak(stem[len(augment) :], tables)
            if len(core) >= ROOT:
                return core
    core = _without_weak(stem, tables)
    return core if len(core) >= ROOT else ""


def _without_weak(text: str, tables: Tables) -> str:
    return "".join([letter for letter in text if letter not in tables.weak])


def _first_found(levels: list[tuple[str, ...]], table: dict[str, tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    """The phrases of the first level that has any single word, and the openings of longer phrases on every level."""
    found: dict[Phrase, None] = {}
    single = False
    for level in levels:
        here = [phrase for look in level for phrase in table.get(look, ())]
        found.update((phrase, None) for phrase in here if phrase.rest or not single)
        single = single or any(not phrase.rest for phrase in here)
    return tuple(found)
