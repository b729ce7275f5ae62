"""A list of known people taken in: what is new, what changed, and what that changes about who is who."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.records import KnownPerson
from tracker.resolve import Persona, known_personas
from tracker.store.connection import now, transaction
from tracker.store.judgements import redirect, regroup
from tracker.store.roster import StoreRoster

_PEOPLE = (
    "INSERT INTO known_people (known_id, name, type, title, wikidata, origin, imported_by, imported_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE known_people SET name = ?, type = ?, title = ?, wikidata = ?, origin = ?, imported_by = ?, imported_at = ? "
    "WHERE id = ?"
)
_LEFT = (
    "SELECT p.persona_id FROM personas p WHERE p.persona_id NOT IN (SELECT persona_id FROM known_names) "
    "AND NOT EXISTS (SELECT 1 FROM links l WHERE l.persona = p.id) "
    "AND NOT EXISTS (SELECT 1 FROM links l WHERE l.machine_persona = p.id)"
)


@dataclass(frozen=True)
class Imported:
    """What an import did: rows of the list that are ``new``, ``changed``, ``unchanged`` and ``removed``.

    ``shared`` are names that several of the list bear with nothing to tell them apart.
    """

    new: int
    changed: int
    unchanged: int
    removed: int
    shared: tuple[str, ...]

    def __str__(self) -> str:
        """One line for people."""
        removed = f", {self.removed} removed" if self.removed else ""
        return f"Known people: {self.new} new, {self.changed} changed, {self.unchanged} unchanged{removed}."


def import_known(
    connection: sqlite3.Connection,
    people: Sequence[KnownPerson],
    *,
    origin: str,
    imported_by: str,
    replace: bool = False,
) -> Imported:
    """Take ``people`` into the list, all or none, and let it take effect; with ``replace`` they are the whole list.

    One of the list is told by the Wikidata id, or by type, name and title where there is none: who is known already
    gets the aliases and the title of now, and the same list again changes nothing.
    """
    with transaction(connection):
        before = _stored(connection)
        wanted = {_known_id(person): (person, known_personas(person)) for person in people}
        touched: set[str] = set()
        new = changed = 0
        for known_id, (person, personas) in wanted.items():
            described = (person.name, person.type, person.title, person.wikidata)
            names = {persona.persona_id: persona.name for persona in personas}
            old = before.get(known_id)
            if old is not None and old[1:] == (described, names):
                continue
            signed = (origin, imported_by, now())
            if old is None:
                new += 1
                row = int(connection.execute(_PEOPLE, (known_id, *described, *signed)).lastrowid or 0)
            else:
                changed += 1
                row = old[0]
                connection.execute(_UPDATE, (*described, *signed, row))
                connection.execute("DELETE FROM known_names WHERE known = ?", (row,))
                touched.update(old[2])
            connection.executemany(
                "INSERT INTO known_names (known, persona_id, name) VALUES (?, ?, ?)",
                [(row, persona_id, name) for persona_id, name in names.items()],
            )
            touched.update(names)
        gone = sorted(before.keys() - wanted.keys()) if replace else []
        for known_id in gone:
            touched.update(before[known_id][2])
            connection.execute("DELETE FROM known_people WHERE id = ?", (before[known_id][0],))
        _take_effect(connection, touched, [one for _, personas in wanted.values() for one in personas])
    return Imported(new, changed, len(wanted) - new - changed, len(gone), _shared_names(connection))


def _prune(connection: sqlite3.Connection) -> set[str]:
    """Forget the personas that no page and no list speaks of any more; the entities they belonged to."""
    left = [row[0] for row in connection.execute(_LEFT)]
    entities: set[str] = set()
    for persona_id in left:
        entity = connection.execute(
            "SELECT e.entity_id FROM personas p JOIN entities e ON e.id = p.entity WHERE p.persona_id = ?",
            (persona_id,),
        ).fetchone()
        if entity is not None:
            entities.add(entity[0])
        connection.execute("DELETE FROM personas WHERE persona_id = ?", (persona_id,))
    return entities


def _stored(
    connection: sqlite3.Connection,
) -> dict[str, tuple[int, tuple[str, str, str | None, str | None], dict[str, str]]]:
    """Per id in the list: its row id, (name, type, title, Wikidata id), and its names by persona id."""
    people = {
        row: (known_id, (name, speaker_type, title, wikidata))
        for row, known_id, name, speaker_type, title, wikidata in connection.execute(
            "SELECT id, known_id, name, type, title, wikidata FROM known_people"
        )
    }
    names: dict[int, dict[str, str]] = {row: {} for row in people}
    for row, persona_id, name in connection.execute("SELECT known, persona_id, name FROM known_names"):
        names[row][persona_id] = name
    return {known_id: (row, described, names[row]) for row, (known_id, described) in people.items()}


def _take_effect(connection: sqlite3.Connection, touched: Iterable[str], personas: Iterable[Persona]) -> None:
    """Group anew whom the list speaks of now, or did before."""
    touched = set(touched)
    if not touched:
        return
    roster = StoreRoster(connection)
    for persona in personas:
        if persona.persona_id in touched and roster.get(persona.persona_id) is None:
            roster.put(persona)
    roster.flush()
    entities = {roster.entity_of(persona_id) for persona_id in touched} | _prune(connection)
    roster = StoreRoster(connection)
    regroup(connection, roster, sorted(touched), entities)
    roster.drop_empty_entities()
    redirect(connection)


def _known_id(person: KnownPerson) -> str:
    if person.wikidata:
        return person.wikidata
    personas = known_personas(person)
    told = (person.type, personas[0].key if personas else person.name, (person.title or "").casefold())
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _shared_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT min(name) FROM known_names GROUP BY persona_id HAVING count(*) > 1 ORDER BY 1 LIMIT 20"
    )
    return tuple(name for (name,) in rows)
