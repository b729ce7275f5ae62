"""What the store says for and against a claim, and which statements say so to each other."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.records import Claim
from tracker.store.crosscheck import StoredClaim, claims_by_id, find_by_keys
from tracker.store.grouping import Reports, Tally, find_alone, find_tallies, is_of_kind
from tracker.store.views import CROSSCHECK

if TYPE_CHECKING:
    from tracker.claims.comparison import Chances, Comparison
    from tracker.store.meaning import Meaning

COMPARED = 80
"""Stored statements that a claim is compared with in full."""
NEAR = 20
"""Statements nearest in meaning that are compared as well, where there are sentence vectors."""
RELATIONS = ("conflict", "same", "related")


@dataclass(frozen=True)
class Told:
    """One statement as it is shown beside others. ``report`` counts independent reports: one number, one report."""

    statement_id: str
    speaker: str | None
    polarity: str
    quote: str
    lang: str
    on_date: str | None
    source: str | None
    url: str | None
    report: int = 1


@dataclass(frozen=True)
class Answer:
    """How one stored statement stands to a claim: relation, what a conflict is about, score in [0, 1], reason."""

    told: Told
    relation: str
    conflict: str | None
    score: float
    reason: str


class Pair(NamedTuple):
    """One pair of a group: its statements by their ids, and how they stand to each other.

    ``copied`` tells that they are one report, ``wording`` how one quotation is worded in both (identical, truncated,
    altered), ``judged`` what a person said of the pair (confirm).
    """

    first: str
    second: str
    relation: str
    conflict: str | None
    score: float
    reason: str
    copied: bool
    wording: str | None
    judged: str | None


@dataclass(frozen=True)
class Group:
    """Statements that hang together by pairs, conflicts first; a statement that no other tells is one by itself."""

    group_id: str
    statements: tuple[Told, ...]
    pairs: tuple[Pair, ...]

    @property
    def sources(self) -> int:
        """How many outlets tell it; statements without one count as one together."""
        return len({told.source for told in self.statements})

    @property
    def reports(self) -> int:
        """How many of them are independent."""
        return len({told.report for told in self.statements})


ANSWER_COLUMNS = (
    "relation",
    "conflict",
    "score",
    "statement_id",
    "speaker",
    "polarity",
    "quote",
    "lang",
    "on_date",
    "source",
    "report",
    "url",
    "reason",
)
_TOLD = "SELECT statement_id, speaker, polarity, quote, lang, on_date, source, url FROM statement_rows"
_TOLD_BY_ID = f"{_TOLD} WHERE id = ?"
_OF_GROUP = (
    "SELECT statement_a FROM judged_pairs WHERE group_id = ? AND judged IS NOT 'dismiss' "
    "UNION SELECT statement_b FROM judged_pairs WHERE group_id = ? AND judged IS NOT 'dismiss'"
)
_TOLD_BY_GROUP = f"SELECT id, {_TOLD.removeprefix('SELECT ')} WHERE id IN ({_OF_GROUP}) ORDER BY on_date, id"
_PAIRS_OF_GROUP = (
    "SELECT first_id, second_id, relation, conflict, score, reason, copied, wording, judged FROM judged_pairs "
    "WHERE group_id = ? AND judged IS NOT 'dismiss' ORDER BY relation, score DESC, first_id, second_id"
)


def check_claim(
    connection: sqlite3.Connection,
    text: str,
    *,
    lang: str | None = None,
    kind: str | None = None,
    meaning: Meaning | None = None,
    limit: int = 20,
) -> list[Answer]:
    """The stored statements that say the same as ``text``, contradict it, or are near it: contradictions first.

    ``kind`` keeps one kind of answers only (``grouping.KINDS``; ``single-source``: those that say the same, where all
    of them are one report). With ``meaning`` statements near in meaning are found as well, and an inference model is
    asked. Raises nothing for a text without content: it has no answer.
    """
    claim = Claim(text, lang=lang)
    stored = find_by_keys(connection, claim, COMPARED)
    near = _nearest(connection, text, meaning)
    known = {one.id for one in stored}
    stored += claims_by_id(connection, [statement for statement in near if statement not in known])
    found: list[tuple[StoredClaim, Comparison]] = []
    for one, comparison in zip(stored, _compare(claim, stored, meaning), strict=True):
        comparison = _with_nearness(comparison, near.get(one.id))
        if comparison.relation in RELATIONS:
            found.append((one, comparison))
    found.sort(key=lambda item: (RELATIONS.index(item[1].relation), -item[1].score))
    if kind == "single-source":
        same = [(one, comparison) for one, comparison in found if comparison.relation == "same"]
        found = same if len(_reports(connection, [one for one, _ in same])) == 1 else []
    else:
        found = [item for item in found if is_of_kind(item[1].relation, item[1].conflict, kind)]
    found = found[:limit]
    reports = _reports(connection, [one for one, _ in found]).numbers()
    answers = []
    for one, comparison in found:
        told = replace(Told(*connection.execute(_TOLD_BY_ID, (one.id,)).fetchone()), report=reports[one.id])
        reason = "; ".join(evidence.detail or evidence.name for evidence in comparison.reasons)
        answers.append(Answer(told, comparison.relation, comparison.conflict, comparison.score, reason))
    return answers


def answer_row(answer: Answer) -> tuple[Any, ...]:
    """The answer as ``ANSWER_COLUMNS``."""
    told = answer.told
    return (
        answer.relation,
        answer.conflict,
        answer.score,
        told.statement_id,
        told.speaker,
        told.polarity,
        told.quote,
        told.lang,
        told.on_date,
        told.source,
        told.report,
        told.url,
        answer.reason,
    )


def find_groups(connection: sqlite3.Connection, *, kind: str | None = None, limit: int = 20) -> list[Group]:
    """Groups of statements that several tell or that contradict each other: conflicts first, then by reports.

    With ``kind`` (``grouping.KINDS``) only groups of that kind; for ``single-source``, behind the groups of one report,
    statements that nobody else tells or contradicts, newest first.
    """
    groups = [_group(connection, tally) for tally in find_tallies(connection, kind, limit)]
    if kind == "single-source" and len(groups) < limit:
        for statement in find_alone(connection, limit - len(groups)):
            told = Told(*connection.execute(_TOLD_BY_ID, (statement,)).fetchone())
            groups.append(Group(told.statement_id, (told,), ()))
    return groups


def group_rows(connection: sqlite3.Connection, group: Group) -> Iterator[tuple[Any, ...]]:
    """The group's rows of the view ``crosscheck``, conflicts first; one row for a statement by itself."""
    if not group.pairs:
        return iter(_alone_row(told) for told in group.statements)
    query = f"SELECT {', '.join(CROSSCHECK)} FROM crosscheck WHERE group_id = ? ORDER BY relation, score DESC"  # noqa: S608
    return connection.execute(query, (group.group_id,))


def _alone_row(told: Told) -> tuple[Any, ...]:
    values = {
        "group_id": told.statement_id,
        "relation": "single-source",
        "statement_a": told.statement_id,
        "speaker_a": told.speaker,
        "source_a": told.source,
        "lang_a": told.lang,
        "said_on_a": told.on_date,
        "reason": "no other statement tells or contradicts it",
    }
    return tuple(values.get(column) for column in CROSSCHECK)


def _group(connection: sqlite3.Connection, tally: Tally) -> Group:
    reports = tally.reports.numbers()
    told = connection.execute(_TOLD_BY_GROUP, (tally.group_id, tally.group_id))
    pairs = connection.execute(_PAIRS_OF_GROUP, (tally.group_id,))
    return Group(
        tally.group_id,
        tuple(replace(Told(*row[1:]), report=reports.get(row[0], 0)) for row in told),
        tuple(Pair(*row)._replace(copied=bool(row[6])) for row in pairs),
    )


def _reports(connection: sqlite3.Connection, stored: Sequence[StoredClaim]) -> Reports:
    from tracker.store.reports import Stories

    reports, stories = Reports(), Stories(connection)
    for one in stored:
        reports.add(one.id, one.source)
    for one, other in itertools.combinations(stored, 2):
        if stories.is_copied(one, other):
            reports.copied(one.id, other.id)
    return reports


def _nearest(connection: sqlite3.Connection, text: str, meaning: Meaning | None) -> dict[int, float]:
    """The statements nearest in meaning with their cosines; none without sentence vectors."""
    if meaning is None or meaning.embedder is None:
        return {}
    from tracker.store.meaning import StoredVectors

    vectors = StoredVectors(meaning.embedder)
    vectors.load(connection)
    return vectors.nearest(meaning.embedder.embed([text])[0], NEAR, meaning.min_similarity)


def _compare(claim: Claim, stored: Sequence[StoredClaim], meaning: Meaning | None) -> Iterable[Comparison]:
    """How each stored statement stands to the claim. Who said it is no part of a claim that somebody wants checked."""
    from tracker.claims.comparison import among_strangers, explain, judge
    from tracker.claims.profile import profile

    others = [Claim(one.claim().text, date=one.on_date, lang=one.lang) for one in stored]
    inferred: Sequence[Chances | None] = [None] * len(others)
    if meaning is not None:
        inferred = meaning.infer([(claim.text, other.text) for other in others])
    own = profile(claim)
    for other, chances in zip(others, inferred, strict=True):
        yield explain(among_strangers(judge(own, profile(other), inferred=chances)))


def _with_nearness(comparison: Comparison, cosine: float | None) -> Comparison:
    """What shares no words but is near in meaning is related, and the reason says so."""
    if cosine is None:
        return comparison
    from tracker.records import Evidence

    near = Evidence("near in meaning", round(cosine, 3), f"near in meaning (cosine {cosine:.2f})")
    changed = replace(comparison, reasons=(*comparison.reasons, near))
    if comparison.relation == "unrelated":
        changed = replace(changed, relation="related", score=round(min(cosine, 1.0), 4))
    return changed
