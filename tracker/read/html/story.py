"""The lines of a page's text: of its story, or of each of its stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.read.html.body import Weights, find_body
from tracker.read.html.layout import Layout, PageBlock
from tracker.read.html.lines import Line, LineMaker
from tracker.read.html.stories import find_borders, find_heading, find_stories
from tracker.records import Span
from tracker.text import fold

_REACH = 40
"""Blocks before the first paragraph among which the title is looked for."""
_TAIL = 12
"""Blocks behind the last paragraph among which keywords and sources are looked for."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """``lines`` in order; ``span`` is where they come from in the page's blocks; ``titled``: a headline opens them."""

    lines: tuple[Line, ...]
    span: Span
    titled: bool
    stories: int

    @property
    def chars(self) -> int:
        """Characters of its body."""
        return sum(len(line.text) for line in self.lines if line.block == "body")


def read_story(layout: Layout, titles: Sequence[str]) -> StoryText:
    """The text of the page. ``titles`` are what its metadata gives for its title, the most trusted first."""
    blocks = layout.blocks
    weights = Weights(blocks)
    areas = find_stories(layout, weights)
    if areas:
        return _several(layout, weights, areas)
    span = find_body(layout, weights, 0, len(blocks))
    if span[0] == span[1]:
        return StoryText((), (0, 0), False, 0)
    return _one(layout, weights, span, titles)


def _several(layout: Layout, weights: Weights, areas: list[Span]) -> StoryText:
    maker = LineMaker(layout.blocks, weights, (0, len(layout.blocks)))
    lines: list[Line] = []
    for area in areas:
        body = find_body(layout, weights, *area)
        if body[0] == body[1]:
            continue
        heading = find_heading(layout.blocks, *area)
        own = maker.head((area[0], body[0]), heading) + maker.story(body) + maker.tail((body[1], area[1]))
        if own:
            lines += [own[0]._replace(opens_article=True), *own[1:]]
    return StoryText(tuple(lines), (areas[0][0], areas[-1][1]), True, len(areas))


def _one(layout: Layout, weights: Weights, span: Span, titles: Sequence[str]) -> StoryText:
    blocks = layout.blocks
    title = find_title(blocks, span[0], titles)
    start = span[0] if title is None else title
    maker = LineMaker(blocks, weights, span)
    borders = find_borders(blocks, weights, *span)
    if borders and title is not None:
        # Where stories stand below each other under a title of the page, the first begins at its own heading.
        own = next((place for place in range(span[0] - 1, title, -1) if blocks[place].level), None)
        if own is not None and blocks[own].level == blocks[borders[0]].level:
            title = start = own
    first = max(0, start - 3)
    head = maker.head((first if _is_part(layout, first, span) else start, span[0]), title)
    end = min(len(blocks), span[1] + _TAIL, _end_of_element(layout, span))
    lines = head + maker.story(span, borders=set(borders)) + maker.tail((span[1], end))
    titled = title is not None and title < span[0]
    return StoryText(tuple(lines), (start, end), titled, 1 + len(borders))


def _is_part(layout: Layout, place: int, span: Span) -> bool:
    """Whether an ``<article>`` holds both the block at ``place`` and the story."""
    return any(one.tag == "article" and one.start <= place and span[1] <= one.end for one in layout.containers)


def _end_of_element(layout: Layout, span: Span) -> int:
    """Where the innermost ``<article>`` or ``<main>`` ends that holds the story; the page's end where there is none."""
    ends = [
        one.end
        for one in layout.containers
        if one.tag in ("article", "main") and one.start <= span[0] and span[1] <= one.end
    ]
    return min(ends, default=len(layout.blocks))


def find_title(blocks: Sequence[PageBlock], before: int, titles: Sequence[str]) -> int | None:
    """Where the story's title stands: the block that says what the metadata says, else the nearest main heading."""
    reach = range(min(before, len(blocks) - 1), max(-1, before - _REACH), -1)
    wanted = [_plain(title) for title in titles]
    for place in reach:
        shown = _plain(blocks[place].text)
        if shown and len(shown) > 8 and any(shown == title or (len(shown) > 20 and shown in title) for title in wanted):
            return place
    for level in (1, 2):
        for place in reach:
            if blocks[place].level == level and blocks[place].role not in ("related", "aside") and place < before:
                return place
    return None


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())
