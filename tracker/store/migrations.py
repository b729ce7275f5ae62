"""The schema, in steps that are never changed once released: a change is a new step at the end.

Tables hang on ``documents`` by foreign keys with ON DELETE CASCADE, so that a document and all that was found in it
go together. Keys inside the database are integers, for size and speed; the ids that people and files see
(``document_id``, ``statement_id``, ``entity_id``) are hashes of content and unique. Dates are ISO text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey, Table

from tracker.store.connection import MIGRATION_SET
from tracker.store.rows import document_place
from tracker.store.views import VIEWS

BUFFER_BYTES = 16_000_000
"""What a full-text index may hold in memory before it writes."""

migration = Migrations(MIGRATION_SET)


def apply_migrations(connection: sqlite3.Connection, *, stop_before: str | None = None) -> None:
    """Bring the database to the newest schema, or to that before the migration ``stop_before``."""
    migration.apply(Database(connection, recursive_triggers=False, execute_plugins=False), stop_before=stop_before)


def _create(
    db: Database,
    name: str,
    columns: dict[str, type],
    *,
    pk: str | tuple[str, ...] = "id",
    parents: Iterable[tuple[str, str]] = (),
    optional_parents: Iterable[tuple[str, str]] = (),
    not_null: Iterable[str] = (),
    unique: Iterable[tuple[str, ...]] = (),
    indexes: Iterable[tuple[str, ...]] = (),
) -> None:
    """A table whose rows go with their ``parents`` (column, table) and outlive their ``optional_parents``."""
    keys = [ForeignKey(name, column, other, "id", on_delete="CASCADE") for column, other in parents]
    keys += [ForeignKey(name, column, other, "id", on_delete="SET NULL") for column, other in optional_parents]
    table: Table = db.create_table(name, columns, pk=pk, foreign_keys=keys, not_null=set(not_null))
    for columns_ in unique:
        table.create_index(columns_, unique=True)
    for columns_ in indexes:
        table.create_index(columns_)


@migration()
def m001_documents(db: Database) -> None:
    """Pages as they were read, the stories on them and the languages of their stretches."""
    _create(
        db,
        "documents",
        {
            "id": int,
            "document_id": str,
            "given_id": str,
            "origin": str,
            "sha256": str,
            "url": str,
            "source": str,
            "published": str,
            "title": str,
            "lang": str,
            "authors": str,
            "input_format": str,
            "metadata": str,
            "extractor": str,
            "ingested_at": str,
            "text": str,
        },
        not_null=("document_id", "origin", "sha256", "text"),
        unique=[("document_id",)],
    )
    _create(
        db,
        "articles",
        {
            "id": int,
            "document": int,
            "position": int,
            "start_char": int,
            "end_char": int,
            "title": str,
            "published": str,
            "source": str,
        },
        parents=[("document", "documents")],
        not_null=("document", "position", "start_char", "end_char"),
        unique=[("document", "position")],
    )
    _create(
        db,
        "segments",
        {
            "id": int,
            "document": int,
            "article": int,
            "start_char": int,
            "end_char": int,
            "lang": str,
            "block": str,
            "handle": str,
            "confidence": float,
        },
        parents=[("document", "documents"), ("article", "articles")],
        not_null=("document", "start_char", "end_char", "lang", "block"),
        indexes=[("document",), ("article",)],
    )
    _create(
        db,
        "diagnostics",
        {"id": int, "document": int, "code": str, "message": str, "start_char": int, "end_char": int},
        parents=[("document", "documents")],
        not_null=("document", "code", "message"),
        indexes=[("document",)],
    )
    _create(
        db,
        "failures",
        {"id": int, "origin": str, "message": str, "failed_at": str},
        not_null=("origin", "message", "failed_at"),
        unique=[("origin",)],
    )


@migration()
def m002_statements(db: Database) -> None:
    """Who is named as a source, and what was said."""
    _create(
        db,
        "mentions",
        {
            "id": int,
            "document": int,
            "name": str,
            "title": str,
            "type": str,
            "resolved_by": str,
            "start_char": int,
            "end_char": int,
        },
        parents=[("document", "documents")],
        not_null=("document", "name", "type", "resolved_by"),
        indexes=[("document",)],
    )
    _create(
        db,
        "statements",
        {
            "id": int,
            "statement_id": str,
            "document": int,
            "article": int,
            "segment": int,
            "mention": int,
            "nested_in": int,
            "kind": str,
            "polarity": str,
            "quote": str,
            "lang": str,
            "start_char": int,
            "end_char": int,
            "cue_start_char": int,
            "cue_end_char": int,
            "cue_text": str,
            "said_on": str,
            "said_on_basis": str,
            "published_on": str,
            "on_date": str,
            "source": str,
            "cited_source": str,
            "confidence": float,
            "rule": str,
        },
        parents=[("document", "documents")],
        optional_parents=[
            ("article", "articles"),
            ("segment", "segments"),
            ("mention", "mentions"),
            ("nested_in", "statements"),
        ],
        not_null=("statement_id", "document", "kind", "polarity", "quote", "lang", "start_char", "end_char", "rule"),
        unique=[("statement_id",)],
        indexes=[("document",), ("article",), ("segment",), ("mention",)],
    )
    # Answers come newest first and in reading order within a day, which these two give without sorting.
    db.execute("CREATE INDEX idx_statements_on_date ON statements (on_date DESC)")
    db.execute("CREATE INDEX idx_statements_source_on_date ON statements (source, on_date DESC)")
    # Few statements are nested; the index holds only those, for the foreign key's sake.
    db.execute("CREATE INDEX idx_statements_nested_in ON statements (nested_in) WHERE nested_in IS NOT NULL")
    _create(
        db,
        "content_spans",
        {"statement": int, "position": int, "start_char": int, "end_char": int, "text": str},
        pk=("statement", "position"),
        parents=[("statement", "statements")],
        not_null=("start_char", "end_char", "text"),
    )


@migration()
def m003_speakers(db: Database) -> None:
    """Who is who: mentions are of personas (a name with what its titles say), entities are groups of personas."""
    _create(
        db,
        "entities",
        {"id": int, "entity_id": str, "name": str, "type": str},
        not_null=("entity_id", "name", "type"),
        unique=[("entity_id",)],
    )
    _create(
        db,
        "personas",
        {
            "id": int,
            "persona_id": str,
            "entity": int,
            "kind": str,
            "key": str,
            "countries": str,
            "callings": str,
            "scope": str,
            "name": str,
            "type": str,
            "lang": str,
            "name_key": str,
        },
        optional_parents=[("entity", "entities")],
        not_null=("persona_id", "kind", "key", "name", "type", "name_key"),
        unique=[("persona_id",)],
        indexes=[("entity",), ("name_key",)],
    )
    # What personas that may be one share, and how the words of a name sound: both make few candidates of many.
    # Most rows of a store are these: no row ids and no second index, since personas stay as long as their store.
    db.execute(
        "CREATE TABLE persona_blocks (block INTEGER NOT NULL, "
        "persona INTEGER NOT NULL REFERENCES personas (id) ON DELETE CASCADE, "
        "PRIMARY KEY (block, persona)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE name_sounds (sound TEXT NOT NULL, "
        "persona INTEGER NOT NULL REFERENCES personas (id) ON DELETE CASCADE, "
        "is_near INTEGER NOT NULL, PRIMARY KEY (sound, persona)) WITHOUT ROWID"
    )
    # `persona` is whom the mention is taken for; where a person decided so, `machine_persona` keeps what was found.
    _create(
        db,
        "links",
        {
            "mention": int,
            "persona": int,
            "score": float,
            "method": str,
            "reasons": str,
            "linked_at": str,
            "machine_persona": int,
        },
        pk="mention",
        parents=[("mention", "mentions"), ("persona", "personas")],
        optional_parents=[("machine_persona", "personas")],
        not_null=("persona", "score", "method"),
        indexes=[("persona",)],
    )
    db.execute("CREATE INDEX idx_links_machine_persona ON links (machine_persona) WHERE machine_persona IS NOT NULL")
    # Decisions name personas and statements by ids that are hashes of content: a store that is built anew from the
    # same pages finds them again.
    _create(
        db,
        "judgements",
        {
            "id": int,
            "decision": str,
            "subject": str,
            "subject_ids": str,
            "object": str,
            "object_ids": str,
            "value": str,
            "note": str,
            "decided_by": str,
            "decided_at": str,
            "undone_by": str,
            "undone_at": str,
        },
        not_null=("decision", "subject", "subject_ids", "decided_by", "decided_at"),
    )


@migration()
def m004_search(db: Database) -> None:
    """Full-text search on a folded shadow: what people type finds what pages print (see ``store.shadow``)."""
    for table, shadow, columns in (
        ("statements", "statement_shadow", ("words", "variants", "context")),
        ("segments", "segment_shadow", ("words", "variants")),
    ):
        _create(db, shadow, {"id": int, **dict.fromkeys(columns, str), "indexed": int}, parents=[("id", table)])
        _index_text(db, shadow, f"{table}_fts", columns)


def _index_text(db: Database, table: str, fts: str, columns: tuple[str, ...]) -> None:
    """A full-text index over ``columns`` of ``table``, kept by triggers.

    A trigger opens a savepoint for every row, and FTS5 writes its whole buffer to disk at each: five times the cost of
    indexing. Our own writers therefore mark their rows as ``indexed`` and index them themselves, all in one go and in
    the same transaction; rows of any other program, and all updates and deletions, go through the triggers.

    What is indexed is folded already, words with blanks between: "ascii" splits it as "unicode61" would, for half the
    time. The buffer holds what a batch brings, so that it is written once a transaction and there is less to merge.
    """
    names = ", ".join(columns)
    old = ", ".join(f"old.{column}" for column in columns)
    new = ", ".join(f"new.{column}" for column in columns)
    db.execute(
        f"CREATE VIRTUAL TABLE {fts} USING fts5 ({names}, content='{table}', content_rowid='id', tokenize='ascii')"
    )
    db.execute(f"INSERT INTO {fts} ({fts}, rank) VALUES ('hashsize', ?)", (BUFFER_BYTES,))  # noqa: S608 (names above)
    forget = f"INSERT INTO {fts} ({fts}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608 (names above)
    learn = f"INSERT INTO {fts} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 (names above)
    db.execute(f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} WHEN new.indexed IS NULL BEGIN {learn} END")
    db.execute(f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {forget} END")
    db.execute(f"CREATE TRIGGER {table}_au AFTER UPDATE OF {names} ON {table} BEGIN {forget} {learn} END")


@migration()
def m005_crosscheck(db: Database) -> None:
    """What each statement is found by when new ones are compared, and the pairs that came of it."""
    _create(
        db,
        "claims",
        {"id": int, "keys": str, "version": str, "indexed": int},
        parents=[("id", "statements")],
        not_null=("keys", "version"),
    )
    _index_text(db, "claims", "claims_fts", ("keys",))
    _create(
        db,
        "pairs",
        {
            "statement_a": int,
            "statement_b": int,
            "relation": str,
            "conflict": str,
            "score": float,
            "reason": str,
            "group_id": str,
        },
        pk=("statement_a", "statement_b"),
        parents=[("statement_a", "statements"), ("statement_b", "statements")],
        not_null=("relation", "score"),
        indexes=[("statement_b",), ("group_id",)],
    )


@migration()
def m006_views(db: Database) -> None:
    """What everything that answers reads."""
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)


@migration()
def m007_known_people(db: Database) -> None:
    """A list of known people and bodies that was brought in, and on each persona what holds for all its links."""
    _create(
        db,
        "known_people",
        {
            "id": int,
            "known_id": str,
            "name": str,
            "type": str,
            "title": str,
            "wikidata": str,
            "origin": str,
            "imported_by": str,
            "imported_at": str,
        },
        not_null=("known_id", "name", "type", "origin", "imported_by", "imported_at"),
        unique=[("known_id",)],
    )
    # By the id of the persona, a hash of content, as decisions name it: a store that is built anew finds it again.
    _create(
        db,
        "known_names",
        {"known": int, "persona_id": str, "name": str},
        pk=("known", "persona_id"),
        parents=[("known", "known_people")],
        not_null=("name",),
        indexes=[("persona_id",)],
    )
    # What the personas of a decision were: should their ids be others once titles are read in another way.
    db.execute("ALTER TABLE judgements ADD COLUMN anchors TEXT")
    db.execute(
        "UPDATE judgements SET anchors = (SELECT json_group_object(persona_id, json_array(kind, key, "
        "coalesce(countries, ''), coalesce(callings, ''))) FROM personas WHERE coalesce(scope, '') = '' AND "
        "instr(' ' || subject_ids || ' ' || coalesce(object_ids, '') || ' ', ' ' || persona_id || ' ') > 0)"
    )
    for column in ("method", "reasons", "rivals"):
        db.execute(f"ALTER TABLE personas ADD COLUMN {column} TEXT")
    db.execute("ALTER TABLE personas ADD COLUMN score REAL")
    db.execute("CREATE INDEX idx_personas_unsure ON personas (id) WHERE method = 'unsure'")
    db.execute(
        "UPDATE personas SET (score, method, reasons) = (SELECT l.score, l.method, l.reasons FROM links l "
        "WHERE l.persona = personas.id AND l.machine_persona IS NULL ORDER BY l.mention DESC LIMIT 1)"
    )
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)


@migration()
def m008_review(db: Database) -> None:
    """What a person decided about pairs, which reports are copies, how quotations are worded, vectors of statements.

    Decisions name statements by ids that are hashes of content and hang on no other table: they outlive every ingest.
    """
    db.execute("ALTER TABLE pairs ADD COLUMN copied INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE pairs ADD COLUMN wording TEXT")
    _create(
        db,
        "pair_judgements",
        {
            "id": int,
            "decision": str,
            "statement_a": str,
            "statement_b": str,
            "relation": str,
            "note": str,
            "decided_by": str,
            "decided_at": str,
            "undone_by": str,
            "undone_at": str,
        },
        not_null=("decision", "statement_a", "statement_b", "decided_by", "decided_at"),
        indexes=[("statement_a", "statement_b")],
    )
    _create(
        db,
        "claim_vectors",
        {"id": int, "model": str, "vector": bytes},
        parents=[("id", "statements")],
        not_null=("model", "vector"),
    )
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)


@migration()
def m009_bulk(db: Database) -> None:
    """Work that a bulk load leaves for later, and an order of answers that does not hang on the order of reading."""
    # How a file was read: the same bytes read in the same way need not be read again.
    db.execute("ALTER TABLE documents ADD COLUMN read_as TEXT")
    # Answers of one day stand by document in an order that its id gives, so that two stores of the same pages answer
    # alike, in whatever order they were filled.
    db.execute("ALTER TABLE statements ADD COLUMN place INTEGER")
    db.conn.create_function("tracker_place", 1, document_place, deterministic=True)
    db.execute(
        "UPDATE statements SET place = tracker_place((SELECT document_id FROM documents d WHERE d.id = document))"
    )
    for name in ("idx_statements_on_date", "idx_statements_source_on_date", "idx_statements_mention"):
        db.execute(f"DROP INDEX {name}")
    db.execute("CREATE INDEX idx_statements_on_date ON statements (on_date DESC, place)")
    db.execute("CREATE INDEX idx_statements_source_on_date ON statements (source, on_date DESC, place)")
    for column in ("lang", "kind"):
        db.execute(f"CREATE INDEX idx_statements_{column}_on_date ON statements ({column}, on_date DESC, place)")
    # With what orders answers in it: the many statements of one speaker are put in order without reading them.
    db.execute("CREATE INDEX idx_statements_mention ON statements (mention, on_date DESC, place)")
    _create(db, "deferred", {"task": str, "since": str}, pk="task", not_null=("since",))
    # A row that is `indexed` 0 waits for the full-text index, which therefore need not forget it.
    for table, columns in (
        ("statement_shadow", ("words", "variants", "context")),
        ("segment_shadow", ("words", "variants")),
    ):
        fts = "statements_fts" if table == "statement_shadow" else "segments_fts"
        names = ", ".join(columns)
        old = ", ".join(f"old.{column}" for column in columns)
        new = ", ".join(f"new.{column}" for column in columns)
        forget = f"INSERT INTO {fts} ({fts}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608 (names above)
        learn = f"INSERT INTO {fts} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 (names above)
        for trigger in (f"{table}_ad", f"{table}_au"):
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute(f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} WHEN old.indexed IS NOT 0 BEGIN {forget} END")
        db.execute(
            f"CREATE TRIGGER {table}_au AFTER UPDATE OF {names} ON {table} WHEN old.indexed IS NOT 0 "
            f"BEGIN {forget} {learn} END"
        )
        db.execute(f"CREATE INDEX idx_{table}_waiting ON {table} (id) WHERE indexed = 0")
    for name, sql in VIEWS.items():
        db.create_view(name, sql, replace=True)
