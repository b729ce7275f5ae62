"""The blocks of a story as the lines of a document's text, each with what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from tracker.read.html.body import Weights
from tracker.read.html.embeds import account_at
from tracker.read.html.layout import PageBlock
from tracker.read.html.phrases import is_phrase, opens_with
from tracker.records import Block, Span

_HEADLINE = 200
_SUBHEADLINE, _SUBHEADLINE_WORDS = 70, 9
_BYLINE_CHARS, _DATELINE_CHARS, _CAPTION_CHARS = 200, 120, 600
_TEASER = 12
"""Characters of a link that may be the title of another story."""
_ITEM = 20
_LINE = 30
_LINE_WORDS = 5
_REPEATED = 40
"""Characters from which a line that was there before is a copy (for small screens, for lazy loading)."""


class Line(NamedTuple):
    """One line; the fields are those of a BlockHint."""

    text: str
    block: Block
    handle: str | None = None
    opens_article: bool = False
    value: str | None = None


class LineMaker:
    """Makes lines of the blocks of one page, which it remembers, so that none comes twice."""

    def __init__(self, blocks: Sequence[PageBlock], weights: Weights, span: Span) -> None:
        self.blocks, self.weights = blocks, weights
        shapes: Counter[str] = Counter()
        for place in range(*span):
            if weights.single[place]:
                shapes[blocks[place].shape] += 1
        most = max(shapes.values(), default=0)
        self.usual = {shape for shape, count in shapes.items() if 2 * count >= most and count > 1}
        self.seen: set[str] = set()

    def story(self, span: Span, *, borders: Collection[int] = ()) -> list[Line]:
        """The lines of the story, or of several stories that begin at ``borders``, between the ends of ``span``."""
        lines: list[Line] = []
        listing = opens = False
        for place in range(*span):
            block = self.blocks[place]
            if is_phrase(block.text, "comments") and not self.weights.single[place]:
                break
            opens = opens or place in borders
            label: Block | None
            if place in borders:
                label, listing = "headline", False
            else:
                label, listing = self._label(place, span[1], listing)
            if label is None or self._repeats(block):
                continue
            handle = block.handle or (account_at(block.text) if label == "post" else None)
            lines.append(Line(block.text, label, handle, opens, _value(block, label)))
            opens = False
        return lines

    def head(self, span: Span, title: int | None) -> list[Line]:
        """The lines between the title of a story and its first paragraph that the markup says something about."""
        lines: list[Line] = []
        for place in range(*span):
            block = self.blocks[place]
            label: Block | None
            if place == title:
                label = "headline"
            elif block.role == "lead" or (block.level and block.link_share < 0.5 and title is not None):
                label = "body" if block.finished and not block.level else "headline"
                if is_phrase(block.text, "read_also"):
                    label = None
            elif block.role in ("byline", "dateline", "caption", "post", "post-signature"):
                label = self._label(place, span[1], False)[0]
            else:
                label = None
            if label is not None and not self._repeats(block):
                lines.append(Line(block.text, label, block.handle, False, _value(block, label)))
        return lines

    def tail(self, span: Span) -> list[Line]:
        """The keywords, sources and links to other stories behind the last paragraph."""
        lines: list[Line] = []
        for place in range(*span):
            block = self.blocks[place]
            if is_phrase(block.text, "comments"):
                break
            kept: Block | None = None
            if block.role in ("tags", "related", "byline"):
                kept = self._label(place, span[1], False)[0]
            elif opens_with(block.text, "credit") and len(block.text) <= _DATELINE_CHARS:
                kept = "body"
            elif opens_with(block.text, "tags") is not None and block.link_share < 1:
                kept = "tags"
            if kept is not None and not self._repeats(block):
                lines.append(Line(block.text, kept, block.handle))
        return lines

    def _repeats(self, block: PageBlock) -> bool:
        if len(block.text) < _REPEATED:
            return False
        said = f"{block.handle or ''} {block.text}"  # two accounts may post the same
        if said in self.seen:
            return True
        self.seen.add(said)
        return False

    def _label(self, place: int, end: int, listing: bool) -> tuple[Block | None, bool]:
        """What the block is, None to leave it out; and whether links to other stories may follow."""
        block = self.blocks[place]
        text, role = block.text, block.role
        if role in ("post", "post-signature"):
            return ("post" if role == "post" else "post-signature"), False
        if role == "related" or (role == "aside" and block.link_share > 0.5):
            label: Block = "boilerplate" if is_phrase(text, "read_also") else "related"
            return label, listing
        if role == "aside":
            return "boilerplate", listing
        if role == "tags":
            return "tags", listing
        if role == "caption":
            return ("caption" if len(text) <= _CAPTION_CHARS else "body"), listing
        if role == "byline":
            return ("credit" if len(text) <= _BYLINE_CHARS else "boilerplate"), False
        if role == "dateline" and len(text) <= _DATELINE_CHARS:
            return ("dateline" if block.value or any(map(str.isdigit, text)) else None), False
        if " " not in text and text.startswith(("http://", "https://", "pic.twitter.com/")):
            return ("post" if account_at(text) else None), listing
        after = opens_with(text, "read_also") if len(text) <= _HEADLINE else None
        if after == "":
            return "boilerplate", True
        if after and block.link_share > 0.3:
            return "related", False
        if block.link_share > 0.8 and not (self.weights.single[place] or (block.finished and len(text) > _REPEATED)):
            return ("related" if listing or (len(text) >= _TEASER and " " in text) else None), listing
        if listing and block.link_share > 0.5:
            return "related", True
        if block.level:
            return ("headline" if len(text) <= _HEADLINE else "body"), False
        return self._body(place, end), False

    def _body(self, place: int, end: int) -> Block | None:
        block = self.blocks[place]
        text = block.text
        if self._is_subheadline(place, end):
            return "headline"
        if self.weights.single[place]:
            return "body"
        if not any(map(str.isalnum, text)):
            return None
        if block.tag in ("p", "blockquote") or block.shape in self.usual or block.finished:
            return "body"
        if block.tag in ("li", "dd") and len(text) >= _ITEM and block.link_share < 0.5:
            return "body"
        long = len(text) >= _LINE and len(text.split()) >= _LINE_WORDS
        return "body" if long and block.link_share < 0.2 else None

    def _is_subheadline(self, place: int, end: int) -> bool:
        block = self.blocks[place]
        if block.bold < 0.9 * len(block.text) or len(block.text) > _SUBHEADLINE or block.finished:
            return False
        if len(block.text.split()) > _SUBHEADLINE_WORDS or block.text[:1] in "\"'“«„-–—•":
            return False
        following = next((one for one in range(place + 1, min(end, place + 3)) if self.weights.single[one]), None)
        return following is not None and not self.blocks[following].text[:1].islower()


def _value(block: PageBlock, label: Block) -> str | None:
    return block.value if label == "dateline" else None
