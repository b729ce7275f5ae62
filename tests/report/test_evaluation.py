"""The measure of evaluate, on cases small enough to count by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tracker.report.evaluation import Judged, Passage, Scores, evaluate, gold_from_dict, names_agree

TEXT = "one two three four five six seven eight nine ten"
WORDS = TEXT.split()


def _span(first: str, last: str | None = None) -> tuple[int, int]:
    last = last or first
    return TEXT.index(first), TEXT.index(last) + len(last)


def _score(gold: list[Judged], predicted: list[Judged], **options: bool) -> Scores:
    return evaluate([Passage(TEXT, tuple(gold), tuple(predicted))], **options)


def _said(*content: tuple[int, int], kind: str = "direct", **fields: Any) -> Judged:
    return Judged(content, kind, **fields)


def test_perfect() -> None:
    statement = _said(_span("one", "four"), speaker=_span("ten"), speaker_name="Ten")
    figures = _score([statement], [statement]).all
    assert [figures.f1(metric) for metric in ("found@0.5", "found@0.8", "attributed")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("predicted", "half", "eight"),
    [
        pytest.param(_span("one", "four"), 1, 1, id="all of it"),
        pytest.param(_span("one", "three"), 1, 1, id="3 of 4: 0.86"),
        pytest.param(_span("one", "two"), 1, 0, id="2 of 4: 0.67"),
        pytest.param(_span("one"), 0, 0, id="1 of 4: 0.4"),
        pytest.param(_span("two", "six"), 1, 0, id="3 of 4 and 5: 0.67"),
        pytest.param((0, 1), 0, 0, id="touching a word takes all of it, 0.4"),
        pytest.param(_span("eight"), 0, 0, id="elsewhere"),
    ],
)
def test_found(predicted: tuple[int, int], half: int, eight: int) -> None:
    figures = _score([_said(_span("one", "four"))], [_said(predicted)]).all
    assert (figures.right_gold["found@0.5"], figures.right_gold["found@0.8"]) == (half, eight)


def test_content_in_several_spans_is_one() -> None:
    whole = _said(_span("one", "two"), _span("five", "six"))
    assert _score([whole], [_said(_span("one", "six"))]).all.right_gold["found@0.8"] == 1  # 4 of 4 and 6


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        pytest.param({}, {}, True, id="nobody, and nobody found"),
        pytest.param({}, {"speaker_name": "Roe"}, False, id="nobody, but somebody found"),
        pytest.param({"speaker": (0, 3)}, {"speaker": (2, 9)}, True, id="mentions overlap"),
        pytest.param({"speaker": (0, 3)}, {"speaker": (3, 9)}, False, id="mentions touch"),
        pytest.param({"speaker_name": "Dana Roe"}, {"speaker_name": "Roe"}, True, id="surname"),
        pytest.param({"speaker_name": "Roe"}, {"speaker_name": "Dana Roe"}, True, id="fuller name"),
        pytest.param({"speaker_name": "Dana Roe"}, {"speaker_name": "Dana Katz"}, False, id="other surname"),
        pytest.param({"speaker_name": "Dana Roe"}, {}, False, id="nobody found"),
        pytest.param(
            {"speaker_name": "Four"}, {"speaker": _span("four")}, True, id="words of a mention without a name"
        ),
    ],
)
def test_attributed(gold: dict[str, Any], predicted: dict[str, Any], right: bool) -> None:
    content = _span("five", "eight")
    figures = _score([_said(content, **gold)], [_said(content, **predicted)]).all
    assert figures.right_gold["attributed"] == right


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("بواز ليفى", "بواز ليفي", True),
        ("أحمد", "احمد", True),
        ('צה"ל', "צה״ל", True),
        ("U.S. Army", "US Army", True),
        ("O'Brien", "O’Brien", True),
        ("the minister's office", "minister office", True),
        ("José", "Jose", True),
        ("he", "he", False),
        ("הוא", "הוא", False),
        ("of the", "of the", False),
        (None, "Roe", False),
        ("Roe", "", False),
    ],
)
def test_names_agree(first: str | None, second: str | None, agree: bool) -> None:
    assert names_agree(first, second) is agree


def test_matching_is_one_to_one_best_first() -> None:
    gold = [_said(_span("one", "four"))]
    predicted = [_said(_span("one", "two")), _said(_span("one", "four"))]
    figures = _score(gold, predicted).all
    assert (figures.right_gold["found@0.8"], figures.predicted, figures.precision("found@0.5")) == (1, 2, 0.5)


def test_of_equal_pairs_the_one_with_the_same_cue_wins() -> None:
    content = _span("one", "four")
    gold = [_said(content, cue=_span("nine"), speaker_name="Roe")]
    predicted = [_said(content, speaker_name="Katz"), _said(content, cue=_span("nine"), speaker_name="Roe")]
    assert _score(gold, predicted).all.right_gold["attributed"] == 1


def test_by_kind() -> None:
    gold = [_said(_span("one", "two"), kind="direct"), _said(_span("five", "six"), kind="indirect")]
    predicted = [_said(_span("one", "two"), kind="mixed"), _said(_span("nine"), kind="mixed")]
    scores = _score(gold, predicted)
    assert scores.by_kind["direct"].recall("found@0.5") == 1
    assert scores.by_kind["indirect"].recall("found@0.5") == 0
    assert scores.by_kind["mixed"].precision("found@0.5") == 0.5
    assert scores.kinds == {("direct", "mixed"): 1}


def test_direct_only_forgives_a_direct_prediction_of_another_kind() -> None:
    gold = [_said(_span("one", "two"), kind="direct"), _said(_span("five", "six"), kind="mixed")]
    predicted = [_said(_span("one", "two")), _said(_span("five", "six")), _said(_span("nine"))]
    direct = _score(gold, predicted).direct_only
    assert (direct.gold, direct.predicted, direct.right_gold["found@0.5"]) == (1, 2, 1)


def test_what_is_no_speech_is_neutral_on_demand() -> None:
    gold = [_said(_span("one", "two"), speech=False), _said(_span("five", "six"))]
    predicted = [_said(_span("one", "two")), _said(_span("five", "six"))]
    plain, speech = _score(gold, predicted).all, _score(gold, predicted, speech_only=True).all
    assert (plain.gold, plain.predicted) == (2, 2)
    assert (speech.gold, speech.predicted, speech.right_gold["found@0.5"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("inner", "left_out"),
    [
        pytest.param(_said(_span("three"), cue=_span("two"), speaker=_span("one")), True, id="all inside"),
        pytest.param(_said(_span("three"), cue=_span("nine")), False, id="cue outside"),
        pytest.param(_said(_span("three"), cue=_span("two"), speaker=_span("ten")), False, id="speaker outside"),
        pytest.param(_said(_span("three")), False, id="no cue"),
    ],
)
def test_nested_prediction_is_neutral_on_demand(inner: Judged, left_out: bool) -> None:
    outer = _said(_span("one", "eight"))
    assert _score([outer], [outer, inner]).all.predicted == 2
    assert _score([outer], [outer, inner], nested_neutral=True).all.predicted == (1 if left_out else 2)


def test_nothing_at_all_scores_nothing() -> None:
    figures = evaluate([]).as_dict()
    assert figures["all"]["attributed"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "right_predicted": 0, "right_gold": 0}


def test_gold_is_read_from_its_json() -> None:
    record = {
        "statements": [
            {
                "kind": "direct",
                "content": [[0, 3]],
                "cue": None,
                "speaker": [4, 7],
                "speaker_name": "Two",
                "speech": False,
            }
        ]
    }
    assert gold_from_dict(record) == (Judged(((0, 3),), "direct", None, (4, 7), "Two", speech=False),)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"statements": [{}]},
        {"statements": [{"kind": "direct", "content": [[0]]}]},
        {"statements": 3},
        {"statements": [3]},
    ],
)
def test_malformed_gold_is_an_error(record: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        gold_from_dict(record)


def test_predictions_are_counted_by_their_confidence() -> None:
    gold = [_said(_span("one", "two")), _said(_span("four", "five"))]
    sure = dataclasses.replace(gold[0], confidence=0.95)
    unsure = dataclasses.replace(_said(_span("seven", "eight")), confidence=0.55)
    scores = _score(gold, [sure, unsure])
    assert scores.certainty == {0.9: [1, 1], 0.5: [1, 0]}
    assert scores.as_dict()["confidence"]["0.90"] == {"predicted": 1, "right": 1}
