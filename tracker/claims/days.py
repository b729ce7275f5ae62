"""Dates in a text as far as it gives them: year, month, day, day of the week, or a day counted from the claim's."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from tracker.claims.figures import parse_digits
from tracker.claims.scan import Scan
from tracker.claims.scripts import CASED, script_of
from tracker.text import fold

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Day:
    """A date as given: parts that are not given are None. ``start`` and ``end`` count words."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    offset: int | None
    start: int
    end: int
    text: str

    def parts(self) -> tuple[int | None, ...]:
        """Year, month, day, day of the week (Monday is 0), days from the day of publication."""
        return self.year, self.month, self.day, self.weekday, self.offset

    def agrees(self, other: Day) -> bool | None:
        """Whether all parts that both give are equal; None where they give different parts."""
        shared = [(a, b) for a, b in zip(self.parts(), other.parts(), strict=True) if a is not None and b is not None]
        if not shared:
            return None
        return all(a == b for a, b in shared)


def find_days(scan: Scan, taken: set[int], date: str | None = None) -> list[Day]:
    """The dates of a text in order; their words are added to ``taken``.

    ``date`` is the day the text was published (ISO): with it "yesterday" becomes a day of the calendar.
    """
    published = parse_iso(date)
    days: list[Day] = []
    past = 0
    for at in scan.special:
        found = _date_at(scan, at) if at >= past else None
        if found is not None:
            if days and days[-1].end >= found.start - 1 and days[-1].day is None and found.day is not None:
                # "on Sunday, 5 October": one date in two parts
                before = days.pop()
                weekday = before.weekday if found.weekday is None else found.weekday
                text = scan.text(before.start, found.end)
                year = found.year or before.year
                found = Day(year, found.month, found.day, weekday, found.offset, before.start, found.end, text)
            days.append(found)
            taken.update(range(found.start, found.end))
            past = found.end
    return [_on_calendar(day, published) for day in days]


def parse_iso(date: str | None) -> datetime.date | None:
    """The day of an ISO date or date-time, None where it is none."""
    try:
        return datetime.date.fromisoformat(date[:10]) if date else None
    except ValueError:
        return None


def _date_at(scan: Scan, at: int) -> Day | None:
    word = fold(scan.written[at])
    if word[0].isdigit():
        numeric = _numeric(word)
        if numeric is not None:
            return Day(*numeric, None, None, at, at + 1, scan.written[at])
        month = _skip_small(scan, at + 1, "month")
        value = _whole(word)
        if month is not None and value is not None and 1 <= value <= 31:
            return _with_year(scan, at, month, value)
        if value is not None and _is_year(scan, at, value):
            return Day(value, None, None, None, None, at, at + 1, scan.written[at])
        return None
    ordinal = scan.labelled(at, "ordinal")
    if ordinal is not None:
        month = _skip_small(scan, ordinal.end, "month")
        if month is not None:
            return _with_year(scan, at, month, int(float(ordinal.phrase.value)))
    hit = scan.labelled(at, "relative")
    if hit is not None:
        return Day(None, None, None, None, int(float(hit.phrase.value)), at, hit.end, scan.text(at, hit.end))
    if script_of(word[0]) in CASED and not scan.words[at].capital:
        return None  # sun, may, march
    hit = scan.labelled(at, "weekday")
    if hit is not None:
        return Day(None, None, None, int(float(hit.phrase.value)), None, at, hit.end, scan.text(at, hit.end))
    hit = scan.labelled(at, "month")
    if hit is not None:
        after = hit.end
        value = _whole(fold(scan.written[after])) if after < len(scan.written) else None
        if value is not None and 1 <= value <= 31:
            return _with_year(scan, at, hit.end, value, day_end=after + 1)
        if value is not None and _is_year(scan, after, value):
            return _with_year(scan, at, hit.end, None)
        if at == 0 and len(scan.words[at].form) <= 3:
            return None  # "May" and "Mar" at the start are months only with a day or a year
        return _with_year(scan, at, hit.end, None)
    return None


def _with_year(scan: Scan, start: int, month_end: int, day: int | None, day_end: int | None = None) -> Day:
    """A date whose month name ends at ``month_end``; a second name of the same month and the year may follow."""
    month = None
    for position in range(start, month_end):
        hit = scan.labelled(position, "month")
        if hit is not None and hit.end == month_end:
            month = int(float(hit.phrase.value))
            break
    end = day_end or month_end
    again = scan.labelled(end, "month")
    if again is not None and int(float(again.phrase.value)) == month:
        end = again.end
    year = None
    for position in (end, end + 1):
        if position < len(scan.written):
            value = _whole(fold(scan.written[position]))
            if value is not None and FIRST_YEAR <= value <= LAST_YEAR:
                year, end = value, position + 1
                break
            if value is not None or not scan.words[position].stop:
                break
    return Day(year, month, day, None, None, start, end, scan.text(start, end))


def _skip_small(scan: Scan, at: int, label: str) -> int | None:
    """Where the phrase with ``label`` ends that starts at ``at`` or behind one function word; None without one."""
    for position in (at, at + 1):
        hit = scan.labelled(position, label)
        if hit is not None:
            return hit.end
        if position < len(scan.words) and not scan.words[position].stop and len(scan.written[position]) > 2:
            return None
    return None


def _is_year(scan: Scan, at: int, value: int) -> bool:
    """A bare number of four digits is a year unless something counted or a unit follows."""
    if not FIRST_YEAR <= value <= LAST_YEAR or len(scan.written[at]) != 4:
        return False
    if any(scan.labelled(at + 1, label) is not None for label in ("scale", "percent", "currency")):
        return False
    before = scan.words[at - 1] if at else None
    after = scan.words[at + 1] if at + 1 < len(scan.words) else None
    counts = before is not None and not before.stop and not before.light  # "withdrew 2000 soldiers"
    return not (counts and after is not None and not after.stop and scan.labelled(at - 1, "month") is None)


def _numeric(word: str) -> tuple[int, int, int] | None:
    iso = _ISO.fullmatch(word)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        numeric = _NUMERIC.fullmatch(word)
        if not numeric:
            return None
        day, month, year = (int(part) for part in numeric.groups())
        year += 2000 if year < 100 else 0
        if month > 12 >= day:
            day, month = month, day
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _whole(word: str) -> int | None:
    number = parse_digits(word.rstrip("stndrh") if word[:1].isdigit() else word)
    return int(number[0]) if number is not None and number[0] == number[1] and number[0].is_integer() else None


def _on_calendar(day: Day, published: datetime.date | None) -> Day:
    """A relative day as a date; a bare day of the week stays one: last or next Sunday, the text does not say."""
    if published is None or day.offset is None:
        return day
    date = published + datetime.timedelta(days=day.offset)
    return Day(date.year, date.month, date.day, date.weekday(), None, day.start, day.end, day.text)
