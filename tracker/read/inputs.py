"""Paths to documents: files, folders and standard input, in all formats, one after another.

Whatever is wrong with an input becomes a ReadFailure in its place; the others go on.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from tracker.config import FetchConfig
from tracker.errors import InputError, UsageError
from tracker.read.addresses import is_address, without_credentials
from tracker.read.columndates import DateOrder
from tracker.read.columns import check_columns
from tracker.read.failures import ReadFailure
from tracker.read.formats import SUFFIXES, is_known, suffix_of
from tracker.read.html import MAX_BYTES as MAX_HTML_BYTES
from tracker.read.identity import at_address
from tracker.read.pdf.document import PdfLimits
from tracker.read.readers import INPUT_FORMATS, read_source
from tracker.read.rows import TableOptions
from tracker.read.savedpages import is_companion
from tracker.read.source import Limits, Source
from tracker.records import Document

if TYPE_CHECKING:
    from tracker.read.fetch import Fetcher

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
    columns: Mapping[str, str] | None = None,
    date_order: DateOrder = "column",
    fetch: FetchConfig | None = None,
    fetcher: Fetcher | None = None,
    pdf: PdfLimits | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | ReadFailure]:
    """The documents behind ``paths`` in order, each input that cannot be used as a ReadFailure in its place.

    ``paths`` are files, folders (read recursively, in order of their names; hidden files and unknown suffixes are
    passed over), addresses of the web (fetched as ``fetch`` says) and ``-`` for ``stdin``. ``input_format`` is one of
    ``INPUT_FORMATS``; ``auto`` goes by suffix, then by content, which may refute the suffix of a page. ``max_bytes`` is
    the limit of one document: of a file, of a line of JSONL or a row of CSV; ``max_html_bytes`` that of an HTML page,
    ``max_archive_bytes`` that of all that is unpacked from one archive, ``pdf`` how long a PDF may be and take.
    ``columns`` tells which column of a table, or key of a record, is what (``{"text": "الخبر"}``), and ``date_order``
    what comes first in ``03/04/2024``. A ``fetcher`` that is given remembers
    what it was told by the hosts of earlier calls. Raises UsageError for an unknown format or field.
    """
    if input_format not in INPUT_FORMATS:
        raise UsageError(f"unknown input format {input_format!r}: allowed are {', '.join(INPUT_FORMATS)}")
    check_columns(columns or {})
    tables = TableOptions(columns or {}, date_order)
    limits = Limits(max_bytes, max_html_bytes, max_archive_bytes, tables, pdf or PdfLimits())
    return _read_all(paths, input_format, limits, fetch or FetchConfig(), fetcher, stdin)


def _read_all(
    paths: Iterable[str | Path],
    input_format: str,
    limits: Limits,
    fetch: FetchConfig,
    fetcher: Fetcher | None,
    stdin: BinaryIO | None,
) -> Iterator[Document | ReadFailure]:
    for item in list_inputs(paths):
        if isinstance(item, ReadFailure):
            yield item
        elif item == STDIN:
            yield from read_source(Source(stdin or sys.stdin.buffer, STDIN, input_format), limits)
        elif is_address(item):
            from tracker.read.fetch import Fetcher  # TLS and HTTP are of no use to files

            fetcher = fetcher or Fetcher(fetch)
            yield from _read_address(item, fetcher, input_format, limits)
        else:
            yield from _read_file(Path(item), input_format, limits)


def _read_address(url: str, fetcher: Fetcher, input_format: str, limits: Limits) -> Iterator[Document | ReadFailure]:
    try:
        page = fetcher.fetch(url, max_bytes=limits.any, max_html_bytes=limits.html)
    except InputError as error:
        yield ReadFailure(without_credentials(url), str(error))
        return
    # What the server calls it counts as the name of a file does: content may refute it.
    name = suffix_of(page.input_format) if page.input_format else urlsplit(page.url).path.rpartition("/")[2]
    source = Source(io.BytesIO(page.data), url, input_format, name, charset=page.charset, url=page.url)
    for item in read_source(source, limits):
        yield item if isinstance(item, ReadFailure) else at_address(item, page.url)


def list_inputs(paths: Iterable[str | Path]) -> Iterator[str | ReadFailure]:
    """What ``read_inputs`` would read one after another, folders as the files in them; nothing is opened."""
    for path in paths:
        if str(path) == STDIN or is_address(str(path)) or not Path(path).is_dir():
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
