"""Where the stories of a page begin and end: one, several in elements of their own, or one below the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from tracker.read.html.body import Weights
from tracker.read.html.layout import Container, Layout, PageBlock
from tracker.read.html.phrases import is_phrase
from tracker.records import Span

_STORY = 90
"""Weight from which an element with a heading may be a story."""
_COVERED = 0.6
"""Share of the page's text that its stories hold."""
_DOMINANT = 5
"""How many times the middle story's weight the largest has where the others are teasers."""
_FULL = 250
"""Weight from which a single paragraph is no teaser."""
_LOOK = 5
_BEFORE_HEADING = frozenset(("dateline", "byline", "caption", "tags"))


def find_stories(layout: Layout, weights: Weights) -> list[Span]:
    """The blocks of each story where several stand in elements of their own; empty where there is but one.

    Cards with a linked heading and a single paragraph beside a real story are teasers, and no stories. The entries of
    live coverage are one story.
    """
    if any(block.live for block in layout.blocks):
        return []
    usual = Counter((one.parent, one.shape) for one in layout.containers)
    found = [one for one in layout.containers if _is_story(layout.blocks, weights, one, usual)]
    spans = _disjoint(found)
    if spans:
        sizes = {span: weights.of(*span) for span in spans}
        if max(sizes.values()) >= _DOMINANT * median(sizes.values()):
            spans = [span for span in spans if sizes[span] >= _FULL or _paragraphs(weights, span) > 1]
            spans = [span for span in spans if not _is_linked(layout.blocks, span) or _paragraphs(weights, span) > 1]
    whole = weights.of(0, len(layout.blocks))
    if len(spans) < 2 or sum(weights.of(*span) for span in spans) < _COVERED * whole:
        return []
    return spans


def _is_story(blocks: Sequence[PageBlock], weights: Weights, one: Container, usual: Counter[tuple[int, str]]) -> bool:
    if weights.of(one.start, one.end) < _STORY or one.signs.role == "body":
        return False
    heading = find_heading(blocks, one.start, one.end)
    if heading is None:
        return False
    if one.tag == "article" or one.signs.story:
        return True
    roles = {block.role for block in blocks[heading : heading + _LOOK]}
    return usual[one.parent, one.shape] > 1 and bool(roles & {"dateline", "byline"})


def find_heading(blocks: Sequence[PageBlock], start: int, end: int) -> int | None:
    """Where the heading stands that the blocks from ``start`` to ``end`` begin with, or None."""
    for place in range(start, min(end, start + _LOOK)):
        block = blocks[place]
        if block.level:
            return place
        if block.role not in _BEFORE_HEADING:
            return None
    return None


def _disjoint(found: list[Container]) -> list[Span]:
    """The elements that are stories: an element that holds several others is none, of two in each other one is."""
    spans = list(dict.fromkeys((one.start, one.end) for one in found))  # outer before inner
    inside = [0] * len(spans)
    parents: list[int | None] = []
    open_: list[int] = []
    for place, span in enumerate(spans):
        while open_ and spans[open_[-1]][1] < span[1]:
            open_.pop()
        parents.append(open_[-1] if open_ and span[0] < spans[open_[-1]][1] else None)
        if parents[-1] is not None:
            inside[parents[-1]] += 1
        open_.append(place)
    kept: list[Span] = []
    taken = [False] * len(spans)
    for place, span in enumerate(spans):
        parent = parents[place]
        above = parent is not None and taken[parent]
        if not above and inside[place] < 2:
            kept.append(span)
        taken[place] = above or inside[place] < 2
    return kept


def _paragraphs(weights: Weights, span: Span) -> int:
    return sum(1 for value in weights.single[span[0] : span[1]] if value)


def _is_linked(blocks: Sequence[PageBlock], span: Span) -> bool:
    heading = find_heading(blocks, *span)
    return heading is not None and blocks[heading].link_share > 0.5


def find_borders(blocks: Sequence[PageBlock], weights: Weights, start: int, end: int) -> list[int]:
    """Headings between ``start`` and ``end`` at which another story begins, without elements of their own.

    Such a heading has a date or an author under it, stands below a rule or is another ``<h1>``, or comes after the end
    of the story before it: keywords, or a phrase that leads to other stories.
    """
    if any(block.live for block in blocks[start:end]):
        return []
    borders: list[int] = []
    told = closed = False
    for place in range(start, end):
        block = blocks[place]
        if weights.single[place]:
            told, closed = True, False
        elif block.role == "tags" or (block.role != "related" and is_phrase(block.text, "read_also")):
            closed = told
        elif block.level and told and block.link_share < 0.5 and _opens(blocks, weights, place, end, closed):
            borders.append(place)
            told = closed = False
    return borders


def _opens(blocks: Sequence[PageBlock], weights: Weights, place: int, end: int, closed: bool) -> bool:
    block = blocks[place]
    if block.role in ("related", "aside"):
        return False
    below = blocks[place + 1 : min(end, place + 3)]
    if not any(weights.single[place + 1 : min(end, place + _LOOK)]):
        return False
    if below and below[0].role in ("dateline", "byline"):
        return True
    if block.level == 1 or (block.after_rule and block.level == 2):
        return True
    return closed and sum(1 for value in weights.single[place + 1 : min(end, place + _LOOK)] if value) > 1
