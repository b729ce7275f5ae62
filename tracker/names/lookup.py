"""Whom a reader means: known people and organisations ranked for a name in any script, spelling or shortening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.names.comparison import UNSURE, Score, same_name
from tracker.names.index import NameIndex
from tracker.names.tokens import parse_name
from tracker.records import Entity, Evidence

CLOSE_CALL = 0.025
"""Candidates whose scores differ by less are close: the reader should choose."""


@dataclass(frozen=True, slots=True)
class SpeakerMatch:
    """One candidate: the entity, its name that fits best, and whether that is the query but for case and marks."""

    entity_id: str
    name: str
    score: float
    exact: bool
    reasons: tuple[Evidence, ...] = ()


class SpeakerIndex:
    """Entities by all their names; made once for many lookups."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._owners: list[str] = []
        self._names: list[str] = []
        self._index = NameIndex()
        for entity in entities:
            for name in dict.fromkeys((entity.name, *(name for _, name in entity.names))):
                self._owners.append(entity.entity_id)
                self._names.append(name)
                self._index.add(name)

    def find(self, query: str, *, limit: int = 5) -> list[SpeakerMatch]:
        """At most ``limit`` entities for ``query``, best first; exact ones alone where there are any.

        A surname finds everybody of that surname; ties keep the order of the entities.
        """
        positions = self._index.same_key(query)
        if positions:
            return self._matches(((position, same_name(query, self._names[position])) for position in positions), limit)
        found = self._index.search(query, limit=4 * limit)
        least = UNSURE if len(parse_name(query).tokens) > 1 else 0.0
        return self._matches(
            ((position, same_name(query, self._names[position])) for position, score in found if score >= least), limit
        )

    def _matches(self, found: Iterable[tuple[int, Score]], limit: int) -> list[SpeakerMatch]:
        best: dict[str, SpeakerMatch] = {}
        for position, score in found:
            owner = self._owners[position]
            if owner not in best or score > best[owner].score:
                best[owner] = SpeakerMatch(owner, self._names[position], float(score), score.exact, score.reasons)
        return sorted(best.values(), key=lambda match: -match.score)[:limit]


def find_speakers(query: str, entities: Iterable[Entity], *, limit: int = 5) -> list[SpeakerMatch]:
    """``SpeakerIndex(entities).find(query)``: whom ``query`` may mean, best first, with reasons."""
    return SpeakerIndex(entities).find(query, limit=limit)


def close_calls(matches: list[SpeakerMatch]) -> list[SpeakerMatch]:
    """The candidates that are as good as the first, it included; one alone means there is no doubt."""
    return [match for match in matches if matches[0].score - match.score < CLOSE_CALL] if matches else []
