"""Paths to documents: files, folders and standard input, in all formats, one after another.

Whatever is wrong with an input becomes a ReadFailure in its place; the others go on.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tracker.errors import InputError, UsageError
from tracker.read.encodings import decode
from tracker.read.failures import ReadFailure
from tracker.read.html import MAX_BYTES as MAX_HTML_BYTES
from tracker.read.html import looks_like_html, read_html
from tracker.read.jsonl import read_jsonl
from tracker.read.plain import read_text
from tracker.records import Document

INPUT_FORMATS = ("auto", "text", "html", "jsonl")
MAX_BYTES = 50_000_000
"""Bytes a document may have, unless the caller says otherwise."""
STDIN = "-"
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""What a file is by its name; in folders only these are read."""
_HEAD = 65_536
"""Bytes that are looked at where the name does not say what an input is."""


class Limits(NamedTuple):
    """Bytes that ``any`` document, and an ``html`` page, may have."""

    any: int
    html: int


def read_inputs(
    paths: Iterable[str | Path],
    *,
    input_format: str = "auto",
    max_bytes: int = MAX_BYTES,
    max_html_bytes: int = MAX_HTML_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | ReadFailure]:
    """The documents behind ``paths`` in order, each input that cannot be used as a ReadFailure in its place.

    ``paths`` are files, folders (read recursively, in order of their names; hidden files and unknown suffixes are
    passed over) and ``-`` for ``stdin``. ``input_format`` is one of ``INPUT_FORMATS``; ``auto`` goes by suffix, then by
    content, which may refute the suffix of a page. ``max_bytes`` is the limit of one document: of a file, or of a line
    of JSONL; ``max_html_bytes`` that of an HTML page. Raises UsageError for an unknown format.
    """
    if input_format not in INPUT_FORMATS:
        raise UsageError(f"unknown input format {input_format!r}: allowed are {', '.join(INPUT_FORMATS)}")
    return _read_all(paths, input_format, Limits(max_bytes, max_html_bytes), stdin)


def _read_all(
    paths: Iterable[str | Path], input_format: str, limits: Limits, stdin: BinaryIO | None
) -> Iterator[Document | ReadFailure]:
    for item in list_inputs(paths):
        if isinstance(item, ReadFailure):
            yield item
        elif item == STDIN:
            yield from _read_stream(stdin or sys.stdin.buffer, STDIN, input_format, limits)
        else:
            yield from _read_file(Path(item), input_format, limits)


def list_inputs(paths: Iterable[str | Path]) -> Iterator[str | ReadFailure]:
    """What ``read_inputs`` would read one after another, folders as the files in them; nothing is opened."""
    for path in paths:
        if str(path) == STDIN or not Path(path).is_dir():
            yield str(path)
            continue
        empty = True
        for item in _walk(Path(path), set()):
            empty = False
            yield item if isinstance(item, ReadFailure) else str(item)
        if empty:
            yield ReadFailure(str(path), f"no documents in this folder: looked for {', '.join(sorted(SUFFIXES))}")


def _walk(folder: Path, seen: set[str]) -> Iterator[Path | ReadFailure]:
    real = os.path.realpath(folder)
    if real in seen:
        return  # a link that leads back
    seen.add(real)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield ReadFailure(str(folder), f"cannot be read: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if _is_folder(entry):
            yield from _walk(path, seen)
        elif path.suffix.lower() in SUFFIXES:
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _read_file(path: Path, input_format: str, limits: Limits) -> Iterator[Document | ReadFailure]:
    named = input_format == "auto" and path.suffix.lower() in SUFFIXES
    if named:
        input_format = SUFFIXES[path.suffix.lower()]
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, str(path), input_format, limits, named=named)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        yield ReadFailure(str(path), f"cannot be read: {reason}")


def _read_stream(
    stream: BinaryIO, origin: str, input_format: str, limits: Limits, *, named: bool = False
) -> Iterator[Document | ReadFailure]:
    """``named``: the format is what the name says, which the content may refute."""
    head = b""
    if input_format == "auto":
        head = stream.read(_HEAD)
        input_format = _format_of(head)
    if input_format == "jsonl":
        yield from read_jsonl(_lines(head, stream, limits.any), origin)
        return
    data = head + stream.read(max(0, limits.any + 1 - len(head)))
    if len(data) > limits.any:
        yield ReadFailure(origin, f"larger than {limits.any:,} bytes, the limit for one document (read.max_file_bytes)")
        return
    if named and input_format == "text" and _format_of(data[:_HEAD]) == "html":
        input_format = "html"
    elif named and input_format == "html" and b"<" not in data:
        input_format = "text"
    if input_format == "html" and len(data) > limits.html:
        yield ReadFailure(origin, f"larger than {limits.html:,} bytes, the limit for one page (read.max_html_bytes)")
        return
    try:
        if not data:
            raise InputError("is empty")
        yield read_html(data, origin) if input_format == "html" else read_text(data, origin)
    except InputError as error:
        yield ReadFailure(origin, str(error))


def _format_of(head: bytes) -> str:
    """What an input is by its first bytes: ``jsonl`` where its first line is an object, ``html`` where it begins so."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if first.startswith(b"{"):
        import json

        line, newline, _ = first.partition(b"\n")
        if not newline and len(head) >= _HEAD:  # the first record is longer than what was looked at
            return "jsonl" if first[1:].lstrip().startswith(b'"') else "text"
        try:
            return "jsonl" if isinstance(json.loads(line), dict) else "text"
        except (ValueError, RecursionError):
            return "text"
    if b"<" in head[:2048]:
        try:
            return "html" if looks_like_html(decode(head[:2048])) else "text"
        except InputError:
            return "html" if looks_like_html(head[:2048].decode("latin-1")) else "text"
    return "text"


def _lines(head: bytes, stream: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of ``head`` and what follows it in ``stream``; None for each that is longer than ``max_bytes``."""
    buffered = io.BytesIO(head)
    while True:
        line = buffered.readline(max_bytes + 1)
        if not line.endswith(b"\n"):
            line += stream.readline(max(0, max_bytes + 1 - len(line)))
        if not line:
            return
        if len(line) > max_bytes and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(_HEAD)
            yield None
        else:
            yield line
