"""What the tests of inputs share: reading files made of bytes, and what comes out of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tracker.read import ReadFailure, read_inputs
from tracker.records import Document


def read(*paths: str | Path, **options: object) -> list[Document | ReadFailure]:
    """All that comes out of ``paths``."""
    return list(read_inputs(paths, **options))  # type: ignore[arg-type]


def write(path: Path, data: bytes | str) -> Path:
    """``path``, written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def document(path: str | Path, **options: object) -> Document:
    """The only document of ``path``."""
    (found,) = read(path, **options)
    assert isinstance(found, Document), found
    return found


def message(path: str | Path, **options: object) -> str:
    """What is said of ``path``, of which nothing can be read."""
    (found,) = read(path, **options)
    assert isinstance(found, ReadFailure), found
    assert_one_line(found)
    return found.message


def assert_one_line(failure: ReadFailure) -> None:
    """A failure is a line that tells something."""
    assert failure.message.strip()
    assert "\n" not in failure.message
    assert "\r" not in failure.message


def told(items: list[Document | ReadFailure], folder: Path | str) -> list[tuple[str, str]]:
    """Origin below ``folder`` and first line of the text, or what is said, of each of ``items``."""
    return [
        (
            item.origin.removeprefix(f"{folder}/"),
            item.text.splitlines()[0] if isinstance(item, Document) else item.message,
        )
        for item in items
    ]


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()
