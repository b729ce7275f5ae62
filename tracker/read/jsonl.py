"""JSON Lines: one document a line, ``{"id", "text", "url"?, "source"?, "published"?, "title"?, "lang"?}``.

Lines are read one after another, so a file of any length takes the memory of its longest line. A line that is wrong
costs that line. The text stays exactly as it is given.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.errors import InputError
from tracker.read.failures import ReadFailure
from tracker.read.identity import document_id, text_sha256
from tracker.records import Document, MetadataField

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_BLANK = b" \t\r\n\x0b\x0c\xef\xbb\xbf"
_SURROGATE = re.compile("[\ud800-\udfff]")
_GIVE_UP = 100
"""Lines from the first that may all be wrong, before the file counts as no JSONL of documents."""
_OPTIONAL = ("url", "source", "published", "title", "lang")


def read_jsonl(lines: Iterable[bytes | None], origin: str) -> Iterator[Document | ReadFailure]:
    """The documents of ``lines``; a line that is None was longer than allowed. Blank lines are skipped."""
    good = bad = 0
    for number, line in enumerate(lines, start=1):
        place = f"{origin}:{number}"
        if line is not None and not line.strip(_BLANK):
            continue
        try:
            yield read_record(_parse(line, first=number == 1), place)
            good += 1
        except InputError as error:
            yield ReadFailure(place, str(error))
            bad += 1
            if not good and bad == _GIVE_UP:
                yield ReadFailure(origin, f"gave up: each of its first {bad} lines is wrong")
                return
    if not good + bad:
        yield ReadFailure(origin, "is empty")


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


def read_record(record: Any, origin: str) -> Document:
    """The document that a parsed line is. Raises InputError that names the key that is wrong."""
    if not isinstance(record, dict):
        raise InputError("a JSON object is expected")
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError('"text" is missing' if text is None else '"text" has to be a string')
    if not text.strip():
        raise InputError('"text" is empty')
    given_id = record.get("id")
    if given_id is not None and (not isinstance(given_id, str | int) or isinstance(given_id, bool)):
        raise InputError('"id" has to be a string or a whole number')
    text = _storable(text)
    values = {key: _optional(record, key) for key in _OPTIONAL}
    published = iso_day(values["published"])
    kept = tuple(MetadataField(key, value, "record") for key, value in values.items() if value is not None)
    return Document(
        document_id(f"{text}\x00{values['url'] or ''}".encode()),
        text,
        origin,
        text_sha256(text),
        given_id=_storable(given_id) if isinstance(given_id, str) else given_id,
        url=values["url"],
        source=values["source"],
        published=published,
        title=values["title"],
        lang=values["lang"],
        input_format="jsonl",
        metadata=kept,
    )


def _optional(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" has to be a string or null')
    return _storable(value).strip() or None if value is not None else None


def _storable(text: str) -> str:
    """``text`` with U+FFFD for each half of a surrogate pair, which is no character; offsets stay."""
    return _SURROGATE.sub("\ufffd", text) if not text.isascii() else text


def iso_day(value: str | None) -> str | None:
    """The day of an ISO date or date and time; None where ``value`` is none, or no day that exists."""
    match = _DAY.match(value.strip()) if value else None
    if match is None:
        return None
    try:
        return datetime.date.fromisoformat(match.group()).isoformat()
    except ValueError:
        return None
