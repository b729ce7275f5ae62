"""MIME messages, as mails and saved pages (MHTML) are: their headers, and their parts one after another.

Only headers go through the ``email`` package: its parser of bodies takes time in proportion to lines times nesting, its
parser of header values the square of their length. Bodies are cut here, by search, a few levels deep; broken ones give
what there is.
"""

from __future__ import annotations

import binascii
import quopri
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from tracker.errors import InputError
from tracker.read.encodings import decode_page, find_codec

_MAX_DEPTH = 8
_MAX_PARTS = 1000
_MAX_HEAD = 100_000
"""Bytes of headers; mails that went through many hands have some 20,000."""
_MAX_VALUE = 4000
"""Characters of one header that are looked at."""
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


@dataclass(frozen=True, slots=True)
class Part:
    """A message, or a part of one: its headers and its body as it is written."""

    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """Its media type in small letters: ``text/html``."""
        return self.headers.get_content_type()

    @property
    def is_attachment(self) -> bool:
        """Whether it is to be saved, not shown."""
        return str(self.headers.get("content-disposition", "")).strip().lower().startswith("attachment")

    def param(self, name: str) -> str | None:
        """A parameter of its Content-Type."""
        value = self.headers.get_param(name)
        if isinstance(value, tuple):  # RFC 2231: charset, language, value
            value = value[2]
        return value if isinstance(value, str) else None

    def header(self, name: str) -> str:
        """The value of a header, decoded, on one line; empty where there is none."""
        wanted = name.lower()
        found = (value for key, value in self.headers.raw_items() if key.lower() == wanted)
        return " ".join(_decoded(str(next(found, ""))).split())

    def content(self) -> bytes:
        """Its body as it was before it was encoded for the mail."""
        encoding = str(self.headers.get("content-transfer-encoding", "")).strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding == "base64":
            letters = self.body.translate(None, _NOT_BASE64)
            return binascii.a2b_base64(letters[: len(letters) - len(letters) % 4] + _padded(letters))
        return self.body


def split_address(written: str) -> tuple[str, str]:
    """Name and address of one person: ``Name <a@b>``, ``a@b (Name)``, or either alone."""
    # parseaddr of the email package calls itself for every bracket.
    name, bracket, rest = written.rpartition("<")
    if bracket:
        address = rest.partition(">")[0]
    else:
        address, _, name = written.partition("(")
        name = name.rstrip(") ")
        if "@" not in address:
            address, name = "", name or address
    return name.strip(" \t\"'"), address.strip()


def parse_message(data: bytes) -> Part:
    """The message that ``data`` is. Raises InputError where it does not begin with headers."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if data.startswith(b"From "):  # the line that mailboxes put before a message
        data = data.partition(b"\n")[2]
    part = _parse(data)
    if not part.headers.keys():
        raise InputError("is no message: it does not begin with headers")
    return part


def leaves(part: Part) -> Iterator[Part]:
    """The parts of ``part`` that are not made of parts, in order; attached messages are not opened."""
    return _leaves(part, 0, iter(range(_MAX_PARTS)))


def _leaves(part: Part, depth: int, room: Iterator[int]) -> Iterator[Part]:
    """``room`` has an item for each part that may still be looked at, with or without parts of its own."""
    boundary = part.param("boundary") if part.kind.startswith("multipart/") else None
    if not boundary or depth == _MAX_DEPTH:
        yield part
        return
    pieces = _pieces(part.body, boundary.encode("utf-8", "surrogateescape").rstrip())
    for piece, _ in zip(pieces, room, strict=False):
        yield from _leaves(_parse(piece), depth + 1, room)


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the lines that ``boundary`` makes; where the last of these is missing, up to the end."""
    delimiter = b"\n--" + boundary
    body = b"\n" + body
    start = -1
    place = body.find(delimiter)
    while place >= 0:
        end = body.find(b"\n", place + len(delimiter))
        line = body[place + len(delimiter) : end if end >= 0 else len(body)].strip()
        if line in (b"", b"--"):
            if start >= 0:
                yield body[start:place].removesuffix(b"\r")
            if line or end < 0:
                return
            start = end + 1
        place = body.find(delimiter, end) if end >= 0 else -1
    if start >= 0:
        yield body[start:]


def _parse(data: bytes) -> Part:
    if data.startswith((b"\n", b"\r\n")):
        return Part(Message(), data.partition(b"\n")[2])
    ends = [(place, len(blank)) for blank in (b"\r\n\r\n", b"\n\n", b"\r\r") if (place := data.find(blank)) >= 0]
    place, blank = min(ends, default=(len(data), 0))
    if place > _MAX_HEAD:
        raise InputError(f"is no message: its headers have more than {_MAX_HEAD:,} bytes")
    written = BytesHeaderParser(policy=compat32).parsebytes(data[:place])
    headers = Message()
    for name, value in written.raw_items():
        headers[name] = str(value)[:_MAX_VALUE]
    return Part(headers, data[place + blank :])


def _padded(letters: bytes) -> bytes:
    rest = letters[len(letters) - len(letters) % 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _decoded(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) decoded, and raw bytes as what their letters are."""
    if not value.isascii():
        data = value.encode("ascii", "surrogateescape")
        try:
            value = decode_page(data).text
        except InputError:
            value = data.decode("utf-8", "replace")
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):  # base64 that is none
        return value
    return "".join(_text(piece, charset) for piece, charset in pieces)


def _text(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    codec = find_codec(charset) if charset else "raw-unicode-escape"  # in which the package hands out what is plain
    return piece.decode(codec or "utf-8", "replace")
