"""The items of a feed as documents, one after another; what is wrong with one costs that one."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.errors import InputError
from tracker.read.encodings import decode_page
from tracker.read.failures import ReadFailure
from tracker.read.feeds.entry import make_entry_document
from tracker.read.feeds.jsonfeed import parse_json_feed
from tracker.read.feeds.xmlfeed import parse_xml_feed
from tracker.read.html.page import declared_charset
from tracker.read.source import Item, Limits, Source, read_whole


def read_feed(source: Source, limits: Limits) -> Iterator[Item]:
    """The items of an RSS, Atom or JSON feed. An item without text is its title."""
    data = read_whole(source, *limits.page)
    text = decode_page(data, source.charset, declared_charset(data)).text
    parse = parse_json_feed if text.lstrip("\ufeff \n\t").startswith("{") else parse_xml_feed
    feed = parse(text)
    number = 0
    for number, entry in enumerate(feed.entries, start=1):
        origin = f"{source.origin}#{number}"
        try:
            yield make_entry_document(entry, feed.head, origin)
        except InputError as error:
            yield ReadFailure(origin, str(error))
    if feed.cut:
        raise InputError(f"is cut off: its item {number + 1} is left out, those before it were read")
    if not number:
        raise InputError("a feed without items")
