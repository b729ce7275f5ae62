"""Who said what, from shards, without a store: the filters of ``query`` through DuckDB.

Nobody has said yet who is who, so a speaker is whom the page names, found in any script. No text of a caller becomes
SQL: all values are parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.errors import StoreError, UsageError
from tracker.scale.extra import load
from tracker.scale.files import is_address, list_shards
from tracker.store.queries import Filters
from tracker.store.shadow import query_terms

CHUNK = 1000

# A document that is in several shards counts once.
_STATEMENTS = """
WITH documents AS (
  SELECT document_id, url, title, articles, mentions, segment_shadows, statements, statement_shadows
  FROM read_parquet(?) QUALIFY row_number() OVER (PARTITION BY document_id) = 1
), rows AS (
  SELECT document_id, url, title, articles, mentions, segment_shadows, unnest(statements) AS s,
    unnest(statement_shadows) AS w, unnest(range(len(statements))) AS number FROM documents
)
"""
_COLUMNS = (
    "s.statement_id, mentions[s.mention + 1].name, mentions[s.mention + 1].name, mentions[s.mention + 1].title, "
    "mentions[s.mention + 1].type, s.kind, s.polarity, s.quote, s.lang, s.said_on, s.said_on_basis, s.published_on, "
    "s.source, s.cited_source, url, coalesce(articles[s.article + 1].title, title), document_id, s.start_char, "
    "s.end_char, s.confidence, s.rule"
)
# As the store has it: newest first, of one day by document, then in reading order.
_ORDER = "ORDER BY s.on_date DESC NULLS LAST, left(sha256(document_id), 15), number"
_QUOTATION = ("w.words", "w.variants")
_AROUND = (*_QUOTATION, "w.context")
_SEGMENT = ("segment_shadows[s.segment + 1].words", "segment_shadows[s.segment + 1].variants")


class Shards:
    """The shards behind a folder or address, opened to be asked."""

    def __init__(self, path: str) -> None:
        duckdb = load("duckdb")
        self.files = list_shards(path)
        if not self.files:
            raise StoreError(f"{path}: no shards (*.parquet) in this folder; make some: tracker ingest --engine dask")
        # Nothing is fetched to answer a question.
        self.connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        )
        self.errors: type[Exception] = duckdb.Error
        if is_address(path):
            self.connection.register_filesystem(load("fsspec").core.url_to_fs(path)[0])

    def ask(self, filters: Filters, speaker: str | None) -> Iterator[tuple[Any, ...]]:
        """Rows of who_said_what, newest first. Raises UsageError where a text holds no word."""
        conditions, values = _conditions(filters)
        if speaker is not None:
            conditions.append("list_contains(?, mentions[s.mention + 1].name)")
            values.append(self._spellings(speaker))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        sql = f"{_STATEMENTS} SELECT {_COLUMNS} FROM rows{where} {_ORDER}"  # noqa: S608 (constants above)
        if filters.limit is not None:
            sql += " LIMIT ?"
            values.append(filters.limit)
        cursor = self._execute(sql, [self.files, *values])
        while rows := cursor.fetchmany(CHUNK):
            yield from rows

    def sources(self) -> list[str]:
        """All outlets that statements come from, sorted."""
        sql = f"{_STATEMENTS} SELECT DISTINCT s.source FROM rows WHERE s.source IS NOT NULL ORDER BY 1"  # noqa: S608 (constants above)
        return [source for (source,) in self._execute(sql, [self.files]).fetchall()]

    def _spellings(self, asked: str) -> list[str]:
        """The names in the shards in which every word of the one asked for is heard, in any script."""
        from tracker.names.tokens import parse_name
        from tracker.store.namekeys import name_sounds

        words = [token.exact_keys for token in parse_name(asked).tokens if not token.particle]
        if not words:
            raise UsageError(f"no name in {asked!r:.60}; give at least one letter")
        sql = (
            "SELECT DISTINCT m.name FROM (SELECT unnest(mentions) AS m FROM read_parquet(?)) "
            "WHERE m.type <> 'anonymous' ORDER BY 1"
        )
        names = [name for (name,) in self._execute(sql, [self.files]).fetchall()]
        return [name for name in names if all(name_sounds(name)[0].intersection(keys) for keys in words)]

    def _execute(self, sql: str, values: Sequence[Any]) -> Any:
        try:
            return self.connection.execute(sql, values)
        except self.errors as error:
            raise StoreError(f"{self.files[0]} …: cannot be read ({str(error).splitlines()[0]:.150})") from error


def _conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if filters.text is not None:
        _add_text(filters.text, filters, (_QUOTATION,), conditions, values)
    if filters.about:
        either: list[str] = []
        for text in filters.about:
            for columns in (_AROUND, _SEGMENT):
                all_of: list[str] = []
                _add_text(text, filters, (columns,), all_of, values)
                either.append(f"({' AND '.join(all_of)})")
        conditions.append(f"({' OR '.join(either)})")
    if filters.sources is not None:
        conditions.append("list_contains(?, s.source)")
        values.append(list(filters.sources))
    for condition, value in (
        ("s.lang = ?", filters.lang),
        ("s.kind = ?", filters.kind),
        ("s.on_date >= ?", filters.since),
        ("s.on_date <= ?", None if filters.until is None else filters.until + "~"),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return conditions, values


def _add_text(
    text: str, filters: Filters, groups: Sequence[tuple[str, ...]], conditions: list[str], values: list[Any]
) -> None:
    for term in query_terms(text, langs=filters.langs):
        alternatives = []
        for columns in groups:
            for column in columns[:1] if term.is_phrase else columns:
                for form in term.forms:
                    alternatives.append(f"contains(' ' || {column} || ' ', ?)")
                    values.append(f" {form}" if term.is_beginning else f" {form} ")
        conditions.append(f"({' OR '.join(alternatives)})")
