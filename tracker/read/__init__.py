"""Bytes to documents: files, folders and standard input; text, HTML and JSON Lines."""

from tracker.read.failures import ReadFailure
from tracker.read.inputs import INPUT_FORMATS, MAX_BYTES, list_inputs, read_inputs

__all__ = ["INPUT_FORMATS", "MAX_BYTES", "ReadFailure", "list_inputs", "read_inputs"]
