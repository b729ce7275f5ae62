"""The figures in README.md are what the script writes from the measured ones."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks is no installed package

from benchmarks import figures, gate, speed  # noqa: E402

DEVELOPMENT = {
    "corpus": "Weekly wire",
    "lang": "he",
    "kind": "direct",
    "statements": 40,
    "precision": 0.75,
    "recall": 0.25,
    "source": "own collection, half unseen",
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


def test_figures_written_by_hand_name_their_source(measured: dict[str, Any]) -> None:
    block = figures.figures_block({**measured, "development": [DEVELOPMENT]})
    assert "| Weekly wire | Hebrew | direct | 40 | 0.75 | 0.25 | 0.38 | own collection, half unseen |" in block
    for row in measured["development"]:
        assert set(row) == set(DEVELOPMENT)
        assert row["source"]


def test_what_is_not_claimed_is_told(measured: dict[str, Any]) -> None:
    assert all(line in figures.figures_block(measured) for line in figures.NOT_CLAIMED)


def test_page_without_marks_is_refused(measured: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="figures:begin"):
        figures.with_figures("# a page", measured)


def test_measuring_keeps_what_was_written_by_hand(measured: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "measure", lambda: {gate.GATED: {}, gate.LEARNED: {}})
    monkeypatch.setattr(speed, "measure", lambda size: {"stages": {}})
    again = figures.measure({**measured, "development": [DEVELOPMENT]})
    assert again == {"gate": {}, "speed": {"stages": {}}, "development": [DEVELOPMENT]}
