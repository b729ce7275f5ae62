"""Documents to Annotations in bulk: in this process, or in a pool of others, always in the order they came."""

from __future__ import annotations

import hashlib
import itertools
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.config import ModelsConfig
from tracker.records import Annotations, Document

if TYPE_CHECKING:
    from tracker.attribution.entities import Entity

CHUNK_DOCUMENTS = 32
CHUNK_CHARS = 200_000
"""What goes to a worker at once: enough to hide the transport, little enough to keep memory flat."""
CHUNKS_PER_WORKER = 3

_PACKAGE = Path(__file__).parent.parent
_EXTRACTING = ("pipeline.py", "trained.py", "records.py", "text.py", "read", "segment", "attribution", "lang")


def annotate_all(
    documents: Iterable[Document],
    *,
    langs: Sequence[str],
    pipelines: Mapping[str, str] | None = None,
    models: ModelsConfig | None = None,
    jobs: int = 1,
) -> Iterator[Annotations]:
    """The annotations of each document, in order. With ``jobs`` above one, that many processes share the work.

    ``pipelines`` are the trained spaCy pipelines whose entities are further evidence, by language; those of ``models``
    are so as well. Processes are started anew ("spawn"), so that it works alike on every system and in threaded
    programs. Memory is bounded by a few chunks a process, whatever the number of documents.
    """
    if jobs <= 1:
        for chunk in chunks(documents):
            yield from _annotate_chunk(chunk, tuple(langs), pipelines, models)
        return
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupt)
    try:
        waiting: deque[Future[list[Annotations]]] = deque()
        for chunk in chunks(documents):
            waiting.append(executor.submit(_annotate_chunk, chunk, tuple(langs), pipelines, models))
            if len(waiting) >= jobs * CHUNKS_PER_WORKER:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in lists, none of which holds many documents or much text, unless one alone does."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text)
        if len(chunk) >= CHUNK_DOCUMENTS or size >= CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def extractor_version(
    langs: tuple[str, ...], pipelines: Mapping[str, str] | None = None, models: ModelsConfig | None = None
) -> str:
    """A hash of the code and the rules that decide what is found: the same document need not be read again by both.

    Trained ``pipelines`` and the ``models`` for entities count as rules.
    """
    version = _code_version(langs)
    if pipelines:
        from tracker.trained import fingerprint

        version = hashlib.sha256(f"{version} {fingerprint(pipelines)}".encode()).hexdigest()[:16]
    if models is not None and models.entities:
        from tracker.neural.entities import entities_version

        version = hashlib.sha256(f"{version} {entities_version(models)}".encode()).hexdigest()[:16]
    return version


@cache
def _code_version(langs: tuple[str, ...]) -> str:
    """A hash of the package's files.

    Where the package's files cannot be read (an archive), the released version stands for them.
    """
    digest = hashlib.sha256(f"{__version__} {' '.join(langs)}".encode())
    for path in sorted(itertools.chain.from_iterable(_files(_PACKAGE / name) for name in _EXTRACTING)):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (file for file in path.rglob("*") if file.suffix in (".py", ".toml") and file.is_file())


def _annotate_chunk(
    documents: Sequence[Document],
    langs: tuple[str, ...],
    pipelines: Mapping[str, str] | None,
    models: ModelsConfig | None,
) -> list[Annotations]:
    from tracker.pipeline import annotate  # here: programs that only read the store never need it

    return [
        annotate(document, langs=langs, entities=entities_of(document, langs, pipelines, models))
        for document in documents
    ]


def entities_of(
    document: Document, langs: Sequence[str], pipelines: Mapping[str, str] | None, models: ModelsConfig | None
) -> tuple[Entity, ...] | None:
    """What the reader's pipelines and models recognise in ``document``; None where none is set."""
    found: set[Entity] | None = None
    if pipelines:
        from tracker.trained import find_entities

        recognised = find_entities(document, langs=langs, pipelines=pipelines)
        found = None if recognised is None else set(recognised)
    if models is not None and models.entities:
        from tracker.neural import entities

        recognised = entities.find_entities(document, langs=langs, models=models)
        found = found if recognised is None else {*(found or ()), *recognised}
    return None if found is None else tuple(sorted(found))


def _ignore_interrupt() -> None:
    # Ctrl-C reaches every process of the group; the one that writes decides what to do about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
