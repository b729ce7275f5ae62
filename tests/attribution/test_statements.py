"""The whole of attribution on a page: articles, languages, ids, order."""

from __future__ import annotations

import dataclasses

import pytest

import tracker
from tracker.attribution.statements import find_statements
from tracker.records import Annotations, Article, Segment

PAGE = """\
Quay shut for repairs

Mayor Mara Venn said on Monday that the quay would stay shut until spring.

"The stones had cracked," Venn said. "Nobody was hurt."

שר התחבורה אבנר כרמלי אמר כי הגשר ייפתח מחר.

قال وزير النقل كريم الزيتوني إن الرصيف سيبقى مغلقا.
"""


@pytest.fixture(scope="module")
def page() -> Annotations:
    return tracker.extract(PAGE, published="2024-05-22")


def test_statements_of_three_languages(page: Annotations) -> None:
    assert [(one.lang, one.speaker.name if one.speaker else None) for one in page.statements] == [
        ("en", "Mara Venn"), ("en", "Mara Venn"), ("he", "אבנר כרמלי"), ("ar", "كريم الزيتوني"),
    ]  # fmt: skip


def test_statements_come_in_text_order(page: Annotations) -> None:
    places = [(one.start_char, -one.end_char) for one in page.statements]
    assert places == sorted(places)


def test_rule_names_language_cue_and_complement(page: Annotations) -> None:
    for one in page.statements:
        lang, cue, complement = one.rule.split(".")
        assert lang == one.lang
        assert cue
        assert complement


def test_same_text_gives_the_same_records(page: Annotations) -> None:
    assert tracker.extract(PAGE, published="2024-05-22") == page


def test_ids_are_unique_and_depend_on_the_document(page: Annotations) -> None:
    ids = [one.id for one in page.statements]
    assert len(set(ids)) == len(ids)
    other = tracker.extract(PAGE + "\n", published="2024-05-22")
    assert set(ids).isdisjoint(one.id for one in other.statements)


def test_ids_do_not_depend_on_the_date(page: Annotations) -> None:
    assert [one.id for one in tracker.extract(PAGE).statements] == [one.id for one in page.statements]


def test_languages_that_are_not_asked_for_are_left_out() -> None:
    found, _ = find_statements(PAGE, "doc", *_layout(PAGE), langs=("he",))
    assert {one.lang for one in found} == {"he"}


def _layout(text: str) -> tuple[tuple[Article, ...], tuple[Segment, ...]]:
    annotations = tracker.extract(text)
    return annotations.articles, annotations.segments


def test_speaker_does_not_cross_into_the_next_article() -> None:
    first = "Mara Venn said that the quay was shut."
    second = '"We have nowhere left to go tonight," she said.'
    text = f"{first}\n{second}"
    articles = [Article(0, len(first)), Article(len(first) + 1, len(text))]
    segments = [
        Segment(0, len(first), "en", "body", article=0),
        Segment(len(first) + 1, len(text), "en", "body", article=1),
    ]
    apart, _ = find_statements(text, "doc", articles, segments)
    together, _ = find_statements(
        text, "doc", [Article(0, len(text))], [dataclasses.replace(one, article=0) for one in segments]
    )
    names = [[one.speaker.name if one.speaker else None for one in found] for found in (apart, together)]
    assert names == [["Mara Venn", "she"], ["Mara Venn", "Mara Venn"]]


def test_each_article_has_its_own_date() -> None:
    line = "Mara Venn said that the quay was shut."
    text = f"{line}\n{line}"
    articles = [Article(0, len(line), published="2024-05-22"), Article(len(line) + 1, len(text))]
    segments = [
        Segment(0, len(line), "en", "body", article=0),
        Segment(len(line) + 1, len(text), "en", "body", article=1),
    ]
    found, _ = find_statements(text, "doc", articles, segments)
    assert [one.said_on for one in found] == ["2024-05-22", None]


def test_segments_of_no_article_are_not_searched() -> None:
    line = "Mara Venn said that the quay was shut."
    assert find_statements(line, "doc", [], [Segment(0, len(line), "en", "body")]) == ([], [])


@pytest.mark.parametrize("text", ["", "\n", " \t ", "\u200f", "\x00"], ids=["empty", "line", "space", "mark", "null"])
def test_text_without_words(text: str) -> None:
    assert tracker.extract(text).statements == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", 'Mara Venn said the "quay was shut. "We wait here," Venn added.', id="en"),
        pytest.param("ar", 'قال كريم الزيتوني إن "الجسر مغلق. وأضاف الزيتوني: "سننتظر هنا حتى الصباح".', id="ar"),
        pytest.param("he", 'דנה אורלב אמרה כי "הנמל סגור. "נחכה כאן עד הבוקר", הוסיפה אורלב.', id="he"),
    ],
)
def test_stray_mark_costs_one_quotation_at_most(lang: str, text: str) -> None:
    found = tracker.extract(text, lang=lang)
    assert found.diagnostics
    last = found.statements[-1]
    assert last.kind == "direct"
    assert last.speaker is not None
