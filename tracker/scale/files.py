"""Files here and elsewhere: plain paths, and addresses that fsspec knows (``s3://bucket/folder``).

Everything is written whole or not at all: here under another name first, elsewhere in the one request that makes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tracker.scale.extra import load

SUFFIX = ".parquet"
_WEB = ("http", "https")


def is_address(path: str) -> bool:
    """Whether ``path`` is an address for fsspec; pages of the web are no files."""
    scheme = urlsplit(path).scheme if "://" in path else ""
    return bool(scheme) and scheme not in _WEB


def join(folder: str, name: str) -> str:
    """The file ``name`` in a folder or address."""
    return f"{folder.rstrip('/')}/{name}" if is_address(folder) else str(Path(folder) / name)


def exists(path: str) -> bool:
    """Whether there is such a file."""
    if not is_address(path):
        return Path(path).exists()
    system, inner = _system(path)
    return bool(system.exists(inner))


def make_folder(folder: str) -> None:
    """Make sure that a folder is there; addresses need none."""
    if is_address(folder):
        system, inner = _system(folder)
        system.makedirs(inner, exist_ok=True)
    else:
        Path(folder).mkdir(parents=True, exist_ok=True)


def list_shards(path: str) -> list[str]:
    """The shards of a folder or address in order of their names; a shard is itself."""
    if not is_address(path):
        found = Path(path)
        return sorted(str(one) for one in found.glob(f"*{SUFFIX}")) if found.is_dir() else [path]
    if path.endswith(SUFFIX):
        return [path]
    system, inner = _system(path)
    return sorted(system.unstrip_protocol(one) for one in system.glob(f"{inner.rstrip('/')}/*{SUFFIX}"))


@contextlib.contextmanager
def local_copy(path: str) -> Iterator[str]:
    """``path`` as a file here; one from elsewhere is fetched piece by piece and forgotten afterwards."""
    if not is_address(path):
        yield path
        return
    system, inner = _system(path)
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        # Its name decides how it is read; a folder in it would lead out.
        copy = Path(folder) / Path(inner).name
        with system.open(inner, "rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        yield str(copy)


@contextlib.contextmanager
def whole_file(path: str) -> Iterator[str]:
    """Where to write what shall be ``path``: it is put there when all went well, else nothing is left."""
    if is_address(path):
        system, inner = _system(path)
        with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
            draft = Path(folder) / "shard"
            yield str(draft)
            system.put_file(str(draft), inner)
        return
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield str(draft)
        try:
            draft.replace(target)
        except FileNotFoundError:
            if not target.exists():  # else a twin of this task was faster, and cleared up
                raise
        for left in target.parent.glob(f".{target.name}.*.part"):  # by a process that was killed
            left.unlink(missing_ok=True)
    finally:
        draft.unlink(missing_ok=True)


def _system(path: str) -> tuple[Any, str]:
    system, inner = load("fsspec").core.url_to_fs(path)
    return system, inner
