"""Bytes in the encodings that Arabic, Hebrew and English pages come in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InputError
from tracker.read.encodings import decode

ARABIC = "أعلنت البلدية أن الجسر القديم سيغلق أمام السيارات لمدة شهرين، وقالت إن العمل سيبدأ غدا."
HEBREW = 'העירייה הודיעה כי הגשר הישן ייסגר לתנועה למשך חודשיים, "והעבודה תתחיל מחר".'
FRENCH = "La mairie a annoncé que le vieux pont serait fermé dès la semaine prochaine, à partir de lundi."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(ARABIC, "windows-1256", id="arabic"),
        pytest.param(ARABIC + " BBC, Reuters & CNN 2023", "windows-1256", id="arabic-with-latin-names"),
        pytest.param(HEBREW, "windows-1255", id="hebrew"),
        pytest.param(HEBREW + " BBC, Reuters & CNN 2023", "windows-1255", id="hebrew-with-latin-names"),
        pytest.param(FRENCH, "windows-1252", id="latin"),
        pytest.param("“Smart” quotes – and a café", "windows-1252", id="smart-quotes"),
        pytest.param(ARABIC, "utf-16-le", id="utf16-without-mark"),
        pytest.param("Plain ASCII, nothing else.", "utf-16-be", id="utf16-be-ascii"),
        pytest.param(ARABIC + HEBREW, "utf-8", id="utf8"),
    ],
)
def test_encoding_is_told_by_its_words(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark(encoding: str) -> None:
    mark = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }[encoding]
    assert decode(mark + HEBREW.encode(encoding)) == HEBREW


def test_one_broken_byte_costs_one_character() -> None:
    data = (ARABIC * 5).encode() + b"\xff" + HEBREW.encode()
    assert decode(data) == ARABIC * 5 + "\ufffd" + HEBREW


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert "\r" not in text
        text.encode("utf-8")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200))
def test_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")
