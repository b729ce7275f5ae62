from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from tracker.lang import language_codes, load_pack
from tracker.names.lexicon import fold_word
from tracker.names.phones import parse_reading
from tracker.names.spelling import speller

CODES = [code for code in language_codes() if (load_pack(code).folder / "names.toml").is_file()]


@pytest.mark.parametrize("code", CODES)
def test_every_letter_of_the_language_can_be_read(code: str) -> None:
    script = load_pack(code).language.script
    words = {word for word in load_pack(code).language.frequent_words if "'" not in word}
    plain = {letter for word in words for letter in fold_word(word) if letter.isalpha()}
    readable = speller().spellings[script].anywhere
    assert {letter for letter in plain if speller().script(letter) == script and letter not in readable} <= {"à", "é"}


@pytest.mark.parametrize("code", CODES)
def test_every_reading_can_be_parsed(code: str) -> None:
    names = load_pack(code).names
    for entries in (names.letters, names.initial, names.final):
        for form, text in entries.items():
            assert parse_reading(text, speller().table, form)


@pytest.mark.parametrize("code", CODES)
def test_lists_hold_nothing_twice(code: str) -> None:
    names = load_pack(code).names
    for values in (names.particles, names.joiners, names.honorifics, names.suffixes, names.generations):
        assert [value for value, count in Counter(map(fold_word, values)).items() if count > 1] == []
    for values in (*names.given.values(), *names.callings.values()):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_given_names_meet_under_one_id_in_several_languages() -> None:
    counts = Counter(given for code in CODES for given in load_pack(code).names.given)
    assert sum(count == len(CODES) for count in counts.values()) > 50


def test_importing_names_reads_no_data() -> None:
    heavy = "('tracker.lang', 'spacy', 'numpy')"
    code = f"import sys, tracker.names; sys.exit(any(name.startswith({heavy}) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own code
