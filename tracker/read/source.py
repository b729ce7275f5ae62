"""What a reader gets and gives: one record as a stream of bytes, and the limits it is read within."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from tracker.errors import InputError
from tracker.read.failures import ReadFailure
from tracker.read.pdf.document import PdfLimits
from tracker.read.rows import TableOptions
from tracker.read.unpacking import Budget
from tracker.records import Document, MetadataField


class Limits(NamedTuple):
    """Bytes that ``any`` document, an ``html`` page, and all that comes out of one ``archive`` may have.

    ``tables`` and ``pdf``: how these are read.
    """

    any: int
    html: int
    archive: int
    tables: TableOptions = TableOptions()
    pdf: PdfLimits = PdfLimits()

    @property
    def page(self) -> tuple[int, str, str]:
        """Bytes that anything may have that becomes a tree, the setting that says so, and what it is."""
        if self.html <= self.any:
            return self.html, "read.max_html_bytes", "page"
        return self.any, "read.max_file_bytes", "document"


@dataclass(frozen=True, slots=True)
class Source:
    """One record, of which a reader makes documents.

    ``origin``   what it is called in documents and failures: a path, ``-``, a place in an archive
    ``format``   one of ``INPUT_FORMATS``; ``auto`` goes by name, then by content, which may refute the name
    ``name``     the file name that tells its format, where there is one
    ``charset``  the encoding, and ``url`` the address, that came with it
    ``told``     what else came with it, for the metadata of its documents
    ``depth``    how many archives it is in, and ``budget`` what may still come out of the outermost
    """

    stream: BinaryIO
    origin: str
    format: str = "auto"
    name: str = ""
    charset: str | None = None
    url: str | None = None
    told: tuple[MetadataField, ...] = ()
    depth: int = 0
    budget: Budget | None = None


Item = Document | ReadFailure | Source
"""What a reader gives: a Source is a record inside of its own, which is read in its place."""
Reader = Callable[[Source, Limits], Iterator[Item]]
"""A plain function; an InputError it raises becomes a ReadFailure of the source, behind what it gave before."""


def read_whole(source: Source, limit: int, setting: str = "read.max_file_bytes", what: str = "document") -> bytes:
    """All bytes of ``source``. Raises InputError where there are more than ``limit``, without reading on, or none."""
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"larger than {limit:,} bytes, the limit for one {what} ({setting})")
    if not data:
        raise InputError("is empty")
    return data


def check_page(data: bytes, limits: Limits) -> None:
    """Raises InputError where a page of ``data`` would be larger than allowed."""
    if len(data) > limits.html:
        raise InputError(f"larger than {limits.html:,} bytes, the limit for one page (read.max_html_bytes)")
