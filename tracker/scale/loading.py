"""Shards into one store, which is then the same as if one process had read everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from tracker.config import Config
from tracker.errors import UsageError
from tracker.scale.files import list_shards
from tracker.scale.shards import ShardFacts, read_shard
from tracker.store.ingestion import Part, Summary, store_found
from tracker.store.rows import DocumentRows
from tracker.store.units import Unusable


def find_shards(paths: Sequence[str]) -> list[str]:
    """The shards behind ``paths``: shards, folders of them, addresses. Raises UsageError where a folder has none."""
    shards: list[str] = []
    for path in paths:
        found = list_shards(path)
        if not found:
            raise UsageError(f"{path}: no shards (*.parquet) in this folder")
        shards += found
    return shards


def load_shards(
    connection: sqlite3.Connection,
    shards: Sequence[str],
    *,
    config: Config,
    bulk: bool = False,
    on_failure: Callable[[Unusable], None] = lambda unusable: None,
    on_document: Callable[[], None] = lambda: None,
) -> Summary:
    """Store all documents of the shards that are not stored already.

    Raises StoreError where one is no shard; what was stored before stays.
    """
    return store_found(
        connection, _parts(shards), config=config, bulk=bulk, on_failure=on_failure, on_document=on_document
    )


def _parts(shards: Sequence[str]) -> Iterator[Part]:
    for shard in shards:
        records = read_shard(shard)
        facts = next(records)
        if isinstance(facts, ShardFacts):
            yield facts.extractor, _found(facts, records)


def _found(facts: ShardFacts, records: Iterator[ShardFacts | DocumentRows]) -> Generator[list[Any], None, None]:
    for failure in facts.failures:
        yield [failure]
    for rows in records:
        yield [rows]
