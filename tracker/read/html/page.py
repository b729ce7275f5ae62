"""HTML pages as documents: the text of their stories, line by line with what each line is, and their metadata.

Our own pass over the tree finds what is text of a story and what each piece of it is. Where it finds little against
what the page has, trafilatura is asked as well, and last the text that the page's JSON-LD gives; the best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from tracker.errors import InputError
from tracker.read.encodings import decode_page
from tracker.read.html.authors import read_authors
from tracker.read.html.body import weight
from tracker.read.html.document import make_document
from tracker.read.html.layout import PageBlock, lay_out
from tracker.read.html.lines import Line
from tracker.read.html.metadata import PageMetadata, read_metadata, title_of
from tracker.read.html.story import read_story
from tracker.read.html.tree import parse_page
from tracker.read.visual import is_visual, to_reading_order
from tracker.records import Diagnostic, Document, MetadataField

MAX_BYTES = 10_000_000
"""Bytes an HTML page may have, unless the caller says otherwise; its tree takes about ten times as much memory."""
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 8192
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_FEW = 250
"""Characters of a story below which it is looked for in other ways too."""
_LONGEST = 2_000_000
"""Characters of a page that trafilatura is shown at most; it takes seconds for each million."""
_LITTLE = 0.5
"""Share of another way's text below which ours is too little."""


def looks_like_html(text: str) -> bool:
    """Whether ``text`` begins as an HTML page."""
    return _HTML.match(text) is not None


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page, or an XML document, says it is in."""
    found = _CHARSET.search(data[:_HEAD])
    return found.group(1).decode("ascii") if found else None


def read_html(
    data: bytes,
    origin: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    told: Sequence[MetadataField] = (),
) -> Document:
    """The document that the bytes of an HTML page are. Raises InputError where no text is found in them.

    ``charset`` is the encoding, and ``url`` the address, that came with the page (HTTP); both are checked. ``told`` is
    what else came with it (of a feed or a mail), which counts more than what the page says.
    """
    decoded = decode_page(data, charset, declared_charset(data))
    if not decoded.text.strip():
        raise InputError("is empty")
    diagnostics = list(decoded.diagnostics)
    mend: Callable[[str], str] | None = None
    if is_visual(decoded.text):
        mend = to_reading_order
        diagnostics.append(
            Diagnostic("visual-hebrew", "its Hebrew stood in visual order (backwards); turned into reading order")
        )
    root = parse_page(decoded.text)
    metadata = read_metadata(root)
    for one in told:
        metadata.add(one.name, one.value, one.found_in)
    if mend is not None:
        metadata.fields = [MetadataField(one.name, mend(one.value), one.found_in) for one in metadata.fields]
    lines, authors = _read_text(root, decoded.text, metadata, mend)
    if not any(line.block in ("body", "post") for line in lines):
        raise InputError("no article text was found in this HTML page")
    return make_document(data, origin, url, lines, metadata, authors, diagnostics)


def _read_text(
    root: Any, page: str, metadata: PageMetadata, mend: Callable[[str], str] | None
) -> tuple[list[Line], list[str]]:
    titles = metadata.all("title")
    layout = lay_out(root, mend=mend, titles=titles)
    story = read_story(layout, titles)
    if story.chars < _FEW:
        shown_or_not = lay_out(root, mend=mend, titles=titles, hidden=True)
        whole = read_story(shown_or_not, titles)
        if whole.chars * _LITTLE > story.chars:
            layout, story = shown_or_not, whole
    lines = list(story.lines)
    chars = story.chars
    if metadata.body is not None and len(metadata.body) * _LITTLE > chars and "<" not in metadata.body:
        told = [" ".join(part.split()) for part in metadata.body.splitlines()]
        lines, chars = [Line(text, "body") for text in told if text], len(metadata.body)
    if chars < _FEW and mend is None and len(page) <= _LONGEST:
        other = _trafilatura(page)
        if sum(map(len, other)) * _LITTLE >= chars:
            lines = [Line(text, "body") for text in other]
    title = title_of(metadata)
    shown = next((line.text for line in lines if line.block == "headline"), None)
    if title and shown and story.stories == 1 and shown in title and 2 * len(shown) >= len(title):
        metadata.add("title", shown, "headline")
    elif title is not None and not story.titled and not (lines and lines[0].text == title):
        lines.insert(0, Line(title, "headline"))
    authors = read_authors(layout.blocks[story.span[0] : story.span[1]]) or read_authors(
        [block for block in layout.blocks if block.role == "byline"][:3]
    )
    return lines, authors


def _trafilatura(page: str) -> list[str]:
    """The paragraphs that trafilatura takes for the body; short lines, which are the interface's more often, aside."""
    import trafilatura

    found = trafilatura.extract(page, fast=True, include_comments=False, include_tables=True)
    text = str(found or "")
    blocks = [PageBlock(" ".join(line.split())) for line in text.split("\n")]
    return [block.text for block in blocks if weight(block)]
