"""Posts embedded in a page: the signature below one ("— Name (@account) October 4, 2023") and the lines it signs.

The signature is found by its account in brackets, the dash before the name and the date behind; it may be glued to
what follows (``2023عملية``) and to the post before it. The post is the line above. It reaches further up only as far
as lines look like a post themselves or stand in another language than the page.
"""

from __future__ import annotations

import re

from tracker.lang.months import find_month
from tracker.segment.lines import INVISIBLE, Line, ends_sentence
from tracker.segment.units import Unit

_BIDI = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_DASHES = "—–―‒−⸺-"
_ACCOUNT = re.compile(rf"[(（][{_BIDI} ]{{0,4}}(@[A-Za-z0-9_]{{1,30}})[{_BIDI} ]{{0,4}}[)）]")
_BARE_ACCOUNT = re.compile(r"(?<![\w(])(@[A-Za-z0-9_]{1,30})(?![\w.])")
_DATE = re.compile(
    rf"[{_BIDI}\s,·•|:-]{{0,6}}(?:"
    r"[^\W\d_]{2,12}\.?\s{1,2}\d{1,2}(?:st|nd|rd|th)?,?\s{1,2}\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?\.?,?\s{1,2}(?:[^\W\d_]{2,12}\s{1,2})?[^\W\d_]{2,12}\.?,?\s{1,2}\d{4}"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r")"
)
_LONGEST_NAME = 100
_LONGEST_POST = 600
"""Characters of a line above a signature that may still be the post; longer ones are the story's."""
_RETWEET = re.compile(rf"[{_BIDI}]*RT[{_BIDI} ]{{1,4}}(@[A-Za-z0-9_]{{1,30}})[{_BIDI}]*:")
_REPLY = re.compile(rf"[{_BIDI}]*@[A-Za-z0-9_]{{1,30}} ")
_FEATURE = re.compile(r"https?://|pic\.twitter\.com/|(?<!\w)[@#][\w]|[\U0001f300-\U0001faff]|\u2026$")


def cut_signatures(line: Line, langs: tuple[str, ...]) -> list[Unit]:
    """``line`` as units: what stands before a signature, the signature with its account, what stands after."""
    text = line.text
    units: list[Unit] = []
    begin, first = 0, _first_visible(text, 0)
    for account in _accounts(text):
        if account.start() < begin:
            continue
        dash = _dash_before(text, begin, account.start())
        if dash is None:
            continue
        date = _DATE.match(text, account.end())
        at_start = dash == first
        if date is None and not at_start:
            continue
        end = date.end() if date is not None else account.end()
        if date is None and (text[end:].strip(" .,") and account.re is _BARE_ACCOUNT):
            continue
        if not at_start and text[begin:dash].strip():
            units.append(_unit(line, begin, dash))
        signature = _unit(line, begin if at_start else dash, end)
        signature.block, signature.handle = "post-signature", account.group(1)
        month = find_month(text[account.end() : end], langs)
        signature.lang = None if month is None else month[3]
        units.append(signature)
        begin, first = end, _first_visible(text, end)
    if not units:
        return [Unit(line.start_char, text, line.apart)]
    if text[begin:].strip(INVISIBLE):
        units.append(_unit(line, begin, len(text)))
    else:
        last = units[-1]
        last.text = text[last.start_char - line.start_char :]
    units[0].apart = line.apart
    return units


def _first_visible(text: str, begin: int) -> int:
    while begin < len(text) and text[begin] in INVISIBLE:
        begin += 1
    return begin


def _accounts(text: str) -> list[re.Match[str]]:
    found = list(_ACCOUNT.finditer(text))
    return found or ([*_BARE_ACCOUNT.finditer(text)][:1] if text.lstrip(INVISIBLE)[:1] in tuple(_DASHES) else [])


def _unit(line: Line, start_char: int, end_char: int) -> Unit:
    text = line.text[start_char:end_char]
    stripped = text.strip()
    return Unit(line.start_char + start_char + len(text) - len(text.lstrip()), stripped, False)


def _dash_before(text: str, begin: int, account: int) -> int | None:
    """Where the dash stands that opens a signature whose account is at ``account``."""
    begin = max(begin, account - _LONGEST_NAME)
    for position in range(account - 1, begin - 1, -1):
        if text[position] not in _DASHES:
            continue
        before = text[position - 1] if position > begin else " "
        if text[position] in "—―" or (before.isspace() if text[position] == "-" else not before.isalnum()):
            return position
    return None


def mark_posts(units: list[Unit]) -> None:
    """Set the block and the account of the lines that signatures sign, and of reposts and replies.

    The stretches of the units are known.
    """
    page = _page_language(units) if any(unit.block == "post-signature" for unit in units) else None
    for number, unit in enumerate(units):
        if unit.block == "post-signature":
            if number and not (units[number - 1].told and units[number - 1].block == "post"):
                _mark_post(units, number, page)
        elif unit.block is None:
            _mark_unsigned(unit)


def _mark_unsigned(unit: Unit) -> None:
    if "@" not in unit.text:
        return
    retweet = _RETWEET.match(unit.text)
    if retweet is not None:
        unit.block, unit.handle = "post", retweet.group(1)
    elif _REPLY.match(unit.text) and len(unit.text) <= _LONGEST_POST:
        unit.block = "post"


def _page_language(units: list[Unit]) -> str | None:
    weight: dict[str, int] = {}
    for unit in units:
        for stretch in unit.stretches:
            if stretch.lang is not None:
                weight[stretch.lang] = weight.get(stretch.lang, 0) + stretch.words
    return max(weight, key=lambda lang: weight[lang]) if weight else None


def _language(unit: Unit) -> str | None:
    best = max(unit.stretches, key=lambda stretch: stretch.words, default=None)
    return None if best is None or best.words == 0 else best.lang


def _mark_post(units: list[Unit], signature: int, page: str | None) -> None:
    number = signature - 1
    length = 0
    while number >= 0:
        unit = units[number]
        if unit.block is not None and unit.block != "post":
            break
        length += len(unit.text)
        if length > _LONGEST_POST or not _belongs(units, number, signature, page):
            break
        unit.block, unit.handle = "post", units[signature].handle
        if unit.apart and unit.lettered:
            break
        number -= 1


def _belongs(units: list[Unit], number: int, signature: int, page: str | None) -> bool:
    unit = units[number]
    foreign = _language(unit) not in (None, page)
    if number == signature - 1:
        return not units[signature].apart or foreign or _looks_posted(unit.text) or len(unit.text) <= 300
    below = units[number + 1]
    if foreign or not unit.lettered:
        return True
    if _looks_posted(unit.text) and len(unit.text) <= 300:
        return True
    if below.apart:
        return not below.lettered and len(unit.text) <= 300 and not ends_sentence(unit.text)
    return not below.lettered and len(unit.text) <= 280 and not ends_sentence(unit.text)


def _looks_posted(text: str) -> bool:
    return _FEATURE.search(text) is not None
