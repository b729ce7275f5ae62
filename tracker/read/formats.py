"""What an input is: by its name, by its first bytes, and by both where they differ."""

from __future__ import annotations

import json
from pathlib import PurePath

from tracker.errors import InputError
from tracker.read.encodings import decode
from tracker.read.html import looks_like_html
from tracker.read.unpacking import GZIP_MAGIC

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".gz": "gzip",
    ".zip": "zip",
}
"""What a file is by its name; in folders only these are read."""
HEAD = 65_536
"""Bytes that are looked at to tell what an input is."""
_BEGINNING = 2048
_MAGIC = ((GZIP_MAGIC, "gzip"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"))
_ARCHIVES = frozenset(name for _, name in _MAGIC)


def is_known(name: str) -> bool:
    """Whether a file of that name is read where it is found in a folder; a packed one by the name it has unpacked."""
    path = PurePath(name)
    if path.suffix.lower() == ".gz" and PurePath(path.stem).suffix:
        return is_known(path.stem)
    return path.suffix.lower() in SUFFIXES


def tell_format(given: str, name: str, head: bytes) -> str:
    """The format of an input that begins with ``head`` (``HEAD`` bytes of it).

    ``given`` is what the user says it is; ``auto`` goes by ``name`` (which may be empty) and by content. Archives are
    seen through: what is given, or told by the name, is then what is inside.
    """
    archive = _archive_of(head)
    if given in _ARCHIVES or (given != "auto" and archive is None):
        return given
    if archive is not None:
        return archive
    named = SUFFIXES.get(PurePath(name).suffix.lower())
    if named is None or named in _ARCHIVES:
        return format_of(head)
    if named == "text" and format_of(head) == "html":
        return "html"
    if named == "html" and b"<" not in head:
        return "text"
    return named


def _archive_of(head: bytes) -> str | None:
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def format_of(head: bytes) -> str:
    """What an input is by its first bytes: ``jsonl`` where its first line is an object, ``html`` where it begins so."""
    archive = _archive_of(head)
    if archive is not None:
        return archive
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if first.startswith(b"{"):
        return _format_of_json(first, whole=len(head) < HEAD)
    if b"<" in head[:_BEGINNING]:
        return "html" if looks_like_html(_text(head[:_BEGINNING])) else "text"
    return "text"


def _format_of_json(first: bytes, *, whole: bool) -> str:
    line, newline, _ = first.partition(b"\n")
    if not newline and not whole:  # the first record is longer than what is looked at
        return "jsonl" if first[1:].lstrip().startswith(b'"') else "text"
    try:
        return "jsonl" if isinstance(json.loads(line), dict) else "text"
    except (ValueError, RecursionError):
        return "text"


def _text(beginning: bytes) -> str:
    try:
        return decode(beginning)
    except InputError:
        return beginning.decode("latin-1")
