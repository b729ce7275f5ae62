"""The figures in README.md are what the script writes from the measured ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks is no installed package

from benchmarks import figures, gate, speed  # noqa: E402

SHARES = {"P": 0.75, "R": 0.25, "F1": 0.375}
DEVELOPMENT = {
    "Weekly wire": {
        "lang": "he",
        "source": "own collection, half unseen",
        "kinds": {"direct": {"gold": 40, "found@0.5": SHARES, "attributed": SHARES}},
    }
}


@pytest.fixture
def measured() -> dict[str, Any]:
    return figures.read_figures()


def test_block_in_readme_is_what_the_script_writes(measured: dict[str, Any]) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert figures.with_figures(page, measured) == page, "run: make readme"


def test_every_language_and_kind_has_its_row(measured: dict[str, Any]) -> None:
    assert set(measured["gate"]) == {path.name for path in gate.GOLD.iterdir() if path.is_dir()}
    block = figures.figures_block(measured)
    for kind in gate.KINDS:
        assert block.count(f"| {kind} |") >= len(measured["gate"])
    for stage in speed.STAGES:
        assert f"| {stage} |" in block


def test_figures_of_texts_that_are_not_ours_name_their_source(measured: dict[str, Any]) -> None:
    block = figures.figures_block({**measured, "development": DEVELOPMENT})
    assert "Weekly wire: own collection, half unseen." in block
    assert "|  | direct | 40 | 0.75 | 0.25 | 0.75 | 0.25 | 0.38 |" in block
    for corpus in measured["development"].values():
        assert set(corpus["kinds"]) == set(gate.KINDS)
        assert corpus["source"]


def test_a_corpus_is_measured_by_kind(tmp_path: Path) -> None:
    lines = [path.read_text(encoding="utf-8") for path in sorted((gate.GOLD / "en").glob("*.json"))[:4]]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(json.loads(line)) for line in lines), encoding="utf-8")
    even, odd, both = (figures.measure_corpus("en", corpus, half)["all"]["gold"] for half in ("even", "odd", "all"))
    assert even + odd == both > 0


def test_what_is_not_claimed_is_told(measured: dict[str, Any]) -> None:
    assert all(line in figures.figures_block(measured) for line in figures.NOT_CLAIMED)


def test_page_without_marks_is_refused(measured: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="figures:begin"):
        figures.with_figures("# a page", measured)


def test_measuring_keeps_what_was_measured_elsewhere(measured: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "measure", lambda: {gate.GATED: {}, gate.LEARNED: {}})
    monkeypatch.setattr(speed, "measure", lambda size: {"stages": {}})
    again = figures.measure({**measured, "development": DEVELOPMENT})
    assert again == {"gate": {}, "speed": {"stages": {}}, "development": DEVELOPMENT}
