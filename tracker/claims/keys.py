"""What a claim is found by: keys with weights, some of one language, some shared by all."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.claims.profile import Profile, name_keys
from tracker.claims.weights import load_weights
from tracker.claims.words import Key

PREFIX = 4
"""Letters of the beginning of an unlisted word that are a key of their own: a cheap guard against inflection."""


def search_keys(one: Profile) -> dict[str, float]:
    """Keys and weights of a claim. A key's first character tells its kind:

    ``c`` concept, ``k`` consonants of a name, ``#`` figure and ``@`` date are shared by all languages; ``s`` stem,
    ``r`` root and ``p`` beginning of a word are of one.
    """
    weights = load_weights().search
    keys: dict[str, float] = {}

    def add(key: str, weight: float) -> None:
        if weight > keys.get(key, 0.0):
            keys[key] = weight

    for token in one.tokens:
        for number in _concepts(token.keys):
            add(f"c{number}", weights["concept"] * token.weight)
        for number in _concepts(token.soft):
            add(f"c{number}", weights["near"] * token.weight)
        add(f"s{token.stem}", weights["stem"] * token.weight)
        if token.core:
            add(f"r{token.core}", weights["root"] * token.weight)
        if len(token.stem) > PREFIX:
            add(f"p{token.stem[:PREFIX]}", weights["beginning"] * token.weight)
        for skeleton in name_keys(token):
            add(f"k{skeleton}", weights["name"] * token.weight * min(len(skeleton), 4) / 4)
    for key in _number_keys(one):
        add(key, weights["figure" if key[0] == "#" else "date"])
    return keys


def candidate_keys(one: Profile) -> list[list[str]]:
    """For each content word, figure and date of a claim the keys by which other claims with it are found."""
    keys = []
    for token in one.tokens:
        options = [f"c{number}" for number in _concepts(token.keys)]
        keys.append(options or [f"s{token.stem}", *(f"k{skeleton}" for skeleton in name_keys(token))])
    return keys + [[key] for key in _number_keys(one)]


def _concepts(keys: Iterable[Key]) -> list[int]:
    """The concept numbers among ``keys``, in order: a set of words and numbers has another order in every process."""
    return sorted(key for key in keys if isinstance(key, int))


def _number_keys(one: Profile) -> list[str]:
    keys = [f"#{figure.unit}{figure.low if figure.low else figure.high:g}" for figure in one.figures]
    for day in one.days:
        if day.month is not None:
            keys.append(f"@{day.month}-{day.day or ''}")
        elif day.year is not None:
            keys.append(f"@{day.year}")
        elif day.weekday is not None:
            keys.append(f"@w{day.weekday}")
    return keys
