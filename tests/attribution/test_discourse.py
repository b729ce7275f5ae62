"""Who an implied, pronominal, short or described speaker is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

Said = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("lang", "text", "name", "how"),
    [
        pytest.param(
            "en", "Mara Venn said the port was safe. She added that tests would go on.", "Mara Venn", "pronoun",
            id="en-she",
        ),
        pytest.param(
            "en", "Mayor Mara Venn said the quay was shut. Venn added that tests would go on.", "Mara Venn",
            "short-name", id="en-surname",
        ),
        pytest.param(
            "en", "Mayor Mara Venn said the quay was shut. The mayor added that tests would go on.", "Mara Venn",
            "description", id="en-title-again",
        ),
        pytest.param(
            "ar", "قال كريم الزيتوني إن الميناء آمن. وأضاف أن الفحوص ستستمر.", "كريم الزيتوني", "pro-drop",
            id="ar-pro-drop",
        ),
        pytest.param(
            "ar", "قال المتحدث باسم الشرطة نادر فهمي إن الطريق مغلق. وأكد فهمي أن السيارات ستعود.", "نادر فهمي",
            "short-name", id="ar-surname",
        ),
        pytest.param(
            "ar",
            "قالت الوزيرة هالة القاسم إن السد آمن. وقال المهندس سمير الحداد إن السد متصدع. وأضافت أن الفحوص ستستمر.",
            "هالة القاسم", "pro-drop", id="ar-gender-of-the-verb",
        ),
        pytest.param(
            "he", "דנה אורלב אמרה כי הנמל בטוח. היא הוסיפה כי הבדיקות יימשכו.", "דנה אורלב", "pronoun", id="he-pronoun"
        ),
        pytest.param(
            "he", "דנה אורלב אמרה כי הנמל בטוח. אורלב הוסיפה כי הבדיקות יימשכו.", "דנה אורלב", "short-name",
            id="he-surname",
        ),
        pytest.param(
            "he", "דנה אורלב אמרה כי הנמל בטוח. לדבריה, הבדיקות יימשכו.", "דנה אורלב", "pro-drop",
            id="he-attached-pronoun",
        ),
        pytest.param(
            "he", "שר התחבורה אבנר כרמלי אמר כי הגשר ייפתח מחר. השר הוסיף כי העובדים יחזרו.", "אבנר כרמלי",
            "description", id="he-title-again",
        ),
        pytest.param(
            "he",
            "השרה נועה לינד אמרה כי הסכר בטוח. המהנדס גיל ברוש אמר כי הסכר סדוק. היא הוסיפה כי הבדיקות יימשכו.",
            "נועה לינד", "pronoun", id="he-gender-of-the-pronoun",
        ),
        pytest.param(
            "en",
            "Mr. Carl Odom said the quay was shut. Ms. Mara Venn said it was open. He added that ships would wait.",
            "Carl Odom", "pronoun", id="en-gender-of-the-pronoun",
            marks=pytest.mark.xfail(strict=True, reason="Mr. and Ms. tell no gender yet"),
        ),
        pytest.param(
            "ar", "قال وزير النقل كريم الزيتوني إن الجسر سيفتح غدا. وأكد الوزير أن العمال سيعودون.", "كريم الزيتوني",
            "description", id="ar-title-again",
        ),
    ],
)  # fmt: skip
def test_last_speaker(said: Said, lang: str, text: str, name: str, how: str) -> None:
    speaker = said(text, lang)[-1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.resolved_by) == (name, how)


def test_pronoun_without_anybody_before_stays_a_pronoun(said: Said) -> None:
    (statement,) = said('"It is over for all of us," he said.', "en")
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.resolved_by) == ("he", "pronoun")


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "en",
            "Venn said the quay was shut.\n\nThe council met on Monday. Mara Venn said the ships would wait.",
            "Mara Venn",
            id="en",
        ),
        pytest.param(
            "ar",
            "قال الزيتوني إن الرصيف مغلق منذ أسبوع.\n\nوكان كريم الزيتوني قد زار الميناء يوم الأحد.",
            "كريم الزيتوني",
            id="ar",
        ),
        pytest.param(
            "he",
            "אורלב אמרה כי הרציף סגור מאתמול.\n\nדנה אורלב ביקרה בנמל ביום ראשון ופגשה את העובדים.",
            "דנה אורלב",
            id="he",
        ),
    ],
)
def test_fullest_form_may_stand_later(said: Said, lang: str, text: str, name: str) -> None:
    speaker = said(text, lang)[0].speaker
    assert speaker is not None
    assert speaker.name == name


def test_what_is_nested_does_not_become_the_last_speaker(said: Said) -> None:
    text = "قال كريم الزيتوني إن الوزارة أعلنت أن الجسر مغلق. وأضاف أن الفحوص ستستمر."
    statements = said(text, "ar")
    assert statements[-1].speaker is not None
    assert statements[-1].speaker.name == "كريم الزيتوني"


def test_an_anonymous_source_is_named_as_written(said: Said) -> None:
    (statement,) = said("أفادت مصادر أمنية بأن الميناء أغلق أمام السفن.", "ar")
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.type) == ("مصادر أمنية", "anonymous")
