"""The personas of a store, as ``tracker.resolve`` wants to see them: read when asked for, written as they change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, cast

from tracker.records import Entity, SpeakerType
from tracker.resolve import Persona, Resolution, persona_blocks
from tracker.resolve.facets import Facets
from tracker.store.namekeys import name_key, name_sounds

_COLUMNS = "id, persona_id, entity, kind, key, countries, callings, scope, name, type"
_GET = f"SELECT {_COLUMNS} FROM personas WHERE persona_id = ?"  # noqa: S608 (constants)
_SHARING = (
    f"SELECT {_COLUMNS} FROM personas WHERE id IN (SELECT persona FROM persona_blocks "  # noqa: S608 (constants)
    "WHERE block IN (SELECT value FROM json_each(?))) ORDER BY persona_id"
)
_MEMBERS = (
    f"SELECT {_COLUMNS} FROM personas WHERE entity = (SELECT e.id FROM entities e "  # noqa: S608 (constants)
    "WHERE e.entity_id = ?) ORDER BY persona_id"
)


class StoreRoster:
    """Personas and their entities in the database, with a memory of those that were asked for.

    Fits ``tracker.resolve.Roster``. All writing belongs to the running transaction; where that is rolled back, the
    roster must not be used any more.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._personas: dict[str, Persona] = {}
        self._rows: dict[str, int] = {}
        """Row ids of personas by persona id."""
        self._owners: dict[str, str] = {}
        """Entity ids by persona id."""
        self._entities: dict[str, int] = {}
        """Row ids of entities by entity id."""
        self._names: dict[int, str] = {}
        """Entity ids by row id of the entity."""

    def get(self, persona_id: str) -> Persona | None:
        """The persona, or None where it is new."""
        persona = self._personas.get(persona_id)
        if persona is None:
            row = self.connection.execute(_GET, (persona_id,)).fetchone()
            persona = None if row is None else self._remember(row)
        return persona

    def entity_of(self, persona_id: str) -> str | None:
        """The id of the entity the persona belongs to."""
        if self.get(persona_id) is None:
            return None
        return self._owners.get(persona_id)

    def sharing(self, blocks: frozenset[str]) -> Iterable[Persona]:
        """All personas that share at least one of ``blocks``, each once, in order of their ids."""
        rows = self.connection.execute(_SHARING, (json.dumps(sorted(blocks)),)).fetchall()
        return [self._personas.get(row[1]) or self._remember(row) for row in rows]

    def members(self, entity_id: str) -> list[Persona]:
        """The personas that belong to an entity, in order of their ids."""
        rows = self.connection.execute(_MEMBERS, (entity_id,)).fetchall()
        return [self._personas.get(row[1]) or self._remember(row) for row in rows]

    def put(self, persona: Persona) -> None:
        """Take in a persona, or its better spelling."""
        row = self.row_of(persona.persona_id)
        self._personas[persona.persona_id] = persona
        if row is not None:
            self.connection.execute(
                "UPDATE personas SET name = ?, type = ?, name_key = ? WHERE id = ?",
                (persona.name, persona.type, name_key(persona.name), row),
            )
            self.connection.execute("DELETE FROM name_sounds WHERE persona = ?", (row,))
            self._add_sounds(row, persona)
            return
        cursor = self.connection.execute(
            "INSERT INTO personas (persona_id, kind, key, countries, callings, scope, name, type, lang, name_key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                persona.persona_id,
                persona.kind,
                persona.key,
                " ".join(persona.facets.countries),
                " ".join(persona.facets.callings),
                persona.scope,
                persona.name,
                persona.type,
                persona.lang or None,
                name_key(persona.name),
            ),
        )
        row = int(cast(int, cursor.lastrowid))
        self._rows[persona.persona_id] = row
        self.connection.executemany(
            "INSERT INTO persona_blocks (block, persona) VALUES (?, ?)",
            [(block, row) for block in sorted(persona_blocks(persona))],
        )
        self._add_sounds(row, persona)

    def assign(self, persona_id: str, entity_id: str) -> None:
        """Let the persona belong to the entity, which is made where it is new."""
        if self._owners.get(persona_id) == entity_id:
            return
        persona = self._personas[persona_id]
        entity = self.entity_row(entity_id, persona)
        self.connection.execute("UPDATE personas SET entity = ? WHERE persona_id = ?", (entity, persona_id))
        self._owners[persona_id] = entity_id

    def row_of(self, persona_id: str) -> int | None:
        """The row id of a persona."""
        if persona_id not in self._rows:
            self.get(persona_id)
        return self._rows.get(persona_id)

    def entity_row(self, entity_id: str, persona: Persona) -> int:
        """The row id of an entity; a new one is called like ``persona`` until ``apply`` gives it its name."""
        row = self._entities.get(entity_id)
        if row is None:
            self.connection.execute(
                "INSERT INTO entities (entity_id, name, type) VALUES (?, ?, ?) ON CONFLICT (entity_id) DO NOTHING",
                (entity_id, persona.name, persona.type),
            )
            query = "SELECT id FROM entities WHERE entity_id = ?"
            row = int(self.connection.execute(query, (entity_id,)).fetchone()[0])
            self._entities[entity_id] = row
            self._names[row] = entity_id
        return row

    def apply(self, resolution: Resolution) -> None:
        """Write what a resolution says of entities: their names, and that those nobody belongs to any more are none."""
        for entity in resolution.entities:
            self._name(entity)
        left = {move.from_entity for move in resolution.moves}
        for entity_id in sorted(left):
            cursor = self.connection.execute(
                "DELETE FROM entities WHERE entity_id = ? "
                "AND NOT EXISTS (SELECT 1 FROM personas p WHERE p.entity = entities.id)",
                (entity_id,),
            )
            if cursor.rowcount:
                self._names.pop(self._entities.pop(entity_id, 0), None)

    def _name(self, entity: Entity) -> None:
        self.connection.execute(
            "UPDATE entities SET name = ?, type = ? WHERE entity_id = ? AND (name, type) <> (?, ?)",
            (entity.name, entity.type, entity.entity_id, entity.name, entity.type),
        )

    def _remember(self, row: tuple[Any, ...]) -> Persona:
        number, persona_id, entity, kind, key, countries, callings, scope, name, speaker_type = row
        facets = Facets(tuple((countries or "").split()), tuple((callings or "").split()))
        persona = Persona(persona_id, kind, key, facets, scope or "", name, cast(SpeakerType, speaker_type))
        self._personas[persona_id] = persona
        self._rows[persona_id] = number
        if entity is not None:
            if entity not in self._names:
                query = "SELECT entity_id FROM entities WHERE id = ?"
                entity_id = str(self.connection.execute(query, (entity,)).fetchone()[0])
                self._names[entity] = entity_id
                self._entities[entity_id] = entity
            self._owners[persona_id] = self._names[entity]
        return persona

    def _add_sounds(self, row: int, persona: Persona) -> None:
        if persona.kind == "anonymous":
            return  # "a source" is nobody to ask for by name
        exact, near = name_sounds(persona.name)
        self.connection.executemany(
            "INSERT INTO name_sounds (sound, persona, is_near) VALUES (?, ?, ?)",
            [(sound, row, 0) for sound in sorted(exact)] + [(sound, row, 1) for sound in sorted(near)],
        )
