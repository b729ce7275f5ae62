"""Scripts: which one a letter belongs to, and where a line changes from one to another.

Only letters have a script. Digits, marks, punctuation, white space and symbols are neutral: they go with the letters
around them. Everything here is one pass over the text by regular expressions without nested repetition.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LATIN = "A-Za-zªºµÀ-ÖØ-öø-ʯḀ-ỿⱠ-ⱿꜢ-ꞿﬀ-ﬆＡ-Ｚａ-ｚ\U0001d400-\U0001d7cb"
ARABIC = (
    "\u0620-\u064a\u066e-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08c9"
    "\ufb50-\ufd3d\ufd50-\ufdf1\ufe70-\ufefc"
)
HEBREW = "\u05d0-\u05ea\u05ef-\u05f2\ufb1d-\ufb4f"
_NEUTRAL = r"\W\d_²³¹¼-¾ʰ-˿⁰-₟⅐-↏①-⓿㉈-㉟㊱-㊿"

_OTHER_RANGES = (
    ("Cyrl", 0x0400, 0x052F),
    ("Grek", 0x0370, 0x03FF),
    ("Grek", 0x1F00, 0x1FFF),
    ("Armn", 0x0531, 0x058F),
    ("Armn", 0xFB13, 0xFB17),
    ("Geor", 0x10A0, 0x10FF),
    ("Geor", 0x1C90, 0x1CBF),
    ("Deva", 0x0900, 0x097F),
    ("Ethi", 0x1200, 0x139F),
    ("Thai", 0x0E00, 0x0E7F),
    ("Kore", 0x1100, 0x11FF),
    ("Kore", 0xAC00, 0xD7AF),
    ("Jpan", 0x3040, 0x30FF),
    ("Hans", 0x3400, 0x9FFF),
    ("Hans", 0x20000, 0x323AF),
)
UNKNOWN = "Zzzz"

_OTHER = f"^{LATIN}{ARABIC}{HEBREW}{_NEUTRAL}"
_RUN = re.compile(
    "|".join(f"[{letters}]++(?:[{_NEUTRAL}]++[{letters}]++)*+" for letters in (LATIN, ARABIC, HEBREW, _OTHER))
)
_WORD = re.compile(rf"[^{_NEUTRAL}][^\s_\d.,!?…؟،؛;:/()\[\]«»“”\"]*")
SOME_LATIN = re.compile(f"[{LATIN}]")
SOME_ARABIC = re.compile(f"[{ARABIC}]")
SOME_HEBREW = re.compile(f"[{HEBREW}]")
SOME_OTHER = re.compile(f"[{_OTHER}]")
_SOME = (("Arab", SOME_ARABIC), ("Hebr", SOME_HEBREW), ("Latn", SOME_LATIN))
_UNCOMMON = re.compile(rf"[^{LATIN}{ARABIC}{HEBREW}\t\n\r -@\[-`{{-~\u2000-\u206f]")
"""What may be a letter of yet another script: a first look, because a set with categories such as ``\\W`` is slow."""

# What belongs to no language, whatever its letters: addresses, accounts, and hashtags in Latin letters.
ADDRESS = re.compile(
    r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)[!-~]+|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,64}\.[A-Za-z0-9.-]{1,64}"
    r"|[@#][A-Za-z0-9_]+?(?=https?://|[^A-Za-z0-9_]|\Z)|(?<![A-Za-z0-9.])[A-Za-z0-9-]{1,40}\.(?:com|org|net|co\.il|gov|edu|info|tv|me)(?![a-z])(?:/[!-~]*)?"
)

_DOMAIN = "(?:com|org|net|co|gov|edu|info|tv|me|twitter)"
_DOMAIN_SIGN = re.compile(rf"\.(?:{_DOMAIN}|(?<=www\.))")

# The first look at a line: the everyday letters of one script with marks and digits, and nothing that could belong to
# an address (those are in Latin letters, or have "@" or "#"). Explicit ranges, because sets with categories are slow.
_MARKS = r"\t\n\r !\"$-,\-/-9;-?\[-`{-~\u00a0-\u00a9\u00ab-\u00b1\u00b6\u00b7\u00bb\u00bf\u2000-\u206f\u20a0-\u20bf"
_ARABIC_MARKS = r"\u060c\u061b\u061f\u0640\u064b-\u0652\u0660-\u066c\u0670"
_HEBREW_MARKS = r"\u0591-\u05c7\u05f3\u05f4"
PLAIN_LETTERS = {"Arab": r"\u0621-\u063a\u0641-\u064a", "Hebr": r"\u05d0-\u05ea", "Latn": "A-Za-z"}
"""The letters that ``plain_script`` lets pass, of each script it knows."""
_PLAIN = re.compile(
    rf"(?P<Arab>[{_MARKS}.:]*+[{PLAIN_LETTERS['Arab']}][{PLAIN_LETTERS['Arab']}{_ARABIC_MARKS}{_MARKS}.:]*+)"
    rf"|(?P<Hebr>[{_MARKS}.:]*+[{PLAIN_LETTERS['Hebr']}][{PLAIN_LETTERS['Hebr']}{_HEBREW_MARKS}{_MARKS}.:]*+)"
    rf"|(?P<Latn>[{_MARKS}]*+[A-Za-z](?:[A-Za-z{_MARKS}]++|\.(?!{_DOMAIN})(?<!www\.)|:(?!//))*+)"
)


class Run(NamedTuple):
    """Letters of one script with the neutral characters between and after them.

    ``end_char`` is one past the last letter, ``next_char`` one past the neutral characters behind it.
    """

    script: str
    start_char: int
    end_char: int
    next_char: int


def script_of(char: str) -> str:
    """ISO 15924 code of a letter's script; ``Zzzz`` for scripts nothing here knows."""
    code = ord(char)
    if SOME_LATIN.match(char):
        return "Latn"
    if SOME_ARABIC.match(char):
        return "Arab"
    if SOME_HEBREW.match(char):
        return "Hebr"
    for script, first, last in _OTHER_RANGES:
        if first <= code <= last:
            return script
    return UNKNOWN


def plain_script(text: str) -> str | None:
    """The script of ``text`` where one look shows that it has letters of no other, and no address; else None."""
    plain = _PLAIN.fullmatch(text)
    return None if plain is None else plain.lastgroup


def scripts_in(text: str) -> tuple[str, ...]:
    """The scripts that occur in ``text``; all that is not Latin, Arabic or Hebrew counts once, by its first letter."""
    found = [script for script, some in _SOME if some.search(text)]
    uncommon = _UNCOMMON.search(text)
    other = SOME_OTHER.search(text, uncommon.start()) if uncommon else None
    if other:
        found.append(script_of(other.group()))
    return tuple(found)


def mask_addresses(text: str) -> str:
    """``text`` with addresses, accounts and Latin hashtags as underscores, so that they are neutral; same length."""
    if "@" in text or "#" in text or "://" in text or _DOMAIN_SIGN.search(text):
        return ADDRESS.sub(_underscores, text)
    return text


def _underscores(match: re.Match[str]) -> str:
    return "_" * len(match.group())


def script_runs(text: str) -> list[Run]:
    """The runs of ``text`` in order; neighbours differ in script."""
    spans = [match.span() for match in _RUN.finditer(text)]
    nexts = [start_char for start_char, _ in spans[1:]] + [len(text)]
    return [
        Run(script_of(text[start_char]), start_char, end_char, next_char)
        for (start_char, end_char), next_char in zip(spans, nexts, strict=True)
    ]


def count_words(text: str, start_char: int, end_char: int) -> int:
    """How many words with letters stand in ``text[start_char:end_char]``."""
    return len(_WORD.findall(text, start_char, end_char))
