"""What is in a folder, told without reading any file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def files_of(folder: Path) -> list[Path]:
    """All files in ``folder`` and the folders in it, sorted."""
    return sorted(file for file in folder.rglob("*") if file.is_file())


def file_states(folder: Path) -> Iterator[str]:
    """Name, size and time of each file (``a/b.bin:12:1700000000``), which change when somebody changes the file."""
    for file in files_of(folder):
        state = file.stat()
        yield f"{file.relative_to(folder).as_posix()}:{state.st_size}:{state.st_mtime_ns}"
