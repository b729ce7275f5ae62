"""Two claims side by side: what they share and where they clash, as facts.

The first claim is taken as what is known and the second as what is to be checked: "new" is what only the second has.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tracker.claims.alignment import Match, align
from tracker.claims.days import Day
from tracker.claims.figures import Figure
from tracker.claims.profile import Profile, Token
from tracker.claims.weights import load_weights
from tracker.claims.words import Key


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two profiles share and where they clash.

    ``only_first`` and ``only_second`` are the tokens without a match; ``opposites`` are pairs of tokens without a match
    that are each other's opposites, ``crossed`` pairs of opposites beside one word where all of them have matches (gold
    rose and the dollar fell); ``negated`` are matched pairs of which one is negated; ``source_match`` is None where one
    of the claims names no speaker in its text, else the share of words that agree; ``covered_first`` is the share of
    the first claim's content that the second has, ``covered_second`` the other way round.
    """

    first: Profile
    second: Profile
    matches: tuple[Match, ...]
    only_first: tuple[Token, ...]
    only_second: tuple[Token, ...]
    opposites: tuple[tuple[Token, Token], ...]
    crossed: tuple[tuple[Token, Token], ...]
    negated: tuple[tuple[Token, Token], ...]
    same_figures: tuple[tuple[Figure, Figure], ...]
    other_figures: tuple[tuple[Figure, Figure], ...]
    new_figures: tuple[Figure, ...]
    same_days: tuple[tuple[Day, Day], ...]
    other_days: tuple[tuple[Day, Day], ...]
    new_days: tuple[Day, ...]
    source_match: float | None
    covered_first: float
    covered_second: float
    turned: tuple[tuple[str, ...], tuple[str, ...]]
    """Of each claim the words that turn it around: negators, denials, reversals that stand before something shared."""


def overlap(first: Profile, second: Profile) -> Overlap:
    """Compare two profiles part by part."""
    matches = align(first.tokens, second.tokens)
    matched_first = {match.first: match.degree for match in matches}
    matched_second = {match.second: match.degree for match in matches}
    only_first = tuple(token for number, token in enumerate(first.tokens) if number not in matched_first)
    only_second = tuple(token for number, token in enumerate(second.tokens) if number not in matched_second)
    same_figures, other_figures, new_figures = _compare_figures(first, second)
    same_days, other_days, new_days = _compare_days(first.days, second.days)
    opposites = _opposites(only_first, only_second)
    return Overlap(
        first,
        second,
        matches,
        only_first,
        only_second,
        opposites,
        _crossed(first, second, matches),
        tuple(
            (first.tokens[match.first], second.tokens[match.second])
            for match in matches
            if first.tokens[match.first].negated != second.tokens[match.second].negated
        ),
        same_figures,
        other_figures,
        new_figures,
        same_days,
        other_days,
        new_days,
        _source_match(first, second),
        *_content_covered(first, second, matched_first, matched_second),
        (
            (*first.negators, *first.denials, *_reversals(first, only_first, opposites)),
            (*second.negators, *second.denials, *_reversals(second, only_second, opposites)),
        ),
    )


def _content_covered(
    first: Profile, second: Profile, matched_first: dict[int, float], matched_second: dict[int, float]
) -> tuple[float, float]:
    """How much of each the other has. Where both texts name their speaker, what they say counts, not who says it."""
    skip_first, skip_second = (first.source, second.source) if first.source and second.source else (0, 0)
    return _covered(first.tokens, matched_first, skip_first), _covered(second.tokens, matched_second, skip_second)


def _covered(tokens: tuple[Token, ...], matched: dict[int, float], skip: int = 0) -> float:
    total = found = 0.0
    for number in range(skip, len(tokens)):
        weight = tokens[number].weight
        total += weight
        if number in matched:
            found += weight * matched[number]
    return found / total if total else 0.0


def _crossed(first: Profile, second: Profile, matches: tuple[Match, ...]) -> tuple[tuple[Token, Token], ...]:
    """Pairs of opposites that stand beside the same word, each in its claim."""
    if not any(token.opposites for token in first.tokens):
        return ()
    found = []
    places = {id(first.tokens[match.first]) for match in matches} | {
        id(second.tokens[match.second]) for match in matches
    }
    for match in matches:
        if first.tokens[match.first].opposites:
            continue
        before = _turn(first.tokens, match.first)
        after = _turn(second.tokens, match.second) if before is not None else None
        if before is None or after is None:
            continue
        if id(before) not in places or id(after) not in places:
            continue
        if not before.opposites.isdisjoint(after.keys) and before.keys.isdisjoint(after.keys):
            found.append((before, after))
    return tuple(found)


def _turn(tokens: tuple[Token, ...], at: int) -> Token | None:
    """The nearest word beside ``at`` that has an opposite, the one before it first."""
    for number in (at - 1, at + 1, at - 2):
        if 0 <= number < len(tokens) and tokens[number].opposites:
            return tokens[number]
    return None


def turns(facts: Overlap) -> list[tuple[Token, Token]]:
    """The pairs of opposites of two claims; "confirmed" and "denied" are none: the denial counts as a negation."""
    speech = load_weights().speech
    pairs = (*facts.opposites, *facts.crossed[:1])
    return [(a, b) for a, b in pairs if a.keys.isdisjoint(speech) and b.keys.isdisjoint(speech)]


def negation_differs(facts: Overlap) -> bool:
    """Whether one claim is negated, denied or refused and the other not."""
    before, after = facts.turned
    return len(before) % 2 != len(after) % 2


def _reversals(one: Profile, only: tuple[Token, ...], opposites: tuple[tuple[Token, Token], ...]) -> list[str]:
    """Reversals of one claim ("refused to") without a match and without an opposite, before a word that has a match."""
    if not any(token.reversal for token in only):
        return []
    alone = {token.start for token in only}
    opposed = {token.start for pair in opposites for token in pair if token in only}
    found = []
    for token, after in pairwise(one.tokens):
        if token.reversal and token.start in alone and token.start not in opposed and after.start not in alone:
            found.append(token.text)
    return found


def _opposites(only_first: tuple[Token, ...], only_second: tuple[Token, ...]) -> tuple[tuple[Token, Token], ...]:
    """Pairs of opposites without a match of their own: rose and fell, war and peace."""
    found = []
    left = list(only_second)
    for token in only_first:
        if token.opposites:
            for other in left:
                if not token.opposites.isdisjoint(other.keys):
                    found.append((token, other))
                    left.remove(other)
                    break
    return tuple(found)


def _compare_figures(
    first: Profile, second: Profile
) -> tuple[tuple[tuple[Figure, Figure], ...], tuple[tuple[Figure, Figure], ...], tuple[Figure, ...]]:
    """Figures that agree, figures that count the same and differ, and figures that only the second has."""
    same: list[tuple[Figure, Figure]] = []
    rest_first = list(range(len(first.figures)))
    rest_second = []
    for number, figure in enumerate(second.figures):
        for other in rest_first:
            candidate = first.figures[other]
            if candidate.unit == figure.unit and candidate.meets(figure):
                same.append((candidate, figure))
                rest_first.remove(other)
                break
        else:
            rest_second.append(number)
    other_pairs: list[tuple[Figure, Figure]] = []
    new: list[Figure] = []
    alone = len(rest_first) == 1 and len(rest_second) == 1
    for number in rest_second:
        figure = second.figures[number]
        for other in rest_first:
            candidate = first.figures[other]
            if _counts_same(candidate, first.heads[other], figure, second.heads[number], alone):
                other_pairs.append((candidate, figure))
                rest_first.remove(other)
                break
        else:
            new.append(figure)
    return tuple(same), tuple(other_pairs), tuple(new)


def _counts_same(
    first: Figure, first_heads: frozenset[Key], second: Figure, second_heads: frozenset[Key], alone: bool
) -> bool:
    if first.unit != second.unit:
        return False
    return bool(first.unit) or alone or not first_heads.isdisjoint(second_heads)


def _compare_days(
    first: tuple[Day, ...], second: tuple[Day, ...]
) -> tuple[tuple[tuple[Day, Day], ...], tuple[tuple[Day, Day], ...], tuple[Day, ...]]:
    same: list[tuple[Day, Day]] = []
    other: list[tuple[Day, Day]] = []
    new: list[Day] = []
    for day in second:
        verdicts = [(day.agrees(candidate), candidate) for candidate in first]
        agreeing = next((candidate for verdict, candidate in verdicts if verdict), None)
        differing = next((candidate for verdict, candidate in verdicts if verdict is False), None)
        if agreeing is not None:
            same.append((agreeing, day))
        elif differing is not None:
            other.append((differing, day))
        else:
            new.append(day)
    if same:  # one day agrees: the others are other events of the story, or the day on which it was told
        other = []
    return tuple(same), tuple(other), tuple(new)


def _source_match(first: Profile, second: Profile) -> float | None:
    if not first.source or not second.source:
        return None
    one, other = first.tokens[: first.source], second.tokens[: second.source]
    matches = align(one, other)
    return min(
        _covered(one, {match.first: match.degree for match in matches}),
        _covered(other, {match.second: match.degree for match in matches}),
    )
