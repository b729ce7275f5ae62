"""The readers by format, and how a record goes to its reader.

A reader is a plain function from a Source to what is in it; a format more is a line in ``READERS``, its suffixes in
``formats.SUFFIXES``, and where its first bytes tell it, a line in ``formats.format_of``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from tracker.errors import InputError
from tracker.names.outlets import find_outlet
from tracker.read.archives import read_gzip, read_zip
from tracker.read.delimited import read_delimited
from tracker.read.failures import ReadFailure
from tracker.read.feeds import read_feed
from tracker.read.formats import HEAD, tell_format
from tracker.read.html import read_html
from tracker.read.identity import document_id
from tracker.read.jsonl import read_jsonl
from tracker.read.jsonlist import read_json
from tracker.read.mail import read_mail
from tracker.read.mhtml import read_mhtml
from tracker.read.pdf.document import read_pdf
from tracker.read.plain import read_text
from tracker.read.sheets import read_xlsx
from tracker.read.source import Item, Limits, Reader, Source, read_whole
from tracker.read.unpacking import look
from tracker.read.warc import read_warc
from tracker.records import Document

_ELSE_JSONL = "read.max_file_bytes; JSON Lines may have any length"
_ELSE_CSV = "read.max_file_bytes; CSV may have any length"


def _read_text(source: Source, limits: Limits) -> Iterator[Item]:
    data = read_whole(source, limits.any)
    found = read_text(data, source.origin, charset=source.charset)
    if source.url:
        outlet = find_outlet(url=source.url)
        record = b"%b\x00%b" % (data, source.url.encode("utf-8", "replace"))
        name = outlet.name if outlet is not None else None
        found = replace(found, document_id=document_id(record), url=source.url, source=name)
    yield found


def _read_html(source: Source, limits: Limits) -> Iterator[Item]:
    yield read_html(read_whole(source, *limits.page), source.origin, charset=source.charset, url=source.url)


def _read_jsonl(source: Source, limits: Limits) -> Iterator[Item]:
    yield from read_jsonl(_lines(source.stream, limits.any), source.origin, limits.tables)


def _read_json(source: Source, limits: Limits) -> Iterator[Item]:
    yield from read_json(read_whole(source, limits.any, _ELSE_JSONL), source.origin, limits.tables)


def _read_csv(source: Source, limits: Limits) -> Iterator[Item]:
    yield from read_delimited(source.stream, source.origin, limits.tables, max_bytes=limits.any)


def _read_tsv(source: Source, limits: Limits) -> Iterator[Item]:
    yield from read_delimited(source.stream, source.origin, limits.tables, max_bytes=limits.any, delimiter="\t")


def _read_xlsx(source: Source, limits: Limits) -> Iterator[Item]:
    data = read_whole(source, limits.any, _ELSE_CSV)
    yield from read_xlsx(data, source.origin, limits.tables, max_bytes=limits.any)


def _read_pdf(source: Source, limits: Limits) -> Iterator[Item]:
    yield read_pdf(read_whole(source, limits.any), source.origin, limits.pdf)


READERS: dict[str, Reader] = {
    "text": _read_text,
    "html": _read_html,
    "jsonl": _read_jsonl,
    "json": _read_json,
    "csv": _read_csv,
    "tsv": _read_tsv,
    "xlsx": _read_xlsx,
    "pdf": _read_pdf,
    "feed": read_feed,
    "mhtml": read_mhtml,
    "eml": read_mail,
    "warc": read_warc,
    "gzip": read_gzip,
    "zip": read_zip,
}
INPUT_FORMATS = ("auto", *READERS)


def read_source(source: Source, limits: Limits) -> Iterator[Document | ReadFailure]:
    """The documents of ``source``, and of the records inside it, in order; what cannot be read as a ReadFailure."""
    try:
        head, stream = look(source.stream, HEAD)
        for item in READERS[tell_format(source.format, source.name, head)](replace(source, stream=stream), limits):
            if isinstance(item, Source):
                yield from read_source(item, limits)
            elif isinstance(item, Document) and source.told:
                yield replace(item, metadata=(*item.metadata, *source.told))
            else:
                yield item
    except InputError as error:
        yield ReadFailure(source.origin, str(error))
    except OSError as error:  # the disk, or a file that went away
        yield ReadFailure(source.origin, f"cannot be read: {error.strerror or error}")


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of ``stream``; None for each that is longer than ``max_bytes``."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(HEAD)
        yield None
