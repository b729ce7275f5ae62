"""Mentions to personas and entities: the resolver decides, what it decides becomes rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tracker.records import Annotations
from tracker.resolve import Observation, Resolver
from tracker.store.judgements import apply_to_statements, resolver_judgements
from tracker.store.roster import StoreRoster
from tracker.store.rows import DocumentRows
from tracker.store.writing import PersonaLink


class StoreLinker:
    """Links the mentions of one document after the other; ``seen`` are the entities' ids that were linked to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.roster = StoreRoster(connection)
        self.resolver = Resolver(self.roster, resolver_judgements(connection))
        self._seen: set[str] = set()

    @property
    def speakers(self) -> int:
        """How many entities were linked to so far."""
        return len({self.roster.entity_of(persona) for persona in self._seen})

    def link(self, annotations: Annotations, rows: DocumentRows) -> Sequence[PersonaLink]:
        """One link for each of ``rows.speakers``, in order; personas and entities are written at once."""
        document_id = annotations.document.document_id
        articles: dict[int, int | None] = {}
        for row in rows.statements:
            if row[3] is not None:
                articles.setdefault(row[3], row[1])
        resolution = self.resolver.resolve(
            [
                Observation(str(number), speaker.name, speaker.type, document_id, speaker.title, articles.get(number))
                for number, speaker in enumerate(rows.speakers)
            ]
        )
        self.roster.apply(resolution)
        links = []
        for link in resolution.links:
            persona_id = resolution.personas[link.mention_id]
            self._seen.add(persona_id)
            persona = self.roster.row_of(persona_id)
            if persona is None:
                raise LookupError(f"the resolver linked to persona {persona_id}, which it never put into the roster")
            links.append(PersonaLink(persona, link.score, link.method, link.reasons))
        return links

    def finish(self) -> None:
        """What people decided about single statements, once the rows of a batch are written."""
        apply_to_statements(self.connection)
