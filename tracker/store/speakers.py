"""Which stored speaker a name means: any spelling, any script, a surname alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.errors import UsageError
from tracker.records import Entity, Evidence
from tracker.store.namekeys import name_key, name_sounds
from tracker.store.views import SPEAKERS_VIEW

LOOKED_AT = 400
"""Entities that are compared with a name in full; those that share most of its sounds."""
LISTED = 8
LEAST = 0.5
"""A name that resembles the one asked for by less is no answer: a surname alone scores about 0.7 when it is right."""
SURE = 0.85
"""A best candidate under this makes the search look at names that lack a consonant."""

_STATEMENTS = (
    "SELECT count(*) FROM personas p JOIN links l ON l.persona = p.id JOIN statements s ON s.mention = l.mention "
    "WHERE p.entity = ?"
)


@dataclass(frozen=True)
class Speaker:
    """A stored speaker as the answer to a name: how well it fits, and by which of its names.

    ``entity`` is its row id, ``speaker_id`` what commands take; ``exact`` tells that the name is the same but for
    spelling marks, ``matched`` which of its names fits.
    """

    entity: int
    speaker_id: str
    name: str
    matched: str
    score: float
    exact: bool
    statements: int
    is_person: bool = True


def find_speakers(connection: sqlite3.Connection, name: str) -> list[Speaker]:
    """The speakers that ``name`` may mean, best first: those it is the name of, else the best and those as good.

    A single word is a surname until the contrary is known: beside whom pages call by nothing else stand those whose
    full names it is the surname of. An id means just one speaker. Speakers without statements are no answer.
    """
    # An entity is called by the smallest of its personas' ids; any of them means it, whatever it was called once.
    by_id = connection.execute("SELECT entity FROM personas WHERE persona_id = ?", (name.strip(),)).fetchone()
    if by_id is not None:
        return [speaker for speaker in [_speaker(connection, by_id[0], name, 1.0, exact=True)] if speaker.statements]
    exact = connection.execute(
        "SELECT DISTINCT entity FROM personas WHERE name_key = ? UNION SELECT id FROM entities WHERE name = ?",
        (name_key(name), name),
    ).fetchall()
    found = [_speaker(connection, entity, name, 1.0, exact=True) for (entity,) in exact]
    if len(name.split()) == 1 or not any(speaker.statements for speaker in found):
        found += _rank(connection, name, without=[speaker.entity for speaker in found])
    found = [speaker for speaker in found if speaker.statements]
    found.sort(key=lambda speaker: (-round(speaker.score, 2), -speaker.statements, speaker.speaker_id))
    return found[:LISTED]


def one_person(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Those of ``speakers`` that may be taken together: the best, or a full name and its bare surname.

    Pages that say only "Levy" may mean the one Boaz Levy there is; of two people of that surname they may mean either,
    and neither is guessed. Two people of one full name are two, and London is not Jack London.
    """
    bare = [speaker for speaker in speakers if _is_bare(speaker) and speaker.is_person]
    full = [speaker for speaker in speakers if not _is_bare(speaker) and speaker.is_person]
    if not bare or not full or (speakers[0].exact and speakers[0] not in bare):
        return list(speakers[:1])
    from tracker.names import UNSURE, same_name

    if len(full) == 1:
        return [*(one for one in bare if same_name(one.matched, full[0].matched) >= UNSURE), *full]
    return bare[:1] if bare[0].exact else list(speakers[:1])


def _is_bare(speaker: Speaker) -> bool:
    return len(speaker.matched.split()) == 1


def is_told_by(speaker: Speaker, name: str) -> bool:
    """Whether ``name`` plainly is what the speaker is called, so that nobody has to be told who that is."""
    from tracker.names import UNSURE, same_name

    return speaker.exact and (name.strip() == speaker.speaker_id or same_name(name, speaker.name) >= UNSURE)


def known_but_silent(connection: sqlite3.Connection, name: str) -> list[str]:
    """Those of the list of known people that are called ``name`` and whom nothing stored quotes."""
    rows = connection.execute(
        "SELECT DISTINCT k.name FROM personas p JOIN known_names n ON n.persona_id = p.persona_id "
        "JOIN known_people k ON k.id = n.known WHERE p.name_key = ? ORDER BY k.name LIMIT ?",
        (name_key(name), LISTED),
    )
    return [known for (known,) in rows]


def find_one(connection: sqlite3.Connection, name: str) -> Speaker:
    """The speaker a decision is about: nobody is guessed. Raises UsageError where the name fits none or several."""
    found = find_speakers(connection, name)
    exact = [speaker for speaker in found if speaker.exact]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise UsageError(f"nobody is called {name!r}; see: tracker speakers")
    listed = "; ".join(f"{speaker.name} ({speaker.speaker_id})" for speaker in found)
    raise UsageError(f"{name!r} is not the exact name of one speaker; close are: {listed}. Give the id")


def list_speakers(connection: sqlite3.Connection, limit: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Rows of ``speakers_view``, those with most statements first."""
    columns = ", ".join(SPEAKERS_VIEW)
    query = f"SELECT {columns} FROM speakers_view ORDER BY statements DESC, name LIMIT ?"  # noqa: S608 (constants)
    return connection.execute(query, (-1 if limit is None else limit,))


@dataclass(frozen=True)
class Spelling:
    """One way a speaker is written, how often, and why it was taken for this speaker."""

    name: str
    mentions: int
    score: float
    method: str
    reasons: tuple[Evidence, ...]


def spellings(connection: sqlite3.Connection, entity: int) -> list[Spelling]:
    """Every way the speaker is written, the most frequent first, with the reasons of the least sure link of each."""
    rows = connection.execute(
        "SELECT m.name, count(*), min(l.score), l.method, l.reasons FROM personas p "
        "JOIN links l ON l.persona = p.id JOIN mentions m ON m.id = l.mention "
        "WHERE p.entity = ? GROUP BY m.name ORDER BY count(*) DESC, m.name",
        (entity,),
    )
    return [
        Spelling(name, mentions, score, method, read_reasons(reasons))
        for name, mentions, score, method, reasons in rows
    ]


def titles(connection: sqlite3.Connection, entity: int) -> list[tuple[str, int]]:
    """The titles the speaker is given, with how often, the most frequent first."""
    return connection.execute(
        "SELECT m.title, count(*) FROM personas p JOIN links l ON l.persona = p.id JOIN mentions m ON m.id = l.mention "
        "WHERE p.entity = ? AND m.title IS NOT NULL GROUP BY m.title ORDER BY count(*) DESC, m.title",
        (entity,),
    ).fetchall()


def about_names(connection: sqlite3.Connection, about: str) -> tuple[str, ...]:
    """``about``, and where it is surely the name of a stored speaker, the other ways that one is written."""
    found = find_speakers(connection, about)
    if len(found) != 1 or found[0].score < SURE:
        return (about,)
    others = [spelling.name for spelling in spellings(connection, found[0].entity)]
    return tuple(dict.fromkeys([about, *(f'"{name}"' for name in others if len(name) > 2)]))[:LISTED]


def read_reasons(reasons: str | None) -> tuple[Evidence, ...]:
    """The reasons of a link as they were before they were stored."""
    return tuple(Evidence(*reason) for reason in json.loads(reasons)) if reasons else ()


def _speaker(connection: sqlite3.Connection, entity: int, matched: str, score: float, *, exact: bool) -> Speaker:
    speaker_id, name, kind = connection.execute(
        "SELECT entity_id, name, type FROM entities WHERE id = ?", (entity,)
    ).fetchone()
    statements = connection.execute(_STATEMENTS, (entity,)).fetchone()[0]
    return Speaker(entity, speaker_id, name, matched, score, exact, statements, kind == "person")


def _rank(connection: sqlite3.Connection, name: str, without: list[int]) -> list[Speaker]:
    """Speakers whose names sound like ``name``, or mean the same, best first, of those as good as the best."""
    from tracker.names import close_calls
    from tracker.names import find_speakers as rank

    single = len(name.split()) == 1
    exact, near = name_sounds(name)
    for wide in (False, True):
        entities = _candidates(connection, exact | near if wide else exact, wide=wide)
        known = _load_entities(connection, [entity for entity in entities if entity not in without])
        found = [match for match in rank(name, known, limit=LOOKED_AT) if match.score >= LEAST]
        # A surname alone is less like any full name than like another spelling of itself: each kind has its best.
        bare = [match for match in found if len(match.name.split()) == 1]
        matches = (
            close_calls(found)
            if not single
            else close_calls(bare) + close_calls([match for match in found if match not in bare])
        )
        if matches and matches[0].score >= SURE:
            break
    return [_speaker(connection, int(match.entity_id), match.name, match.score, exact=match.exact) for match in matches]


def _candidates(connection: sqlite3.Connection, sounds: frozenset[str], *, wide: bool) -> list[int]:
    """Entities whose names share most of the sounds."""
    rows = connection.execute(
        "SELECT p.entity FROM name_sounds n JOIN personas p ON p.id = n.persona "
        "WHERE n.sound IN (SELECT value FROM json_each(?)) AND n.is_near <= ? "
        "GROUP BY p.entity ORDER BY count(DISTINCT n.sound) DESC, sum(n.is_near), p.entity LIMIT ?",
        (json.dumps(sorted(sounds)), int(wide), LOOKED_AT),
    )
    return [entity for (entity,) in rows]


def _load_entities(connection: sqlite3.Connection, entities: list[int]) -> list[Entity]:
    """The entities with all their names. Their ids are row ids here."""
    rows = connection.execute(
        "SELECT DISTINCT entity, coalesce(lang, ''), name FROM personas "
        "WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY entity, lang, name",
        (json.dumps(entities),),
    )
    names: dict[int, list[tuple[str, str]]] = {}
    for entity, lang, name in rows:
        names.setdefault(entity, []).append((lang, name))
    return [Entity(str(entity), known[0][1], "person", tuple(known)) for entity, known in names.items()]
