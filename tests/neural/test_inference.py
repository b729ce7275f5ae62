"""Natural language inference: chances of both directions, labels by their names, and what it weighs in a comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.claims.comparison import Chances, compare_profiles
from tracker.claims.profile import profile
from tracker.config import ModelConfig
from tracker.errors import ConfigError
from tracker.neural.inference import InferenceModel

Make = Callable[..., Path]
HEAD = "BertForSequenceClassification"
LABELS = ("entailment", "neutral", "contradiction")
PAIRS = [("the port is closed", "the port is open"), ("the mayor denied", "the strike will begin"), ("", "x")]


def _model(folder: Path) -> InferenceModel:
    return InferenceModel(ModelConfig(str(folder)), batch_size=2)


def test_chances_add_up_and_do_not_depend_on_the_order(model: Make, tmp_path: Path) -> None:
    inference = _model(model(tmp_path / "m", HEAD, LABELS))
    found = inference.infer(PAIRS)
    assert [sum(chances) for chances in found] == pytest.approx([1.0] * len(PAIRS))
    turned = inference.infer([(second, first) for first, second in PAIRS])
    assert [tuple(chances) for chances in turned] == [pytest.approx(tuple(chances), abs=1e-5) for chances in found]
    assert inference.infer([]) == []


def test_labels_are_known_by_name(model: Make, tmp_path: Path) -> None:
    found = _model(model(tmp_path / "a", HEAD, LABELS)).infer(PAIRS[:1])[0]
    turned = _model(model(tmp_path / "b", HEAD, ("CONTRADICTION", "NEUTRAL", "ENTAILMENT"))).infer(PAIRS[:1])[0]
    assert (turned.same, turned.conflict) == pytest.approx((found.conflict, found.same), abs=1e-5)


def test_a_model_of_another_kind_is_told(model: Make, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^models\.inference: .*labels entailment and contradiction .*not good, bad"):
        _model(model(tmp_path / "m", HEAD, ("good", "bad"))).infer(PAIRS)


@pytest.mark.parametrize(
    ("a", "b", "chances", "relation"),
    [
        pytest.param(
            "The bank went bust", "The lender has collapsed", Chances(0.98, 0.01, 0.01, 0.9), "same", id="same"
        ),
        pytest.param(
            "The bridge is safe to use",
            "Engineers call the bridge a deadly trap",
            Chances(0.01, 0.98, 0.01, 0.9),
            "conflict",
            id="conflict",
        ),
        pytest.param(
            "12 people died in the fire in Haifa",
            "17 people died in the fire in Haifa",
            Chances(0.98, 0.01, 0.01, 0.6),
            "conflict",
            id="figures are read by the tables",
        ),
    ],
)
def test_inference_is_a_voice_in_the_comparison(a: str, b: str, chances: Chances, relation: str) -> None:
    found = compare_profiles(profile(a), profile(b), inferred=chances)
    assert found.relation == relation
    assert any(reason.name == "inference" for reason in found.reasons)


def test_without_weight_it_has_no_voice() -> None:
    one, other = profile("The bank went bust"), profile("The lender has collapsed")
    silent = compare_profiles(one, other, inferred=Chances(1.0, 0.0, 0.0, 0.0))
    assert (silent.relation, silent.score) == (
        compare_profiles(one, other).relation,
        compare_profiles(one, other).score,
    )
