"""The date a dateline gives, in all the ways pages write dates.

Day, month and year are read from numbers (``2023-10-05``, ``05/10/2023``: the day first, unless that is impossible) or
by the month names of ``dates.toml`` (``5th, October 2023``, ``5 تشرين الأول 2023``, ``ה-5 באוקטובר 2023``). A date
without a year is none. What these leave open is shown to dateparser, strictly.
"""

from __future__ import annotations

import re

from tracker.lang.months import TOKEN, calendar_day, find_month, named_day
from tracker.segment.lines import ends_sentence
from tracker.text import fold

_LONGEST = 200
_JOINED = re.compile(r"\d[-/.]\d")
"""What every date in numbers has; searched first, because that is cheap."""
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DIGIT = re.compile(r"\d")
_ORDINAL = frozenset(("st", "nd", "rd", "th", "er", "ה", "ב", "ל", "of", "de"))


def parse_date(text: str, langs: tuple[str, ...], *, guess: bool = True) -> str | None:
    """The ISO date in ``text`` (its first 200 characters), or None. ``guess`` lets dateparser try last."""
    text = text[:_LONGEST]
    joined = _JOINED.search(text) is not None
    iso = _ISO.search(text) if joined else None
    if iso is not None:
        year, _, month, day = iso.groups()
        return calendar_day(int(year), int(month), int(day))
    numbers = _NUMBERS.search(text) if joined else None
    if numbers is not None:
        first, _, second, last = numbers.groups()
        year_number = int(last) + (2000 if len(last) == 2 else 0)
        return calendar_day(year_number, int(second), int(first)) or calendar_day(year_number, int(first), int(second))
    named = named_day(text, langs)
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
    return None if found is None else calendar_day(found.year, found.month, found.day)


def is_bare_date(text: str, langs: tuple[str, ...]) -> bool:
    """Whether the line ``text`` is a date, with day, hour or place, and nothing else."""
    if len(text) > 80 or _DIGIT.search(text) is None:
        return False
    if parse_date(text, langs, guess=False) is None:
        return False
    words = [token for token in TOKEN.findall(fold(text)) if not token[0].isdigit() and token not in _ORDINAL]
    month = find_month(text, langs)
    others = len(words) - (0 if month is None else month[1] - month[0])
    return others <= (1 if ends_sentence(text) else 2) and not set(text) & set('"“”«»')
