"""What two claims share and where they clash, as numbers between 0 and about 1 that the weights speak of."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz import fuzz

from tracker.claims.alignment import Match
from tracker.claims.overlap import Overlap, negation_differs, turns
from tracker.claims.profile import Profile

NAMED = frozenset(("countries", "cities", "bodies"))
"""Fields of the table of concepts that are names."""
HEADLINE = 14
"""Content words that a headline has at most."""
LONG = 20.0
"""Weight of content from which a claim counts as long."""


def features(facts: Overlap) -> dict[str, float]:
    """Named numbers for the weights of weights.toml; a feature that is absent is 0."""
    first, second = facts.first, facts.second
    cover, back = facts.covered_second, facts.covered_first
    close = min(cover, back)
    found: dict[str, float] = {
        "bias": 1.0,
        "covered": cover,
        "covered_half": float(cover >= 0.5),
        "covered_most": float(cover >= 0.75),
        "covered_all": float(cover >= 0.999),
        "covering": back,
        "covering_half": float(back >= 0.5),
        "covering_most": float(back >= 0.75),
        "covered_plain": _plain_covered(second, {match.second for match in facts.matches}),
        "covering_plain": _plain_covered(first, {match.first for match in facts.matches}),
        "close": close,
        "nothing_shared": float(cover < 0.1),
        "little_shared": float(cover < 0.3),
        "long_first": min(first.weight / LONG, 1.0),
        "long_second": min(second.weight / LONG, 1.0),
        "longer_second": float(second.weight > first.weight * 1.2),
    }
    negative_first, negative_second = facts.turned
    negated = negation_differs(facts)
    cancelled = negated and len(turns(facts)) % 2 == 1
    if cancelled:
        found["negation_cancelled"] = 1.0
    elif negated:
        found["negation_differs"] = 1.0
        found["negation_differs_close"] = close
        found["negation_differs_covered"] = cover
    if negative_second and not negative_first and not cancelled:
        found["only_second_negates"] = 1.0
    if negative_first and not negative_second and not cancelled:
        found["only_first_negates"] = 1.0
    if negative_first and negative_second:
        found["both_negate"] = 1.0
    if bool(first.denials) != bool(second.denials):
        found["denial_differs"] = 1.0
    if facts.negated and not cancelled:
        found["negated_word"] = 1.0
        found["negated_word_close"] = close
    if any(token.reversal for token in facts.only_first):
        found["reversal_first"] = 1.0
    if any(token.reversal for token in facts.only_second):
        found["reversal_second"] = 1.0
    if facts.opposites and not cancelled:
        found["opposites"] = 1.0
        found["opposites_close"] = close
        found["opposites_covered"] = cover
        found["opposites_several"] = float(len(facts.opposites) > 1)
    if facts.crossed:
        found["crossed"] = 1.0
    if facts.same_figures:
        found["figure_same"] = 1.0
    if facts.other_figures:
        found["figure_differs"] = 1.0
        found["figure_differs_close"] = close
    if facts.new_figures:
        found["figure_new"] = 1.0
    if facts.same_days:
        found["day_same"] = 1.0
    if facts.other_days:
        found["day_differs"] = 1.0
        found["day_differs_close"] = close
    if facts.new_days:
        found["day_new"] = 1.0
    _left_over(facts, found)
    if second.hedges and not first.hedges:
        found["hedged_second"] = 1.0
    if first.hedges and not second.hedges:
        found["hedged_first"] = 1.0
    if first.question != second.question:
        found["question_differs"] = 1.0
    if facts.source_match is not None:
        found["source_differs"] = float(facts.source_match < 0.5)
    if first.lang != second.lang:
        found["languages_differ"] = 1.0
        found["languages_differ_covered"] = cover
        found["languages_differ_covering"] = back
    else:
        found["letters"] = fuzz.token_sort_ratio(first.claim.text[:300], second.claim.text[:300]) / 100
        found["same_order"] = _order(facts.matches)
        if _is_headline(first) and _is_headline(second):
            found.update({f"headline_{name}": value for name, value in found.items()})
    return found


def _is_headline(one: Profile) -> bool:
    """Whether a claim is short and ends without a mark, as headlines and quoted statements do."""
    return len(one.tokens) <= HEADLINE and not one.claim.text.rstrip().endswith((".", "!", "…"))


def _left_over(facts: Overlap, found: dict[str, float]) -> None:
    """Features of the words that only one of the claims has: one word in the place of another, something added."""
    only_first = sum(token.weight for token in facts.only_first)
    only_second = sum(token.weight for token in facts.only_second)
    swapped = min(only_first, only_second)
    found["added"] = min(only_second / 5, 1.0)
    found["dropped"] = min(only_first / 5, 1.0)
    found["swapped"] = min(swapped / 5, 1.0)
    found["swapped_one"] = float(0.3 < swapped <= 1.4)
    found["swapped_none"] = float(swapped <= 0.3)
    fields_first = {token.field for token in facts.only_first}
    fields_second = {token.field for token in facts.only_second}
    for name in ("countries", "cities", "bodies"):
        if name in fields_first and name in fields_second:
            found[f"{name}_swapped"] = 1.0
        elif name in fields_second:
            found[f"{name}_added"] = 1.0
    if any(token.name for token in facts.only_second):
        found["name_added"] = 1.0
        if any(token.name for token in facts.only_first):
            found["name_swapped"] = 1.0


def _order(matches: tuple[Match, ...]) -> float:
    """The share of neighbouring matches that stand in the same order in both claims."""
    if len(matches) < 2:
        return 0.0
    ordered = sorted(matches, key=lambda match: match.second)
    steps = sum(after.first > before.first for before, after in pairwise(ordered))
    return steps / (len(ordered) - 1)


def _plain_covered(one: Profile, matched: set[int]) -> float:
    """The share of matched words among those that name nobody: two stories about one person share only names."""
    plain = [
        number
        for number, token in enumerate(one.tokens)
        if number >= one.source and not token.name and token.field not in NAMED
    ]
    return sum(number in matched for number in plain) / len(plain) if plain else 1.0
