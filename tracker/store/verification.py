"""Whether every stored quotation still stands, character for character, where the store says it stands."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Mismatch:
    """One thing that does not stand; ``statement_id`` is None where the document's text itself was altered."""

    document_id: str
    origin: str
    statement_id: str | None
    problem: str

    def __str__(self) -> str:
        """One line for people."""
        which = f"statement {self.statement_id} of " if self.statement_id else ""
        return f"{which}document {self.document_id} ({self.origin}): {self.problem}"


class _Span(NamedTuple):
    statement_id: str
    start_char: int
    end_char: int
    text: str
    place: str


def verify_store(connection: sqlite3.Connection) -> Iterator[Mismatch]:
    """Every mismatch, document by document; memory is that of one document.

    Compared are each document's text with its SHA-256, each content span and cue with the text at its offsets, each
    quotation with its spans, and the tables with each other (foreign keys).
    """
    query = "SELECT id, document_id, origin, sha256, text FROM documents ORDER BY id"
    for document, document_id, origin, sha256, text in connection.execute(query):
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield Mismatch(document_id, origin, None, "its text was altered: the SHA-256 is another")
        for statement_id, problem in _statement_problems(connection, document, text):
            yield Mismatch(document_id, origin, statement_id, problem)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Mismatch("unknown", f"table {table}, row {row}", None, f"its row in table {parent} is missing")


def count_quotations(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many statements and documents there are to verify."""
    statements = connection.execute("SELECT count(*) FROM statements").fetchone()[0]
    return statements, connection.execute("SELECT count(*) FROM documents").fetchone()[0]


def _statement_problems(connection: sqlite3.Connection, document: int, text: str) -> Iterator[tuple[str, str]]:
    quotes = connection.execute(
        "SELECT id, statement_id, quote, start_char, end_char, cue_start_char, cue_end_char, cue_text "
        "FROM statements WHERE document = ? ORDER BY id",
        (document,),
    ).fetchall()
    spans: dict[int, list[_Span]] = {}
    for statement, *span in connection.execute(
        "SELECT s.id, s.statement_id, c.start_char, c.end_char, c.text, 'content' FROM statements s "
        "JOIN content_spans c ON c.statement = s.id WHERE s.document = ? ORDER BY s.id, c.position",
        (document,),
    ):
        spans.setdefault(statement, []).append(_Span(*span))
    for statement, statement_id, quote, start, end, cue_start, cue_end, cue_text in quotes:
        content = spans.get(statement, [])
        cue = [] if cue_start is None else [_Span(statement_id, cue_start, cue_end, cue_text, "cue")]
        for span in (*content, *cue):
            if not 0 <= span.start_char < span.end_char <= len(text):
                yield statement_id, f"{span.place} [{span.start_char}, {span.end_char}) lies outside the text"
            elif text[span.start_char : span.end_char] != span.text:
                there = text[span.start_char : span.end_char]
                yield (
                    statement_id,
                    f"{span.place} [{span.start_char}, {span.end_char}) reads {there!r:.60}, not {span.text!r:.60}",
                )
        if not content:
            yield statement_id, "it has no content"
        elif (content[0].start_char, content[-1].end_char) != (start, end):
            yield statement_id, f"it runs from {start} to {end}, its content does not"
        if not _is_made_of(quote, [span.text for span in content]):
            yield statement_id, f"the quotation {quote!r:.60} is not its content"


def _is_made_of(quote: str, pieces: list[str]) -> bool:
    """Whether ``quote`` is the pieces in order, with nothing between them but blanks and marks of omission."""
    at = 0
    for number, piece in enumerate(pieces):
        found = quote.find(piece, at)
        gap = quote[at : max(found, at)]
        if found < 0 or any(char.isalnum() for char in gap) or (gap and not number):
            return False
        at = found + len(piece)
    return at == len(quote)
