"""Folding for comparison, invisible characters and bidi marks. Nothing here changes what is stored.

Folding makes two spellings of one word equal: case, Arabic diacritics, tatweel, hamza and alef forms, ya and alef
maqsura, ta marbuta, Hebrew points and final letters, gershayim and quotation marks, Arabic-Indic and Persian digits.
"""

from __future__ import annotations

import re
import unicodedata

TATWEEL = "\u0640"
FIRST_STRONG_ISOLATE = "\u2068"
RIGHT_TO_LEFT_ISOLATE = "\u2067"
POP_ISOLATE = "\u2069"

_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه",
    "ک": "ك", "ھ": "ه", "ہ": "ه", "ء": "",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "’": "'", "‘": "'", "ʼ": "'", "׳": "'", "`": "'", "´": "'", "״": '"', "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"', "־": "-", "–": "-", "—": "-", "‑": "-", "،": ",", "؛": ";", "؟": "?", "٫": ".", "٬": ",", "٪": "%",
}  # fmt: skip


class _FoldTable(dict[int, str]):
    """What each code point folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category in ("Mn", "Cf") or char == TATWEEL:
            folded = ""
        elif category == "Nd":
            folded = str(unicodedata.digit(char))
        elif char in _LETTERS:
            folded = _LETTERS[char]
        elif 0xC0 <= code < 0x250 or 0xFB00 <= code < 0xFF00:
            base = unicodedata.normalize("NFKD", char)
            folded = "".join(_LETTERS.get(part, part) for part in base if unicodedata.category(part) != "Mn").casefold()
        else:
            folded = char.casefold()
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """``text`` in the form in which spellings are compared; its length may differ."""
    if text.isascii():
        return text.lower()
    return text.translate(_TABLE)


def without_surrogates(text: str) -> str:
    """``text`` with U+FFFD for each half of a surrogate pair, which is no character and cannot be encoded."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
