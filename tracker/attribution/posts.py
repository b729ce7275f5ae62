"""Signed posts: the signature under a post says who wrote it and when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from tracker.attribution.saidon import calendar_of
from tracker.records import Mention, Segment, Statement
from tracker.text import fold

_URL = re.compile(r"https?://\S+|pic\.twitter\.com/\w+")
_DATE_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
MAX_SIGNATURE = 400


def post_statements(text: str, document_id: str, segments: Sequence[Segment], langs: Sequence[str]) -> list[Statement]:
    """One direct statement for each signed post that says something beyond a link."""
    statements = []
    for index, segment in enumerate(segments):
        if segment.block != "post-signature" or index == 0:
            continue
        first = index
        while first > 0 and segments[first - 1].block == "post":
            first -= 1
        if first == index:
            continue
        start, end = segments[first].start_char, segments[index - 1].end_char
        start, end = _without_links(text, start, end)
        if end - start < 3 or not _LETTER.search(text, start, end):
            continue
        name = _signed_name(text, segment)
        if name is None:
            continue
        name_text, span = name
        lang = next((piece.lang for piece in segments[first:index] if piece.lang in langs), "und")
        said_on = _signed_date(text, segment, langs)
        statements.append(
            Statement(
                id=hashlib.sha256(f"{document_id}:{start}:{end}:post".encode()).hexdigest()[:16],
                kind="direct",
                content=((start, end),),
                text=text[start:end],
                cue=None,
                cue_text=None,
                polarity="asserts",
                speaker=Mention(name_text, span, None, "person", "signature"),
                lang=lang,
                confidence=0.95,
                rule="post-signature",
                said_on=said_on,
                said_on_basis="explicit" if said_on else None,
                cited_source=segment.handle,
            )
        )
    return statements


def _without_links(text: str, start: int, end: int) -> tuple[int, int]:
    """The post without the links at its ends and outer white space."""
    links = [match.span() for match in _URL.finditer(text, start, end)]
    changed = True
    while changed:
        changed = False
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        for link_start, link_end in links:
            if link_end == end and link_start >= start:
                end, changed = link_start, True
            elif link_start == start and link_end <= end:
                start, changed = link_end, True
    return start, end


def _signed_name(text: str, segment: Segment) -> tuple[str, tuple[int, int]] | None:
    start, end = segment.start_char, min(segment.end_char, segment.start_char + MAX_SIGNATURE)
    bracket = text.find("(", start, end)
    stop = bracket if bracket >= start else end
    while start < stop and not text[start].isalnum():
        start += 1
    while stop > start and not text[stop - 1].isalnum():
        stop -= 1
    if start < stop:
        return text[start:stop], (start, stop)
    if segment.handle:
        place = text.find(segment.handle, segment.start_char, segment.end_char)
        if place >= 0:
            return segment.handle, (place, place + len(segment.handle))
    return None


def _signed_date(text: str, segment: Segment, langs: Sequence[str]) -> str | None:
    import datetime as dt

    words = [fold(match.group()) for match in _DATE_WORD.finditer(text, segment.start_char, segment.end_char)]
    for code in langs:
        months = calendar_of(code).months
        for place, word in enumerate(words):
            if word not in months:
                continue
            numbers = [
                int(other) for other in words[max(0, place - 2) : place + 4] if other.isdecimal() and len(other) <= 4
            ]
            years = [number for number in numbers if number > 1000]
            days = [number for number in numbers if 1 <= number <= 31]
            if years and days:
                try:
                    return dt.date(years[0], months[word], days[0]).isoformat()
                except ValueError:
                    continue
    return None
