"""The readers by format, and how a record goes to its reader.

A reader is a plain function from a Source to what is in it; a format more is a line in ``READERS``, its suffixes in
``formats.SUFFIXES``, and where its first bytes tell it, a line in ``formats.format_of``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from tracker.errors import InputError
from tracker.read.failures import ReadFailure
from tracker.read.formats import HEAD, tell_format
from tracker.read.html import read_html
from tracker.read.jsonl import read_jsonl
from tracker.read.plain import read_text
from tracker.read.source import Item, Limits, Reader, Source, read_whole
from tracker.records import Document


def _read_text(source: Source, limits: Limits) -> Iterator[Item]:
    yield read_text(read_whole(source, limits.any), source.origin)


def _read_html(source: Source, limits: Limits) -> Iterator[Item]:
    data = read_whole(source, min(limits.html, limits.any), *_setting(limits))
    yield read_html(data, source.origin, charset=source.charset, url=source.url)


def _setting(limits: Limits) -> tuple[str, str]:
    """The setting that limits a page, and what it limits."""
    return ("read.max_html_bytes", "page") if limits.html <= limits.any else ("read.max_file_bytes", "document")


def _read_jsonl(source: Source, limits: Limits) -> Iterator[Item]:
    yield from read_jsonl(_lines(source.stream, limits.any), source.origin)


READERS: dict[str, Reader] = {
    "text": _read_text,
    "html": _read_html,
    "jsonl": _read_jsonl,
}
INPUT_FORMATS = ("auto", *READERS)


def read_source(source: Source, limits: Limits) -> Iterator[Document | ReadFailure]:
    """The documents of ``source``, and of the records inside it, in order; what cannot be read as a ReadFailure."""
    try:
        head, stream = _look(source.stream)
        name = tell_format(source.name, head) if source.format == "auto" else source.format
        for item in READERS[name](replace(source, stream=stream), limits):
            if isinstance(item, Source):
                yield from read_source(item, limits)
            else:
                yield item
    except InputError as error:
        yield ReadFailure(source.origin, str(error))
    except OSError as error:  # the disk, or a file that went away
        yield ReadFailure(source.origin, f"cannot be read: {error.strerror or error}")


def _look(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of ``stream``, and a stream that begins with them."""
    if stream.seekable():
        place = stream.tell()
        head = stream.read(HEAD)
        stream.seek(place)
        return head, stream
    head = stream.read(HEAD)
    return head, cast(BinaryIO, io.BufferedReader(_Joined(head, stream), HEAD))


class _Joined(io.RawIOBase):
    """A stream of ``head`` and what follows it in ``stream``."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12's
        data = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of ``stream``; None for each that is longer than ``max_bytes``."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(HEAD)
        yield None
