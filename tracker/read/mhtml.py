"""Pages that a browser saved with all their parts in one file (MHTML, RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracker.errors import InputError
from tracker.read.html import read_html
from tracker.read.mime import Part, leaves, parse_message
from tracker.read.source import Item, Limits, Source, check_page, read_whole

PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(source: Source, limits: Limits) -> Iterator[Item]:
    """The page that was saved; frames and pictures beside it are left out."""
    message = parse_message(read_whole(source, limits.any))
    root = _root(message)
    if root is None:
        raise InputError("holds no HTML page")
    data = root.content()
    check_page(data, limits)
    address = next(
        (place for part in (root, message) for name in _PLACES if (place := part.header(name)).startswith("http")), None
    )
    page = read_html(data, source.origin, charset=root.param("charset"), url=address or source.url)
    yield replace(page, input_format="mhtml")


_PLACES = ("content-location", "snapshot-content-location")


def _root(message: Part) -> Part | None:
    """The part that ``start`` names, else the first that is a page."""
    start = (message.param("start") or "").strip("<> ")
    first = None
    for part in leaves(message):
        if part.kind not in PAGES:
            continue
        if not start or part.header("content-id").strip("<> ") == start:
            return part
        first = first or part
    return first
