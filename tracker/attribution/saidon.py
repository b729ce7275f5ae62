"""When something was said: an explicit date, a weekday or "yesterday" near the cue, else the page's date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from tracker.attribution.drafts import Draft
from tracker.attribution.lexicon import lexicon_of, words_of
from tracker.attribution.tokens import Paragraph
from tracker.lang.pack import load_pack
from tracker.records import DateBasis

MAX_DISTANCE = 14
"""Tokens from the cue within which a date belongs to it."""


@dataclass(slots=True)
class Calendar:
    """The date words of one language, folded."""

    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    relative: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    first_words: frozenset[str] = frozenset()
    """Words that a date may begin with."""


@cache
def calendar_of(code: str) -> Calendar:
    """The compiled dates.toml of one language."""
    dates = load_pack(code).dates
    calendar = Calendar()
    for month in dates.month:
        for form in month.forms:
            calendar.months[words_of(form)[0]] = month.number
    for weekday in dates.weekday:
        for form in weekday.forms:
            words = words_of(form)
            calendar.weekdays.setdefault(words[0], []).append((words[1:], weekday.number))
    for relative in dates.relative:
        for form in relative.forms:
            words = words_of(form)
            calendar.relative.setdefault(words[0], []).append((words[1:], relative.days))
    prefixes = ("", *lexicon_of(code).proclitics)
    months = (prefix + month for prefix in prefixes for month in calendar.months)
    calendar.first_words = frozenset((*calendar.relative, *months, *calendar.weekdays))
    for entries in calendar.relative.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return calendar


def said_on(draft: Draft, published: str | None) -> tuple[str | None, DateBasis | None]:
    """ISO date of the statement with what it rests on; (None, None) where nothing is known."""
    page = _iso(published)
    if draft.cue is not None:
        found = _near(draft, page)
        if found is not None:
            return found
    if page is not None:
        return page.isoformat(), "published"
    return None, None


def _iso(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _near(draft: Draft, page: dt.date | None) -> tuple[str, DateBasis] | None:
    paragraph, cue = draft.paragraph, draft.cue
    if cue is None:
        return None
    sentence = paragraph.sentences[cue.sentence]
    contents = draft.reading.content
    calendar = calendar_of(paragraph.lexicon.code)
    floor = max(sentence.first, cue.first - MAX_DISTANCE)
    near = paragraph.norms[floor : min(sentence.last, cue.last + MAX_DISTANCE)]
    if calendar.first_words.isdisjoint(near):
        return None
    tokens = [
        token
        for token, norm in enumerate(near, floor)
        if norm in calendar.first_words and not any(first <= token < last for first, last in contents)
    ]
    tokens.sort(key=lambda token: abs(token - cue.first))
    for token in tokens:
        date = _explicit(paragraph, token, calendar, page)
        if date is not None:
            return date.isoformat(), "explicit"
    if page is None:
        return None
    for token in tokens:
        norm = paragraph.norms[token]
        for rest, days in calendar.relative.get(norm, ()):
            if tuple(paragraph.norms[token + 1 : token + 1 + len(rest)]) == rest:
                return (page + dt.timedelta(days=days)).isoformat(), "relative"
        for rest, weekday in calendar.weekdays.get(norm, ()):
            if tuple(paragraph.norms[token + 1 : token + 1 + len(rest)]) == rest:
                return (page - dt.timedelta(days=(page.weekday() - weekday) % 7)).isoformat(), "relative"
    return None


def _explicit(paragraph: Paragraph, token: int, calendar: Calendar, page: dt.date | None) -> dt.date | None:
    norms = paragraph.norms
    month = calendar.months.get(norms[token])
    if month is None:
        for prefix in paragraph.lexicon.proclitics:
            if norms[token].startswith(prefix):
                month = calendar.months.get(norms[token][len(prefix) :])
                if month is not None:
                    break
    if month is None:
        return None
    day = _number(norms, token - 1, 31) or _number(norms, token + 1, 31)
    if day is None:
        return None
    year = None
    for place in (token + 1, token + 2, token + 3):
        year = year or _year(norms, place)
    if year is None and page is not None:
        year = page.year if (month, day) <= (page.month, page.day) else page.year - 1
    try:
        return dt.date(year, month, day) if year else None
    except ValueError:
        return None


def _number(norms: list[str], place: int, most: int) -> int | None:
    if 0 <= place < len(norms):
        digits = norms[place].rstrip("stndrh-")
        if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= most:
            return int(digits)
    return None


def _year(norms: list[str], place: int) -> int | None:
    if 0 <= place < len(norms) and norms[place].isdecimal() and len(norms[place]) == 4:
        return int(norms[place])
    return None
