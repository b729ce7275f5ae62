"""Lines that say what they are: "Published:", "المصدر:", "תגיות:", and the phrases before other stories.

The phrases are in ``blocks.toml`` of each language. A phrase alone is weak: "Share" may begin a sentence. So a
phrase of one word counts only with a colon (or the like) behind it or alone on its line, and what follows a phrase
has to look like what the block holds.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import lru_cache
from typing import NamedTuple

from tracker.lang.blocks import Blocks
from tracker.lang.phrases import Phrase, block_phrases
from tracker.segment.lines import ends_sentence
from tracker.text import fold

_DECORATION = re.compile(r"[^\w]{0,8}")
_FIRST_WORD = re.compile(r"[^\s:|/,.]+")
_DELIMITERS = ":|-/=>…"
_LOOK = 72
"""Characters of a line in which a phrase has to stand."""
_QUOTES = re.compile('["“”«»„]')
_OF_BYLINES = ("helper", "desk")
KINDS = tuple(field.name for field in fields(Blocks) if field.name not in _OF_BYLINES)


class Label(NamedTuple):
    """``kind`` is a key of blocks.toml; ``value`` is what follows the phrase, empty where it is alone on its line."""

    kind: str
    lang: str
    value: str
    delimited: bool


@lru_cache(maxsize=16)
def _phrases(langs: tuple[str, ...]) -> dict[str, tuple[Phrase, ...]]:
    return block_phrases(langs, KINDS)


@lru_cache(maxsize=8192)
def _phrases_from(chunk: str, langs: tuple[str, ...]) -> tuple[Phrase, ...]:
    """The phrases that may begin with ``chunk``, the characters of a line before its first white space."""
    first = _FIRST_WORD.match(fold(chunk))
    return () if first is None else _phrases(langs).get(first.group(), ())


def find_label(text: str, langs: tuple[str, ...]) -> Label | None:
    """What the line ``text`` says it is, or None."""
    decoration = None if text[:1].isalnum() else _DECORATION.match(text)
    begin = decoration.end() if decoration else 0
    written = text[begin : begin + _LOOK]
    if not written or written[0].isspace():
        return None
    phrases = _phrases_from(written.split(None, 1)[0], langs)
    if not phrases:
        return None
    head = fold(written)
    for phrase in phrases:
        if not head.startswith(phrase.folded):
            continue
        rest = head[len(phrase.folded) :]
        if rest[:1].isalnum() or rest[:1] == "'":
            continue
        quoted = _QUOTES.search(text[:begin]) is not None
        label = _label(phrase, text[begin:], rest.strip(), quoted=quoted)
        if label is not None:
            return label
    return None


def _label(phrase: Phrase, text: str, rest: str, *, quoted: bool) -> Label | None:
    delimited = rest[:1] in _DELIMITERS  # an empty rest counts: the phrase is alone
    alone = not rest.strip(_DELIMITERS + ' ."') and len(text) < _LOOK
    if quoted and not alone:
        return None
    several = " " in phrase.folded
    value = "" if alone else _value(phrase, text)
    if _fits(phrase.kind, text, value, alone=alone, delimited=delimited, several=several):
        return Label(phrase.kind, phrase.lang, value, delimited)
    return None


def _value(phrase: Phrase, text: str) -> str:
    words = phrase.folded.count(" ") + 1
    cut = re.search(r"[:|]", text[:_LOOK])
    if cut is not None:
        return text[cut.end() :].strip()
    return " ".join(text.split()[words:])


def _fits(kind: str, text: str, value: str, *, alone: bool, delimited: bool, several: bool) -> bool:
    """Whether a line with a phrase of ``kind`` may be such a block; body text must not be lost."""
    if alone:
        return True
    sentence = ends_sentence(text)
    words = len(value.split())
    if kind == "published":
        dated = any(char.isdigit() for char in value)
        return len(text) <= 140 and dated and (delimited or (words <= 8 and not sentence))
    if kind == "tags":
        return delimited and not (sentence and words > 12)
    if kind == "credit":
        return (delimited or several) and words <= 10 and len(value) <= 90 and not (sentence and words > 4)
    if kind == "byline":
        if delimited or several:
            return words <= 14 and not _QUOTES.search(value) and not (sentence and words > 6)
        return words <= 6 and not sentence and not any(word[0].islower() for word in value.split()[:1])
    if kind == "caption":
        return (delimited or several) and len(text) <= 300
    if kind == "read_also":
        return (delimited or several) and len(text) <= 250 and not (sentence and words > 15 and not delimited)
    if _QUOTES.search(value) or len(text) > 120:
        return False
    return (several and words <= 12) or (delimited and words <= 4)
