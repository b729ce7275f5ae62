"""The folded shadow: a reader's spelling finds the page's, and plain full-text search does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UsageError
from tracker.store.shadow import MAX_WORD, make_shadow, match_expression, shadow_lexicon, split_words

LANGS = ("ar", "he", "en")

# What the page prints, what a reader types.
SPELLINGS = [
    pytest.param("ar", "الحُكُومَةُ", "الحكومة", id="tashkeel"),
    pytest.param("ar", "أحمد", "احمد", id="hamza on alef"),
    pytest.param("ar", "مسؤول", "مسوول", id="hamza on waw"),
    pytest.param("ar", "آثار", "اثار", id="madda"),
    pytest.param("ar", "مصطفى", "مصطفي", id="alef maqsura"),
    pytest.param("ar", "الوزارة", "الوزاره", id="ta marbuta"),
    pytest.param("ar", "العـــراق", "العراق", id="tatweel"),
    pytest.param("ar", "٢٠٢٣", "2023", id="Arabic-Indic digits"),
    pytest.param("ar", "۲۰۲۳", "2023", id="Persian digits"),
    pytest.param("ar", "١٬٥٠٠", "1500", id="grouped digits"),
    pytest.param("ar", "والوزير", "الوزير", id="wa"),
    pytest.param("ar", "فالوزير", "الوزير", id="fa"),
    pytest.param("ar", "بالوزارة", "الوزارة", id="bi"),
    pytest.param("ar", "للوزير", "وزير", id="li with its article"),
    pytest.param("ar", "كالوزير", "وزير", id="ka"),
    pytest.param("ar", "وبالوزارة", "وزارة", id="three layers"),
    pytest.param("ar", "الدم", "دم", id="short word behind the article"),
    pytest.param("ar", "وزير", "الوزير", id="reader's article"),
    pytest.param("he", "שָׁלוֹם", "שלום", id="niqqud"),
    pytest.param("he", "שלומ", "שלום", id="final letter"),
    pytest.param("he", "צה״ל", 'צה"ל', id="gershayim, both ways"),
    pytest.param("he", "צה״ל", "צהל", id="gershayim of the page only"),
    pytest.param("he", 'רמטכ"ל', "רמטכל", id="without gershayim"),
    pytest.param("he", "ג׳ורג׳", "ג'ורג'", id="geresh"),
    pytest.param("he", "והממשלה", "ממשלה", id="ve-ha"),
    pytest.param("he", "בממשלה", "ממשלה", id="be"),
    pytest.param("he", "לממשלה", "הממשלה", id="le, reader's article"),
    pytest.param("he", "מהממשלה", "ממשלה", id="me-ha"),
    pytest.param("he", "כממשלה", "ממשלה", id="ke"),
    pytest.param("he", "שהממשלה", "ממשלה", id="she-ha"),
    pytest.param("he", "כשהממשלה", "ממשלה", id="kshe-ha"),
    pytest.param("he", "הגז", "גז", id="two letters behind the article"),
    pytest.param("he", "בית־הספר", "הספר", id="maqaf"),
    pytest.param("en", "Résumé", "resume", id="accent"),
    pytest.param("en", "minister's", "minister", id="possessive"),
    pytest.param("en", "don’t", "don't", id="curly apostrophe"),
    pytest.param("en", "MINISTER", "minister", id="case"),
]


def _finds(shadow: tuple[str, str], expression: str) -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE shadow USING fts5 (words, variants, tokenize='unicode61 remove_diacritics 0')"
        )
        connection.execute("INSERT INTO shadow VALUES (?, ?)", shadow)
        return bool(connection.execute("SELECT 1 FROM shadow WHERE shadow MATCH ?", (expression,)).fetchall())
    finally:
        connection.close()


def _plain_search_finds(page: str, reader: str) -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (words, tokenize='unicode61')")
        connection.execute("INSERT INTO plain VALUES (?)", (page,))
        phrase = '"' + reader.replace('"', '""') + '"'
        return bool(connection.execute("SELECT 1 FROM plain WHERE plain MATCH ?", (phrase,)).fetchall())
    finally:
        connection.close()


@pytest.mark.parametrize(("lang", "page", "reader"), SPELLINGS)
def test_reader_finds_the_spelling_of_the_page(lang: str, page: str, reader: str) -> None:
    assert _finds(make_shadow(f"- {page}, -", lang), match_expression(reader, langs=LANGS))


# unicode61 folds case, Latin accents and some marks by itself; all the rest is the shadow's work.
_UNICODE61_KNOWS = {"gershayim, both ways", "geresh", "maqaf", "accent", "possessive", "curly apostrophe", "case"}


@pytest.mark.parametrize(("lang", "page", "reader"), [case for case in SPELLINGS if case.id not in _UNICODE61_KNOWS])
def test_plain_unicode61_does_not(lang: str, page: str, reader: str) -> None:
    assert not _plain_search_finds(page, reader)


@pytest.mark.parametrize(
    ("lang", "page", "reader"),
    [
        pytest.param("ar", "وزير", "زيرو", id="another word"),
        pytest.param("ar", "ويد", "يد", id="stem too short"),
        pytest.param("ar", "وزير", "ير", id="only one particle that may follow"),
        pytest.param("he", "משרד הביטחון", "חינוך", id="other word"),
        pytest.param("he", "כלב", "לב", id="dog is no heart"),
        pytest.param("en", "business", "siness", id="English has no attached particles"),
    ],
)
def test_what_is_not_there_is_not_found(lang: str, page: str, reader: str) -> None:
    assert not _finds(make_shadow(page, lang), match_expression(reader, langs=LANGS))


def test_whole_word_stays_findable_beside_its_stem() -> None:
    words, variants = make_shadow("وزير الخارجية", "ar")
    assert words == "وزير الخارجيه"
    assert variants.split() == ["زير", "خارجيه"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param('"foreign minister"', True, id="phrase"),
        pytest.param('"minister foreign"', False, id="phrase in another order"),
        pytest.param("minister foreign", True, id="words in any order"),
        pytest.param("minister absent", False, id="all words must occur"),
        pytest.param("minist*", True, id="beginning of a word"),
        pytest.param("minist", False, id="not without the star"),
        pytest.param("“foreign minister”", True, id="curly phrase"),
        pytest.param('"foreign minister', True, id="quotation never closed"),
        pytest.param("foreign AND NOT minister", False, id="operators are words"),
        pytest.param("words:foreign", False, id="column names are words"),
        pytest.param('foreign" OR "x', False, id="quotation marks do not break out"),
        pytest.param("NEAR(foreign minister)", False, id="functions are words"),
    ],
)
def test_query_syntax(query: str, found: bool) -> None:
    assert _finds(make_shadow("The foreign minister spoke.", "en"), match_expression(query, langs=LANGS)) is found


@pytest.mark.parametrize("query", ["", "  ", '"', "* ?", "«»", "ـ"])
def test_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        match_expression(query, langs=LANGS)


@given(st.text(max_size=60))
def test_any_query_is_an_expression_or_a_usage_error(query: str) -> None:
    try:
        expression = match_expression(query, langs=LANGS)
    except UsageError:
        return
    _finds(("a", "b"), expression)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80), st.sampled_from(["ar", "he", "en", "und"])
)
def test_shadow_holds_folded_words_only(text: str, lang: str) -> None:
    words, variants = make_shadow(text, lang)
    for word in (*words.split(), *variants.split()):
        assert word.isalnum()
        assert len(word) <= MAX_WORD


@given(st.text(alphabet="وفبلكالوزير", min_size=1, max_size=12))
def test_stems_are_ends_of_the_word(word: str) -> None:
    for stem in shadow_lexicon("ar").stems(word):
        assert word.endswith(stem)
        assert 2 <= len(stem) < len(word)


@pytest.mark.parametrize(
    "text", ["و" * 300_000, "'" * 300_000, "a'" * 150_000, '"א' * 150_000, "1," * 150_000, "\u064b" * 300_000]
)
def test_hostile_text_costs_linear_time(text: str, cpu_seconds: Callable[..., float]) -> None:
    assert cpu_seconds(lambda: make_shadow(text, "ar")) < 3


def test_unknown_language_has_no_particles() -> None:
    assert make_shadow("والوزير", "xx") == ("والوزير", "")


def test_split_words_keeps_the_parts_of_a_possessive() -> None:
    assert split_words("minister’s") == [("ministers", ["minister"])]
