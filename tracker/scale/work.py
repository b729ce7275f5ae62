"""One shard in, one shard out: a task that any process of any machine can do, again and again."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tracker.config import Config
from tracker.scale.files import SUFFIX, exists, is_address, join, local_copy
from tracker.scale.shards import write_shard
from tracker.store.extraction import extractor_version
from tracker.store.inputs import read_units
from tracker.store.rows import DOCUMENT_COLUMNS, DocumentRows
from tracker.store.units import Unusable, rows_of

PAGES = 200
"""Small files that are one task together."""
SMALL = 2_000_000
"""Bytes up to which a file is small."""
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Task:
    """Inputs (files or addresses) that become one shard in the folder ``out``."""

    paths: tuple[str, ...]
    out: str
    input_format: str = "auto"


@dataclass(frozen=True)
class Done:
    """What became of a task. ``skipped``: its shard was there already."""

    shard: str
    documents: int = 0
    failures: int = 0
    skipped: bool = False


def plan(paths: Iterable[str], out: str, input_format: str) -> Iterator[Task]:
    """Tasks for ``paths``: each large file alone, small ones by the dozen, in order."""
    small: list[str] = []
    for path in paths:
        if is_address(path) or not Path(path).exists() or Path(path).stat().st_size > SMALL:
            yield Task((path,), out, input_format)
            continue
        small.append(path)
        if len(small) >= PAGES:
            yield Task(tuple(small), out, input_format)
            small = []
    if small:
        yield Task(tuple(small), out, input_format)


def run_task(task: Task, config: Config) -> Done:
    """Do a task, unless it was done before; its shard is there whole afterwards."""
    extractor = extractor_version(config.languages, config.pipelines, config.models)
    with contextlib.ExitStack() as stack:
        inputs = [_opened(stack, path) for path in task.paths]
        shard = join(task.out, f"{_hash(inputs, task.input_format, extractor)}{SUFFIX}")
        if exists(shard):
            return Done(shard, skipped=True)
        documents, failures = write_shard(shard, _found(inputs, task.input_format, config), extractor=extractor)
    return Done(shard, documents, failures)


class _Input(NamedTuple):
    """An input and the file here that it is read from, or why there is none."""

    path: str
    copy: str | None
    error: str = ""


def _opened(stack: contextlib.ExitStack, path: str) -> _Input:
    try:
        return _Input(path, stack.enter_context(local_copy(path)))
    except OSError as error:
        return _Input(path, None, f"cannot be read: {error.strerror or error}")


def _hash(inputs: Sequence[_Input], input_format: str, extractor: str) -> str:
    """A hash of the inputs' names and bytes, and of all that decides what is found in them."""
    digest = hashlib.sha256(f"{extractor}\x00{input_format}".encode())
    for one in inputs:
        digest.update(f"\x00{one.path}\x00{one.error}".encode("utf-8", "surrogatepass"))
        if one.copy is None:
            continue
        try:
            with Path(one.copy).open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
        except OSError as error:  # reading says so, and a later run finds another hash
            digest.update(str(error).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _found(inputs: Sequence[_Input], input_format: str, config: Config) -> Iterator[DocumentRows | Unusable]:
    for path, copy, error in inputs:
        if copy is None:
            yield Unusable(path, error)
            continue
        for unit in read_units([copy], input_format, config):
            yield from _renamed([unit] if isinstance(unit, Unusable) else rows_of(unit, config), copy, path)


def _renamed(found: Sequence[DocumentRows | Unusable], copy: str, path: str) -> Iterator[DocumentRows | Unusable]:
    """``found`` with the address of what was copied as origin."""
    for one in found:
        if copy == path or not one.origin.startswith(copy):
            yield one
            continue
        origin = path + one.origin[len(copy) :]
        if isinstance(one, Unusable):
            yield Unusable(origin, one.message)
        else:
            one.document = tuple(
                origin if name == "origin" else value
                for name, value in zip(DOCUMENT_COLUMNS, one.document, strict=True)
            )
            yield one
