"""A whole run: inputs are read, what is not yet stored is extracted, linked, written and cross-checked."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tracker.config import Config
from tracker.records import Document
from tracker.store.connection import transaction
from tracker.store.crosscheck import count_pending, crosscheck
from tracker.store.deferred import defer, finish_deferred
from tracker.store.extraction import extractor_version
from tracker.store.inputs import PAGE_FORMATS
from tracker.store.interrupts import interrupts_held_back
from tracker.store.linking import StoreLinker
from tracker.store.pool import Work, run_all
from tracker.store.rows import DocumentRows
from tracker.store.units import PageFile, Unit, Unusable, fit_to_store, rows_of
from tracker.store.writing import forget_failures, is_read, is_stored, record_failure, write_rows

BATCH_DOCUMENTS = 100
BATCH_CHARS = 2_000_000
BATCH_SECONDS = 5.0
"""A batch is written when it is full or this old, so that a run that is broken off loses little."""

COLLECTED_AFTER = 100_000
"""New objects after which cycles among them are looked for."""


Part = tuple[str, Generator[list[Any], None, None]]
"""What one version of the extractor found: for each unit the rows of documents, or Unusable ones."""


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
    inputs: Iterable[Unit | Unusable],
    *,
    config: Config,
    jobs: int = 1,
    bulk: bool = False,
    on_failure: Callable[[Unusable], None] = lambda unusable: None,
    on_document: Callable[[], None] = lambda: None,
    work: Work = rows_of,
) -> Summary:
    """Store everything in ``inputs`` that is not stored already; a failed input costs only itself.

    ``bulk`` leaves full-text indexes and who is who to the end of the run, and the cross-check to ``tracker check``;
    what comes of it is the same. What an earlier bulk load left undone is done as well. ``on_failure`` is called with
    each input that could not be used, ``on_document`` after each that was seen. ``work`` makes rows of a unit.
    Raises sqlite3.Error; what was written before stays. On KeyboardInterrupt what was found until then is written.
    """
    extractor = extractor_version(config.languages, config.pipelines, config.models)
    with _fewer_collections():
        run = _Run(connection, config, bulk, on_failure, on_document)
        found = run_all(run.fresh(inputs, extractor), work, config, jobs=jobs, max_seconds=config.read.max_seconds)
        return run.run([(extractor, found)])


def store_found(
    connection: sqlite3.Connection,
    parts: Iterable[Part],
    *,
    config: Config,
    bulk: bool = False,
    on_failure: Callable[[Unusable], None] = lambda unusable: None,
    on_document: Callable[[], None] = lambda: None,
) -> Summary:
    """Store what was found elsewhere, as ``ingest`` does; each part with the version of the extractor that found it."""
    with _fewer_collections():
        return _Run(connection, config, bulk, on_failure, on_document).run(parts)


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
        bulk: bool,
        on_failure: Callable[[Unusable], None],
        on_document: Callable[[], None],
    ) -> None:
        self.connection = connection
        self.config = config
        self.bulk = bulk
        self.on_failure = on_failure
        self.on_document = on_document
        self.summary = Summary()
        self.extractor = ""
        self.linker = None if bulk else StoreLinker(connection)
        self.batch: list[DocumentRows] = []
        self.batch_chars = 0
        self.batch_opened = 0.0
        self.had_failures = connection.execute("SELECT 1 FROM failures LIMIT 1").fetchone() is not None
        self.recovered: list[str] = []
        self.met: set[int] = set()
        """Records of this run by their ids: two feeds may have the same item, and would change it in turn."""
        # In the database, because with the years it is more than memory should hold.
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS written (document INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM temp.written")

    def run(self, parts: Iterable[Part]) -> Summary:
        started = self.batch_opened = time.perf_counter()
        if not self.bulk:
            finish_deferred(self.connection)
        for self.extractor, found_by_unit in parts:
            with contextlib.closing(found_by_unit):
                try:
                    for found in found_by_unit:
                        for one in found:
                            self._take(one)
                except KeyboardInterrupt:
                    self._write()
                    raise
            self._write()
        self._finish()
        self.summary.speakers = self._count_speakers()
        self.summary.seconds = time.perf_counter() - started
        return self.summary

    def _finish(self) -> None:
        """What is done once for all documents."""
        if self.bulk:
            finish_deferred(self.connection)
        if self.linker is not None:
            with transaction(self.connection):
                self.linker.finish()
        if not self.config.crosscheck.enabled:
            return
        settings = self.config.crosscheck
        if not self.bulk:
            self.summary.pairs = crosscheck(
                self.connection,
                settings,
                models=self.config.models,
                limit=settings.at_ingest_limit,
                lost_pairs=self.summary.changed > 0,
            )
        self.summary.pending = count_pending(self.connection)

    def _count_speakers(self) -> int:
        """How many speakers the documents of this run have."""
        query = (
            "SELECT count(DISTINCT p.entity) FROM temp.written w JOIN mentions m ON m.document = w.document "
            "JOIN links l ON l.mention = m.id JOIN personas p ON p.id = l.persona"
        )
        return int(self.connection.execute(query).fetchone()[0])

    def fresh(self, inputs: Iterable[Unit | Unusable], extractor: str) -> Iterator[Unit]:
        """The units that have to be worked on; the others are counted here."""
        for item in inputs:
            unit = fit_to_store(item) if isinstance(item, Document) else item
            if isinstance(unit, Unusable):
                self._fail(unit)
                continue
            if self._is_known(unit, extractor):
                self._recover(unit.origin)
                self.summary.unchanged += 1
                self.on_document()
            else:
                yield unit

    def _is_known(self, unit: Unit, extractor: str) -> bool:
        if isinstance(unit, PageFile):
            return is_read(self.connection, unit.document_id, unit.read_as, extractor=extractor)
        if unit.input_format not in PAGE_FORMATS:  # pages are called by all their bytes
            name = int(unit.document_id, 16)
            if name in self.met:
                return True
            self.met.add(name)
        return is_stored(self.connection, unit, extractor=extractor)

    def _recover(self, origin: str) -> None:
        """An input that can be used is no failure any more."""
        if self.had_failures:
            self.recovered.append(origin)

    def _fail(self, unusable: Unusable) -> None:
        with transaction(self.connection):
            record_failure(self.connection, unusable.origin, unusable.message)
        self.summary.failed += 1
        self.on_failure(unusable)
        self.on_document()

    def _take(self, found: DocumentRows | Unusable) -> None:
        """Take in what was found in one document; a full batch is written."""
        if isinstance(found, Unusable):
            self._fail(found)
            return
        if any(found.document_id == other.document_id for other in self.batch):
            self._write()  # or it would hang on the clock which of two records of one text is the later
        self.batch.append(found)
        self.batch_chars += found.chars
        self._recover(found.origin)
        old = time.perf_counter() - self.batch_opened > BATCH_SECONDS
        if len(self.batch) >= BATCH_DOCUMENTS or self.batch_chars >= BATCH_CHARS or old:
            self._write()

    def _write(self) -> None:
        with interrupts_held_back():
            with transaction(self.connection):
                if self.recovered:
                    forget_failures(self.connection, self.recovered)
                if self.bulk and self.batch:
                    defer(self.connection, "search", "speakers")
                written = write_rows(
                    self.connection, self.batch, linker=self.linker, extractor=self.extractor, indexed=not self.bulk
                )
                fresh = [(one.document,) for one in written if one.outcome != "unchanged"]
                self.connection.executemany("INSERT OR IGNORE INTO temp.written VALUES (?)", fresh)
                if self.linker is not None:
                    self.linker.finish(context=False)
            batch, self.batch, self.recovered = self.batch, [], []
            self.batch_chars, self.batch_opened = 0, time.perf_counter()
            for rows, one in zip(batch, written, strict=True):
                if one.outcome == "new":
                    self.summary.new += 1
                elif one.outcome == "changed":
                    self.summary.changed += 1
                else:
                    self.summary.unchanged += 1
                if one.outcome != "unchanged":
                    self.summary.statements += len(rows.statements)
                self.on_document()
