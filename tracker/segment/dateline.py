"""The date a dateline gives, in all the ways pages write dates.

Day, month and year are read from numbers (``2023-10-05``, ``05/10/2023``: the day first, unless that is impossible) or
by the month names of ``dates.toml`` (``5th, October 2023``, ``5 تشرين الأول 2023``, ``ה-5 באוקטובר 2023``). A date
without a year is none. What these leave open is shown to dateparser, strictly.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from tracker.lang import load_pack
from tracker.segment.lines import ends_sentence
from tracker.text import fold

_LONGEST = 200
_JOINED = re.compile(r"\d[-/.]\d")
"""What every date in numbers has; searched first, because that is cheap."""
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_ORDINAL = frozenset(("st", "nd", "rd", "th", "er", "ה", "ב", "ל", "of", "de"))
_NEAR = 3
"""Words that may lie between a month and its day or year."""


@lru_cache(maxsize=16)
def _months(langs: tuple[str, ...]) -> tuple[dict[tuple[str, ...], tuple[int, str]], frozenset[str]]:
    """Folded month names, word by word, to number and language; and the particles that may be glued before them."""
    months: dict[tuple[str, ...], tuple[int, str]] = {}
    particles: set[str] = set()
    for lang in langs:
        pack = load_pack(lang)
        particles.update(fold(particle) for particle in pack.language.proclitics if len(particle) == 1)
        for month in pack.dates.month:
            for form in month.forms:
                months.setdefault(tuple(_TOKEN.findall(fold(form))), (month.number, lang))
    return months, frozenset(particles)


def _date(year: int, month: int, day: int) -> str | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if 1900 <= year <= 2100 else None


def find_month(text: str, langs: tuple[str, ...]) -> tuple[int, int, int, str] | None:
    """First and one past the last word of the first month name in ``text``, its number and its language, or None."""
    return _find_month(_TOKEN.findall(fold(text[:_LONGEST])), langs)


def _find_month(tokens: Sequence[str], langs: tuple[str, ...]) -> tuple[int, int, int, str] | None:
    months, particles = _months(langs)
    for number, token in enumerate(tokens):
        for words in (2, 1):
            form = (token, *tokens[number + 1 : number + words])
            if len(form) < words:
                continue
            found = months.get(form)
            if found is None and token[:1] in particles:
                found = months.get((token[1:], *form[1:]))
            if found is not None:
                return number, number + words, *found
    return None


def _named_date(text: str, langs: tuple[str, ...]) -> str | None:
    folded = fold(text)
    if _YEAR.search(folded) is None:
        return None
    tokens = _TOKEN.findall(folded)
    begin = 0
    while begin < len(tokens):
        found = _find_month(tokens[begin:], langs)
        if found is None:
            return None
        first, last, month, _ = found
        before = _numbers(tokens[begin : begin + first][-_NEAR:])
        after = _numbers(tokens[begin + last : begin + last + _NEAR])
        years = [number for number in (*after, *reversed(before)) if number > 999]
        days = [number for number in (*reversed(before), *after) if 0 < number < 32]
        if years and days:
            date = _date(years[0], month, days[0])
            if date is not None:
                return date
        begin += last
    return None


def _numbers(tokens: Sequence[str]) -> list[int]:
    return [int(token) for token in tokens if token.isdecimal() and len(token) < 5]


def parse_date(text: str, langs: tuple[str, ...], *, guess: bool = True) -> str | None:
    """The ISO date in ``text`` (its first 200 characters), or None. ``guess`` lets dateparser try last."""
    text = text[:_LONGEST]
    joined = _JOINED.search(text) is not None
    iso = _ISO.search(text) if joined else None
    if iso is not None:
        year, _, month, day = iso.groups()
        return _date(int(year), int(month), int(day))
    numbers = _NUMBERS.search(text) if joined else None
    if numbers is not None:
        first, _, second, last = numbers.groups()
        year_number = int(last) + (2000 if len(last) == 2 else 0)
        return _date(year_number, int(second), int(first)) or _date(year_number, int(first), int(second))
    named = _named_date(text, langs)
    if named is not None or not guess or re.search(r"(?:19|20)\d\d", text) is None:
        return named
    return _dateparser(text, langs)


def _dateparser(text: str, langs: tuple[str, ...]) -> str | None:
    import dateparser

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "RETURN_AS_TIMEZONE_AWARE": False}
    try:
        found = dateparser.parse(text.rpartition(":")[2].strip() or text, languages=list(langs), settings=settings)
    except (ValueError, OverflowError):  # a language it does not have, a year it cannot hold
        return None
    return None if found is None else _date(found.year, found.month, found.day)


def is_bare_date(text: str, langs: tuple[str, ...]) -> bool:
    """Whether the line ``text`` is a date, with day, hour or place, and nothing else."""
    if len(text) > 80 or _DIGIT.search(text) is None:
        return False
    if parse_date(text, langs, guess=False) is None:
        return False
    words = [token for token in _TOKEN.findall(fold(text)) if not token[0].isdigit() and token not in _ORDINAL]
    month = find_month(text, langs)
    others = len(words) - (0 if month is None else month[1] - month[0])
    return others <= (1 if ends_sentence(text) else 2) and not set(text) & set('"“”«»')
