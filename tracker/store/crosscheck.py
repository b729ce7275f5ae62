"""New statements against stored ones: who says the same, and who contradicts.

Each statement is compared once, with the few stored ones that share rare keys with it (names, figures, dates, concepts,
stems: ``tracker.claims``). The keys are stored, so that a run costs what is new, not what is there. Pairs that say the
same or contradict each other are kept with score and reason; pairs that hang together form a group, called by its
smallest statement id, whatever the order in which the pages came.
"""

from __future__ import annotations

import datetime
import hashlib
import heapq
import json
import math
import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.config import CrosscheckConfig
from tracker.records import Claim
from tracker.store.connection import transaction

if TYPE_CHECKING:
    from tracker.claims import Comparison

CHUNK = 200
"""Statements that are compared in one transaction."""
COMMON = 200
"""A key of more statements than this is no reason to compare two of them."""
SHARED = 2
"""Keys that two statements must share to be compared."""
SHARE = 0.12
"""How much of what its keys tell the one with fewer of them must share."""
WORK = 600
"""Places where keys occur that are looked at for one statement, the rarest keys first."""
KEPT = ("same", "conflict")
STRONG = 0.7
"""Pairs of at least this score bring their statements into one group; a weaker pair only belongs to one."""
ONE_QUOTATION = 0.9
"""How alike two quotations must be before it is asked who of two speakers said it."""

_STATEMENTS = (
    "SELECT s.id, s.statement_id, s.document, s.quote, s.kind, s.polarity, s.cue_text, s.lang, s.on_date, "
    "coalesce(e.name, m.name), m.type FROM statements s LEFT JOIN mentions m ON m.id = s.mention "
    "LEFT JOIN links l ON l.mention = s.mention LEFT JOIN personas p ON p.id = l.persona "
    "LEFT JOIN entities e ON e.id = p.entity "
)
# Statement ids only grow, so what was compared already ends where the new begins.
_PENDING = " ".join((_STATEMENTS, "WHERE s.id > (SELECT coalesce(max(id), 0) FROM claims) ORDER BY s.id LIMIT ?"))
_BY_ID = " ".join((_STATEMENTS, "WHERE s.id IN (SELECT value FROM json_each(?))"))
_INSERT_PAIR = (
    "INSERT INTO pairs (statement_a, statement_b, relation, conflict, score, reason, group_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class StoredClaim(NamedTuple):
    """A statement as it is compared."""

    id: int
    statement_id: str
    document: int
    quote: str
    kind: str
    polarity: str
    cue_text: str | None
    lang: str
    on_date: str | None
    speaker: str | None
    speaker_type: str | None

    def claim(self, *, with_speaker: bool = False) -> Claim:
        """What is claimed; a denial with the word that denies it, since its content alone says the opposite."""
        denied = self.polarity == "denies" and self.cue_text
        text = f"{self.cue_text} {self.quote}" if denied else self.quote
        return Claim(text, speaker=self.speaker if with_speaker else None, date=self.on_date, lang=self.lang)


class KeyIndex:
    """Which statements have which keys; finds those that share most rare ones."""

    def __init__(self) -> None:
        self._postings: dict[str, array[int]] = {}
        self._weights: dict[int, float] = {}
        """How much all keys of a statement told when it came."""

    def add(self, statement: int, keys: Iterable[str]) -> None:
        """Take in a statement."""
        weight = 0.0
        for key in keys:
            posting = self._postings.get(key)
            if posting is None:
                self._postings[key] = array("q", (statement,))
                weight += math.log(1 + len(self._weights))
                continue
            weight += math.log(1 + len(self._weights) / len(posting))
            if len(posting) <= COMMON:  # what is common stays common: no need to remember where
                posting.append(statement)
        self._weights[statement] = weight

    def candidates(self, keys: Iterable[str], limit: int) -> list[int]:
        """At most ``limit`` statements, the likeliest first."""
        count = len(self._weights)
        postings = sorted((self._postings[key] for key in keys if key in self._postings), key=len)
        gains: dict[int, float] = {}
        shared: dict[int, int] = {}
        work, own = WORK, 0.0
        for posting in postings:
            gain = math.log(1 + count / len(posting))
            own += gain
            if len(posting) > min(COMMON, work):
                continue
            work -= len(posting)
            for statement in posting:
                gains[statement] = gains.get(statement, 0.0) + gain
                shared[statement] = shared.get(statement, 0) + 1
        pool = [
            (gain, -statement)
            for statement, gain in gains.items()
            if shared[statement] >= SHARED and gain >= SHARE * min(own, self._weights[statement])
        ]
        return [-statement for _, statement in heapq.nlargest(limit, pool)]


def crosscheck(
    connection: sqlite3.Connection,
    config: CrosscheckConfig,
    *,
    limit: int | None = None,
    lost_pairs: bool = False,
    on_statement: Callable[[], None] = lambda: None,
) -> int:
    """Compare every statement that never was with the stored ones; the number of pairs that were kept.

    What an earlier run left over comes first. With a ``limit`` only so many statements are compared, the others are
    left for the next time (see ``count_pending``). Commits as it goes. ``lost_pairs`` tells that statements were
    deleted, so that groups may have fallen apart.
    """
    index: KeyIndex | None = None
    kept = compared = 0
    while limit is None or compared < limit:
        size = CHUNK if limit is None else min(CHUNK, limit - compared)
        with transaction(connection):
            new = [StoredClaim(*row) for row in connection.execute(_PENDING, (size,))]
            if not new:
                break
            if index is None:
                index = _load_index(connection, _window(connection, config.max_days))
            kept += _check_chunk(connection, config, index, new)
        compared += len(new)
        for _ in new:
            on_statement()
    if kept or lost_pairs:
        with transaction(connection):
            _regroup(connection)
    return kept


def count_pending(connection: sqlite3.Connection) -> int:
    """How many statements were not yet compared with the others."""
    query = "SELECT count(*) FROM statements WHERE id > (SELECT coalesce(max(id), 0) FROM claims)"
    return int(connection.execute(query).fetchone()[0])


def rebuild(
    connection: sqlite3.Connection, config: CrosscheckConfig, *, on_statement: Callable[[], None] = lambda: None
) -> int:
    """Forget all pairs and compare everything anew; the number of pairs that were kept."""
    with transaction(connection):
        connection.execute("DELETE FROM pairs")
        connection.execute("DELETE FROM claims")
    return crosscheck(connection, config, on_statement=on_statement)


@cache
def claims_version() -> str:
    """A hash of the code and the tables that make keys: stored keys of another version are made anew."""
    import tracker.claims

    folder = Path(tracker.claims.__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.toml"))):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def claim_keys(claim: Claim) -> list[str]:
    """The keys by which a claim is found among others, in any language."""
    from tracker.claims.keys import search_keys
    from tracker.claims.profile import profile

    # Roots and beginnings of words are for searching: two claims that share no more are not worth a comparison.
    # Eight hexadecimal digits are one word to the full-text index, whatever the key holds; that two keys of a claim
    # and of another meet by chance is rarer than that they meet in meaning only by chance.
    return [
        f"{zlib.crc32(key.encode('utf-8', 'surrogatepass')):08x}"
        for key in search_keys(profile(claim))
        if key[0] not in "rp"
    ]


def find_by_keys(connection: sqlite3.Connection, claim: Claim, limit: int) -> list[StoredClaim]:
    """At most ``limit`` stored statements that share most of the claim's keys, in any language, the likeliest first."""
    keys = claim_keys(claim)
    if not keys:
        return []
    rows = connection.execute(
        "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ? ORDER BY rank LIMIT ?",
        (" OR ".join(f'"{key}"' for key in keys), limit),
    )
    order = {statement: place for place, (statement,) in enumerate(rows)}
    found = [StoredClaim(*row) for row in connection.execute(_BY_ID, (json.dumps(list(order)),))]
    return sorted(found, key=lambda one: order[one.id])


def _check_chunk(
    connection: sqlite3.Connection, config: CrosscheckConfig, index: KeyIndex, new: Sequence[StoredClaim]
) -> int:
    version = claims_version()
    found: dict[int, list[int]] = {}
    known: dict[int, StoredClaim] = {one.id: one for one in new}
    rows = []
    for one in new:
        keys = claim_keys(one.claim())
        found[one.id] = index.candidates(keys, config.candidates)
        index.add(one.id, keys)
        rows.append((one.id, " ".join(keys), version))
    connection.executemany("INSERT INTO claims (id, keys, version, indexed) VALUES (?, ?, ?, 1)", rows)
    missing = sorted({candidate for candidates in found.values() for candidate in candidates} - set(known))
    for row in connection.execute(_BY_ID, (json.dumps(missing),)):
        known[row[0]] = StoredClaim(*row)
    pairs = []
    for one in new:
        for other in (known[candidate] for candidate in found[one.id] if candidate in known):
            if not _worth_comparing(one, other, config.max_days):
                continue
            # Which of the two came first must not matter, neither to the comparison nor to the row.
            first, second = sorted((one, other), key=lambda side: side.statement_id)
            comparison = _compare(first, second)
            least = config.min_score if comparison.relation == "same" else config.min_conflict_score
            if comparison.relation not in KEPT or comparison.score < least:
                continue
            if one.document == other.document and comparison.relation == "same":
                continue  # a headline that repeats its story is no second report
            reason = "; ".join(evidence.detail or evidence.name for evidence in comparison.reasons)
            pairs.append(
                (
                    first.id,
                    second.id,
                    comparison.relation,
                    comparison.conflict,
                    comparison.score,
                    reason,
                    first.statement_id,
                )
            )
    connection.executemany(_INSERT_PAIR, pairs)
    connection.executemany("INSERT INTO claims_fts (rowid, keys) VALUES (?, ?)", [row[:2] for row in rows])
    return len(pairs)


def _compare(first: StoredClaim, second: StoredClaim) -> Comparison:
    from tracker.claims import compare_claims

    if _whose_words(first, second):
        comparison = compare_claims(first.claim(with_speaker=True), second.claim(with_speaker=True))
        if comparison.conflict != "speaker" or comparison.score >= ONE_QUOTATION:
            return comparison
    return compare_claims(first.claim(), second.claim())


def _worth_comparing(one: StoredClaim, other: StoredClaim, max_days: int) -> bool:
    if one.document == other.document and one.speaker == other.speaker:
        return False
    return _days_apart(one.on_date, other.on_date) <= max_days


def _whose_words(one: StoredClaim, other: StoredClaim) -> bool:
    """Whether it matters who said it: one quotation in two mouths is a conflict, a claim that two make is none."""
    if any(side.kind != "direct" or side.speaker_type != "person" for side in (one, other)):
        return False
    if not one.speaker or not other.speaker or one.speaker == other.speaker:
        return False
    from tracker.names import UNSURE, same_name

    return same_name(one.speaker, other.speaker) < UNSURE


def _days_apart(first: str | None, second: str | None) -> int:
    """Days between two ISO dates; 0 where one is missing or not complete."""
    try:
        return abs((datetime.date.fromisoformat(first or "") - datetime.date.fromisoformat(second or "")).days)
    except ValueError:
        return 0


def _window(connection: sqlite3.Connection, max_days: int) -> tuple[str, str]:
    """The first and the last date with which the statements that are to be compared can have to do."""
    first, last = connection.execute(
        "SELECT min(on_date), max(on_date) FROM statements WHERE id > (SELECT coalesce(max(id), 0) FROM claims)"
    ).fetchone()
    undated = connection.execute(
        "SELECT 1 FROM statements WHERE id > (SELECT coalesce(max(id), 0) FROM claims) AND on_date IS NULL"
    ).fetchone()
    try:
        if undated is None:
            margin = datetime.timedelta(days=max_days)
            return (
                (datetime.date.fromisoformat(first) - margin).isoformat(),
                (datetime.date.fromisoformat(last) + margin).isoformat(),
            )
    except (ValueError, OverflowError):
        pass
    return "", "~"


def _load_index(connection: sqlite3.Connection, window: tuple[str, str]) -> KeyIndex:
    """The keys of all statements compared before whose date lies in the window, or who have none."""
    index = KeyIndex()
    version = claims_version()
    outdated = []
    for statement, keys, made_by in connection.execute(
        "SELECT c.id, c.keys, c.version FROM claims c JOIN statements s ON s.id = c.id "
        "WHERE s.on_date IS NULL OR s.on_date BETWEEN ? AND ? ORDER BY c.id",
        window,
    ):
        if made_by == version:
            index.add(statement, keys.split())
        else:
            outdated.append(statement)
    for start in range(0, len(outdated), CHUNK):
        chunk = json.dumps(outdated[start : start + CHUNK])
        for row in connection.execute(_BY_ID, (chunk,)).fetchall():
            one = StoredClaim(*row)
            keys = claim_keys(one.claim())
            index.add(one.id, keys)
            connection.execute(
                "UPDATE claims SET keys = ?, version = ? WHERE id = ?", (" ".join(keys), version, one.id)
            )
    return index


def _regroup(connection: sqlite3.Connection) -> None:
    """Call each group of pairs by the smallest of its statement ids; only changes are written.

    Statements are in one group where strong pairs lead from one to the other. A weak pair between two groups belongs
    to the larger one: it must not draw together what is told of two events.
    """
    pairs = connection.execute(
        "SELECT p.rowid, a.statement_id, b.statement_id, p.score, p.group_id FROM pairs p "
        "JOIN statements a ON a.id = p.statement_a JOIN statements b ON b.id = p.statement_b"
    ).fetchall()
    parent: dict[str, str] = {}

    def root(statement: str) -> str:
        while parent.setdefault(statement, statement) != statement:
            parent[statement] = statement = parent[parent[statement]]
        return statement

    for _, first, second, score, _ in pairs:
        smaller, larger = sorted((root(first), root(second)))
        if score >= STRONG:
            parent[larger] = smaller
    sizes = Counter(root(statement) for statement in list(parent))
    changes = []
    for rowid, first, second, _, group in pairs:
        wanted = min(root(first), root(second), key=lambda name: (-sizes[name], name))
        if wanted != group:
            changes.append((wanted, rowid))
    connection.executemany("UPDATE pairs SET group_id = ? WHERE rowid = ?", changes)
