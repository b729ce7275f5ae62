"""A store of a million statements: loading, memory, queries and exports: ``python -m benchmarks.scale``.

Documents are generated with their annotations (``benchmarks.generated``), so that what is measured is the store alone.
``--documents N`` (200,000 hold a million statements), ``--bulk``, ``--keep FILE`` keeps the database, ``--use FILE``
only asks one that was kept. Prints rates by tenths of the load, to show whether they fall, and peak memory.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.generated import generate
from benchmarks.memory import peak_megabytes
from tracker.config import Config, CrosscheckConfig
from tracker.records import Annotations, Document
from tracker.report.formats import write_csv, write_jsonl
from tracker.store.connection import open_reader, open_store
from tracker.store.ingestion import ingest
from tracker.store.queries import Filters, list_sources, who_said_what
from tracker.store.rows import make_rows
from tracker.store.speakers import find_speakers
from tracker.store.views import WHO_SAID_WHAT

PLAIN = Config(crosscheck=CrosscheckConfig(enabled=False))


def load(path: Path, count: int, *, bulk: bool, statements: int) -> None:
    """Store ``count`` generated documents and print how fast that was, tenth by tenth."""
    ready: dict[str, Annotations] = {}
    made = 0.0

    def documents() -> Iterator[Document]:
        nonlocal made
        found = generate(count, statements=statements)
        while True:
            started = time.process_time()
            annotations = next(found, None)
            made += time.process_time() - started
            if annotations is None:
                return
            ready[annotations.document.document_id] = annotations
            yield annotations.document

    def rows_of(unit: Any, config: Config) -> list[Any]:
        return [make_rows(ready.pop(unit.document_id))]

    done = 0
    last = [time.process_time(), 0.0]

    def on_document() -> None:
        nonlocal done
        done += 1
        if done % max(1, count // 10) == 0:
            moment = time.process_time()
            spent = moment - last[0] - (made - last[1])
            print(
                f"  {done:>9,} documents: {count // 10 / spent:7.0f} a CPU second, {peak_megabytes():6.0f} MB",
                flush=True,
            )
            last[:] = [moment, made]

    started = time.process_time()
    with contextlib.closing(open_store(path)) as connection:
        ingest(connection, documents(), config=PLAIN, bulk=bulk, on_document=on_document, work=rows_of)
    spent = time.process_time() - started - made
    print(
        f"{count:,} documents{' in bulk' if bulk else ''}: {count / spent:.0f} a CPU second in all, "
        f"{peak_megabytes():.0f} MB, {path.stat().st_size / 1e6:.0f} MB on disk"
    )


def ask(path: Path) -> dict[str, float]:
    """Milliseconds of each kind of query, the first time in a new connection, and printed."""
    with contextlib.closing(open_reader(path)) as connection:
        word, date, source = connection.execute(
            "SELECT quote, on_date, source FROM statements WHERE id = (SELECT max(id) / 2 FROM statements)"
        ).fetchone()
        loud = _speaker(connection, "DESC")
        quiet = _speaker(connection, "ASC")
    rare, common = word.split()[0], max(word.split(), key=word.split().count)
    queries: dict[str, Callable[[sqlite3.Connection], Filters]] = {
        "newest": lambda _: Filters(limit=20),
        "by a speaker who is quoted often": lambda one: Filters(speakers=_found(one, loud), limit=20),
        "by a speaker who is quoted once": lambda one: Filters(speakers=_found(one, quiet), limit=20),
        "on a day": lambda _: Filters(since=date, until=date, limit=20),
        "before a day": lambda _: Filters(until="2022-02", limit=20),
        "a word": lambda _: Filters(text=rare, limit=20),
        "a common word": lambda _: Filters(text=common, limit=20),
        "about a word": lambda _: Filters(about=(rare,), limit=20),
        "of an outlet": lambda _: Filters(sources=(source,), limit=20),
        "in a language": lambda _: Filters(lang="he", limit=20),
        "in a language that is not there": lambda _: Filters(lang="fa", limit=20),
        "of a kind": lambda _: Filters(kind="mixed", limit=20),
        "a word by a speaker since a day": lambda one: Filters(
            text=common, speakers=_found(one, loud), since="2022-06", limit=20
        ),
        "all outlets": lambda one: Filters(sources=tuple(list_sources(one)[:1]), limit=1),
    }
    times = {}
    for name, make in queries.items():
        with contextlib.closing(open_reader(path)) as connection:
            started = time.perf_counter()
            count = len(list(who_said_what(connection, make(connection))))
            times[name] = (time.perf_counter() - started) * 1000
        print(f"  {name:36}{times[name]:8.1f} ms  {count:3} rows")
    return times


def _found(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    return tuple(speaker.entity for speaker in find_speakers(connection, name)[:1])


def _speaker(connection: sqlite3.Connection, order: str) -> str:
    query = (
        "SELECT m.name FROM (SELECT mention FROM links LIMIT 50000) l JOIN mentions m ON m.id = l.mention "
        f"GROUP BY m.name ORDER BY count(*) {order} LIMIT 1"
    )
    return str(connection.execute(query).fetchone()[0])


class _Counting(io.TextIOBase):
    size = 0

    def write(self, text: str) -> int:
        self.size += len(text)
        return len(text)


def export(path: Path) -> None:
    """Seconds, and the memory that exporting everything adds."""
    for name, write in (("csv", write_csv), ("jsonl", write_jsonl)):
        before, started = peak_megabytes(), time.perf_counter()
        with contextlib.closing(open_reader(path)) as connection:
            count = write(_Counting(), WHO_SAID_WHAT, who_said_what(connection, Filters()))  # type: ignore[arg-type]
        print(
            f"  {name}: {count:,} rows in {time.perf_counter() - started:.1f} s, "
            f"{peak_megabytes() - before:.0f} MB more than before"
        )


def main() -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--statements", type=int, default=5, help="of each document")
    parser.add_argument("--bulk", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--use", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.use or options.keep or Path(folder) / "tracker.db"
        if options.use is None:
            load(path, options.documents, bulk=options.bulk, statements=options.statements)
        ask(path)
        export(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
