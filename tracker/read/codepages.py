"""Which code page the bytes of Arabic, Hebrew, Turkish and Western texts are in, by the words they give.

Arabic and Hebrew bytes stand together in words, Western ones among ASCII letters. Hebrew letters have 27 bytes of
their own, in ISO-8859-8 and windows-1255 alike. The two Arabic code pages share only some letters: which is meant is
told by the article and by the most frequent words.
"""

from __future__ import annotations

import re

_HIGH = re.compile(rb"[\x80-\xff]+")
_BESIDE_ASCII = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_TAG = re.compile(rb"<[^<>]*+>|&#?\w{1,10};")
_HEBREW_BYTES = re.compile(rb"[\xe0-\xfa]")
_ARABIC = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]")
_OTHER_LETTERS = re.compile("[^\\W\\d_\u0590-\u06ff]")
_ARABIC_WORDS = re.compile(r"(?<!\w)(?:ال\w{2,}|في|من|على|إلى|أن|عن|إن)(?!\w)")
_IN_WORDS = 0.6
"""Share of high bytes beside another, from which they are of a script of their own."""
_BESIDE = 0.15
_STRAY = 0.01
"""Share of bytes that may be marks (a copyright sign, a dash) in text that is ASCII otherwise."""
_WESTERN = ("windows-1252", "windows-1254", "windows-1250", "windows-1257", "iso8859-15", "iso8859-2", "mac-roman")
_TURKISH = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
_ICELANDIC = re.compile(rb"[\xe1\xed\xf3\xfa\xe6]")


def guess_code_page(data: bytes) -> str | None:
    """windows-1255, windows-1256, ISO-8859-6, windows-1254 or windows-1252; None where none gives words."""
    data = _TAG.sub(b" ", data)
    stretches = _HIGH.findall(data)
    high = sum(map(len, stretches))
    if not high:
        return "windows-1252"
    if _has_own_script(data, stretches, high):
        if len(_HEBREW_BYTES.findall(data)) >= 0.9 * high:
            return "windows-1255"
        pages = [page for page in ("windows-1256", "iso-8859-6") if _arabic_share(data, page, high) >= 0.75]
        if pages:
            return max(pages, key=lambda page: _arabic_words(data, page))
        return None
    if not _BESIDE_ASCII.search(data):
        return "windows-1252" if high <= _STRAY * len(data) else None
    turkish = len(_TURKISH.findall(data))
    if turkish >= 3 and turkish >= 0.3 * high and turkish > len(_ICELANDIC.findall(data)):
        return "windows-1254"
    try:
        data.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    return "windows-1252"


def is_plausible(data: bytes, encoding: str) -> bool:
    """Whether ``data``, which is no UTF-8, can be in ``encoding``."""
    data = _TAG.sub(b" ", data)
    stretches = _HIGH.findall(data)
    high = sum(map(len, stretches))
    if not high:
        return True
    own_script = _has_own_script(data, stretches, high)
    if encoding == "windows-1255":
        return own_script and len(_HEBREW_BYTES.findall(data)) >= 0.7 * high
    if encoding in ("windows-1256", "iso-8859-6"):
        if not own_script or _arabic_share(data, encoding, high) < 0.6:
            return False
        other = "iso-8859-6" if encoding == "windows-1256" else "windows-1256"
        return 2 * _arabic_words(data, encoding) >= _arabic_words(data, other)
    if encoding in _WESTERN:
        if own_script or (encoding == "windows-1252" and guess_code_page(data) == "windows-1254"):
            return False
        return _decodes(data, encoding)
    # Any other encoding (Cyrillic, Greek, Chinese, …) is believed where all bytes have a meaning in it.
    return _decodes(data, encoding)


def _has_own_script(data: bytes, stretches: list[bytes], high: int) -> bool:
    in_words = sum(len(stretch) for stretch in stretches if len(stretch) > 1)
    beside = len(_BESIDE_ASCII.findall(data))
    return in_words >= _IN_WORDS * high and beside <= _BESIDE * len(stretches)


def _arabic_share(data: bytes, encoding: str, high: int) -> float:
    text = data.decode(encoding, "replace")
    return (len(_ARABIC.findall(text)) - len([one for one in _OTHER_LETTERS.findall(text) if one > "\x7f"])) / high


def _arabic_words(data: bytes, encoding: str) -> int:
    return len(_ARABIC_WORDS.findall(data.decode(encoding, "replace")))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return False
    return text.count("\ufffd") <= len(text) / 200
