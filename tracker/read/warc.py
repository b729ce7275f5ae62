"""Web archives (WARC 0.17 to 1.1, ISO 28500): the pages in them, one after another.

Read here rather than by a library: those there are pass over what is cut off in silence or stop at the first damage,
and read lines without a bound. A file of any length takes the memory of its largest page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from tracker.errors import InputError
from tracker.read.failures import ReadFailure
from tracker.read.formats import HEAD, format_of
from tracker.read.html.moments import iso_moment
from tracker.read.http import HEAD_BYTES, charset_of, decode_body, media_type, parse_headers, parse_response
from tracker.read.source import Item, Limits, Source
from tracker.read.unpacking import Budget, CutOffError
from tracker.read.warcbytes import BEGINNING, WarcBytes
from tracker.records import MetadataField

_MAX_HEAD = 65_536
_GIVE_UP = 100
"""Broken records one behind the other, before the rest of the file is left."""
_FORMATS = {
    "text/html": ("html", ("html", "feed", "gzip")),
    "application/xhtml+xml": ("html", ("html", "feed")),
    "text/plain": ("text", ("text", "html", "feed")),
    "": ("", ("html", "feed")),
    **dict.fromkeys(
        ("application/xml", "text/xml", "application/json", "application/octet-stream"), ("", ("html", "feed"))
    ),
    **dict.fromkeys(
        ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"),
        ("feed", ("feed", "html")),
    ),
}
"""Media types that are read: what they are unless their content says otherwise (nothing: they are left out), and what
that may say."""


class _BrokenError(InputError):
    """A record that is not as it should be, behind which others may be."""


def read_warc(source: Source, limits: Limits) -> Iterator[Item]:
    """The pages, texts and feeds that were answered with status 200, or are resources; all else is passed over."""
    budget = source.budget or Budget(limits.archive)
    data = WarcBytes(source.stream, budget, count=source.budget is None)
    pages = broken = in_a_row = 0
    while True:
        place = ""
        try:
            if not data.more():
                break
            place = data.place
            item = _read_record(data, source, limits, budget)
        except CutOffError as error:
            raise InputError(
                f"is cut off in the record at byte {place or data.place}: all before it was read"
            ) from error
        except InputError as error:
            if budget.spent:
                raise
            broken += 1
            in_a_row += 1
            yield ReadFailure(f"{source.origin}#{place or data.place}", str(error))
            if in_a_row == _GIVE_UP:
                raise InputError(f"given up: {in_a_row} records one behind the other are broken") from error
            if not data.recover():
                break
            continue
        in_a_row = 0
        if item is not None:
            pages += 1
            yield item
    if not pages + broken:
        raise InputError("no page in this archive: looked for answers with status 200 that are HTML, text or feeds")


def _read_record(data: WarcBytes, source: Source, limits: Limits, budget: Budget) -> Source | ReadFailure | None:
    """What the next record holds; None where that is no page. Raises InputError where the record is broken."""
    origin = f"{source.origin}#{data.place}"
    line = data.line(_MAX_HEAD)
    if not line.strip():
        return None
    if not line.startswith(BEGINNING):
        raise _BrokenError("no record begins here, where the one before ends")
    head = _head(data, line)
    written = head.get("content-length", "")
    if not written.isdecimal() or not written.isascii() or len(written) > 15:
        raise _BrokenError(f"a record without a length that is a number: {written[:20]!r}")
    block = _Block(data, int(written))
    try:
        found = _page(block, head, limits, budget)
    except InputError as error:
        if isinstance(error, CutOffError | _BrokenError) or budget.spent or block.broken:
            raise
        found = ReadFailure(origin, str(error))  # the page is strange; the record is whole
    block.pass_over()
    if found is None or isinstance(found, ReadFailure):
        return found
    body, name, charset = found
    address = head.get("warc-target-uri", "").strip("<> ")
    crawled = iso_moment(head.get("warc-date"))
    return Source(
        io.BytesIO(body),
        origin,
        name,
        charset=charset,
        url=address if address.lower().startswith(("http://", "https://")) else None,
        told=(MetadataField("crawled", crawled, "warc"),) if crawled else (),
        depth=source.depth,
        budget=budget,
    )


def _head(data: WarcBytes, line: bytes) -> dict[str, str]:
    """The headers of a record whose first line is ``line``."""
    lines = [line]
    size = len(line)
    while True:
        line = data.line(_MAX_HEAD)
        size += len(line)
        if not line:
            raise CutOffError("is cut off")
        if not line.strip():
            return parse_headers(b"".join(lines))
        if size > _MAX_HEAD:
            raise _BrokenError(f"a record whose headers have more than {_MAX_HEAD:,} bytes")
        lines.append(line)


class _Block:
    """The content of a record, which is ``left`` bytes."""

    def __init__(self, data: WarcBytes, left: int) -> None:
        self._data, self.left = data, left
        self.broken = False  # whether it could not be read to where it should end

    def take(self, size: int) -> bytes:
        """The next ``size`` bytes, or all that are left. Raises InputError where the record ends too early."""
        wanted = min(size, self.left)
        self.broken = True
        got = self._data.take(wanted)
        self._check(len(got), wanted)
        return got

    def pass_over(self) -> None:
        """Go to the end of the record."""
        self.broken = True
        self._check(self._data.skip(self.left), self.left)

    def _check(self, got: int, wanted: int) -> None:
        self.left -= got
        if got < wanted:
            if not self._data.more():
                raise CutOffError("is cut off")
            raise _BrokenError("a record that ends before its length is reached")
        self.broken = False


def _page(
    block: _Block, head: dict[str, str], limits: Limits, budget: Budget
) -> tuple[bytes, str, str | None] | ReadFailure | None:
    """Content, format and encoding of a page; None where the record holds none."""
    kind = head.get("warc-type", "").lower()
    if kind == "resource":
        written = head.get("content-type", "")
        headers: dict[str, str] = {}
        charset, media, beginning = charset_of(written), media_type(written), b""
    elif kind == "response" and media_type(head.get("content-type", "")) in ("application/http", ""):
        beginning = block.take(HEAD_BYTES)
        response = parse_response(beginning)
        if response.status != 200:
            return None
        headers, charset, media = response.headers, response.charset, response.media_type
        beginning = beginning[response.size :]
    else:
        return None
    usual, allowed = _FORMATS.get(media, (None, ()))
    if usual is None:
        return None
    if len(beginning) + block.left > limits.any:
        raise InputError(f"larger than {limits.any:,} bytes, the limit for one document (read.max_file_bytes)")
    body = decode_body(beginning + block.take(block.left), headers, limits.any)
    budget.charge(len(body))
    told = format_of(body[:HEAD])
    name = told if told in allowed else usual
    return (body, name, charset) if name and body.strip() else None
