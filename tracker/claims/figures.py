"""Figures in a text: digits and number words in any of the languages, with what they count.

A figure is an interval, because the press says "at least 40", "dozens" and "about 3,000"; two figures disagree only
where their intervals do not meet.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from tracker.claims.scan import Scan
from tracker.text import fold

UNBOUNDED = float("inf")
ABOUT = 0.1
"""How far an approximate figure may be off."""
MAX_DIGITS = 18
SMALLEST_SCALE = 1000.0

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number between ``low`` and ``high``.

    ``unit`` is "percent", "part", an ISO 4217 code or empty. ``start`` and ``end`` count words. ``exact`` says that the
    text gives one number without "about" or "at least". ``text`` is the figure as written.
    """

    low: float
    high: float
    unit: str
    start: int
    end: int
    exact: bool
    text: str

    def meets(self, other: Figure) -> bool:
        """Whether both can be true of the same thing."""
        slack = 1e-9 * max(abs(self.low), abs(other.low), 1.0)
        return self.low <= other.high + slack and other.low <= self.high + slack


def find_figures(scan: Scan, taken: set[int]) -> list[Figure]:
    """The figures of a text in order. Words in ``taken`` (dates) are left alone; those of figures are added to it."""
    figures: list[Figure] = []
    for at in scan.special:
        if at in taken:
            continue
        read = _read_number(scan, at, taken)
        if read is not None:
            figures.append(_with_surroundings(scan, *read, at))
            taken.update(range(figures[-1].start, figures[-1].end))
    return figures


def _read_number(scan: Scan, at: int, taken: set[int]) -> tuple[float, float, int] | None:
    """The longest number from word ``at``: low, high, end."""
    first = scan.written[at]
    if first[0].isdigit():
        parsed = parse_digits(fold(first))
        if parsed is None:
            return None
        low, high = parsed
        scale, end = _scales(scan, at + 1, taken)
        more, end = _rest(scan, end, scale, taken)
        return low * scale + more, high * scale + more, end
    part = scan.labelled(at, "fraction")
    if part is not None and scan.labelled(at, "alone") is None:
        return float(part.phrase.value), float(part.phrase.value), part.end
    vague = scan.labelled(at, "vague")
    if vague is not None:
        low, high = (float(bound) for bound in str(vague.phrase.value).split("-"))
        end = vague.end
        joined = end + 1 if scan.labelled(end, "joiner") else end
        scale, after = _scales(scan, joined, taken)
        again = scan.labelled(joined, "vague")
        if scale == 1 and again is not None:  # tens of thousands
            scale, after = 10.0 ** int(math.log10(float(str(again.phrase.value).split("-")[0]))), again.end
        return (low * scale, high * scale, after) if scale > 1 else (low, high, end)
    return _read_words(scan, at, taken)


def _read_words(scan: Scan, at: int, taken: set[int]) -> tuple[float, float, int] | None:
    """Number words: values are added, scales multiply, a scale of a thousand or more closes a group."""
    total = current = 0.0
    end = at
    last = 0.0
    words = 0
    position = at
    while position < len(scan.words) and position not in taken:
        if words and scan.labelled(position, "joiner"):
            position += 1
            continue
        value = scan.labelled(position, "value")
        scale = scan.labelled(position, "scale")
        digits = parse_digits(fold(scan.written[position])) if words and scan.written[position][0].isdigit() else None
        if scale is not None and (words or value is None):
            factor = float(scale.phrase.value)
            if words and last == factor:
                break
            if factor >= 1000:
                total += (current or (1.0 if not words else 0.0)) * factor
                current = 0.0
            else:
                current = (current or 1.0) * factor
            last = factor
            position = end = scale.end
        elif value is not None:
            number = float(value.phrase.value)
            if words and last and not _may_follow(last, number):
                break
            current += number
            last = number
            position = end = value.end
        elif digits is not None and last >= 1000 and digits[1] < last:
            current += digits[0]
            last = digits[0]
            position = end = position + 1
        else:
            break
        words += 1
    if not words or (words == 1 and scan.labelled(at, "alone") is not None and scan.labelled(end, "counted") is None):
        return None
    return total + current, total + current, end


def _may_follow(last: float, number: float) -> bool:
    """Whether ``number`` can go on behind ``last`` in one number: twenty-three, three and twenty, hundred and five."""
    if last >= 100:
        return number < last
    if 0 < last < 10 and number == 10:
        return True
    return (last < 10 and 20 <= number < 100) or (20 <= last < 100 and number < 10) or (last == 10 and number < 10)


def _rest(scan: Scan, at: int, scale: float, taken: set[int]) -> tuple[float, int]:
    """What is joined to digits with a scale (3 million and 500 thousand, 3 آلاف و250): the number, and where it ends.

    Without a scale of its own only what a letter joins belongs to it: "two thousand and 300 others" are two figures.
    """
    if scale < SMALLEST_SCALE or not scan.labelled(at, "joiner") or at + 1 >= len(scan.words) or at + 1 in taken:
        return 0.0, at
    digits = parse_digits(fold(scan.written[at + 1])) if scan.written[at + 1][0].isdigit() else None
    if digits is None or digits[0] != digits[1]:
        return 0.0, at
    own, end = _scales(scan, at + 2, taken)
    number = digits[0] * own
    if number >= scale or (own == 1 and len(scan.written[at]) > 1):
        return 0.0, at
    return number, end


def _scales(scan: Scan, at: int, taken: set[int]) -> tuple[float, int]:
    """The product of the scale words from ``at``, and where they end."""
    product = 1.0
    while at < len(scan.words) and at not in taken:
        hit = scan.labelled(at, "scale")
        if hit is None:
            break
        product *= float(hit.phrase.value)
        at = hit.end
    return product, at


def parse_digits(text: str) -> tuple[float, float] | None:
    """The number or range that digits and their marks stand for; None for a clock time and the like."""
    if len(text) > MAX_DIGITS:
        return None
    if _GROUPED.fullmatch(text):
        value = float(text.replace(",", ""))
        return value, value
    if _PLAIN.fullmatch(text):
        return float(text), float(text)
    spread = _RANGE.fullmatch(text)
    if spread:
        low, high = float(spread[1]), float(spread[2])
        return (low, high) if low < high else None
    if re.fullmatch(r"\d+,\d{1,2}", text):
        value = float(text.replace(",", "."))
        return value, value
    return None


def _with_surroundings(scan: Scan, low: float, high: float, end: int, start: int) -> Figure:
    """The figure with its unit, and with "about" and "at least" taken into its bounds."""
    first = start
    unit = ""
    percent = scan.labelled(end, "percent")
    currency = scan.labelled(end, "currency")
    if percent is not None:
        unit, end = "percent", percent.end
    elif currency is not None:
        unit, end = str(currency.phrase.value), currency.end
    elif start and scan.labelled(start - 1, "currency"):
        hit = scan.labelled(start - 1, "currency")
        unit = str(hit.phrase.value) if hit is not None else ""
    elif 0 < low == high < 1:
        unit = "part"
    exact = low == high
    for back in (4, 3, 2, 1):  # the longest first: no more than, before more than
        before = first - back
        if before < 0:
            continue
        for label in ("at_least", "at_most", "about"):
            hit = scan.labelled(before, label)
            if hit is not None and hit.end in (first, first - 1):
                if label == "at_least":
                    high = UNBOUNDED
                elif label == "at_most":
                    low = 0.0
                elif exact:
                    low, high = low * (1 - ABOUT), high * (1 + ABOUT)
                exact = False
                return Figure(low, high, unit, before, end, exact, scan.text(before, end))
    return Figure(low, high, unit, first, end, exact, scan.text(first, end))
