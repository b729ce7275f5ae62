"""XLSX: one article a row, in each sheet that has a column of texts. Needs openpyxl (the extra ``xlsx``).

The archive is looked at before anything in it is unpacked, and sheets are read row by row. A cell with a formula has
the value that was stored when the file was saved.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from tracker.errors import InputError
from tracker.read.columns import Heading
from tracker.read.failures import ReadFailure, in_one_line
from tracker.read.rows import Row, TableOptions, read_rows
from tracker.records import Document

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Excel before 2007 begin, and encrypted ones of today."""
_TIMES_SHEETS, _TIMES_OTHERS = 20, 2
"""How many times the limit of a document sheets may be when unpacked, and all else, which is kept in memory."""
_MOST_MEMBERS = 5_000
_MOST_CELLS, _MOST_ROWS = 16_384, 1_048_576
"""What Excel itself allows."""
_AT_ONCE = 100
_BROKEN = (
    *(
        ArithmeticError,
        AttributeError,
        EOFError,
        LookupError,
        OSError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
    ),
    *(zipfile.BadZipFile, zlib.error),
)
"""What openpyxl raises for broken files, which has no error of its own: its XML parser a SyntaxError, zipfile for a
password a RuntimeError."""
_ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))


def read_xlsx(data: bytes, origin: str, options: TableOptions, *, max_bytes: int) -> Iterator[Document | ReadFailure]:
    """The documents of the rows of all sheets of ``data`` that have a column of texts, sheet by sheet."""
    try:
        book = _open(data, max_bytes)
    except InputError as error:
        yield ReadFailure(origin, str(error))
        return
    read = False
    first: InputError | None = None
    for sheet in book.worksheets:
        place = f"{origin}:{sheet.title}"
        rows = _rows(sheet, place, options)
        try:
            row = next(rows, None)
        except InputError as error:
            first = first or InputError(f"sheet {sheet.title!r}: {error}")
            continue
        if row is not None:
            read = True
            yield from read_rows(_with(row, rows), place, "xlsx", date_order=options.date_order)
    book.close()
    if not read:
        yield ReadFailure(origin, str(first or "is empty: no sheet has rows below the one that names the columns"))


def _with(first: Row | ReadFailure, rows: Iterator[Row | ReadFailure]) -> Iterator[Row | ReadFailure]:
    yield first
    yield from rows


def _open(data: bytes, max_bytes: int) -> Any:
    """The workbook. Raises InputError where it is none, or one made to do harm, or openpyxl is not installed."""
    if data.startswith(OLD_EXCEL):
        raise InputError("is an Excel file of the old kind (.xls), or encrypted: save it as .xlsx without a password")
    try:
        import defusedxml  # noqa: F401 (openpyxl uses it where it is there: entities are refused)
        import openpyxl
    except ImportError as error:
        raise InputError("reading .xlsx needs openpyxl: pip install 'tracker[xlsx]', or save it as CSV") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, max_bytes)
        with warnings.catch_warnings():  # of parts that are not read: styles, checks of input
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise InputError(f"no Excel file that can be read ({in_one_line(error)})") from error


def _check(archive: zipfile.ZipFile, max_bytes: int) -> None:
    """Raises InputError where the archive unpacks to too much; zipfile gives no member more than it tells here."""
    members = archive.infolist()
    sheets = sum(one.file_size for one in members if one.filename.startswith("xl/worksheets/"))
    others = sum(one.file_size for one in members) - sheets
    if sheets > _TIMES_SHEETS * max_bytes or others > _TIMES_OTHERS * max_bytes or len(members) > _MOST_MEMBERS:
        raise InputError(
            f"unpacks to {(sheets + others) // 1_000_000:,} MB, too much (read.max_file_bytes); save it as CSV"
        )


def _rows(sheet: Any, place: str, options: TableOptions) -> Iterator[Row | ReadFailure]:
    """The rows below the heading. Raises InputError, before the first, where there is none that can be used."""
    sheet.reset_dimensions()  # what the file claims of its size may be wrong, and each row would be filled up to it
    heading = Heading(options.columns)
    number = 0
    try:
        for number, cells in enumerate(_quietly(sheet.iter_rows(values_only=True)), start=1):
            if number > _MOST_ROWS:  # an empty row is made for each that is left out, whatever number the next has
                raise ValueError(f"more than {_MOST_ROWS:,} rows")
            values = [_value(cell) for cell in cells[:_MOST_CELLS]]
            if not any(values):
                continue
            if not heading.is_found():
                heading.look_at([value or "" for value in values])
                continue
            found: dict[str, str | int | None] = {
                field: values[column] for field, column in heading.columns.items() if column < len(values)
            }
            yield Row(f"{place}:{number}", found)
        heading.check()
    except _BROKEN as error:
        problem = f"cannot be read behind row {number} ({in_one_line(error)})"
        if not heading.is_found():
            raise InputError(problem) from error
        yield ReadFailure(f"{place}:{number + 1}", problem)


def _quietly(rows: Iterator[Any]) -> Iterator[Any]:
    """The same without warnings, of dates before 1900 for one: such a cell is read as it is."""
    some: list[Any] = []
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                some.extend(islice(rows, _AT_ONCE))  # keeps what came before an error
                broken = None
            except _BROKEN as error:
                broken = error
        yield from some
        if broken is not None:
            raise broken
        if len(some) < _AT_ONCE:
            return
        some.clear()


def _value(cell: Any) -> str | None:
    """A cell as text: dates in ISO form, whole numbers without a point; None for what is empty or an error."""
    if cell is None or (isinstance(cell, str) and cell in _ERRORS):
        return None
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ") if cell.time() != datetime.time() else cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() and str(cell)
