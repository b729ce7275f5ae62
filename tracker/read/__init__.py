"""Bytes to documents: files, folders, addresses and standard input, in all formats.

A lazy face: the process that reads PDF needs a few modules of this package, and is started for each file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.read.failures import ReadFailure
    from tracker.read.inputs import MAX_BYTES, list_inputs, read_inputs
    from tracker.read.readers import INPUT_FORMATS

__all__ = ["INPUT_FORMATS", "MAX_BYTES", "ReadFailure", "list_inputs", "read_inputs"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tracker.read import failures, inputs

    return getattr(failures if name == "ReadFailure" else inputs, name)
