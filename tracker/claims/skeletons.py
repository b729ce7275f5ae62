"""Names across scripts: consonant skeletons to find candidates, and a yes or no for two words.

A skeleton keeps the classes of a word's consonants and forgets its vowels, so that one name written in three scripts
has one skeleton in common; whether two words with the same skeleton are one name is for ``tracker.names`` to say.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tracker.lang.tables import read_toml

SHORTEST = 2
"""Consonants a skeleton needs: with fewer, everything is like everything."""
MAX_SKELETONS = 6
SAME_NAME = 0.75

_FILE = Path(__file__).parent / "skeletons.toml"


@lru_cache(maxsize=1)
def _letters() -> dict[str, tuple[str, ...]]:
    return {letter: tuple(classes.split("|")) for letter, classes in read_toml(_FILE)["letters"].items()}


@lru_cache(maxsize=1 << 16)
def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons of a folded word, at most ``MAX_SKELETONS``; none where it has too few consonants."""
    letters = _letters()
    found = [("", "")]  # each with the sound of its last letter, because doubled letters count once
    at = 0
    while at < len(word):
        size = 2 if word[at : at + 2] in letters else 1
        classes = letters.get(word[at : at + size], ("",))
        if at == 0:
            classes = letters.get("^" + word[at : at + size], classes)
        if len(classes) * len(found) > MAX_SKELETONS:
            classes = classes[:1]
        found = [
            (skeleton if sound == last else skeleton + sound, sound) for skeleton, last in found for sound in classes
        ]
        at += size
    return tuple(dict.fromkeys(skeleton for skeleton, _ in found if len(skeleton) >= SHORTEST))


@lru_cache(maxsize=1 << 16)
def is_same_name(first: str, second: str) -> bool:
    """Whether two words, each in its own script, are spellings of one name."""
    from tracker.names import same_name  # only here: its letter tables are read when two names first meet

    return float(same_name(first, second)) >= SAME_NAME
