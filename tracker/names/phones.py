"""What it costs to hear one letter of one script for another of any script.

A *reading* is a phone with what it costs to read it so; a *unit* is what a letter or letter group may be read as: its
readings. Units are numbered, and all costs are whole hundredths of a consonant, so that comparing two words is
arithmetic on small integers. The distance is the weighted edit distance of Wagner and Fischer (1974).
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Any

from tracker.errors import ConfigError

PHONES_FILE = Path(__file__).parent / "phones.toml"
SILENCE = "-"
VOWELS = "aeiou"
STRONG = 70
"""What costs that much to leave out is a consonant that both spellings of a name should have."""
LIKELY = 15
"""Readings that cost no more are among those a word is looked up by."""
CACHED = 25_000

Unit = tuple[tuple[str, int], ...]


class PhoneTable:
    """Costs between phones (phones.toml) and, grown on demand, between the units that letters are read as."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._leaving_out: dict[str, int] = table["leaving_out"]
        self._consonants: int = table["consonants"]
        self._vowels: int = table["vowels"]
        self._mixed: int = table["mixed"]
        self._hearing: dict[tuple[str, str], int] = {}
        for pair, cost in table["hearing"].items():
            first, second = pair.split()
            self._hearing[first, second] = self._hearing[second, first] = cost
        phones = set(self._leaving_out) | {phone for pair in self._hearing for phone in pair}
        self._keys = {phone: name for name, members in table["keys"].items() for phone in members.split()}
        self.known = frozenset(phones) | {SILENCE}
        """All phones that a language's file may use."""
        self._numbers: dict[Unit, int] = {}
        self.units: list[Unit] = []
        self.drops: list[int] = []
        """Per unit: what leaving it out costs."""
        self.key_options: list[tuple[str, ...]] = []
        """Per unit: what it may add to the key that a word is looked up by."""
        self._sides: dict[tuple[int, ...], tuple[tuple[int, ...], list[int]]] = {}
        self._phone_rows: dict[str, list[int]] = {}
        self._rows: dict[int, list[int]] = {}

    def unit(self, readings: Unit) -> int:
        """The number of the unit with these readings."""
        number = self._numbers.get(readings)
        if number is None:
            number = self._numbers[readings] = len(self.units)
            self.units.append(readings)
            self.drops.append(min(cost + self._drop(phone) for phone, cost in readings))
            self.key_options.append(self._options(readings))
            self._phone_rows.clear()
            self._rows.clear()
        return number

    def _options(self, readings: Unit) -> tuple[str, ...]:
        """Key letters of the likely readings, and nothing where the unit is easily left out."""
        options = {self._keys[phone] for phone, cost in readings if cost <= LIKELY and phone in self._keys}
        if not options or min(cost + self._drop(phone) for phone, cost in readings) < STRONG:
            options.add("")
        return tuple(sorted(options, reverse=True))

    def row(self, unit: int) -> list[int]:
        """Per unit: what hearing ``unit`` for it costs. Rows are as long as there are units now."""
        row = self._rows.get(unit)
        if row is None:
            row = [10_000] * len(self.units)
            for phone, cost in self.units[unit]:
                row = [min(old, cost + new) for old, new in zip(row, self._phone_row(phone), strict=True)]
            row[unit] = 0
            self._rows[unit] = row
        return row

    def distance(self, first: tuple[int, ...], second: tuple[int, ...], limit: int) -> int:
        """The cheapest way to turn the units ``first`` into ``second``.

        From ``limit`` on the answer is only a lower bound.
        """
        sides = self._sides
        side = sides.get(second)
        if side is None:
            side = sides[second] = self._side(second)
        drops, previous = side
        rows = self._rows
        own = self.drops
        for unit in first:
            row = rows.get(unit) or self.row(unit)
            drop = own[unit]
            diagonal = previous[0]
            best = cost = diagonal + drop
            current = [cost]
            append = current.append
            for column, (other, left) in enumerate(zip(second, drops, strict=True), 1):
                cost += left
                diagonal += row[other]
                if diagonal < cost:
                    cost = diagonal
                diagonal = previous[column]
                if diagonal + drop < cost:
                    cost = diagonal + drop
                append(cost)
                if cost < best:
                    best = cost
            if best >= limit:
                return best
            previous = current
        return previous[-1]

    def _side(self, units: tuple[int, ...]) -> tuple[tuple[int, ...], list[int]]:
        """What leaving out each of ``units`` costs, and the sums of that from the start."""
        if len(self._sides) >= CACHED:
            self._sides.clear()
        drops = tuple(self.drops[unit] for unit in units)
        return drops, list(accumulate(drops, initial=0))

    def _drop(self, phone: str) -> int:
        return 0 if phone == SILENCE else self._leaving_out.get(phone, self._consonants)

    def _hear(self, phone: str, other: str) -> int:
        if phone == other:
            return 0
        cost = self._hearing.get((phone, other))
        if cost is not None:
            return cost
        if SILENCE in (phone, other):
            return 10_000  # silence is dropped, never heard for a sound
        vowels = (phone in VOWELS) + (other in VOWELS)
        return (self._consonants, self._mixed, self._vowels)[vowels]

    def _phone_row(self, phone: str) -> list[int]:
        row = self._phone_rows.get(phone)
        if row is None:
            heard = {other: self._hear(phone, other) for unit in self.units for other, _ in unit}
            row = [min(cost + heard[other] for other, cost in unit) for unit in self.units]
            self._phone_rows[phone] = row
        return row


def parse_reading(text: str, table: PhoneTable, where: str) -> tuple[tuple[int, ...], ...]:
    """The alternatives of one entry of a language's names.toml, each as unit numbers.

    Raises ConfigError that names ``where`` for a phone the table does not know or a cost that is no number.
    """
    alternatives = []
    for alternative in text.split("|"):
        units = []
        for word in alternative.split():
            readings = []
            for reading in word.split("/"):
                phone, _, cost = reading.partition(":")
                if phone not in table.known:
                    raise ConfigError(f"{where}: {phone!r} is no phone; known are {' '.join(sorted(table.known))}")
                if cost and not cost.isdecimal():
                    raise ConfigError(f"{where}: {reading!r}: behind the colon stands a whole number of hundredths")
                readings.append((phone, int(cost or 0)))
            units.append(table.unit(tuple(readings)))
        alternatives.append(tuple(units))
    return tuple(alternatives)
