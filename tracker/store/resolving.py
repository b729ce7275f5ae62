"""Who is who for the whole store, from nothing but the mentions, the decisions and the list of known people."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from tracker.resolve import Observation, Persona, sight
from tracker.store.connection import now, transaction
from tracker.store.linking import StoreLinker

BATCH = 500
"""Documents whose mentions are looked at together."""
CHUNK = 1_000
"""Personas that are grouped between two writes."""

_MENTIONS = (
    "SELECT d.document_id, m.id, m.name, m.type, m.title, s.article FROM mentions m "
    "JOIN documents d ON d.id = m.document "
    "LEFT JOIN statements s ON s.id = (SELECT min(id) FROM statements WHERE mention = m.id) "
    "ORDER BY m.document, m.id"
)


@dataclass(frozen=True)
class Resolved:
    """What came of resolving anew; ``moved`` mentions are somebody else's than before."""

    mentions: int
    speakers: int
    unsure: int
    moved: int

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"Mentions: {self.mentions}. Speakers: {self.speakers}. Unsure: {self.unsure}. "
            f"Mentions that are somebody else's now: {self.moved}."
        )


def resolve_anew(connection: sqlite3.Connection, on_mention: Callable[[], None] = lambda: None) -> Resolved:
    """Forget all links and work them out again, in one transaction: all of it or, where it fails, nothing.

    Who is who depends on what is stored, not on the order it came in; so this changes something only where pages were
    replaced, or where tracker itself knows names better than it did. Decisions and the list of known people hold.
    """
    with transaction(connection):
        run = connection.execute
        run("DROP TABLE IF EXISTS temp.resolved")
        run("CREATE TEMP TABLE resolved (mention INTEGER PRIMARY KEY, persona_id TEXT, entity_id TEXT)")
        run(
            "INSERT INTO temp.resolved SELECT l.mention, NULL, e.entity_id FROM links l "
            "JOIN personas p ON p.id = l.persona JOIN entities e ON e.id = p.entity"
        )
        for table in ("links", "persona_blocks", "name_sounds", "personas", "entities"):
            run(f"DELETE FROM {table}")  # noqa: S608 (names of this line only)
        linker = StoreLinker(connection)
        linker.restore()
        for observations in _batches(connection):
            sightings = sight(observations)
            linker.roster.prefetch((persona for _, persona in sightings), neighbours=False)
            linker.resolver.meet(sightings)
            linker.roster.flush()
            connection.executemany(
                "INSERT INTO temp.resolved (mention, persona_id) VALUES (?, ?) "
                "ON CONFLICT (mention) DO UPDATE SET persona_id = excluded.persona_id",
                [(int(one.mention_id), persona.persona_id) for one, persona in sightings],
            )
            for _ in sightings:
                on_mention()
        for personas in _chunks(linker):
            # Whoever has an entity by now was grouped with another.
            left = [persona for persona in personas if linker.roster.entity_of(persona.persona_id) is None]
            linker.roster.prefetch_neighbours(left)
            linker.roster.apply(linker.resolver.regroup(left), linked=False)
        run(
            "INSERT INTO links (mention, persona, score, method, reasons, linked_at) "
            "SELECT r.mention, p.id, p.score, p.method, p.reasons, ? FROM temp.resolved r "
            "JOIN personas p ON p.persona_id = r.persona_id",
            (now(),),
        )
        linker.roster.drop_empty_entities()
        linker.finish()
        mentions, unsure, moved = run(
            "SELECT count(*), total(l.method = 'unsure'), total(r.entity_id <> e.entity_id) FROM links l "
            "JOIN personas p ON p.id = l.persona JOIN entities e ON e.id = p.entity "
            "JOIN temp.resolved r ON r.mention = l.mention"
        ).fetchone()
        speakers = run("SELECT count(DISTINCT p.entity) FROM links l JOIN personas p ON p.id = l.persona").fetchone()[0]
        run("DROP TABLE temp.resolved")
        run("DELETE FROM deferred WHERE task = 'speakers'")
    return Resolved(mentions, speakers, int(unsure), int(moved))


def _batches(connection: sqlite3.Connection) -> Iterator[list[Observation]]:
    """The mentions of whole documents."""
    documents = itertools.groupby(connection.execute(_MENTIONS), key=itemgetter(0))
    batch: list[Observation] = []
    for count, (document_id, rows) in enumerate(documents, 1):
        batch += [
            Observation(str(mention), name, speaker_type, document_id, title, article)
            for _, mention, name, speaker_type, title, article in rows
        ]
        if not count % BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _chunks(linker: StoreLinker) -> Iterator[list[Persona]]:
    """All personas, in the order of their ids."""
    last = ""
    query = "SELECT persona_id FROM personas WHERE persona_id > ? ORDER BY persona_id LIMIT ?"
    while True:
        ids = [row[0] for row in linker.connection.execute(query, (last, CHUNK))]
        if not ids:
            return
        linker.roster.load(ids)
        found = [linker.roster.get(persona_id) for persona_id in ids]
        yield [persona for persona in found if persona is not None]
        last = ids[-1]
