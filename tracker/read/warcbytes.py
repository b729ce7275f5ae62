"""The bytes of a WARC file in order, packed with gzip or not, and where in the file they stand."""

from __future__ import annotations

import re
from typing import BinaryIO

from tracker.errors import InputError
from tracker.read.unpacking import CHUNK, GZIP_MAGIC, Budget, CutOffError, GzipMembers, look

VERSION = re.compile(rb"WARC/\d\.\d{1,2}[ \t]{0,4}\r?\n")
BEGINNING = b"WARC/"


class WarcBytes:
    """Reads forward; holds one piece of the file at a time, which is of one gzip member."""

    def __init__(self, stream: BinaryIO, budget: Budget, *, count: bool) -> None:
        head, self._stream = look(stream, len(GZIP_MAGIC))
        self._budget, self._count = budget, count
        self._members = GzipMembers(self._stream, budget, count=count) if head == GZIP_MAGIC else None
        self._piece = b""
        self._pos = 0
        self._end = 0  # where the piece ends, in the file or the member
        self._broken = False

    @property
    def place(self) -> str:
        """Where in the file the next byte stands; in a packed one its member, and where in that unless it begins it."""
        inside = self._end - len(self._piece) + self._pos
        if self._members is None:
            return str(inside)
        return f"{self._members.start}+{inside}" if inside else str(self._members.start)

    def more(self) -> bool:
        """Whether anything follows. Raises InputError where that is packed and broken or cut off."""
        if self._pos < len(self._piece):
            return True
        self._pos, self._piece = 0, b""
        self._piece = self._next_piece()
        self._end += len(self._piece)
        return bool(self._piece)

    def _next_piece(self) -> bytes:
        members = self._members
        if members is None:
            data = self._stream.read(CHUNK)
            if self._count:
                self._budget.packed += len(data)
            return data
        try:
            while True:
                data = members.piece(CHUNK) if members.start >= 0 else b""
                if data or not members.open_next():
                    return data
                self._end = 0
        except CutOffError:
            raise
        except InputError:
            self._broken = True
            raise

    def line(self, limit: int) -> bytes:
        """The next line with its end; ``limit`` bytes of it, where it is longer."""
        parts: list[bytes] = []
        while limit > 0 and self.more():
            end = self._piece.find(b"\n", self._pos, self._pos + limit) + 1
            part = self._piece[self._pos : end or self._pos + limit]
            self._pos += len(part)
            limit -= len(part)
            parts.append(part)
            if end:
                break
        return b"".join(parts)

    def take(self, size: int) -> bytes:
        """The next ``size`` bytes of a record; fewer where the file ends, or the next packed record begins."""
        parts: list[bytes] = []
        while size > 0 and self._more_of_record():
            part = self._piece[self._pos : self._pos + size]
            self._pos += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over as many bytes as ``take`` would give, and say how many."""
        left = size
        while left > 0 and self._more_of_record():
            step = min(left, len(self._piece) - self._pos)
            self._pos += step
            left -= step
        return size - left

    def _more_of_record(self) -> bool:
        if not self.more():
            return False
        begins = self._members is not None and self._pos == 0 and self._end == len(self._piece)
        return not (begins and self._piece.startswith(BEGINNING))

    def recover(self) -> bool:
        """Go to where the next record seems to begin; False where none does."""
        if self._broken:
            self._broken, self._piece, self._pos, self._end = False, b"", 0, 0
            return self._members is not None and self._members.find_next(BEGINNING)
        while line := self.line(CHUNK):
            if VERSION.fullmatch(line):
                self._piece, self._pos = line + self._piece[self._pos :], 0
                return True
        return False
