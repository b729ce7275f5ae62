"""XLSX: what is read of a workbook, and workbooks that are broken or made to do harm."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tracker.read import ReadFailure, read_inputs
from tracker.records import Document

ARABIC = "قال رئيس البلدية إن الجسر سيغلق يوم الأحد."
HEBREW = 'ראש העיר אמר: "הגשר ייסגר".'


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its members changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
    return target.getvalue()


def read(tmp_path: Path, data: bytes, name: str = "a.xlsx", **options: Any) -> list[Document | ReadFailure]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_inputs([path], **options))


def failure(tmp_path: Path, data: bytes, **options: Any) -> str:
    (found,) = read(tmp_path, data, **options)
    assert isinstance(found, ReadFailure), found
    assert "\n" not in found.message
    return found.message


def test_every_sheet_with_a_text_is_read(tmp_path: Path) -> None:
    data = workbook(
        أخبار=[["رقم", "العنوان", "النص", "التاريخ"], [1, "الجسر", ARABIC, datetime.datetime(2024, 5, 3, 10, 0)]],
        notes=[["alpha", "beta"], [1, 2]],
        ידיעות=[["תקציר החודש"], [], ["כותרת", "תוכן", "תאריך"], ["הגשר", HEBREW, datetime.date(2024, 5, 4)]],
    )
    first, second = read(tmp_path, data)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.title, first.published, first.given_id) == (ARABIC, "الجسر", "2024-05-03", "1")
    assert (second.text, second.title, second.published) == (HEBREW, "הגשר", "2024-05-04")
    assert first.origin == f"{tmp_path / 'a.xlsx'}:أخبار:2"
    assert second.origin == f"{tmp_path / 'a.xlsx'}:ידיעות:4"


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_the_content_says_what_it_is(tmp_path: Path, name: str) -> None:
    (found,) = read(tmp_path, workbook(s=[["text"], [ARABIC]]), name)
    assert isinstance(found, Document)
    assert found.input_format == "xlsx"


def test_csv_that_is_called_xlsx(tmp_path: Path) -> None:
    (found,) = read(tmp_path, f"id,text\n1,{ARABIC}\n".encode())
    assert isinstance(found, Document)
    assert found.input_format == "csv"


def test_dates_as_text_are_read_by_their_column(tmp_path: Path) -> None:
    rows = [["text", "date"], ["a", "03/04/2024"], ["b", "25/04/2024"], ["c", 1714729200]]
    assert [item.published for item in read(tmp_path, workbook(s=rows)) if isinstance(item, Document)] == [
        "2024-04-03", "2024-04-25", "2024-05-03",
    ]  # fmt: skip


def test_formula_has_the_value_that_was_stored(tmp_path: Path) -> None:
    data = workbook(s=[["title", "text"], ["x", "placeholder"], ["y", "=CONCAT(A1,A2)"], ["z", "#N/A"]])
    first, second, third = read(tmp_path, data)
    assert isinstance(first, Document)
    for failed in (second, third):
        assert isinstance(failed, ReadFailure)
        assert "its text is empty" in failed.message
    old, new = b'<c r="B3"><f>CONCAT(A1,A2)</f><v></v>', b'<c r="B3" t="str"><f>CONCAT(A1,A2)</f><v>said</v>'
    stored = changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new))
    assert [item.text for item in read(tmp_path, stored) if isinstance(item, Document)] == ["placeholder", "said"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(workbook(s=[["alpha", "beta"], [1, 2]]), "sheet 's': no column is known as the text", id="no-text"),
        pytest.param(workbook(s=[["text"]]), "is empty: no sheet has rows", id="heading-alone"),
        pytest.param(workbook(s=[]), "sheet 's': is empty", id="blank"),
        pytest.param(workbook(s=[["text"], ["x"]])[:1500], "no Excel file that can be read", id="truncated"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 500, "no Excel file that can be read", id="broken"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "save it as .xlsx without a password", id="old"),
    ],
)  # fmt: skip
def test_unusable_workbook_is_one_clear_line(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in failure(tmp_path, data)


def test_sheet_that_breaks_off_keeps_what_was_before(tmp_path: Path) -> None:
    rows = [["text"], *[[f"text {number}"] for number in range(50)]]
    data = changed(workbook(s=rows), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    found = read(tmp_path, data)
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], ReadFailure)
    assert "cannot be read behind row" in found[-1].message
    assert sum(isinstance(item, ReadFailure) for item in found) == 1


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = workbook(s=[["text"], ["x"]])
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
        begun = time.process_time()
        bomb = changed(data, name, lambda xml: xml + b" " * 60_000_000)
        assert len(bomb) < 200_000
        assert "unpacks to 60 MB" in failure(tmp_path, bomb, max_bytes=1_000_000)
        assert time.process_time() - begun < 5


def test_claimed_size_does_not_hide_a_bomb(tmp_path: Path) -> None:
    bomb = changed(workbook(s=[["text"], ["x"]]), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 30_000_000)
    size = (30_000_000 + 10).to_bytes(4, "little")[2:]
    lying = bomb.replace(size, b"\x00\x00")  # the upper half of the size, wherever it is told
    begun = time.process_time()
    assert len(read(tmp_path, lying, max_bytes=1_000_000)) < 5
    assert time.process_time() - begun < 5


def test_entities_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{entities}]>'.encode()

    def change(xml: bytes) -> bytes:
        return (
            bomb + xml.partition(b"?>")[2].replace(b"placeholder", b"&e9;") if xml.startswith(b"<?xml") else bomb + xml
        )

    data = workbook(s=[["text"], ["placeholder"]])
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        for item in read(tmp_path, changed(data, name, change)):
            assert isinstance(item, ReadFailure) or len(item.text) < 100


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'r="2"', b'r="900000000000"', id="row-far-below"),
        pytest.param(b'r="A2"', b'r="ZZZZZZZ2"', id="column-far-right"),
        pytest.param(b'ref="A1:A2"', b'ref="A1:XFD1048576"', id="claimed-size"),
    ],
)
def test_claims_of_place_cost_no_time(tmp_path: Path, old: bytes, new: bytes) -> None:
    data = changed(workbook(s=[["text"], ["x"]]), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new))
    begun = time.process_time()
    assert len(read(tmp_path, data)) == 1
    assert time.process_time() - begun < 10


def test_without_openpyxl_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    assert "pip install 'tracker[xlsx]'" in failure(tmp_path, workbook(s=[["text"], ["x"]]))
