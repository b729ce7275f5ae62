"""Archives: what is read out of them, what is passed over, and what is made to do harm."""

from __future__ import annotations

import gzip
import io
import json
import resource
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newspages import page
from reading import assert_one_line, document, message, read, told, write, zipped

from tracker.read import ReadFailure, read_inputs
from tracker.records import Document

SENTENCE = "The mayor said that the bridge would be closed."
ARABIC = "قال المحافظ إن الجسر سيغلق."
HTML = page("he", "posts")[0].encode()


def bomb(size: int = 60_000_000) -> bytes:
    """Little that unpacks to ``size`` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b"x" * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join([*parts, packer.flush()])


# ---------------------------------------------------------------- gzip


@pytest.mark.parametrize(
    ("name", "data", "input_format"),
    [
        pytest.param("page.txt.gz", SENTENCE.encode(), "text", id="text"),
        pytest.param("page.html.gz", HTML, "html", id="html"),
        pytest.param("page.gz", HTML, "html", id="no-inner-suffix"),
        pytest.param("dump.jsonl.gz", json.dumps({"text": ARABIC}).encode(), "jsonl", id="jsonl"),
        pytest.param("page.html", HTML, "html", id="gzip-that-says-it-is-html"),
        pytest.param("page.txt", SENTENCE.encode(), "text", id="gzip-that-says-it-is-text"),
    ],
)
def test_gzip_is_the_document_in_it(tmp_path: Path, name: str, data: bytes, input_format: str) -> None:
    found = document(write(tmp_path / name, gzip.compress(data)))
    plain = document(write(tmp_path / "plain", data))
    assert found.input_format == input_format
    assert found.origin.removesuffix(":1") == str(tmp_path / name)
    assert (found.document_id, found.text, found.title) == (plain.document_id, plain.text, plain.title)


def test_gzip_of_several_members(tmp_path: Path) -> None:
    data = gzip.compress(b"The mayor said that ") + gzip.compress(b"the bridge would be closed.") + b"\0" * 512
    assert document(write(tmp_path / "a.txt.gz", data)).text == SENTENCE


def test_rubbish_behind_gzip_is_nothing(tmp_path: Path) -> None:
    assert document(write(tmp_path / "a.txt.gz", gzip.compress(SENTENCE.encode()) + b"rubbish")).text == SENTENCE


def test_gzip_through_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    lines = b"".join(json.dumps({"id": number, "text": "y" * 70_000}).encode() + b"\n" for number in range(3))
    found = read("-", stdin=Pipe(gzip.compress(lines)))
    assert [item.origin for item in found] == ["-:1", "-:2", "-:3"]
    assert told(read("-", stdin=Pipe(zipped({"b.txt": SENTENCE, "a.txt": ARABIC}))), "x") == [
        ("-!/a.txt", ARABIC),
        ("-!/b.txt", SENTENCE),
    ]


def test_what_a_cut_gzip_gave_before_is_kept(tmp_path: Path) -> None:
    chance = b"".join(zlib.compress(str(number).encode()).hex().encode() for number in range(3000))
    lines = [json.dumps({"text": f"{number} {chance.decode()}"}).encode() for number in range(20)]
    data = b"".join(gzip.compress(line + b"\n") for line in lines)
    found = read(write(tmp_path / "dump.jsonl.gz", data[: len(data) // 2]))
    assert len(found) > 5
    assert all(isinstance(item, Document) for item in found[:-1])
    assert isinstance(found[-1], ReadFailure)
    assert "is cut off" in found[-1].message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(gzip.compress(b""), "is empty", id="nothing-in-it"),
        pytest.param(gzip.compress(SENTENCE.encode())[:-12], "is cut off", id="cut"),
        pytest.param(gzip.compress(SENTENCE.encode())[:5], "is cut off", id="header-only"),
        pytest.param(gzip.compress(SENTENCE.encode())[:-8] + b"\0" * 8, "is broken", id="wrong-checksum"),
        pytest.param(gzip.compress(SENTENCE.encode())[:10] + b"\xff" * 40, "is broken", id="broken"),
        pytest.param(bomb(), "200 times its size", id="bomb"),
    ],
)
def test_bad_gzip_is_one_clear_line(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in message(write(tmp_path / "page.txt.gz", data))


def test_gzip_bomb_ends_early(tmp_path: Path) -> None:
    data = gzip.compress(bomb(300_000_000))
    tracemalloc.start()
    assert "200 times its size" in message(write(tmp_path / "page.jsonl.gz", data))
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_archive_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt.gz", gzip.compress(SENTENCE.encode()))
    assert "(read.max_archive_bytes)" in message(path, max_archive_bytes=20)


# ---------------------------------------------------------------- zip


def test_zip_is_read_as_a_folder_is(tmp_path: Path) -> None:
    members = {
        "news/b.txt": SENTENCE,
        "a.txt": ARABIC,
        "news/.hidden.txt": "x",
        ".git/c.txt": "x",
        "__MACOSX/a.txt": "x",
        "picture.png": b"\x89PNG",
        "Ä/עמוד.html": HTML,
        "dump.jsonl": json.dumps({"text": "one"}) + "\n{}",
    }
    found = read(write(tmp_path / "pages.zip", zipped(members)))
    assert [origin for origin, _ in told(found, tmp_path)] == [
        "pages.zip!/a.txt",
        "pages.zip!/dump.jsonl:1",
        "pages.zip!/dump.jsonl:2",
        "pages.zip!/news/b.txt",
        "pages.zip!/Ä/עמוד.html",
    ]
    assert [isinstance(item, Document) for item in found] == [True, True, False, True, True]


@pytest.mark.parametrize("name", ["pages.zip", "pages.txt", "pages.html", "pages", "pages.gz"])
def test_zip_under_any_name(tmp_path: Path, name: str) -> None:
    assert document(write(tmp_path / name, zipped({"a.txt": SENTENCE}))).text == SENTENCE


def test_what_is_no_zip_is_what_it_is(tmp_path: Path) -> None:
    assert document(write(tmp_path / "pages.zip", SENTENCE)).text == SENTENCE


def test_a_format_that_is_given_holds_for_the_members(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", zipped({"a.html": SENTENCE, "b.jsonl.gz": gzip.compress(b"{}")}))
    assert [text for _, text in told(read(path, input_format="text"), tmp_path)] == [SENTENCE, "{}"]
    assert "is no ZIP archive" in message(write(tmp_path / "b.zip", SENTENCE), input_format="zip")
    assert "is no gzip" in message(write(tmp_path / "b.gz", SENTENCE), input_format="gzip")


def test_archives_inside_archives(tmp_path: Path) -> None:
    inner = zipped({"a.txt": SENTENCE, "b.txt.gz": gzip.compress(b"too deep")})
    found = read(
        write(tmp_path / "o.zip", zipped({"c.txt.gz": gzip.compress(b"packed"), "i.zip": inner, "z.txt": "last"}))
    )
    assert told(found, tmp_path) == [
        ("o.zip!/c.txt.gz", "packed"),
        ("o.zip!/i.zip!/a.txt", SENTENCE),
        ("o.zip!/i.zip!/b.txt.gz", "an archive inside 2 others is not opened: unpack the outer ones first"),
        ("o.zip!/z.txt", "last"),
    ]


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    data = b"page"
    for _ in range(40):
        data = zipped({"a.zip": data})
    assert "not opened" in message(write(tmp_path / "a.zip", data))


def test_names_are_told_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    data = zipped({"a\x1b[2J\nb.txt": SENTENCE, "../../evil.txt": SENTENCE})
    found = read(write(tmp_path / "a.zip", data))
    assert [origin for origin, _ in told(found, tmp_path)] == ["a.zip!/../../evil.txt", "a.zip!/a\ufffd[2J\ufffdb.txt"]
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_name_in_utf8_that_is_not_marked_so(tmp_path: Path) -> None:
    marked = zipped({"خبر.txt": SENTENCE})
    flags = struct.pack("<H", 0x800)
    assert marked.count(flags) == 2
    (found,) = read(write(tmp_path / "a.zip", marked.replace(flags, b"\0\0")))
    assert found.origin.endswith("a.zip!/خبر.txt")


def _encrypted(data: bytes) -> bytes:
    """``data`` with the first member marked as encrypted in both places."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


GOOD = zipped({"a.txt": SENTENCE * 20, "b.txt": SENTENCE})
STORED = zipped({"a.txt": SENTENCE, "b.txt": SENTENCE}, zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(_encrypted(GOOD), "is encrypted", id="encrypted"),
        pytest.param(STORED.replace(b"The mayor", b"Xhe mayor", 1), "Bad CRC-32", id="wrong-checksum"),
        pytest.param(GOOD.replace(GOOD[40:60], b"\xff" * 20, 1), "is broken in the archive", id="broken"),
        pytest.param(GOOD.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "is broken in the archive", id="no-local-header"),
        pytest.param(zipped({"a.txt": SENTENCE}, zipfile.ZIP_LZMA), "is packed with LZMA", id="lzma"),
        pytest.param(zipped({"a.txt": SENTENCE}, zipfile.ZIP_BZIP2), "is packed with bzip2", id="bzip2"),
    ],
)
def test_a_bad_member_costs_itself(tmp_path: Path, data: bytes, said: str) -> None:
    data = data if data[:2] == b"PK" else b"PK" + data[2:]
    first, *rest = read(write(tmp_path / "a.zip", data), input_format="zip")
    assert isinstance(first, ReadFailure)
    assert_one_line(first)
    assert first.origin == f"{tmp_path}/a.zip!/a.txt"
    assert said in first.message
    assert all(isinstance(item, Document) for item in rest)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(GOOD[:-30], "cut off", id="cut-at-the-end"),
        pytest.param(GOOD[: len(GOOD) // 3], "cut off", id="cut"),
        pytest.param(zipped({}), "no documents in this archive: looked for .atom", id="empty"),
        pytest.param(zipped({"a.png": b"x", "b/": b""}), "no documents in this archive", id="no-documents"),
        pytest.param(
            zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "Office document", id="docx"
        ),
    ],
)
def test_a_bad_archive_is_one_clear_line(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in message(write(tmp_path / "a.zip", data))


def test_a_directory_of_any_size_is_not_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "x"}))
    end = data.rindex(b"PK\x05\x06")
    size = 40_000_000
    data[end + 12 : end + 16] = struct.pack("<L", size)
    data[data.index(b"PK\x01\x02") : end] = b"PK\x01\x02" + b"\0" * (size - 4)
    assert "divide the archive" in message(write(tmp_path / "a.zip", bytes(data)))


def test_zip_bomb_ends_early(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {f"{number:02}.txt": b"x" * 9_000_000 for number in range(40)}
    members["00.txt"] = SENTENCE
    first, *bombs = read(write(tmp_path / "a.zip", zipped(members)))
    assert isinstance(first, Document)
    assert isinstance(bombs[-1], ReadFailure)
    assert bombs[-1].message.startswith("given up")
    assert "200 times its size" in told(bombs, tmp_path)[-2][1]
    assert len(bombs) < 12


def test_members_that_share_their_bytes_count_each(tmp_path: Path) -> None:
    plain = zipped({"a.txt": b"x" * 5_000_000})
    end, central = plain.rindex(b"PK\x05\x06"), plain.index(b"PK\x01\x02")
    count = 100
    entries = plain[central:end] * count
    tail = bytearray(plain[end:])
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<L", len(entries))
    found = read(write(tmp_path / "a.zip", plain[:central] + entries + bytes(tail)))
    assert len(found) < 10
    assert told(found, tmp_path)[-1][1].startswith("given up")


def test_nested_bomb_counts_as_one(tmp_path: Path) -> None:
    inner = zipped({f"{number}.txt": b"x" * 3_000_000 for number in range(30)})
    found = read(write(tmp_path / "a.zip", zipped({f"{number:02}.zip": inner for number in range(30)})))
    assert sum(isinstance(item, Document) for item in found) < 10
    assert told(found, tmp_path)[-1][1].startswith("given up")


def test_memory_is_that_of_one_member(tmp_path: Path) -> None:
    chance = zlib.compress(bytes(range(256)) * 50).hex()
    peaks = []
    for count in (4, 40):
        members: dict[str, bytes | str] = {f"{number:03}.txt": f"{number} {chance * 300}" for number in range(count)}
        path = write(tmp_path / "a.zip", zipped(members, zipfile.ZIP_STORED))
        tracemalloc.start()
        for item in read_inputs([path]):
            assert isinstance(item, Document)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_damage_is_told(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([GOOD, STORED, gzip.compress(GOOD)])))
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)):
        whole[place] = value
    whole = whole[: data.draw(st.integers(1, len(whole)))]
    for item in read(
        "-", stdin=io.BytesIO(bytes(whole)), input_format=data.draw(st.sampled_from(["auto", "zip", "gzip"]))
    ):
        if isinstance(item, ReadFailure):
            assert_one_line(item)


# ---------------------------------------------------------------- saved pages


@pytest.mark.parametrize("folder", ["page_files", "page.files", "PAGE_FILES", "page-Dateien", "page_ملفات"])
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_what_belongs_to_a_saved_page_is_no_document(tmp_path: Path, folder: str, packed: bool) -> None:
    members: dict[str, bytes | str] = {
        "site/page.html": HTML,
        f"site/{folder}/frame.html": HTML,
        f"site/{folder}/deeper/a.txt": SENTENCE,
        "site/other_files/a.txt": SENTENCE,
    }
    if packed:
        write(tmp_path / "in" / "a.zip", zipped(members))
    else:
        for name, content in members.items():
            write(tmp_path / "in" / name, content)
    found = read(tmp_path / "in")
    assert [item.origin.split("site/")[1] for item in found] == ["other_files/a.txt", "page.html"]


def test_a_saved_page_with_an_arabic_name(tmp_path: Path) -> None:
    write(tmp_path / "الصفحة.html", HTML)
    write(tmp_path / "الصفحة_files" / "ad.html", HTML)
    assert len(read(tmp_path)) == 1


def test_a_folder_of_that_name_that_is_asked_for_is_read(tmp_path: Path) -> None:
    write(tmp_path / "page.html", HTML)
    write(tmp_path / "page_files" / "a.txt", SENTENCE)
    assert len(read(tmp_path / "page_files")) == 1


# ---------------------------------------------------------------- the disk


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.zip"):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.truncate(1_000_000_000)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        assert "larger than" in message(path, max_bytes=1_000_000, max_html_bytes=1_000_000)
        assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 1


def test_a_file_that_goes_away_costs_itself(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name, SENTENCE)
    items = read_inputs([tmp_path])
    assert isinstance(next(items), Document)
    (tmp_path / "b.txt").unlink()
    gone, last = items
    assert isinstance(gone, ReadFailure)
    assert gone.message == "cannot be read: No such file or directory"
    assert isinstance(last, Document)


def test_an_archive_that_is_cut_while_it_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.zip", zipped({f"{number:02}.txt": SENTENCE * 3000 for number in range(5)}, zipfile.ZIP_STORED)
    )
    items = read_inputs([path])
    assert isinstance(next(items), Document)
    path.write_bytes(b"PK\x03\x04")
    rest = list(items)
    assert len(rest) == 4
    assert all(isinstance(item, ReadFailure) for item in rest)
