"""What a title says about a person, in ids that all languages share: countries and walks of life."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tracker.names.bodies import phrases, read_meanings

CACHED = 50_000
SPECIAL = frozenset({"sport", "arts"})
"""Walks of life that hardly anybody has beside another one."""


@dataclass(frozen=True, slots=True, order=True)
class Facets:
    """``countries`` and ``callings`` that a title names, sorted; both empty where it names none."""

    countries: tuple[str, ...] = ()
    callings: tuple[str, ...] = ()

    def __or__(self, other: Facets) -> Facets:
        """What both say together."""
        return Facets(
            tuple(sorted({*self.countries, *other.countries})), tuple(sorted({*self.callings, *other.callings}))
        )

    def __str__(self) -> str:
        """The ids in one line, for people."""
        return " ".join((*self.countries, *self.callings))

    def __bool__(self) -> bool:
        return bool(self.countries or self.callings)

    def conflict(self, other: Facets) -> str | None:
        """What speaks against one person having both titles, or None.

        Two titles of one career (minister, then party leader) are no conflict.
        """
        if self.countries and other.countries and not set(self.countries) & set(other.countries):
            return f"{'+'.join(self.countries)} / {'+'.join(other.countries)}"
        mine, theirs = set(self.callings), set(other.callings)
        if mine and theirs and not mine & theirs and (mine | theirs) & SPECIAL:
            return f"{'+'.join(self.callings)} / {'+'.join(other.callings)}"
        return None

    def shared(self, other: Facets) -> tuple[str, ...]:
        """What both name."""
        return tuple(sorted({*self.countries, *self.callings} & {*other.countries, *other.callings}))


NO_FACETS = Facets()


class Callings:
    """Titles and trades of all languages -> walk of life."""

    def __init__(self) -> None:
        from tracker.lang import language_codes, load_pack  # only here: read when the first title is met

        self.meanings: dict[tuple[str, ...], str] = {}
        for pack in map(load_pack, language_codes()):
            if not (pack.folder / "names.toml").is_file():
                continue
            for calling, forms in pack.names.callings.items():
                for form in forms:
                    self.meanings.setdefault(tuple(phrases().words(form)), calling)
        self.longest = max(map(len, self.meanings), default=1)


@lru_cache(maxsize=1)
def callings() -> Callings:
    """The one table of this process."""
    return Callings()


@lru_cache(maxsize=CACHED)
def title_facets(title: str | None) -> Facets:
    """What ``title`` says; nothing for None. Of an ambassador both countries count."""
    if not title:
        return Facets()
    found, _ = read_meanings(title)
    table = callings()
    words = phrases().words(title)
    walks = set()
    place = 0
    while place < len(words):
        for size in range(min(table.longest, len(words) - place), 0, -1):
            calling = table.meanings.get(tuple(words[place : place + size]))
            if calling:
                walks.add(calling)
                place += size
                break
        else:
            place += 1
    return Facets(tuple(sorted(found["country"] | found["capital"])), tuple(sorted(walks)))
