"""An item of a feed, whatever the feed is written in, and the document it becomes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.errors import InputError
from tracker.names.outlets import find_outlet
from tracker.read.html import read_html
from tracker.read.html.document import make_document
from tracker.read.html.layout import lay_out
from tracker.read.html.lines import Line
from tracker.read.html.metadata import PageMetadata, address_of, lang_of
from tracker.read.html.moments import iso_moment
from tracker.read.html.tree import parse_page
from tracker.read.identity import document_id
from tracker.read.mime import split_address
from tracker.records import Document, MetadataField
from tracker.text import without_surrogates

_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
_PARTS = re.compile(r"\s[-–—|»:]\s|:\s")
_MARKED = {"post": "post", "post-signature": "post-signature", "caption": "caption"}


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself."""

    title: str = ""
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it is written: dates as they are, ``content`` as HTML or, where it has no tags, plain text."""

    title: str = ""
    content: str = ""
    url: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    source: str = ""


def plain(text: str) -> str:
    """``text`` on one line, without tags and with its entities as characters."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(html.unescape(text).split()) if "&" in text else " ".join(text.split())


def has_text(content: str) -> bool:
    """Whether anything stands in ``content`` besides its tags."""
    return any(map(str.isalnum, _TAG.sub(" ", content)))


def make_entry_document(entry: Entry, head: FeedHead, origin: str) -> Document:
    """The document of an item: its story as of a page; where it has none, its title. Raises InputError without both."""
    title, content = without_surrogates(plain(entry.title)), without_surrogates(entry.content)
    if not title and not has_text(content):
        raise InputError("an item without title and text")
    metadata = PageMetadata(list(dict.fromkeys(_told(entry, head, title))))
    found = None
    if _TAG.search(content):
        page = f"<html><body><article><h1>{html.escape(title)}</h1>\n{content}</article></body></html>"
        try:
            found = read_html(page.encode(), origin, charset="utf-8", told=metadata.fields)
        except InputError:  # too little for a page
            lines = list(_blocks(page, title))
    else:
        paragraphs = [" ".join(line.split()) for line in html.unescape(content).split("\n")]
        lines = [Line(line, "body") for line in paragraphs if line]
    if found is None:
        if title:
            lines.insert(0, Line(title, "headline"))
        found = make_document(b"", origin, None, lines, metadata)
    return replace(found, document_id=document_id(f"{found.text}\x00{found.url or ''}".encode()), input_format="feed")


def _blocks(page: str, title: str) -> Iterator[Line]:
    for block in lay_out(parse_page(page)).blocks:
        if block.role in _MARKED:
            yield Line(block.text, _MARKED[block.role], block.handle)  # type: ignore[arg-type]  # all are blocks
        elif block.text != title:
            yield Line(block.text, "body")


def _told(entry: Entry, head: FeedHead, title: str) -> Iterator[MetadataField]:
    published, updated = iso_moment(entry.published), iso_moment(entry.updated)
    outlet = find_outlet(url=head.url) if head.url else None
    fields = [
        ("title", title),
        ("url", address_of(html.unescape(entry.url), head.url or None)),
        ("published", published or updated),
        ("modified", updated),
        ("source", plain(entry.source)),
        ("source", outlet.name if outlet is not None else _outlet_of(plain(head.title))),
        ("lang", lang_of(entry.lang or head.lang)),
        *(("author", _person(author)) for author in entry.authors),
    ]
    for name, value in fields:
        if value and (value := without_surrogates(" ".join(value.split()))):
            yield MetadataField(name, value[:1000], "feed")


def _outlet_of(title: str) -> str:
    """The outlet that the title of a feed names, else all of it: "Al Jazeera - World" is Al Jazeera's."""
    for part in (title, *_PARTS.split(title)[:4]):
        outlet = find_outlet(name=part)
        if outlet is not None:
            return outlet.name
    return title


def _person(author: str) -> str:
    """A name without the address that RSS wants before it: ``desk@example.org (Dana Orlev)``."""
    author = plain(author)[:300]
    return split_address(author)[0] if "@" in author else author
