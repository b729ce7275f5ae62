"""A list of known people and bodies that a person brought in: rows that outlive every ingest, beside the decisions.

Each name of the list is a persona that no page has to mention, and all personas of one row are one entity. Decisions
of people count more than the list, the list more than what is heard in names.
"""

from __future__ import annotations

import sqlite3

from tracker.records import KnownPerson
from tracker.resolve import KnownPeople, Persona, known_personas
from tracker.store.roster import StoreRoster


def load_known(connection: sqlite3.Connection) -> KnownPeople:
    """The list as the resolver takes it."""
    owners: dict[str, str] = {}
    shared: set[str] = set()
    names: dict[str, str] = {}
    rows = connection.execute(
        "SELECT n.persona_id, k.known_id, k.name FROM known_names n JOIN known_people k ON k.id = n.known"
    )
    for persona_id, known_id, name in rows:
        names[known_id] = name
        if owners.setdefault(persona_id, known_id) != known_id:
            shared.add(persona_id)
    for persona_id in shared:
        del owners[persona_id]
    return KnownPeople(owners, names, frozenset(shared))


def restore_known(connection: sqlite3.Connection, roster: StoreRoster) -> list[Persona]:
    """Put the personas of the list that the store lost, as when it is filled anew, back into it; they come back."""
    lost = connection.execute(
        "SELECT k.name, k.type, k.title, group_concat(n.name, char(31)) FROM known_people k "
        "JOIN known_names n ON n.known = k.id WHERE NOT EXISTS "
        "(SELECT 1 FROM personas p WHERE p.persona_id = n.persona_id) GROUP BY k.id ORDER BY k.id"
    ).fetchall()
    personas = []
    for name, speaker_type, title, names in lost:
        for persona in known_personas(KnownPerson(name, tuple(names.split("\x1f")), speaker_type, title)):
            if roster.get(persona.persona_id) is None:
                roster.put(persona)
                personas.append(persona)
    return personas


def known_rows(connection: sqlite3.Connection, entity: int) -> list[tuple[str, str | None, str | None, str, str, str]]:
    """(name, title, Wikidata id, file, who brought it in, when) of those of the list that are the entity (row id)."""
    return connection.execute(
        "SELECT DISTINCT k.name, k.title, k.wikidata, k.origin, k.imported_by, k.imported_at FROM personas p "
        "JOIN known_names n ON n.persona_id = p.persona_id JOIN known_people k ON k.id = n.known "
        "WHERE p.entity = ? ORDER BY k.name",
        (entity,),
    ).fetchall()
