"""A Document to its Annotations: segments, then statements. Pure; nothing is stored here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tracker.attribution.entities import Entity
from tracker.attribution.statements import find_statements
from tracker.records import Annotations, Document
from tracker.segment import segment_document

LANGS = ("ar", "he", "en")


def annotate(
    document: Document, *, langs: Sequence[str] = LANGS, entities: Sequence[Entity] | None = None
) -> Annotations:
    """Everything found in ``document``: articles, segments, statements, diagnostics.

    ``entities`` are names recognised elsewhere (``tracker.trained.find_entities``), as (start, end, label).
    """
    layout = segment_document(document, langs=tuple(langs))
    statements, diagnostics = find_statements(
        document.text, document.document_id, layout.articles, layout.segments, langs=langs, entities=entities
    )
    return Annotations(
        document,
        articles=tuple(layout.articles),
        segments=tuple(layout.segments),
        statements=tuple(statements),
        diagnostics=(*document.diagnostics, *layout.diagnostics, *diagnostics),
    )


def extract(
    text: str, *, lang: str | None = None, published: str | None = None, source: str | None = None
) -> Annotations:
    """The annotations of ``text``: what ``tracker extract`` prints, as records.

    ``lang`` is a hint for text too short to tell; ``published`` an ISO date; ``source`` the outlet.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        document_id=digest[:16],
        text=text,
        origin="text",
        sha256=digest,
        lang=lang,
        published=published,
        source=source,
    )
    return annotate(document)
