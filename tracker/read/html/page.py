"""HTML pages as documents: the text of their stories, line by line with what each line is, and their metadata.

Our own pass over the tree finds what is text of a story and what each piece of it is. Where it finds little against
what the page has, trafilatura is asked as well, and last the text that the page's JSON-LD gives; the best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from tracker.errors import InputError
from tracker.names.outlets import find_outlet
from tracker.read.encodings import decode_page
from tracker.read.html.authors import read_authors, split_names
from tracker.read.html.body import weight
from tracker.read.html.layout import PageBlock, lay_out
from tracker.read.html.lines import Line
from tracker.read.html.metadata import PageMetadata, read_metadata, title_of
from tracker.read.html.moments import iso_day
from tracker.read.html.phrases import opens_with
from tracker.read.html.scripts import main_script, script_of
from tracker.read.html.story import read_story
from tracker.read.html.tree import parse_page
from tracker.read.identity import document_id, text_sha256
from tracker.read.visual import is_visual, to_reading_order
from tracker.records import BlockHint, Diagnostic, Document, MetadataField

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


def read_html(data: bytes, origin: str, *, charset: str | None = None, url: str | None = None) -> Document:
    """The document that the bytes of an HTML page are. Raises InputError where no text is found in them.

    ``charset`` is the encoding, and ``url`` the address, that came with the page (HTTP); both are checked.
    """
    found = _CHARSET.search(data[:_HEAD])
    decoded = decode_page(data, charset, found.group(1).decode("ascii") if found else None)
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
    if mend is not None:
        metadata.fields = [MetadataField(one.name, mend(one.value), one.found_in) for one in metadata.fields]
    lines, authors = _read_text(root, decoded.text, metadata, mend)
    if not any(line.block in ("body", "post") for line in lines):
        raise InputError("no article text was found in this HTML page")
    return _document(data, origin, url, lines, metadata, authors, diagnostics)


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


def _document(
    data: bytes,
    origin: str,
    url: str | None,
    lines: Sequence[Line],
    metadata: PageMetadata,
    bylines: Sequence[str],
    diagnostics: Sequence[Diagnostic],
) -> Document:
    texts: list[str] = []
    hints: list[BlockHint] = []
    place = 0
    for line in lines:
        value = line.value
        if line.block == "dateline":
            value = iso_day(value)
        elif line.block == "body":
            source = opens_with(line.text, "credit") if len(line.text) < 100 else None
            outlet = find_outlet(name=source) if source else None
            if outlet is not None:
                line = line._replace(block="credit")
                value = outlet.name
        texts.append(line.text)
        hints.append(BlockHint(place, place + len(line.text), line.block, line.handle, line.opens_article, value))
        place += len(line.text) + 1
    text = "\n".join(texts)
    address = metadata.first("url") or url
    for name in bylines:
        metadata.add("author", name, "page")
    source = _source(metadata, address)
    return Document(
        document_id(data),
        text,
        origin,
        text_sha256(text),
        url=address,
        source=source,
        published=iso_day(metadata.first("published")),
        title=title_of(metadata) or next((line.text for line in lines if line.block == "headline"), None),
        lang=_lang(metadata, text),
        authors=_authors(metadata, source),
        input_format="html",
        metadata=tuple(metadata.fields),
        hints=tuple(hints),
        diagnostics=tuple(diagnostics),
    )


def _source(metadata: PageMetadata, address: str | None) -> str | None:
    """The outlet's name: as the table of outlets has it, by address or by any of its names, else as the page has it."""
    outlet = find_outlet(url=address)
    names = metadata.all("source")
    if outlet is None:
        outlet = next((one for name in names if (one := find_outlet(name=name)) is not None), None)
    if outlet is not None:
        metadata.add("outlet", outlet.outlet_id, "outlets")
        return outlet.name
    return names[0] if names else None


def _authors(metadata: PageMetadata, source: str | None) -> tuple[str, ...]:
    """The names of the best place that has any, without the outlet's own."""
    own = {name.casefold() for name in (*metadata.all("source"), source or "")}
    for places in (("json-ld",), ("og", "meta"), ("page",)):
        written = [one.value for one in metadata.fields if one.name == "author" and one.found_in in places]
        names = [name for one in written for name in split_names(one) if name.casefold() not in own]
        names = [name for name in names if find_outlet(name=name) is None or len(names) > 1]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _lang(metadata: PageMetadata, text: str) -> str | None:
    """The language that the page gives for itself, if it is written in the script of ``text``."""
    script = main_script(text)
    return next((code for code in metadata.all("lang") if script_of(code) == script), None)
