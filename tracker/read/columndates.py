"""The dates of a column: ISO, with a month's name, or in numbers, whose order the column as a whole decides.

``03/04/2024`` is the third of April or the fourth of March. Where another date of the column can only be read in one
order (``25/04/2024``), that holds for all of it; where none can, or they disagree, such a date is left out and that is
told. It is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tracker.lang import language_codes, load_pack
from tracker.lang.months import calendar_day, named_day
from tracker.read.html.moments import iso_moment
from tracker.records import Diagnostic

DateOrder = Literal["column", "day_first", "month_first"]
DATE_ORDERS: tuple[DateOrder, ...] = ("column", "day_first", "month_first")
_LONGEST = 80
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?!\d)")


@cache
def _langs() -> tuple[str, ...]:
    return tuple(code for code in language_codes() if (load_pack(code).folder / "dates.toml").is_file())


@dataclass(slots=True)
class ColumnDates:
    """What is known of the order of day and month in a column; ``order`` is what the user says of it.

    ``day_first``, ``month_first``: dates were seen that can only be read so; ``either``: some that can be read both
    ways.
    """

    order: DateOrder = "column"
    day_first: bool = False
    month_first: bool = False
    either: bool = False

    def learn(self, value: str) -> None:
        """Note what ``value`` tells of the order of day and month."""
        found = _NUMBERS.search(value, 0, _LONGEST)
        if found is not None and len(found.group(4)) == 4:
            first, second = int(found.group(1)), int(found.group(3))
            self.day_first |= 12 < first <= 31 and second <= 12
            self.month_first |= 12 < second <= 31 and first <= 12
            self.either |= first <= 12 and second <= 12

    def read(self, value: str) -> tuple[str | None, Diagnostic | None]:
        """The day of ``value`` as an ISO date; None where it cannot be told, with the reason."""
        value = value.strip()[:_LONGEST]
        self.learn(value)
        numbers = _NUMBERS.search(value)
        if numbers is not None:
            return self._in_numbers(numbers, value)
        year_first = _YEAR_FIRST.search(value)
        if year_first is not None:
            year, _, month, day = year_first.groups()
            found = calendar_day(int(year), int(month), int(day))
        else:
            moment = iso_moment(value)
            found = moment[:10] if moment else named_day(value, _langs())
        return (found, None) if found else (None, _unread(value))

    def _in_numbers(self, numbers: re.Match[str], value: str) -> tuple[str | None, Diagnostic | None]:
        first, second, last = int(numbers.group(1)), int(numbers.group(3)), numbers.group(4)
        day_first = self._day_first()
        year = int(last) + (0 if len(last) == 4 else 2000)
        as_day, as_month = calendar_day(year, second, first), calendar_day(year, first, second)
        if len(last) == 2 and day_first is None:  # 24/03/04 may even begin with the year
            return None, _ambiguous(value)
        if as_day and as_month and as_day != as_month:
            if day_first is None:
                return None, _ambiguous(value)
            return (as_day if day_first else as_month), None
        found = as_day or as_month
        return (found, None) if found else (None, _unread(value))

    def _day_first(self) -> bool | None:
        if self.order != "column":
            return self.order == "day_first"
        return self.day_first if self.day_first != self.month_first else None


def _ambiguous(value: str) -> Diagnostic:
    return Diagnostic(
        "date-ambiguous",
        f"{value!r} may be read day or month first and nothing in its column tells; left out (read.date_order decides)",
    )


def _unread(value: str) -> Diagnostic:
    return Diagnostic("date-unread", f"{value!r} is no date that is understood; left out")
