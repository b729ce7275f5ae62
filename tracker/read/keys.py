"""The fields of a JSON record: under the names of the contract, those the user gave, or usual ones.

A name the user gave may lead into objects: ``content.rendered``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.errors import InputError
from tracker.lang.columns import FIELDS
from tracker.read.columns import field_of, listed
from tracker.read.rows import Row

_STRICT = ("url", "source", "published", "title", "lang")
_INNER = ("rendered", "name", "value", "text", "title")
_MOST = 20


def row_of(record: Any, place: str, columns: Mapping[str, str], *, exact: bool = False) -> Row:
    """The Row that a parsed ``record`` is. Raises InputError that names the key that is wrong.

    ``exact``: a text under the key ``text`` is stored exactly as it is.
    """
    if not isinstance(record, dict):
        raise InputError("a JSON object is expected")
    cells: dict[str, str | int | None] = {}
    key, text = _text(record, columns)
    if not isinstance(text, str):
        raise InputError(f'"{key}" has to be a string')
    if not text.strip():
        raise InputError(f'"{key}" is empty')
    cells["text"] = text
    cells["id"] = _given_id(record, columns)
    usual = _usual(record)
    for field in FIELDS:
        if field in cells:
            continue
        if field in columns:
            cells[field] = _written(_at(record, columns[field]))
        elif record.get(field) is not None and field in _STRICT:
            cells[field] = _inner(record[field])
            if not isinstance(cells[field], str):
                raise InputError(f'"{field}" has to be a string or null')
        else:
            cells[field] = _written(record.get(field)) or next(
                (written for one in usual.get(field, ()) if (written := _written(record[one]))), None
            )
    return Row(place, cells, exact=exact and key == "text")


def has_text(record: Any, columns: Mapping[str, str]) -> bool:
    """Whether ``record`` is an object with a text."""
    try:
        return isinstance(record, dict) and isinstance(_text(record, columns)[1], str)
    except InputError:
        return False


def _text(record: dict[str, Any], columns: Mapping[str, str]) -> tuple[str, Any]:
    """The key of the text and what stands there."""
    if "text" in columns:
        value = _at(record, columns["text"])
        if value is None:
            raise InputError(f'"{columns["text"]}" is missing; its keys are {listed(map(str, record))}')
        return columns["text"], value
    if record.get("text") is not None:
        return "text", record["text"]
    for key in _usual(record).get("text", ()):
        text = _inner(record[key])
        if isinstance(text, str) and text.strip():
            return key, text
    told = f"; name the key, as in --column text=KEY; its keys are {listed(map(str, record))}" if record else ""
    raise InputError(f'"text" is missing{told}')


def _given_id(record: dict[str, Any], columns: Mapping[str, str]) -> str | int | None:
    given = _at(record, columns["id"]) if "id" in columns else record.get("id")
    if given is not None and (not isinstance(given, str | int) or isinstance(given, bool)):
        raise InputError(f'"{columns.get("id", "id")}" has to be a string or a whole number')
    return given


def _usual(record: dict[str, Any]) -> dict[str, list[str]]:
    """The keys of each field by their usual names, the likeliest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for key in record:
        told = field_of(key)
        if told is not None:
            found.setdefault(told[0], []).append((told[1], key))
    return {field: [key for _, key in sorted(keys)] for field, keys in found.items()}


def _at(record: dict[str, Any], name: str) -> Any:
    """What stands under ``name``, or where it leads through objects with dots between; None for nothing."""
    if name in record:
        return _inner(record[name])
    value: Any = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return _inner(value)


def _inner(value: Any) -> Any:
    """What an object stands for that only names something: ``{"rendered": "…"}``, ``{"id": 3, "name": "…"}``."""
    if isinstance(value, dict):
        return next((value[key] for key in _INNER if isinstance(value.get(key), str)), None)
    return value


def _written(value: Any) -> str | None:
    """A value as text: numbers as they are written, a list with semicolons between; None for anything else."""
    if isinstance(value, list):
        parts = [part for one in value[:_MOST] if (part := _written(_inner(one)))]
        return "; ".join(parts) or None
    value = _inner(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return str(value).strip() or None
    except ValueError:  # a number of thousands of digits
        return None
