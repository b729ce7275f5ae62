"""Candidate contents of a cue: where what was said may stand, and how far a clause may reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.clauses import behind_addressee, behind_glued, clause_ends, places_of, skip_asides
from tracker.attribution.cuefinder import CueMatch, find_cues
from tracker.attribution.reading import scope_of
from tracker.attribution.readings import readings_of
from tracker.attribution.tokens import Paragraph

Read = Callable[..., Paragraph]
TokensOf = Callable[[Paragraph, str], tuple[int, int]]


def _cue(paragraph: Paragraph, tokens_of: TokensOf, word: str) -> tuple[list[CueMatch], int]:
    cues = find_cues(paragraph)
    first = tokens_of(paragraph, word)[0]
    return cues, next(number for number, cue in enumerate(cues) if cue.first == first)


def _candidates(paragraph: Paragraph, tokens_of: TokensOf, word: str) -> set[tuple[str, ...]]:
    cues, number = _cue(paragraph, tokens_of, word)
    return {
        tuple(paragraph.text[slice(*paragraph.span(*part))] for part in reading.content)
        for reading in readings_of(paragraph, cues[number], cues, number)
    }


@pytest.mark.parametrize(
    ("lang", "text", "cue", "content"),
    [
        pytest.param("en", '"We stay put," said Mara Venn.', "said", ("We stay put,",), id="quotation-before"),
        pytest.param("en", 'Mara Venn said: "We stay put."', "said", ("We stay put.",), id="quotation-after"),
        pytest.param(
            "en", '"We stay," said Mara Venn, "and wait."', "said", ("We stay,", "and wait."), id="quotation-around"
        ),
        pytest.param("en", "Mara Venn said that it rained.", "said", ("it rained.",), id="that"),
        pytest.param("en", "Mara Venn said it rained.", "said", ("it rained.",), id="bare"),
        pytest.param("en", "It rained, Mara Venn said.", "said", ("It rained",), id="inverted"),
        pytest.param("en", "Mara Venn said: we stay put.", "said", ("we stay put.",), id="colon"),
        pytest.param("en", "Mara Venn called for an inquiry.", "called for", ("an inquiry.",), id="object"),
        pytest.param("en", "It rained, according to Mara Venn.", "according", ("It rained",), id="according-behind"),
        pytest.param("en", "According to Mara Venn, it rained.", "According", ("it rained.",), id="according-before"),
        pytest.param("ar", "قال كريم الزيتوني إن الرصيف مغلق.", "قال", ("الرصيف مغلق.",), id="ar-that"),
        pytest.param("ar", "قال كريم الزيتوني إنه باق هنا.", "قال", ("إنه باق هنا.",), id="ar-kept-pronoun"),
        pytest.param("ar", 'قال كريم الزيتوني: "نحن باقون".', "قال", ("نحن باقون",), id="ar-quotation"),
        pytest.param("ar", "حذر كريم الزيتوني من انهيار الجسر.", "حذر", ("انهيار الجسر.",), id="ar-preposition"),
        pytest.param("he", "דנה אורלב אמרה כי הרציף סגור.", "אמרה", ("הרציף סגור.",), id="he-that"),
        pytest.param(
            "he", '"אנחנו נשארים כאן הלילה", אמרה דנה אורלב.', "אמרה", ("אנחנו נשארים כאן הלילה",), id="he-quotation"
        ),
        pytest.param("he", "לדברי דנה אורלב, הרציף סגור היום.", "לדברי", ("הרציף סגור היום.",), id="he-according"),
    ],
)
def test_candidate_is_proposed(
    read: Read, tokens_of: TokensOf, lang: str, text: str, cue: str, content: tuple[str, ...]
) -> None:
    assert content in _candidates(read(text, lang), tokens_of, cue)


@pytest.mark.parametrize(
    ("lang", "text", "cue"),
    [
        pytest.param("en", "According to law, every ship must carry two boats.", "According", id="en"),
        pytest.param("he", "לפי חוק הספנות, כל אונייה חייבת לשאת שתי סירות.", "לפי", id="he"),
        pytest.param(
            "en",
            "According to the law, every ship must carry two boats.",
            "According",
            id="en-article",
            marks=pytest.mark.xfail(strict=True, reason="a norm is looked for in the first word, which is the article"),
        ),
        pytest.param(
            "he",
            "לפי החוק, כל אונייה חייבת לשאת שתי סירות.",
            "לפי",
            id="he-article",
        ),
    ],
)
def test_a_norm_says_nothing(read: Read, tokens_of: TokensOf, lang: str, text: str, cue: str) -> None:
    assert _candidates(read(text, lang), tokens_of, cue) == set()


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_contents_never_cover_their_cue(read: Read, lang: str) -> None:
    text = {
        "en": '"We stay," said Mara Venn, adding that it rained, according to Dana Orlev.',
        "ar": 'قال كريم الزيتوني إن الرصيف مغلق، مضيفا أن "الجسر آمن"، بحسب الوزارة.',
        "he": 'דנה אורלב אמרה כי הרציף סגור והוסיפה: "נחכה", לפי משרד התחבורה.',
    }[lang]
    paragraph = read(text, lang)
    cues = find_cues(paragraph)
    for number, cue in enumerate(cues):
        for reading in readings_of(paragraph, cue, cues, number):
            assert reading.content
            assert all(0 <= first < last <= len(paragraph) for first, last in reading.content)
            assert not any(first <= cue.first < last for first, last in reading.content)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        pytest.param("Mara Venn said it rained, adding that roofs fell.", "participle", id="participle"),
        pytest.param("Mara Venn said it rained while the ships sailed.", "subordinator-bare", id="subordinator"),
        pytest.param("Mara Venn said it rained, according to Dana Orlev.", "according", id="according"),
        pytest.param("Mara Venn said it rained.", "sentence", id="sentence"),
    ],
)
def test_places_where_a_clause_may_end(read: Read, tokens_of: TokensOf, text: str, end: str) -> None:
    paragraph = read(text, "en")
    cues, number = _cue(paragraph, tokens_of, "said")
    cue = cues[number]
    ends = clause_ends(paragraph, cue.last, cue, cues, number, scope_of(paragraph, cue))
    assert end in {name for name, _ in ends}


@pytest.mark.parametrize(
    ("lang", "text", "word", "first"),
    [
        pytest.param("en", "Mara Venn said no.", "said", "before", id="en-verb"),
        pytest.param("en", "No, according to Mara Venn.", "according", "after", id="en-according"),
        pytest.param("ar", "قال كريم الزيتوني نعم.", "قال", "after", id="ar-verb"),
    ],
)
def test_usual_place_of_the_speaker(
    read: Read, tokens_of: TokensOf, lang: str, text: str, word: str, first: str
) -> None:
    paragraph = read(text, lang)
    cues, number = _cue(paragraph, tokens_of, word)
    assert places_of(cues[number], paragraph)[0] == first


def test_addressee_is_skipped(read: Read, tokens_of: TokensOf) -> None:
    paragraph = read("Mara Venn told reporters that it rained.", "en")
    cues, number = _cue(paragraph, tokens_of, "told")
    cue = cues[number]
    behind = behind_addressee(paragraph, cue.last, scope_of(paragraph, cue), cue)
    assert paragraph.word(behind) == "that"


def test_letters_of_a_glued_complementiser(read: Read, tokens_of: TokensOf) -> None:
    paragraph = read('אמרה שהנמל סגור וש"נחכה"', "he")
    token = tokens_of(paragraph, "שהנמל")[0]
    assert behind_glued(paragraph, token) == (1, token)


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        pytest.param("en", "But Mara Venn stayed.", "Mara", id="coordinator"),
        pytest.param("en", "- Mara Venn stayed.", "Mara", id="dash"),
        pytest.param("ar", "من جهته، قال كريم نعم.", "قال", id="ar-aside"),
    ],
)
def test_opening_aside_is_skipped(read: Read, lang: str, text: str, word: str) -> None:
    paragraph = read(text, lang)
    assert paragraph.word(skip_asides(paragraph, 0, len(paragraph))) == word


def test_scope_inside_a_quotation_is_its_own_sentence(read: Read, tokens_of: TokensOf) -> None:
    paragraph = read('"It rained. He told us so. We left," said Mara Venn.', "en")
    cues, number = _cue(paragraph, tokens_of, "told")
    scope = scope_of(paragraph, cues[number])
    assert paragraph.text[slice(*paragraph.span(scope.first, scope.last))] == "He told us so."
