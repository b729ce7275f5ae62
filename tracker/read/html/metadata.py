"""A page's metadata, each value with where it was found: JSON-LD, OpenGraph and other meta tags, links, time elements.

All that is found is kept as MetadataFields; the first in the order of ``_ORDER`` counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from tracker.read.html.jsonld import names_of, read_objects, stories, text_of, types
from tracker.read.html.moments import iso_moment
from tracker.records import MetadataField

_META = {
    "og:title": ("title", "og"),
    "twitter:title": ("title", "meta"),
    "dc.title": ("title", "meta"),
    "headline": ("title", "meta"),
    "og:site_name": ("source", "og"),
    "application-name": ("source", "meta"),
    "dc.publisher": ("source", "meta"),
    "publisher": ("source", "meta"),
    "article:published_time": ("published", "og"),
    "og:published_time": ("published", "og"),
    "article:published": ("published", "meta"),
    "datepublished": ("published", "microdata"),
    "pubdate": ("published", "meta"),
    "publishdate": ("published", "meta"),
    "publish-date": ("published", "meta"),
    "publish_date": ("published", "meta"),
    "date": ("published", "meta"),
    "dc.date": ("published", "meta"),
    "dc.date.issued": ("published", "meta"),
    "dcterms.created": ("published", "meta"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "cxenseparse:recs:publishtime": ("published", "meta"),
    "article:modified_time": ("modified", "og"),
    "og:updated_time": ("modified", "og"),
    "datemodified": ("modified", "microdata"),
    "lastmod": ("modified", "meta"),
    "last-modified": ("modified", "meta"),
    "author": ("author", "meta"),
    "article:author": ("author", "og"),
    "dc.creator": ("author", "meta"),
    "dcterms.creator": ("author", "meta"),
    "parsely-author": ("author", "meta"),
    "sailthru.author": ("author", "meta"),
    "byl": ("author", "meta"),
    "og:url": ("url", "og"),
    "twitter:url": ("url", "meta"),
    "og:locale": ("lang", "og"),
    "content-language": ("lang", "meta"),
    "inlanguage": ("lang", "microdata"),
    "language": ("lang", "meta"),
}
TOLD = ("feed", "mail")
"""Places outside of the page, which count more than it does: who sends it knows what it is."""
_ORDER = (*TOLD, "json-ld", "og", "meta", "microdata", "link", "time", "page", "html")
_LONGEST = 1000
_URL = re.compile(r"https?://[^\s<>\"']{3,1900}", re.IGNORECASE)
_MEMBER_LANG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_RENAMED = {"iw": "he", "ji": "yi", "in": "id", "no": "nb"}
_SITE = re.compile(r" [|•·»\-–—]{1,3} ")


@dataclass
class PageMetadata:
    """All values found, and the story's text where the page gives it besides (``body``)."""

    fields: list[MetadataField] = field(default_factory=list)
    body: str | None = None

    def add(self, name: str, value: str | None, found_in: str) -> None:
        """Note a value, unless it is none, too long, or there already."""
        if value:
            value = " ".join(value.split())
            one = MetadataField(name, value, found_in)
            if value and len(value) <= _LONGEST and one not in self.fields:
                self.fields.append(one)

    def all(self, name: str) -> list[str]:
        """All values of ``name``, those of the most trusted places first."""
        found = [one for one in self.fields if one.name == name]
        ranked = sorted(found, key=lambda one: _ORDER.index(one.found_in) if one.found_in in _ORDER else len(_ORDER))
        return list(dict.fromkeys(one.value for one in ranked))

    def first(self, name: str) -> str | None:
        """The value of ``name`` that counts."""
        return next(iter(self.all(name)), None)


def read_metadata(root: Any) -> PageMetadata:
    """What the page says about itself."""
    found = PageMetadata()
    objects = read_objects(root)
    _read_jsonld(found, objects)
    _read_meta(found, root)
    _read_links(found, root)
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    found.add("lang", lang_of(lang), "html")
    found.add("dir", root.get("dir"), "html")
    return found


def title_of(found: PageMetadata) -> str | None:
    """The story's title, without the name of the site that pages add to it."""
    shown = next((one.value for one in found.fields if one.found_in == "headline"), None)
    title = shown or found.first("title")
    if title is None or shown is not None:
        return title
    heads = [one.value for one in found.fields if one.name == "title" and one.found_in in ("page", "json-ld")]
    sites = [one.casefold() for one in found.all("source")]
    parts = _SITE.split(title)
    if len(parts) > 1 and (parts[-1].casefold() in sites or any(head == _SITE.sub(" ", title) for head in heads)):
        return title[: title.rindex(parts[-1])].rstrip(" |•·»-–—") or title
    if len(parts) > 1 and parts[0].casefold() in sites:
        return title[len(parts[0]) :].lstrip(" |•·»-–—") or title
    return title


def _read_jsonld(found: PageMetadata, objects: list[dict[str, Any]]) -> None:
    told = stories(objects)
    for story in told[:1]:
        found.add("title", text_of(story.get("headline")) or text_of(story.get("name")), "json-ld")
        found.add("published", iso_moment(text_of(story.get("datePublished"))), "json-ld")
        found.add("modified", iso_moment(text_of(story.get("dateModified"))), "json-ld")
        found.add("source", text_of(_resolved(story.get("publisher"), objects)), "json-ld")
        found.add("lang", lang_of(text_of(story.get("inLanguage"))), "json-ld")
        for key in ("author", "creator"):
            for name in names_of(_resolved(story.get(key), objects)):
                found.add("author", name, "json-ld")
        address = story.get("url") or story.get("mainEntityOfPage")
        if isinstance(address, dict):
            address = address.get("@id") or address.get("url")
        found.add("url", address_of(address, None), "json-ld")
        body = story.get("articleBody")
        found.body = body if isinstance(body, str) and body.strip() else None
    for one in objects:
        kinds = types(one)
        if "WebPage" in kinds and told:
            found.add("published", iso_moment(text_of(one.get("datePublished"))), "json-ld")
            found.add("modified", iso_moment(text_of(one.get("dateModified"))), "json-ld")
        elif "WebSite" in kinds:
            found.add("source", text_of(one.get("name")), "json-ld")


def _resolved(value: Any, objects: list[dict[str, Any]]) -> Any:
    """``value`` with references (``{"@id": …}``) replaced by what they point to in the page's graph."""
    if isinstance(value, list):
        return [_resolved(one, objects) for one in value[:20]]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return next((one for one in objects if one.get("@id") == value["@id"] and "name" in one), value)
    return value


def _read_meta(found: PageMetadata, root: Any) -> None:
    for meta in root.iter("meta"):
        written = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        name, place = _META.get((written or "").strip().lower(), ("", ""))
        value = meta.get("content")
        if not name or not value:
            continue
        if name in ("published", "modified"):
            found.add(name, iso_moment(value), place)
        elif name == "url":
            found.add(name, address_of(value, None), place)
        elif name == "lang":
            found.add(name, lang_of(value), place)
        elif (name == "author" and not _URL.match(value)) or name in ("title", "source"):
            found.add(name, value, place)


def _read_links(found: PageMetadata, root: Any) -> None:
    base = found.first("url")
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            found.add("url", address_of(link.get("href"), base), "link")
    dated = found.first("published") is not None  # looking at every element takes its time
    for element in () if dated else root.xpath("//*[@itemprop='datePublished' or @itemprop='dateModified']"):
        written = element.get("datetime") or element.get("content") or "".join(element.itertext())[:80]
        name = "published" if element.get("itemprop") == "datePublished" else "modified"
        found.add(name, iso_moment(written), "microdata")
    for element in root.iter("time"):
        classes = (element.get("class") or "").lower()
        modified = "updat" in classes or "modif" in classes
        found.add("modified" if modified else "published", iso_moment(element.get("datetime")), "time")
    title = root.find(".//title")
    if title is not None and title.text:
        found.add("title", title.text, "page")


def address_of(value: Any, base: str | None) -> str | None:
    """``value`` where it is an address of the web, or a path below ``base``."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    if base and value.startswith("/"):
        value = urljoin(base, value)
    if len(value) > _LONGEST or _URL.fullmatch(value) is None:
        return None
    try:
        return value if urlsplit(value).hostname else None
    except ValueError:  # a bracket that is no IPv6 address
        return None


def lang_of(value: str | None) -> str | None:
    """The language of a tag as ``ar-EG``; None for none."""
    match = _MEMBER_LANG.fullmatch((value or "").strip())
    if match is None:
        return None
    code = match.group(1).lower()
    return _RENAMED.get(code, code)
