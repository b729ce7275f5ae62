"""RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0, also where they are not well-formed, as many are.

The document type is cut away before the parser sees it, so nothing is declared, expanded or fetched; what a feed uses
without declaring it (``&nbsp;``, a bare ``&``, prefixes) is put right or read as it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from tracker.errors import InputError
from tracker.read.feeds.entry import Entry, FeedHead, has_text, plain
from tracker.read.feeds.jsonfeed import Feed
from tracker.read.formats import FEED_ROOTS
from tracker.read.prolog import find_root

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
}
"""What the namespaces are called here; any other by the prefix that the feed gives it."""
_ITEMS = ("item", "atom:entry", "entry")
_TITLE = ("title", "atom:title", "dc:title", "media:title")
_CONTENT = ("content:encoded", "atom:content", "content", "xhtml:body")
_SUMMARY = ("description", "atom:summary", "summary", "dc:description", "media:description", "itunes:summary")
_PUBLISHED = ("pubDate", "pubdate", "dc:date", "atom:published", "atom:issued", "published", "dcterms:created")
_UPDATED = ("atom:updated", "atom:modified", "updated", "dcterms:modified")
_AUTHORS = ("dc:creator", "atom:author", "author", "itunes:author")
_LANG = ("language", "dc:language")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_AMPERSAND = re.compile(r"&(?:(#x?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
_OPEN = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)(?=[\s>])")
_CLOSED = re.compile(r"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)\s{0,20}>")

Fields = dict[str, list[Any]]


def parse_xml_feed(text: str) -> Feed:
    """The feed that ``text`` is. Raises InputError where it is none."""
    from lxml import etree

    start, name = find_root(text)
    if name not in FEED_ROOTS:
        said = f"its root is <{name}>" if name else "it has no root element"
        raise InputError(f"is no feed: {said}, where <rss>, <feed> or <rdf:RDF> is expected")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_mended(text[start:]).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"is no XML that can be read: {error.msg}") from error
    if root is None:
        raise InputError("is no XML that can be read")
    items = [one for one in root.iter() if _name(one) in _ITEMS]
    cut = bool(items) and _is_cut(text)
    return Feed(_head(root), _entries(items[:-1] if cut else items), cut)


def _entries(items: list[Any]) -> Iterator[Entry]:
    for item in items:
        yield _entry(item)
        item.clear()


def _entry(item: Any) -> Entry:
    fields = _fields(item)
    content = max((_markup(one) for name in _CONTENT for one in fields.get(name, ())), key=len, default="")
    if not has_text(content):
        content = next(
            (text for name in _SUMMARY for one in fields.get(name, ()) if has_text(text := _markup(one))), ""
        )
    return Entry(
        _first(fields, _TITLE),
        content,
        _link(fields),
        plain(_first(fields, _PUBLISHED)),
        plain(_first(fields, _UPDATED)),
        _authors(fields),
        item.get(_XML_LANG) or _first(fields, _LANG),
        _first(fields, ("source",)) or _source(fields),
    )


def _head(root: Any) -> FeedHead:
    fields = _fields(root)
    for channel in fields.get("channel", ())[:1]:
        fields = _fields(channel)
    lang = root.get(_XML_LANG) or _first(fields, _LANG)
    return FeedHead(_first(fields, _TITLE), _link(fields), lang)


def _fields(element: Any) -> Fields:
    fields: Fields = {}
    for child in element:
        fields.setdefault(_name(child), []).append(child)
    return fields


def _name(element: Any) -> str:
    """``prefix:name`` with the usual prefix of its namespace."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if not tag.startswith("{"):
        return tag
    space, _, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(space, element.prefix or "")
    return f"{prefix}:{local}" if prefix else local


def _first(fields: Fields, names: tuple[str, ...]) -> str:
    """The text of the first field that has any."""
    return next((text for name in names for one in fields.get(name, ()) if (text := _text(one).strip())), "")


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _markup(element: Any) -> str:
    """The HTML, or plain text, that an element holds: escaped, in a CDATA section, or as elements of its own."""
    if len(element) == 0:
        text = element.text or ""
        # Atom says what it is; RSS does not, and is HTML where it has tags.
        return html.escape(text, quote=False) if element.get("type") in ("text", "text/plain") else text
    from lxml import etree

    for one in element.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.rpartition("}")[2].rpartition(":")[2] or "div"
    etree.cleanup_namespaces(element)
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return html.escape(element.text or "", quote=False) + inner


def _link(fields: Fields) -> str:
    """The address of the item, or of the feed's site."""
    for element in fields.get("feedburner:origLink", ()):
        return _text(element).strip()
    for name in ("link", "atom:link"):
        for element in fields.get(name, ()):
            written = (element.get("href") or _text(element)).strip()
            kind = element.get("type") or "text/html"
            if written and (element.get("rel") or "alternate") == "alternate" and "html" in kind:
                return written
    for name in ("guid", "atom:id", "id"):
        for element in fields.get(name, ()):
            if (element.get("isPermaLink") or "true").strip().lower() == "true":
                return _text(element).strip()
    return ""


def _authors(fields: Fields) -> tuple[str, ...]:
    for name in _AUTHORS:
        people = []
        for element in fields.get(name, ())[:20]:
            inner = _fields(element)
            people.append(_first(inner, ("atom:name", "name")) if inner else _text(element))
        people = [one for one in people if one.strip()]
        if people:
            return tuple(people)
    return ()


def _source(fields: Fields) -> str:
    """The feed that an entry of an aggregating Atom feed comes from."""
    return next((_first(_fields(one), _TITLE) for one in fields.get("atom:source", ())), "")


def _mended(text: str) -> str:
    """``text`` without control characters, and outside CDATA sections with no entity that XML does not have."""
    text = text.translate(_CONTROLS)
    parts: list[str] = []
    place = 0
    while True:
        start = text.find("<![CDATA[", place)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            parts.append(_AMPERSAND.sub(_reference, text[place:]))
            return "".join(parts)
        parts.append(_AMPERSAND.sub(_reference, text[place:start]))
        parts.append(text[start : end + 3])
        place = end + 3


def _reference(match: re.Match[str]) -> str:
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name in _XML:
        return match.group()
    if name.startswith("#"):
        return html.escape(html.unescape(match.group()).translate(_CONTROLS))
    return html.escape(html5[f"{name};"]) if f"{name};" in html5 else f"&amp;{name};"


def _is_cut(text: str) -> bool:
    """Whether the last item that begins does not end."""
    last = 0
    for match in _OPEN.finditer(text):
        last = match.end()
    return _CLOSED.search(text, last) is None
