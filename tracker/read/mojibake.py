"""Text that was decoded wrongly before it was saved: found by what it becomes when that is undone.

UTF-8 that was read as a Windows code page (``Ø§Ù„``, ``×©×œ``, ``ط§ظ„``, ``â€™``), and Arabic or Hebrew code pages
that were read as windows-1252 (``Çáã``, ``ùìåí``). Only what is certain is undone: a stretch that is valid UTF-8 in the
bytes it once was, or a text whose accented letters all stand together in words.
"""

from __future__ import annotations

import re

from tracker.read.codepages import guess_code_page

_SAMPLE = 100_000
_FEW = 4
"""Stretches, or letters, below which nothing is certain."""
_SHARE = 0.5
_ORIGINS = ("cp1252", "cp1256", "cp1255")
_C1 = {code: code for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_SUSPECTS = {
    # The first bytes of UTF-8's Arabic (D8-DB), Hebrew (D7), punctuation (E2 80) and Latin (C3) as each code page shows
    # them, and what may follow.
    "cp1252": re.compile("[ØÙÚÛ×ÃÂâ][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"),
    "cp1256": re.compile(
        "[طظع\u062e\u00e2][\u0080-\u00bf\u0152-\u0192\u02c6\u060c\u061b\u061f\u0679-\u06d2\u200c-\u203a\u20ac\u2122]"
    ),
    "cp1255": re.compile(
        "[\u05f3\u05f4][\u0080-\u00bf\u00d7\u0192\u02c6\u02dc\u05b0-\u05bf\u2013-\u203a\u20aa\u20ac\u2122]"
    ),
}
_LATIN = re.compile("[\u00c0-\u00ff]")
_OWN = re.compile("[\u0590-\u06ff]")
_RTL = re.compile("[\u05d0-\u05ea\u0621-\u064a\u067e\u0686\u06a9\u06af\u06cc]")


def _bytes_of(origin: str) -> dict[str, int]:
    table = {}
    for byte in range(0x80, 0x100):
        try:
            table[bytes((byte,)).decode(origin)] = byte
        except UnicodeDecodeError:
            table[chr(_C1.get(byte, byte))] = byte
    return table


_BYTES = {origin: _bytes_of(origin) for origin in _ORIGINS}
_STRETCHES = {origin: re.compile(f"[{re.escape(''.join(table))}]{{2,}}") for origin, table in _BYTES.items()}
"""What UTF-8's bytes above 7F look like in each code page, two and more of them."""


def mend_mojibake(text: str) -> tuple[str, str] | None:
    """``text`` put right and what had happened to it ("UTF-8 read as windows-1252"); None where nothing is wrong."""
    if text.isascii():
        return None
    sample = text[:_SAMPLE]
    for origin in _ORIGINS:
        if len(_SUSPECTS[origin].findall(sample)) >= _FEW:
            mended = _undo_utf8(text, origin)
            if mended is not None:
                return mended, f"UTF-8 read as windows-{origin[2:]}"
    if _OWN.search(sample) is None and len(_LATIN.findall(sample)) >= 10 * _FEW:
        return _undo_code_page(text)
    return None


def _undo_utf8(text: str, origin: str) -> str | None:
    """``text`` with every stretch that was UTF-8 decoded as such; None where few were, or nothing is gained."""
    table = _BYTES[origin]
    right = wrong = 0

    def undo(match: re.Match[str]) -> str:
        nonlocal right, wrong
        data = bytes(table[char] for char in match.group())
        try:
            decoded = data.decode("utf-8")
        except UnicodeDecodeError:
            decoded = _cut_short(data)
            if not decoded:
                wrong += 1
                return match.group()
        right += 1
        return decoded

    mended = _STRETCHES[origin].sub(undo, text)
    if right < _FEW or right < _SHARE * (right + wrong):
        return None
    letters = len(_RTL.findall(mended))
    before = len(_RTL.findall(text))
    if origin == "cp1256" and letters > before:  # two Arabic letters had stood for each
        return None
    return mended


def _cut_short(data: bytes) -> str:
    """Decoded, where all but a broken character at either end is UTF-8; else empty."""
    for begin in (0, 1):
        for end in (0, 1):
            try:
                return data[begin : len(data) - end].decode("utf-8") if len(data) - end - begin > 3 else ""
            except UnicodeDecodeError:
                continue
    return ""


def _undo_code_page(text: str) -> tuple[str, str] | None:
    table = _BYTES["cp1252"]
    data = bytes(table.get(char, ord(char) if char < "\x80" else 0x3F) for char in text)
    page = guess_code_page(data[:_SAMPLE])
    if page is None or page in ("windows-1252", "windows-1254"):
        return None
    return data.decode(page, "replace"), f"{page} read as windows-1252"
