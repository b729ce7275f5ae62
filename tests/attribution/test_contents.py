"""The final spans of a content, and the kind of a statement."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

One = Callable[..., Statement]


@pytest.mark.parametrize(
    ("lang", "text", "content"),
    [
        pytest.param("en", '"We have no fuel left," said Dana Orlev.', ["We have no fuel left"], id="outer-comma"),
        pytest.param("en", 'Dana Orlev said: "We have no fuel."', ["We have no fuel."], id="stop-inside-marks"),
        pytest.param("en", "Dana Orlev said that it rained.", ["it rained"], id="stop-outside"),
        pytest.param(
            "en", "“We have no fuel left,” said Dana Orlev, “and no money to buy any.”",
            ["We have no fuel left", "and no money to buy any."], id="cue-in-the-middle",
        ),
        pytest.param("ar", 'قال كريم الزيتوني: "لم يبق لدينا وقود".', ["لم يبق لدينا وقود"], id="ar-marks"),
        pytest.param("ar", "قال كريم الزيتوني إن الرصيف مغلق.", ["الرصيف مغلق"], id="ar-behind-complementiser"),
        pytest.param("ar", "قال كريم الزيتوني إنه لن يغادر الميناء.", ["إنه لن يغادر الميناء"], id="ar-pronoun-stays"),
        pytest.param(
            "ar", "«لم يبق لدينا وقود»، قال كريم الزيتوني، «ولا مال لشرائه».",
            ["لم يبق لدينا وقود", "ولا مال لشرائه"], id="ar-cue-in-the-middle",
        ),
        pytest.param("he", '"לא נשאר לנו דלק", אמרה דנה אורלב.', ["לא נשאר לנו דלק"], id="he-marks"),
        pytest.param("he", "דנה אורלב אמרה כי הרציף סגור.", ["הרציף סגור"], id="he-behind-complementiser"),
        pytest.param("he", "דנה אורלב אמרה שהרציף סגור.", ["הרציף סגור"], id="he-glued-complementiser"),
        pytest.param("he", 'שר התחבורה אמר ש"המצב בנמל חמור מאוד".', ["המצב בנמל חמור מאוד"], id="he-glued-to-mark"),
        pytest.param("ar", "حذر رئيس البلدية سمير الحداد من انهيار الجسر.", ["انهيار الجسر"], id="ar-preposition"),
        pytest.param("he", "השר אבנר כרמלי קרא לממשלה לפתוח בחקירה.", ["לפתוח בחקירה"], id="he-addressee"),
        pytest.param(
            "en", "Mayor Ruth Carden accused the company of hiding the report.",
            ["the company of hiding the report"], id="accused",
        ),
    ],
)  # fmt: skip
def test_content(one: One, lang: str, text: str, content: list[str]) -> None:
    assert [text[start:end] for start, end in one(text, lang).content] == content


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        pytest.param("en", '"We have no fuel left," said Dana Orlev.', "direct", id="direct"),
        pytest.param("en", "Dana Orlev said that it rained.", "indirect", id="indirect"),
        pytest.param("en", 'Dana Orlev said that the dam "will hold for years".', "mixed", id="mixed"),
        pytest.param("en", 'Dana Orlev said that the ship "Blue Heron" had left.', "indirect", id="name-in-marks"),
        pytest.param("ar", 'قال كريم الزيتوني: "لم يبق لدينا وقود".', "direct", id="ar-direct"),
        pytest.param("ar", "قال كريم الزيتوني إن الرصيف مغلق.", "indirect", id="ar-indirect"),
        pytest.param("ar", 'قال كريم الزيتوني إن السد "سيصمد سنوات طويلة جدا" كما يظن.', "mixed", id="ar-mixed"),
        pytest.param("he", '"לא נשאר לנו דלק", אמרה דנה אורלב.', "direct", id="he-direct"),
        pytest.param("he", "דנה אורלב אמרה כי הרציף סגור.", "indirect", id="he-indirect"),
        pytest.param("he", 'השר אבנר כרמלי הדגיש כי הסכר "יחזיק מעמד שנים".', "mixed", id="he-mixed"),
        pytest.param("he", 'שר התחבורה אמר ש"המצב בנמל חמור מאוד".', "direct", id="he-glued-to-mark"),
    ],
)
def test_kind(one: One, lang: str, text: str, kind: str) -> None:
    assert one(text, lang).kind == kind


@pytest.mark.parametrize(
    ("lang", "text", "content"),
    [
        pytest.param(
            "en", 'Dana Orlev said that the dam "will hold for years".', 'the dam "will hold for years"', id="en"
        ),
        pytest.param("he", 'השר אבנר כרמלי הדגיש כי הסכר "יחזיק מעמד שנים".', 'הסכר "יחזיק מעמד שנים"', id="he"),
    ],
)
@pytest.mark.xfail(
    strict=True, reason="a closing mark at the end of a mixed content is trimmed, its opening one is not"
)
def test_marks_inside_a_mixed_content_stay_paired(one: One, lang: str, text: str, content: str) -> None:
    assert one(text, lang).text == content


@pytest.mark.parametrize(
    ("lang", "text", "polarity"),
    [
        pytest.param("en", "Dana Orlev denied that the crew had left.", "denies", id="en-denies"),
        pytest.param("en", "Dana Orlev said that the crew had not left.", "asserts", id="en-negated-content"),
        pytest.param("ar", "نفى كريم الزيتوني أن تكون الطواقم قد غادرت السفينة.", "denies", id="ar-denies"),
        pytest.param("ar", "قال كريم الزيتوني إن الطواقم لم تغادر السفينة.", "asserts", id="ar-negated-content"),
        pytest.param("he", "דנה אורלב הכחישה כי הצוות עזב את האונייה.", "denies", id="he-denies"),
        pytest.param("he", "דנה אורלב אמרה כי הצוות לא עזב את האונייה.", "asserts", id="he-negated-content"),
    ],
)
def test_polarity_is_that_of_the_cue(one: One, lang: str, text: str, polarity: str) -> None:
    assert one(text, lang).polarity == polarity
