"""quotes.toml: which marks open and close a quotation, and which marks belong to words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuotePair:
    """One opening mark with the marks that may close it; ``level`` 2 is for quotations inside quotations."""

    open: str
    close: tuple[str, ...]
    level: int = 1


@dataclass(frozen=True)
class Quotes:
    """The marks of one language.

    ``pairs``     opening marks and their closing ones; the same character may open and close
    ``in_word``   marks that between two letters are part of the word (gershayim, geresh, apostrophe)
    ``word_end``  marks that after these words (given whole, with the mark) are part of the word (ג' , players')
    ``final_letters``  letters behind which such a mark at the end of any word belongs to it (גורביץ')
    """

    pairs: tuple[QuotePair, ...] = ()
    in_word: tuple[str, ...] = ()
    word_end: tuple[str, ...] = ()
    final_letters: str = ""
