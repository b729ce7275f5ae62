"""dates.toml: months, days and relative days of a language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Month:
    """One month, 1 to 12 of the Gregorian year, in all forms the press uses (Levantine, Maghrebi, short)."""

    number: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weekday:
    """One day of the week, Monday is 0 (as in ``datetime.date.weekday``)."""

    number: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class RelativeDay:
    """Phrases that mean a day counted from the page's date: yesterday is -1."""

    days: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dates:
    """dates.toml."""

    month: tuple[Month, ...] = ()
    weekday: tuple[Weekday, ...] = ()
    relative: tuple[RelativeDay, ...] = ()
