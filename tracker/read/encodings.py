"""Bytes to text, by byte order mark, by being valid UTF-8, else by which Windows code page makes words of one script.

Line ends become ``\\n`` here, once; from then on the text is never altered.
"""

from __future__ import annotations

import codecs
import re

from tracker.errors import InputError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
"""Bytes that are looked at to tell the encoding."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_BESIDE_ASCII = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_HEBREW_BYTES = re.compile(rb"[\xe0-\xfa]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]")
_BAD_SHARE = 0.002
"""Share of broken sequences up to which text is still UTF-8, read with replacement characters."""


def decode(data: bytes) -> str:
    """The text of ``data``, without byte order mark, lines ended by ``\\n``. Raises InputError where it is no text."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_exactly(data[len(mark) :], encoding))
    if b"\x00" in data[:_SAMPLE]:
        return _checked(_utf16_without_mark(data))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    if broken <= max(1, _BAD_SHARE * len(replaced)) and len(replaced) < len(data):
        return _checked(replaced)
    return _checked(_code_page(data))


def _checked(text: str) -> str:
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > len(text[:_SAMPLE]) / 200:
        raise InputError("this is no text: it holds binary data")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _exactly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"begins as {encoding.upper()}, but byte {error.start} is not: save it as UTF-8") from error


def _utf16_without_mark(data: bytes) -> str:
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        sample = data[:_SAMPLE]
        zeros, others = sample[zero::2].count(0), sample[1 - zero :: 2].count(0)
        if len(data) % 2 == 0 and others == 0 and zeros:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise InputError("this is no text: it holds binary data (NUL bytes)")


def _code_page(data: bytes) -> str:
    """Windows-1255, -1256 or -1252: which one gives words of one script."""
    sample = data[:_SAMPLE]
    stretches = _HIGH.findall(sample)
    high = sum(map(len, stretches))
    in_words = sum(len(stretch) for stretch in stretches if len(stretch) > 1)
    beside = len(_BESIDE_ASCII.findall(sample))
    other_script = in_words >= 0.6 * high and beside <= 0.15 * len(stretches)
    if other_script and len(_HEBREW_BYTES.findall(sample)) >= 0.9 * high:
        return data.decode("windows-1255", "replace")
    if other_script:
        text = data.decode("windows-1256")
        if len(_ARABIC.findall(text[:_SAMPLE])) >= 0.75 * high:
            return text
    elif beside:
        try:
            return data.decode("windows-1252")
        except UnicodeDecodeError:
            pass
    raise InputError(
        "cannot tell its encoding (not UTF-8, UTF-16, windows-1256, windows-1255 or windows-1252): save it as UTF-8"
    )
