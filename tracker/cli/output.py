"""Rows of who_said_what to stdout or a file, in the format that was asked for."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from tracker.errors import UsageError
from tracker.report.formats import write_csv, write_json, write_jsonl
from tracker.report.table import Column, write_table

FORMATS = ("table", "csv", "json", "jsonl")
PLAIN_WIDTH = 120
"""Columns of a table that goes to no terminal."""


def write_rows(
    stream: TextIO,
    output_format: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    table: Sequence[Column],
    pick: Callable[[Sequence[Any]], Sequence[Any]],
) -> int:
    """Write ``rows`` and say how many there were; a table shows what ``pick`` takes from each."""
    if output_format == "csv":
        return write_csv(stream, columns, rows)
    if output_format == "json":
        return write_json(stream, columns, rows)
    if output_format == "jsonl":
        return write_jsonl(stream, columns, rows)
    return write_table(stream, table, map(pick, rows), width=terminal_width())


def terminal_width() -> int:
    """Columns of the terminal, or of a table that goes elsewhere."""
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns


@contextlib.contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """stdout, or the file ``path``: written beside it first, so that it is replaced whole or not at all.

    Raises UsageError where the file cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        stream = beside.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    try:
        with stream:
            yield stream
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
