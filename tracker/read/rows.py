"""Rows of tables, records of JSON and lines of JSONL to documents: one mapping for all of them.

A row that is wrong costs that row. Where every row from the first on is wrong, the input is given up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.errors import InputError
from tracker.names.outlets import find_outlet
from tracker.read.columndates import ColumnDates, DateOrder
from tracker.read.failures import ReadFailure
from tracker.read.identity import document_id, text_sha256
from tracker.records import BlockHint, Diagnostic, Document, MetadataField
from tracker.text import without_surrogates

_GIVE_UP = 100
"""Rows from the first that may all be wrong, before the input counts as no table of articles."""
_AHEAD, _AHEAD_CHARS = 10_000, 4_000_000
"""Rows, and characters of them, that are read before the first is given out, to learn how its dates are written."""
_SOME = 100
_LANG = re.compile(r"([A-Za-z]{2})(?:[-_]\w{1,12})?")
_KEPT = ("url", "source", "published", "title", "lang", "author")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How the user wants tables read: ``columns`` (field -> heading or key) and the order of day and month."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder = "column"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it is (``file.csv:7``), and its cells by the field they are (``text``, ``title``, …).

    ``exact``: its text is stored exactly as it is, whatever it looks like. ``diagnostics`` tell what was strange.
    """

    place: str
    cells: Mapping[str, str | int | None]
    exact: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def read_rows(
    rows: Iterable[Row | ReadFailure], origin: str, input_format: str, *, date_order: DateOrder, unit: str = "rows"
) -> Iterator[Document | ReadFailure]:
    """The documents of ``rows``, in order, each that cannot be used as a ReadFailure in its place.

    ``unit`` is what the rows are called where the input is given up.
    """
    dates = ColumnDates(date_order)
    good = bad = 0
    for row in rows if date_order != "column" else _after_a_look(rows, dates):
        try:
            if isinstance(row, ReadFailure):
                yield row
                bad += 1
            else:
                yield _document(row, input_format, dates)
                good += 1
        except InputError as error:
            yield ReadFailure(row.place if isinstance(row, Row) else origin, str(error))
            bad += 1
        if not good and bad == _GIVE_UP:
            yield ReadFailure(origin, f"gave up: each of its first {bad} {unit} is wrong")
            return
    if not good + bad:
        yield ReadFailure(origin, f"is empty: it has no {unit}")


def _after_a_look(rows: Iterable[Row | ReadFailure], dates: ColumnDates) -> Iterator[Row | ReadFailure]:
    """The same rows, after ``dates`` has learned from the first of them."""
    rows = iter(rows)
    first: list[Row | ReadFailure] = []
    chars = 0
    problem: Exception | None = None
    try:
        for row in rows:
            first.append(row)
            if isinstance(row, Row):
                chars += sum(len(cell) for cell in row.cells.values() if isinstance(cell, str))
                dates.learn(str(row.cells.get("published") or ""))
            # Where all is plain so far, nothing is held back from whoever waits for the first documents.
            if len(first) >= (_AHEAD if dates.either else _SOME) or chars >= _AHEAD_CHARS:
                break
    except (InputError, OSError) as error:  # told behind what was read before it
        problem = error
    yield from first
    if problem is not None:
        raise problem
    yield from rows


def _document(row: Row, input_format: str, dates: ColumnDates) -> Document:
    """The document that ``row`` is. Raises InputError where it holds no text."""
    text = str(row.cells.get("text") or "")
    if not text.strip():
        raise InputError("its text is empty")
    text, mended = _storable(text)
    values = {name: _value(row.cells.get(name)) for name in _KEPT}
    given_id = row.cells.get("id")
    record = f"{text}\x00{values['url'] or ''}".encode()
    kept = tuple(MetadataField(name, value, "record") for name, value in values.items() if value is not None)
    published, strange = dates.read(values["published"]) if values["published"] else (None, None)
    source, lang = values["source"], values["lang"]
    hints: tuple[BlockHint, ...] = ()
    if not row.exact:
        text, hints = _plain(text)
        outlet = find_outlet(url=values["url"], name=source)
        source = outlet.name if outlet else source
        code = _LANG.fullmatch(lang) if lang else None
        lang = code.group(1).lower() if code else None
    return Document(
        document_id(record),
        text,
        row.place,
        text_sha256(text),
        given_id=_storable(given_id)[0] if isinstance(given_id, str) else given_id,
        url=values["url"],
        source=source,
        published=published,
        title=values["title"],
        lang=lang,
        authors=_authors(values["author"]),
        input_format=input_format,
        metadata=kept,
        hints=hints,
        diagnostics=tuple(one for one in (*row.diagnostics, mended, strange) if one is not None),
    )


def _plain(text: str) -> tuple[str, tuple[BlockHint, ...]]:
    from tracker.read.html.fragment import is_markup, read_fragment, unescape
    from tracker.read.html.page import MAX_BYTES

    if not is_markup(text):
        return unescape(text), ()
    if len(text) > MAX_BYTES:
        raise InputError(f"its HTML is longer than {MAX_BYTES:,} characters")
    return read_fragment(text)


def _authors(written: str | None) -> tuple[str, ...]:
    if not written:
        return ()
    from tracker.read.html.authors import split_names

    return tuple(split_names(written[:300])) or (written,)


def _value(value: Any) -> str | None:
    """A cell other than the text: without outer white space, None where nothing is left."""
    return _storable(str(value))[0].strip() or None if value is not None else None


def _storable(text: str) -> tuple[str, Diagnostic | None]:
    """``text`` with U+FFFD for each half of a surrogate pair, which is no character; without NULs, and that told."""
    text = without_surrogates(text)
    nuls = text.count("\x00")
    if not nuls:
        return text, None
    return text.replace("\x00", ""), Diagnostic("nul-removed", f"{nuls} NUL characters were left out of its text")
