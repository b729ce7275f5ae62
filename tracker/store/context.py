"""Mentions that are two people's by name: what stands around them on their pages decides where it can.

Worked out from the sure links alone, for all such mentions, whenever something was stored: so it is the same in any
order. There are few of them.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from tracker.resolve.context import Choice, Surroundings, choose, offices

# A mention that was given to somebody keeps whom it was found to be of in machine_persona.
_UNSURE = (
    "SELECT l.mention, m.document, m.title, p.id, p.entity, p.rivals FROM personas p "
    "JOIN links l ON l.persona = p.id AND l.machine_persona IS NULL JOIN mentions m ON m.id = l.mention "
    "WHERE p.method = 'unsure' AND p.rivals IS NOT NULL "
    "UNION ALL SELECT l.mention, m.document, m.title, p.id, p.entity, p.rivals FROM personas p "
    "JOIN links l ON l.machine_persona = p.id JOIN mentions m ON m.id = l.mention "
    "WHERE p.method = 'unsure' AND p.rivals IS NOT NULL ORDER BY 1"
)
_RIVALS = (
    "SELECT p.id, p.entity FROM personas p WHERE p.persona_id IN (SELECT value FROM json_each(?)) ORDER BY p.persona_id"
)
_SURE = "l.machine_persona IS NULL AND l.method <> 'unsure' AND p.kind = 'person' AND instr(p.key, ' ') > 0"
_COMPANY_OF_DOCUMENT = (
    "SELECT DISTINCT p.entity, e.name, p.countries FROM mentions m JOIN links l ON l.mention = m.id "  # noqa: S608
    f"JOIN personas p ON p.id = l.persona JOIN entities e ON e.id = p.entity WHERE m.document = ? AND {_SURE}"
)
_COMPANY_OF_ENTITY = (
    "SELECT DISTINCT p.entity, e.name FROM personas own JOIN links o ON o.persona = own.id "  # noqa: S608
    "AND o.machine_persona IS NULL AND o.method <> 'unsure' JOIN mentions n ON n.id = o.mention "
    "JOIN mentions m ON m.document = n.document JOIN links l ON l.mention = m.id JOIN personas p ON p.id = l.persona "
    f"JOIN entities e ON e.id = p.entity WHERE own.entity = ? AND p.entity <> own.entity AND {_SURE}"
)
_MENTIONS_OF_ENTITY = (
    "SELECT DISTINCT p.countries, m.title, s.on_date FROM personas p LEFT JOIN links l ON l.persona = p.id "
    "AND l.machine_persona IS NULL AND l.method <> 'unsure' LEFT JOIN mentions m ON m.id = l.mention "
    "LEFT JOIN statements s ON s.mention = m.id WHERE p.entity = ?"
)


class Settled(NamedTuple):
    """That a mention is given to the persona (row id) of somebody, and why."""

    mention: int
    persona: int
    choice: Choice


def settle(connection: sqlite3.Connection) -> Iterator[Settled]:
    """The unsure mentions of which it is plain whose they are. Nothing is written."""
    rows = connection.execute(_UNSURE).fetchall()
    if not rows:
        return
    surroundings = _Surroundings(connection)
    for mention, document, title, _, entity, told in rows:
        personas: dict[int, int] = {}
        for persona, owner in surroundings.rivals(told):
            if owner is not None and owner != entity:
                personas.setdefault(owner, persona)
        found = surroundings.of_mention(mention, document, title, without={entity, *personas})
        choice = choose(found, {owner: surroundings.of_entity(owner) for owner in personas})
        if choice is not None:
            yield Settled(mention, personas[choice.candidate], choice)


class _Surroundings:
    """What stands around mentions and entities, each asked for once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._entities: dict[int, Surroundings] = {}
        self._documents: dict[int, list[tuple[int, str, str]]] = {}
        self._rivals: dict[str, list[tuple[int, int | None]]] = {}

    def rivals(self, told: str) -> list[tuple[int, int | None]]:
        """(persona, entity) row ids of the personas whose ids are ``told``."""
        found = self._rivals.get(told)
        if found is None:
            ids = json.dumps(told.split())
            found = self._rivals[told] = self.connection.execute(_RIVALS, (ids,)).fetchall()
        return found

    def of_mention(self, mention: int, document: int, title: str | None, *, without: set[int]) -> Surroundings:
        """Around one mention; those it may be itself, ``without``, are no company."""
        people = self._documents.get(document)
        if people is None:
            people = self._documents[document] = self.connection.execute(_COMPANY_OF_DOCUMENT, (document,)).fetchall()
        others = [(entity, name, countries) for entity, name, countries in people if entity not in without]
        dates = self.connection.execute("SELECT DISTINCT on_date FROM statements WHERE mention = ?", (mention,))
        return Surroundings(
            {entity: name for entity, name, _ in others},
            frozenset(code for _, _, countries in others for code in (countries or "").split()),
            offices(title),
            _days(date for (date,) in dates),
        )

    def of_entity(self, entity: int) -> Surroundings:
        """Around all that is surely of one entity."""
        found = self._entities.get(entity)
        if found is None:
            company = dict(self.connection.execute(_COMPANY_OF_ENTITY, (entity,)).fetchall())
            rows = self.connection.execute(_MENTIONS_OF_ENTITY, (entity,)).fetchall()
            found = self._entities[entity] = Surroundings(
                company,
                frozenset(code for countries, _, _ in rows for code in (countries or "").split()),
                frozenset().union(*(offices(title) for _, title, _ in rows)),
                _days(date for _, _, date in rows),
            )
        return found


def _days(dates: Iterator[str | None]) -> tuple[int, ...]:
    """Ordinals of the complete ISO dates among ``dates``."""
    found = set()
    for date in dates:
        try:
            found.add(datetime.date.fromisoformat(date or "").toordinal())
        except ValueError:
            continue
    return tuple(sorted(found))
