"""Which blocks of a page are the story: by the element that is said to hold it, else by where paragraphs stand densely.

The best stretch of blocks (paragraphs count for it, interface lines and links against it: Pasternack and Roth 2009,
"Extracting article text from the web with maximum subsequence segmentation") is found first; the story is the innermost
element that holds most of its text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from tracker.read.html.layout import Container, Layout, PageBlock
from tracker.records import Span

_NO_STORY = frozenset(("related", "tags", "caption", "byline", "dateline", "aside", "post", "post-signature"))
_OF_LINES = frozenset(("tags", "byline", "dateline"))
_LONGEST_LINE = 250
"""Characters from which a block cannot be a date, an author or keywords."""
_CARD = 0.25
"""What the paragraph of a card counts for: one alone below a heading that is a link."""
_PARAGRAPH = 80
_SENTENCE = 40
_SHORT_SENTENCE = 20
_LINK_PENALTY = 30
_LINE_PENALTY = 12
_MOST = 0.75
"""Share of the best stretch's text that the story's element holds."""
_DECLARED = 0.3
"""Share of the page's text that an element has to hold to be believed that it is the story."""


def weight(block: PageBlock) -> float:
    """Characters of ``block`` that count as a story's text."""
    length = len(block.text)
    if length < _SHORT_SENTENCE or block.level:
        return 0.0
    if block.role in _NO_STORY and not (block.role in _OF_LINES and length > _LONGEST_LINE):
        return 0.0
    share = block.link_share
    if share > 0.5:
        return 0.0
    paragraph = length >= _PARAGRAPH or (block.finished and (length >= _SENTENCE or block.tag == "p"))
    return length * (1 - share) if paragraph else 0.0


class Weights:
    """The weights of a page's blocks, and of any stretch of them at once."""

    def __init__(self, blocks: Sequence[PageBlock]) -> None:
        self.blocks = blocks
        self.single = [weight(block) for block in blocks]
        self.sums = [0.0, *accumulate(self.single)]
        self.dense = [self._dense(place) for place in range(len(blocks))]

    def of(self, start: int, end: int) -> float:
        """The weight of the blocks from ``start`` to ``end`` (not included)."""
        return self.sums[end] - self.sums[start]

    def densest(self, start: int, end: int) -> Span:
        """The stretch between ``start`` and ``end`` with most text and least interface; empty where none is."""
        best, best_span = 0.0, (start, start)
        total, begin = 0.0, start
        for place in range(start, end):
            if total <= 0:
                total, begin = 0.0, place
            total += self.dense[place] or -self._penalty(self.blocks[place])
            if total > best:
                best, best_span = total, (begin, place + 1)
        return best_span

    def _dense(self, place: int) -> float:
        """The weight of a block for density."""
        value = self.single[place]
        if not value or place == 0 or self.blocks[place - 1].link_share < 0.8:
            return value
        return value if place + 1 < len(self.single) and self.single[place + 1] else _CARD * value

    def _penalty(self, block: PageBlock) -> int:
        if block.role in _NO_STORY:
            return _LINE_PENALTY // 2
        return _LINK_PENALTY if block.link_share > 0.5 else 0 if block.level or block.tag == "p" else _LINE_PENALTY


def find_body(layout: Layout, weights: Weights, start: int, end: int) -> Span:
    """First and one past the last block of the story between ``start`` and ``end``; empty where nothing is a story."""
    dense = weights.densest(start, end)
    wanted = weights.of(*dense)
    if not wanted:
        return start, start
    first = bisect_left(layout.containers, start, key=lambda one: one.start)
    behind = bisect_left(layout.containers, end, key=lambda one: one.start)
    inside = [one for one in layout.containers[first:behind] if one.end <= end]
    whole = weights.of(start, end)
    spans = _joined([one for one in inside if one.signs.role == "body"])
    declared = [span for span in spans if weights.of(*span) >= _DECLARED * whole]
    if declared:
        most = max(weights.of(*span) for span in declared)
        best = [span for span in declared if weights.of(*span) >= 0.9 * most]
        chosen = min(best, key=lambda span: span[1] - span[0])
        if 2 * weights.of(*chosen) >= wanted:
            return _without_edges(weights, chosen)
    held = [
        (one.start, one.end)
        for one in inside
        if weights.of(max(one.start, dense[0]), max(one.start, dense[0], min(one.end, dense[1]))) >= _MOST * wanted
    ]
    if not held:
        return _without_edges(weights, dense)
    begin, last = min(held, key=lambda span: span[1] - span[0])
    if weights.of(begin, last) > 1.5 * wanted:  # an element of the whole page
        return _without_edges(weights, (max(begin, dense[0]), min(last, dense[1])))
    return _without_edges(weights, (begin, last))


def _joined(declared: list[Container]) -> list[Span]:
    """The spans of elements said to be the story, those beside each other that look alike as one: it may be cut up."""
    spans: dict[tuple[int, str], Span] = {}
    for one in declared:
        first, last = spans.get((one.parent, one.shape), (one.start, one.end))
        spans[one.parent, one.shape] = (min(first, one.start), max(last, one.end))
    return list(spans.values())


def _without_edges(weights: Weights, span: Span) -> Span:
    """``span`` without what is before its first and behind its last block of text."""
    text = [place for place in range(*span) if weights.single[place]]
    return (text[0], text[-1] + 1) if text else (span[0], span[0])
