"""The personas of a store, as ``tracker.resolve`` wants to see them: read in bulk, written in bulk.

What a batch of documents changes is kept in memory until ``flush``: one pass a table is many times cheaper than a
statement a persona, and who moved twice in a batch is written once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, cast
from zlib import crc32

from tracker.records import Entity, SpeakerType
from tracker.resolve import Persona, Resolution, Verdict, persona_blocks
from tracker.resolve.facets import Facets
from tracker.store.connection import now
from tracker.store.namekeys import name_key, name_sounds
from tracker.store.rows import ReasonsText

KEPT = 40_000
"""Personas that are remembered from one batch to the next at most."""

_COLUMNS = "id, persona_id, entity, kind, key, countries, callings, scope, name, type"
_GET = f"SELECT {_COLUMNS} FROM personas WHERE persona_id = ?"  # noqa: S608 (constants)
_GET_ALL = f"SELECT {_COLUMNS} FROM personas WHERE persona_id IN (SELECT value FROM json_each(?))"  # noqa: S608 (constants)
_SHARING = (
    f"SELECT b.block, {_COLUMNS} FROM persona_blocks b JOIN personas p ON p.id = b.persona "  # noqa: S608 (constants)
    "WHERE b.block IN (SELECT value FROM json_each(?))"
)
_MEMBERS = (
    f"SELECT {_COLUMNS} FROM personas WHERE entity = (SELECT e.id FROM entities e "  # noqa: S608 (constants)
    "WHERE e.entity_id = ?) ORDER BY persona_id"
)
_INSERT_PERSONA = (
    "INSERT INTO personas (id, persona_id, entity, kind, key, countries, callings, scope, name, type, lang, name_key) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SET_VERDICT = (
    "UPDATE personas SET score = ?, method = ?, reasons = ?, rivals = ? "
    "WHERE id = ? AND (score, method, reasons, rivals) IS NOT (?, ?, ?, ?)"
)
_SET_LINKS = (
    "UPDATE links SET score = ?, method = ?, reasons = ?, linked_at = ? "
    "WHERE persona = ? AND machine_persona IS NULL AND (score, method, reasons) IS NOT (?, ?, ?)"
)


class StoreRoster:
    """Personas and their entities in the database, with a memory of those that were asked for.

    Fits ``tracker.resolve.Roster``. ``put`` and ``assign`` are written by ``flush`` (or ``apply``), inside the running
    transaction; where that is rolled back, the roster must not be used any more.
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
        self._absent: set[str] = set()
        """Persona ids that the database does not hold."""
        self._blocks: dict[int, set[str]] = {}
        """Per block that was asked for: the ids of all personas that have it."""
        self._numbers: dict[frozenset[str], list[int]] = {}
        """Blocks as they are stored."""
        self._new: dict[str, Persona] = {}
        self._new_blocks: dict[int, set[str]] = {}
        self._respelled: dict[str, Persona] = {}
        """What personas were before they got a better spelling."""
        self._moved: set[str] = set()

    def prefetch(self, personas: Iterable[Persona], *, neighbours: bool = True) -> None:
        """Read all that linking these will ask for first, in two queries; to meet them needs no ``neighbours``."""
        unknown = {persona.persona_id: persona for persona in personas if persona.persona_id not in self._personas}
        for row in self.connection.execute(_GET_ALL, (json.dumps(list(unknown)),)).fetchall():
            self._remember(row)
            del unknown[row[1]]
        self._absent.update(unknown)
        if not neighbours:
            return
        self._load_blocks({block for persona in unknown.values() for block in self._stored(persona_blocks(persona))})

    def load(self, persona_ids: Iterable[str]) -> None:
        """Read these personas, in one query."""
        unknown = [persona_id for persona_id in persona_ids if persona_id not in self._personas]
        for row in self.connection.execute(_GET_ALL, (json.dumps(unknown),)).fetchall():
            self._remember(row)

    def prefetch_neighbours(self, personas: Iterable[Persona]) -> None:
        """Read all who share a block with one of these, in one query."""
        numbers = {number for persona in personas for number in self._stored(persona_blocks(persona))}
        self._load_blocks(sorted(numbers - self._blocks.keys()))

    def get(self, persona_id: str) -> Persona | None:
        """The persona, or None where it is new."""
        persona = self._personas.get(persona_id)
        if persona is None and persona_id not in self._absent:
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
        numbers = self._stored(blocks)
        self._load_blocks([number for number in numbers if number not in self._blocks])
        found: set[str] = set()
        for number in numbers:
            found.update(self._blocks[number])
            if number in self._new_blocks:
                found.update(self._new_blocks[number])
        return [self._personas[persona_id] for persona_id in sorted(found)]

    def members(self, entity_id: str) -> list[Persona]:
        """The personas that belonged to an entity at the last ``flush``, in order of their ids."""
        rows = self.connection.execute(_MEMBERS, (entity_id,)).fetchall()
        return [self._personas.get(row[1]) or self._remember(row) for row in rows]

    def put(self, persona: Persona) -> None:
        """Take in a persona, or its better spelling."""
        persona_id = persona.persona_id
        known = self.get(persona_id)
        self._personas[persona_id] = persona
        if known is None or persona_id in self._new:
            self._new[persona_id] = persona
        else:
            self._respelled.setdefault(persona_id, known)
        if known is None:
            self._absent.discard(persona_id)
            for number in self._stored(persona_blocks(persona)):
                self._new_blocks.setdefault(number, set()).add(persona_id)

    def assign(self, persona_id: str, entity_id: str) -> None:
        """Let the persona belong to the entity, which is made where it is new."""
        if self._owners.get(persona_id) != entity_id:
            self._owners[persona_id] = entity_id
            self._moved.add(persona_id)

    def row_of(self, persona_id: str) -> int | None:
        """The row id of a persona that was written."""
        if persona_id not in self._rows:
            self.get(persona_id)
        return self._rows.get(persona_id)

    def apply(self, resolution: Resolution, *, linked: bool = True) -> None:
        """Write a resolution: personas, entities with their names; those nobody belongs to any more are none.

        Where nothing is ``linked`` yet, links need not be brought up to date.
        """
        self.flush(resolution.entities)
        self._write_verdicts(resolution.verdicts, linked)
        left = sorted({move.from_entity for move in resolution.moves})
        for entity_id in left:
            cursor = self.connection.execute(
                "DELETE FROM entities WHERE entity_id = ? "
                "AND NOT EXISTS (SELECT 1 FROM personas p WHERE p.entity = entities.id)",
                (entity_id,),
            )
            if cursor.rowcount:
                self._names.pop(self._entities.pop(entity_id, 0), None)

    def drop_empty_entities(self) -> None:
        """Delete the entities that nobody belongs to any more."""
        self.connection.execute("DELETE FROM entities WHERE id NOT IN (SELECT entity FROM personas WHERE entity > 0)")
        self._entities.clear()
        self._names.clear()

    def flush(self, entities: Iterable[Entity] = ()) -> None:
        """Write what ``put`` and ``assign`` left to be written, and these entities' names."""
        self._write_entities({entity.entity_id: entity for entity in entities})
        self._write_personas()
        self._write_respelled()
        self._new.clear()
        self._respelled.clear()
        self._moved.clear()
        self._forget()

    def _write_entities(self, named: dict[str, Entity]) -> None:
        run = self.connection.executemany
        wanted = {self._owners[persona_id] for persona_id in self._moved} - self._entities.keys()
        query = "SELECT entity_id, id FROM entities WHERE entity_id IN (SELECT value FROM json_each(?))"
        for entity_id, row in self.connection.execute(query, (json.dumps(sorted(wanted)),)):
            self._entities[entity_id], self._names[row] = row, entity_id
        fresh = sorted(wanted - self._entities.keys())
        rows = []
        for row, entity_id in enumerate(fresh, self._next("entities")):
            entity = named.pop(entity_id, None) or self._personas[entity_id]
            rows.append((row, entity_id, entity.name, entity.type))
            self._entities[entity_id], self._names[row] = row, entity_id
        run("INSERT INTO entities (id, entity_id, name, type) VALUES (?, ?, ?, ?)", rows)
        run(
            "UPDATE entities SET name = ?, type = ? WHERE entity_id = ? AND (name, type) <> (?, ?)",
            [(one.name, one.type, one.entity_id, one.name, one.type) for one in named.values()],
        )

    def _write_personas(self) -> None:
        run = self.connection.executemany
        rows: list[tuple[Any, ...]] = []
        blocks: list[tuple[int, int]] = []
        sounds: list[tuple[str, int, int]] = []
        for row, (persona_id, persona) in enumerate(self._new.items(), self._next("personas") if self._new else 0):
            self._rows[persona_id] = row
            owner = self._owners.get(persona_id)
            facets = persona.facets
            rows.append(
                (
                    row,
                    persona_id,
                    None if owner is None else self._entities[owner],
                    persona.kind,
                    persona.key,
                    " ".join(facets.countries),
                    " ".join(facets.callings),
                    persona.scope,
                    persona.name,
                    persona.type,
                    persona.lang or None,
                    name_key(persona.name),
                )
            )
            sounds += _sounds(row, persona)
        run(_INSERT_PERSONA, rows)
        for number, members in self._new_blocks.items():
            blocks += [(number, self._rows[persona_id]) for persona_id in members]
        # In the order of their keys, so that the tables grow page by page.
        run("INSERT INTO persona_blocks (block, persona) VALUES (?, ?)", sorted(blocks))
        run("INSERT INTO name_sounds (sound, persona, is_near) VALUES (?, ?, ?)", sorted(sounds))

    def _write_respelled(self) -> None:
        run = self.connection.executemany
        owners = [
            (self._entities[self._owners[persona_id]], self._rows[persona_id])
            for persona_id in self._moved - self._new.keys()
        ]
        run("UPDATE personas SET entity = ? WHERE id = ?", owners)
        for persona_id, before in self._respelled.items():
            row, persona = self._rows[persona_id], self._personas[persona_id]
            self.connection.execute(
                "UPDATE personas SET name = ?, type = ?, name_key = ? WHERE id = ?",
                (persona.name, persona.type, name_key(persona.name), row),
            )
            if persona.name != before.name:
                old = [(sound, number) for sound, number, _ in _sounds(row, before)]
                run("DELETE FROM name_sounds WHERE sound = ? AND persona = ?", old)
                run("INSERT INTO name_sounds (sound, persona, is_near) VALUES (?, ?, ?)", _sounds(row, persona))

    def _write_verdicts(self, verdicts: Mapping[str, Verdict], linked: bool) -> None:
        """What holds for the mentions of these personas, on them and on the links that are stored already."""
        told = ReasonsText()
        moment = now()
        for persona_id, verdict in verdicts.items():
            row = self.row_of(persona_id)
            rivals = " ".join(verdict.rivals) or None
            values = (verdict.score, verdict.method, told[verdict.reasons], rivals)
            if row is None:
                continue
            changed = self.connection.execute(_SET_VERDICT, (*values, row, *values)).rowcount
            if changed and linked:
                self.connection.execute(_SET_LINKS, (*values[:3], moment, row, *values[:3]))

    def _forget(self) -> None:
        """Between batches only some personas are remembered, and no blocks: memory stays flat."""
        self._absent.clear()
        self._blocks.clear()
        self._numbers.clear()
        self._new_blocks.clear()
        if len(self._personas) > KEPT:
            for memory in (self._personas, self._rows, self._owners, self._entities, self._names):
                cast(dict[Any, Any], memory).clear()

    def _next(self, table: str) -> int:
        query = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 (names of this file only)
        return int(self.connection.execute(query).fetchone()[0])

    def _stored(self, blocks: frozenset[str]) -> list[int]:
        """Blocks as they are stored. That two of them meet by chance costs a comparison, and changes nothing."""
        numbers = self._numbers.get(blocks)
        if numbers is None:
            numbers = [crc32(block.encode("utf-8", "surrogatepass")) for block in blocks]
            self._numbers[blocks] = numbers
        return numbers

    def _load_blocks(self, numbers: Iterable[int]) -> None:
        asked = {number: set[str]() for number in numbers}
        if not asked:
            return
        for number, *row in self.connection.execute(_SHARING, (json.dumps(list(asked)),)).fetchall():
            if row[1] not in self._personas:
                self._remember(tuple(row))
            asked[number].add(row[1])
        self._blocks.update(asked)

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


def _sounds(row: int, persona: Persona) -> list[tuple[str, int, int]]:
    if persona.kind == "anonymous":
        return []  # "a source" is nobody to ask for by name
    exact, near = name_sounds(persona.name)
    return [(sound, row, 0) for sound in exact] + [(sound, row, 1) for sound in near]
