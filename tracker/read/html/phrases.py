"""The phrases of blocks.toml, of all languages that have them, as the markup pass needs them."""

from __future__ import annotations

import re
from functools import cache

from tracker.lang import language_codes, load_pack
from tracker.lang.phrases import Phrase, block_phrases
from tracker.text import fold

_DECORATION = " \u200e\u200f\t:|-–—»«<>•…*.،,/=\"'[]()"
_LOOK = 60


@cache
def _phrases(kind: str) -> dict[str, tuple[Phrase, ...]]:
    """Phrases of ``kind`` of all languages by their first word, longest first."""
    codes = [code for code in language_codes() if (load_pack(code).folder / "blocks.toml").is_file()]
    return block_phrases(codes, (kind,))


def opens_with(text: str, kind: str) -> str | None:
    """What follows a phrase of ``kind`` (a key of blocks.toml) at the start of ``text``; None where there is none."""
    head = fold(text[:_LOOK]).lstrip(_DECORATION)
    if not head:
        return None
    first = re.split(r"[\s:|]", head, maxsplit=1)[0]
    for phrase, _, _ in _phrases(kind).get(first, ()):
        if head.startswith(phrase) and not head[len(phrase) : len(phrase) + 1].isalnum():
            words = phrase.count(" ") + 1
            rest = text.strip(_DECORATION).split(None, words)[words:]
            return _after_colon(rest[0], kind) if rest else text.partition(":")[2].strip(_DECORATION)
    return None


def _after_colon(rest: str, kind: str) -> str:
    """``rest`` of a line, or what is behind a colon in it, where the few words before that belong to the phrase."""
    before, colon, after = rest[:_LOOK].partition(":")
    few = 0 if kind in ("byline", "credit") else 2
    if colon and after.strip(_DECORATION) and len(before.split()) <= few:
        rest = rest.partition(":")[2]
    return rest.strip(_DECORATION)


def is_phrase(text: str, kind: str) -> bool:
    """Whether ``text`` is a phrase of ``kind`` and little else."""
    return len(text) <= _LOOK and opens_with(text, kind) == ""
