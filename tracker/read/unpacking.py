"""What is packed by gzip as a stream, and a budget for all that is unpacked, so that no archive grows without measure.

What an archive says about its sizes is not believed: bytes are counted as they come out.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from tracker.errors import InputError

MAX_RATIO = 200
"""How many times its size an archive may unpack to. News pages come to 5 or 10, bombs to 1,000 and more."""
_FREE = 10_000_000
"""Bytes that may come out of any archive, be it ever so small."""
CHUNK = 65_536
_HEADER = 1024
"""Bytes in which a gzip header and the first bytes of what is packed are found."""
_MAX_TRIALS = 100_000
"""Places behind a broken member at which the next may seem to begin."""
_GZIP = 16 + zlib.MAX_WBITS
GZIP_MAGIC = b"\x1f\x8b\x08"


class CutOffError(InputError):
    """What is read ends too early; nothing comes behind it."""


class Budget:
    """Counts what goes into and comes out of an archive and all archives inside it; ``most`` is what may come out."""

    def __init__(self, most: int, packed: int = 0) -> None:
        self.most, self.packed, self.unpacked = most, packed, 0
        self.spent = False

    def charge(self, size: int) -> None:
        """Note ``size`` bytes that came out. Raises InputError where they are too many."""
        self.unpacked += size
        if self.unpacked > self.most:
            self.spent = True
            raise InputError(f"unpacks to more than {self.most:,} bytes, the limit for an archive ({_SETTING})")
        if self.unpacked > _FREE and self.unpacked > MAX_RATIO * self.packed:
            self.spent = True
            raise InputError(f"unpacks to more than {MAX_RATIO} times its size, as news never does: not read further")


_SETTING = "read.max_archive_bytes"


class GzipMembers:
    """The unpacked bytes of a gzip file, which is one member or several, one behind the other.

    ``start`` is where in the file the member begins that is being unpacked. ``count``: the budget counts what goes in.
    """

    def __init__(self, stream: BinaryIO, budget: Budget, *, count: bool) -> None:
        self._stream, self._budget, self._count = stream, budget, count
        self._raw = b""
        self._end = 0  # where in the file _raw ends
        self._unpacker = zlib.decompressobj(_GZIP)
        self._fed = b""  # what was fed last, of the member that is being unpacked
        self.start = -1

    def open_next(self) -> bool:
        """Go to the next member; False at the end. Zeros, and anything else behind a whole member, end the file."""
        self._fill(len(GZIP_MAGIC))
        if not self._raw.startswith(GZIP_MAGIC):
            if self.start < 0:
                raise InputError("is no gzip file" if self._raw else "is empty")
            return False
        self._open()
        return True

    def piece(self, size: int) -> bytes:
        """Up to ``size`` bytes of the member; none at its end. Raises InputError where it is broken, or cut off."""
        while not self._unpacker.eof:
            self._fill(1)
            fed, self._raw = self._raw, b""
            if not fed:
                raise CutOffError("is cut off: its packed data ends too early")
            try:
                data = self._unpacker.decompress(fed, size)
            except zlib.error as error:
                self._fed = fed
                raise InputError(f"is broken: its packed data cannot be unpacked ({_reason(error)})") from error
            self._raw = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            if data:
                self._budget.charge(len(data))
                return data
        return b""

    def find_next(self, beginning: bytes) -> bool:
        """Behind a broken member, go to the next whose content has that ``beginning``; False where there is none."""
        # What was fed to the broken member may hold whole ones behind its damage, but not at its first byte.
        skip = 1 if self._end - len(self._fed) <= self.start else 0
        self._raw, self._fed = self._fed[skip:], b""
        tried = 0
        while tried < _MAX_TRIALS:
            self._fill(CHUNK)
            place = self._raw.find(GZIP_MAGIC)
            while place >= 0 and not unpacks_to(self._raw[place : place + _HEADER], beginning):
                place = self._raw.find(GZIP_MAGIC, place + 1)
                tried += 1
            if place >= 0:
                self._raw = self._raw[place:]
                self._open()
                return True
            if len(self._raw) < CHUNK:
                return False
            self._raw = self._raw[1 - _HEADER :]
        return False

    def _open(self) -> None:
        self.start = self._end - len(self._raw)
        self._unpacker = zlib.decompressobj(_GZIP)

    def _fill(self, size: int) -> None:
        """Read until there are ``size`` bytes to unpack, or the file ends."""
        while len(self._raw) < size:
            more = self._stream.read(CHUNK)
            if not more:
                return
            self._end += len(more)
            if self._count:
                self._budget.packed += len(more)
            self._raw += more


def unpacks_to(packed: bytes, beginning: bytes) -> bool:
    """Whether what gzip packed as ``packed`` has that ``beginning``."""
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, len(beginning)) == beginning
    except zlib.error:
        return False


def _reason(error: zlib.error) -> str:
    return str(error).rpartition(": ")[2]


def unzipped(members: GzipMembers) -> BinaryIO:
    """All that ``members`` hold as one stream."""

    def piece(size: int) -> bytes:
        while True:
            data = members.piece(size) if members.start >= 0 else b""
            if data or not members.open_next():
                return data

    return stream_of(piece)


def look(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first ``size`` bytes of ``stream``, and a stream that begins with them."""
    if stream.seekable():
        place = stream.tell()
        head = stream.read(size)
        stream.seek(place)
        return head, stream
    head = stream.read(size)
    begun = io.BytesIO(head)
    return head, stream_of(lambda most: begun.read(most) or stream.read(most))


def stream_of(piece: Callable[[int], bytes]) -> BinaryIO:
    """The stream of what ``piece`` gives: up to so many bytes as it is asked for, none at the end."""
    return cast(BinaryIO, io.BufferedReader(_Pieces(piece), CHUNK))


class _Pieces(io.RawIOBase):
    def __init__(self, piece: Callable[[int], bytes]) -> None:
        self._piece = piece

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12's
        data = self._piece(len(buffer))
        buffer[: len(data)] = data
        return len(data)
