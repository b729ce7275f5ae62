"""Paths to documents: files, folders and standard input, in all formats, one after another.

Whatever is wrong with an input becomes a ReadFailure in its place; the others go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tracker.errors import UsageError
from tracker.read.failures import ReadFailure
from tracker.read.formats import SUFFIXES, is_known
from tracker.read.html import MAX_BYTES as MAX_HTML_BYTES
from tracker.read.readers import INPUT_FORMATS, read_source
from tracker.read.savedpages import is_companion
from tracker.read.source import Limits, Source
from tracker.records import Document

MAX_BYTES = 50_000_000
"""Bytes a document may have, unless the caller says otherwise."""
MAX_ARCHIVE_BYTES = 20_000_000_000
"""Bytes that may come out of one archive, unless the caller says otherwise."""
STDIN = "-"


def read_inputs(
    paths: Iterable[str | Path],
    *,
    input_format: str = "auto",
    max_bytes: int = MAX_BYTES,
    max_html_bytes: int = MAX_HTML_BYTES,
    max_archive_bytes: int = MAX_ARCHIVE_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | ReadFailure]:
    """The documents behind ``paths`` in order, each input that cannot be used as a ReadFailure in its place.

    ``paths`` are files, folders (read recursively, in order of their names; hidden files and unknown suffixes are
    passed over) and ``-`` for ``stdin``. ``input_format`` is one of ``INPUT_FORMATS``; ``auto`` goes by suffix, then by
    content, which may refute the suffix of a page. ``max_bytes`` is the limit of one document: of a file, or of a line
    of JSONL; ``max_html_bytes`` that of an HTML page, ``max_archive_bytes`` that of all that is unpacked from one
    archive. Raises UsageError for an unknown format.
    """
    if input_format not in INPUT_FORMATS:
        raise UsageError(f"unknown input format {input_format!r}: allowed are {', '.join(INPUT_FORMATS)}")
    return _read_all(paths, input_format, Limits(max_bytes, max_html_bytes, max_archive_bytes), stdin)


def _read_all(
    paths: Iterable[str | Path], input_format: str, limits: Limits, stdin: BinaryIO | None
) -> Iterator[Document | ReadFailure]:
    for path in paths:
        if str(path) == STDIN:
            yield from read_source(Source(stdin or sys.stdin.buffer, STDIN, input_format), limits)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), input_format, limits)
        else:
            yield from _read_file(Path(path), input_format, limits)


def _read_folder(folder: Path, input_format: str, limits: Limits) -> Iterator[Document | ReadFailure]:
    empty = True
    for item in _walk(folder, set()):
        empty = False
        if isinstance(item, ReadFailure):
            yield item
        else:
            yield from _read_file(item, input_format, limits)
    if empty:
        yield ReadFailure(str(folder), f"no documents in this folder: looked for {', '.join(sorted(SUFFIXES))}")


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
    names = frozenset(entry.name.lower() for entry in entries)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if _is_folder(entry):
            if not is_companion(entry.name, names):
                yield from _walk(path, seen)
        elif is_known(entry.name):
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _read_file(path: Path, input_format: str, limits: Limits) -> Iterator[Document | ReadFailure]:
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        yield ReadFailure(str(path), f"cannot be read: {reason}")
        return
    with stream:
        yield from read_source(Source(stream, str(path), input_format, path.name), limits)
