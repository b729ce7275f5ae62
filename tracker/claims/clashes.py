"""Where two claims about the same thing disagree: negation, figures, dates, who said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.claims.days import parse_iso
from tracker.claims.overlap import Overlap, negation_differs, turns
from tracker.claims.profile import Profile, Token
from tracker.claims.skeletons import is_same_name
from tracker.claims.weights import load_weights

Conflict = Literal["negation", "number", "date", "speaker"]

SPEAKER_WORDS = 0.34
"""Share of the words of two descriptions ("the mayor") below which they describe two people."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One disagreement; ``detail`` says it to a person."""

    kind: Conflict
    detail: str


def find_clashes(facts: Overlap) -> list[Clash]:
    """Disagreements in what is said, the gravest kind first; whether it is about the same thing is not asked here."""
    clashes = []
    negation = _negation(facts)
    if negation:
        clashes.append(Clash("negation", negation))
    clashes += [Clash("number", f"{a.text} / {b.text}") for a, b in facts.other_figures]
    clashes += [Clash("date", f"{a.text} / {b.text}") for a, b in facts.other_days]
    return clashes


def _negation(facts: Overlap) -> str:
    """Which words make one claim the opposite of the other; empty where none do, or where two cancel each other."""
    negated = negation_differs(facts)
    pairs = turns(facts)
    if negated and len(pairs) % 2:
        return ""  # "did not rise" and "fell" do not disagree
    if negated:
        before, after = facts.turned
        return f"{' '.join(before) or '—'} / {' '.join(after) or '—'}"
    return "; ".join(f"{a.text} / {b.text}" for a, b in pairs[:2])


def is_aside(facts: Overlap, shared: float) -> bool:
    """Whether one claim negates only what the other does not speak of: "among them two whose names are not known".

    ``shared`` is the share of the negating claim's content from which it is no aside.
    """
    before, after = facts.turned
    if turns(facts) or facts.negated or len(before) % 2 == len(after) % 2:
        return False
    if len(before) % 2:
        one, only, covered = facts.first, facts.only_first, facts.covered_first
    else:
        one, only, covered = facts.second, facts.only_second, facts.covered_second
    negated = [token for token in one.tokens if token.negated]
    alone = {token.start for token in only}
    return covered < shared and bool(negated) and not one.denials and all(token.start in alone for token in negated)


def other_speaker(facts: Overlap) -> str:
    """The two speakers where they are two; empty where they may be one or are not named."""
    one, other = facts.first.claim.speaker, facts.second.claim.speaker
    if one and other:
        return "" if one == other or is_same_name(one, other) else f"{one} / {other}"
    if facts.source_match is None:
        return ""
    first, second = _source(facts.first), _source(facts.second)
    if not first or not second:
        return ""
    names_first = [token for token in first if token.name]
    names_second = [token for token in second if token.name]
    if names_first and names_second:
        sources = facts.first.source, facts.second.source
        differ = not any(
            match.first < sources[0] and match.second < sources[1] and facts.first.tokens[match.first].name
            for match in facts.matches
        )
    else:
        differ = facts.source_match < SPEAKER_WORDS
    return f"{_words(first)} / {_words(second)}" if differ else ""


def _source(one: Profile) -> list[Token]:
    """The words that name a claim's speaker in its text, without the cue."""
    speech = load_weights().speech
    return [token for token in one.tokens[: one.source] if token.keys.isdisjoint(speech)]


def _words(tokens: list[Token]) -> str:
    return " ".join(token.text for token in tokens)


def days_apart(facts: Overlap) -> int | None:
    """Days from the first claim's date to the second's, None where one is unknown."""
    first, second = parse_iso(facts.first.claim.date), parse_iso(facts.second.claim.date)
    return (second - first).days if first and second else None
