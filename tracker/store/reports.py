"""Which reports are one: copies of a story, what is taken over from another outlet, and how a quotation is worded."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import Protocol

from tracker.claims.copies import is_copy, runs_of
from tracker.claims.wording import Wording, compare_wording
from tracker.text import fold

REMEMBERED = 512
"""Stories whose runs of words are kept at hand."""


class Told(Protocol):
    """What is asked of a statement here; ``document`` and ``article`` are row ids."""

    @property
    def document(self) -> int: ...  # noqa: D102
    @property
    def article(self) -> int | None: ...  # noqa: D102
    @property
    def quote(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def lang(self) -> str: ...  # noqa: D102
    @property
    def speaker(self) -> str | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def cited_source(self) -> str | None: ...  # noqa: D102


class Stories:
    """The stories of a store, as far as they are compared."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._runs = lru_cache(maxsize=REMEMBERED)(self._read_runs)

    def is_copied(self, one: Told, other: Told) -> bool:
        """Whether the two are one report: one story printed twice, or one outlet that names the other as its source."""
        if one.document == other.document:
            return False
        if same_report(one.source, one.cited_source, other.source, other.cited_source):
            return True
        if one.lang != other.lang:
            return False
        return is_copy(self._runs(one.document, one.article), self._runs(other.document, other.article))

    def _read_runs(self, document: int, article: int | None) -> frozenset[int]:
        """Runs of words of a story without its direct quotations: these are alike in whoever was there to hear them."""
        row = self._connection.execute(
            "SELECT d.text, coalesce(a.start_char, 0), coalesce(a.end_char, length(d.text)) FROM documents d "
            "LEFT JOIN articles a ON a.id = ? WHERE d.id = ?",
            (article, document),
        ).fetchone()
        if row is None:
            return frozenset()
        text, start, end = row
        spans = self._connection.execute(
            "SELECT c.start_char, c.end_char FROM content_spans c JOIN statements s ON s.id = c.statement "
            "WHERE s.document = ? AND s.kind = 'direct' ORDER BY c.start_char",
            (document,),
        )
        parts, at = [], start
        for first, last in spans:
            if at <= first and last <= end:
                parts.append(text[at:first])
                at = last
        parts.append(text[at:end])
        return runs_of(" ".join(parts))


def same_report(source_a: str | None, cited_a: str | None, source_b: str | None, cited_b: str | None) -> bool:
    """Whether one outlet says it has it from the other, or both have it from a third."""
    cited = {fold(name) for name in (cited_a, cited_b) if name}
    if not cited:
        return False
    if cited_a and cited_b and len(cited) == 1:
        return True
    return any(
        bool(citing) and bool(outlet) and fold(citing or "") == fold(outlet or "")
        for citing, outlet in ((cited_a, source_b), (cited_b, source_a))
    )


def wording_of(one: Told, other: Told) -> Wording | None:
    """How two direct quotations of one speaker are worded; None where it is not one quotation in two places."""
    if one.kind != "direct" or other.kind != "direct" or one.lang != other.lang or one.document == other.document:
        return None
    if one.speaker is None or one.speaker != other.speaker:
        return None
    return compare_wording(one.quote, other.quote)
