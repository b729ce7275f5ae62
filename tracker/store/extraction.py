"""Which version of code and rules extracts, and what trained pipelines and models add to it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.config import ModelsConfig
from tracker.records import Document

if TYPE_CHECKING:
    from tracker.attribution.entities import Entity

_PACKAGE = Path(__file__).parent.parent
_EXTRACTING = ("pipeline.py", "trained.py", "records.py", "text.py", "read", "segment", "attribution", "lang")


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
