"""Which content words of one claim answer which of another."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from tracker.claims.profile import Token, sounds
from tracker.claims.skeletons import is_same_name
from tracker.claims.words import Key

SOFT = 0.6
"""What a match of words that only come close to each other counts."""
ROOT = 0.8
"""What a match of two words of one root counts."""
FUZZY = 84.0
"""Percent of letters that two unlisted words of one script have to share."""
SHORTEST_FUZZY = 5
MAX_FUZZY = 12
"""Words left over on either side that are still compared letter by letter."""


class Match(NamedTuple):
    """Token ``first`` of one claim and token ``second`` of the other, with what the match counts, in (0, 1]."""

    first: int
    second: int
    degree: float


def align(first: tuple[Token, ...], second: tuple[Token, ...]) -> tuple[Match, ...]:
    """One-to-one matches: the same concept or stem, then what comes close, then names across scripts, then spelling."""
    places: dict[Key, list[int]] = {}
    for number, token in enumerate(first):
        for key in token.keys:
            places.setdefault(key, []).append(number)
    used: set[int] = set()
    matches: list[Match] = []
    left: list[int] = []
    for number, token in enumerate(second):
        found = _free(token.keys, places, used)
        if found is None:
            left.append(number)
        else:
            used.add(found)
            matches.append(Match(found, number, 1.0))
    if left:
        left = _soft_matches(first, second, places, used, left, matches)
        left = _root_matches(first, second, used, left, matches)
    if left:
        rest = [number for number in range(len(first)) if number not in used]
        _spelling_matches(first, second, rest, left, matches)
    return tuple(matches)


def _free(keys: frozenset[Key], places: dict[Key, list[int]], used: set[int]) -> int | None:
    """The first token that is still free, whatever the order of the keys: that of a set changes from run to run."""
    first = None
    for key in keys:
        for number in places.get(key, ()):
            if number not in used:
                if first is None or number < first:
                    first = number
                break
    return first


def _soft_matches(
    first: tuple[Token, ...],
    second: tuple[Token, ...],
    places: dict[Key, list[int]],
    used: set[int],
    left: list[int],
    matches: list[Match],
) -> list[int]:
    """Match words that come close; returns the words of ``second`` that are still left."""
    close: dict[Key, list[int]] = {}
    for number, token in enumerate(first):
        if number not in used:
            for key in token.soft:
                close.setdefault(key, []).append(number)
    still = []
    for number in left:
        token = second[number]
        found = _free(token.soft, places, used)
        if found is None:
            found = _free(token.keys, close, used)
        if found is None:
            still.append(number)
        else:
            used.add(found)
            matches.append(Match(found, number, SOFT))
    return still


def _root_matches(
    first: tuple[Token, ...], second: tuple[Token, ...], used: set[int], left: list[int], matches: list[Match]
) -> list[int]:
    """Match words of one root; returns the words of ``second`` that are still left."""
    roots: dict[str, int] = {}
    for number, token in enumerate(first):
        if number not in used and token.core:
            roots.setdefault(token.core, number)
    still = []
    for number in left:
        found = roots.pop(second[number].core, None)
        if found is None:
            still.append(number)
        else:
            used.add(found)
            matches.append(Match(found, number, ROOT))
    return still


def _spelling_matches(
    first: tuple[Token, ...], second: tuple[Token, ...], rest: list[int], left: list[int], matches: list[Match]
) -> None:
    """Match names across languages by their sound and unlisted words of one language by their letters."""
    rest = rest[:MAX_FUZZY]
    for number in left[:MAX_FUZZY]:
        token = second[number]
        long = len(token.stem) >= SHORTEST_FUZZY
        for other in rest:
            candidate = first[other]
            if candidate.lang == token.lang:
                same = (
                    long
                    and len(candidate.stem) >= SHORTEST_FUZZY
                    and ratio(candidate.stem, token.stem, score_cutoff=FUZZY) > 0
                )
            else:
                same = (token.name or candidate.name) and _sound_alike(candidate, token)
            if same:
                matches.append(Match(other, number, 1.0))
                rest.remove(other)
                break


def _sound_alike(first: Token, second: Token) -> bool:
    """Whether two words of two languages are one name, with or without what is written as one with them."""
    if set(sounds(first)).isdisjoint(sounds(second)):
        return False
    return any(is_same_name(a, b) for a in {first.form, first.stem} for b in {second.form, second.stem})
