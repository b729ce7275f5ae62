"""CSV and TSV: one article a row, the first row names the columns.

Read row by row, so that a file of any length takes the memory of its longest rows. A row that is wrong costs that row.
Cells are decoded one by one, because files that were glued together hold several encodings.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tracker.errors import InputError
from tracker.read.columns import Heading
from tracker.read.csvrecords import Broken, Records, find_dialect
from tracker.read.encodings import decode_page, wide_encoding
from tracker.read.failures import ReadFailure
from tracker.read.rows import Row, TableOptions, read_rows
from tracker.read.streams import Joined, bounded_lines
from tracker.records import Diagnostic, Document

_HEAD = 262_144
"""Bytes that are looked at to tell encoding and delimiter."""
_MARK = b"\xef\xbb\xbf"
_FEW_NULS = 200
"""One NUL in so many bytes is dirt in a text; more are binary data."""


def read_delimited(
    stream: BinaryIO, origin: str, options: TableOptions, *, max_bytes: int, delimiter: str | None = None
) -> Iterator[Document | ReadFailure]:
    """The documents of the rows in ``stream``; ``max_bytes`` is the limit of a row.

    ``delimiter`` is what divides columns, where that is known; else the first rows tell.
    """
    rows = _rows(stream, origin, options, max_bytes, delimiter)
    try:
        first = next(rows, None)
    except InputError as error:
        yield ReadFailure(origin, str(error))
        return
    yield from read_rows(_with(first, rows), origin, "csv", date_order=options.date_order)


def _with(first: Row | ReadFailure | None, rows: Iterator[Row | ReadFailure]) -> Iterator[Row | ReadFailure]:
    if first is not None:
        yield first
        yield from rows


def _rows(
    stream: BinaryIO, origin: str, options: TableOptions, max_bytes: int, delimiter: str | None
) -> Iterator[Row | ReadFailure]:
    """The rows below the heading. Raises InputError, before the first, where there is none that can be used."""
    head = _read_head(stream)
    wide = wide_encoding(head)
    sample, encoding = _sample(head, wide)
    if not sample.strip("\ufeff \t\r\n"):
        raise InputError("is empty")
    label = None if wide else encoding
    told = sample.lstrip("\r\n").partition("\n")[0].strip().removeprefix("\ufeff").lower()
    if told.startswith("sep=") and len(told) == 5:  # a line by which Excel is told
        delimiter, sample = told[4], sample.lstrip("\r\n").partition("\n")[2]
    raw = Joined(head if wide else head.removeprefix(_MARK), stream)
    # As one character for each byte, where the encoding is told cell by cell.
    text = io.TextIOWrapper(io.BufferedReader(raw), wide or "latin-1", errors="replace", newline="")
    records = Records(bounded_lines(text, max_bytes), find_dialect(sample, delimiter), max_bytes)
    heading = Heading(options.columns)
    lost = False
    for number, cells in enumerate(records, start=1):
        place = f"{origin}:{number}"
        if isinstance(cells, Broken):
            if not heading.is_found():
                raise InputError(f"its first rows name no columns: {cells.reason}")
            if not lost or records.begins_whole(heading.width):
                yield ReadFailure(place, cells.reason)
            lost = True
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not heading.is_found():
            names = [_decoded(cell, wide, label)[0].strip() for cell in cells]
            if not names[0].lower().startswith("sep="):
                heading.look_at(names)
            continue
        width = heading.width
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if lost and len(cells) != width:
            continue  # what is left of the broken row
        lost = False
        if len(cells) != width and records.lines_of_row > 1:
            yield ReadFailure(place, records.broken(_unequal(cells, width, " and more lines than one")).reason)
            lost = True
        elif len(cells) > width or len(cells) <= heading.columns["text"]:
            yield ReadFailure(place, _unequal(cells, width, ""))
        else:
            yield _row(cells, heading.columns, place, wide, label)
    heading.check()


def _unequal(cells: Sequence[str], width: int, more: str) -> str:
    return (
        f"the row has {len(cells)} cells{more} where the first row names {width} columns; "
        "a cell that holds the delimiter or a line end has to stand in quotation marks"
    )


def _row(
    cells: Sequence[str], columns: dict[str, int], place: str, wide: str | None, label: str | None
) -> Row | ReadFailure:
    found: dict[str, str | int | None] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
    for field, number in columns.items():
        if number < len(cells) and cells[number].strip():
            try:
                found[field], strange = _decoded(cells[number], wide, label, strict=field == "text")
            except InputError as error:
                return ReadFailure(place, f"its text cannot be used: {error}")
            diagnostics = strange if field == "text" else diagnostics
    return Row(place, found, diagnostics=diagnostics)


def _decoded(
    cell: str, wide: str | None, label: str | None, *, strict: bool = False
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a cell, its lines ended by ``\\n``. Raises InputError where it is none, if ``strict``."""
    if wide or cell.isascii():
        return cell.replace("\r\n", "\n").replace("\r", "\n"), ()
    data = cell.encode("latin-1")
    try:
        found = decode_page(data.replace(b"\x00", b"") if len(data) > _FEW_NULS * data.count(0) else data, label)
    except InputError:
        if strict:
            raise
        return data.decode(label or "utf-8", "replace"), ()
    return found.text, tuple(one for one in found.diagnostics if one.code != "encoding-mislabelled")


def _read_head(stream: BinaryIO) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while size < _HEAD and (piece := stream.read(_HEAD - size)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _sample(head: bytes, wide: str | None) -> tuple[str, str]:
    """The text of the file's beginning, and the encoding of what in it is not UTF-8.

    Raises InputError where it is no text.
    """
    if wide:
        return head[: len(head) // 4 * 4].decode(wide, "replace"), wide
    if head.count(0) * _FEW_NULS < len(head):
        head = head.replace(b"\x00", b"")
    lines = head.splitlines(keepends=True)
    if len(head) >= _HEAD and len(lines) > 1:
        del lines[-1]  # cut, perhaps inside a character
    others = b"".join(line for line in lines if not _is_utf8(line))
    label = decode_page(others).encoding if others else "utf-8"
    text = "".join(line.decode("utf-8" if _is_utf8(line) else label, "replace") for line in lines)
    return decode_page(text.encode("utf-8", "replace")).text, label


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
