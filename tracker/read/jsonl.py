"""JSON Lines: one document a line, ``{"id", "text", "url"?, "source"?, "published"?, "title"?, "lang"?, "author"?}``.

Lines are read one after another, so a file of any length takes the memory of its longest lines. A line that is wrong
costs that line. What stands under ``text`` is stored exactly as it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.errors import InputError
from tracker.read.failures import ReadFailure
from tracker.read.keys import row_of
from tracker.read.rows import Row, TableOptions, read_rows
from tracker.records import Document

_BLANK = b" \t\r\n\x0b\x0c\xef\xbb\xbf"


def read_jsonl(
    lines: Iterable[bytes | None], origin: str, options: TableOptions | None = None
) -> Iterator[Document | ReadFailure]:
    """The documents of ``lines``; a line that is None was longer than allowed. Blank lines are skipped."""
    options = options or TableOptions()
    rows = _rows(lines, origin, options)
    return read_rows(rows, origin, "jsonl", date_order=options.date_order, unit="lines")


def _rows(lines: Iterable[bytes | None], origin: str, options: TableOptions) -> Iterator[Row | ReadFailure]:
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip(_BLANK):
            continue
        place = f"{origin}:{number}"
        try:
            yield row_of(_parse(line, first=number == 1), place, options.columns, exact=True)
        except InputError as error:
            yield ReadFailure(place, str(error))


def _parse(line: bytes | None, *, first: bool) -> Any:
    if line is None:
        raise InputError("the line is longer than the limit for one document (read.max_file_bytes)")
    try:
        return json.loads(line.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start} of the line)") from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} (character {error.pos} of the line)") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting without measure
        raise InputError("not JSON that can be read: a number is too long or the nesting too deep") from error
