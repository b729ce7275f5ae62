"""The phrases of blocks.toml as a table by first word, for all who read lines by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.lang.pack import load_pack
from tracker.text import fold


class Phrase(NamedTuple):
    """One phrase, folded; ``kind`` is its key in blocks.toml."""

    folded: str
    kind: str
    lang: str


def block_phrases(langs: Iterable[str], kinds: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
    """First word -> the phrases of these languages and kinds that begin with it, longest first."""
    kinds = tuple(kinds)
    by_first: dict[str, list[Phrase]] = {}
    for lang in langs:
        blocks = load_pack(lang).blocks
        for kind in kinds:
            for written in getattr(blocks, kind):
                folded = " ".join(fold(written).split())
                by_first.setdefault(folded.split(" ")[0], []).append(Phrase(folded, kind, lang))
    return {first: tuple(sorted(found, key=lambda phrase: -len(phrase.folded))) for first, found in by_first.items()}
