"""The filters of ``query`` for shards instead of a database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.config import Config


def ask_shards(path: str, asked: dict[str, Any], config: Config) -> Iterator[tuple[Any, ...]]:
    """Rows of who_said_what from the shards of a folder or address."""
    from tracker.scale.asking import Shards
    from tracker.store.queries import Filters, matching_sources

    shards = Shards(path)
    source = asked["source"]
    filters = Filters(
        text=" ".join(asked["text"]) if asked["text"] else None,
        about=() if asked["about"] is None else (asked["about"],),
        sources=None if source is None else matching_sources(shards.sources(), source),
        lang=asked["lang"],
        kind=asked["kind"],
        since=asked["since"],
        until=asked["until"],
        limit=asked["limit"],
        langs=config.languages,
    )
    return shards.ask(filters, asked["speaker"])
