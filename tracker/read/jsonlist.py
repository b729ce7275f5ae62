"""JSON: a list of articles, an object with such a list in it, as services answer, or one article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.errors import InputError
from tracker.read.encodings import decode
from tracker.read.failures import ReadFailure
from tracker.read.jsonl import read_jsonl
from tracker.read.keys import has_text, row_of
from tracker.read.rows import Row, TableOptions, read_rows
from tracker.records import Document

_DEPTH = 4
_SAMPLE = 20
_MOST_KEYS = 1_000


def read_json(data: bytes, origin: str, options: TableOptions) -> Iterator[Document | ReadFailure]:
    """The documents of the records in ``data``, in order; JSON Lines that are called JSON are read as such."""
    try:
        records = _records(_parse(data), options.columns)
    except _SeveralError:
        yield from read_jsonl(iter(data.splitlines()), origin, options)
    except InputError as error:
        yield ReadFailure(origin, str(error))
    else:
        rows = _rows(records, origin, options)
        yield from read_rows(rows, origin, "json", date_order=options.date_order, unit="records")


class _SeveralError(Exception):
    """A whole JSON value stands on the first line and more behind it."""


def _parse(data: bytes) -> Any:
    text = decode(data)
    if not text.strip():
        raise InputError("is empty")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and "\n" in text[: error.pos]:
            raise _SeveralError from error
        raise InputError(f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting without measure
        raise InputError("not JSON that can be read: a number is too long or the nesting too deep") from error


def _records(value: Any, columns: Mapping[str, str]) -> list[Any]:
    """The list of articles in ``value``. Raises InputError where there is none, or several that may be meant."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise InputError("a list of objects is expected, or an object with such a list in it")
    if has_text(value, columns):
        return [value]
    lists = _lists(value)
    with_text = [name for name, found in lists.items() if any(has_text(one, columns) for one in found[:_SAMPLE])]
    named = with_text or list(lists)
    if len(named) == 1:
        return lists[named[0]]
    if not named:
        raise InputError("no list of objects is in it, nor a text")
    raise InputError(f"several lists of objects are in it ({', '.join(named[:8])}); keep the one that is meant")


def _lists(value: dict[str, Any], depth: int = 1) -> dict[str, list[Any]]:
    """The lists of objects in ``value`` by the path to them, those that lie least deep only."""
    found = {key: one for key, one in value.items() if isinstance(one, list) and one and isinstance(one[0], dict)}
    if found or depth == _DEPTH:
        return found
    for key, one in list(value.items())[:_MOST_KEYS]:
        if isinstance(one, dict):
            found.update({f"{key}.{inner}": records for inner, records in _lists(one, depth + 1).items()})
    return found


def _rows(records: list[Any], origin: str, options: TableOptions) -> Iterator[Row | ReadFailure]:
    for number, record in enumerate(records, start=1):
        place = f"{origin}:{number}"
        try:
            yield row_of(record, place, options.columns)
        except InputError as error:
            yield ReadFailure(place, str(error))
