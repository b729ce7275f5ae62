"""Hashes that name a record, and its text."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tracker.names.outlets import find_outlet
from tracker.records import Document

_ID_DIGITS = 20


def document_id(record: bytes) -> str:
    """The id of the document that ``record`` (a file's bytes, a record's text and url) is: 80 bits of its SHA-256."""
    return hashlib.sha256(record).hexdigest()[:_ID_DIGITS]


def text_sha256(text: str) -> str:
    """SHA-256 of ``text`` as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def at_address(document: Document, url: str) -> Document:
    """``document`` as it was read at ``url``: a page of the web is its text and its address.

    Its bytes are not, because many servers write another number into every copy that they give out. Records of a table
    are what they are wherever they were read.
    """
    if document.input_format not in ("html", "text", "pdf"):
        return document
    address = document.url or url
    outlet = find_outlet(url=address) if document.source is None else None
    return replace(
        document,
        document_id=document_id(f"{document.text}\x00{url}".encode()),
        url=address,
        source=outlet.name if outlet else document.source,
    )
