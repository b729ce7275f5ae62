"""A page's tree as its blocks of text in order, and the elements that hold them.

A block is what stands on lines of its own: the text of a paragraph, a heading, a list item, a table cell, or what two
line breaks in a row set apart. Elements that are no text of any page (scripts, menus, share bars, comments) are left
out here; embedded posts come with their account.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.read.html.embeds import is_embed, read_embed
from tracker.read.html.roles import NO_SIGNS, SIGNS, Signs, read_signs
from tracker.read.html.tree import MAX_DEPTH

_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(_INLINE_NAMES.split())
_DROPPED_NAMES = (
    "script style noscript template svg math canvas iframe object embed audio video source track picture map "
    "select option textarea input button datalist dialog menu nav head link meta title applet progress meter"
)
DROPPED = frozenset(_DROPPED_NAMES.split())
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = frozenset(("b", "strong"))
_BREAK = "\x00"
_ENDS = tuple(".!?…؟。:؛")
_CLOSERS = "\"'”’»)]״׳*_ \u200f\u200e"
_TITLE = 20
_LONG_LINE = 60
"""Characters from which a line before a single ``<br>`` may be a paragraph."""
_LONGEST_DATE = 100
_SHORT = ("related", "tags", "caption", "byline", "dateline")
"""Roles that an element cannot have that holds most of the page's text."""
_NO_PICTURE = re.compile("table|quote|embed")
_RESCUED = 0.5
"""Share of a page's paragraphs in an element from which its class is not believed to say it is no text."""
_FEW = 500


@dataclass(slots=True)
class PageBlock:
    """``text`` with single spaces; ``links`` and ``bold`` are characters of it; ``level`` is a heading's.

    ``role`` is what the markup around it says (see roles.toml; ``post``, ``post-signature``, ``aside`` besides),
    ``shape`` tag and class, by which blocks are seen to be of one kind; ``value`` an ISO date.
    """

    text: str
    tag: str = "p"
    shape: str = ""
    role: str = ""
    links: int = 0
    bold: int = 0
    handle: str | None = None
    value: str | None = None
    after_rule: bool = False
    live: bool = False

    @property
    def level(self) -> int:
        """1 to 6 of a heading, 0 of anything else."""
        return HEADINGS.get(self.tag, 0)

    @property
    def link_share(self) -> float:
        """Share of its characters that are links."""
        return self.links / max(1, len(self.text))

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSERS).endswith(_ENDS)


@dataclass(slots=True)
class Container:
    """An element that holds the blocks from ``start`` to ``end`` (not included); ``parent`` is a place in the list."""

    tag: str
    shape: str
    signs: Signs
    parent: int
    start: int
    end: int = 0


@dataclass(slots=True)
class Layout:
    """The blocks of a page and the elements around them, outer before inner."""

    blocks: list[PageBlock]
    containers: list[Container]


def lay_out(
    root: Any, *, mend: Callable[[str], str] | None = None, titles: Sequence[str] = (), hidden: bool = False
) -> Layout:
    """The blocks of the page. ``mend`` is applied to each line; a line that is one of ``titles``
    is a block of its own; ``hidden``: elements that are not shown as well."""
    walker = _Walker(root, mend, titles, hidden)
    body = root.find("body")
    walker.visit(root if body is None else body, 0)
    walker.flush()
    return Layout(walker.blocks, [one for one in walker.containers if one.end > one.start])


class _Walker:
    def __init__(self, root: Any, mend: Callable[[str], str] | None, titles: Sequence[str], hidden: bool) -> None:
        self.root, self.mend, self.titles, self.hidden = root, mend, titles, hidden
        self.blocks: list[PageBlock] = []
        self.containers: list[Container] = []
        self.pieces: list[tuple[str, bool, bool]] = []
        self.tag, self.shape, self.role, self.live = "div", "", "", False
        self.value: str | None = None
        self.link = self.bold = self.rule = False
        self.inside = -1
        self.articles = 0
        self.whole = -1
        self.rest = -1

    def visit(self, element: Any, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED:
            return
        signs = NO_SIGNS
        attributes = element.attrib
        written = ""
        if attributes:
            if not self.hidden and _is_hidden(attributes):
                return
            written = " ".join([value for name, value in attributes.items() if name in SIGNS])
            if written:
                signs = read_signs(tag, written)
            if (tag == "blockquote" or written) and is_embed(tag, attributes):
                self._embed(element)
                return
        if tag == "br":
            self.pieces.append((_BREAK, False, False))
        elif (signs.never or signs.role == "skip") and tag not in ("html", "body"):
            if not signs.never and self._rescued(element):
                self._block(element, tag, written, signs._replace(role=""), depth)
        elif tag in INLINE and signs.role in ("", "lead", "body", "dateline", "byline"):
            self._inline(element, tag, signs, depth)
        else:
            self._block(element, tag, written, signs, depth)

    def _inline(self, element: Any, tag: str, signs: Signs, depth: int) -> None:
        link, bold, role = self.link, self.bold, self.role
        self.link = link or tag == "a"
        self.bold = bold or tag in _BOLD
        if tag == "time":
            self.value = element.get("datetime") or self.value
        apart = signs.role in ("dateline", "byline")
        if apart:
            self.flush()
            self.role = signs.role
        self._content(element, depth)
        if apart:
            self.flush()
        self.link, self.bold, self.role = link, bold, role

    def _block(self, element: Any, tag: str, written: str, signs: Signs, depth: int) -> None:
        if tag == "hr":
            self.flush()
            self.rule = True
            return
        if self._left_out(element, tag):
            return
        if signs.role in _SHORT and self._rescued(element):
            signs = signs._replace(role="")
        elif tag == "figure" and not signs.role and not _NO_PICTURE.search(written):
            signs = signs._replace(role="caption")
        self.flush()
        saved = self.tag, self.shape, self.role, self.live, self.inside, self.value, self.link, self.bold
        own = Container(tag, f"{tag} {written}", signs, self.inside, len(self.blocks))
        self.inside = len(self.containers)
        self.containers.append(own)
        self.tag, self.shape, self.value = tag, own.shape, element.get("datetime")
        self.role = self._role(tag, signs.role)
        self.live = self.live or signs.live
        self.link = self.link or tag == "a"
        is_article = tag == "article"
        self.articles += is_article
        self._content(element, depth)
        self.flush()
        self.articles -= is_article
        own.end = len(self.blocks)
        self.tag, self.shape, self.role, self.live, self.inside, self.value, self.link, self.bold = saved

    def _role(self, tag: str, role: str) -> str:
        if self.role in ("related", "tags", "aside") and role != "body":
            return "caption" if tag == "figcaption" and self.role == "aside" else self.role
        if tag == "figcaption":
            return "caption"
        if tag == "aside":
            return role if role in ("related", "tags") else "aside"
        if role == "body":
            return ""
        if tag == "p" and not role and self.role in ("lead", "byline", "dateline"):
            return self.role
        return role or self.role

    def _left_out(self, element: Any, tag: str) -> bool:
        """Whether the tag alone says that it is no text of a story, given where it stands."""
        if self.articles or tag not in ("footer", "header", "aside"):
            return False
        if tag == "header":
            return element.find(".//h1") is None
        return not self._rescued(element)

    def _rescued(self, element: Any) -> bool:
        """Whether so much of the page's paragraphs is in it that its class cannot be right."""
        if len(element) == 0:
            return False
        if self.whole < 0:
            self.whole = _paragraph_chars(self.root)
        if self.whole >= _FEW:
            return _paragraph_chars(element) > _RESCUED * self.whole
        if self.rest < 0:  # a page without paragraphs
            self.rest = _chars(self.root)
        return self.rest >= _FEW and _chars(element) > _RESCUED * self.rest

    def _content(self, element: Any, depth: int) -> None:
        pieces = self.pieces
        if depth >= MAX_DEPTH:
            pieces.append((" ".join(element.itertext()), self.link, self.bold))
            return
        if element.text:
            pieces.append((element.text, self.link, self.bold))
        for child in element:
            self.visit(child, depth + 1)
            if child.tail:
                self.pieces.append((child.tail, self.link, self.bold))

    def _embed(self, element: Any) -> None:
        self.flush()
        post = read_embed(element)
        for line in post.lines:
            self.blocks.append(PageBlock(line, "p", "post", "post", handle=post.handle, live=self.live))
        if post.signature:
            self.blocks.append(PageBlock(post.signature, "p", "post", "post-signature", handle=post.handle))

    def flush(self) -> None:
        """End the block that is open."""
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        for text, links, bold in _paragraphs(pieces, self.mend, self.titles):
            role = self.role
            if self.value is not None and not role and len(text) <= _LONGEST_DATE:
                role = "dateline"
            self.blocks.append(
                PageBlock(text, self.tag, self.shape, role, links, bold, None, self.value, self.rule, self.live)
            )
            self.rule = False
        self.value = None


def _is_hidden(attributes: Any) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and "none" in style and "display:none" in style.replace(" ", "").lower()


def _chars(element: Any) -> int:
    """Characters of an element's text outside scripts and links."""
    dropped = ("script", "style", "noscript", "template", "a", "title")
    own = sum(len(one.text.strip()) for one in element.iter() if one.text and one.tag not in dropped)
    return own + sum(len(one.tail.strip()) for one in element.iter() if one.tail and one is not element)


def _paragraph_chars(element: Any) -> int:
    return sum(len(text) for paragraph in element.iter("p") for text in paragraph.itertext())


def _paragraphs(
    pieces: list[tuple[str, bool, bool]], mend: Callable[[str], str] | None, titles: Sequence[str]
) -> Iterator[tuple[str, int, int]]:
    """Text, characters in links and characters in bold of each paragraph that ``pieces`` are."""
    lines: list[list[tuple[str, bool, bool]]] = [[]]
    for piece in pieces:
        if piece[0] is _BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    texts: list[str] = []
    links = bold = 0
    for line in lines:
        text = " ".join("".join([piece[0] for piece in line]).split())
        if mend is not None:
            text = mend(text)
        ended = texts and (not text or (mend is None and _ends_paragraph(texts[-1], titles)))
        if ended:
            yield " ".join(texts), links, bold
            texts, links, bold = [], 0, 0
        if text:
            texts.append(text)
            for written, in_link, in_bold in line:
                if in_link or in_bold:
                    length = len(written.strip())
                    links += length * in_link
                    bold += length * in_bold
    if texts:
        yield " ".join(texts), links, bold


def _ends_paragraph(line: str, titles: Sequence[str]) -> bool:
    """Whether the line before a single line break was a paragraph of its own."""
    if len(line) > _TITLE and any(line in title for title in titles):
        return True
    return len(line) >= _LONG_LINE and line.rstrip(_CLOSERS).endswith(_ENDS)
