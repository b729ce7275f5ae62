"""words.toml: what is taken off a word before two texts are compared word by word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Affixes and function words of one language, as written; they are folded when they are read.

    ``prefixes``    what may be written as one with the front of a word, compounds included (وال, וה)
    ``endings``     inflection at the end of a word; ``ies>y`` puts y in the place of ies
    ``fronts``      letters of verb forms at the front; ``ت>ي`` puts ي in the place of ت
    ``augments``    what word formation puts before a root (است, הת); taken off to find words of one root
    ``weak``        letters that come and go inside the words of one root (اوي, וי)
    ``shortest``    letters that have to remain when an affix is taken off
    ``stop``        function words: they carry no content of their own
    ``light``       words that carry little (said, year, very): they count, but less
    """

    prefixes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    fronts: tuple[str, ...] = ()
    augments: tuple[str, ...] = ()
    weak: str = ""
    shortest: int = 3
    stop: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
