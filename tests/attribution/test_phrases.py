"""Where a noun phrase beside a cue begins and ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.phrases import has_article, is_glued_complementiser, phrase_after, phrase_before
from tracker.attribution.tokens import Paragraph

Read = Callable[..., Paragraph]
TokensOf = Callable[[Paragraph, str], tuple[int, int]]


def _text(paragraph: Paragraph, phrase: tuple[int, int] | None) -> str | None:
    return None if phrase is None else paragraph.text[slice(*paragraph.span(*phrase))]


@pytest.mark.parametrize(
    ("lang", "text", "behind", "phrase"),
    [
        pytest.param("en", '"No," said Mara Venn on Monday.', "said", "Mara Venn", id="name-before-date"),
        pytest.param("en", '"No," said Mayor Mara Venn, who left.', "said", "Mayor Mara Venn", id="before-relative"),
        pytest.param("en", '"No," said Mara Venn, the mayor.', "said", "Mara Venn, the mayor", id="apposition"),
        pytest.param("en", '"No," said she.', "said", "she", id="pronoun"),
        pytest.param("ar", "قال كريم الزيتوني إن الرصيف مغلق.", "قال", "كريم الزيتوني", id="ar-before-complementiser"),
        pytest.param("ar", "قال وزير النقل كريم الزيتوني: نعم.", "قال", "وزير النقل كريم الزيتوني", id="ar-title"),
        pytest.param("ar", "قال اليوم كريم الزيتوني إن الرصيف مغلق.", "قال", "كريم الزيتوني", id="ar-behind-adverb"),
        pytest.param(
            "ar", 'قال مدير شركة "أمواج" كريم الزيتوني: نعم.', "قال", 'مدير شركة "أمواج" كريم الزيتوني',
            id="ar-name-in-marks",
        ),
        pytest.param(
            "ar", "أيد وزير النقل الاجتماع أمس.", "أيد", "وزير النقل", id="ar-object-behind-a-definite-subject"
        ),
        pytest.param("ar", "ناشد تجار السوق الحكومة أمس.", "ناشد", "تجار السوق", id="ar-body-behind-a-subject"),
        pytest.param(
            "ar", "شكك مدير لجنة النقل بالمجلس، الهاشل الورغلي، في ذلك.", "شكك",
            "مدير لجنة النقل بالمجلس، الهاشل الورغلي", id="ar-unknown-name-between-commas",
        ),
        pytest.param(
            "ar", "وقال كريم الزيتوني، الرئيس والمدير التنفيذي لشركة الصناعات الفضائية: نعم.", "وقال",
            "كريم الزيتوني، الرئيس والمدير التنفيذي لشركة الصناعات الفضائية", id="ar-adjective-that-may-be-a-channel",
        ),
        pytest.param(
            "ar", "دعت المديرة الإقليمية للمنظمة جوسلان مطرود السلطات أمس.", "دعت",
            "المديرة الإقليمية للمنظمة جوسلان مطرود", id="ar-two-word-name-behind-an-office",
        ),
        pytest.param("he", '"לא", אמרה דנה אורלב.', "אמרה", "דנה אורלב", id="he-name"),
        pytest.param("he", '"לא", אמר שר התחבורה אבנר כרמלי.', "אמר", "שר התחבורה אבנר כרמלי", id="he-title"),
        pytest.param("he", "לדברי דנה אורלב, הרציף סגור.", "לדברי", "דנה אורלב", id="he-before-comma"),
    ],
)  # fmt: skip
def test_phrase_after(read: Read, tokens_of: TokensOf, lang: str, text: str, behind: str, phrase: str) -> None:
    paragraph = read(text, lang)
    start = tokens_of(paragraph, behind)[1]
    assert _text(paragraph, phrase_after(paragraph, start, len(paragraph))) == phrase


@pytest.mark.parametrize(
    ("lang", "text", "before", "phrase"),
    [
        pytest.param("en", "Mara Venn said no.", "said", "Mara Venn", id="name"),
        pytest.param("en", "On Monday, Mayor Mara Venn said no.", "said", "Mayor Mara Venn", id="behind-adjunct"),
        pytest.param("en", "She left and he said no.", "said", "he", id="pronoun"),
        pytest.param("he", "שר התחבורה אבנר כרמלי אמר כן.", "אמר", "שר התחבורה אבנר כרמלי", id="he-title"),
        pytest.param("he", 'מנכ"ל חברת "גלים" אמר כן.', "אמר", 'מנכ"ל חברת "גלים"', id="he-name-in-marks"),
        pytest.param("ar", "كريم الزيتوني قال نعم.", "قال", "كريم الزيتوني", id="ar-name"),
    ],
)
def test_phrase_before(read: Read, tokens_of: TokensOf, lang: str, text: str, before: str, phrase: str) -> None:
    paragraph = read(text, lang)
    assert _text(paragraph, phrase_before(paragraph, tokens_of(paragraph, before)[0], 0)) == phrase


@pytest.mark.parametrize(
    ("lang", "text", "behind"),
    [
        pytest.param("en", "He said that it was shut.", "said", id="complementiser"),
        pytest.param("ar", "قال إن الرصيف مغلق.", "قال", id="ar-complementiser"),
        pytest.param("he", "אמר כי הרציף סגור.", "אמר", id="he-complementiser"),
        pytest.param("en", "He said.", "said", id="stop"),
        pytest.param("en", 'He said: "It is shut at the moment, I fear."', ":", id="long-quotation"),
    ],
)
def test_no_phrase_after(read: Read, tokens_of: TokensOf, lang: str, text: str, behind: str) -> None:
    paragraph = read(text, lang)
    assert phrase_after(paragraph, tokens_of(paragraph, behind)[1], len(paragraph)) is None


@pytest.mark.parametrize(
    ("lang", "text", "behind"),
    [
        pytest.param("he", 'לדברי ""אמר""', "לדברי", id="he"),
        pytest.param("en", '"No," said "" twice.', "said", id="en"),
    ],
)
def test_phrase_holds_a_word(read: Read, tokens_of: TokensOf, lang: str, text: str, behind: str) -> None:
    paragraph = read(text, lang)
    phrase = phrase_after(paragraph, tokens_of(paragraph, behind)[1], len(paragraph))
    assert phrase is None or any(paragraph.is_word(token) for token in range(*phrase))


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_phrases_stay_inside_their_bounds(read: Read, lang: str) -> None:
    paragraph = read("Mara Venn (aged 40), דנה אורלב, كريم الزيتوني of the harbour", lang)
    for start in range(len(paragraph)):
        for limit in range(start, len(paragraph) + 1):
            after = phrase_after(paragraph, start, limit)
            assert after is None or start <= after[0] < after[1] <= limit
            before = phrase_before(paragraph, limit, start)
            assert before is None or start <= before[0] < before[1] <= limit


@pytest.mark.parametrize(
    ("lang", "text", "word", "expected"),
    [
        pytest.param("ar", "الميناء مغلق", "الميناء", True, id="ar-article"),
        pytest.param("ar", "ميناء مغلق", "ميناء", False, id="ar-bare"),
        pytest.param("he", "הנמל סגור", "הנמל", True, id="he-article"),
        pytest.param("en", "the quay", "quay", False, id="en-never"),
    ],
)
def test_article_written_as_one(
    read: Read, tokens_of: TokensOf, lang: str, text: str, word: str, expected: bool
) -> None:
    paragraph = read(text, lang)
    assert has_article(paragraph, tokens_of(paragraph, word)[0]) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("אמר שהנמל סגור", "שהנמל", True, id="glued"),
        pytest.param("אמר שמעון פרץ", "שמעון", False, id="given-name"),
        pytest.param("אמר שלום רב", "שלום", False, id="word-of-its-own"),
        pytest.param("אמר כי הנמל", "הנמל", False, id="other-letter"),
    ],
)
def test_glued_complementiser(read: Read, tokens_of: TokensOf, text: str, word: str, expected: bool) -> None:
    paragraph = read(text, "he")
    assert is_glued_complementiser(paragraph, tokens_of(paragraph, word)[0]) is expected
