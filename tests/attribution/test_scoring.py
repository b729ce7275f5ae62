"""Feature parts, their names, and the tables that weigh them."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tracker.attribution.cuefinder import find_cues
from tracker.attribution.features import Part, bucket, expand, expand_all, logit, word_kind
from tracker.attribution.reading import scope_of
from tracker.attribution.readings import readings_of
from tracker.attribution.scoring import Table, shares, weights_of
from tracker.attribution.speakers import speaker_candidates
from tracker.attribution.tokens import Paragraph

Read = Callable[..., Paragraph]
SENTENCES = {
    "en": 'Mara Venn, the mayor, said on Monday that "the quay is shut", according to a statement.',
    "ar": 'قال وزير النقل كريم الزيتوني أمس إن "الرصيف مغلق"، مضيفا أن الجسر آمن، بحسب الوزارة.',
    "he": 'שר התחבורה אבנר כרמלי אמר אתמול כי "הרציף סגור" והוסיף שהגשר בטוח, לפי המשרד.',
}


def _parts(paragraph: Paragraph) -> list[Part]:
    cues = find_cues(paragraph)
    parts: list[Part] = []
    for number, cue in enumerate(cues):
        for reading in readings_of(paragraph, cue, cues, number):
            parts += reading.parts
            for candidate in speaker_candidates(paragraph, cue, reading, scope_of(paragraph, cue), -1):
                parts += candidate.parts
    return parts


@pytest.mark.parametrize("lang", sorted(SENTENCES))
def test_every_part_expands_to_named_features(read: Read, lang: str) -> None:
    parts = _parts(read(SENTENCES[lang], lang))
    assert {str(part[0]) for part in parts} >= {"cue", "content", "phrase", "implied"}
    for part in parts:
        features = expand(part)
        assert features
        assert all(name and math.isfinite(value) for name, value in features.items())


@pytest.mark.parametrize("lang", sorted(SENTENCES))
def test_features_name_no_language_and_no_word_of_the_text(read: Read, lang: str) -> None:
    paragraph = read(SENTENCES[lang], lang)
    names = {name for part in _parts(paragraph) for name in expand(part)}
    assert all(name.isascii() for name in names)


def test_equal_sentences_have_equal_parts(read: Read) -> None:
    assert _parts(read(SENTENCES["en"], "en")) == _parts(read(SENTENCES["en"], "en"))


def test_table_scores_the_sum_of_its_features(read: Read) -> None:
    part = next(part for part in _parts(read(SENTENCES["en"], "en")) if part[0] == "cue")
    features = expand(part)
    table = Table({"prior": 2.0, "bias": -1.0, "nowhere": 100.0})
    assert table.score([part]) == pytest.approx(2.0 * features["prior"] - features["bias"])
    assert table.score([part, part]) == pytest.approx(2 * table.score([part]))
    assert table.score([]) == 0.0


def test_parts_together_have_the_features_of_each(read: Read) -> None:
    parts = _parts(read(SENTENCES["en"], "en"))[:2]
    assert expand_all(parts) == {**expand(parts[0]), **expand(parts[1])}


@pytest.mark.parametrize(
    "scores", [[0.0], [0.0, 1.0, -1.0], [1000.0, 0.0], [-1000.0, -1000.0]], ids=["one", "three", "high", "low"]
)
def test_shares_sum_to_one_in_the_order_of_the_scores(scores: list[float]) -> None:
    found = shares(scores)
    assert sum(found) == pytest.approx(1.0)
    assert max(range(len(scores)), key=found.__getitem__) == max(range(len(scores)), key=scores.__getitem__)


@pytest.mark.parametrize(
    ("count", "name"), [(0, "<=1"), (1, "<=1"), (2, "<=3"), (3, "<=3"), (4, ">3")], ids=["0", "1", "2", "3", "4"]
)
def test_bucket(count: int, name: str) -> None:
    assert bucket(count, (1, 3)) == name


@pytest.mark.parametrize("probability", [0.0, 1.0, -5.0, 7.0])
def test_logit_is_finite_at_the_ends(probability: float) -> None:
    assert abs(logit(probability)) < 5


def test_logit_is_even() -> None:
    assert logit(0.5) == 0
    assert logit(0.8) == pytest.approx(-logit(0.2))


@pytest.mark.parametrize(
    ("text", "token", "kind"),
    [
        pytest.param("that it", 0, "complementiser", id="complementiser"),
        pytest.param("she left", 0, "pronoun", id="pronoun"),
        pytest.param("Mayor Venn", 0, "title", id="title"),
        pytest.param("12 ships", 0, "number", id="number"),
        pytest.param("Zorble left", 0, "capital", id="capital"),
        pytest.param("zorble left", 0, "word", id="word"),
        pytest.param(", then", 0, ",", id="known-mark"),
        pytest.param("% then", 0, "mark", id="other-mark"),
    ],
)
def test_kind_of_a_word(read: Read, text: str, token: int, kind: str) -> None:
    assert word_kind(read(text, "en"), token) == kind


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_weights_are_finite_and_name_features(lang: str) -> None:
    weights = weights_of(lang)
    for table in (weights.content, weights.speaker, weights.uncued):
        assert table.weights
        assert all(name == name.strip() and math.isfinite(weight) for name, weight in table.weights.items())


def test_language_without_corrections_has_the_shared_weights() -> None:
    shared = weights_of("fa")
    assert shared.content.weights
    assert weights_of("ar").content.weights.keys() >= shared.content.weights.keys()
