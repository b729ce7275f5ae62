"""What a claim says, in the parts that are compared: content words, figures, dates, negation, hedging, who says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from tracker.claims.days import Day, find_days
from tracker.claims.figures import Figure, find_figures
from tracker.claims.scan import Hit, Scan, scan
from tracker.claims.scripts import language_of, script_languages
from tracker.claims.skeletons import skeletons
from tracker.claims.weights import load_weights
from tracker.claims.words import Key, Meaning, meaning_of
from tracker.lang import load_pack
from tracker.records import Claim

SCOPE = 3
"""A negator negates the first content word among so many words behind it."""
CACHED = 1 << 14
LEAST = 4
"""Words that have to stand behind a cue without a complementiser, for the cue to open what is said."""
_PAUSE = re.compile(r"[,،;؛.–—]")


class Token(NamedTuple):
    """A content word or a listed phrase.

    ``keys`` are what it may mean (concept numbers; its stem where it has none), ``soft`` what comes close to it.
    ``opposites`` are the concepts whose opposite it may be, ``field`` the file of its concept. ``start`` and ``end``
    count words. ``negated`` tells that a negator stands before it.
    """

    text: str
    start: int
    end: int
    form: str
    stem: str
    core: str
    lang: str
    keys: frozenset[Key]
    soft: frozenset[Key]
    opposites: frozenset[Key]
    field: str
    weight: float
    name: bool
    negated: bool
    reversal: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim, taken apart.

    ``negators`` and ``denials`` are the words found, as written. The first ``source`` of the ``tokens`` name the
    speaker where the text itself does ("The mayor said that …").
    """

    claim: Claim
    lang: str
    tokens: tuple[Token, ...]
    source: int
    figures: tuple[Figure, ...]
    heads: tuple[frozenset[Key], ...]
    """Per figure: the keys of the content words beside it."""
    days: tuple[Day, ...]
    negators: tuple[str, ...]
    denials: tuple[str, ...]
    hedges: tuple[str, ...]
    question: bool
    weight: float


def profile(claim: Claim | str) -> Profile:
    """The profile of a claim or of a text. Claims that were met before come from a cache."""
    if isinstance(claim, str):
        claim = Claim(claim)
    return _profile(claim) if claim.speaker is None else _profile_with_speaker(claim)


@lru_cache(maxsize=CACHED)
def _profile_with_speaker(claim: Claim) -> Profile:
    """Who said it changes nothing in how a text is taken apart."""
    return replace(_profile(replace(claim, speaker=None)), claim=claim)


@lru_cache(maxsize=CACHED)
def _profile(claim: Claim) -> Profile:
    lang = claim.lang if claim.lang and _is_known(claim.lang) else language_of(claim.text)
    scanned = scan(claim.text, lang)
    taken: set[int] = set()
    days = find_days(scanned, taken, claim.date)
    named = {at for hits in scanned.hits for hit in hits if _is_name(hit) for at in range(hit.start, hit.end)}
    figures = find_figures(scanned, taken | named)
    for figure in figures:
        taken.update(range(figure.start, figure.end))
    harmless = {
        position
        for at in scanned.special
        if (hit := scanned.labelled(at, "harmless"))
        for position in range(hit.start, hit.end)
    }
    negators: list[str] = []
    denials: list[str] = []
    hedges: list[str] = []
    negated: set[int] = set()
    reversals: set[int] = set()
    counted = {position for figure in figures for position in range(figure.start, figure.end)}
    for at in scanned.special:
        if at in harmless or at in counted:  # "does not exceed 300" says how many
            continue
        negator = scanned.labelled(at, "negator")
        if negator is not None:
            negators.append(scanned.text(at, negator.end))
            negated.add(negator.end)
            taken.update(range(at, negator.end))
        denial = scanned.labelled(at, "denial")
        if denial is not None:
            denials.append(scanned.text(at, denial.end))
        if scanned.labelled(at, "hedge") is not None:
            hedges.append(scanned.written[at])
        if scanned.labelled(at, "reversal") is not None:
            reversals.add(at)
    tokens = _tokens(scanned, taken, negated, reversals)
    cue = _cue_end(scanned, claim.text)
    source = sum(token.end <= cue for token in tokens)
    return Profile(
        claim,
        lang,
        tokens,
        source if source < len(tokens) else 0,
        tuple(figures),
        tuple(_heads(figure, tokens) for figure in figures),
        tuple(days),
        tuple(negators),
        tuple(denials),
        tuple(hedges),
        claim.text.rstrip().endswith(("?", "؟")),
        sum(token.weight for token in tokens),
    )


@lru_cache(maxsize=256)
def _is_known(lang: str) -> bool:
    return lang in script_languages().values()


def _is_name(hit: Hit) -> bool:
    """Whether a number word in the phrase is no number: Covid-19, באר שבע."""
    return hit.phrase.label == "concept" and len(hit.phrase.rest) > 0


def _tokens(scanned: Scan, taken: set[int], negated: set[int], reversals: set[int]) -> tuple[Token, ...]:
    weights = load_weights()
    speech, speaking = weights.speech, weights.tokens["speech"]
    tokens = []
    past = 0
    for at, word in enumerate(scanned.words):
        if at < past or at in taken:
            continue
        hits = scanned.hits[at]
        past = at + 1
        if hits and word.multiple:
            past = max((hit.end for hit in hits if hit.phrase.label == "concept"), default=past)
        if past == at + 1:
            if word.stop or not word.form[0].isalpha():
                continue
            text, meaning, core = scanned.written[at], word.meaning, word.core
        else:
            text, meaning, core = scanned.text(at, past), _phrase_meaning(scanned, at, past), ""
        near_negator = bool(negated) and any(
            position in negated and all(scanned.words[between].stop for between in range(position, at))
            for position in range(max(0, at - SCOPE), at + 1)
        )
        keys, soft, opposites, field, weight = meaning
        if not keys.isdisjoint(speech):
            weight = min(weight, speaking)
        tokens.append(
            Token(
                text,
                at,
                past,
                word.form,
                word.stem,
                core,
                word.lang,
                keys,
                soft,
                opposites,
                field,
                weight,
                word.name,
                near_negator,
                at in reversals,
            )
        )
    return tuple(tokens)


def _phrase_meaning(scanned: Scan, start: int, end: int) -> Meaning:
    """The meaning of a phrase of several words, to which the meanings of its words come close."""
    numbers = [int(hit.phrase.value) for hit in scanned.hits[start] if hit.end == end and hit.phrase.label == "concept"]
    words = scanned.words[start:end]
    whole = meaning_of(numbers, words[0].stem, words[0].form, 1.0)
    parts: set[Key] = {word.stem for word in words if not word.stop}
    for word in words:
        parts |= word.meaning.keys
    return whole._replace(soft=whole.soft | (parts - whole.keys))


def _heads(figure: Figure, tokens: tuple[Token, ...]) -> frozenset[Key]:
    """Keys of the first content words behind the figure and of the one before it."""
    heads: set[Key] = set()
    after = [token for token in tokens if token.start >= figure.end][:2]
    before = [token for token in tokens if token.end <= figure.start][-1:]
    for token in after:
        if token.start - figure.end <= 3:
            heads |= token.keys
    for token in before:
        if figure.start - token.end <= 2:
            heads |= token.keys
    return frozenset(heads)


def _cue_end(scanned: Scan, text: str) -> int:
    """Where the words that name the speaker end: behind the colon, the complementiser after a cue, or the cue; else 0.

    A cue alone ends them where a claim begins with one name and what it says (English leaves "that" out).
    """
    speech = load_weights().speech
    cue = None
    for at in range(min(len(scanned.words), 14)):
        for hit in scanned.hits[at]:
            if cue is None and hit.phrase.label == "concept" and int(hit.phrase.value) in speech:
                cue = at
        word = scanned.words[at]
        if cue is not None and at > cue and word.form in _complementisers(word.lang):
            return at + 1
        if scanned.written[at] == ":" and 0 < at < len(scanned.words) - 2:
            return at + 1
    if cue is not None and 0 < cue < len(scanned.words) - LEAST and _leads(scanned, cue, text):
        return cue + 1
    return 0


def _leads(scanned: Scan, cue: int, text: str) -> bool:
    """Whether what stands before the cue is no more than who speaks."""
    saying = load_weights().saying
    if not any(int(hit.phrase.value) in saying for hit in scanned.hits[cue] if hit.phrase.label == "concept"):
        return False
    before = text[: text.find(scanned.written[cue])]
    return not _PAUSE.search(before) and any(word.name for word in scanned.words[:cue])


@lru_cache(maxsize=64)
def _complementisers(lang: str) -> frozenset[str]:
    from tracker.text import fold

    if lang == "und":
        return frozenset()
    return frozenset(fold(item.form) for item in load_pack(lang).syntax.complementisers if not item.glued)


def name_keys(token: Token) -> tuple[str, ...]:
    """Consonant skeletons of a token that may be a name; none for other tokens."""
    return sounds(token) if token.name else ()


def sounds(token: Token) -> tuple[str, ...]:
    """Consonant skeletons of a token as written and without its affixes."""
    found = skeletons(token.form)
    return found if token.stem == token.form else (*found, *skeletons(token.stem))
