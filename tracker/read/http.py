"""HTTP responses as they were recorded: status, headers, and the body as it was before it was sent."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tracker.errors import InputError

HEAD_BYTES = 65_536
"""Bytes in which the headers of a response have to end."""
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? {1,4}(\d{3})(?!\d)")
_SIZE = re.compile(rb"[ \t]{0,4}([0-9A-Fa-f]{1,15})[ \t]{0,40}(?:;[^\r\n]{0,1000})?\r?\n")


@dataclass(frozen=True, slots=True)
class Response:
    """``status``; ``headers`` by their names in small letters; ``size``: bytes up to where the body begins."""

    status: int
    headers: dict[str, str]
    size: int

    @property
    def media_type(self) -> str:
        """``text/html``, without parameters; empty where none is told."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """The encoding that the response says it is in."""
        return charset_of(self.headers.get("content-type", ""))


def charset_of(written: str) -> str | None:
    """The encoding of a Content-Type header."""
    found = _CHARSET.search(written[:1000])
    return found.group(1) if found else None


def media_type(written: str) -> str:
    """The type of a Content-Type header, in small letters."""
    return written.partition(";")[0].strip().lower()


def parse_response(beginning: bytes) -> Response:
    """The head of a response that begins with ``beginning``. Raises InputError where it has none that is whole."""
    status = _STATUS.match(beginning)
    if status is None:
        raise InputError("holds no HTTP response")
    ends = [(place, len(blank)) for blank in (b"\r\n\r\n", b"\n\n") if (place := beginning.find(blank)) >= 0]
    if not ends:
        raise InputError("the headers of its HTTP response have no end")
    place, blank = min(ends)
    return Response(int(status.group(1)), parse_headers(beginning[:place]), place + blank)


def parse_headers(head: bytes) -> dict[str, str]:
    """The headers in ``head`` by their names in small letters; the first of a name counts."""
    headers: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def decode_body(body: bytes, headers: dict[str, str], limit: int) -> bytes:
    """``body`` without chunks and compression. Raises InputError where it is broken, or more than ``limit`` bytes."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")[:4]):
        decoder = _DECODERS.get(coding.strip())
        if decoder is None:
            raise InputError(f"is encoded as {coding.strip()[:20]}, which is not read: known are gzip, deflate and br")
        body = decoder(body, limit + 1)
        if len(body) > limit:
            raise InputError(f"larger than {limit:,} bytes, the limit for one document (read.max_file_bytes)")
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of ``body`` as one; ``body`` itself where it has none, because it was put together before."""
    parts: list[bytes] = []
    place = 0
    while True:
        size = _SIZE.match(body, place)
        if size is None:
            if not parts:
                return body
            raise InputError("its chunks are broken, or it is cut off")
        length = int(size.group(1), 16)
        if not length:
            return b"".join(parts)
        begin, end = size.end(), size.end() + length
        if end > len(body):
            raise InputError("its chunks are broken, or it is cut off")
        parts.append(body[begin:end])
        place = end + (2 if body.startswith(b"\r\n", end) else 1)


def _gunzip(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body  # unpacked before it was recorded
    return _inflate(body, limit, 16 + zlib.MAX_WBITS)


def _deflate(body: bytes, limit: int) -> bytes:
    try:
        return _inflate(body, limit, zlib.MAX_WBITS)
    except InputError:  # some servers leave the wrapper out
        return _inflate(body, limit, -zlib.MAX_WBITS)


def _inflate(body: bytes, limit: int, bits: int) -> bytes:
    unpacker = zlib.decompressobj(bits)
    try:
        data = unpacker.decompress(body, limit)
    except zlib.error as error:
        raise InputError("its compressed content is broken") from error
    if not unpacker.eof and len(data) < limit:
        raise InputError("its compressed content is cut off")
    return data


def _unbrotli(body: bytes, limit: int) -> bytes:
    try:
        import brotli
    except ImportError as error:
        raise InputError("is encoded as br: install brotli to read it (pip install 'tracker[brotli]')") from error
    unpacker = brotli.Decompressor()
    try:
        parts = [unpacker.process(body, output_buffer_limit=limit)]
        while not unpacker.is_finished() and sum(map(len, parts)) < limit and not unpacker.can_accept_more_data():
            parts.append(unpacker.process(b"", output_buffer_limit=limit))
    except brotli.error as error:
        raise InputError("its compressed content is broken") from error
    if not unpacker.is_finished() and sum(map(len, parts)) < limit:
        raise InputError("its compressed content is cut off")
    return b"".join(parts)


def _as_it_is(body: bytes, limit: int) -> bytes:
    return body


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "": _as_it_is,
    "identity": _as_it_is,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
