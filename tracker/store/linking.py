"""Mentions to personas and entities: the resolver decides, what it decides becomes rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tracker.records import Link
from tracker.resolve import Observation, Resolution, Resolver, sight
from tracker.store.judgements import redirect, resolver_judgements
from tracker.store.known import load_known, restore_known
from tracker.store.roster import StoreRoster
from tracker.store.rows import DocumentRows
from tracker.store.writing import PersonaLink


class StoreLinker:
    """Links the mentions of documents, batch by batch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.roster = StoreRoster(connection)
        self._judgements = resolver_judgements(connection)
        self.resolver = Resolver(self.roster, self._judgements, load_known(connection))
        self._restored = False

    def link(self, documents: Sequence[DocumentRows]) -> list[list[PersonaLink]]:
        """Per document one link for each of its ``mentions``, in order; personas and entities are written."""
        self.restore()
        observations: list[Observation] = []
        for rows in documents:
            articles: dict[int, int | None] = {}
            for row in rows.statements:
                if row[3] is not None:
                    articles.setdefault(row[3], row[1])
            first = len(observations)
            observations += [
                Observation(str(first + number), name, kind, rows.document_id, title, articles.get(number))
                for number, (name, title, kind, *_) in enumerate(rows.mentions)
            ]
        sightings = sight(observations)
        self.roster.prefetch(persona for _, persona in sightings)
        resolution = self.resolver.link(sightings)
        self.roster.apply(resolution)
        links = iter(resolution.links)
        return [[self._persona_link(next(links), resolution) for _ in rows.mentions] for rows in documents]

    def restore(self) -> None:
        """Let a store that lost the names of the list of known people have them again; inside a transaction."""
        if not self._restored:
            self._restored = True
            lost = restore_known(self.connection, self.roster)
            if lost:
                self.roster.apply(self.resolver.regroup(lost))

    def _persona_link(self, link: Link, resolution: Resolution) -> PersonaLink:
        persona_id = resolution.personas[link.mention_id]
        persona = self.roster.row_of(persona_id)
        if persona is None:
            raise LookupError(f"the resolver linked to persona {persona_id}, which it never put into the roster")
        return PersonaLink(persona, link.score, link.method, link.reasons)

    def finish(self, *, context: bool = True) -> None:
        """What people decided about single statements and, with ``context``, what stands around unsure mentions.

        To be called inside a transaction once the rows are written; the latter at the end of a run is enough.
        """
        if context:
            self._renew_judgements()
        redirect(self.connection, context=context)

    def _renew_judgements(self) -> None:
        """Let decisions hold for what stands in for the personas they name, where that was read only now."""
        judgements = resolver_judgements(self.connection)
        if judgements == self._judgements:
            return
        self._judgements = judgements
        named = {persona_id for one in judgements for persona_id in (one.first, one.second) if persona_id}
        personas = [self.roster.get(persona_id) for persona_id in sorted(named)]
        self.roster.apply(self.resolver.rebuild(judgements, [persona for persona in personas if persona is not None]))
