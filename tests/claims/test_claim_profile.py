"""What is found in one claim: language, negation, hedging, who says it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims.profile import profile
from tracker.claims.scripts import language_of
from tracker.records import Claim


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("نفى الوزير الخبر", "ar"),
        ("השר הכחיש", "he"),
        ("The minister denied it", "en"),
        ("חברת Orvanta הודיעה", "he"),
        ("12 %", "und"),
        ("", "und"),
    ],
)
def test_language_by_script(text: str, lang: str):
    assert language_of(text) == lang


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The army will not withdraw", ("not",), id="en-not"),
        pytest.param("They don't agree", ("don't",), id="en-contraction"),
        pytest.param("No one was hurt", ("No one",), id="en-two-words"),
        pytest.param("الجيش لن ينسحب", ("لن",), id="ar-future"),
        pytest.param("ולא יתפטר", ("ולא",), id="he-conjunction"),
        pytest.param("not only the minister", (), id="en-not-only"),
        pytest.param("لا يزال الوزير في منصبه", (), id="ar-still"),
        pytest.param("אין ספק שיתפטר", (), id="he-no-doubt"),
        pytest.param("a notable note", (), id="en-inside-words"),
    ],
)
def test_negators(text: str, words: tuple[str, ...]):
    assert profile(text).negators == words


@pytest.mark.parametrize("text", ["Baku denied the report", "ونفت باكو الخبر", "באקו הכחישה את הידיעה"])
def test_denials(text: str):
    assert len(profile(text).denials) == 1


def test_the_word_behind_a_negator_is_negated():
    negated = [token.text for token in profile("The army did not attack the base").tokens if token.negated]
    assert negated == ["attack"]


@pytest.mark.parametrize("text", ["He may resign", "ربما يستقيل", "ייתכן שיתפטר"])
def test_hedges(text: str):
    assert profile(text).hedges


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("The mayor said that prices rose", ["mayor"], id="en-that"),
        pytest.param("رئيس البلدية: الأسعار ارتفعت", ["رئيس البلدية"], id="ar-colon"),
        pytest.param("قال العمدة إن الأسعار ارتفعت", ["العمدة"], id="ar-verb-first"),
        pytest.param("ראש העיר אמר כי המחירים עלו", ["ראש העיר"], id="he-that"),
        pytest.param("Prices rose", [], id="nobody"),
        pytest.param("Nikos Vardas said 27 people were rescued", ["Nikos", "Vardas"], id="en-no-that"),
        pytest.param("Strike to shut schools, says Dorit Almog of the union", [], id="en-speaker-behind"),
        pytest.param("The price of bread rose, Nikos Vardas said", [], id="en-speaker-last"),
    ],
)
def test_who_says_it_in_the_text(text: str, source: list[str]):
    found = profile(text)
    assert [token.text for token in found.tokens[: found.source]] == source


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, "ar", "he", "en", "und", "fa", "xx"]))
def test_any_text_has_a_profile(text: str, lang: str | None):
    found = profile(Claim(text, lang=lang, date="not a date"))
    assert all(0 <= token.start < token.end for token in found.tokens)
    assert all(figure.low <= figure.high for figure in found.figures)
