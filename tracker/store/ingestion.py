"""A whole run: inputs are read, what is not yet stored is extracted, linked, written and cross-checked."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracker.config import Config
from tracker.records import Annotations, Document
from tracker.store.connection import transaction
from tracker.store.crosscheck import count_pending, crosscheck
from tracker.store.extraction import annotate_all, extractor_version
from tracker.store.linking import StoreLinker
from tracker.store.writing import forget_failures, is_storable, is_stored, record_failure, write_batch

BATCH_DOCUMENTS = 100
BATCH_CHARS = 2_000_000
BATCH_SECONDS = 5.0
"""A batch is written when it is full or this old, so that a run that is broken off loses little."""

COLLECTED_AFTER = 100_000
"""New objects after which cycles among them are looked for."""


@dataclass(frozen=True)
class Unusable:
    """An input that could not be used, and why, in one line."""

    origin: str
    message: str


@dataclass
class Summary:
    """What one run did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    statements: int = 0
    pairs: int = 0
    pending: int = 0
    """Statements that are left to be compared with the others (``crosscheck.at_ingest_limit``)."""
    seconds: float = 0.0
    speakers: int = 0

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"{self.new} new"]
        if self.changed:
            parts.append(f"{self.changed} changed")
        parts += [f"{self.unchanged} unchanged", f"{self.failed} failed"]
        return (
            f"Documents: {', '.join(parts)}. Statements: {self.statements}. Speakers: {self.speakers}. "
            f"{self.seconds:.1f} s."
        )


def ingest(
    connection: sqlite3.Connection,
    inputs: Iterable[Document | Unusable],
    *,
    config: Config,
    jobs: int = 1,
    on_failure: Callable[[Unusable], None] = lambda unusable: None,
    on_document: Callable[[], None] = lambda: None,
) -> Summary:
    """Store everything in ``inputs`` that is not stored already; a failed input costs only itself.

    ``on_failure`` is called with each input that could not be used, ``on_document`` after each that was seen.
    Raises sqlite3.Error; what was written before stays.
    """
    with _fewer_collections():
        return _Run(connection, config, on_failure, on_document).run(inputs, jobs)


@contextlib.contextmanager
def _fewer_collections() -> Iterator[None]:
    """Looks for cycles seldom: rows and records have none, and looking through them took a quarter of a run's time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], COLLECTED_AFTER), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Run:
    def __init__(
        self,
        connection: sqlite3.Connection,
        config: Config,
        on_failure: Callable[[Unusable], None],
        on_document: Callable[[], None],
    ) -> None:
        self.connection = connection
        self.config = config
        self.on_failure = on_failure
        self.on_document = on_document
        self.summary = Summary()
        self.extractor = extractor_version(config.languages, config.pipelines, config.models)
        self.linker = StoreLinker(connection)
        self.known_failures = {row[0] for row in connection.execute("SELECT origin FROM failures")}
        self.recovered: list[str] = []

    def run(self, inputs: Iterable[Document | Unusable], jobs: int) -> Summary:
        started = time.perf_counter()
        batch: list[Annotations] = []
        size, opened = 0, started
        for found in annotate_all(
            self._fresh(inputs),
            langs=self.config.languages,
            pipelines=self.config.pipelines,
            models=self.config.models,
            jobs=jobs,
        ):
            batch.append(found)
            size += len(found.text)
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_CHARS or time.perf_counter() - opened > BATCH_SECONDS:
                self._write(batch)
                batch, size, opened = [], 0, time.perf_counter()
        self._write(batch)
        with transaction(self.connection):
            self.linker.finish()
        if self.config.crosscheck.enabled:
            settings = self.config.crosscheck
            self.summary.pairs = crosscheck(
                self.connection,
                settings,
                models=self.config.models,
                limit=settings.at_ingest_limit,
                lost_pairs=self.summary.changed > 0,
            )
            self.summary.pending = count_pending(self.connection)
        self.summary.speakers = self.linker.speakers
        self.summary.seconds = time.perf_counter() - started
        return self.summary

    def _fresh(self, inputs: Iterable[Document | Unusable]) -> Iterator[Document]:
        """The documents that have to be extracted; the others are counted here."""
        for item in inputs:
            if isinstance(item, Unusable):
                self._fail(item)
                continue
            if not is_storable(item):
                self._fail(
                    Unusable(item.origin, "holds half a surrogate pair, which no valid text does; mend its encoding")
                )
                continue
            if item.origin in self.known_failures:
                self.recovered.append(item.origin)
            if is_stored(self.connection, item, extractor=self.extractor):
                self.summary.unchanged += 1
                self.on_document()
            else:
                yield item

    def _fail(self, unusable: Unusable) -> None:
        with transaction(self.connection):
            record_failure(self.connection, unusable.origin, unusable.message)
        self.summary.failed += 1
        self.on_failure(unusable)
        self.on_document()

    def _write(self, batch: list[Annotations]) -> None:
        with transaction(self.connection):
            if self.recovered:
                forget_failures(self.connection, self.recovered)
                self.recovered = []
            written = write_batch(self.connection, batch, linker=self.linker, extractor=self.extractor)
            self.linker.finish(context=False)
        for found, one in zip(batch, written, strict=True):
            if one.outcome == "new":
                self.summary.new += 1
            elif one.outcome == "changed":
                self.summary.changed += 1
            else:
                self.summary.unchanged += 1
            if one.outcome != "unchanged":
                self.summary.statements += len(found.statements)
            self.on_document()
