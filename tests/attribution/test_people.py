"""Which phrases name the same person or body."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

Said = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "ar",
            "قال الرئيس التنفيذي للهيئة الدكتور خالد بن زعل الهرماوي إن الموسم بدأ.",
            "خالد بن زعل الهرماوي",
            id="ar-title-of-a-body",
        ),
        pytest.param(
            "ar",
            "وأكد مدير العلاقات في الشركة المهندس كريم الزيتوني أن الجسر سيفتح غدا.",
            "كريم الزيتوني",
            id="ar-place-of-an-office",
        ),
        pytest.param(
            "ar",
            "وفازت شركة مياه الساحل بالعقد أمس. وأعلنت الشركة أن العمل سيبدأ غدا.",
            "شركة مياه الساحل",
            id="ar-body-that-nobody-quoted",
        ),
        pytest.param(
            "ar",
            "رئيس شعبة الألبان: الأسعار ستنخفض قريبا\nأوضح كريم الزيتوني، رئيس شعبة الألبان، أن السوق هادئة.",
            "كريم الزيتوني",
            id="ar-office-of-the-headline-named-below",
        ),
        pytest.param(
            "ar",
            "وصل كريم الزيتوني، المتحدث الرسمي، أمس. وقال المتحدث الرسمي إن الجسر مغلق.",
            "كريم الزيتوني",
            id="ar-office-behind-the-name",
        ),
        pytest.param(
            "ar",
            '"أورونتير" تقر باختراق خوادمها\nوعُرض الملف للبيع بثمانين "بتكوين" مساء السبت.',
            "أورونتير",
            id="ar-name-in-marks-is-not-looked-for-by-its-mark",
        ),
        pytest.param(
            "ar", "وقال المواطن كريم الزيتوني إن المياه مقطوعة منذ أسبوع.", "كريم الزيتوني", id="ar-one-of-a-group"
        ),
    ],
)
def test_name_of_the_last_speaker(said: Said, lang: str, text: str, name: str) -> None:
    speaker = said(text, lang)[-1].speaker
    assert speaker is not None
    assert speaker.name == name


def test_object_of_a_call_is_not_its_speaker(said: Said) -> None:
    text = "قال كريم الزيتوني إن الميناء آمن. ودعا المواطنين إلى الهدوء."
    speaker = said(text, "ar")[-1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.span) == ("كريم الزيتوني", None)
