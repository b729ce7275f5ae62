"""Archives: what is packed with gzip, and the members of ZIP archives, each as a Source of its own.

Nothing is written to the disk under a name of the archive's; a ZIP archive that comes through a pipe or out of another
one is kept in a nameless file while it is read, because its list of members stands at its end.
"""

from __future__ import annotations

import contextlib
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath, PurePosixPath
from typing import BinaryIO, cast

from tracker.errors import InputError
from tracker.read.failures import ReadFailure
from tracker.read.formats import SUFFIXES, is_known
from tracker.read.savedpages import is_in_companion
from tracker.read.source import Item, Limits, Source
from tracker.read.unpacking import CHUNK, Budget, GzipMembers, stream_of, unzipped

MAX_DEPTH = 2
"""Archives inside each other that are opened."""
_MAX_DIRECTORY = 32_000_000
"""Bytes of the list of members of a ZIP archive: some 300,000 of them. It is held in memory, many times as large."""
_MAX_KEPT = 2_000_000_000
"""Bytes of a ZIP archive that is kept in a file while it is read."""
_METHODS = {
    zipfile.ZIP_BZIP2: "bzip2",
    zipfile.ZIP_LZMA: "LZMA",
    9: "Deflate64",
    93: "Zstandard",
    95: "XZ",
    98: "PPMd",
}
"""Ways to pack that are not read: Python unpacks some of them without any bound on the memory it takes."""
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "\ufffd")


def read_gzip(source: Source, limits: Limits) -> Iterator[Item]:
    """What is packed in a gzip file, under its name without ``.gz``."""
    _check_depth(source)
    budget = source.budget or Budget(limits.archive)
    members = GzipMembers(source.stream, budget, count=source.budget is None)
    path = PurePath(source.name)
    yield Source(
        unzipped(members),
        source.origin,
        "auto" if source.format == "gzip" else source.format,
        path.stem if path.suffix.lower() == ".gz" else source.name,
        charset=source.charset,
        url=source.url,
        depth=source.depth + 1,
        budget=budget,
    )


def read_zip(source: Source, limits: Limits) -> Iterator[Item]:
    """The members of a ZIP archive in order of their names, as of a folder; those that cannot be read as failures."""
    _check_depth(source)
    with contextlib.ExitStack() as opened:
        stream = source.stream
        if not stream.seekable():
            stream = _kept(stream, opened.enter_context(_nameless(limits)))
        try:
            archive = opened.enter_context(zipfile.ZipFile(cast(BinaryIO, _Bounded(stream))))
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise InputError(f"is no ZIP archive that can be read, or cut off: {error}") from error
        budget = source.budget or Budget(limits.archive, stream.seek(0, 2))
        members = _members(archive)
        if not members:
            raise InputError(f"no documents in this archive: looked for {', '.join(sorted(SUFFIXES))}")
        for name, member in members:
            yield _opened(archive, member, name, source, budget)
            if budget.spent:
                raise InputError("given up: what comes behind the member named last is not read")


def _members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Name and entry of each member that is a document, in order of the names."""
    named = sorted(((_name(one), one) for one in archive.infolist() if not one.is_dir()), key=lambda pair: pair[0])
    if any(name == "[Content_Types].xml" for name, _ in named):
        raise InputError("is an Office document, not an archive of pages: save it as text or HTML")
    names = frozenset(name.lower() for name, _ in named)
    found = []
    for name, one in named:
        parts = PurePosixPath(name).parts
        hidden = any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
        link = stat.S_ISLNK(one.external_attr >> 16)
        if not hidden and not link and is_known(name) and not is_in_companion(name, names):
            found.append((name, one))
    return found


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name, in UTF-8 also where the archive forgot to say so, without control characters."""
    name = member.filename.replace("\\", "/")
    if not member.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.translate(_CONTROL)


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, source: Source, budget: Budget) -> Item:
    origin = f"{source.origin}!/{name}"
    if member.flag_bits & 1:
        return ReadFailure(origin, "is encrypted: unpack the archive with its password, and read the folder")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        method = _METHODS.get(member.compress_type, str(member.compress_type))
        return ReadFailure(origin, f"is packed with {method}, which is not read: pack it with Deflate, or unpack it")
    try:
        packed = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        return ReadFailure(origin, f"is broken in the archive: {error}")

    def piece(size: int) -> bytes:
        try:
            data = packed.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            reason = str(error) or "its packed data ends too early"
            raise InputError(f"is broken in the archive: {reason}") from error
        budget.charge(len(data))
        return data

    inner = "auto" if source.format == "zip" else source.format
    return Source(stream_of(piece), origin, inner, PurePosixPath(name).name, depth=source.depth + 1, budget=budget)


def _check_depth(source: Source) -> None:
    if source.depth >= MAX_DEPTH:
        raise InputError(f"an archive inside {MAX_DEPTH} others is not opened: unpack the outer ones first")


def _nameless(limits: Limits) -> BinaryIO:
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=limits.any))


def _kept(stream: BinaryIO, copy: BinaryIO) -> BinaryIO:
    """``copy``, which can be read from any place, with all that is in ``stream``."""
    size = 0
    while data := stream.read(CHUNK):
        size += len(data)
        if size > _MAX_KEPT:
            raise InputError(f"a ZIP archive of more than {_MAX_KEPT:,} bytes has to be a file of its own")
        copy.write(data)
    copy.seek(0)
    return copy


class _Bounded:
    """A file of which no more than a directory of fair size is read at once: its size is what the archive says."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable, self.close = stream.seek, stream.tell, stream.seekable, stream.close

    def read(self, size: int = -1) -> bytes:
        if size > _MAX_DIRECTORY:
            raise InputError(f"its list of members has more than {_MAX_DIRECTORY:,} bytes: divide the archive")
        return self._stream.read(size)
