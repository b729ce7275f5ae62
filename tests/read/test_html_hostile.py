"""HTML pages that are broken, empty, huge, or made to do harm."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newspages import WORDS, page

from tracker.config import Config
from tracker.errors import InputError
from tracker.read import ReadFailure, read_inputs
from tracker.read.html import read_html
from tracker.records import Document

TEXT = WORDS["en"]["paragraphs"][0]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in WORDS["en"]["paragraphs"])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"   \n", id="white-space"),
        pytest.param(b"<html></html>", id="no-text"),
        pytest.param(b"<html><body><script>var a = 'text';</script></body></html>", id="script-only"),
        pytest.param(b"<!doctype html><html><body><nav>Home</nav></body></html>", id="menu-only"),
        pytest.param(b"<!-- only a comment -->", id="comment"),
        pytest.param(b"\x00\x01\x02\x03" * 500, id="binary"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, id="picture"),
    ],
)
def test_nothing_to_read_is_said(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_html(data, "x.html")
    assert "\n" not in str(caught.value)


def test_cut_page_gives_what_there_is() -> None:
    html = page("ar", "posts")[0].encode()
    cut = html.index(WORDS["ar"]["paragraphs"][3].encode()) + 21
    text = read_html(html[:cut], "x").text
    assert WORDS["ar"]["paragraphs"][1] in text
    assert WORDS["ar"]["paragraphs"][4] not in text


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 5000 + PARAGRAPHS + "</div>" * 5000, id="deep"),
        pytest.param("<b><i><font>" * 3000 + PARAGRAPHS, id="deep-inline"),
        pytest.param("<blockquote class='twitter-tweet'>" * 3000 + TEXT + "</blockquote>" * 3000 + PARAGRAPHS, id="deep-embeds"),
        pytest.param("<table><tr><td>" * 1500 + PARAGRAPHS, id="deep-tables"),
        pytest.param("<ul><li>" * 2000 + PARAGRAPHS, id="deep-lists"),
    ],
)  # fmt: skip
def test_deep_nesting(html: str) -> None:
    begun = time.perf_counter()
    with contextlib.suppress(InputError):  # cut by the parser before any text
        assert TEXT in read_html(f"<html><body>{html}</body></html>".encode(), "x").text
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("<p>a</p>", id="paragraphs"),
        pytest.param("<a href=x>read also</a> ", id="links"),
        pytest.param("<br>", id="breaks"),
        pytest.param("<article><h2>Title here</h2><p>" + TEXT + "</p></article>", id="stories"),
        pytest.param("<div class='a-very-long-class share related tags'>x</div>", id="classes"),
        pytest.param("<h1>", id="headings"),
        pytest.param("&amp;&lt;&#8204;", id="entities"),
        pytest.param("<time datetime='2024-01-01'>", id="times"),
        pytest.param("<blockquote class='twitter-tweet'><p>x</p>&mdash; N (@n) <a href='https://x.com/n/status/1'>d</a></blockquote>", id="posts"),
        pytest.param("<", id="angles"),
        pytest.param("<!--", id="comments"),
    ],
)  # fmt: skip
def test_time_grows_with_the_page(piece: str) -> None:
    def seconds(count: int) -> float:
        data = f"<html><body>{PARAGRAPHS}{piece * count}</body></html>".encode()
        begun = time.process_time()
        read_html(data, "x")
        return time.process_time() - begun

    seconds(10)
    short, long = min(seconds(500) for _ in range(2)), seconds(4000)
    assert long < 24 * short + 0.25


def test_entity_bomb_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "boom">{entities}]><html><body><p>&e11;</p>{PARAGRAPHS}</body></html>'
    found = read_html(bomb.encode(), "x")
    assert len(found.text) < 2 * len(bomb)


def test_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret text of this file that must not be read by anybody at all")
    html = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>&x;</p>{PARAGRAPHS}</body></html>'
    assert "secret text" not in read_html(html.encode(), "x").text


def test_page_larger_than_its_limit_is_refused_with_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><body>{PARAGRAPHS * 10}</body></html>".encode())
    (found,) = read_inputs([path], max_html_bytes=1000)
    assert isinstance(found, ReadFailure)
    assert "read.max_html_bytes" in found.message
    (found,) = read_inputs([path], max_html_bytes=Config().read.max_html_bytes)
    assert isinstance(found, Document)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param(
            "page.html", b"%PDF-1.7\n" + bytes(range(256)) * 4, "no PDF that can be read", id="pdf-called-html"
        ),
        pytest.param("page.html", TEXT.encode() + b"\n" + TEXT.encode(), None, id="text-called-html"),
        pytest.param("page.html", b"", "is empty", id="empty"),
        pytest.param("page.txt", f"<html><body>{PARAGRAPHS}</body></html>".encode(), None, id="html-called-text"),
    ],
)
def test_wrong_extension(tmp_path: Path, name: str, data: bytes, said: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = read_inputs([path])
    if said is None:
        assert isinstance(found, Document), found
        assert TEXT in found.text
        assert "<p>" not in found.text
    else:
        assert isinstance(found, ReadFailure)
        assert said in found.message


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<div class='related'>", "</div>", "<article>", "</article>", "<h2>", "</h2>", "<br>", "<a href='#'>",
     "</a>", "<blockquote class='twitter-tweet'>", "</blockquote>", "<table><td>", "<time datetime='2024-05-03'>", "</time>",
     TEXT, "قال الوزير إن الجسر سيغلق.", "כך אמר ראש העיר.", "&nbsp;", "<!--", "-->", "\u202b", "\x00", "@noa_b"]), max_size=40))  # fmt: skip
def test_any_tree_is_a_document_or_an_input_error(pieces: list[str]) -> None:
    try:
        found = read_html(f"<html>{''.join(pieces)}".encode(), "x")
    except InputError:
        return
    end = -1
    for hint in found.hints:
        assert hint.start_char == end + 1
        assert found.text[hint.start_char : hint.end_char].strip() == found.text[hint.start_char : hint.end_char] != ""
        end = hint.end_char
    assert end == len(found.text)
