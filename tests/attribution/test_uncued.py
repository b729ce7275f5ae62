"""Quotations without a cue of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

Said = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("lang", "text", "content"),
    [
        pytest.param(
            "en", '"The quay is shut for good," said Mara Venn on Monday. "The stones had cracked."',
            ["The quay is shut for good", "The stones had cracked."], id="en-behind-the-cue",
        ),
        pytest.param(
            "en", "Mara Venn said: “We are staying here for good.\n\n“We have nowhere else to go.”",
            ["We are staying here for good.", "We have nowhere else to go."], id="en-next-paragraph-left-open",
        ),
        pytest.param(
            "he", 'דנה אורלב אמרה: "אנחנו נשארים כאן.\n\nאין לנו לאן ללכת".',
            ["אנחנו נשארים כאן.", "אין לנו לאן ללכת"], id="he-next-paragraph-left-open",
        ),
        pytest.param(
            "ar", "قال كريم الزيتوني: «نحن باقون هنا.\n\nليس لنا مكان آخر».",
            ["نحن باقون هنا.", "ليس لنا مكان آخر"], id="ar-next-paragraph-left-open",
        ),
    ],
)  # fmt: skip
def test_quotation_joins_the_statement_before(said: Said, lang: str, text: str, content: list[str]) -> None:
    (statement,) = said(text, lang)
    assert [text[start:end] for start, end in statement.content] == content
    assert statement.kind == "direct"


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "en", 'Mayor Mara Venn said the quay was shut.\n\n"We are staying in this harbour for good."', "Mara Venn",
            id="en",
        ),
        pytest.param(
            "he", 'שר התחבורה אבנר כרמלי אמר כי הגשר סגור.\n\n"העובדים יחזרו לעבודה ביום ראשון בבוקר".', "אבנר כרמלי",
            id="he",
        ),
        pytest.param(
            "ar", 'قال كريم الزيتوني إن الجسر مغلق.\n\n"العمال سيعودون إلى العمل صباح الأحد".', "كريم الزيتوني", id="ar"
        ),
    ],
)  # fmt: skip
def test_new_paragraph_is_a_statement_of_the_last_speaker(said: Said, lang: str, text: str, name: str) -> None:
    first, second = said(text, lang)
    assert first.kind == "indirect"
    assert (second.kind, second.cue) == ("direct", None)
    assert second.speaker is not None
    assert (second.speaker.name, second.speaker.span, second.speaker.resolved_by) == (name, None, "context")


@pytest.mark.parametrize(
    ("lang", "text", "name", "cue"),
    [
        pytest.param(
            "en", 'Mara Venn added:\n\n"We are staying in this harbour for good."', "Mara Venn", "added", id="en"
        ),
        pytest.param("ar", 'وأضاف كريم الزيتوني:\n\n"نحن باقون هنا ولن نرحل أبدا".', "كريم الزيتوني", "أضاف", id="ar"),
        pytest.param(
            "he", 'שר התחבורה אבנר כרמלי הוסיף:\n\n"אנחנו נשארים כאן ולא נעזוב".', "אבנר כרמלי", "הוסיף", id="he"
        ),
    ],
)
def test_colon_leads_to_the_next_paragraph(said: Said, lang: str, text: str, name: str, cue: str) -> None:
    (statement,) = said(text, lang)
    assert (statement.cue_text, statement.kind) == (cue, "direct")
    assert statement.speaker is not None
    assert statement.speaker.name == name


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", 'The ship "Blue Heron" left the harbour on Monday.', id="en-ship"),
        pytest.param("en", 'The so-called "reform" was voted down in parliament.', id="en-scare-quote"),
        pytest.param("en", 'They live in a so-called "safe and sunny place" by the sea.', id="en-longer-scare-quote"),
        pytest.param("ar", 'غادرت السفينة "البلشون الأزرق" الميناء يوم الاثنين.', id="ar-ship"),
        pytest.param("he", 'האונייה "אנפה כחולה" עזבה את הנמל ביום שני.', id="he-ship"),
        pytest.param("he", 'מנכ"ל צה"ל לשעבר הגיע לנמל עם ח"כ אחר.', id="he-gershayim"),
        pytest.param("he", "שמעון פרץ שאל שלוש שאלות על הנמל.", id="he-whole-words"),
        pytest.param("en", "The ship sailed at noon.", id="en-plain"),
        pytest.param("ar", "غادرت السفينة عند الظهر.", id="ar-plain"),
        pytest.param("he", "האונייה הפליגה בצהריים.", id="he-plain"),
    ],
)
def test_names_and_plain_sentences_say_nothing(said: Said, lang: str, text: str) -> None:
    assert said(text, lang) == ()


def test_quotation_inside_another_is_no_uncued_statement(said: Said) -> None:
    found = said("“She told us ‘the port is safe now, all of it’ and left,” said Dana Orlev.", "en")
    (outer,) = [one for one in found if one.nested_in is None]
    assert outer.speaker is not None
    assert outer.speaker.name == "Dana Orlev"
    assert not any("uncued" in one.rule for one in found)


@pytest.mark.parametrize(
    ("lang", "text", "content", "name"),
    [
        pytest.param(
            "ar", "وقال مدير الطرق كريم الزيتوني:\n\nالجسر آمن تماما وسيفتح في مايو المقبل.",
            "الجسر آمن تماما وسيفتح في مايو المقبل", "كريم الزيتوني", id="ar",
        ),
        pytest.param(
            "he", "מנהל הנמל אבנר כרמלי כתב:\n\nהרציף בטוח לגמרי וייפתח בחודש מאי הקרוב.",
            "הרציף בטוח לגמרי וייפתח בחודש מאי הקרוב", "אבנר כרמלי", id="he",
        ),
        pytest.param(
            "en", "Mara Venn wrote on Monday:\n\nThe quay is safe and it will open again in May.",
            "The quay is safe and it will open again in May", "Mara Venn", id="en",
        ),
    ],
)  # fmt: skip
def test_colon_at_the_end_leads_to_the_next_paragraph(
    said: Said, lang: str, text: str, content: str, name: str
) -> None:
    (one,) = said(text, lang)
    assert (one.text, one.kind) == (content, "indirect")
    assert one.speaker is not None
    assert one.speaker.name == name
