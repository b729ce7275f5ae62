"""Shards: all columns there and back, whole or not at all, loaded as if one process had read everything."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tracker.config import Config
from tracker.errors import StoreError
from tracker.records import Diagnostic, MetadataField
from tracker.store.rows import DocumentRows, make_rows
from tracker.store.units import Unusable

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("fsspec")

from tracker.scale.files import is_address, whole_file
from tracker.scale.shards import ShardFacts, read_shard, write_shard
from tracker.scale.work import Task, plan, run_task

STORY = '"We will reopen gate {n} on Monday," said Dana Orlev, the harbour master.\n'
ARABIC = "قال بواز ليفي: «سنعيد فتح الميناء يوم الاثنين المقبل رقم {n}».\n"
HEBREW = 'דנה אורלב אמרה: "הנמל ייפתח ביום שני מספר {n}".\n'


@pytest.fixture
def rows(page: Any) -> list[DocumentRows]:
    from dataclasses import replace

    found = page(
        'The port is closed. "We will reopen," said Dana Orlev.',
        {"quote": ["The port", "is closed"], "kind": "indirect", "nested_in": None},
        {"quote": "We will reopen", "speaker": "Dana Orlev", "title": "harbour master", "cue": "said"},
        given_id=17,
        authors=("דנה אורלב",),
        metadata=(MetadataField("title", "Port", "json-ld"),),
        published="2024-05-20",
    )
    strange = replace(found, diagnostics=(Diagnostic("quote.stray", "a stray mark", 0, 1), Diagnostic("x", "y")))
    empty = page("Nobody says anything here.")
    return [make_rows(strange, read_as="auto .html"), make_rows(empty)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pages"
    path.mkdir()
    for n in range(12):
        (path / f"{n}.txt").write_text((STORY + ARABIC + HEBREW).format(n=n), encoding="utf-8")
    (path / "empty.txt").write_bytes(b"")
    lines = [json.dumps({"text": STORY.format(n=n), "published": "2024-05-20"}) for n in range(100, 110)]
    (path / "lines.jsonl").write_text("\n".join([*lines, '{"text": 3}']), encoding="utf-8")
    return path


def _make(folder: Path, out: Path) -> list[Any]:
    out.mkdir(exist_ok=True)
    return [run_task(task, Config()) for task in plan(sorted(map(str, folder.iterdir())), str(out), "auto")]


def test_rows_there_and_back(tmp_path: Path, rows: list[DocumentRows]) -> None:
    path = str(tmp_path / "a.parquet")
    assert write_shard(path, [*rows, Unusable("b.txt", "is empty")], extractor="1") == (2, 1)
    facts, *back = read_shard(path)
    assert facts == ShardFacts("1", (Unusable("b.txt", "is empty"),))
    assert back == rows


def test_shard_is_there_whole_or_not_at_all(tmp_path: Path, rows: list[DocumentRows]) -> None:
    def broken() -> Iterator[DocumentRows]:
        yield from rows
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_shard(str(tmp_path / "a.parquet"), broken(), extractor="1")
    assert list(tmp_path.iterdir()) == []


def test_address_gets_whole_files_only() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    with pytest.raises(KeyboardInterrupt), whole_file("memory://shards/a.parquet") as draft:
        Path(draft).write_bytes(b"half")
        raise KeyboardInterrupt
    assert not memory.exists("/shards/a.parquet")
    with whole_file("memory://shards/a.parquet") as draft:
        Path(draft).write_bytes(b"whole")
    assert memory.cat("/shards/a.parquet") == b"whole"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("s3://a/b", True), ("memory://a", True), ("https://a.example/b", False), ("a/b", False), ("C:\\a", False)],
)
def test_what_is_an_address(path: str, expected: bool) -> None:
    assert is_address(path) is expected


def test_second_time_skips_and_changes_make_anew(folder: Path, tmp_path: Path) -> None:
    (first,) = _make(folder, tmp_path / "out")
    assert (first.documents, first.failures, first.skipped) == (22, 2, False)
    (again,) = _make(folder, tmp_path / "out")
    assert (again.shard, again.skipped) == (first.shard, True)
    (folder / "0.txt").write_text("Changed.", encoding="utf-8")
    (changed,) = _make(folder, tmp_path / "out")
    assert not changed.skipped
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_inputs_at_addresses_keep_their_names(tmp_path: Path) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe("/pages/a.txt", STORY.format(n=1).encode())
    fsspec.filesystem("memory").pipe("/pages/b.txt", b"")
    done = run_task(Task(("memory://pages/a.txt", "memory://pages/b.txt"), str(tmp_path)), Config())
    facts, rows = read_shard(done.shard)
    assert isinstance(rows, DocumentRows)
    assert rows.origin == "memory://pages/a.txt"
    assert isinstance(facts, ShardFacts)
    assert facts.failures == (Unusable("memory://pages/b.txt", "is empty"),)


def test_missing_address_is_a_failure(tmp_path: Path) -> None:
    done = run_task(Task(("memory://nowhere/a.txt",), str(tmp_path)), Config())
    assert (done.documents, done.failures) == (0, 1)


@pytest.mark.parametrize("bulk", [[], ["--bulk"]], ids=["", "bulk"])
def test_loaded_store_is_that_of_one_process(run: Any, folder: Path, tmp_path: Path, bulk: list[str]) -> None:
    _make(folder, tmp_path / "out")
    assert run("ingest", folder, "--db", "one.db").exit_code == 1
    loaded = run("load", "out", "--db", "two.db", *bulk)
    assert loaded.exit_code == 1
    assert "22 new, 0 unchanged, 2 failed" in loaded.stdout
    assert "22 unchanged" in run("load", "out", "--db", "two.db").stdout
    assert "22 unchanged" in run("ingest", folder, "--db", "two.db").stdout
    for name in ("csv", "jsonl"):
        for store in ("one", "two"):
            assert run("export", name, "--db", f"{store}.db", "-o", f"{store}.{name}").exit_code == 0
        assert Path(f"one.{name}").read_bytes() == Path(f"two.{name}").read_bytes()
    tables = ("documents", "statements", "mentions", "content_spans", "segments", "articles", "failures")
    columns = {"documents": "document_id, origin, text, metadata, read_as, extractor", "failures": "origin, message"}
    for table in tables:
        one, two = (_table(f"{store}.db", table, columns.get(table, "*")) for store in ("one", "two"))
        assert one == two


def _table(path: str, table: str, columns: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=str)  # noqa: S608


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param([], id="all"),
        pytest.param(["gate"], id="a word"),
        pytest.param(["ميناء"], id="without its article"),
        pytest.param(["נמל"], id="without its article in Hebrew"),
        pytest.param(['"reopen gate"'], id="a phrase"),
        pytest.param(['"gate reopen"'], id="a phrase that is not there"),
        pytest.param(["reop*"], id="a beginning"),
        pytest.param(["--lang", "he"], id="language"),
        pytest.param(["--since", "2024-05", "--until", "2024"], id="days"),
        pytest.param(["--kind", "direct", "--limit", "7"], id="kind and limit"),
        pytest.param(["--about", "Monday"], id="about"),
        pytest.param(["--speaker", "Boaz Levy"], id="a speaker in another script"),
        pytest.param(["--speaker", "Orlev"], id="a surname"),
        pytest.param(["--source", "Nobody"], id="an outlet that is not there"),
    ],
)
def test_shards_answer_as_the_store_does(run: Any, folder: Path, tmp_path: Path, asked: list[str]) -> None:
    _make(folder, tmp_path / "out")
    run("load", "out", "--db", "t.db")
    stored, sharded = (
        [json.loads(line) for line in run("query", *asked, *where, "--format", "jsonl").stdout.splitlines()]
        for where in (["--db", "t.db"], ["--parquet", "out"])
    )
    for row in (*stored, *sharded):
        del row["speaker"]  # who is who is known in a store only
    assert sharded == stored


def test_values_are_no_sql(run: Any, folder: Path, tmp_path: Path) -> None:
    _make(folder, tmp_path / "out")
    for asked in (["--speaker", "x') OR 1=1 --"], ["--source", "'; DROP TABLE x"], ["gate') --"]):
        assert run("query", *asked, "--parquet", "out").exit_code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [pytest.param(b"no shard at all", "no shard", id="text"), pytest.param(b"PAR1PAR1", "no shard", id="nearly one")],
)
def test_file_that_is_no_shard_is_told(run: Any, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    for command in (["load", "a.parquet", "--db", "t.db"], ["query", "--parquet", "a.parquet"]):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("\n") == 1
    with pytest.raises(StoreError, match=told):
        list(read_shard("a.parquet"))


def test_parquet_of_another_program_is_told(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"recipe": ["bread"]}), tmp_path / "a.parquet")
    with pytest.raises(StoreError, match="no shard that this tracker reads"):
        list(read_shard(str(tmp_path / "a.parquet")))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["ingest", "pages", "--engine", "dask"], "--out", id="no folder for shards"),
        pytest.param(["ingest", "pages", "--out", "x"], "--engine dask", id="folder without engine"),
        pytest.param(["ingest", "-", "--engine", "dask", "--out", "x"], "standard input", id="standard input"),
        pytest.param(["load", "hollow", "--db", "t.db"], "no shards", id="no shards to load"),
        pytest.param(["query", "--parquet", "hollow"], "no shards", id="no shards to ask"),
    ],
)
def test_wrong_usage_is_one_line(run: Any, tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "hollow").mkdir()
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert not (tmp_path / "t.db").exists()


def test_without_the_extra_it_is_named(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    (tmp_path / "a.parquet").touch()
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("query", "--parquet", "a.parquet")
    assert result.exit_code == 2
    assert "pip install 'tracker[scale]'" in result.stderr


def test_shard_of_nothing(tmp_path: Path) -> None:
    write_shard(str(tmp_path / "a.parquet"), [], extractor="1")
    assert list(read_shard(str(tmp_path / "a.parquet"))) == [ShardFacts("1", ())]


def test_draft_of_a_killed_process_is_cleared_up(tmp_path: Path, rows: list[DocumentRows]) -> None:
    (tmp_path / ".a.parquet.999999.part").write_bytes(b"half")
    write_shard(str(tmp_path / "a.parquet"), rows, extractor="1")
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]
