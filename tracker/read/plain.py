"""Plain text: the page is the file."""

from __future__ import annotations

from tracker.errors import InputError
from tracker.read.encodings import decode
from tracker.read.identity import document_id, text_sha256
from tracker.records import Document


def read_text(data: bytes, origin: str) -> Document:
    """The document that the bytes of a text file are. Raises InputError where they are no text, or empty."""
    text = decode(data)
    if not text.strip():
        raise InputError("is empty")
    return Document(document_id(data), text, origin, text_sha256(text))
