"""What people decided about who is who: signed, dated rows that outlive every ingest and can be taken back.

The table ``judgements`` is the memory; who is who is derived from it and from the pages, again and again. Decisions
name personas and statements, whose ids are hashes of content, so that they hold in a store that is built anew.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from tracker import resolve
from tracker.errors import UsageError
from tracker.records import Evidence, SpeakerType
from tracker.resolve.facets import Facets
from tracker.store.connection import now, transaction
from tracker.store.context import settle
from tracker.store.decisions import Decisions
from tracker.store.known import load_known
from tracker.store.namekeys import name_key
from tracker.store.roster import StoreRoster
from tracker.store.rows import ReasonsText

Decision = Literal["same", "not-same", "rename", "split-statement"]
"""``same``, ``not-same``: subject and object are one, or two. ``rename``: the subject is to be called ``value``.
``split-statement``: the statement that is the object was said by the one called ``value``, not by the subject."""

ALL_PAIRS = 20
"""Personas of a decision that are each paired with all others."""
OPPOSITES = {"same": "not-same", "not-same": "same"}
_COLUMNS = (
    "id, decision, subject, subject_ids, object, object_ids, value, note, decided_by, decided_at, undone_by, undone_at"
)
_RESET = (
    "UPDATE links SET persona = machine_persona, machine_persona = NULL, (score, method, reasons) = "
    "(SELECT score, method, reasons FROM personas p WHERE p.id = links.machine_persona)"
)
_INSERT = (
    "INSERT INTO judgements (decision, subject, subject_ids, object, object_ids, value, note, decided_by, decided_at, "
    "anchors) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ANCHORS = (
    "SELECT persona_id, kind, key, coalesce(countries, ''), coalesce(callings, '') FROM personas "
    "WHERE persona_id IN (SELECT value FROM json_each(?)) AND coalesce(scope, '') = ''"
)
_STAND_INS = (
    "SELECT persona_id, countries, callings FROM personas WHERE kind = ? AND key = ? AND coalesce(scope, '') = '' "
    "ORDER BY persona_id"
)


@dataclass(frozen=True)
class Judgement:
    """One decision; it stands while ``undone_at`` is None.

    ``subject_ids`` and ``object_ids`` are the ids, in one string with blanks between, of all personas that the two were
    when it was taken; for ``split-statement`` the object's is the id of the statement.
    """

    id: int
    decision: Decision
    subject: str
    subject_ids: str
    object: str | None
    object_ids: str | None
    value: str | None
    note: str | None
    decided_by: str
    decided_at: str
    undone_by: str | None
    undone_at: str | None

    def __str__(self) -> str:
        """One line for people."""
        told = {
            "same": f"{self.subject} and {self.object} are one",
            "not-same": f"{self.subject} and {self.object} are two",
            "split-statement": f"statement {self.object} is by {self.value}, not by {self.subject}",
            "rename": f"{self.subject} is called {self.value}",
        }[self.decision]
        note = f" ({self.note})" if self.note else ""
        undone = f"; undone by {self.undone_by}, {self.undone_at}" if self.undone_at else ""
        return f"{self.id}: {told}{note}. {self.decided_by}, {self.decided_at}{undone}"


_DECISIONS = Decisions("judgements", _COLUMNS, Judgement, "tracker speakers decisions")


@dataclass(frozen=True)
class Party:
    """Whom or what a decision is about: the name, and the ids of its personas (or of a statement)."""

    name: str
    ids: tuple[str, ...]


def judge(
    connection: sqlite3.Connection,
    decision: Decision,
    subject: Party,
    other: Party | None = None,
    *,
    value: str | None = None,
    decided_by: str,
    note: str | None = None,
) -> Judgement:
    """Record a decision and let it take effect; both or neither.

    Raises UsageError where it contradicts a standing one: that must be undone first.
    """
    with transaction(connection):
        for old in find_judgements(connection):
            if OPPOSITES.get(decision) == old.decision and _pairs(subject.ids, other) & _old_pairs(old):
                raise UsageError(f"this contradicts decision {old}; undo it first: tracker speakers undo {old.id}")
        values = (
            decision,
            subject.name,
            " ".join(subject.ids),
            other.name if other else None,
            " ".join(other.ids) if other else None,
            value,
            note,
            decided_by,
            now(),
            _anchors(connection, (*subject.ids, *(other.ids if other else ()))),
        )
        number = connection.execute(_INSERT, values).lastrowid
        judgement = find_judgement(connection, int(number or 0))
        _take_effect(connection, judgement)
        return judgement


def undo(connection: sqlite3.Connection, number: int, *, undone_by: str) -> Judgement:
    """Take a decision back; its row stays, with who and when. Raises UsageError where none stands under the number."""
    with transaction(connection):
        judgement = _DECISIONS.take_back(connection, number, undone_by=undone_by)
        _take_effect(connection, judgement)
        return judgement


def find_judgement(connection: sqlite3.Connection, number: int) -> Judgement:
    """The decision under that number, standing or not. Raises UsageError where there is none."""
    return _DECISIONS.find(connection, number)


def find_judgements(connection: sqlite3.Connection, *, undone: bool = False) -> list[Judgement]:
    """The decisions that stand, oldest first; with ``undone`` those taken back as well."""
    return _DECISIONS.find_all(connection, undone=undone)


def resolver_judgements(connection: sqlite3.Connection) -> list[resolve.Judgement]:
    """The standing decisions about personas, as the resolver takes them: persona by persona.

    A persona that the store does not hold counts as well, and with it those of the same name whose titles may be its
    own: what is read out of a title changes with the lists of titles and places, and decisions have to outlive that.
    """
    decided = []
    stand_ins = _stand_ins(connection)
    for judgement in find_judgements(connection):
        subjects = _with(stand_ins, judgement.subject_ids.split())
        objects = _with(stand_ins, (judgement.object_ids or "").split())
        pairs: Iterable[tuple[str, str | None]]
        if judgement.decision == "rename":
            pairs = [(subject, None) for subject in subjects]
        elif judgement.decision == "same":
            # All that the two were when they were called one: a part of them must not stay behind, whichever of them
            # the store holds.
            members = list(dict.fromkeys((*subjects, *objects)))
            centres = members if len(members) <= ALL_PAIRS else members[:ALL_PAIRS]
            pairs = [(one, other) for place, one in enumerate(centres) for other in members[place + 1 :]]
        elif judgement.decision == "not-same":
            pairs = itertools.product(subjects, objects)
        else:
            continue
        # Decisions of one second keep their order.
        moment = f"{judgement.decided_at} {judgement.id:012}"
        decided += [
            resolve.Judgement(judgement.decision, first, second, judgement.value, judgement.decided_by, moment)
            for first, second in pairs
        ]
    return decided


Redirection = tuple[int, float, str, str | None]
"""Persona (row id), score, method and reasons (as stored) of a link that is another's than the name says."""


def redirect(connection: sqlite3.Connection, *, context: bool = True) -> None:
    """Give the mentions to whom they belong by more than their name, and all others to whom that was found to mean.

    First what people decided about single statements; then, with ``context``, what stands around mentions that are
    unsure. Only changes are written. Statements that the store does not hold (yet) wait.
    """
    told = ReasonsText()
    decided = _decided_statements(connection, told)
    _write_redirections(connection, "judged", decided)
    if not context:
        return
    # Who is unsure no longer is evidence for others: the same as if all were worked out at once.
    connection.execute(
        _RESET + " WHERE machine_persona IS NOT NULL AND method = 'context' "  # noqa: S608 (constants)
        "AND machine_persona NOT IN (SELECT id FROM personas WHERE method = 'unsure')"
    )
    settled = {
        mention: (persona, choice.score, "context", told[choice.reasons])
        for mention, persona, choice in settle(connection)
        if mention not in decided
    }
    _write_redirections(connection, "context", settled)


def _decided_statements(connection: sqlite3.Connection, told: ReasonsText) -> dict[int, Redirection]:
    """Per mention (row id) whom people gave it to."""
    roster = StoreRoster(connection)
    decided: dict[int, Redirection] = {}
    for judgement in find_judgements(connection):
        if judgement.decision != "split-statement" or judgement.value is None:
            continue
        row = connection.execute(
            "SELECT l.mention, p.kind, p.type FROM statements s JOIN links l ON l.mention = s.mention "
            "JOIN personas p ON p.id = coalesce(l.machine_persona, l.persona) WHERE s.statement_id = ?",
            (judgement.object_ids,),
        ).fetchone()
        if row is not None:
            mention, kind, speaker_type = row
            persona = _judged_persona(roster, judgement.value, kind, cast(SpeakerType, speaker_type))
            reason = Evidence("a person's decision", 1.0, judgement.value)
            decided[mention] = (persona, 1.0, "judged", told[(reason,)])
    return decided


def _write_redirections(connection: sqlite3.Connection, method: str, wanted: dict[int, Redirection]) -> None:
    """Let those of one method be just ``wanted``."""
    stored = {
        mention: tuple(link)
        for mention, *link in connection.execute(
            "SELECT mention, persona, score, method, reasons FROM links "
            "WHERE machine_persona IS NOT NULL AND method = ?",
            (method,),
        )
    }
    connection.executemany(_RESET + " WHERE mention = ?", [(mention,) for mention in stored.keys() - wanted.keys()])
    connection.executemany(
        "UPDATE links SET machine_persona = coalesce(machine_persona, persona), persona = ?, score = ?, method = ?, "
        "reasons = ?, linked_at = ? WHERE mention = ?",
        [(*link, now(), mention) for mention, link in wanted.items() if stored.get(mention) != link],
    )


def party(connection: sqlite3.Connection, entity: int, name: str, written: str | None = None) -> Party:
    """The entity (row id) as a party called ``name``; with ``written`` only its personas that are written so."""
    rows = connection.execute(
        "SELECT DISTINCT p.persona_id, m.name FROM personas p JOIN links l ON l.persona = p.id "
        "JOIN mentions m ON m.id = l.mention WHERE p.entity = ? ORDER BY p.persona_id",
        (entity,),
    )
    key = None if written is None else name_key(written)
    return Party(name, tuple(dict.fromkeys(persona for persona, said in rows if key in (None, name_key(said)))))


def _anchors(connection: sqlite3.Connection, ids: Iterable[str]) -> str:
    """What these personas are, as JSON: id -> kind, folded name, countries and callings."""
    rows = connection.execute(_ANCHORS, (json.dumps(list(ids)),))
    return json.dumps({persona_id: told for persona_id, *told in rows}, ensure_ascii=False)


def _stand_ins(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Per persona that a standing decision names and the store lacks: the ids of those that may be it now."""
    anchors: dict[str, list[str]] = {}
    for (told,) in connection.execute(
        "SELECT anchors FROM judgements WHERE undone_at IS NULL AND anchors IS NOT NULL ORDER BY id"
    ):
        anchors.update(json.loads(told))
    query = "SELECT persona_id FROM personas WHERE persona_id IN (SELECT value FROM json_each(?))"
    held = {row[0] for row in connection.execute(query, (json.dumps(list(anchors)),))}
    found: dict[str, list[str]] = {}
    for persona_id in sorted(anchors.keys() - held):
        kind, key, countries, callings = anchors[persona_id]
        facets = Facets(tuple(countries.split()), tuple(callings.split()))
        found[persona_id] = [
            other
            for other, *told in connection.execute(_STAND_INS, (kind, key))
            if not facets.conflict(Facets(*(tuple((part or "").split()) for part in told)))
        ]
    return found


def _with(stand_ins: dict[str, list[str]], ids: list[str]) -> list[str]:
    return list(dict.fromkeys([*ids, *(other for one in ids for other in stand_ins.get(one, ()))]))


def _pairs(subjects: Iterable[str], other: Party | None) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in itertools.product(subjects, other.ids if other else ())}


def _old_pairs(judgement: Judgement) -> set[frozenset[str]]:
    return _pairs(judgement.subject_ids.split(), Party("", tuple((judgement.object_ids or "").split())))


def _take_effect(connection: sqlite3.Connection, judgement: Judgement) -> None:
    """Group anew whom the decision names, with all that hang together with them, under what stands now."""
    if judgement.decision == "split-statement":
        redirect(connection)
        return
    roster = StoreRoster(connection)
    named = f"{judgement.subject_ids} {judgement.object_ids or ''}".split()
    regroup(connection, roster, named, {roster.entity_of(persona_id) for persona_id in named})
    redirect(connection)


def regroup(
    connection: sqlite3.Connection, roster: StoreRoster, persona_ids: Iterable[str], entities: Iterable[str | None]
) -> None:
    """Group anew, under what stands now, these personas and all that are in one of ``entities`` (ids) with them.

    Those may have nothing else to do with the personas, and be left over.
    """
    personas = [persona for persona_id in persona_ids if (persona := roster.get(persona_id)) is not None]
    for entity_id in sorted(filter(None, entities)):
        personas += roster.members(entity_id)
    resolver = resolve.Resolver(roster, resolver_judgements(connection), load_known(connection))
    roster.apply(resolver.regroup(personas))


def _judged_persona(roster: StoreRoster, name: str, kind: str, speaker_type: SpeakerType) -> int:
    """The row of a persona that only a decision makes: its scope keeps the resolver from joining it to others."""
    key = name_key(name)
    persona_id = hashlib.sha256(f"judged\x1f{kind}\x1f{key}".encode()).hexdigest()[:20]
    if roster.get(persona_id) is None:
        roster.put(resolve.Persona(persona_id, kind, key, scope="judged", name=name, type=speaker_type))
        roster.assign(persona_id, persona_id)
        roster.flush()
    row = roster.row_of(persona_id)
    if row is None:
        raise LookupError(f"persona {persona_id} was put into the roster and is not there")
    return row
