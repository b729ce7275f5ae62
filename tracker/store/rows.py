"""Annotations to the rows of the tables: pure, so that a document that cannot be stored fails before anything is."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.records import Annotations, Article, Document, Evidence, Mention, Segment, Statement
from tracker.store.shadow import make_shadow

Row = tuple[Any, ...]


@dataclass
class DocumentRows:
    """The rows of one document. Ids are positions in these lists, counted from 0; the writer shifts them.

    ``document``   without the id: as ``DOCUMENT_COLUMNS``
    ``articles``   (position, start_char, end_char, title, published, source)
    ``segments``   (article, start_char, end_char, lang, block, handle, confidence)
    ``mentions``   (name, title, type, resolved_by, start_char, end_char)
    ``statements`` as ``STATEMENT_COLUMNS``
    ``spans``      (statement, position, start_char, end_char, text)

    All of it is tuples of plain values: cheap to hand from one process to another.
    """

    document_id: str
    document: Row
    articles: list[Row]
    segments: list[Row]
    mentions: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    spans: list[Row] = field(default_factory=list)
    diagnostics: list[Row] = field(default_factory=list)
    segment_shadows: list[tuple[str, str]] = field(default_factory=list)
    statement_shadows: list[tuple[str, str, str]] = field(default_factory=list)
    """What segments and statements are searched by (``store.shadow``), in their order."""
    read_as: str | None = None
    """How the file was read, where the document was one."""

    @property
    def origin(self) -> str:
        """The path or record that the document came from."""
        return str(self.document[DOCUMENT_COLUMNS.index("origin")])

    @property
    def chars(self) -> int:
        """How long the document is."""
        return len(self.document[-1])


DOCUMENT_COLUMNS = (
    "given_id",
    "origin",
    "sha256",
    "url",
    "source",
    "published",
    "title",
    "lang",
    "authors",
    "input_format",
    "metadata",
    "text",
)
ARTICLE_COLUMNS = ("position", "start_char", "end_char", "title", "published", "source")
SEGMENT_COLUMNS = ("article", "start_char", "end_char", "lang", "block", "handle", "confidence")
MENTION_COLUMNS = ("name", "title", "type", "resolved_by", "start_char", "end_char")
STATEMENT_COLUMNS = (
    "statement_id",
    "article",
    "segment",
    "mention",
    "nested_in",
    "kind",
    "polarity",
    "quote",
    "lang",
    "start_char",
    "end_char",
    "cue_start_char",
    "cue_end_char",
    "cue_text",
    "said_on",
    "said_on_basis",
    "published_on",
    "on_date",
    "source",
    "cited_source",
    "confidence",
    "rule",
)
SPAN_COLUMNS = ("statement", "position", "start_char", "end_char", "text")
DIAGNOSTIC_COLUMNS = ("code", "message", "start_char", "end_char")


def document_row(document: Document) -> Row:
    """The document's own columns, as ``DOCUMENT_COLUMNS``."""
    return (
        None if document.given_id is None else json.dumps(document.given_id, ensure_ascii=False),
        document.origin,
        document.sha256,
        document.url,
        document.source,
        document.published,
        document.title,
        document.lang,
        json.dumps(document.authors, ensure_ascii=False),
        document.input_format,
        json.dumps([[item.name, item.value, item.found_in] for item in document.metadata], ensure_ascii=False),
        document.text,
    )


def document_place(document_id: str) -> int:
    """Where a document stands among those of one day, from its id alone: 60 bits of a hash."""
    return int(hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()[:15], 16)


def make_rows(annotations: Annotations, *, read_as: str | None = None) -> DocumentRows:
    """All rows of one document; ``read_as`` is how it was read where it is a file.

    Raises ValueError where two of its statements bear one id.
    """
    document = annotations.document
    rows = DocumentRows(
        document.document_id,
        document_row(document),
        [
            (position, article.start_char, article.end_char, article.title, article.published, article.source)
            for position, article in enumerate(annotations.articles)
        ],
        [
            (
                segment.article,
                segment.start_char,
                segment.end_char,
                segment.lang,
                segment.block,
                segment.handle,
                segment.confidence,
            )
            for segment in annotations.segments
        ],
        diagnostics=[
            (diagnostic.code, diagnostic.message, diagnostic.start_char, diagnostic.end_char)
            for diagnostic in annotations.diagnostics
        ],
        read_as=read_as,
    )
    if annotations.statements:
        _add_statements(rows, annotations)
    rows.segment_shadows, rows.statement_shadows = shadow_rows(annotations)
    return rows


def _add_statements(rows: DocumentRows, annotations: Annotations) -> None:
    document, articles, segments = annotations.document, annotations.articles, annotations.segments
    article_starts = [article.start_char for article in articles]
    segment_starts = [segment.start_char for segment in segments]
    positions = {statement.id: position for position, statement in enumerate(annotations.statements)}
    if len(positions) < len(annotations.statements):
        raise ValueError(f"two statements of document {document.document_id} ({document.origin}) bear one id")
    mention_numbers: dict[Mention, int] = {}
    text = document.text
    for number, statement in enumerate(annotations.statements):
        speaker = statement.speaker
        mention = None
        if speaker is not None:
            mention = mention_numbers.setdefault(speaker, len(mention_numbers))
            if mention == len(rows.mentions):
                start, end = speaker.span or (None, None)
                rows.mentions.append((speaker.name, speaker.title, speaker.type, speaker.resolved_by, start, end))
        start_char = statement.start_char
        article = _containing(articles, article_starts, start_char)
        published, source = origin_of(document, articles, article)
        rows.statements.append(
            (
                statement.id,
                article,
                _containing(segments, segment_starts, start_char),
                mention,
                None if statement.nested_in is None else positions.get(statement.nested_in),
                statement.kind,
                statement.polarity,
                statement.text,
                statement.lang,
                start_char,
                statement.end_char,
                *(statement.cue or (None, None)),
                statement.cue_text,
                statement.said_on,
                statement.said_on_basis,
                published,
                statement.said_on or published,
                source,
                statement.cited_source,
                statement.confidence,
                statement.rule,
            )
        )
        rows.spans += [
            (number, position, start, end, text[start:end]) for position, (start, end) in enumerate(statement.content)
        ]


def origin_of(document: Document, articles: Sequence[Article], article: int | None) -> tuple[str | None, str | None]:
    """Date and outlet of one article of a page: its own; what the page itself says holds for its first one only."""
    if article is None:
        return document.published, document.source
    own = articles[article]
    if article > 0:
        return own.published, own.source
    return own.published or document.published, own.source or document.source


def _containing(stretches: Sequence[Article] | Sequence[Segment], starts: list[int], position: int) -> int | None:
    """Index of the stretch that holds the character at ``position``, if any does; they are in order."""
    index = bisect_right(starts, position) - 1
    return index if index >= 0 and position < stretches[index].end_char else None


def shadow_rows(annotations: Annotations) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """The search shadows of the segments and of the statements, in their order.

    A statement's context is the title of its article: what it is about is often said only there.
    """
    text = annotations.text
    segments = [
        make_shadow(text[segment.start_char : segment.end_char], segment.lang) for segment in annotations.segments
    ]
    contexts: dict[tuple[int | None, str], str] = {}
    starts = [article.start_char for article in annotations.articles]
    statements = []
    for statement in annotations.statements:
        article = _containing(annotations.articles, starts, statement.start_char)
        key = article, statement.lang
        if key not in contexts:
            contexts[key] = " ".join(make_shadow(_title(annotations, article), statement.lang))
        statements.append((*_quote_shadow(statement), contexts[key]))
    return segments, statements


def _title(annotations: Annotations, article: int | None) -> str:
    title = None if article is None else annotations.articles[article].title
    return title or (annotations.document.title if not article else None) or ""


def _quote_shadow(statement: Statement) -> tuple[str, str]:
    return make_shadow(statement.text, statement.lang)


class ReasonsText(dict[tuple[Evidence, ...], str | None]):
    """Reasons as they are stored; the mentions of one persona have the same."""

    def __missing__(self, reasons: tuple[Evidence, ...]) -> str | None:
        told = [[item.name, round(item.weight, 4), item.detail] for item in reasons]
        self[reasons] = stored = json.dumps(told, ensure_ascii=False) if told else None
        return stored
