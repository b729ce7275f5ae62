"""Which script a text is mostly in, and which script a language is written in."""

from __future__ import annotations

import re
from functools import cache

from tracker.lang import language_codes, load_pack

_SAMPLE = 1500
_SCRIPTS = {
    "Arab": re.compile("[\u0620-\u06ff]"),
    "Hebr": re.compile("[\u05d0-\u05ea]"),
    "Latn": re.compile("[A-Za-z\u00c0-\u024f]"),
    "Cyrl": re.compile("[\u0400-\u04ff]"),
    "Grek": re.compile("[\u0370-\u03ff]"),
    "Armn": re.compile("[\u0530-\u058f]"),
    "Geor": re.compile("[\u10a0-\u10ff]"),
}


def main_script(text: str) -> str:
    """The ISO 15924 code of the script of most letters in ``text``; empty for none of those that are told apart."""
    counts = {code: len(letters.findall(text, 0, _SAMPLE)) for code, letters in _SCRIPTS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else ""


@cache
def script_of(lang: str) -> str | None:
    """The script of a language that has a folder in tracker/lang, else None."""
    return load_pack(lang).language.script if lang in language_codes() else None
