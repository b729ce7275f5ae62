"""Dates and times of metadata as ISO 8601, with the zone where one is given."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T\s]{1,2}(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[,\sT]{1,3}(\d{1,2}):(\d\d))?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")


def iso_moment(value: str | None) -> str | None:
    """``value`` as an ISO date or date and time; None where it is none that exists.

    Understands ISO 8601 with or without hyphens, RFC 2822, day.month.year, and seconds or milliseconds since 1970.
    """
    if not value:
        return None
    value = value.strip()[:80]
    match = _ISO.match(value)
    try:
        if match is not None and not _SECONDS.fullmatch(value):
            return _joined(*match.groups())
        match = _DAY_FIRST.match(value)
        if match is not None:
            day, month, year, hour, minute = match.groups()
            return _joined(year, month.zfill(2), day.zfill(2), hour.zfill(2) if hour else None, minute, None, None)
        if _SECONDS.fullmatch(value):
            return datetime.datetime.fromtimestamp(int(value[:10]), datetime.UTC).isoformat()
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):  # no such day, no date at all
        return None


def _joined(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> str:
    date = datetime.date(int(year), int(month), int(day))
    if not 1900 <= date.year <= 2100:
        raise ValueError(year)
    if hour is None or minute is None:
        return date.isoformat()
    clock = datetime.time(int(hour), int(minute), int(second or 0))
    return f"{date.isoformat()}T{clock.isoformat()}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 14 or int(digits[2:]) > 59:
        raise ValueError(zone)
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def iso_day(value: str | None) -> str | None:
    """The day of an ISO date or date and time; None where ``value`` is none, or no day that exists."""
    match = _DAY.match(value.strip()) if value else None
    if match is None:
        return None
    try:
        return datetime.date.fromisoformat(match.group()).isoformat()
    except ValueError:
        return None
