"""The rows of a CSV file, of which none can spoil the others: stray quotation marks, cells and rows without end."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from tracker.read.columns import field_of

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"
"""Divides the columns of a table that has only one: a character that stands in no text."""
_SAMPLE_ROWS, _HEADINGS = 50, 10
_MOST_CELLS = 1_000_000
_TOO_LONG = "the row is longer than the limit for one document (read.max_file_bytes)"


class Dialect(NamedTuple):
    """What divides columns, and whether cells may stand in quotation marks."""

    delimiter: str
    quoted: bool


class Broken(NamedTuple):
    """A row that could not be read, with the reason."""

    reason: str


class _TooLongError(Exception):
    """A row is longer than allowed."""


def find_dialect(sample: str, delimiter: str | None = None) -> Dialect:
    """How the table that begins with ``sample`` is written.

    The delimiter that divides the first row into columns of known names is taken, else the one by which most rows have
    the columns of the first. Marks that no row could have as a quotation are none (usual in TSV).
    """
    best = max(delimiter or DELIMITERS, key=lambda one: _score(sample, one))
    if _score(sample, best)[2] < 2 and delimiter is None:
        return Dialect(NO_DELIMITER, True)
    return Dialect(best, best != "\t" or _rows(sample, best)[1])


def _score(sample: str, delimiter: str) -> tuple[int, float, int]:
    """Known names in the row that has most of them, the share of rows that are as wide as it, and how wide that is."""
    rows, _ = _rows(sample, delimiter)
    best: tuple[int, float, int] = (0, 0.0, 0)
    for number, row in enumerate(rows[:_HEADINGS]):
        known = sum(field_of(cell.strip()) is not None for cell in row)
        if (known and (known, len(row)) > (best[0], best[2])) or not number:
            best = (known, sum(len(one) == len(row) for one in rows) / len(rows), len(row))
    return best


def _rows(sample: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The first rows of ``sample``, and whether their quotation marks are such."""
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) > _SAMPLE_ROWS:
                return rows, True
    except csv.Error as error:
        return rows, "expected after" not in str(error)
    return rows, True


class Records:
    """Iterates over the rows of ``lines``, each a list of cells, or Broken.

    ``lines`` keep their ends; one that is None was too long. ``most`` characters may be in a row. Behind a broken row,
    reading goes on with its second line, so that a stray mark does not swallow what follows it.
    """

    def __init__(self, lines: Iterator[str | None], dialect: Dialect, most: int) -> None:
        self._lines, self._dialect, self._most = lines, dialect, most
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = self._cells = 0
        self._reader = self._new_reader()

    def __iter__(self) -> Iterator[list[str] | Broken]:
        while True:
            self._taken, self._size, self._cells = [], 0, 0
            # The module's limit of a cell is one for the whole process; rows are bounded here.
            usual = csv.field_size_limit(self._most)
            try:
                row: list[str] | Broken | None = next(self._reader, None)
            except _TooLongError as error:
                row = self.broken(str(error))
            except csv.Error as error:
                row = self.broken(_told(str(error)))
            finally:
                csv.field_size_limit(usual)
            if row is None:
                return
            yield row

    @property
    def lines_of_row(self) -> int:
        """How many lines the last row reaches over."""
        return len(self._taken)

    def begins_whole(self, width: int) -> bool:
        """Whether the first line of the last row may be the beginning of one of ``width`` cells."""
        return bool(self._taken) and self._taken[0].count(self._dialect.delimiter) >= width - 1

    def broken(self, reason: str) -> Broken:
        """The last row as one that is broken; its other lines are read again as rows of their own."""
        self._again.extendleft(reversed(self._taken[1:]))
        self._reader = self._new_reader()
        return Broken(reason)

    def _new_reader(self) -> Iterator[list[str]]:
        delimiter = self._dialect.delimiter
        if self._dialect.quoted:
            return csv.reader(self._feed(), delimiter=delimiter, strict=True)
        return csv.reader(self._feed(), delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._lines, "")
            if line == "":
                return
            if line is None:
                raise _TooLongError(_TOO_LONG)
            self._taken.append(line)
            self._size += len(line)
            self._cells += line.count(self._dialect.delimiter)
            if self._size > self._most:
                raise _TooLongError(f"{_TOO_LONG}; a quotation mark may be stray")
            if self._cells > _MOST_CELLS:
                raise _TooLongError(f"the row has more than {_MOST_CELLS:,} cells")
            yield line


def _told(problem: str) -> str:
    if "unexpected end" in problem:
        return "a quotation mark opens a cell and none closes it: the file is cut off, or the mark has to be doubled"
    if "expected after" in problem:
        return "a quotation mark inside a cell that stands in quotation marks is not doubled"
    return f"no proper CSV ({problem})"
