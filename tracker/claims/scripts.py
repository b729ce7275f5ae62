"""Which language's tables a claim and each of its words are read with."""

from __future__ import annotations

from functools import lru_cache

from tracker.lang import language_codes, load_pack

_BLOCKS = (
    ("Latn", 0x41, 0x24F),
    ("Hebr", 0x590, 0x5FF),
    ("Arab", 0x600, 0x6FF),
    ("Arab", 0x750, 0x77F),
    ("Latn", 0x1E00, 0x1EFF),
    ("Hebr", 0xFB1D, 0xFB4F),
    ("Arab", 0xFB50, 0xFDFF),
    ("Arab", 0xFE70, 0xFEFF),
)
CASED = frozenset(("Latn",))
"""Scripts with capitals: names, days and months are written with one, so that "march" is none."""
_SAMPLE = 400


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The script of a letter (ISO 15924), empty where it is none of those the tables know."""
    code = ord(char)
    for script, first, last in _BLOCKS:
        if first <= code <= last:
            return script
    return ""


@lru_cache(maxsize=1)
def comparable_languages() -> tuple[str, ...]:
    """Codes of the languages that bring words.toml: those whose texts can be compared."""
    return tuple(code for code in language_codes() if load_pack(code).words.stop)


@lru_cache(maxsize=1)
def script_languages() -> dict[str, str]:
    """Script -> the language whose tables are used for it where nothing else is known."""
    languages: dict[str, str] = {}
    for code in comparable_languages():
        languages.setdefault(load_pack(code).language.script, code)
    return languages


def language_of(text: str) -> str:
    """The comparable language that most letters of ``text`` speak for, by script alone; ``und`` where none does."""
    counts: dict[str, int] = {}
    for char in text[:_SAMPLE]:
        if char.isalpha():
            script = script_of(char)
            counts[script] = counts.get(script, 0) + 1
    counts.pop("", None)
    if not counts:
        return "und"
    return script_languages().get(max(counts, key=lambda script: counts[script]), "und")
