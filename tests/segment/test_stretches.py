"""Where a line is cut because its language changes, and where it is not."""

from __future__ import annotations

import hashlib

import pytest

from tracker.records import Document
from tracker.segment import segment_document


def stretches(text: str) -> list[tuple[str, str]]:
    document = Document("d", text, "test", hashlib.sha256(text.encode()).hexdigest())
    return [(one.lang, text[one.start_char : one.end_char]) for one in segment_document(document).segments]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((("he", "שלום."), ("ar", "مرحبا")), id="glued-by-a-full-stop"),
        pytest.param(
            (("en", "He signed the paper in October 2023"), ("ar", "عملية جديدة في الميناء القديم بدأت صباح اليوم.")),
            id="glued-year",
        ),
        pytest.param(
            (
                ("ar", "قال إن الجسر سيغلق غدا."),
                ("en", "Nobody in the city knew about it before Monday."),
                ("ar", " ثم خرج."),
            ),
            id="sentence-between-two",
        ),
        pytest.param(
            (("he", "הוא כתב לחברים שלו כבר באותו ערב:"), ("en", ' "We will not leave the city before the vote."')),
            id="quoted-sentence-behind-a-colon",
        ),
        pytest.param(
            (("ar", "هذا ما كتبه رئيس البلدية صباح اليوم:"), ("he", " הגשר ייסגר לתנועה למשך חודשיים, ואין מה לעשות.")),
            id="arabic-then-hebrew",
        ),
    ],
)
def test_line_is_cut_where_the_language_changes(pieces: tuple[tuple[str, str], ...]) -> None:
    text = "".join(piece for _, piece in pieces)
    assert stretches(text) == [(lang, piece.strip()) for lang, piece in pieces]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("ar", "قالت شركة Blue Harbour Shipping إن سفنها ستعود إلى الميناء غدا.", id="firm"),
        pytest.param("ar", "(CNN)-- أعلنت البلدية أن الجسر سيغلق غدا أمام السيارات.", id="agency-at-the-start"),
        pytest.param("ar", "تواصلت معنا إدارة iPhone في دبي وقالت إن Galaxy S23 أرخص.", id="products"),
        pytest.param(
            "ar", "نشر الوزير على حسابه @minister_x رابطا https://example.org/a?b=c#d وقال إنه نادم.", id="url"
        ),
        pytest.param("ar", "بلغت النسبة 12.5% في 2023، أي 1,200 طن.", id="numbers"),
        pytest.param("ar", 'كتبت صحيفة "הארץ" أن الحكومة ستجتمع اليوم.', id="hebrew-name-in-arabic"),
        pytest.param("he", "חברת Blue Harbour הודיעה שהיא חוזרת לנמל ב-U.S. Steel כבר מחר.", id="firm-in-hebrew"),
        pytest.param("he", "הוא עובד בGoogle כבר שלוש שנים ולא רוצה לעזוב.", id="glued-prefix"),
        pytest.param("he", 'העיתון "الأيام" כתב שהממשלה תתכנס היום אחרי הצהריים.', id="arabic-name-in-hebrew"),
        pytest.param("he", "איזה יום היה לנו! #שמחה #News https://t.co/Ab12", id="hashtags"),
        pytest.param("en", "The word “سلام” means peace and so does “שלום”, he told the class.", id="words-in-english"),
        pytest.param(
            "en", "President Recep Tayyip Erdoğan said São Paulo would host the meeting.", id="accents-in-names"
        ),
        pytest.param(
            "en", "The coup d'état was over in an hour, the deputy of Der Spiegel told us.", id="foreign-phrases"
        ),
    ],
)
def test_names_inside_a_sentence_stay_in_it(lang: str, text: str) -> None:
    assert stretches(text) == [(lang, text)]


@pytest.mark.parametrize(
    ("text", "langs"),
    [
        pytest.param(
            "The mayor said that he would stay.\nTrump wins Ohio primary", ["en", "en"], id="headline-inherits"
        ),
        pytest.param("قال الوزير إن الحكومة ستجتمع غدا في العاصمة.\nسوريا", ["ar", "ar"], id="word-inherits"),
        pytest.param("https://t.co/EB4ccsWOhY", ["und"], id="address-alone"),
        pytest.param("12.5 % (2023)", ["und"], id="figures-alone"),
        pytest.param("Hello world", ["en"], id="two-english-words"),
        pytest.param("Bonjour messieurs", ["fr"], id="two-french-words"),
        pytest.param("مرحبا بكم", ["ar"], id="two-arabic-words"),
        pytest.param("پاکستان", ["ur"], id="one-urdu-word"),
        pytest.param("בוקר טוב", ["he"], id="two-hebrew-words"),
    ],
)
def test_short_texts(text: str, langs: list[str]) -> None:
    assert [lang for lang, _ in stretches(text)] == langs


def test_a_foreign_sentence_of_the_same_script_is_cut_out_of_its_line() -> None:
    english = "The mayor said that the bridge would be closed for two months and that nobody would be harmed by it."
    french = "Le maire a déclaré que le pont serait fermé pendant deux mois et que personne n'en souffrirait."
    assert stretches(f"{english} {french} {english}") == [("en", english), ("fr", french), ("en", english)]


def test_the_records_own_language_decides_where_the_text_says_nothing() -> None:
    for lang in ("en", "id"):
        document = Document("d", "Manila Jakarta Lima", "test", "", lang=lang)
        assert [one.lang for one in segment_document(document).segments] == [lang]


def test_other_home_languages() -> None:
    text = "شهردار گفت پل قدیمی از هفته آینده بسته می‌شود. قالت البلدية إن الجسر القديم سيغلق الأسبوع المقبل."
    document = Document("d", text, "test", "")
    found = [one.lang for one in segment_document(document, langs=("ar", "fa")).segments]
    assert found == ["fa", "ar"]
