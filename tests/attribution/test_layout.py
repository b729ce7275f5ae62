"""Paragraphs of an article from its segments."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.attribution.layout import article_paragraphs
from tracker.attribution.lexicon import SURNAME
from tracker.attribution.tokens import Paragraph
from tracker.records import Segment


def _texts(paragraphs: list[Paragraph]) -> list[str]:
    return [paragraph.text[paragraph.start_char : paragraph.end_char] for paragraph in paragraphs]


def _lines(text: str, lang: str, block: Any = "body") -> list[Segment]:
    segments, start = [], 0
    for line in text.split("\n"):
        if line:
            segments.append(Segment(start, start + len(line), lang, block, article=0))
        start += len(line) + 1
    return segments


def test_one_paragraph_a_line() -> None:
    text = "one two\nthree\n\nfour"
    assert _texts(article_paragraphs(text, _lines(text, "en"), ("en",))) == ["one two", "three", "four"]


def test_segment_of_several_lines_gives_one_paragraph_each() -> None:
    text = "one two\nthree\n \nfour"
    assert _texts(article_paragraphs(text, [Segment(0, len(text), "en", "body", article=0)], ("en",))) == [
        "one two", "three", "four",
    ]  # fmt: skip


def test_segments_that_touch_in_a_line_are_one_paragraph() -> None:
    text = "He said so, and left."
    segments = [Segment(0, 11, "en", "body", article=0), Segment(12, len(text), "en", "body", article=0)]
    assert _texts(article_paragraphs(text, segments, ("en",))) == [text]


def test_languages_of_one_line_are_paragraphs_of_their_own() -> None:
    text = "He said so. הוא הלך."
    segments = [Segment(0, 11, "en", "body", article=0), Segment(12, len(text), "he", "body", article=0)]
    paragraphs = article_paragraphs(text, segments, ("en", "he"))
    assert [paragraph.lexicon.code for paragraph in paragraphs] == ["en", "he"]


def test_other_languages_are_left_out() -> None:
    text = "He said so.\nIl est parti."
    segments = [Segment(0, 11, "en", "body", article=0), Segment(12, len(text), "fr", "body", article=0)]
    assert _texts(article_paragraphs(text, segments, ("en", "he"))) == ["He said so."]


@pytest.mark.parametrize(
    ("block", "searched"),
    [
        ("headline", True), ("body", True), ("caption", True), ("post", False), ("post-signature", False),
        ("dateline", False), ("related", False), ("tags", False), ("credit", False), ("boilerplate", False),
    ],
)  # fmt: skip
def test_blocks_that_are_searched(block: str, searched: bool) -> None:
    text = "Mara Venn said so."
    assert bool(article_paragraphs(text, _lines(text, "en", block), ("en",))) is searched


@pytest.mark.parametrize(
    ("lang", "text", "surname", "alone"),
    [
        pytest.param("en", "Mary Venn left.\nThen Venn came back.", "venn", 1, id="en"),
        pytest.param("ar", "غادر كريم الزيتوني.\nثم عاد الزيتوني.", "الزيتوني", 1, id="ar"),
        pytest.param("he", "נועה ברנשטיין הלכה.\nאחר כך ברנשטיין חזרה.", "ברנשטיינ", 1, id="he"),
    ],
)
def test_surname_is_known_in_the_whole_article(lang: str, text: str, surname: str, alone: int) -> None:
    paragraphs = article_paragraphs(text, _lines(text, lang), (lang,))
    paragraph = paragraphs[alone]
    assert paragraph.flags[paragraph.norms.index(surname)] & SURNAME


def test_surname_of_one_article_is_unknown_in_the_next() -> None:
    first, second = "Mary Venn left.", "Then Venn came back."
    article_paragraphs(first, _lines(first, "en"), ("en",))
    (paragraph,) = article_paragraphs(second, _lines(second, "en"), ("en",))
    assert not paragraph.flags[paragraph.norms.index("venn")] & SURNAME
