"""Whether two claims say the same, contradict each other, or have little to do with each other, and why.

A linear model over readable features (multinomial logistic regression; the weights are in weights.toml) gives the odds
of "same" and "conflict" against "neither". A clash that was found (a negation, another figure, another day, another
speaker) decides where the claims otherwise share nearly all their content, and tells what a conflict is about.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tracker.claims.clashes import Clash, Conflict, days_apart, find_clashes, is_aside, other_speaker
from tracker.claims.features import features
from tracker.claims.overlap import Overlap, overlap
from tracker.claims.profile import Profile, profile
from tracker.claims.weights import load_weights
from tracker.records import Claim, Evidence

Relation = Literal["same", "conflict", "related", "unrelated"]

RELATED = 0.3
"""Share of a claim's content that the other has to have for the two to be related."""
TINY = 1e-6
WHOLE = 1.1
"""More than the share of content that any claim can have of another."""
UNSURE, SURE = 0.6, 0.8
"""Scores from which a conflict is worth a look, and from which nine in ten have to be real."""
UNNAMED = 0.05
"""How far below ``UNSURE`` a conflict of strangers stays of which nothing tells what it is about."""
SHOWN = 4
"""Words of one kind that a reason lists."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two claims stand to each other.

    ``score`` in [0, 1] is how sure ``relation`` is; ``reasons`` are for people, clashes first. ``conflict`` tells what
    a conflict is about: None where the wording as a whole speaks for one. A conflict about "speaker" is one proposition
    that is laid in the mouths of two; the proposition itself is the same.
    """

    relation: Relation
    conflict: Conflict | None
    score: float
    reasons: tuple[Evidence, ...]


def compare_claims(a: Claim | str, b: Claim | str) -> Comparison:
    """How claim ``b`` stands to claim ``a``; either may be a text."""
    return compare_profiles(profile(a), profile(b))


def compare_profiles(first: Profile, second: Profile, *, inferred: Chances | None = None) -> Comparison:
    """The same for claims that were taken apart before; ``inferred`` are chances that a model gives (``judge``)."""
    return explain(judge(first, second, inferred=inferred))


class Chances(NamedTuple):
    """What an inference model says of two claims, and what that counts: ``weight`` in [0, 1], the rest is the table's.

    ``same``, ``conflict`` and ``neither`` add up to 1.
    """

    same: float
    conflict: float
    neither: float
    weight: float


class Verdict(NamedTuple):
    """A comparison without its reasons, which cost as much again and are not wanted where a pair is thrown away."""

    relation: Relation
    conflict: Conflict | None
    score: float
    facts: Overlap
    clashes: tuple[Clash, ...]
    updated: bool
    inferred: Chances | None


def judge(first: Profile, second: Profile, *, inferred: Chances | None = None) -> Verdict:
    """How two claims stand to each other; ``explain`` says why.

    Chances of an inference model are mixed with those of the table: the logarithms are averaged by weight. What was
    found to clash is found all the same, because models read figures and dates badly.
    """
    facts = overlap(first, second)
    found = features(facts)
    same, conflict, neither = _mixed(probabilities(found), inferred)
    least = max(found["covered_plain"], found["covering_plain"])
    clashes = find_clashes(facts)
    weights = load_weights().decision
    if len(clashes) > 1 and clashes[0].kind == "negation" and is_aside(facts, WHOLE):
        clashes = [*clashes[1:], clashes[0]]  # what is negated in passing is not what the two disagree about
    shared = _shared(facts)
    needed = weights["evident"] if first.lang == second.lang else weights["evident_across"]
    relation: Relation
    kind: Conflict | None = None
    # a stray negation is common, another figure or day for the same thing is not
    plain = any(clash.kind != "negation" for clash in clashes) or conflict >= weights["evident_chance"]
    if clashes and shared >= needed and plain:
        relation, kind = "conflict", clashes[0].kind
        score = conflict
    elif not clashes and shared >= weights["alike"]:
        relation, score = "same", max(same, shared)
    elif conflict >= max(same, neither) and (clashes or least >= weights["conflict_least"]):
        relation, score = "conflict", conflict
        kind = clashes[0].kind if clashes else None
    elif same >= neither and least >= weights["same_least"]:
        relation, score = "same", same
    else:
        relation = "related" if max(facts.covered_first, facts.covered_second) >= RELATED else "unrelated"
        score = max(neither, 1 - max(same, conflict))
    speakers = other_speaker(facts) if relation in ("same", "conflict") else ""
    if relation == "conflict":  # what a person is shown as sure has to be: see benchmarks/fit_claims.py
        score += weights["clash_bonus"] * (shared - weights["clash_shared"]) if clashes else -weights["no_clash_malus"]
        if "headline_bias" not in found and shared < weights["sure_shared"]:
            score = min(score, weights["unsure_score"])  # of such long texts one in five disagrees about something else
        if kind == "negation" and is_aside(facts, weights["aside_shared"]):
            score = min(score, weights["unsure_score"])
        score = min(max(score, 0.0), 1.0)
    if speakers and not clashes:  # one proposition in two mouths: as sure as it is one
        relation, kind = "conflict", "speaker"
        score = min(same + conflict, shared)
    updated = kind == "number" and bool(days_apart(facts)) and all(clash.kind == "number" for clash in clashes)
    if updated:
        relation, kind = "related", None
    if speakers:
        clashes.append(Clash("speaker", speakers))
    return Verdict(relation, kind, round(score, 4), facts, tuple(clashes), updated, inferred)


def among_strangers(verdict: Verdict, *, one_page: bool = False) -> Verdict:
    """The verdict on two claims of which nothing says that they are about one thing, as any two of a store.

    The weights were learned from pairs on one subject each. Among all pairs of a store that share a few words, those
    are rare, and a conflict is only as sure as the two have content in common (``weights.toml``: ``stranger_sure``).
    Two of ``one_page`` are about one subject, but what they share has to be as much for the conflict to be sure.
    """
    if verdict.relation != "conflict":
        return verdict
    facts, weights = verdict.facts, load_weights().decision
    missed = 0.0 if facts.first.lang == facts.second.lang else weights["stranger_missed"]
    low, sure = weights["stranger_low"], weights["stranger_sure"]
    kinds = {clash.kind for clash in verdict.clashes}
    most = UNSURE + (SURE - UNSURE) * (_shared(facts) + missed - low) / (sure - low)
    read_so = verdict.inferred is not None and verdict.inferred.conflict >= 0.5
    if one_page or read_so:  # such models find contradictions between strangers, too: it is worth a look, no more
        most = max(most, weights["unsure_score"])
    if {"number", "date"} <= kinds:  # another figure of another day
        most = min(most, weights["unsure_score"])
    if not verdict.clashes and not read_so:  # words differ, and nobody can say what it is that clashes
        most = min(most, UNSURE - UNNAMED)
    if min(facts.first.weight, facts.second.weight) < weights["stranger_content"]:  # "I love you"
        most = min(most, weights["unsure_score"])
    return verdict if verdict.score <= most else verdict._replace(score=round(max(most, 0.0), 4))


def explain(verdict: Verdict) -> Comparison:
    """The verdict with its reasons."""
    return Comparison(verdict.relation, verdict.conflict, verdict.score, _reasons(verdict))


def _mixed(table: tuple[float, float, float], inferred: Chances | None) -> tuple[float, float, float]:
    if inferred is None or not inferred.weight:
        return table
    share = inferred.weight
    mixed = [
        max(own, TINY) ** (1 - share) * max(told, TINY) ** share for own, told in zip(table, inferred, strict=False)
    ]
    total = sum(mixed)
    return mixed[0] / total, mixed[1] / total, mixed[2] / total


def _shared(facts: Overlap) -> float:
    """Share of the content that both have, where words that are each other's opposites count as shared."""
    first, second = facts.covered_first, facts.covered_second
    for one, other in facts.opposites:
        first += one.weight / max(facts.first.weight, 1e-9)
        second += other.weight / max(facts.second.weight, 1e-9)
    return min(first, second, 1.0)


def probabilities(found: dict[str, float]) -> tuple[float, float, float]:
    """Chances of "same", "conflict" and "neither", adding up to 1."""
    weights = load_weights()
    same = conflict = 0.0
    for name, value in found.items():
        if value:
            weight = weights.model.get(name)
            if weight is not None:
                same += value * weight[0]
                conflict += value * weight[1]
    highest = max(same, conflict, 0.0)
    odds = [math.exp(value - highest) for value in (same, conflict, 0.0)]
    total = sum(odds)
    return odds[0] / total, odds[1] / total, odds[2] / total


def _reasons(verdict: Verdict) -> tuple[Evidence, ...]:
    """What speaks for and against, for a person; weights are shares of content or 1, negative where against."""
    facts, clashes = verdict.facts, verdict.clashes
    apart = days_apart(facts)
    reasons = [Evidence(f"other {clash.kind}", -1.0, clash.detail) for clash in clashes]
    if verdict.updated:
        reasons.append(Evidence("later figure", 0.0, f"{abs(apart or 0)} days apart: the figure may have been updated"))
    if verdict.inferred is not None:
        same, conflict, _, _ = verdict.inferred
        told = f"an inference model gives {same:.2f} for the same, {conflict:.2f} for a contradiction"
        reasons.append(Evidence("inference", round(same - conflict, 3), told))
    same_speaker = facts.first.claim.speaker and not any(clash.kind == "speaker" for clash in clashes)
    if apart and same_speaker and facts.second.claim.speaker and any(clash.kind == "negation" for clash in clashes):
        reasons.append(Evidence("changed position", -1.0, f"the same speaker, {abs(apart)} days apart"))
    shared = [facts.second.tokens[match.second] for match in facts.matches]
    if shared:
        shared.sort(key=lambda token: -token.weight)
        words = ", ".join(token.text for token in shared[: 2 * SHOWN])
        reasons.append(Evidence("shared words", round(min(facts.covered_first, facts.covered_second), 3), words))
    reasons += [Evidence("same figure", 0.5, f"{a.text} / {b.text}") for a, b in facts.same_figures[:SHOWN]]
    reasons += [Evidence("same date", 0.5, f"{a.text} / {b.text}") for a, b in facts.same_days[:SHOWN]]
    for name, tokens, covered in (
        ("only in the first", facts.only_first, facts.covered_first),
        ("only in the second", facts.only_second, facts.covered_second),
    ):
        if tokens:
            words = ", ".join(token.text for token in sorted(tokens, key=lambda token: -token.weight)[:SHOWN])
            reasons.append(Evidence(name, round(covered - 1, 3), words))
    return tuple(reasons)
