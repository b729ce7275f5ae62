"""Whom a name means that is two people's: what stands around it decides, or nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tracker.names.bodies import read_meanings
from tracker.records import Evidence
from tracker.resolve.facets import callings

COMPANY = 1.0
MORE_COMPANY = 0.25
"""For each companion behind the first, up to two."""
OFFICE = 1.0
COUNTRY = 0.5
DATE = 0.25
LEAD = 0.75
"""How much more must speak for one than for any other: a companion, an office, or country and date together."""
NEAR_DAYS = 7
FAR_DAYS = 90
LONG_WORD = 4
"""Letters that a word of a title must have to tell something; shorter ones are in, for, של, في."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around mentions: of one, or of all that are surely of one entity.

    ``company`` ids of the other people named on the same pages -> their names; ``countries`` that the titles around it
    (of an entity: its own titles) name; ``offices`` what its own titles name beside these; ``days`` ordinals.
    """

    company: Mapping[int, str] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate taken, how sure that is, and why."""

    candidate: int
    score: float
    reasons: tuple[Evidence, ...]


@lru_cache(maxsize=10_000)
def offices(title: str | None) -> frozenset[str]:
    """What ``title`` names: bodies by ids that all languages share, and words that no list knows; no trades."""
    if not title:
        return frozenset()
    found, rest = read_meanings(title)
    trades = callings().meanings
    names = {word for word in rest if len(word) >= LONG_WORD and (word,) not in trades}
    return frozenset(found["bodies"] | found["outlets"] | names)


def choose(mention: Surroundings, candidates: Mapping[int, Surroundings]) -> Choice | None:
    """The one of ``candidates`` that a mention is of by what stands around it; None where that is not plain.

    What speaks for several of them speaks for none.
    """
    found = {}
    for key, own in candidates.items():
        others = [other for other_key, other in candidates.items() if other_key != key]
        found[key] = _evidence(mention, own, others)
    ranked = sorted(((sum(one.weight for one in reasons), key) for key, reasons in found.items()), reverse=True)
    if not ranked:
        return None
    best, key = ranked[0]
    lead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    if lead < LEAD:
        return None
    return Choice(key, round(0.6 + 0.2 * min(lead, 1.5), 4), tuple(found[key]))


def _evidence(mention: Surroundings, own: Surroundings, others: list[Surroundings]) -> list[Evidence]:
    reasons = []
    met = mention.company.keys() & own.company.keys()
    met = {one for one in met if all(one not in other.company for other in others)}
    if met:
        names = sorted(mention.company[one] for one in met)
        weight = COMPANY + MORE_COMPANY * min(2, len(names) - 1)
        reasons.append(Evidence("appears with", weight, "; ".join(names[:5])))
    for name, weight, mine, theirs in (
        ("same office", OFFICE, mention.offices & own.offices, [other.offices for other in others]),
        ("country of the page", COUNTRY, mention.countries & own.countries, [other.countries for other in others]),
    ):
        telling = mine.difference(*theirs)
        if telling:
            reasons.append(Evidence(name, weight, " ".join(sorted(telling))))
    if _days_between(mention, own) <= NEAR_DAYS and all(_days_between(mention, other) > FAR_DAYS for other in others):
        reasons.append(Evidence("near in time", DATE))
    return reasons


def _days_between(mention: Surroundings, other: Surroundings) -> float:
    return min((abs(one - day) for one in mention.days for day in other.days), default=float("inf"))
