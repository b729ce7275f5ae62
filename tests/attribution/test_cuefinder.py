"""Cues in a paragraph: which words, of which cue, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.tokens import Paragraph

Read = Callable[..., Paragraph]


def _cue_words(paragraph: Paragraph) -> list[str]:
    found = []
    for cue in find_cues(paragraph):
        start, end = paragraph.span(cue.first, cue.last)
        found.append(paragraph.text[start + cue.start_offset : end])
    return list(dict.fromkeys(found))


def _first(paragraph: Paragraph, word: str) -> CueMatch:
    return next(
        cue for cue in find_cues(paragraph) if word in paragraph.text[slice(*paragraph.span(cue.first, cue.last))]
    )


@pytest.mark.parametrize(
    ("lang", "text", "cues"),
    [
        pytest.param("en", "Mara Venn said the quay was shut.", ["said"], id="verb"),
        pytest.param("en", "Mara Venn pointed out that it was shut.", ["pointed out"], id="particle-verb"),
        pytest.param("en", "It is shut, according to Mara Venn.", ["according to"], id="preposition"),
        pytest.param("en", "The ship sailed at noon.", [], id="none"),
        pytest.param("ar", "وقال كريم الزيتوني إن الرصيف مغلق.", ["قال"], id="conjunction-taken-off"),
        pytest.param("ar", "شدد كريم الزيتوني على أن الرصيف مغلق.", ["شدد"], id="ar-verb"),
        pytest.param("ar", "غادرت السفينة عند الظهر.", [], id="ar-none"),
        pytest.param("he", "דנה אורלב אמרה כי הרציף סגור.", ["אמרה"], id="he-verb"),
        pytest.param("he", "לדברי דנה אורלב, הרציף סגור.", ["לדברי"], id="he-according"),
        pytest.param("he", "דנה אורלב נשארה, והוסיפה כי הרציף סגור.", ["הוסיפה"], id="he-conjunction-taken-off"),
        pytest.param("he", "האונייה הפליגה בצהריים.", [], id="he-none"),
    ],
)
def test_cue_words(read: Read, lang: str, text: str, cues: list[str]) -> None:
    assert _cue_words(read(text, lang)) == cues


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        pytest.param("he", "הוגש נגדו כתב אישום בבית המשפט.", "כתב", id="charge-sheet"),
        pytest.param("en", "Needless to say, the ship sailed.", "say", id="needless-to-say"),
    ],
)
def test_phrases_that_only_look_like_a_cue(read: Read, lang: str, text: str, word: str) -> None:
    assert word not in _cue_words(read(text, lang))


@pytest.mark.parametrize(
    ("lang", "text", "word", "negated"),
    [
        pytest.param("en", "Mara Venn did not say that it was shut.", "say", True, id="en-negated"),
        pytest.param("en", "Mara Venn said that it was not shut.", "said", False, id="en-not-in-content"),
        pytest.param("ar", "لم يؤكد كريم الزيتوني أن الرصيف مغلق.", "يؤكد", True, id="ar-negated"),
        pytest.param("he", "דנה אורלב לא אמרה כי הרציף סגור.", "אמרה", True, id="he-negated"),
        pytest.param("he", "דנה אורלב אמרה כי הרציף לא נסגר.", "אמרה", False, id="he-not-in-content"),
    ],
)
def test_negation_of_the_cue(read: Read, lang: str, text: str, word: str, negated: bool) -> None:
    assert _first(read(text, lang), word).negated is negated


def test_auxiliaries_belong_to_the_group(read: Read) -> None:
    paragraph = read("The mayor has repeatedly denied that.", "en")
    cue = _first(paragraph, "denied")
    assert cue.auxiliary
    assert paragraph.word(cue.group_first) == "has"


def test_infinitive_is_marked(read: Read) -> None:
    assert _first(read("The mayor was to say that it was shut.", "en"), "say").infinitive


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        pytest.param("en", "Mara Venn, who said it was shut, left.", "said", id="en"),
        pytest.param("ar", "كريم الزيتوني الذي قال إن الرصيف مغلق غادر.", "قال", id="ar"),
    ],
)
def test_relative_pronoun_before_the_cue(read: Read, lang: str, text: str, word: str) -> None:
    assert _first(read(text, lang), word).relative


def test_cue_inside_a_quotation_knows_it(read: Read) -> None:
    paragraph = read('"He told us it was shut," said Mara Venn.', "en")
    assert _first(paragraph, "told").quotation == 0
    assert _first(paragraph, "said").quotation == -1


@pytest.mark.parametrize(
    ("lang", "text", "labelled"),
    [
        pytest.param("en", 'Mara Venn: "We stay."', True, id="name"),
        pytest.param("he", 'דנה אורלב: "אנחנו נשארים".', True, id="he"),
        pytest.param("ar", 'كريم الزيتوني: "نحن باقون".', True, id="ar"),
        pytest.param("en", '"He told us: never," she said.', False, id="inside-marks"),
        pytest.param(
            "en", "A very long sentence about the old quay and all of its many ships: nothing.", False, id="too-long"
        ),
    ],
)
def test_colon_behind_a_label_is_a_cue(read: Read, lang: str, text: str, labelled: bool) -> None:
    assert any(cue.form.cue_class == "label" for cue in find_cues(read(text, lang))) is labelled


@pytest.mark.parametrize(
    ("lang", "text", "word", "gender"),
    [
        pytest.param("ar", "قالت هالة القاسم نعم.", "قالت", "f", id="ar-feminine"),
        pytest.param("ar", "قال كريم الزيتوني نعم.", "قال", "m", id="ar-masculine"),
        pytest.param("he", "דנה אורלב אמרה כן.", "אמרה", "f", id="he-feminine"),
        pytest.param("en", "Mara Venn said yes.", "said", "", id="en-none"),
    ],
)
def test_gender_of_the_form(read: Read, lang: str, text: str, word: str, gender: str) -> None:
    assert _first(read(text, lang), word).form.gender == gender


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        pytest.param("he", "לדבריו, הרציף סגור.", "לדבריו", id="he"),
        pytest.param("ar", "الرصيف مغلق، على حد قوله.", "قوله", id="ar"),
    ],
)
def test_attached_pronoun_is_the_speaker(read: Read, lang: str, text: str, word: str) -> None:
    assert _first(read(text, lang), word).form.pronoun


def test_several_cues_come_in_text_order(read: Read) -> None:
    paragraph = read("Mara Venn said it was shut, adding that Dana Orlev had warned that it might be.", "en")
    places = [cue.first for cue in find_cues(paragraph)]
    assert places == sorted(places)
    assert _cue_words(paragraph) == ["said", "adding", "warned"]
