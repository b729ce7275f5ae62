"""What a noun phrase names: bare name, title, kind of source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.naming import name_phrase, text_of
from tracker.attribution.tokens import Paragraph

Read = Callable[..., Paragraph]


@pytest.mark.parametrize(
    ("lang", "phrase", "name", "title", "kind"),
    [
        pytest.param("en", "Mara Venn", "Mara Venn", None, "person", id="name"),
        pytest.param("en", "Mayor Mara Venn", "Mara Venn", "Mayor", "person", id="title-before"),
        pytest.param("en", "Mara Venn, the mayor", "Mara Venn", "mayor", "person", id="title-behind"),
        pytest.param("en", "Prime Minister Carl Odom", "Carl Odom", "Prime Minister", "person", id="two-word-title"),
        pytest.param(
            "en", "Mr. Carl Odom", "Carl Odom", None, "person", id="honorific-is-no-title",
        ),
        pytest.param("en", "Mr Carl Odom", "Carl Odom", None, "person", id="honorific-without-stop"),
        pytest.param("en", "the Ministry of Transport", "Ministry of Transport", None, "organisation", id="ministry"),
        pytest.param("en", "residents", "residents", None, "group", id="group"),
        pytest.param("en", "two senior officials", "senior officials", None, "anonymous", id="anonymous"),
        pytest.param("en", "the newspaper Harbour Ledger", "Harbour Ledger", None, "organisation", id="generic-head"),
        pytest.param("ar", "كريم الزيتوني", "كريم الزيتوني", None, "person", id="ar-name"),
        pytest.param("ar", "وزير النقل كريم الزيتوني", "كريم الزيتوني", "وزير النقل", "person", id="ar-title"),
        pytest.param(
            "ar", "المتحدث باسم الشرطة كريم الزيتوني", "كريم الزيتوني", "المتحدث باسم الشرطة", "person",
            id="ar-spokesman",
        ),
        pytest.param(
            "ar", "أستاذ الصيدلة في جامعة صفوان، الدكتور كريم الزيتوني", "كريم الزيتوني",
            "أستاذ الصيدلة في جامعة صفوان", "person", id="ar-name-in-the-second-part",
        ),
        pytest.param("ar", "مدير مرفأ لارنكا", "مدير مرفأ لارنكا", None, "person", id="ar-office-with-its-place"),
        pytest.param(
            "ar", "مدير النادي دراغان ميليتش", "دراغان ميليتش", "مدير النادي", "person", id="ar-unknown-name"
        ),
        pytest.param("ar", "شاب يدعى أبو سجاد", "أبو سجاد", None, "person", id="ar-called"),
        pytest.param("he", "עורך דין בשם יואב שרעבי", "יואב שרעבי", "עורך דין", "person", id="he-called"),
        pytest.param("ar", "للشرطة القبرصية", "الشرطة القبرصية", None, "organisation", id="ar-article-grown-together"),
        pytest.param("ar", "للوزير كريم الزيتوني", "كريم الزيتوني", "الوزير", "person", id="ar-title-grown-together"),
        pytest.param("ar", "السيد كريم الزيتوني", "كريم الزيتوني", None, "person", id="ar-honorific"),
        pytest.param("ar", 'موقع "شاطئ" العبري', "شاطئ", None, "organisation", id="ar-site-in-marks"),
        pytest.param("ar", "وكالة رويترز", "رويترز", None, "organisation", id="ar-agency"),
        pytest.param("ar", "وزارة النقل", "وزارة النقل", None, "organisation", id="ar-ministry"),
        pytest.param("ar", "مصادر أمنية", "مصادر أمنية", None, "anonymous", id="ar-anonymous"),
        pytest.param("he", "דנה אורלב", "דנה אורלב", None, "person", id="he-name"),
        pytest.param("he", "שר התחבורה אבנר כרמלי", "אבנר כרמלי", "שר התחבורה", "person", id="he-title"),
        pytest.param("he", 'מנכ"ל החברה יואב שרעבי', "יואב שרעבי", 'מנכ"ל החברה', "person", id="he-gershayim"),
        pytest.param(
            "he", "שר התחבורה אבנר כרמלי בריאיון", "אבנר כרמלי", "שר התחבורה", "person", id="he-in-an-interview"
        ),
        pytest.param("he", "משרד התחבורה", "משרד התחבורה", None, "organisation", id="he-ministry"),
        pytest.param("he", 'אתר "החוף"', "החוף", None, "organisation", id="he-site-in-marks"),
        pytest.param("he", "תושבים", "תושבים", None, "group", id="he-group"),
    ],
)  # fmt: skip
def test_names(read: Read, lang: str, phrase: str, name: str, title: str | None, kind: str) -> None:
    paragraph = read(phrase, lang)
    named = name_phrase(paragraph, (0, len(paragraph)))
    assert (text_of(paragraph, named.name), named.title, named.type) == (name, title, kind)


@pytest.mark.parametrize(("lang", "word"), [("en", "she"), ("he", "היא"), ("ar", "هي")], ids=["en", "he", "ar"])
def test_pronoun_names_nobody(read: Read, lang: str, word: str) -> None:
    assert name_phrase(read(word, lang), (0, 1)).pronoun


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_name_lies_inside_its_phrase(read: Read, lang: str) -> None:
    paragraph = read("Mayor Mara Venn, השר אבנר כרמלי (וזיר), وزير النقل كريم الزيتوني and others", lang)
    for first in range(len(paragraph)):
        for last in range(first + 1, len(paragraph) + 1):
            named = name_phrase(paragraph, (first, last))
            assert first <= named.name[0] < named.name[1] <= last


def test_written_name_is_without_outer_marks(read: Read) -> None:
    paragraph = read("“Harbour Ledger”", "en")
    assert text_of(paragraph, (0, len(paragraph))) == "Harbour Ledger"


def test_written_name_is_without_attached_preposition(read: Read) -> None:
    paragraph = read("لوزارة النقل", "ar")
    assert text_of(paragraph, (0, len(paragraph))) == "وزارة النقل"
