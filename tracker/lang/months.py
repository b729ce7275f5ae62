"""Dates that are written with the name of a month, by the names of dates.toml."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from tracker.lang.pack import load_pack
from tracker.text import fold

TOKEN = re.compile(r"\d+|[^\W\d_]+")
"""The numbers and words of a date."""
_LONGEST = 200
_YEAR = re.compile(r"\d{4}")
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
                months.setdefault(tuple(TOKEN.findall(fold(form))), (month.number, lang))
    return months, frozenset(particles)


def calendar_day(year: int, month: int, day: int) -> str | None:
    """The ISO date of that day; None where there is none such, or it is of no year of news."""
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if 1900 <= year <= 2100 else None


def find_month(text: str, langs: tuple[str, ...]) -> tuple[int, int, int, str] | None:
    """First and one past the last word of the first month name in ``text``, its number and its language, or None."""
    return _find_month(TOKEN.findall(fold(text[:_LONGEST])), langs)


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


def named_day(text: str, langs: tuple[str, ...]) -> str | None:
    """The ISO date that ``text`` gives with a month's name and a year of four digits, or None."""
    folded = fold(text)
    if _YEAR.search(folded) is None:
        return None
    tokens = TOKEN.findall(folded)
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
            date = calendar_day(years[0], month, days[0])
            if date is not None:
                return date
        begin += last
    return None


def _numbers(tokens: Sequence[str]) -> list[int]:
    return [int(token) for token in tokens if token.isdecimal() and len(token) < 5]
