"""Bytes to documents: files, folders and standard input, in all formats that ``readers`` lists."""

from tracker.read.failures import ReadFailure
from tracker.read.inputs import MAX_BYTES, read_inputs
from tracker.read.readers import INPUT_FORMATS

__all__ = ["INPUT_FORMATS", "MAX_BYTES", "ReadFailure", "read_inputs"]
