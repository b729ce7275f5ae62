"""CSV, TSV and JSON as their users write them, and as nobody should."""

from __future__ import annotations

import csv
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.read import ReadFailure, read_inputs
from tracker.read.jsonl import read_jsonl
from tracker.records import Document

ARABIC = "قال رئيس البلدية إن الجسر سيغلق يوم الأحد."
HEBREW = 'ראש העיר אמר: "הגשר ייסגר ביום ראשון".'
ENGLISH = 'The mayor said: "The bridge will be closed on Sunday."'


def read(tmp_path: Path, name: str, data: bytes | str, **options: Any) -> list[Document | ReadFailure]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_inputs([path], **options))


def documents(tmp_path: Path, name: str, data: bytes | str, **options: Any) -> list[Document]:
    found = read(tmp_path, name, data, **options)
    assert [item for item in found if isinstance(item, ReadFailure)] == []
    return [item for item in found if isinstance(item, Document)]


def failure(tmp_path: Path, name: str, data: bytes | str, **options: Any) -> str:
    (found,) = read(tmp_path, name, data, **options)
    assert isinstance(found, ReadFailure), found
    assert "\n" not in found.message
    return found.message


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def test_row_is_a_document_with_all_its_columns(tmp_path: Path) -> None:
    table = f"id,title,text,date,source,author,link,lang\n7,Bridge closed,{quoted(ENGLISH)},2024-05-03,reuters.com,Noa Lev,https://ledger.example/7,EN\n"
    (found,) = documents(tmp_path, "a.csv", table)
    assert found.text == ENGLISH
    assert (found.given_id, found.title, found.published) == ("7", "Bridge closed", "2024-05-03")
    assert (found.url, found.authors, found.lang) == ("https://ledger.example/7", ("Noa Lev",), "en")
    assert (found.origin, found.input_format) == (str(tmp_path / "a.csv") + ":2", "csv")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.csv", f"العنوان,النص\nالجسر,{ARABIC}\n", id="commas"),
        pytest.param("a.csv", f"العنوان;النص\nالجسر;{ARABIC}\n", id="semicolons"),
        pytest.param("a.csv", f"العنوان|النص\nالجسر|{ARABIC}\n", id="bars"),
        pytest.param("a.csv", f"العنوان\tالنص\nالجسر\t{ARABIC}\n", id="tabs"),
        pytest.param("a.tsv", f"العنوان\tالنص\nالجسر\t{ARABIC}\n", id="tsv"),
        pytest.param("a.csv", f"sep=;\nالعنوان;النص\nالجسر;{ARABIC}\n", id="told-to-excel"),
        pytest.param("a.csv", f"تقرير شهر أيار\n\nالعنوان,النص\nالجسر,{ARABIC}\n", id="title-above"),
        pytest.param("a.csv", f"العنوان,النص\r\nالجسر,{ARABIC}\r\n", id="windows-line-ends"),
        pytest.param("a.csv", f"العنوان,النص\rالجسر,{ARABIC}\r", id="old-mac-line-ends"),
        pytest.param("a.csv", f"العنوان,النص\nالجسر,{ARABIC}", id="no-last-line-end"),
        pytest.param("a.csv", f"العنوان,النص,,\nالجسر,{ARABIC},,\n,,,\n", id="empty-columns-and-rows"),
        pytest.param("page", f"العنوان,النص\nالجسر,{ARABIC}\n", id="told-by-content"),
        pytest.param("a.csv", f"\ufeffالعنوان,النص\nالجسر,{ARABIC}\n", id="byte-order-mark"),
    ],
)
def test_delimiters_headings_and_line_ends(tmp_path: Path, name: str, data: str) -> None:
    (found,) = documents(tmp_path, name, data)
    assert (found.title, found.text) == ("الجسر", ARABIC)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "windows-1256"])
def test_arabic_encodings(tmp_path: Path, encoding: str) -> None:
    rows = "".join(f"{number},{ARABIC}\n" for number in range(30))
    found = documents(tmp_path, "a.csv", f"رقم,النص\n{rows}".encode(encoding))
    assert {item.text for item in found} == {ARABIC}
    assert len(found) == 30


def test_hebrew_code_page(tmp_path: Path) -> None:
    rows = "".join(f"{number};{quoted(HEBREW)}\n" for number in range(30))
    found = documents(tmp_path, "a.csv", f"מספר;תוכן\n{rows}".encode("windows-1255"))
    assert [item.text for item in found] == [HEBREW] * 30


def test_rows_of_two_encodings_are_each_read_as_they_are(tmp_path: Path) -> None:
    rows = [f"{number},{ARABIC}\n" for number in range(20)]
    data = "رقم,النص\n".encode() + "".join(rows).encode() + "".join(rows).encode("windows-1256")
    assert {item.text for item in documents(tmp_path, "a.csv", data)} == {ARABIC}


def test_quoted_cells_hold_delimiters_quotation_marks_and_lines(tmp_path: Path) -> None:
    text = f'{HEBREW}\n\nשורה, שנייה; "ושלישית"'
    (found,) = documents(tmp_path, "a.csv", f"כותרת,טקסט\r\nא,{quoted(text)}\r\n")
    assert found.text == text


def test_marks_in_tsv_are_only_marks(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.tsv", 'title\ttext\nBridge\t"Closed," said the mayor.\n')
    assert found.text == '"Closed," said the mayor.'


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t")])
def test_cells_longer_than_the_csv_module_allows(tmp_path: Path, name: str, mark: str) -> None:
    text = (ENGLISH + " ") * 4_000
    before = csv.field_size_limit()
    (found,) = documents(tmp_path, name, f"title{mark}text\nx{mark}{quoted(text)}\n")
    assert found.text == text
    assert csv.field_size_limit() == before


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.csv", "text\nClosed, said the mayor; until May\nOpen again\n")
    assert [item.text for item in found] == ["Closed, said the mayor; until May", "Open again"]


def test_columns_are_mapped_by_the_user(tmp_path: Path) -> None:
    table = "alpha,beta\nx,The bridge is closed.\n"
    assert "--column text=NAME; its columns are alpha, beta" in failure(tmp_path, "a.csv", table)
    (found,) = documents(tmp_path, "a.csv", table, columns={"text": "beta", "title": "alpha"})
    assert (found.title, found.text) == ("x", "The bridge is closed.")


def test_html_in_a_cell_is_read_as_html(tmp_path: Path) -> None:
    cell = "<p>قال &quot;نعم&quot;.</p><p>ثم انصرف.</p>"
    (found,) = documents(tmp_path, "a.csv", f"title,body\nx,{quoted(cell)}\n")
    assert found.text == 'قال "نعم".\nثم انصرف.'
    assert [hint.block for hint in found.hints] == ["body", "body"]


def test_outlets_have_one_name(tmp_path: Path) -> None:
    found = documents(
        tmp_path, "a.csv", "text,source,url\nA,,https://www.aljazeera.net/news/1\nB,قناة الجزيرة,\nC,Ledger,\n"
    )
    assert [item.source for item in found] == ["الجزيرة", "الجزيرة", "Ledger"]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param(["03/04/2024", "25/04/2024"], ["2024-04-03", "2024-04-25"], id="a-later-row-decides"),
        pytest.param(["04/03/2024", "04/25/2024"], ["2024-04-03", "2024-04-25"], id="month-first"),
        pytest.param(["03/04/2024", "05/06/2024"], [None, None], id="nothing-decides"),
        pytest.param(["2024-05-03", "", "٣ أيار ٢٠٢٤"], ["2024-05-03", None, "2024-05-03"], id="all-kinds"),
    ],
)
def test_dates_of_a_column(tmp_path: Path, dates: list[str], expected: list[str | None]) -> None:
    rows = "".join(f"text {number},{date}\n" for number, date in enumerate(dates))
    found = documents(tmp_path, "a.csv", f"text,date\n{rows}")
    assert [item.published for item in found] == expected
    told = [[one.code for one in item.diagnostics] for item in found]
    assert told == [
        ["date-ambiguous"] if "/" in date and day is None else [] for date, day in zip(dates, expected, strict=True)
    ]


def test_dates_are_learned_from_rows_far_below(tmp_path: Path) -> None:
    rows = "".join(f"text {number},0{number % 9 + 1}/02/2024\n" for number in range(3_000))
    found = documents(tmp_path, "a.csv", f"text,date\n{rows}last,25/02/2024\n")
    assert [item.published for item in found[:2]] == ["2024-02-01", "2024-02-02"]


def test_lines_that_come_one_by_one_are_not_held_back() -> None:
    taken = 0

    def lines() -> Iterator[bytes]:
        nonlocal taken
        for taken in range(1, 5_000):  # noqa: B007 (what was taken is asked below)
            yield b'{"text": "x", "date": "2024-05-03"}\n'

    next(read_jsonl(lines(), "-"))
    assert taken == 100


def test_what_was_read_before_the_disk_fails_is_kept() -> None:
    def lines() -> Iterator[bytes]:
        yield from [b'{"text": "x"}\n'] * 7
        raise OSError("input/output error")

    found = read_jsonl(lines(), "-")
    assert [type(next(found)).__name__ for _ in range(7)] == ["Document"] * 7
    with pytest.raises(OSError, match="input/output"):
        next(found)


def test_the_user_decides_on_dates(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.csv", "text,date\nx,03/04/2024\n", date_order="month_first")
    assert found.published == "2024-03-04"


def test_metadata_keeps_the_date_as_it_was_written(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.csv", "text,date\nx,03/04/2024\n")
    assert [(one.name, one.value) for one in found.metadata] == [("published", "03/04/2024")]


# ---------------------------------------------------------------- bad rows


GOOD = [f"{number},good row number {number}" for number in range(3)]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        pytest.param("9", "1 cells where the first row names 2", id="too-few-cells"),
        pytest.param("9,one,two", "3 cells where the first row names 2", id="too-many-cells"),
        pytest.param("9,", "its text is empty", id="no-text"),
        pytest.param('9,"He said "no" to it"', "is not doubled", id="mark-inside"),
        pytest.param('9,"and never closed', "none closes it", id="stray-mark"),
        pytest.param('"9,and never closed', "none closes it", id="stray-mark-first"),
        pytest.param("9," + "x" * 5000, "longer than the limit", id="too-long"),
        pytest.param('9,"' + "line\n" * 2000 + '"', "longer than the limit", id="too-many-lines"),
    ],
)
def test_a_bad_row_costs_that_row(tmp_path: Path, bad: str, said: str) -> None:
    found = read(tmp_path, "a.csv", "\n".join(["id,text", *GOOD, bad, *GOOD]) + "\n", max_bytes=2000)
    assert [item.text for item in found if isinstance(item, Document)] == [row.partition(",")[2] for row in GOOD * 2]
    (failed,) = [item for item in found if isinstance(item, ReadFailure)]
    assert failed.origin.endswith("a.csv:5")
    assert said in failed.message
    assert "\n" not in failed.message


def test_stray_mark_that_another_one_closes_costs_few_rows(tmp_path: Path) -> None:
    rows = [
        "id,date,text",
        "1,2024-01-01,a",
        '2,"2024-01-02,b',
        "3,2024-01-03,c",
        '4,2024-01-04,"d e"',
        "5,2024-01-05,f",
    ]
    found = read(tmp_path, "a.csv", "\n".join(rows))
    assert [item.given_id for item in found if isinstance(item, Document)] == ["1", "3", "4", "5"]


def test_nuls_are_left_out_and_told(tmp_path: Path) -> None:
    rows = "".join(f"{number},{ENGLISH[:20]}{number}\n" for number in range(40))
    found = documents(tmp_path, "a.csv", f"id,text\n{rows}99,a\x00b\n")
    assert found[-1].text == "ab"
    assert [one.code for one in found[-1].diagnostics] == ["nul-removed"]


def test_table_without_a_good_row_is_given_up(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "id,text\n" + "1,\n" * 500)
    assert len(found) == 101
    assert "gave up: each of its first 100 rows" in found[-1].message  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.csv", b"", "is empty", id="empty"),
        pytest.param("a.csv", b"\xef\xbb\xbf\r\n \n", "is empty", id="blank"),
        pytest.param("a.csv", b"id,text\n", "is empty: it has no rows", id="heading-alone"),
        pytest.param("a.csv", b"\x7fELF\x02\x01\x00\x00" + bytes(range(256)) * 20, "cannot tell its encoding", id="binary"),
        pytest.param("a.csv", b'"id,text\n1,x\n', "first rows name no columns", id="stray-mark-in-the-heading"),
        pytest.param("a.json", b"", "is empty", id="empty-json"),
        pytest.param("a.json", b"[]", "is empty: it has no records", id="empty-list"),
        pytest.param("a.json", b"[1, 2", "not JSON: Expecting ',' delimiter (line 1, column 6)", id="truncated-json"),
        pytest.param("a.json", b"3", "a list of objects is expected", id="number"),
        pytest.param("a.json", b'{"a": {"b": 1}}', "no list of objects is in it", id="no-list"),
        pytest.param("a.json", b'{"a": [{"x": 1}], "b": [{"x": 2}]}', "several lists of objects are in it (a, b)", id="two-lists"),
        pytest.param("a.json", b"[" * 200_000, "nesting too deep", id="nesting"),
        pytest.param("a.json", b'[{"text": ' + b"1" * 9_000 + b"}]", "a number is too long", id="long-number"),
        pytest.param("a.json", b'[{"text": "x"}]' + b" " * 300_000, "JSON Lines", id="large-json"),
    ],
)  # fmt: skip
def test_unusable_table_is_one_clear_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert said in failure(tmp_path, name, data, max_bytes=250_000)


@pytest.mark.parametrize("cell", ["x" * 20_000_000, '"' + "line\n" * 100_000])
def test_huge_field_takes_little_time_and_memory(tmp_path: Path, cell: str) -> None:
    data = f"id,text\n1,good\n2,{cell}\n"
    begun = time.process_time()
    tracemalloc.start()
    kept = [type(item).__name__ for item in read(tmp_path, "a.csv", data, max_bytes=200_000)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kept[:2] == ["Document", "ReadFailure"]
    assert peak < len(data) + 30_000_000  # what the test itself wrote, and little more
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a.pdf"])
def test_huge_file_is_refused_without_reading_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write({"a.json": b"[", "a.xlsx": b"PK\x03\x04", "a.pdf": b"%PDF-1.7\n"}[name])
        stream.truncate(1_000_000_000)
    tracemalloc.start()
    (found,) = read_inputs([path], max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, ReadFailure)
    assert "larger than 1,000,000 bytes" in found.message
    assert peak < 10_000_000


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as stream:
            stream.write("id,text\n")
            for number in range(rows):
                stream.write(f"{number},{ARABIC * 20}\n")
        tracemalloc.start()
        count = sum(isinstance(item, Document) for item in read_inputs([path]))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == rows
        return most

    assert peak(4000) < 1.3 * peak(1000) + 1_000_000


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["id", "text", ",", ";", "\t", "\n", "\r\n", '"', '""', "x", "نص", "\x00", "\ufeff", " ", "7"]), max_size=40))  # fmt: skip
def test_any_table_is_documents_and_failures(pieces: list[str]) -> None:
    path = Path("any.csv")
    path.write_bytes(("id,text\n" + "".join(pieces)).encode())
    for item in read_inputs([path]):
        assert isinstance(item, Document | ReadFailure)
        if isinstance(item, Document):
            assert item.text.strip()
        else:
            assert "\n" not in item.message


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("a.json", [{"title": "B", "text": ARABIC}], id="list"),
        pytest.param("a", [{"title": "B", "text": ARABIC}], id="list-by-content"),
        pytest.param("a.json", {"title": "B", "text": ARABIC}, id="one-object"),
        pytest.param("a.json", {"status": "ok", "articles": [{"title": "B", "content": ARABIC}]}, id="service"),
        pytest.param("a", {"status": "ok", "articles": [{"title": "B", "content": ARABIC}]}, id="service-by-content"),
        pytest.param("a.json", {"response": {"total": 1, "results": [{"headline": "B", "body": ARABIC}]}}, id="nested"),
        pytest.param("a.json", [{"title": {"rendered": "B"}, "content": {"rendered": f"<p>{ARABIC}</p>"}}], id="blog"),
        pytest.param("a.json", {"a": [{"x": 1}], "b": [{"title": "B", "text": ARABIC}]}, id="the-list-with-texts"),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_json(tmp_path: Path, name: str, value: Any, indent: int | None) -> None:
    (found,) = documents(tmp_path, name, json.dumps(value, ensure_ascii=False, indent=indent))
    assert (found.title, found.text) == ("B", ARABIC)


def test_json_lines_that_are_called_json(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.json", f'{{"text": "{ARABIC}"}}\n{{"text": "x"}}\n')
    assert [item.input_format for item in found] == ["jsonl", "jsonl"]


def test_a_bad_record_costs_that_record(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", json.dumps([{"text": "a"}, {"text": 3}, 4, {"text": "b", "id": 9}]))
    assert [getattr(item, "text", None) or item.message for item in found] == [  # type: ignore[union-attr]
        "a", '"text" has to be a string', "a JSON object is expected", "b",
    ]  # fmt: skip
    assert [item.origin.rpartition(":")[2] for item in found] == ["1", "2", "3", "4"]


def test_keys_are_mapped_into_objects(tmp_path: Path) -> None:
    record = {"_source": {"story": ARABIC, "when": "2024-05-03"}, "text": "no"}
    columns = {"text": "_source.story", "published": "_source.when"}
    for name, data in (("a.json", [record]), ("a.jsonl", record)):
        (found,) = documents(tmp_path, name, json.dumps(data), columns=columns)
        assert (found.text, found.published) == (ARABIC, "2024-05-03")


def test_lists_and_objects_of_authors(tmp_path: Path) -> None:
    record = {"text": "x", "authors": [{"name": "Noa Lev"}, "Dana Orlev"], "date": 1714729200}
    (found,) = documents(tmp_path, "a.json", json.dumps([record]))
    assert (found.authors, found.published) == (("Noa Lev", "Dana Orlev"), "2024-05-03")


def test_missing_text_lists_the_keys(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.jsonl", '{"alpha": "x", "beta": 1}\n')
    assert isinstance(found, ReadFailure)
    assert found.message == '"text" is missing; name the key, as in --column text=KEY; its keys are alpha, beta'
