"""numbers.toml: numbers in words, and the words around figures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class VagueNumber:
    """A word that gives only an order of magnitude (dozens): at least ``low``, at most ``high``."""

    low: int
    high: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """numbers.toml; forms are compared folded.

    ``values``     words for numbers below the scales, and words that are whole numbers (مئتان: 200)
    ``scales``     words that multiply what stands before them (hundred, ألف, מיליון)
    ``fractions``  parts of a whole (half, ربع, שליש)
    ``vague``      dozens, hundreds, عشرات, אלפי
    ``alone``      number words that are mostly no number when they stand alone (one, אחד)
    ``counted``    nouns behind which such a word is one all the same (سبع سنوات)
    ``ordinals``   ordinal numbers, for days of the month
    ``joiners``    words inside a number (and, of)
    ``glued``      joiners that are written as one with the next number word (و, ו)
    ``percent``    words and signs for percent
    ``currency``   words and signs for money -> ISO 4217 code
    ``about``      words that make a figure approximate
    ``at_least``   words that make it a lower bound
    ``at_most``    words that make it an upper bound
    """

    values: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    fractions: dict[str, float] = field(default_factory=dict)
    vague: tuple[VagueNumber, ...] = ()
    alone: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    ordinals: dict[str, int] = field(default_factory=dict)
    joiners: tuple[str, ...] = ()
    glued: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    currency: dict[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
