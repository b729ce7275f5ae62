"""Files, folders and standard input: what becomes a document, and what is said about the rest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from pathlib import Path

import pytest
from reading import document, message, read, write

from tracker.cli.options import INPUT_FORMATS as OFFERED
from tracker.errors import UsageError
from tracker.read import INPUT_FORMATS, ReadFailure, read_inputs
from tracker.records import Document

SENTENCE = "The mayor said that the bridge would be closed."
RECORD = {"id": 7, "text": "קודם\r\nאחר כך\u00a0", "url": "https://example.org/1", "published": "2024-05-03T10:00:00Z"}


def test_text_file(tmp_path: Path) -> None:
    path = write(tmp_path / "page.txt", "One\r\nTwo\rThree\n")
    found = document(path)
    assert found.text == "One\nTwo\nThree\n"
    assert (found.origin, found.input_format, found.given_id) == (str(path), "text", None)
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    assert found.document_id == hashlib.sha256(path.read_bytes()).hexdigest()[:20]


def test_same_bytes_same_id(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt", SENTENCE), write(tmp_path / "b" / "c.txt", SENTENCE)
    assert document(first).document_id == document(second).document_id


def test_jsonl_keeps_text_and_id_as_given(tmp_path: Path) -> None:
    path = write(tmp_path / "pages.jsonl", json.dumps(RECORD) + "\n")
    found = document(path)
    assert (found.given_id, found.text, found.published) == (7, RECORD["text"], "2024-05-03")
    assert (found.origin, found.url, found.source) == (f"{path}:1", "https://example.org/1", None)


def test_jsonl_record_is_its_text_and_url(tmp_path: Path) -> None:
    records = [RECORD, RECORD | {"id": "other"}, RECORD | {"url": "https://example.org/2"}, RECORD | {"text": "x"}]
    path = write(tmp_path / "pages.jsonl", "\n".join(map(json.dumps, records)))
    ids = [found.document_id for found in read(path) if isinstance(found, Document)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("{not json", "not JSON", id="no-json"),
        pytest.param('["text"]', "a JSON object is expected", id="list"),
        pytest.param("{}", '"text" is missing', id="no-text"),
        pytest.param('{"text": 3}', '"text" has to be a string', id="text-is-a-number"),
        pytest.param('{"text": " "}', '"text" is empty', id="empty-text"),
        pytest.param('{"text": "x", "id": [1]}', '"id" has to be', id="id-is-a-list"),
        pytest.param('{"text": "x", "source": 1}', '"source" has to be', id="source-is-a-number"),
        pytest.param("[" * 100_000, "nesting too deep", id="nesting"),
        pytest.param('{"text": "x", "id": ' + "1" * 10_000 + "}", "a number is too long", id="long-number"),
        pytest.param(b'{"text": "\xe9"}', "not UTF-8", id="not-utf8"),
    ],
)
def test_a_bad_line_costs_that_line(tmp_path: Path, line: str | bytes, said: str) -> None:
    good = json.dumps({"text": SENTENCE}).encode()
    bad = line if isinstance(line, bytes) else line.encode()
    path = write(tmp_path / "pages.jsonl", b"\n".join([good, b"", bad, good]))
    first, failure, last = read(path)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(failure, ReadFailure)
    assert failure.origin == f"{path}:3"
    assert said in failure.message
    assert "\n" not in failure.message


def test_half_a_surrogate_pair_does_not_move_offsets(tmp_path: Path) -> None:
    path = write(tmp_path / "pages.jsonl", '{"text": "a\\ud800b"}')
    assert document(path).text == "a\ufffdb"


def test_a_line_may_not_be_longer_than_the_limit(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "x" * length}) for length in (10, 5000, 10)]
    path = write(tmp_path / "pages.jsonl", "\n".join(lines))
    assert [isinstance(found, Document) for found in read(path, max_bytes=1000)] == [True, False, True]


def test_jsonl_without_a_good_line_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path / "pages.jsonl", "{}\n" * 500)
    found = read(path)
    assert len(found) == 101
    assert "gave up" in found[-1].message  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.txt", b"", "empty", id="empty"),
        pytest.param("a.txt", b" \n\t\n", "empty", id="blank"),
        pytest.param("a.jsonl", b"\n\n", "empty", id="blank-jsonl"),
        pytest.param("a.html", b"", "empty", id="empty-html"),
        pytest.param("a.html", b"<html><body></body></html>", "no article text", id="html-without-text"),
        pytest.param("a.txt", b"\x7fELF\x02\x01\x00\x00" + bytes(range(256)), "binary", id="binary"),
        pytest.param("a.txt", b"\x01\x02\x03" * 50, "binary", id="control-characters"),
        pytest.param("a.bin", bytes(range(128, 256)) * 3, "encoding", id="no-encoding"),
        pytest.param("a.txt", b"\xff\xfeA", "UTF-16", id="broken-utf16"),
        pytest.param("a.txt", b"x" * 2001, "larger than 2,000 bytes", id="too-large"),
    ],
)
def test_unusable_file_is_one_clear_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert said in message(write(tmp_path / name, data), max_bytes=2000)


def test_missing_file(tmp_path: Path) -> None:
    assert message(tmp_path / "nowhere.txt") == "cannot be read: No such file or directory"


def test_name_with_a_nul() -> None:
    assert message("a\x00b").startswith("cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = write(tmp_path / "secret.txt", SENTENCE)
    path.chmod(0)
    assert message(path) == "cannot be read: Permission denied"


def test_the_run_goes_on_after_a_failure(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", SENTENCE)
    found = read(tmp_path / "nowhere", good, write(tmp_path / "empty.txt", ""), good)
    assert [isinstance(item, Document) for item in found] == [False, True, False, True]


def test_folder_is_read_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/y.jsonl", ".hidden.txt", ".git/c.txt", "picture.png", "notes.toml", "A.TXT"):
        data = json.dumps({"text": name}) if name.endswith("jsonl") else f"<p>{name}</p>" * 3
        write(tmp_path / name, data)
    origins = [Path(item.origin).relative_to(tmp_path).as_posix() for item in read(tmp_path)]
    assert origins == ["A.TXT", "a/y.jsonl:1", "a/z.html", "b.txt"]


def test_folder_that_links_to_itself(tmp_path: Path) -> None:
    write(tmp_path / "one" / "page.txt", SENTENCE)
    (tmp_path / "one" / "again").symlink_to(tmp_path)
    (tmp_path / "one" / "self").symlink_to(tmp_path / "one" / "self")
    assert len(read(tmp_path)) == 1


def test_folder_without_documents(tmp_path: Path) -> None:
    assert message(tmp_path).startswith(
        "no documents in this folder: looked for .atom, .csv, .eml, .gz, .htm, .html, .json,"
    )


@pytest.mark.parametrize(
    ("data", "input_format"),
    [
        pytest.param(SENTENCE, "text", id="text"),
        pytest.param(json.dumps({"text": SENTENCE}), "jsonl", id="jsonl"),
        pytest.param("\ufeff" + json.dumps({"text": SENTENCE}), "jsonl", id="jsonl-with-byte-order-mark"),
        pytest.param(json.dumps({"text": "x" * 100_000}) + "\n{}", "jsonl", id="jsonl-with-a-long-first-line"),
        pytest.param("{ is a brace.\nAnd this is text.", "text", id="brace"),
        pytest.param(f"<!DOCTYPE html>\n<html><body><p>{SENTENCE}</p></body></html>", "html", id="html"),
        pytest.param("<b>bold</b> text is text", "text", id="tag"),
    ],
)
def test_content_decides_where_the_name_does_not(tmp_path: Path, data: str, input_format: str) -> None:
    found = read(write(tmp_path / "page", data))[0]
    assert isinstance(found, Document)
    assert found.input_format == input_format


def test_a_given_format_wins_over_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "page.html", SENTENCE)
    assert document(path, input_format="text").text == SENTENCE


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"".join(json.dumps({"id": number, "text": "y" * 30_000}).encode() + b"\n" for number in range(5))
    found = read("-", stdin=io.BytesIO(lines))
    assert [(item.origin, item.given_id) for item in found if isinstance(item, Document)] == [
        (f"-:{number + 1}", number) for number in range(5)
    ]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode())))
    assert document("-").text == SENTENCE


def test_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="unknown input format 'docx': allowed are auto, text, html, jsonl, "):
        read_inputs(["page"], input_format="docx")


def test_the_command_line_offers_the_formats_there_are() -> None:
    assert OFFERED == INPUT_FORMATS
