"""Hashes that name a record, and its text."""

from __future__ import annotations

import hashlib

_ID_DIGITS = 20


def document_id(record: bytes) -> str:
    """The id of the document that ``record`` (a file's bytes, a record's text and url) is: 80 bits of its SHA-256."""
    return hashlib.sha256(record).hexdigest()[:_ID_DIGITS]


def text_sha256(text: str) -> str:
    """SHA-256 of ``text`` as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
