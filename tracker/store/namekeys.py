"""What a name is found by: its folded spelling, and how its words sound in any script."""

from __future__ import annotations

from functools import lru_cache

from tracker.text import fold


def name_key(name: str) -> str:
    """The form in which two spellings of a name in one script are equal."""
    return " ".join(fold(name).split())


@lru_cache(maxsize=10_000)
def name_sounds(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """How the words of ``name`` sound (and what a body's name means), and how they sound with one consonant less."""
    from tracker.names.bodies import parse_body
    from tracker.names.tokens import parse_name

    tokens = [token for token in parse_name(name).tokens if not token.particle]
    exact = {key for token in tokens for key in token.exact_keys}
    near = {key for token in tokens for key in token.keys} - exact
    body = parse_body(name)
    if body is not None:
        exact.add(f"body {body.key}")
    return frozenset(exact), frozenset(near)
