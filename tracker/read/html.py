"""HTML pages: the body text and the metadata that trafilatura finds.

The title opens the text where the body does not begin with it, so that it is a headline with offsets like any other.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from tracker.errors import InputError
from tracker.read.encodings import decode
from tracker.read.identity import document_id, text_sha256
from tracker.read.jsonl import iso_day
from tracker.records import Document, MetadataField

_CHARSET = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_FIELDS = ("title", "url", "sitename", "date", "author")


def looks_like_html(text: str) -> bool:
    """Whether ``text`` begins as an HTML page."""
    return _HTML.match(text) is not None


def read_html(data: bytes, origin: str) -> Document:
    """The document that the bytes of an HTML page are. Raises InputError where no text is found in them."""
    page = _decode(data)
    if not page.strip():
        raise InputError("is empty")
    found = _extract(page)
    body = "" if found is None else str(found.text or "").strip()
    if not body:
        raise InputError("no article text was found in this HTML page")
    values = {name: _clean(getattr(found, name, None)) for name in _FIELDS}
    title = values["title"]
    text = body if title is None or body[: len(title)] == title else f"{title}\n{body}"
    authors = tuple(part.strip() for part in (values["author"] or "").split(";") if part.strip())
    return Document(
        document_id(data),
        text,
        origin,
        text_sha256(text),
        url=values["url"],
        source=values["sitename"],
        published=iso_day(values["date"]),
        title=title,
        authors=authors,
        input_format="html",
        metadata=tuple(MetadataField(name, value, "html") for name, value in values.items() if value is not None),
    )


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:_HEAD])
    if declared is not None and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode(declared.group(1).decode("ascii")).replace("\r\n", "\n").replace("\r", "\n")
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # pages lie about their encoding: look at the bytes
    return decode(data)


def _extract(page: str) -> Any:
    import trafilatura

    return trafilatura.bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _clean(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
