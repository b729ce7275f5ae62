"""Every language that can be compared brings the tables that comparing needs."""

import pytest

from tracker.claims.lexicon import load_lexicon
from tracker.claims.phrases import tables_of
from tracker.claims.scripts import comparable_languages, script_languages
from tracker.lang import load_pack
from tracker.text import fold


def test_three_languages_can_be_compared():
    assert {"ar", "he", "en"} <= set(comparable_languages())
    assert script_languages() == {"Arab": "ar", "Hebr": "he", "Latn": "en"}


@pytest.mark.parametrize("code", ["ar", "he", "en"])
def test_negation_and_numbers_are_there(code: str):
    pack = load_pack(code)
    assert len(pack.negation.negators) >= 20
    assert len(pack.negation.denials) >= 10
    assert {pack.numbers.values[form] for form in pack.numbers.values} >= {*range(1, 11), *range(20, 100, 10)}
    assert {1000, 10**6, 10**9} <= set(pack.numbers.scales.values())
    assert {"USD", "EUR", "ILS"} <= set(pack.numbers.currency.values())


@pytest.mark.parametrize("code", ["ar", "he", "en"])
@pytest.mark.parametrize("name", ["negators", "denials", "reversals", "harmless", "hedges"])
def test_no_form_is_listed_twice(code: str, name: str):
    forms = getattr(load_pack(code).negation, name)
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("code", ["ar", "he", "en"])
def test_harmless_phrases_hold_a_negator(code: str):
    negation = load_pack(code).negation
    words = {fold(word) for form in (*negation.negators, *negation.hedges) for word in form.split()}
    loose = [form for form in negation.harmless if not words & {fold(word) for word in form.split()}]
    assert len(loose) <= len(negation.harmless) / 2, loose


@pytest.mark.parametrize("code", ["ar", "he", "en"])
def test_endings_put_something_in_the_place_of_something(code: str):
    tables = tables_of(code)
    assert all(old and old != new for old, new in tables.endings)
    assert all(old and old != new for old, new in tables.fronts)


def test_a_language_without_tables_is_neutral():
    assert tables_of("und").exact == {}
    assert all(not phrase.rest for phrase in tables_of("und").inflected.values())


@pytest.mark.parametrize("code", ["ar", "he", "en"])
def test_every_concept_is_reachable(code: str):
    tables = tables_of(code)
    listed = {
        int(phrase.value)
        for table in (tables.exact, tables.inflected)
        for phrases in table.values()
        for phrase in phrases
        if phrase.label == "concept"
    }
    assert listed == {concept.number for concept in load_lexicon().concepts}
