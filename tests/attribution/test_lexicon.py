"""What one word may be: attached particles seen through, cues of every form."""

from __future__ import annotations

import pytest

from tracker.attribution.lexicon import (
    COMPLEMENTISER,
    GIVEN_NAME,
    GLUED,
    HONORIFIC,
    KNOWN,
    MARK,
    ORGANISATION,
    PLACE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THING,
    TITLE,
    WORD,
    lexicon_of,
    words_of,
)
from tracker.errors import ConfigError
from tracker.text import fold


@pytest.mark.parametrize(
    ("lang", "word", "bits"),
    [
        pytest.param("en", "that", COMPLEMENTISER, id="en-complementiser"),
        pytest.param("en", "Mayor", TITLE, id="en-title"),
        pytest.param("en", "she", PRONOUN, id="en-pronoun"),
        pytest.param("en", "Mr", HONORIFIC, id="en-honorific"),
        pytest.param("ar", "إن", COMPLEMENTISER, id="ar-complementiser"),
        pytest.param("ar", "وزير", TITLE, id="ar-title"),
        pytest.param("ar", "الوزير", TITLE, id="ar-behind-article"),
        pytest.param("ar", "والوزير", TITLE, id="ar-behind-conjunction-and-article"),
        pytest.param("ar", "لوزارة", ORGANISATION | GLUED, id="ar-behind-preposition"),
        pytest.param("ar", "كريم", GIVEN_NAME, id="ar-given-name"),
        pytest.param("ar", "اجتماع", THING, id="ar-thing"),
        pytest.param("ar", "الاجتماع", THING, id="ar-thing-behind-article"),
        pytest.param("ar", "لاجتماع", THING | GLUED, id="ar-thing-behind-preposition"),
        pytest.param("ar", "اجتماعهم", THING, id="ar-thing-with-pronoun"),
        pytest.param("ar", "خلاله", PREPOSITION, id="ar-preposition-with-pronoun"),
        pytest.param("ar", "أمام", PREPOSITION, id="ar-spelling-tells-preposition"),
        pytest.param("ar", "إمام", TITLE, id="ar-spelling-tells-title"),
        pytest.param("he", "פגישה", THING, id="he-thing"),
        pytest.param("he", "בשלב", THING | GLUED, id="he-thing-behind-preposition"),
        pytest.param("he", "כספי", 0, id="he-name-that-begins-like-a-comparison"),
        pytest.param("en", "WHO", KNOWN, id="en-acronym"),
        pytest.param("en", "who", RELATIVE, id="en-relative"),
        pytest.param("he", "כי", COMPLEMENTISER, id="he-complementiser"),
        pytest.param("he", "השר", TITLE, id="he-behind-article"),
        pytest.param("he", "והשר", TITLE, id="he-behind-conjunction-and-article"),
        pytest.param("he", "היא", PRONOUN, id="he-pronoun"),
        pytest.param("he", "נועה", GIVEN_NAME, id="he-given-name"),
        pytest.param("en", "London", PLACE, id="en-place"),
        pytest.param(
            "ar", "للوزارة", ORGANISATION | GLUED, id="ar-preposition-swallows-article",
        ),
        pytest.param(
            "en", "Mr.", HONORIFIC, id="en-honorific-with-stop",
        ),
    ],
)  # fmt: skip
def test_class_of_a_word(lang: str, word: str, bits: int) -> None:
    _, flags = lexicon_of(lang).read(word)
    assert flags & bits == bits
    assert flags & WORD


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
@pytest.mark.parametrize("mark", ['"', "“", "”", "„", "«", "»", "״", "''"])
def test_every_quotation_mark_reads_alike(lang: str, mark: str) -> None:
    assert lexicon_of(lang).read(mark) == ('"', MARK)


@pytest.mark.parametrize(
    ("lang", "word", "bare"),
    [
        pytest.param("ar", "والوزير", "وزير", id="ar"),
        pytest.param("he", "והשר", "שר", id="he"),
        pytest.param("en", "mayor", "mayor", id="en"),
    ],
)
def test_bare_word(lang: str, word: str, bare: str) -> None:
    assert lexicon_of(lang).bare(fold(word)) == bare


@pytest.mark.parametrize(
    ("lang", "form"),
    [
        pytest.param("ar", "قال", id="ar"),
        pytest.param("ar", "وقال", id="ar-conjunction"),
        pytest.param("ar", "مؤكدا", id="ar-participle"),
        pytest.param("he", "אמר", id="he"),
        pytest.param("he", "והוסיפה", id="he-conjunction"),
        pytest.param("he", "לדברי", id="he-according"),
        pytest.param("en", "said", id="en"),
        pytest.param("en", "according", id="en-phrase"),
    ],
)
def test_forms_of_cues_are_found_by_their_first_word(lang: str, form: str) -> None:
    assert fold(form) in lexicon_of(lang).cue_forms


def test_vowel_signs_and_hamza_change_no_reading() -> None:
    lexicon = lexicon_of("ar")
    assert lexicon.read("إِنَّ") == lexicon.read("ان")
    assert fold("أكّد") in lexicon.cue_forms


def test_words_of_a_phrase_are_folded() -> None:
    assert words_of("Prime  Minister") == ("prime", "minister")


def test_language_without_a_folder_is_refused() -> None:
    with pytest.raises(ConfigError, match="no language 'xx'"):
        lexicon_of("xx")
