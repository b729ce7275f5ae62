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
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.config import CrosscheckConfig, ModelsConfig
from tracker.records import Claim
from tracker.store.connection import transaction
from tracker.store.meaning import StoredVectors, embed_missing, load_meaning

if TYPE_CHECKING:
    from tracker.claims.comparison import Chances, Verdict

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
JUDGED = 1 << 13
"""Pairs of texts whose comparison is remembered."""
KEPT = ("same", "conflict")
STRONG = 0.7
"""Pairs of at least this score bring their statements into one group; a weaker pair only belongs to one."""
ONE_QUOTATION = 0.9
"""How alike two quotations must be before it is asked who of two speakers said it."""

_STATEMENTS = (
    "SELECT s.id, s.statement_id, s.document, s.quote, s.kind, s.polarity, s.cue_text, s.lang, s.on_date, "
    "coalesce(e.name, m.name), m.type, s.article, s.source, s.cited_source "
    "FROM statements s LEFT JOIN mentions m ON m.id = s.mention "
    "LEFT JOIN links l ON l.mention = s.mention LEFT JOIN personas p ON p.id = l.persona "
    "LEFT JOIN entities e ON e.id = p.entity "
)
# Statement ids only grow, so what was compared already ends where the new begins.
_PENDING = " ".join((_STATEMENTS, "WHERE s.id > (SELECT coalesce(max(id), 0) FROM claims) ORDER BY s.id LIMIT ?"))
_BY_ID = " ".join((_STATEMENTS, "WHERE s.id IN (SELECT value FROM json_each(?))"))
_INSERT_PAIR = (
    "INSERT INTO pairs (statement_a, statement_b, relation, conflict, score, reason, group_id, copied, wording) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
    article: int | None
    source: str | None
    cited_source: str | None

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
    models: ModelsConfig | None = None,
    limit: int | None = None,
    lost_pairs: bool = False,
    on_statement: Callable[[], None] = lambda: None,
) -> int:
    """Compare every statement that never was with the stored ones; the number of pairs that were kept.

    What an earlier run left over comes first. With a ``limit`` only so many statements are compared, the others are
    left for the next time (see ``count_pending``). Commits as it goes. ``lost_pairs`` tells that statements were
    deleted, so that groups may have fallen apart. ``models`` may name sentence vectors, by which more is found to
    compare, and an inference model, which is asked as well. Raises ConfigError where one cannot be loaded.
    """
    checker: _Checker | None = None
    kept = compared = 0
    while limit is None or compared < limit:
        size = CHUNK if limit is None else min(CHUNK, limit - compared)
        with transaction(connection):
            new = [StoredClaim(*row) for row in connection.execute(_PENDING, (size,))]
            if not new:
                break
            if checker is None:
                checker = _Checker(connection, config, models)
            kept += checker.check(new)
        compared += len(new)
        for _ in new:
            on_statement()
    if kept or lost_pairs:
        with transaction(connection):
            regroup(connection)
    return kept


def count_pending(connection: sqlite3.Connection) -> int:
    """How many statements were not yet compared with the others."""
    query = "SELECT count(*) FROM statements WHERE id > (SELECT coalesce(max(id), 0) FROM claims)"
    return int(connection.execute(query).fetchone()[0])


def rebuild(
    connection: sqlite3.Connection,
    config: CrosscheckConfig,
    *,
    models: ModelsConfig | None = None,
    on_statement: Callable[[], None] = lambda: None,
) -> int:
    """Forget all pairs and compare everything anew; the number of pairs that were kept. Decisions on pairs stay."""
    with transaction(connection):
        connection.execute("DELETE FROM pairs")
        connection.execute("DELETE FROM claims")
    return crosscheck(connection, config, models=models, on_statement=on_statement)


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
    return claims_by_id(connection, [statement for (statement,) in rows])


def claims_by_id(connection: sqlite3.Connection, statements: Sequence[int]) -> list[StoredClaim]:
    """The stored statements under these row ids, in that order."""
    order = {statement: place for place, statement in enumerate(statements)}
    found = [StoredClaim(*row) for row in connection.execute(_BY_ID, (json.dumps(list(order)),))]
    return sorted(found, key=lambda one: order[one.id])


class _Checker:
    """What a run of comparing needs to know of the statements that were compared before."""

    def __init__(
        self, connection: sqlite3.Connection, config: CrosscheckConfig, models: ModelsConfig | None = None
    ) -> None:
        from tracker.store.reports import Stories

        self.connection = connection
        self.config = config
        window = _window(connection, config.max_days)
        self.index = _load_index(connection, window)
        self.stories = Stories(connection)
        self.meaning = load_meaning(models)
        self.vectors: StoredVectors | None = None
        if self.meaning is not None and self.meaning.embedder is not None:
            embed_missing(connection, self.meaning.embedder)
            self.vectors = StoredVectors(self.meaning.embedder)
            self.vectors.load(connection, window)

    def check(self, new: Sequence[StoredClaim]) -> int:
        """Compare new statements with those before them and store what is kept; how many pairs that are."""
        version = claims_version()
        found: dict[int, list[int]] = {}
        rows = []
        for one in new:
            keys = claim_keys(one.claim())
            found[one.id] = self.index.candidates(keys, self.config.candidates)
            self.index.add(one.id, keys)
            rows.append((one.id, " ".join(keys), version))
        self.connection.executemany("INSERT INTO claims (id, keys, version, indexed) VALUES (?, ?, ?, 1)", rows)
        self._add_near(new, found)
        kept = self._judged(self._candidates(new, found))
        self.connection.executemany(_INSERT_PAIR, [self._pair(*one) for one in kept])
        self.connection.executemany("INSERT INTO claims_fts (rowid, keys) VALUES (?, ?)", [row[:2] for row in rows])
        return len(kept)

    def _add_near(self, new: Sequence[StoredClaim], found: dict[int, list[int]]) -> None:
        """Further candidates: the statements before that are nearest in meaning."""
        if self.vectors is None or self.meaning is None:
            return
        vectors = self.vectors.add(self.connection, [(one.id, one.claim().text) for one in new])
        for one, vector in zip(new, vectors, strict=True):
            near = self.vectors.nearest(vector, self.config.candidates + 1, self.meaning.min_similarity)
            found[one.id] += [other for other in sorted(near) if other < one.id and other not in found[one.id]]

    def _candidates(
        self, new: Sequence[StoredClaim], found: dict[int, list[int]]
    ) -> Iterator[tuple[StoredClaim, StoredClaim]]:
        """The pairs that are worth comparing, by statement id: which of them came first must not matter."""
        known: dict[int, StoredClaim] = {one.id: one for one in new}
        missing = sorted({candidate for candidates in found.values() for candidate in candidates} - set(known))
        for row in self.connection.execute(_BY_ID, (json.dumps(missing),)):
            known[row[0]] = StoredClaim(*row)
        for one in new:
            for other in (known[candidate] for candidate in found[one.id] if candidate in known):
                if _worth_comparing(one, other, self.config.max_days):
                    yield (one, other) if one.statement_id < other.statement_id else (other, one)

    def _judged(
        self, pairs: Iterable[tuple[StoredClaim, StoredClaim]]
    ) -> list[tuple[StoredClaim, StoredClaim, Verdict]]:
        """The pairs that are kept, with how they stand to each other."""
        judged = [(first, second, _compare(first, second)) for first, second in pairs]
        if self.meaning is not None and self.meaning.inference is not None:
            asked = self.meaning.infer([(first.claim().text, second.claim().text) for first, second, _ in judged])
            judged = [
                (first, second, _compare(first, second, told))
                for (first, second, _), told in zip(judged, asked, strict=True)
            ]
        return [one for one in judged if self._is_kept(*one)]

    def _is_kept(self, first: StoredClaim, second: StoredClaim, verdict: Verdict) -> bool:
        least = self.config.min_score if verdict.relation == "same" else self.config.min_conflict_score
        if verdict.relation not in KEPT or verdict.score < least:
            return False
        # a headline that repeats its story is no second report
        return first.document != second.document or verdict.relation != "same"

    def _pair(self, first: StoredClaim, second: StoredClaim, verdict: Verdict) -> tuple[object, ...]:
        from tracker.claims.comparison import explain
        from tracker.store.reports import wording_of

        reason = "; ".join(evidence.detail or evidence.name for evidence in explain(verdict).reasons)
        return (
            first.id,
            second.id,
            verdict.relation,
            verdict.conflict,
            verdict.score,
            reason,
            first.statement_id,
            int(self.stories.is_copied(first, second)),
            wording_of(first, second),
        )


def _worth_comparing(one: StoredClaim, other: StoredClaim, max_days: int) -> bool:
    if one.document == other.document and one.speaker == other.speaker:
        return False
    return _days_apart(one.on_date, other.on_date) <= max_days


def _compare(first: StoredClaim, second: StoredClaim, inferred: Chances | None = None) -> Verdict:
    from tracker.claims.comparison import among_strangers

    return among_strangers(_compared(first, second, inferred), one_page=first.document == second.document)


def _compared(first: StoredClaim, second: StoredClaim, inferred: Chances | None) -> Verdict:
    if first.speaker is not None and first.speaker == second.speaker:
        # What one speaker says on two days may be a changed position.
        return _judge(first.claim(with_speaker=True), second.claim(with_speaker=True), inferred)
    if _whose_words(first, second):
        verdict = _judge(first.claim(with_speaker=True), second.claim(with_speaker=True), inferred)
        if verdict.conflict != "speaker" or verdict.score >= ONE_QUOTATION:
            return verdict
    return _judge(first.claim(), second.claim(), inferred)


@lru_cache(maxsize=JUDGED)
def _judge(first: Claim, second: Claim, inferred: Chances | None) -> Verdict:
    """What several papers copied of one agency is compared once."""
    from tracker.claims.comparison import judge
    from tracker.claims.profile import profile

    return judge(profile(first), profile(second), inferred=inferred)


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


def regroup(connection: sqlite3.Connection) -> None:
    """Call each group of pairs by the smallest of its statement ids; only changes are written.

    Statements are in one group where strong pairs lead from one to the other. A weak pair between two groups belongs
    to the larger one: it must not draw together what is told of two events. What a person dismissed joins nothing.
    """
    pairs = connection.execute(
        "SELECT statement_a, statement_b, first_id, second_id, score, group_id, judged FROM judged_pairs"
    ).fetchall()
    parent: dict[str, str] = {}

    def root(statement: str) -> str:
        while parent.setdefault(statement, statement) != statement:
            parent[statement] = statement = parent[parent[statement]]
        return statement

    for _, _, first, second, score, _, judged in pairs:
        smaller, larger = sorted((root(first), root(second)))
        if (score >= STRONG or judged == "confirm") and judged != "dismiss":
            parent[larger] = smaller
    sizes = Counter(root(statement) for statement in list(parent))
    changes = []
    for one, other, first, second, _, group, _ in pairs:
        wanted = min(root(first), root(second), key=lambda name: (-sizes[name], name))
        if wanted != group:
            changes.append((wanted, one, other))
    connection.executemany("UPDATE pairs SET group_id = ? WHERE statement_a = ? AND statement_b = ?", changes)
