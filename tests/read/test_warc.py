"""Web archives: which records become documents, with what, and what is said of broken and cut ones."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newspages import page
from reading import assert_one_line, document, message, read, told, write, zipped

from tracker.read import ReadFailure, read_inputs
from tracker.records import Document, MetadataField

HTML = page("he", "posts")[0].encode()
RSS = b"<rss><channel><title>The Harbour Ledger</title><item><title>Orlev: no</title></item></channel></rss>"


def story(number: int, lang: str = "en") -> bytes:
    """A page that differs from others."""
    text = f"The harbour master Dana Orlev said that ship number {number} had left the port of Larnaca on Sunday."
    body = (
        f"<h1>Ship {number} leaves</h1><p>{text}</p><p>&quot;It is gone,&quot; said Orlev of the ship, and smiled.</p>"
    )
    return f"<!DOCTYPE html><html lang={lang}><head><title>Ship {number} leaves</title></head><body>{body}</body></html>".encode()


def noise(seed: int, size: int) -> bytes:
    """Letters that cannot be packed well."""
    return hashlib.shake_128(str(seed).encode()).hexdigest(size // 2).encode()


def record(
    content: bytes,
    *headers: str,
    url: str = "https://ledger.example/1",
    kind: str = "response",
    media: str = "text/html",
    status: str = "200 OK",
    length: int | str | None = None,
    head: str = "",
) -> bytes:
    """A WARC record; of a response unless ``head`` says otherwise."""
    if kind == "response" and not head:
        lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {media}"] if media else []), *headers]
        content = "\r\n".join(lines).encode() + b"\r\n\r\n" + content
        media = "application/http; msgtype=response"
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-03-04T05:06:07Z",
        "WARC-Record-ID: <urn:uuid:1>",
        f"Content-Type: {media}",
        f"Content-Length: {len(content) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def chunked(data: bytes, size: int = 700) -> bytes:
    pieces = [data[place : place + size] for place in range(0, len(data), size)]
    return b"".join(f"{len(one):X};x=y\r\n".encode() + one + b"\r\n" for one in pieces) + b"0\r\n\r\n"


def per_record(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def at_once(*records: bytes) -> bytes:
    return gzip.compress(b"".join(records))


def in_blocks(*records: bytes) -> bytes:
    whole = b"".join(records)
    return b"".join(gzip.compress(whole[place : place + 3333]) for place in range(0, len(whole), 3333))


def as_it_is(*records: bytes) -> bytes:
    return b"".join(records)


PACKINGS = pytest.mark.parametrize("packing", [as_it_is, per_record, at_once, in_blocks])
INFO = record(b"software: x\r\n", kind="warcinfo", media="application/warc-fields")


@PACKINGS
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a", "a.txt"])
def test_pages_of_an_archive(tmp_path: Path, packing: Callable[..., bytes], name: str) -> None:
    records = [
        INFO,
        *(record(story(number), url=f"https://ledger.example/{number}") for number in range(3)),
        record(HTML),
    ]
    found = read(write(tmp_path / name, packing(*records)))
    assert [item.title for item in found if isinstance(item, Document)][:3] == [
        f"Ship {number} leaves" for number in range(3)
    ]
    assert len(found) == 4
    first, last = found[0], found[-1]
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.url, first.input_format, first.published) == ("https://ledger.example/0", "html", None)
    assert MetadataField("crawled", "2024-03-04T05:06:07+00:00", "warc") in first.metadata
    plain = document(write(tmp_path / "plain.html", HTML))
    assert (last.text, last.document_id, last.hints) == (plain.text, plain.document_id, plain.hints)


def test_origin_is_where_the_record_stands(tmp_path: Path) -> None:
    records = [INFO, record(story(1)), record(story(2))]
    for name, packing in (("a.warc", as_it_is), ("a.warc.gz", per_record)):
        path = write(tmp_path / name, packing(*records))
        starts = [len(packing(*records[:count])) for count in (1, 2)]
        assert [item.origin for item in read(path)] == [f"{path}#{start}" for start in starts]
    path = write(tmp_path / "b.warc.gz", at_once(*records))
    assert [item.origin for item in read(path)] == [f"{path}#0+{len(INFO)}", f"{path}#0+{len(INFO + records[1])}"]


@pytest.mark.parametrize(
    "passed_over",
    [
        pytest.param(INFO, id="warcinfo"),
        pytest.param(record(b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http"), id="request"),
        pytest.param(record(b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit", media="application/http"), id="revisit"),
        pytest.param(record(b"a: b", kind="metadata", media="application/warc-fields"), id="metadata"),
        pytest.param(record(story(9), status="404 Not Found"), id="status-404"),
        pytest.param(record(story(9), status="301 Moved"), id="status-301"),
        pytest.param(record(story(9), status="206 Partial"), id="status-206"),
        pytest.param(record(b"\x89PNG" * 9, media="image/png"), id="picture"),
        pytest.param(record(b"x" * 300_000, media="video/mp4"), id="film"),
        pytest.param(record(b'{"a": 1}', media="application/json"), id="json"),
        pytest.param(record(b"<?xml version='1.0'?><urlset/>", media="text/xml"), id="sitemap"),
        pytest.param(record(b"body { }", media="text/css"), id="css"),
        pytest.param(record(b"just text", media=""), id="text-without-type"),
        pytest.param(record(b""), id="empty-page"),
        pytest.param(record(b"a 1 b", media="text/dns", head="dns", url="dns:ledger.example"), id="dns"),
        pytest.param(record(b"x", kind="resource", media="image/png"), id="resource"),
        pytest.param(b"\r\n\r\n\r\n", id="blank-lines"),
    ],
)
def test_what_is_passed_over(tmp_path: Path, passed_over: bytes) -> None:
    for packing in (as_it_is, per_record):
        found = read(write(tmp_path / "a.warc", packing(record(story(1)), passed_over, record(story(2)))))
        assert [item.title for item in found if isinstance(item, Document)] == ["Ship 1 leaves", "Ship 2 leaves"]
        assert len(found) == 2


@pytest.mark.parametrize(
    ("data", "input_format"),
    [
        pytest.param(record(story(1), kind="resource", head="x"), "html", id="resource"),
        pytest.param(record(story(1), media="application/xhtml+xml"), "html", id="xhtml"),
        pytest.param(record(story(1), media='TEXT/HTML; charset="utf-8"'), "html", id="capitals"),
        pytest.param(record(story(1), media=""), "html", id="html-without-type"),
        pytest.param(record(story(1), media="text/plain"), "html", id="html-that-is-called-text"),
        pytest.param(record(b"Orlev said no.", media="text/plain"), "text", id="text"),
        pytest.param(record(RSS, media="application/rss+xml"), "feed", id="rss"),
        pytest.param(record(RSS, media="text/xml"), "feed", id="xml"),
        pytest.param(record(RSS, media="text/html"), "feed", id="feed-that-is-called-html"),
        pytest.param(record(gzip.compress(story(1))), "html", id="packed-twice"),
        pytest.param(record(story(1)).replace(b"WARC/1.0", b"WARC/0.17"), "html", id="warc-0.17"),
        pytest.param(record(story(1)).replace(b"WARC/1.0", b"WARC/1.1"), "html", id="warc-1.1"),
        pytest.param(record(story(1)).replace(b"HTTP/1.1 200 OK", b"HTTP/2.0 200 OK"), "html", id="http-2"),
        pytest.param(record(story(1)).replace(b"\r\n", b"\n").replace(b"Content-Length: ", b"Content-Length: 00"), "html", id="unix-lines"),
    ],
)  # fmt: skip
def test_what_is_read(tmp_path: Path, data: bytes, input_format: str) -> None:
    if b"\r\n" not in data:
        content = data.partition(b"\n\n")[2].removesuffix(b"\n\n")
        data = data.replace(data[data.index(b"00") : data.index(b"\n\n")], str(len(content)).encode(), 1)
    found = document(write(tmp_path / "a.warc", data))
    assert found.input_format == input_format


def test_text_has_the_address_and_the_outlet(tmp_path: Path) -> None:
    data = record(b"Orlev said no.", media="text/plain", url="<https://www.aljazeera.net/news/1>")
    found = document(write(tmp_path / "a.warc", data))
    assert (found.text, found.url, found.source) == ("Orlev said no.", "https://www.aljazeera.net/news/1", "الجزيرة")


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        pytest.param(chunked(HTML), ["Transfer-Encoding: chunked"], id="chunked"),
        pytest.param(HTML, ["Transfer-Encoding: chunked"], id="chunked-but-put-together"),
        pytest.param(gzip.compress(HTML), ["Content-Encoding: gzip"], id="gzip"),
        pytest.param(HTML, ["Content-Encoding: gzip"], id="gzip-but-unpacked"),
        pytest.param(zlib.compress(HTML), ["Content-Encoding: deflate"], id="deflate"),
        pytest.param(zlib.compress(HTML)[2:-4], ["Content-Encoding: deflate"], id="deflate-raw"),
        pytest.param(
            chunked(gzip.compress(HTML), 99), ["Transfer-Encoding: chunked", "content-encoding: GZIP"], id="both"
        ),
        pytest.param(HTML, ["Content-Encoding: identity"], id="identity"),
    ],
)
def test_encodings_of_the_transfer(tmp_path: Path, content: bytes, headers: list[str]) -> None:
    assert (
        document(write(tmp_path / "a.warc", record(content, *headers))).text
        == document(write(tmp_path / "a.html", HTML)).text
    )


def test_brotli_where_it_is_installed(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    path = write(tmp_path / "a.warc", record(brotli.compress(HTML), "Content-Encoding: br"))
    assert document(path).text == document(write(tmp_path / "a.html", HTML)).text
    bomb = record(brotli.compress(b"<p>" * 20_000_000), "Content-Encoding: br")
    assert "larger than" in message(write(tmp_path / "b.warc", bomb), max_bytes=1_000_000)
    cut = record(brotli.compress(HTML)[:-9], "Content-Encoding: br")
    assert "cut off" in message(write(tmp_path / "c.warc", cut))
    assert "broken" in message(write(tmp_path / "d.warc", record(b"\xff" * 90, "Content-Encoding: br")))


def test_brotli_where_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    data = record(b"\x0b\x00", "Content-Encoding: br")
    assert "pip install 'tracker[brotli]'" in message(write(tmp_path / "a.warc", data))


def test_brotli_is_asked_for_no_more_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Decompressor:
        def process(self, data: bytes, output_buffer_limit: int) -> bytes:
            asked.append(output_buffer_limit)
            return b"x" * 400

        def is_finished(self) -> bool:
            return False

        def can_accept_more_data(self) -> bool:
            return False

    monkeypatch.setitem(sys.modules, "brotli", SimpleNamespace(Decompressor=Decompressor, error=ValueError))
    data = record(b"\x0b\x00", "Content-Encoding: br")
    assert "larger than 1,000 bytes" in message(write(tmp_path / "a.warc", data), max_bytes=1000)
    assert asked == [1001] * 3


@pytest.mark.parametrize("codec", ["windows-1255", "utf-8"])
def test_encoding_of_the_header_is_checked(tmp_path: Path, codec: str) -> None:
    content = page("he", "posts")[0].replace('charset="utf-8"', "").encode(codec, "replace")
    found = document(write(tmp_path / "a.warc", record(content, media="text/html; charset=windows-1255")))
    assert found.text.splitlines()[0] == document(write(tmp_path / "a.html", HTML)).text.splitlines()[0]


# ---------------------------------------------------------------- broken


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(record(story(9), status="no"), "no HTTP response", id="status"),
        pytest.param(
            record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html", head="x", media="application/http"),
            "have no end",
            id="http-header",
        ),
        pytest.param(record(gzip.compress(story(9))[:-20], "Content-Encoding: gzip"), "cut off", id="cut-gzip"),
        pytest.param(record(b"\x1f\x8b" + b"\xff" * 90, "Content-Encoding: gzip"), "broken", id="broken-gzip"),
        pytest.param(record(b"xx" * 90, "Content-Encoding: deflate"), "broken", id="broken-deflate"),
        pytest.param(record(b"x", "Content-Encoding: zstd"), "encoded as zstd", id="unknown-encoding"),
        pytest.param(
            record(chunked(story(9))[:-100], "Transfer-Encoding: chunked"), "chunks are broken", id="cut-chunks"
        ),
        pytest.param(
            record(chunked(story(9) * 9).replace(b"\r\n2BC;", b"\r\n2BX;"), "Transfer-Encoding: chunked"),
            "chunks are broken",
            id="broken-chunks",
        ),
        pytest.param(
            record(gzip.compress(b"<p>" * 90_000), "Content-Encoding: gzip"), "larger than 100,000 bytes", id="bomb"
        ),
        pytest.param(record(b"<p>" * 90_000), "larger than 100,000 bytes", id="large"),
        pytest.param(record(b"<html><body><p>x</p></body></html>"), "no article text", id="page-without-text"),
        pytest.param(record(bytes(range(256)) * 9), "", id="binary"),
    ],
)
@PACKINGS
def test_a_strange_page_costs_itself(tmp_path: Path, data: bytes, said: str, packing: Callable[..., bytes]) -> None:
    path = write(tmp_path / "a.warc.gz", packing(record(story(1)), data, record(story(2))))
    first, failure, last = read(path, max_bytes=100_000)
    assert isinstance(first, Document)
    assert isinstance(failure, ReadFailure)
    assert isinstance(last, Document)
    assert_one_line(failure)
    assert said in failure.message
    assert failure.origin.startswith(f"{path}#")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(record(story(9), length=10), id="length-too-small"),
        pytest.param(record(story(9), length="none"), id="no-length"),
        pytest.param(record(story(9), length="-5"), id="negative-length"),
        pytest.param(record(story(9), length="9" * 40), id="endless-length"),
        pytest.param(b"rubbish\r\n" * 50, id="rubbish"),
        pytest.param(bytes(range(256)) * 900, id="binary"),
        pytest.param(b"WARC/1.0\r\n" + b"x: " + b"y" * 200_000 + b"\r\n\r\n", id="endless-header"),
    ],
)
@pytest.mark.parametrize("packing", [as_it_is, per_record])
def test_behind_a_broken_record_others_are_found(tmp_path: Path, damage: bytes, packing: Callable[..., bytes]) -> None:
    path = write(tmp_path / "a.warc", packing(record(story(1)), damage, record(story(2)), record(story(3))))
    found = read(path)
    titles = [item.title for item in found if isinstance(item, Document)]
    assert (titles[0], titles[-1]) == ("Ship 1 leaves", "Ship 3 leaves")
    failures = [item for item in found if isinstance(item, ReadFailure)]
    assert 1 <= len(failures) <= 2
    for failure in failures:
        assert_one_line(failure)


def test_a_packed_record_that_says_it_is_longer_costs_itself(tmp_path: Path) -> None:
    wrong = record(story(9), length=len(story(9)) + 5000)
    found = read(write(tmp_path / "a.warc.gz", per_record(record(story(1)), wrong, record(story(2)))))
    assert [isinstance(item, Document) for item in found] == [True, False, True]
    assert "ends before its length" in told(found, tmp_path)[1][1]


@pytest.mark.parametrize("place", [20, 60, 100])
def test_broken_packed_data_costs_its_record(tmp_path: Path, place: int) -> None:
    members = [gzip.compress(record(story(number) + noise(number, 300))) for number in range(6)]
    damaged = bytearray(members[2])
    damaged[place : place + 30] = b"\xff" * 30
    found = read(write(tmp_path / "a.warc.gz", b"".join([*members[:2], bytes(damaged), *members[3:]])))
    assert [isinstance(item, Document) for item in found] == [True, True, False, True, True, True]
    assert found[2].origin == f"{tmp_path}/a.warc.gz#{len(members[0] + members[1])}"
    assert "is broken" in found[2].message  # type: ignore[union-attr]


@PACKINGS
def test_a_cut_archive_is_read_up_to_there(tmp_path: Path, packing: Callable[..., bytes]) -> None:
    records = [record(story(number) + noise(number, 1800)) for number in range(5)]
    whole = packing(*records)
    for cut in (40, 700, 1500):
        found = read(write(tmp_path / "a.warc.gz", whole[:-cut]))
        assert all(isinstance(item, Document) for item in found[:-1])
        assert len(found) >= 4
        failure = found[-1]
        assert isinstance(failure, ReadFailure)
        assert failure.origin == str(tmp_path / "a.warc.gz")
        assert failure.message.startswith("is cut off in the record at byte ")
    if packing is as_it_is:
        start = len(b"".join(records[:4]))
        assert failure.message == f"is cut off in the record at byte {start}: all before it was read"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(INFO, "no page in this archive", id="no-pages"),
        pytest.param(per_record(INFO), "no page in this archive", id="no-pages-packed"),
        pytest.param(record(story(1))[:60], "is cut off in the record at byte 0", id="cut-in-the-first-header"),
    ],
)
def test_a_bad_archive_is_one_clear_line(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in message(write(tmp_path / "a.warc", data))


def test_broken_records_without_end_are_given_up(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.warc", b"WARC/1.0\r\n\r\n" * 5000))
    assert len(found) == 101
    assert "given up" in told(found, tmp_path)[-1][1]


def test_a_packed_bomb_ends(tmp_path: Path) -> None:
    bomb = record(b"x" * 200_000_000, media="image/png")
    assert "200 times its size" in message(write(tmp_path / "a.warc.gz", gzip.compress(bomb)))


def test_what_is_given_as_another_format(tmp_path: Path) -> None:
    assert "no record begins here" in message(write(tmp_path / "a.txt", "Orlev said no."), input_format="warc")


def test_archives_in_archives_and_through_a_pipe(tmp_path: Path) -> None:
    packed = per_record(INFO, record(story(1)))
    place = len(per_record(INFO))
    path = write(tmp_path / "a.zip", zipped({"crawl.warc.gz": packed, "crawl.warc": INFO + record(story(2))}))
    assert told(read(path), tmp_path) == [
        (f"a.zip!/crawl.warc#{len(INFO)}", "Ship 2 leaves"),
        (f"a.zip!/crawl.warc.gz#{place}", "Ship 1 leaves"),
    ]
    assert told(read("-", stdin=io.BytesIO(packed)), "") == [(f"-#{place}", "Ship 1 leaves")]


@PACKINGS
def test_memory_does_not_grow_with_the_archive(tmp_path: Path, packing: Callable[..., bytes]) -> None:
    peaks = []
    picture = record(noise(1, 200_000), media="image/png")
    for count in (8, 32):
        path = write(
            tmp_path / "a.warc.gz",
            packing(*(one for number in range(count) for one in (record(story(number)), picture))),
        )
        tracemalloc.start()
        assert sum(isinstance(item, Document) for item in read_inputs([path])) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_damage_is_told(data: st.DataObject) -> None:
    records = [INFO, record(story(1)), record(chunked(story(2)), "Transfer-Encoding: chunked"), record(story(3))]
    whole = bytearray(data.draw(st.sampled_from([as_it_is, per_record, at_once, in_blocks]))(*records))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.binary(max_size=4)), max_size=5)
    ):
        whole[place : place + 1] = value
    whole = whole[: data.draw(st.integers(1, len(whole)) | st.just(len(whole)))]
    for item in read("-", stdin=io.BytesIO(bytes(whole)), input_format="warc"):
        if isinstance(item, ReadFailure):
            assert_one_line(item)
