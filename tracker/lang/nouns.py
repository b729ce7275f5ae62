"""nouns.toml: common nouns that name nobody. Where no capital shows a name, they tell a meeting from a minister."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Nouns:
    """Words of news that cannot speak, without article or other attached particles, singular and plural.

    ``things``      nouns for what is no person, group, body or document: meeting, road, result
    ``adjectives``  words that go with a noun before them and name nobody by themselves: new, northern
    """

    things: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
