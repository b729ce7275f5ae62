"""Who wrote a story: what bylines say (بقلم, כתב, מאת, By), taken apart into names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tracker.lang import language_codes, load_pack
from tracker.read.html.layout import PageBlock
from tracker.read.html.phrases import opens_with
from tracker.text import fold

_BYLINE_CHARS = 160
_MOST = 8
_APART = re.compile(r" ?[,،;؛|/•·] ?| (?:and|و|&) | [-–—]{1,3} ")
_NAME = re.compile(r"[^\W\d_][\w'’`´\"״׳.\- ]{1,60}")
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"\S{1,64}@\S{1,120}|https?://\S{1,300}|(?<!\w)@\w{1,40}")
_FROM = re.compile(r" (?:in|from|at|في|من) [^\W\d_]")


def read_authors(blocks: Iterable[PageBlock]) -> list[str]:
    """The names in the bylines among ``blocks``, in order: blocks marked as bylines, else short ones that say so."""
    marked: list[str] = []
    spoken: list[str] = []
    for block in blocks:
        if len(block.text) > _BYLINE_CHARS:
            continue
        if block.role == "byline":
            marked += split_names(block.text)
        elif not marked and _says_so(block.text):
            spoken += split_names(block.text)
    return list(dict.fromkeys(marked or spoken))[:_MOST]


def _says_so(text: str) -> bool:
    text = text.strip()
    if not 3 < len(text) <= _BYLINE_CHARS:
        return False
    after = opens_with(text, "byline")
    if after is None or opens_with(text, "helper") is not None:
        return False
    # Words alone are weak: "كتب" and "By" begin sentences as well.
    return not after or (len(after.split()) <= 6 and not text.endswith((".", "؟", "?", "!")))


def split_names(text: str) -> list[str]:
    """The names in a byline: phrases before them, places, addresses and what people are left out."""
    if opens_with(text, "helper") is not None:
        return []
    text = _ADDRESS.sub(" ", text)
    for _ in range(3):
        after = opens_with(text, "byline")
        if not after:
            break
        text = after
    names = []
    for part in _APART.split(" ".join(text.split())):
        if opens_with(part, "helper") is not None:
            continue
        after = None if _desks() & set(fold(part).split()) else opens_with(part, "byline")
        for name in _joined_names(after or part):
            name = _FROM.split(name, maxsplit=1)[0].strip(" .:-–—\"'()[]\u200f\u200e")
            if _is_name(name):
                names.append(name)
    return list(dict.fromkeys(names))


def _joined_names(text: str) -> Iterable[str]:
    """``text`` cut where Arabic or Hebrew write "and" as one with the second of two names of two words each."""
    words = text.split()
    for place in range(2, len(words) - 1):
        word = words[place]
        if word[0] in "وו" and len(word) >= 4 and (place >= 2 and len(words) - place >= 2):
            return (" ".join(words[:place]), *_joined_names(" ".join((word[1:], *words[place + 1 :]))))
    return (text,)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 5 or _DIGIT.search(text) or _NAME.fullmatch(text) is None:
        return False
    folded = [fold(word).strip("\"'.") for word in words]
    if any(word in _desks() for word in folded) or " ".join(folded) in _places():
        return False
    if text.isascii() and not all(word[0].isupper() or len(word) <= 3 for word in words):
        return False
    return len(text) >= 3


@cache
def _desks() -> frozenset[str]:
    """Folded words of bylines that are in no person's name."""
    return frozenset(fold(word) for code in language_codes() for word in load_pack(code).blocks.desk)


@cache
def _places() -> frozenset[str]:
    """Folded names of countries and capitals, which stand beside names in bylines."""
    names: set[str] = set()
    for code in language_codes():
        if (load_pack(code).folder / "places.toml").is_file():
            places = load_pack(code).places
            for table in (places.country, places.capital):
                names.update(fold(form) for forms in table.values() for form in forms)
    return frozenset(names)
