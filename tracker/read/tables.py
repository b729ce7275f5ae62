"""Tables by their first bytes: CSV, XLSX and lists in JSON."""

from __future__ import annotations

import json
import re

from tracker.errors import InputError
from tracker.read.columns import find_columns
from tracker.read.csvrecords import NO_DELIMITER, find_dialect
from tracker.read.sheets import OLD_EXCEL

_ZIP = b"PK\x03\x04"
_HEAD = 65_536
_LIST = re.compile(rb"\[\s{0,100}(?:\{|\])")
_OBJECT = re.compile(rb'\{\s{0,100}"[^"\n]{0,100}"\s{0,10}:')
_KNOWN = 2
"""Columns of usual names, one of them the text, that make a first line the heading of a table."""


def looks_like_table(head: bytes) -> str | None:
    """The format of the table that begins with ``head``; None where it is none, or a single line of JSON."""
    if head.startswith(OLD_EXCEL) or (head.startswith(_ZIP) and b"xl/" in head[:_HEAD]):
        return "xlsx"
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _LIST.match(first):
        return "json"
    if _OBJECT.match(first):
        return _json_kind(first)
    return "csv" if _names_columns(first) else None


def _json_kind(first: bytes) -> str | None:
    """``json`` where an object is written over several lines, or has a list of articles in it instead of a text."""
    line, newline, _ = first.partition(b"\n")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "json" if newline and line.rstrip().endswith((b"{", b",", b"[")) else None
    lists = isinstance(value, dict) and any(
        isinstance(one, list) and one and isinstance(one[0], dict) for one in value.values()
    )
    return "json" if lists and "text" not in value else None


def _names_columns(first: bytes) -> bool:
    """Whether the first line has a delimiter between the usual names of a text and of another column."""
    line = first.partition(b"\n")[0][:2000].decode("utf-8", "replace")
    dialect = find_dialect(line)
    if dialect.delimiter == NO_DELIMITER:
        return False
    try:
        found = find_columns([cell.strip(' "\r') for cell in line.split(dialect.delimiter)], {})
    except InputError:
        return False
    return len(found) >= _KNOWN
