"""What an input is: by its name, by its first bytes, and by both where they differ."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from tracker.errors import InputError
from tracker.read.encodings import decode
from tracker.read.html import looks_like_html
from tracker.read.prolog import find_root
from tracker.read.tables import looks_like_table
from tracker.read.unpacking import GZIP_MAGIC, unpacks_to

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".eml": "eml",
    ".warc": "warc",
    ".gz": "gzip",
    ".zip": "zip",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".pdf": "pdf",
}
"""What a file is by its name; in folders only these are read."""
HEAD = 65_536
"""Bytes that are looked at to tell what an input is."""
_BEGINNING = 2048
_MAGIC = (
    (GZIP_MAGIC, "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"WARC/1.", "warc"),
    (b"WARC/0.", "warc"),
)
ARCHIVE_MAGIC = tuple(magic for magic, _ in _MAGIC)
"""How files begin that hold others, whatever their names say."""
_ARCHIVES = frozenset(name for _, name in _MAGIC)
_PDF = re.compile(rb"(?:\A|[\r\n\x00])%PDF-\d")
_MARKED = frozenset(("html", "feed", "mhtml", "eml", "pdf", "xlsx"))
"""Formats that content tells for sure, whatever the name says."""
FEED_ROOTS = frozenset(("rss", "RDF", "feed"))
"""Root elements of feeds, without prefix."""
_JSON_FEED = re.compile(rb'"version"\s{0,20}:\s{0,20}"https?:\\?/\\?/jsonfeed\.org')
_HEADER = re.compile(rb"(?:From [^\n]{1,200}\n)?[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_WRITTEN_BY_PROGRAMS = frozenset(
    (b"mime-version", b"message-id", b"received", b"return-path", b"snapshot-content-location")
)


def suffix_of(input_format: str) -> str:
    """A suffix that files of that format have."""
    return next(suffix for suffix, name in SUFFIXES.items() if name == input_format)


def named_format(name: str) -> str | None:
    """The format of a file of that name, or of a bare suffix; None where that says nothing."""
    return SUFFIXES.get(PurePath("x" + name).suffix.lower())


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
    if archive == "zip" and "xlsx" in (given, named_format(name)):
        return "xlsx"
    if given in _ARCHIVES or (given != "auto" and archive is None):
        return given
    if archive is not None:
        return archive
    named = named_format(name)
    if named == "jsonl":
        return named
    told = format_of(head)
    if named is None or named in _ARCHIVES:
        return "feed" if told == "xml" else told  # whose reader says what it expects
    if told in _MARKED and {named, told} != {"eml", "mhtml"}:
        return told
    if named == "xlsx":  # and content says that it is none
        return "csv"
    return "text" if (named == "html" and b"<" not in head) or named == "pdf" else named


def _archive_of(head: bytes) -> str | None:
    """``warc`` also where it is packed, because its reader needs to know where in the file each record stands."""
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if found == "zip" and looks_like_table(head) is not None:
        return None
    if found == "gzip" and unpacks_to(head, b"WARC/"):
        return "warc"
    return found


def format_of(head: bytes) -> str:
    """What an input is by its first bytes; ``xml`` where it is XML of no kind that is read, ``text`` for all else."""
    archive = _archive_of(head)
    if archive is not None:
        return archive
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _PDF.search(head[:1024]) is not None:
        return "pdf"
    if first.startswith(b"{") and _JSON_FEED.search(first) is not None:
        return "feed"
    table = looks_like_table(head)
    if table is not None:
        return table
    if first.startswith(b"{"):
        return _format_of_json(first, whole=len(head) < HEAD)
    if _HEADER.match(first) is not None:
        return _format_of_message(first)
    if b"<" in head[:_BEGINNING]:
        return _format_of_markup(head)
    return "text"


def _format_of_json(first: bytes, *, whole: bool) -> str:
    """``jsonl`` where its first line is an object."""
    line, newline, _ = first.partition(b"\n")
    if not newline and not whole:  # the first record is longer than what is looked at
        return "jsonl" if first[1:].lstrip().startswith(b'"') else "text"
    try:
        return "jsonl" if isinstance(json.loads(line), dict) else "text"
    except (ValueError, RecursionError):
        return "text"


def _format_of_message(first: bytes) -> str:
    """A message has headers that only programs write; a saved page is one of parts that belong together."""
    block = _BLANK_LINE.split(first, maxsplit=1)[0].lower()
    names = {line.partition(b":")[0] for line in block.splitlines()}
    if not names & _WRITTEN_BY_PROGRAMS:
        return "text"
    return "mhtml" if b"multipart/related" in block and not names & {b"received", b"to", b"message-id"} else "eml"


def _format_of_markup(head: bytes) -> str:
    text = _text(head[:_BEGINNING])
    if looks_like_html(text):
        return "html"
    if text.lstrip("\ufeff \t\r\n")[:1] != "<":
        return "text"
    is_xml = "<?xml" in text
    name = find_root(_text(head))[1] if is_xml or "<!" in text else find_root(text)[1]
    if name in FEED_ROOTS:
        return "feed"
    if name.lower() == "html":
        return "html"
    return "xml" if is_xml else "text"


def _text(beginning: bytes) -> str:
    try:
        return decode(beginning)
    except InputError:
        return beginning.decode("latin-1")
