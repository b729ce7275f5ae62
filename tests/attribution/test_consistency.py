"""What statements are to each other: nested, cut short by the next, or the document another is quoted from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

Said = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("lang", "text", "outer", "inner"),
    [
        pytest.param(
            "en",
            "The report said that Mara Venn had warned that the quay was unsafe.",
            "Mara Venn had warned that the quay was unsafe",
            "the quay was unsafe",
            id="en",
        ),
        pytest.param(
            "ar",
            "قال كريم الزيتوني إن الوزارة أعلنت أن الجسر مغلق.",
            "الوزارة أعلنت أن الجسر مغلق",
            "الجسر مغلق",
            id="ar",
        ),
        pytest.param(
            "he", "נועה לינד אמרה כי גיל ברוש טען שהסכר סדוק.", "גיל ברוש טען שהסכר סדוק", "הסכר סדוק", id="he"
        ),
    ],
)
def test_statement_inside_another_is_nested(said: Said, lang: str, text: str, outer: str, inner: str) -> None:
    first, second = said(text, lang)
    assert (first.text, second.text) == (outer, inner)
    assert (first.nested_in, second.nested_in) == (None, first.id)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", '"The government announced that the quay was unsafe," said Mara Venn.', id="en"),
        pytest.param("he", '"נועה לינד אמרה כי הסכר סדוק ואיש לא הקשיב", סיפר גיל ברוש.', id="he"),
        pytest.param(
            "ar",
            'قال كريم الزيتوني: "أعلنت الوزارة أن الجسر مغلق ولم يصدقها أحد".',
            id="ar-fills-the-quotation",
        ),
    ],
)
def test_statement_inside_a_quotation_is_nested(said: Said, lang: str, text: str) -> None:
    outer, inner = said(text, lang)
    assert inner.nested_in == outer.id
    assert (outer.kind, inner.kind) == ("direct", "indirect")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "Mara Venn said it rained. Dana Orlev said that roofs fell.", id="en"),
        pytest.param("ar", "قال كريم الزيتوني إن الميناء آمن. وأضاف أن الفحوص ستستمر.", id="ar"),
        pytest.param("he", "דנה אורלב אמרה כי הנמל בטוח. היא הוסיפה כי הבדיקות יימשכו.", id="he"),
    ],
)
def test_neighbours_are_not_nested(said: Said, lang: str, text: str) -> None:
    first, second = said(text, lang)
    assert first.nested_in is None
    assert second.nested_in is None
    assert first.end_char <= second.start_char


@pytest.mark.parametrize(
    ("lang", "text", "cited"),
    [
        pytest.param("ar", "أكد كريم الزيتوني أن الجسر مغلق، بحسب بيان للوزارة.", "بيان للوزارة", id="ar"),
        pytest.param(
            "en",
            "Mara Venn said that she would stay, according to a statement.",
            "statement",
            id="en",
            marks=pytest.mark.xfail(strict=True, reason="the article before the document hides it"),
        ),
    ],
)
def test_document_behind_a_statement_is_its_source(said: Said, lang: str, text: str, cited: str) -> None:
    (statement,) = said(text, lang)
    assert statement.cited_source == cited


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_two_statements_share_a_cue_or_a_content(said: Said, lang: str) -> None:
    text = {
        "en": 'Mara Venn said it rained, adding that "roofs fell everywhere", and warned that more rain would come.',
        "ar": 'قال كريم الزيتوني إن الجسر مغلق، مضيفا أن "العمال سيعودون غدا"، وحذر من انهيار السد.',
    }[lang]
    found = said(text, lang)
    assert len(found) >= 2
    assert len({one.cue for one in found}) == len(found)
    assert len({one.content for one in found}) == len(found)
