"""Plain text: the page is the file."""

from __future__ import annotations

from tracker.errors import InputError
from tracker.read.encodings import decode_page
from tracker.read.identity import document_id, text_sha256
from tracker.records import Document


def read_text(data: bytes, origin: str, *, charset: str | None = None) -> Document:
    """The document that the bytes of a text file are. Raises InputError where they are no text, or empty.

    ``charset`` is the encoding that came with it (HTTP); it is checked.
    """
    decoded = decode_page(data, charset)
    if not decoded.text.strip():
        raise InputError("is empty")
    return Document(document_id(data), decoded.text, origin, text_sha256(decoded.text), diagnostics=decoded.diagnostics)
