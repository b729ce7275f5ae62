"""The listed forms of a language, folded: affixes, function words and the phrases that claims are read by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tracker.claims.lexicon import is_acronym, load_lexicon
from tracker.lang import load_pack
from tracker.text import fold

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|\d+(?:[.,:/٫٬-]\d+)*"
    r"|[^\W\d_]+(?:['’׳״\"][^\W\d_]+)*['׳]?"
    r"|[%٪$€£₪:?؟!\"“”«»]"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A listed form: ``label`` says which list it is from (negator, month, concept, …), ``value`` what it stands for.

    ``rest`` are its words behind the first, folded.
    """

    label: str
    value: float | str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tables:
    """What texts of one language are read with; see tracker/lang/words.py for the affixes."""

    prefixes: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    """What is taken off and what is put in its place, the longest first."""
    by_letter: dict[str, tuple[tuple[str, str], ...]]
    """The same by the last letter of what is taken off."""
    fronts: tuple[tuple[str, str], ...]
    augments: tuple[str, ...]
    weak: frozenset[str]
    shortest: int
    stop: frozenset[str]
    light: frozenset[str]
    exact: dict[str, tuple[Phrase, ...]]
    """Phrases found by the word itself or without its prefix."""
    inflected: dict[str, tuple[Phrase, ...]]
    """Phrases found also without endings: concepts."""


def split_words(text: str) -> list[str]:
    """The words, numbers and telling marks of ``text``, as written but without points and invisible characters."""
    if not text.isascii():
        text = "".join([char for char in text if char < "\u0300" or unicodedata.category(char) not in ("Mn", "Cf")])
        text = text.replace("\u0640", "")
    return _TOKEN.findall(text)


@lru_cache(maxsize=64)
def tables_of(lang: str) -> Tables:
    """The folded tables of one language; empty ones for ``und`` and for languages without words.toml."""
    if lang == "und":
        return Tables((), (), {}, (), (), frozenset(), 3, frozenset(), frozenset(), {}, {})
    pack = load_pack(lang)
    words, negation, numbers, dates = pack.words, pack.negation, pack.numbers, pack.dates
    exact: dict[str, list[Phrase]] = {}
    inflected: dict[str, list[Phrase]] = {}

    def add(table: dict[str, list[Phrase]], label: str, form: str, value: float | str = 0.0) -> None:
        first, *rest = [word if is_acronym(word) else fold(word) for word in split_words(form)] or [fold(form)]
        phrase = Phrase(label, value, tuple(rest))
        if phrase not in table.setdefault(first, []):
            table[first].append(phrase)

    for label, forms in (
        ("negator", negation.negators),
        ("denial", negation.denials),
        ("reversal", negation.reversals),
        ("harmless", negation.harmless),
        ("hedge", negation.hedges),
        ("percent", numbers.percent),
        ("about", numbers.about),
        ("at_least", numbers.at_least),
        ("at_most", numbers.at_most),
        ("alone", numbers.alone),
        ("counted", numbers.counted),
        ("joiner", numbers.joiners),
    ):
        for form in forms:
            add(exact, label, form)
    for label, table in (
        ("value", numbers.values),
        ("scale", numbers.scales),
        ("fraction", numbers.fractions),
        ("ordinal", numbers.ordinals),
        ("currency", numbers.currency),
    ):
        for form, value in table.items():
            add(exact, label, form, value)
    for vague in numbers.vague:
        for form in vague.forms:
            add(exact, "vague", form, f"{vague.low}-{vague.high}")
    for month in dates.month:
        for form in month.forms:
            add(exact, "month", form, month.number)
    for weekday in dates.weekday:
        for form in weekday.forms:
            if form[0].isalpha():  # (שני) counts only with its brackets, which are not words
                add(exact, "weekday", form, weekday.number)
    for relative in dates.relative:
        for form in relative.forms:
            add(exact, "relative", form, relative.days)
    for concept in load_lexicon().concepts:
        for form in concept.forms.get(lang, ()):
            add(exact if is_acronym(form) else inflected, "concept", form, concept.number)
    pairs = ((fold(old), fold(new)) for old, new in (ending.partition(">")[::2] for ending in words.endings))
    endings = tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
    return Tables(
        tuple(sorted({fold(prefix) for prefix in words.prefixes}, key=lambda prefix: (-len(prefix), prefix))),
        endings,
        {last: tuple(pair for pair in endings if pair[0][-1:] == last) for last in {old[-1:] for old, _ in endings}},
        tuple((fold(old), fold(new)) for old, new in (front.partition(">")[::2] for front in words.fronts)),
        tuple(sorted((fold(augment) for augment in words.augments), key=len, reverse=True)),
        frozenset(fold(words.weak)),
        words.shortest,
        frozenset(fold(word) for word in words.stop),
        frozenset(fold(word) for word in words.light),
        {form: tuple(phrases) for form, phrases in exact.items()},
        {form: tuple(phrases) for form, phrases in inflected.items()},
    )
