"""Labels that tell the truth, labels that lie, text that was garbled before, and Hebrew stored backwards."""

from __future__ import annotations

import pytest
from newspages import WORDS, page
from paragraphs import paragraph_f1

from tracker.errors import InputError
from tracker.pipeline import annotate
from tracker.read.encodings import decode_page, find_codec
from tracker.read.html import read_html
from tracker.read.mojibake import mend_mojibake
from tracker.read.visual import is_visual, to_reading_order
from tracker.records import Document

AR, HE, EN = (" ".join(WORDS[lang]["paragraphs"]) for lang in ("ar", "he", "en"))
TR = "Türkiye'nin başkentinde sağlık çalışanları grevin süreceğini söyledi, şehir içi ulaşım durdu, dün gece ışıklar söndü."
FR = "La mairie a annoncé que le vieux pont serait fermé dès la semaine prochaine, à partir de lundi matin."
RU = "Мэр города сообщил, что старый мост будет закрыт для движения на два месяца, начиная с понедельника."
FA = "شهردار گفت پل قدیمی از روز دوشنبه به مدت دو ماه بسته خواهد شد و اتوبوس‌ها از راه کنار رودخانه می‌گذرند."


def latin(text: str, encoding: str) -> str:
    """``text`` without what the code page does not have."""
    return text.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "label", "read_as", "said"),
    [
        pytest.param(AR, "cp1256", "windows-1256", "windows-1256", [], id="arabic-1256"),
        pytest.param(AR, "cp1256", None, "windows-1256", [], id="arabic-unlabelled"),
        pytest.param(AR, "cp1256", "iso-8859-1", "windows-1256", ["encoding-mislabelled"], id="arabic-called-latin"),
        pytest.param(AR, "cp1256", "windows-1255", "windows-1256", ["encoding-mislabelled"], id="arabic-called-hebrew"),
        pytest.param(AR, "cp1256", "utf-8", "windows-1256", ["encoding-mislabelled"], id="arabic-called-utf8"),
        pytest.param(AR, "cp1256", "iso-8859-6", "windows-1256", ["encoding-mislabelled"], id="1256-called-8859-6"),
        pytest.param(AR, "iso8859-6", "ISO-8859-6", "iso-8859-6", [], id="arabic-8859-6"),
        pytest.param(AR, "iso8859-6", None, "iso-8859-6", [], id="arabic-8859-6-unlabelled"),
        pytest.param(AR, "iso8859-6", "windows-1256", "iso-8859-6", ["encoding-mislabelled"], id="8859-6-called-1256"),
        pytest.param(HE, "cp1255", "windows-1255", "windows-1255", [], id="hebrew-1255"),
        pytest.param(HE, "cp1255", "iso-8859-8-i", "windows-1255", [], id="hebrew-8-i"),
        pytest.param(HE, "iso8859-8", "logical", "windows-1255", [], id="hebrew-logical"),
        pytest.param(HE, "cp1255", "windows-1252", "windows-1255", ["encoding-mislabelled"], id="hebrew-called-latin"),
        pytest.param(HE, "cp1255", "windows-1256", "windows-1255", ["encoding-mislabelled"], id="hebrew-called-arabic"),
        pytest.param(FR, "cp1252", "iso-8859-1", "windows-1252", [], id="french"),
        pytest.param("“Smart” quotes – " + FR, "cp1252", "ISO-8859-1", "windows-1252", [], id="1252-called-8859-1"),
        pytest.param(FR, "cp1252", "windows-1256", "windows-1252", ["encoding-mislabelled"], id="french-called-arabic"),
        pytest.param(TR, "cp1254", "iso-8859-9", "windows-1254", [], id="turkish"),
        pytest.param(TR, "cp1254", "iso-8859-1", "windows-1254", ["encoding-mislabelled"], id="turkish-called-latin"),
        pytest.param(RU, "cp1251", "windows-1251", "windows-1251", [], id="russian"),
        pytest.param(AR, "utf-8", "windows-1256", "utf-8", ["encoding-mislabelled"], id="utf8-called-1256"),
        pytest.param(HE, "utf-16-le", "utf-8", "utf-16-le", ["encoding-mislabelled"], id="utf16-without-mark"),
        pytest.param(HE, "utf-16", None, "utf-16-le", [], id="utf16-with-mark"),
        pytest.param(AR, "utf-8", "klingon", "utf-8", [], id="unknown-label"),
    ],
)
def test_label_is_checked_against_the_bytes(
    text: str, encoding: str, label: str | None, read_as: str, said: list[str]
) -> None:
    text = latin(text, encoding)
    found = decode_page(text.encode(encoding), label)
    assert found.text == text
    assert (found.encoding, [one.code for one in found.diagnostics]) == (read_as, said)


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        pytest.param("ISO-8859-1", "windows-1252", id="latin1-is-1252"),
        pytest.param(" Latin1 ", "windows-1252", id="white-space"),
        pytest.param("us-ascii", "windows-1252", id="ascii"),
        pytest.param("iso-8859-8-i", "windows-1255", id="8-i"),
        pytest.param("visual", "windows-1255", id="visual"),
        pytest.param("UTF8", "utf-8", id="utf8"),
        pytest.param("hex", None, id="no-encoding-of-text"),
        pytest.param("", None, id="empty"),
    ],
)
def test_labels(label: str, codec: str | None) -> None:
    assert find_codec(label) == codec


PUNCTUATED = "The mayor’s office said: “We can’t wait — not a day longer”… and that’s that, isn’t it?"


@pytest.mark.parametrize(
    ("text", "wrote", "read"),
    [
        pytest.param(AR, "utf-8", "cp1252", id="arabic-utf8-as-1252"),
        pytest.param(HE, "utf-8", "cp1252", id="hebrew-utf8-as-1252"),
        pytest.param(AR, "utf-8", "cp1256", id="arabic-utf8-as-1256"),
        pytest.param(HE, "utf-8", "cp1255", id="hebrew-utf8-as-1255"),
        pytest.param(PUNCTUATED, "utf-8", "cp1252", id="punctuation"),
        pytest.param(FR * 2, "utf-8", "cp1252", id="french"),
        pytest.param(AR, "cp1256", "cp1252", id="arabic-1256-as-1252"),
        pytest.param(HE, "cp1255", "cp1252", id="hebrew-1255-as-1252"),
    ],
)
def test_garbled_text_is_put_right_and_told(text: str, wrote: str, read: str) -> None:
    data = text.encode(wrote, "ignore")
    text = data.decode(wrote)
    garbled = "".join(bytes((byte,)).decode(read, "ignore") or chr(byte) for byte in data)
    found = decode_page(garbled.encode())
    assert found.text == text
    assert [one.code for one in found.diagnostics] == ["mojibake-undone"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(AR, id="arabic"),
        pytest.param(HE, id="hebrew"),
        pytest.param(FA, id="persian"),
        pytest.param(FR * 5, id="french"),
        pytest.param(TR * 5, id="turkish"),
        pytest.param(RU, id="russian"),
        pytest.param(PUNCTUATED * 5, id="punctuation"),
        pytest.param("Ã‰tude “ÂGE” – SÃO PAULO, À LA CARTE, ÂME; 20 €, × 3 ÷ 4 © ® ± µ § " * 2, id="capitals"),
        pytest.param("ÅÄÖ åäö ØÆ øæ ðþ Þórður sagði að veðrið væri gott á Íslandi í júlí. " * 5, id="nordic"),
    ],
)
def test_what_is_right_stays(text: str) -> None:
    mended = mend_mojibake(text)
    assert mended is None or mended[0] == text


def test_visual_hebrew_is_turned_round_and_told() -> None:
    lines = [
        'העירייה הודיעה ב-3 במאי 2024 כי הגשר הישן (ליד הנמל) ייסגר: "לא נחכה עוד יום".',
        "לפרטים: www.city.example או טלפון 03-5551234, בין 8:30 ל-16:00. דובר BBC News סירב.",
        "ראשי הוועדים אמרו כי הם מסכימים עם המהנדסים, אך אין להם כסף.",
    ]
    stored = [_as_seen(line) for line in lines]
    assert is_visual(" ".join(stored))
    assert not is_visual(" ".join(lines))
    assert [to_reading_order(line) for line in stored] == lines


def _as_seen(line: str) -> str:
    """How the line looks from left to right on a screen."""
    import re

    turned = re.sub(r"www[\w.]+|[A-Za-z]+(?: [A-Za-z]+)*|\d[\d.:-]*\d|\d", lambda one: one.group()[::-1], line)[::-1]
    return turned.translate(str.maketrans("()", ")("))


def test_visual_page_becomes_a_page_in_reading_order() -> None:
    words = WORDS["he"]
    body = "<br><br>".join(_as_seen(text) for text in words["paragraphs"])
    html = (
        f"<html><head><meta charset=iso-8859-8><title>{_as_seen(words['title'])}</title></head><body><p>{body}</body>"
    )
    found = read_html(html.encode("iso8859-8"), "old.html")
    assert found.text.split("\n") == [words["title"], *words["paragraphs"]]
    assert [one.code for one in annotate(found).diagnostics] == ["visual-hebrew"]


LEGACY = [("ar", "windows-1256"), ("ar", "iso8859-6"), ("he", "windows-1255"), ("he", "iso8859-8"), ("en", "cp1252")]
SHOWN = ["related-boxes", "table-and-breaks", "single-breaks", "div-soup", "interview"]


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("label", [True, False], ids=["labelled-wrongly", "unlabelled"])
@pytest.mark.parametrize(("lang", "encoding"), LEGACY)
def test_page_in_a_legacy_encoding(lang: str, encoding: str, label: bool, name: str) -> None:
    html, gold = page(lang, name)
    html = html.replace('<meta charset="utf-8">', '<meta charset="iso-8859-1">' if label else "")
    found = read_html(html.encode(encoding, "ignore"), "page.html")
    body = [found.text[hint.start_char : hint.end_char] for hint in found.hints if hint.block == "body"]
    wanted = [latin(text, encoding) for block, text, _ in gold.parts if block == "body"]
    assert paragraph_f1(body, wanted) == 1.0


def test_http_label_comes_before_the_pages_own() -> None:
    html = page("ar", "posts")[0].replace("utf-8", "windows-1255")
    found = read_html(html.encode("cp1256", "ignore"), "x", charset="windows-1256")
    assert found.title == WORDS["ar"]["title"]
    assert found.diagnostics == ()


def test_binary_data_called_text_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        decode_page(bytes(range(256)) * 40, "windows-1256")


def test_document_is_a_record() -> None:
    assert isinstance(read_html(page("he", "posts")[0].encode(), "x"), Document)
