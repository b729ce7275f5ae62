"""Where personas are kept between documents: a protocol a store can fill, and one in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from tracker.resolve.persona import Persona, persona_blocks


class Roster(Protocol):
    """All personas seen, with the entity each belongs to."""

    def get(self, persona_id: str) -> Persona | None:
        """The persona, or None where it is new."""

    def entity_of(self, persona_id: str) -> str | None:
        """The entity the persona belongs to."""

    def sharing(self, blocks: frozenset[str]) -> Iterable[Persona]:
        """All personas that share at least one of ``blocks`` (persona_blocks), each once."""

    def put(self, persona: Persona) -> None:
        """Take in a persona, or its better spelling."""

    def assign(self, persona_id: str, entity_id: str) -> None:
        """Let the persona belong to the entity."""


class MemoryRoster:
    """A Roster in memory; ``personas`` come with the entity they belonged to."""

    def __init__(self, personas: Iterable[tuple[Persona, str]] = ()) -> None:
        self._personas: dict[str, Persona] = {}
        self._entities: dict[str, str] = {}
        self._blocks: dict[str, set[str]] = {}
        for persona, entity_id in personas:
            self.put(persona)
            self.assign(persona.persona_id, entity_id)

    def __len__(self) -> int:
        return len(self._personas)

    def __iter__(self) -> Iterator[Persona]:
        return iter(list(self._personas.values()))

    def get(self, persona_id: str) -> Persona | None:
        """See Roster."""
        return self._personas.get(persona_id)

    def entity_of(self, persona_id: str) -> str | None:
        """See Roster."""
        return self._entities.get(persona_id)

    def sharing(self, blocks: frozenset[str]) -> list[Persona]:
        """See Roster."""
        found: set[str] = set()
        for block in blocks:
            found.update(self._blocks.get(block, ()))
        return [self._personas[persona_id] for persona_id in sorted(found)]

    def put(self, persona: Persona) -> None:
        """See Roster."""
        if persona.persona_id not in self._personas:
            for block in persona_blocks(persona):
                self._blocks.setdefault(block, set()).add(persona.persona_id)
        self._personas[persona.persona_id] = persona

    def assign(self, persona_id: str, entity_id: str) -> None:
        """See Roster."""
        self._entities[persona_id] = entity_id
