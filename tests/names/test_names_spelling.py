from __future__ import annotations

import pytest

from tracker.errors import ConfigError
from tracker.lang.tables import read_toml
from tracker.names.lexicon import split_words
from tracker.names.phones import PHONES_FILE, PhoneTable, parse_reading
from tracker.names.spelling import MAX_READINGS, speller
from tracker.names.tokens import parse_name


def heard(word: str) -> set[str]:
    """The first phone of each unit, one string a reading."""
    units = speller().table.units
    return {"".join(units[unit][0][0] for unit in reading) for reading in speller().readings(word)}


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        pytest.param("churchill", "CurCil", id="ch"),
        pytest.param("geresh", "JereS", id="soft-g-before-e"),
        pytest.param("cohen", "kohen", id="hard-c-before-o"),
        pytest.param("celik", "selik", id="soft-c-before-e"),
        pytest.param("knox", "k", id="silent-k-is-a-unit"),
        pytest.param("čapek", "Capek", id="latin-with-a-mark-of-its-own"),
        pytest.param("dvořák", "dvorZak", id="latin-letter-as-two-phones"),
        pytest.param("ç", "s", id="cedilla"),
        pytest.param("jürgen", "Jurgen", id="umlaut"),
    ],
)
def test_latin_letters_are_read_in_groups(word: str, reading: str) -> None:
    assert any(found.startswith(reading[:3]) for found in heard(word))


@pytest.mark.parametrize(
    ("with_mark", "without"),
    [
        pytest.param("ג'", "ג", id="j"),
        pytest.param("צ'", "צ", id="ch"),
        pytest.param("ז'", "ז", id="zh"),
        pytest.param("ת'", "ת", id="th"),
    ],
)
def test_hebrew_geresh_changes_the_letter(with_mark: str, without: str) -> None:
    assert heard(with_mark) != heard(without)


def test_readings_are_few_even_for_words_full_of_alternatives() -> None:
    assert 1 <= len(speller().readings("schrzschrzschrzschrz")) <= MAX_READINGS


def test_doubled_letters_are_one_only_where_vowels_are_written() -> None:
    assert speller().readings("anna") == speller().readings("ana")
    assert speller().readings("ררה") != speller().readings("רה")


def test_a_letter_of_an_unknown_script_stands_for_itself() -> None:
    first, second = speller().readings("Ω"), speller().readings("Ψ")
    table = speller().table
    assert table.distance(first[0], first[0], 1000) == 0
    assert table.distance(first[0], second[0], 1000) >= 90


def test_distance_is_zero_for_the_same_and_symmetric() -> None:
    table = speller().table
    first, second = speller().readings("boaz")[0], speller().readings("בועז")[0]
    assert table.distance(first, first, 1000) == 0
    assert table.distance(first, second, 1000) == table.distance(second, first, 1000)


def test_distance_above_the_limit_is_a_lower_bound() -> None:
    table = speller().table
    first, second = speller().readings("boaz")[0], speller().readings("netanyahu")[0]
    assert 50 <= table.distance(first, second, 50) <= table.distance(first, second, 10_000)


@pytest.mark.parametrize(
    ("text", "message"),
    [pytest.param("b/Q", "is no phone", id="phone"), pytest.param("b/v:x", "hundredths", id="cost")],
)
def test_a_wrong_reading_names_its_place(text: str, message: str) -> None:
    table = PhoneTable(read_toml(PHONES_FILE))
    with pytest.raises(ConfigError, match=rf"names\.toml: letters\.b.*{message}"):
        parse_reading(text, table, "names.toml: letters.b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("J.P. Morgan", ["j", "p", "morgan"], id="initials"),
        pytest.param("Sinéad O’Connor", ["sinéad", "oconnor"], id="apostrophe"),
        pytest.param("ז׳בוטינסקי", ["ז'בוטינסקי"], id="hebrew-geresh-kept"),
        pytest.param("«محمـد» علي،", ["محمد", "علي"], id="marks-and-tatweel"),
        pytest.param("אל־אסד", ["אל", "אסד"], id="maqaf"),
    ],
)
def test_words_are_folded_and_split(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Prime Minister Benjamin Netanyahu", "benjamin netanyahu", id="title-of-two-words"),
        pytest.param("السيد الرئيس محمود عباس", "محمود عباس", id="two-titles"),
        pytest.param('ד"ר יוסי ביילין', "יוסי ביילין", id="hebrew-doctor"),
        pytest.param("Sheikh", "sheikh", id="nothing-but-a-title"),
        pytest.param("Jane Roe, PhD", "jane roe", id="degree"),
        pytest.param("Jane Roe Jr.", "jane roe junior", id="generation-kept-in-the-key"),
        pytest.param("عبد الله اللافي", "عبدالله اللافي", id="joined"),
        pytest.param("עבד אל-חמיד", "עבדאלחמיד", id="joined-over-the-article"),
        pytest.param("Abu Mazen", "abumazen", id="father-of"),
    ],
)
def test_name_key(text: str, key: str) -> None:
    assert parse_name(text).key == key


def test_a_given_name_that_is_also_a_particle_counts_in_front() -> None:
    ben, surname = parse_name("Ben Gantz").tokens
    assert not ben.particle
    assert not surname.particle
    assert parse_name("Eyal Ben Reuven").tokens[1].particle
