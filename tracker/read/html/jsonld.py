"""What a page's JSON-LD says about its story: schema.org's NewsArticle and its kin, in lists and graphs too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_LONGEST = 2_000_000
"""Characters of a script that are read; a longer one is no metadata."""
_DEPTH = 6
_MOST = 500
"""Objects that are looked at."""
_OPENERS = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_CLOSERS = ("-->", "//]]>", "/*]]>*/", "]]>")
_TRAILING = re.compile(r",(\s{0,50}[}\]])")
_STORIES_NAMES = (
    "NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle Article BlogPosting LiveBlogPosting Report SocialMediaPosting"
)
_STORIES = frozenset(_STORIES_NAMES.split())


def read_objects(root: Any) -> list[dict[str, Any]]:
    """The JSON-LD objects of a page, those in graphs and lists included; broken scripts are passed over."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LONGEST:
            continue
        for one in _objects(_parse(script.text), 0):
            if len(found) < _MOST:
                found.append(one)
    return found


def stories(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that describe an article, the most telling first."""
    told = [one for one in objects if _STORIES & set(types(one))]
    return sorted(
        told, key=lambda one: -sum(key in one for key in ("headline", "datePublished", "author", "publisher"))
    )


def types(one: dict[str, Any]) -> list[str]:
    """The types of an object, without the address of their vocabulary."""
    written = one.get("@type")
    names = written if isinstance(written, list) else [written]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def text_of(value: Any) -> str | None:
    """A value as text: a string, the name of an object, the first of a list."""
    if isinstance(value, list):
        return next((text for one in value if (text := text_of(one))), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return None


def names_of(value: Any) -> list[str]:
    """The names of people or bodies: a string, an object, or a list of both."""
    if isinstance(value, list):
        return [name for one in value[:20] for name in names_of(one)]
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return [name for one in value["name"][:20] for name in names_of(one)]
    text = text_of(value)
    return [text] if text else []


def _parse(script: str) -> Any:
    text = script.strip()
    for opener in _OPENERS:
        text = text.removeprefix(opener)
    for closer in _CLOSERS:
        text = text.rstrip("; \t\r\n").removesuffix(closer)
    text = text.strip("; \t\r\n")
    for attempt in (text, _TRAILING.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for one in value[:_MOST]:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(value.get(key), list | dict):
                yield from _objects(value[key], depth + 1)
