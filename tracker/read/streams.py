"""Streams of bytes of which the beginning has been read already, and their lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

_SKIPPED = 65_536


class Joined(io.RawIOBase):
    """``head``, then what is left of ``stream``."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = io.BytesIO(head), stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as one read goes."""
        view = memoryview(buffer).cast("B")
        data = self.head.read(len(view)) or self.stream.read(len(view)) or b""
        view[: len(data)] = data
        return len(data)


def bounded_lines(text: TextIO, most: int) -> Iterator[str | None]:
    """The lines of ``text`` with their ends; None for each that is longer than ``most`` characters."""
    while line := text.readline(most + 1):
        if len(line) > most and not line.endswith(("\n", "\r")):
            while line and not line.endswith(("\n", "\r")):
                line = text.readline(_SKIPPED)
            yield None
        else:
            yield line
