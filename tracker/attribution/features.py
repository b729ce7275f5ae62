"""Feature parts and the names of their features.

A part is a flat tuple of what was seen, its first item the kind of part. It expands to a few named features with
values; the names are the same in every language and are what the weight tables list. Equal parts expand to equal
features, so scoring works a part out once and remembers its sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

from tracker.attribution.lexicon import (
    ADJECTIVE,
    ADJUNCT,
    AUXILIARY,
    COMPLEMENTISER,
    COORDINATOR,
    DATE,
    DETERMINER,
    FILLER,
    INFINITIVE,
    NEGATOR,
    PERSON_WORD,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SOURCE_WORD,
    SUBORDINATOR,
    THING,
    VERB,
)
from tracker.attribution.tokens import Paragraph

Part = tuple[str | bool | int | float, ...]

_KINDS = (
    (COMPLEMENTISER, "complementiser"),
    (PRONOUN, "pronoun"),
    (PERSON_WORD, "title"),
    (SOURCE_WORD, "source"),
    (AUXILIARY, "auxiliary"),
    (NEGATOR, "negator"),
    (INFINITIVE, "infinitive"),
    (DETERMINER, "determiner"),
    (COORDINATOR, "coordinator"),
    (SUBORDINATOR, "subordinator"),
    (RELATIVE, "relative"),
    (PREPOSITION, "preposition"),
    (ADJUNCT, "adjunct"),
    (DATE, "date"),
    (FILLER, "filler"),
    (VERB, "verb"),
    (THING, "thing"),
    (ADJECTIVE, "adjective"),
)
_ANY_KIND = 0
for _bit, _ in _KINDS:
    _ANY_KIND |= _bit


class _KindTable(dict[int, str]):
    """The first of the kinds that each set of classes holds, worked out when it is first met."""

    def __missing__(self, bits: int) -> str:
        name = next(name for bit, name in _KINDS if bits & bit)
        self[bits] = name
        return name


_KIND_OF = _KindTable()
_MARKS = frozenset((",", ":", '"', ".", "-", ";", "(", ")"))


def word_kind(paragraph: Paragraph, token: int) -> str:
    """The class of one token as a feature value: pronoun, title, capital, number, a mark, …"""
    bits = paragraph.flags[token]
    if bits & _ANY_KIND:
        return _KIND_OF[bits & _ANY_KIND]
    norm = paragraph.norms[token]
    char = paragraph.text[paragraph.starts[token]]
    if not char.isalnum():
        return norm if norm in _MARKS else "mark"
    if char.isdigit():
        return "number"
    return "capital" if char.isupper() else "word"


@lru_cache(maxsize=1 << 12)
def bucket(count: int, bounds: tuple[int, ...]) -> str:
    """``count`` as the name of the first of ``bounds`` it does not exceed."""
    for bound in bounds:
        if count <= bound:
            return f"<={bound}"
    return f">{bounds[-1]}"


def logit(probability: float) -> float:
    """Log-odds, kept away from the ends."""
    probability = min(max(probability, 0.02), 0.98)
    return math.log(probability / (1 - probability))


def expand(part: Part) -> dict[str, float]:
    """The named features of a part with their values."""
    features = dict.fromkeys(_EXPANDERS[str(part[0])](part), 1.0)
    if part[0] == "cue":
        features["prior"] = logit(float(part[1]))
    return features


def expand_all(parts: Iterable[Part]) -> dict[str, float]:
    """The named features of several parts together."""
    features: dict[str, float] = {}
    for part in parts:
        features.update(expand(part))
    return features


_CUE_SWITCHES = (
    "cue.negated",
    "cue.auxiliary",
    "cue.infinitive",
    "cue.relative",
    "cue.in-quotation",
    "cue.in-headline",
    "cue.conjunction",
    "cue.pronoun",
    "sentence.subordinate",
    "sentence.question",
)


def _cue(part: Part) -> list[str]:
    _, _, act, cue_class, left, right, *switches = part
    names = ["bias", f"act={act}", f"class={cue_class}", f"left={left}", f"right={right}"]
    for name, on in zip(_CUE_SWITCHES, switches, strict=True):
        if on:
            names += [name, f"{name}&class={cue_class}"]
    return names


def _content(part: Part) -> list[str]:
    _, complement, end, cue_class, act, length, gap, quoted, verb, complementiser, comma, left, right = part
    names = [
        f"complement={complement}",
        f"class={cue_class}&{complement}",
        f"act={act}&{complement}",
        f"left={left}&{complement}",
        f"right={right}&{complement}",
        f"length{length}",
        f"gap{gap}&{'quote' if quoted else complement}",
    ]
    if str(complement).startswith("inverted"):
        names.append(f"gap{gap}&right={right}&inverted")  # nobody between comma and cue, nobody behind it
    if end:
        names += [f"end={end}", f"end={end}&{complement}"]
    if verb:
        names.append("gap.verb")
    if complementiser:
        names.append("gap.complementiser")
    if comma:
        names.append(f"gap.comma&{complement}")
    return names


def _clause(part: Part) -> list[str]:
    _, complement, first, gap_first, last, end, behind, opener, verbs = part
    names = [f"first={first}&{complement}", f"verbs{verbs}&end={end}", f"verbs{verbs}&{complement}"]
    if opener:
        names.append(f"opener={opener}&end={end}")
    if gap_first:
        names.append(f"gap.first={gap_first}&{complement}")
    if last:
        names.append(f"last={last}&{complement}")
    if behind:
        names.append(f"end={end}&behind={behind}")
    return names


def _quotation(part: Part) -> list[str]:
    _, words, closed, ends_in_mark, capital, beside, gap_last, comma_behind, untaken, colon = part
    names = [f"quotation{words}"]
    for name, on in (
        ("quotation.unclosed", not closed),
        ("quotation.ends-in-mark", ends_in_mark),
        ("quotation.capital", capital),
        ("quotation.beside", beside),
        ("quotation.comma-behind", comma_behind),
        ("quotation.untaken", untaken),
        ("quotation.colon", colon),
    ):
        if on:
            names.append(name)
    if gap_last:
        names.append(f"gap.last={gap_last}")
    return names


def _nearest(part: Part) -> list[str]:
    _, complement, kind, agreement, where, definite = part
    if not kind:
        return []
    names = [
        f"nearest={kind}&{where}",
        f"nearest={kind}&{where}&{complement}",
        f"nearest.{'definite' if definite else 'indefinite'}&{where}",
    ]
    if agreement:
        names += [f"nearest.agreement={agreement}&{where}", f"nearest.agreement={agreement}&{complement}"]
    return names


def _according(part: Part) -> list[str]:
    _, complement, leads, trails, comma = part
    names = []
    if leads:
        names.append("according.leads")
    if trails:
        names.append(f"according.trails&{complement}")
    if comma:
        names.append(f"according.comma&{complement}")
    return names


def _implied(part: Part) -> list[str]:
    _, place, cue_class, side, conjunction, pronoun, coordinated, left, opens, right, complement, explicit, joined = (
        part
    )
    names = [
        f"place={place}",
        f"place={place}&class={cue_class}",
        f"place={place}&{side}",
        f"place={place}&class={cue_class}&{side}",
        f"place={place}&left={left}",
        f"place={place}&opens={opens}",
        f"place={place}&right={right}",
        f"place={place}&right={right}&{complement}",
        f"place={place}&of={complement}",
        f"place={place}&of={complement}&{'joined' if joined else 'apart'}",
    ]
    if explicit:
        names += ["explicit", f"place={place}&explicit"]
    if conjunction:
        names.append(f"place={place}&conjunction")
    if pronoun:
        names.append(f"place={place}&pronoun")
    if coordinated:
        names.append(f"place={place}&coordinated")
    return names


_PHRASE_SWITCHES = (
    "phrase.verb",
    "phrase.relative",
    "phrase.complementiser",
    "phrase.date",
    "phrase.adjunct",
    "phrase.number",
    "phrase.common",
    "phrase.source-word",
    "gender.mismatch",
    "phrase.glued",
)


def _phrase(part: Part) -> list[str]:
    _, place, cue_class, side, kind, size, distance, *switches, glued, agreement, joined, before, behind = part[:-2]
    number, complement = part[-2:]
    linked = "joined" if joined else "apart"
    names = [
        f"place={place}&of={complement}",
        f"place={place}&of={complement}&{linked}",
        f"before={before}",
        f"before={before}&place={place}",
        f"behind={behind}",
        f"behind={behind}&place={place}",
        f"between={before},{behind}&place={place}",
        f"place={place}&{linked}",
        f"place={place}",
        f"place={place}&class={cue_class}",
        f"place={place}&{side}",
        f"place={place}&class={cue_class}&{side}",
        f"kind={kind}",
        f"kind={kind}&place={place}",
        f"size={size}",
        f"distance={distance}&place={place}",
    ]
    if number:
        names.append(f"number={number}&kind={kind}")
    if glued:
        names += [f"glued={glued}", f"glued={glued}&place={place}", f"glued={glued}&number={number}"]
    if agreement:
        names += [
            f"agreement={agreement}",
            f"agreement={agreement}&place={place}",
            f"agreement={agreement}&kind={kind}",
        ]
    for name, on in zip(_PHRASE_SWITCHES, switches, strict=True):
        if on:
            names += [name, f"{name}&place={place}"] if "glued" in name else [name]
    return names


def _join(part: Part) -> list[str]:
    _, steps, words, quoted, complement, opens, size, ends_in_mark, capital, said_before, *others = part
    named, verb, mark, cue, quotation = others
    names = [
        "join",
        f"join.steps{steps}",
        f"join.words{words}",
        f"join.steps{steps}&words{words}",
        f"join.of={complement}",
        f"join.steps{steps}&of={complement}",
        f"join.size{size}",
        f"join.{'opens' if opens else 'inside'}",
        f"join.steps{steps}&{'opens' if opens else 'inside'}&{'quoted' if quoted else 'unquoted'}",
        f"join.mark={mark}",
    ]
    for name, on in (
        ("join.ends-in-mark", ends_in_mark),
        ("join.capital", capital),
        ("join.said-before", said_before),
        ("join.name-between", named),
        ("join.verb-between", verb),
        ("join.cue-between", cue),
        ("join.quotation-between", quotation),
    ):
        if on:
            names += [name, f"{name}&steps{steps}"]
    return names


def _antecedent(part: Part) -> list[str]:
    _, how, cue_class, spoken, since, where, again, kind, type_, gender, number, *switches = part
    opens, nested, joined, here, titled = switches
    role = str(where).partition("-")[0]
    names = [
        f"spoken={spoken}&{how}",
        f"spoken={spoken}&where={where}",
        f"spoken={spoken}&since{since}",
        f"since{since}&{how}",
        f"where={where}&{how}",
        f"where={where}",
        f"kind={kind}&{how}",
        f"kind={kind}&where={role}",
        f"type={type_}&{how}",
        f"gender={gender}",
        f"number={number}",
    ]
    if cue_class:
        names.append(f"spoken={spoken}&class={cue_class}")
        names.append(f"where={where}&class={cue_class}")
    if again:
        names.append(f"again={again}")
    for name, on in (
        ("opens-paragraph", opens),
        ("nested", nested),
        ("joined", joined),
    ):
        if on:
            names += [f"{name}&spoken={spoken}", f"{name}&where={where}"]
    if here:
        names.append("spoke-in-paragraph")
        names.append(f"spoke-in-paragraph&where={where}")
    if titled:
        names.append("titled")
    return names


def _nobody(part: Part) -> list[str]:
    _, how, cue_class, own_pronoun, spoken, block, nested = part
    names = ["nobody", f"nobody&{how}", f"nobody&class={cue_class}", f"nobody&block={block}"]
    if own_pronoun:
        names.append("nobody&pronoun")
    if not spoken:
        names.append("nobody&first")
    if nested:
        names.append("nobody&nested")
    return names


_UNCUED_SWITCHES = (
    "whole-paragraph",
    "opens-paragraph",
    "opens-sentence",
    "before=source-word",
    "ends-in-mark",
    "capital",
    "unclosed",
    "continues",
    "announced-before",
    "paragraph-has-quoted-statement",
    "previous-paragraph-has-statement",
    "previous-paragraph-has-quoted-statement",
)


def _uncued(part: Part) -> list[str]:
    _, block, words, before, announced, *switches = part
    names = ["bias", f"block={block}", f"words{words}"]
    if before:
        names.append(f"before={before}")
    if announced:
        names += ["announced", f"announced={announced}"]
    names += [name for name, on in zip(_UNCUED_SWITCHES, switches, strict=True) if on]
    return names


_EXPANDERS: dict[str, Callable[[Part], list[str]]] = {
    "cue": _cue,
    "content": _content,
    "clause": _clause,
    "quotation": _quotation,
    "according": _according,
    "nearest": _nearest,
    "implied": _implied,
    "phrase": _phrase,
    "antecedent": _antecedent,
    "nobody": _nobody,
    "uncued": _uncued,
    "join": _join,
}
