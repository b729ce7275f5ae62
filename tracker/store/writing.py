"""Annotations into the database: each document wholly or not at all, the same document twice as if once.

The hot path is prepared SQL and ``executemany`` over a batch of documents, with ids given out here: the transaction
is IMMEDIATE, so nobody else can take them. Full-text rows come last and together (see migration ``m004_search``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from tracker.records import Annotations, Document, Evidence
from tracker.store.connection import now, transaction
from tracker.store.rows import (
    ARTICLE_COLUMNS,
    DIAGNOSTIC_COLUMNS,
    DOCUMENT_COLUMNS,
    MENTION_COLUMNS,
    SEGMENT_COLUMNS,
    SPAN_COLUMNS,
    STATEMENT_COLUMNS,
    DocumentRows,
    ReasonsText,
    Row,
    document_place,
    document_row,
    make_rows,
)

Outcome = Literal["new", "changed", "unchanged"]


class PersonaLink(NamedTuple):
    """That a mention is of the persona with this row id."""

    persona: int
    score: float
    method: str
    reasons: tuple[Evidence, ...] = ()


class Linker(Protocol):
    """Who decides whom a mention means; the rows it adds to ``personas`` belong to the running transaction."""

    def link(self, documents: Sequence[DocumentRows]) -> Sequence[Sequence[PersonaLink]]:
        """Per document one link for each of its ``mentions``, in order."""
        ...


class Written(NamedTuple):
    """What became of one document: its row id, and the row ids of its statements in the order of the annotations."""

    document: int
    outcome: Outcome
    statements: range


def _insert(table: str, columns: Sequence[str]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 (names of this file only)


def _select(table: str, columns: Sequence[str]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE document = ? ORDER BY id"  # noqa: S608 (as above)


_INSERT_DOCUMENT = _insert("documents", ("id", "document_id", "extractor", "ingested_at", "read_as", *DOCUMENT_COLUMNS))
_ASSIGNMENTS = ", ".join(f"{name} = ?" for name in ("extractor", "ingested_at", "read_as", *DOCUMENT_COLUMNS))
_UPDATE_DOCUMENT = f"UPDATE documents SET {_ASSIGNMENTS} WHERE id = ?"  # noqa: S608 (names of rows.py only)
_INSERT_ARTICLE = _insert("articles", ("id", "document", *ARTICLE_COLUMNS))
_INSERT_SEGMENT = _insert("segments", ("id", "document", *SEGMENT_COLUMNS))
_INSERT_MENTION = _insert("mentions", ("id", "document", *MENTION_COLUMNS))
_INSERT_STATEMENT = _insert("statements", ("id", "document", "place", *STATEMENT_COLUMNS))
_INSERT_SPAN = _insert("content_spans", SPAN_COLUMNS)
_INSERT_DIAGNOSTIC = _insert("diagnostics", ("document", *DIAGNOSTIC_COLUMNS))
_INSERT_LINK = _insert("links", ("mention", "persona", "score", "method", "reasons", "linked_at"))
_INSERT_SHADOWS = (
    _insert("segment_shadow", ("id", "words", "variants", "indexed")),
    _insert("segments_fts", ("rowid", "words", "variants")),
    _insert("statement_shadow", ("id", "words", "variants", "context", "indexed")),
    _insert("statements_fts", ("rowid", "words", "variants", "context")),
)
# Children first, each by the index on its document.
_DELETE_CHILDREN = tuple(
    f"DELETE FROM {table} WHERE document = ?"  # noqa: S608 (names of this line only)
    for table in ("statements", "mentions", "segments", "articles", "diagnostics")
)


def write_annotations(
    connection: sqlite3.Connection, annotations: Annotations, *, linker: Linker | None = None, extractor: str = ""
) -> Written:
    """Store one document in a transaction of its own; see ``write_batch``."""
    return write_batch(connection, [annotations], linker=linker, extractor=extractor)[0]


def write_batch(
    connection: sqlite3.Connection,
    batch: Sequence[Annotations],
    *,
    linker: Linker | None = None,
    extractor: str = "",
) -> list[Written]:
    """Store documents in one transaction; see ``write_rows``. Raises ValueError as ``make_rows`` does."""
    return write_rows(connection, list(map(make_rows, batch)), linker=linker, extractor=extractor)


def write_rows(
    connection: sqlite3.Connection,
    batch: Sequence[DocumentRows],
    *,
    linker: Linker | None = None,
    extractor: str = "",
    indexed: bool = True,
) -> list[Written]:
    """Store the rows of documents in one transaction: all of them or, where it fails, none.

    A document that is stored already stays as it is where the same was found in it; else its rows are replaced, and
    what people decided (``judgements``) stays. ``extractor`` names the version of rules and code that found it all.
    Without a ``linker`` mentions stay unlinked; not ``indexed``, rows wait for ``deferred.index_waiting``. Raises
    sqlite3.Error.
    """
    writer = _BatchWriter(connection, linker, extractor, indexed)
    with transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")  # a nested statement may stand before its outer one
        writer.begin()
        written = [writer.add(rows) for rows in batch]
        writer.finish()
    return written


def is_stored(connection: sqlite3.Connection, document: Document, *, extractor: str) -> bool:
    """Whether just this document is stored as this extractor sees it, wherever and whenever it was found."""
    row = connection.execute(_SELECT_KNOWN, (document.document_id, extractor)).fetchone()
    return row is not None and _lasting(row) == _lasting(document_row(document))


def is_read(connection: sqlite3.Connection, document_id: str, read_as: str, *, extractor: str) -> bool:
    """Whether a file of these bytes is stored, read in this way, as this extractor sees it: it need not be opened."""
    query = "SELECT 1 FROM documents WHERE document_id = ? AND extractor = ? AND read_as = ?"
    return connection.execute(query, (document_id, extractor, read_as)).fetchone() is not None


def record_failure(connection: sqlite3.Connection, origin: str, message: str) -> None:
    """Remember that an input could not be used; a row that says the same already stays as it is."""
    connection.execute(
        "INSERT INTO failures (origin, message, failed_at) VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE "
        "SET message = excluded.message, failed_at = excluded.failed_at WHERE message <> excluded.message",
        (origin, message, now()),
    )


def forget_failures(connection: sqlite3.Connection, origins: Sequence[str]) -> None:
    """Inputs that could be used at last are failures no more."""
    connection.executemany("DELETE FROM failures WHERE origin = ?", [(origin,) for origin in origins])


_ORIGIN, _METADATA = DOCUMENT_COLUMNS.index("origin"), DOCUMENT_COLUMNS.index("metadata")
_SELECT_KNOWN = (
    f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM documents "  # noqa: S608 (names of rows.py)
    "WHERE document_id = ? AND extractor = ?"
)


def _lasting(row: Row) -> Row:
    """What makes a document what it is: its row without where it was found and the day a crawler was there."""
    metadata = row[_METADATA]
    if '["crawled", ' in metadata:
        metadata = json.dumps([one for one in json.loads(metadata) if one[0] != "crawled"], ensure_ascii=False)
    return (*row[:_ORIGIN], *row[_ORIGIN + 1 : _METADATA], metadata, *row[_METADATA + 1 :])


class _BatchWriter:
    """Collects the rows of a batch under the ids they will have."""

    def __init__(
        self, connection: sqlite3.Connection, linker: Linker | None, extractor: str, indexed: bool = True
    ) -> None:
        self.connection = connection
        self.linker = linker
        self.extractor = extractor
        self.indexed = indexed
        self.moment = now()
        self.articles: list[Row] = []
        self.segments: list[Row] = []
        self.mentions: list[Row] = []
        self.statements: list[Row] = []
        self.spans: list[Row] = []
        self.diagnostics: list[Row] = []
        self.to_link: list[DocumentRows] = []
        self.to_link_keys: list[range] = []
        self.shadows: tuple[list[Row], list[Row], list[Row], list[Row]] = ([], [], [], [])
        self.next: dict[str, int] = {}
        self.written: dict[str, Written] = {}

    def begin(self) -> None:
        """Learn the next free ids; the transaction must have begun."""
        for table in ("documents", "articles", "segments", "mentions", "statements"):
            query = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 (names of this line only)
            self.next[table] = self.connection.execute(query).fetchone()[0]

    def add(self, rows: DocumentRows) -> Written:
        """Take in one document and say what becomes of it."""
        if rows.document_id in self.written:  # the same bytes under two names in one batch
            return self.written[rows.document_id]._replace(outcome="unchanged")
        query = "SELECT id, extractor FROM documents WHERE document_id = ?"
        known = self.connection.execute(query, (rows.document_id,)).fetchone()
        outcome: Outcome
        if known is None:
            document, outcome = self._take("documents", 1).start, "new"
            # At once, not with the others: the foreign keys of entities may need it, and it is one row a document.
            values = (document, rows.document_id, self.extractor, self.moment, rows.read_as, *rows.document)
            self.connection.execute(_INSERT_DOCUMENT, values)
        else:
            document = known[0]
            if self._same_rows(document, rows):
                return self._unchanged(document, known[1], rows)
            outcome = "changed"
            self.connection.execute(
                _UPDATE_DOCUMENT, (self.extractor, self.moment, rows.read_as, *rows.document, document)
            )
            for sql in _DELETE_CHILDREN:
                self.connection.execute(sql, (document,))
        written = Written(document, outcome, self._add_children(document, rows))
        self.written[rows.document_id] = written
        return written

    def finish(self) -> None:
        """Write all that was collected; the full-text rows last."""
        run = self.connection.executemany
        run(_INSERT_ARTICLE, self.articles)
        run(_INSERT_SEGMENT, self.segments)
        run(_INSERT_MENTION, self.mentions)
        run(_INSERT_STATEMENT, self.statements)
        run(_INSERT_SPAN, self.spans)
        run(_INSERT_DIAGNOSTIC, self.diagnostics)
        run(_INSERT_LINK, self._links())
        segment_shadow, segments_fts, statement_shadow, statements_fts = self.shadows
        for sql, rows in (
            (_INSERT_SHADOWS[0], segment_shadow),
            (_INSERT_SHADOWS[2], statement_shadow),
            (_INSERT_SHADOWS[1], segments_fts),
            (_INSERT_SHADOWS[3], statements_fts),
        ):
            run(sql, rows)

    def _links(self) -> list[Row]:
        if self.linker is None or not self.to_link:
            return []
        reasons = ReasonsText()
        return [
            (key, link.persona, link.score, link.method, reasons[link.reasons], self.moment)
            for keys, links in zip(self.to_link_keys, self.linker.link(self.to_link), strict=True)
            for key, link in zip(keys, links, strict=True)
        ]

    def _take(self, table: str, count: int) -> range:
        first = self.next[table]
        self.next[table] = first + count
        return range(first, first + count)

    def _same_rows(self, document: int, rows: DocumentRows) -> bool:
        """Whether the database holds exactly this for the document; its origin, its crawl and its ids are no matter."""
        fetch = self.connection.execute
        query = f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM documents WHERE id = ?"  # noqa: S608 (names of rows.py)
        if _lasting(fetch(query, (document,)).fetchone()) != _lasting(rows.document):
            return False
        for table, columns, wanted in (
            ("articles", ARTICLE_COLUMNS, rows.articles),
            ("segments", SEGMENT_COLUMNS[1:], [row[1:] for row in rows.segments]),
            ("mentions", MENTION_COLUMNS, rows.mentions),
            ("statements", STATEMENT_COLUMNS[5:], [row[5:] for row in rows.statements]),
            ("statements", STATEMENT_COLUMNS[:1], [row[:1] for row in rows.statements]),
            ("diagnostics", DIAGNOSTIC_COLUMNS, rows.diagnostics),
        ):
            if fetch(_select(table, columns), (document,)).fetchall() != wanted:
                return False
        spans = fetch(
            "SELECT c.start_char, c.end_char, c.text FROM content_spans c JOIN statements s ON s.id = c.statement "
            "WHERE s.document = ? ORDER BY s.id, c.position",
            (document,),
        ).fetchall()
        if spans != [row[2:] for row in rows.spans]:
            return False
        speakers = fetch(
            "SELECT m.name, m.title, m.type, m.resolved_by, m.start_char, m.end_char FROM statements s "
            "LEFT JOIN mentions m ON m.id = s.mention WHERE s.document = ? ORDER BY s.id",
            (document,),
        ).fetchall()
        nobody = (None,) * len(MENTION_COLUMNS)
        return speakers == [nobody if row[3] is None else rows.mentions[row[3]] for row in rows.statements]

    def _unchanged(self, document: int, extractor: str, rows: DocumentRows) -> Written:
        # That it was read once more, and as what, spares reading it the next time.
        if extractor != self.extractor or rows.read_as is not None:
            sql = "UPDATE documents SET extractor = ?, read_as = coalesce(?, read_as) WHERE id = ?"
            self.connection.execute(sql, (self.extractor, rows.read_as, document))
        query = "SELECT min(id) FROM statements WHERE document = ?"
        first = self.connection.execute(query, (document,)).fetchone()[0] or 0
        return Written(document, "unchanged", range(first, first + len(rows.statements)))

    def _add_children(self, document: int, rows: DocumentRows) -> range:
        articles = self._take("articles", len(rows.articles))
        segments = self._take("segments", len(rows.segments))
        mentions = self._take("mentions", len(rows.mentions))
        statements = self._take("statements", len(rows.statements))
        self.articles += [(key, document, *row) for key, row in zip(articles, rows.articles, strict=True)]
        self.segments += [
            (key, document, None if row[0] is None else articles[row[0]], *row[1:])
            for key, row in zip(segments, rows.segments, strict=True)
        ]
        self.mentions += [(key, document, *row) for key, row in zip(mentions, rows.mentions, strict=True)]
        place = document_place(rows.document_id)
        for key, row in zip(statements, rows.statements, strict=True):
            name, article, segment, mention, outer = row[:5]
            self.statements.append(
                (
                    key,
                    document,
                    place,
                    name,
                    None if article is None else articles[article],
                    None if segment is None else segments[segment],
                    None if mention is None else mentions[mention],
                    None if outer is None else statements[outer],
                    *row[5:],
                )
            )
        self.spans += [(statements[row[0]], *row[1:]) for row in rows.spans]
        self.diagnostics += [(document, *row) for row in rows.diagnostics]
        if self.linker is not None and rows.mentions:
            self.to_link.append(rows)
            self.to_link_keys.append(mentions)
        self._add_shadows(segments, rows.segment_shadows, self.shadows[0], self.shadows[1])
        self._add_shadows(statements, rows.statement_shadows, self.shadows[2], self.shadows[3])
        return statements

    def _add_shadows(self, keys: range, shadows: Sequence[Row], shadow_rows: list[Row], fts_rows: list[Row]) -> None:
        shadow_rows.extend((key, *row, int(self.indexed)) for key, row in zip(keys, shadows, strict=True))
        if self.indexed:
            fts_rows.extend((key, *row) for key, row in zip(keys, shadows, strict=True))
