"""Answers of interviews, with labels, dashes and without any mark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

Said = Callable[..., tuple[Statement, ...]]

LABELLED = """التقينا مديرة المتحف هالة القاسم في مكتبها.

س: متى يفتح المتحف أبوابه؟

ج: في الربيع المقبل بعد انتهاء الترميم.

س: وهل تكفي الميزانية؟

ج: نعم إذا وصلت الدفعة الثانية."""
DASHES = """בעלת בית הקפה דנה אורלב מספרת על שנה קשה.

- מתי פתחת את המקום?

לפני שבע שנים, עם שולחן אחד.

- ומה השתנה מאז?

היום יש לי עשרים עובדים."""
PLAIN = """Maria Venn, the mayor, met us at the harbour.

When will the quay be open again?

In spring, if the weather is kind to us.

Who pays for the repairs?

The city pays half and the port pays the rest.

Will the fishermen come back?

They never left, they only moved to the other side."""


@pytest.mark.parametrize(
    ("lang", "text", "name", "first", "count"),
    [
        pytest.param("ar", LABELLED, "هالة القاسم", "في الربيع المقبل بعد انتهاء الترميم", 2, id="ar-labels"),
        pytest.param("he", DASHES, "דנה אורלב", "לפני שבע שנים, עם שולחן אחד", 2, id="he-dashes"),
        pytest.param("en", PLAIN, "Maria Venn", "In spring, if the weather is kind to us", 3, id="en-plain"),
    ],
)
def test_answers_are_statements_of_the_one_who_is_asked(
    said: Said, lang: str, text: str, name: str, first: str, count: int
) -> None:
    answers = [one for one in said(text, lang) if one.rule.endswith("interview-answer")]
    assert len(answers) == count
    assert answers[0].text == first
    assert {one.kind for one in answers} == {"direct"}
    assert {one.speaker.name for one in answers if one.speaker} == {name}


def test_questions_of_an_essay_make_no_interview(said: Said) -> None:
    text = "Who will pay?\n\nNobody knows.\n\nThe port is old.\n\nIt was built in haste.\n\nAnd then?\n\nWe shall see."
    assert [one for one in said(text, "en") if one.rule.endswith("interview-answer")] == []


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        pytest.param(
            "en",
            "Partial transcript as follows:\n"
            '"HOLLIS: Let us start with the news of the bridge. Will it open this year?\n'
            '"VENN: Well, look, the bridge is safe and “ready.” It will open in May.\n'
            '"HOLLIS: I want to ask you again, will it open?\n"VENN: And that is why we built it.',
            ["VENN", "VENN"],
            id="mark-before-every-label",
        ),
    ],
)
def test_transcript_with_a_mark_before_every_label(
    said: Callable[..., tuple[Statement, ...]], lang: str, text: str, names: list[str]
) -> None:
    answers = [one for one in said(text, lang) if one.rule.endswith("interview-answer")]
    assert [one.speaker.name for one in answers if one.speaker is not None] == names


QUESTIONS = ("متى يفتح الجسر أمام السيارات؟", "وهل وصلتكم شكاوى من السكان؟")
ANSWERS = ("الجسر آمن تماما وسيفتح في مايو المقبل", "لم نتلق أي شكوى من السكان حتى الآن")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param("س - ", "ج - ", id="letter-and-dash"),
        pytest.param("■ ", "□ ", id="squares"),
        pytest.param("◄ ", "", id="triangle-before-the-question"),
        pytest.param("1- ", "", id="number-before-the-question"),
        pytest.param("السؤال: ", "الجواب: ", id="words"),
    ],
)
def test_marks_of_questions_and_answers(said: Said, question: str, answer: str) -> None:
    lines = ["أجرت الصحيفة حوارا مع مدير الطرق كريم الزيتوني حول مشروع الجسر الجديد."]
    for asked, answered in zip(QUESTIONS, ANSWERS, strict=True):
        lines += [question + asked, answer + answered + "."]
    found = said("\n".join(lines), "ar")
    assert [one.text for one in found] == list(ANSWERS)
    assert {one.speaker.name for one in found if one.speaker is not None} == {"كريم الزيتوني"}
