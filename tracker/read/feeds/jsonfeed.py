"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.errors import InputError
from tracker.read.feeds.entry import Entry, FeedHead


class Feed(NamedTuple):
    """A feed: its head, its items, and whether its file ends in the midst of one, which is left out."""

    head: FeedHead
    entries: Iterator[Entry]
    cut: bool = False


def parse_json_feed(text: str) -> Feed:
    """The feed that ``text`` is. Raises InputError where it is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = f"{error.msg}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise InputError(f"no JSON that can be read ({problem}): a JSON Feed is expected") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise InputError('no JSON Feed: it has no list of "items"')
    head = FeedHead(_text(feed, "title"), _text(feed, "home_page_url"), _text(feed, "language"))
    return Feed(head, (_entry(item, _authors(feed)) for item in items))


def _entry(item: Any, authors: tuple[str, ...]) -> Entry:
    if not isinstance(item, dict):
        return Entry()
    content = _text(item, "content_html")
    if not content:
        content = html.escape(_text(item, "content_text") or _text(item, "summary"), quote=False)
    return Entry(
        _text(item, "title"),
        content,
        _text(item, "url") or _text(item, "external_url") or _text(item, "id"),
        _text(item, "date_published"),
        _text(item, "date_modified"),
        _authors(item) or authors,
        _text(item, "language"),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    return tuple(name for one in people[:20] if isinstance(one, dict) and (name := _text(one, "name")))


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""
