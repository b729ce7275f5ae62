"""What part of the page each unit is: headline, body, dateline, caption, tags, credit, boilerplate.

Losing body text costs statements, so body is what a unit is until something speaks against it. A headline is told by
its place and by having no sentence end; a sub-headline has to stand between a finished sentence and a long paragraph.
"""

from __future__ import annotations

import re

from tracker.records import Block
from tracker.segment.dateline import is_bare_date
from tracker.segment.labels import find_label
from tracker.segment.lines import ends_sentence, last_mark
from tracker.segment.scripts import mask_addresses
from tracker.segment.units import Unit

_HEADLINE = 150
"""Characters a page's headline has at most, and ``_SUBHEADLINE`` one inside the story."""
_SUBHEADLINE = 70
_SUBHEADLINE_WORDS = 9
_PARAGRAPH = 60
"""Characters from which the unit below a sub-headline is a paragraph."""
_STOPPED_HEADLINE = 90
_LEADING = 3
"""Lines a headline may have."""
_INNER_END = re.compile(r"(?<!\.)\b[^\W\d_]{3,}[.!?؟]\s")
_HASHTAGS = re.compile(r"(?:#[^\s#,،|]{1,80}+[\s,،|]*+)++")
_RIGHTS = re.compile(r"©|\([cC]\) ?\d{4}")
_LIST_MARK = re.compile(r"[•●▪◦‣*·]|[-–—]\s|\d{1,3}[.)\-]\s|\(\d{1,3}\)")
_BYLINE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2} ?[–—|/-] ?[^\W\d_]+(?: [^\W\d_]+){0,2}")
_BLOCK_OF_LABEL: dict[str, Block] = {
    "credit": "credit",
    "byline": "credit",
    "tags": "tags",
    "published": "dateline",
    "caption": "caption",
    "comments": "boilerplate",
    "boilerplate": "boilerplate",
}
_BYLINE_REACH = 5
"""Units from an end of the page within which an undelimited byline may stand."""


def mark_labelled(units: list[Unit], langs: tuple[str, ...]) -> None:
    """Set label and block of units that say what they are, of dates that stand alone, of units without letters."""
    for number, unit in enumerate(units):
        if unit.block is not None:
            continue
        text = unit.text
        label = find_label(text, langs)
        if label is not None and label.kind == "byline" and not label.delimited:
            inside = _BYLINE_REACH <= number < len(units) - _BYLINE_REACH
            label = None if inside else label
        if label is not None:
            unit.label = label
            unit.block = _BLOCK_OF_LABEL.get(label.kind)
            if unit.block in ("dateline", "credit"):
                unit.lang = label.lang
        elif len(text) <= 80 and is_bare_date(text, langs):
            unit.block = "dateline"
        elif text[0] in "©(" and len(text) <= 150 and _RIGHTS.match(text):
            unit.block = "boilerplate"
        elif text[0] == "#" and _HASHTAGS.fullmatch(text):
            unit.block = "tags"
        elif len(text) <= 200 and not unit.lettered and not _has_number(text):
            unit.block = "boilerplate"
    _continue_tags(units)


def _has_number(text: str) -> bool:
    return any(char.isdigit() for char in mask_addresses(text))


def _continue_tags(units: list[Unit]) -> None:
    """A keyword list may have one keyword a line."""
    listing = False
    for unit in units:
        if unit.label is not None:
            listing = unit.label.kind == "tags" and not unit.label.value
        elif listing and unit.block is None and len(unit.text.split()) <= 4 and not ends_sentence(unit.text):
            unit.block = "tags"
        else:
            listing = False


def mark_headlines(units: list[Unit], *, title: str | None, first_article: bool) -> None:
    """Set headline and body for the units of one article that have no block yet."""
    open_ = [number for number, unit in enumerate(units) if unit.block is None]
    leading = 0
    for place, number in enumerate(open_):
        unit = units[number]
        if unit.told:
            unit.block = "body"
            continue
        following = units[open_[place + 1]] if place + 1 < len(open_) else None
        if place == leading and place in (1, 2) and len(unit.text) <= 45 and _BYLINE.fullmatch(unit.text):
            unit.block = "credit"
            leading += 1
        elif place == leading and place < _LEADING and _leads(unit, following, place, title if first_article else None):
            unit.block = "headline"
            leading += 1
        elif _is_subheadline(units, number, following):
            unit.block = "headline"
        else:
            unit.block = "body"


def _leads(unit: Unit, following: Unit | None, place: int, title: str | None) -> bool:
    text = unit.text
    if title and place == 0 and text == title:
        return True
    if following is None or len(text) > _HEADLINE or last_mark(text) in ":،,;؛" or _INNER_END.search(text):
        return False
    if _LIST_MARK.match(text) or following.text[0].islower():
        return False
    if not ends_sentence(text):
        return len(text) < len(following.text) or ends_sentence(following.text)
    if place:
        return False
    if last_mark(text) != ".":
        return len(text) <= _STOPPED_HEADLINE and len(following.text) > len(text)
    shown = len(text) <= _STOPPED_HEADLINE and not set(text) & set('"“”«»„') and len(following.text) > len(text)
    return shown and (_title_case(text) or (following.apart and len(text) <= _SUBHEADLINE))


def _title_case(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _is_subheadline(units: list[Unit], number: int, following: Unit | None) -> bool:
    unit = units[number]
    text = unit.text
    if number == 0 or following is None or units[number + 1] is not following or len(text) > _SUBHEADLINE:
        return False
    if len(text.split()) > _SUBHEADLINE_WORDS or ends_sentence(text) or last_mark(text) in ":،,;؛-–—":
        return False
    if text[0] in '"“«„' and text[-1] in '"”»“':
        return False
    if _LIST_MARK.match(text) or not unit.lettered or text[0].islower():
        return False
    before = units[number - 1]
    finished = before.block not in ("body", "headline") or ends_sentence(before.text)
    return finished and len(following.text) >= max(_PARAGRAPH, len(text)) and not following.text[0].islower()
