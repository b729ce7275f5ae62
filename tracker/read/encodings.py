"""Bytes to text: byte order mark, UTF-8, then the encoding that is declared, if the bytes bear it out, else a guess.

A declared encoding is only a claim. Browsers read ``iso-8859-1`` as windows-1252 and so does this (the labels are those
of the WHATWG Encoding Standard); where the words it gives are of no script, the code page that gives words of one
script is taken instead, and that is told. Line ends become ``\\n`` here, once; from then on the text is never altered.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from tracker.errors import InputError
from tracker.read.codepages import guess_code_page, is_plausible
from tracker.read.mojibake import mend_mojibake
from tracker.records import Diagnostic

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
"""Bytes that are looked at to tell the encoding."""
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_BAD_SHARE = 0.002
"""Share of broken sequences up to which text is still UTF-8, read with replacement characters."""
_LABELS = {
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-user-defined": "windows-1252",
    "visual": "iso-8859-8",
    "logical": "iso-8859-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "csiso88598i": "iso-8859-8",
    "csiso88598e": "iso-8859-8",
    "dos-862": "cp862",
    "dos-720": "cp720",
    "asmo-708": "iso-8859-6",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "x-cp1252": "windows-1252",
    "x-cp1255": "windows-1255",
    "x-cp1256": "windows-1256",
    "iso-8859-9": "windows-1254",
    "latin5": "windows-1254",
}
_COMMON = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-8": "windows-1255",
    "iso8859-6": "iso-8859-6",
    **{f"cp{number}": f"windows-{number}" for number in range(1250, 1259)},
}
"""What Python's names are called on pages. Browsers read the Windows code page that has all of an ISO one's letters,
and so does this; windows-1255 has vowel points besides."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text``; the name of the ``encoding`` it was in; and what was strange about it."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes) -> str:
    """The text of ``data``, without byte order mark, lines ended by ``\\n``. Raises InputError where it is no text."""
    return decode_page(data).text


def decode_page(data: bytes, *declared: str | None) -> Decoded:
    """The text of ``data`` and how it was found. Raises InputError where it is no text.

    ``declared`` are labels, the most trusted first (HTTP before the page's own).
    """
    labels = [name for label in declared if label and (name := find_codec(label)) is not None]
    text, encoding = _read(data, labels)
    said = labels[0] if labels else None
    diagnostics = []
    if said is not None and not text.isascii() and codecs.lookup(said) != codecs.lookup(encoding):
        message = f"declared as {said}, read as {encoding}, which its letters bear out"
        diagnostics.append(Diagnostic("encoding-mislabelled", message))
    text = _checked(text)
    mended = mend_mojibake(text)
    if mended is not None:
        text, history = mended
        diagnostics.append(Diagnostic("mojibake-undone", f"letters had been garbled before ({history}); put right"))
    return Decoded(text, encoding, tuple(diagnostics))


def wide_encoding(head: bytes) -> str | None:
    """The encoding of ``head`` where its characters are of two or four bytes each (UTF-16, UTF-32); else None."""
    mark = next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), None)
    if mark is not None:
        return None if mark == "utf-8" else mark[:6]  # without its end, so that the codec takes the mark away
    if head[:_SAMPLE].count(0) * 40 > len(head[:_SAMPLE]):  # fewer are dirt: spaces and line ends alone make more
        try:
            return _utf16_without_mark(head[: len(head) // 2 * 2])[1]
        except InputError:
            return None
    return None


def find_codec(label: str) -> str | None:
    """The usual name of the encoding that ``label`` stands for in pages; None for none that is known."""
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        b"a".decode(name)
    except UnicodeError:
        pass  # half a character
    except (LookupError, ValueError):  # no such encoding, or one that is none of text (hex, zip)
        return None
    return _COMMON.get(name, name)


def _read(data: bytes, labels: list[str]) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _exactly(data[len(mark) :], encoding), encoding
    if b"\x00" in data[:_SAMPLE]:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    if broken <= max(1, _BAD_SHARE * len(replaced)) and len(replaced) < len(data):
        return replaced, "utf-8"
    for label in labels:
        if not label.startswith("utf") and is_plausible(data[:_SAMPLE], label):
            return data.decode(label, "replace"), label
    guessed = guess_code_page(data[:_SAMPLE])
    if guessed is None:
        raise InputError(
            "cannot tell its encoding (not UTF-8, UTF-16, windows-1256, windows-1255 or windows-1252): save it as UTF-8"
        )
    return data.decode(guessed, "replace"), guessed


def _checked(text: str) -> str:
    sample = text[:_SAMPLE].encode("utf-8", "replace")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(text[:_SAMPLE]) / 200:
        raise InputError("this is no text: it holds binary data")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _exactly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"begins as {encoding.upper()}, but byte {error.start} is not: save it as UTF-8") from error


def _utf16_without_mark(data: bytes) -> tuple[str, str]:
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        sample = data[:_SAMPLE]
        zeros, others = sample[zero::2].count(0), sample[1 - zero :: 2].count(0)
        if len(data) % 2 == 0 and others == 0 and zeros:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    raise InputError("this is no text: it holds binary data (NUL bytes)")
