"""The table of concepts: complete, consistent, and met in running text."""

from pathlib import Path

import pytest

from tracker.claims.lexicon import is_acronym, load_lexicon, read_lexicon
from tracker.claims.profile import profile
from tracker.claims.scripts import script_of
from tracker.errors import ConfigError
from tracker.records import Claim

LEXICON = load_lexicon()


def concepts_of(text: str, lang: str) -> set[str]:
    found = set()
    for token in profile(Claim(text, lang=lang)).tokens:
        found |= {LEXICON.concepts[key].id for key in token.keys if isinstance(key, int)}
    return found


def test_there_are_many_concepts():
    assert len(LEXICON.concepts) >= 3000


def test_every_concept_has_forms_in_all_three_languages():
    assert [c.id for c in LEXICON.concepts if set(c.forms) != {"ar", "he", "en"} or not all(c.forms.values())] == []


@pytest.mark.parametrize(("lang", "script"), [("ar", "Arab"), ("he", "Hebr")])
def test_forms_are_written_in_the_script_of_their_language(lang: str, script: str):
    strays = [
        (concept.id, form)
        for concept in LEXICON.concepts
        for form in concept.forms[lang]
        for letter in form
        if letter.isalpha() and script_of(letter) not in (script, "Latn")
    ]
    assert strays == []


def test_opposites_hold_in_both_directions():
    for number, others in LEXICON.opposites.items():
        assert number not in others, LEXICON.name(number)
        assert all(number in LEXICON.opposites[other] for other in others), LEXICON.name(number)


@pytest.mark.parametrize(
    ("text", "lang", "concept"),
    [
        pytest.param("وبالحكومات", "ar", "government", id="ar-three-prefixes-and-plural"),
        pytest.param("للجزائر", "ar", "algeria", id="ar-article-swallowed-by-lam"),
        pytest.param("ستهاجم", "ar", "attack", id="ar-future-feminine"),
        pytest.param("هجماتها", "ar", "attack", id="ar-possessive"),
        pytest.param("والمصريين", "ar", "egypt", id="ar-nisba-plural"),
        pytest.param("وقف إطلاق النار", "ar", "ceasefire", id="ar-several-words"),
        pytest.param("בַּמֶּמְשָׁלָה", "he", "government", id="he-points"),
        pytest.param("ובישיבות", "he", "meeting", id="he-two-prefixes-and-plural"),
        pytest.param("שבממשלתו", "he", "government", id="he-construct-with-pronoun"),
        pytest.param("בבית החולים", "he", "hospital", id="he-construct-with-article"),
        pytest.param('צה"ל', "he", "idf", id="he-gershayim"),
        pytest.param("צה״ל", "he", "idf", id="he-gershayim-sign"),
        pytest.param("נפסיק", "he", "stop", id="he-first-person-plural"),
        pytest.param("countries", "en", "state", id="en-plural"),
        pytest.param("stopping", "en", "stop", id="en-doubled"),
        pytest.param("the U.S. army", "en", "united_states", id="en-acronym-with-stops"),
        pytest.param("cease-fire", "en", "ceasefire", id="en-hyphen"),
    ],
)
def test_inflected_words_are_met(text: str, lang: str, concept: str):
    assert concept in concepts_of(text, lang)


@pytest.mark.parametrize(
    ("text", "lang", "concept"),
    [
        pytest.param("they told us", "en", "united_states", id="us-is-a-pronoun"),
        pytest.param("who came", "en", "who", id="who-asks"),
        pytest.param("בשר", "he", "minister", id="meat-is-no-minister"),
    ],
)
def test_words_that_only_look_alike_are_not(text: str, lang: str, concept: str):
    assert concept not in concepts_of(text, lang)


def test_acronyms_are_short_and_in_capitals():
    assert is_acronym("US")
    assert not is_acronym("us")
    assert not is_acronym("UNESCO")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[a]\nen = "a"\nxx = "b"\n', "no language 'xx'"),
        ('[a]\nen = ["a"]\n', "separated by commas"),
        ('[a]\nen = "a"\nopposite = "b"\n', "no concept 'b'"),
    ],
    ids=["unknown-language", "not-text", "unknown-opposite"],
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str, message: str):
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_lexicon(tmp_path)


def test_a_concept_in_two_files_is_refused(tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text('[a]\nen = "a"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="given twice"):
        read_lexicon(tmp_path)
