"""Whether two claims say the same, contradict each other, or have little to do with each other, and why.

A linear model over readable features (multinomial logistic regression; the weights are in weights.toml) gives the odds
of "same" and "conflict" against "neither". A clash that was found (a negation, another figure, another day, another
speaker) decides where the claims otherwise share nearly all their content, and tells what a conflict is about.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from tracker.claims.clashes import Clash, Conflict, days_apart, find_clashes, other_speaker
from tracker.claims.features import features
from tracker.claims.overlap import Overlap, overlap
from tracker.claims.profile import Profile, profile
from tracker.claims.weights import load_weights
from tracker.records import Claim, Evidence

Relation = Literal["same", "conflict", "related", "unrelated"]

RELATED = 0.3
"""Share of a claim's content that the other has to have for the two to be related."""
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


def compare_profiles(first: Profile, second: Profile) -> Comparison:
    """The same for claims that were taken apart before."""
    facts = overlap(first, second)
    found = features(facts)
    same, conflict, neither = probabilities(found)
    least = max(found["covered_plain"], found["covering_plain"])
    clashes = find_clashes(facts)
    weights = load_weights().decision
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
        score = min(max(score, 0.0), 1.0)
    if speakers and not clashes:
        relation, kind = "conflict", "speaker"
        score = min(same + conflict, 1.0)
    apart = days_apart(facts)
    updated = kind == "number" and bool(apart) and all(clash.kind == "number" for clash in clashes)
    if updated:
        relation, kind = "related", None
    if speakers:
        clashes.append(Clash("speaker", speakers))
    return Comparison(relation, kind, round(score, 4), _reasons(facts, clashes, apart, updated))


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


def _reasons(facts: Overlap, clashes: list[Clash], apart: int | None, updated: bool) -> tuple[Evidence, ...]:
    """What speaks for and against, for a person; weights are shares of content or 1, negative where against."""
    reasons = [Evidence(f"other {clash.kind}", -1.0, clash.detail) for clash in clashes]
    if updated:
        reasons.append(Evidence("later figure", 0.0, f"{abs(apart or 0)} days apart: the figure may have been updated"))
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
