"""The quality gate: which documents count, what is below a floor, and that it runs on documents of one's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks is no installed package

from benchmarks import gate  # noqa: E402

QUOTED = '"We were not paid," said Dana Orlev.'
REPORTED = "Dana Orlev said the crew was not paid."


def _gold(folder: Path, name: str, text: str, content: str, kind: str) -> None:
    start = text.index(content)
    cue, speaker = text.index("said"), text.index("Dana")
    statement = {
        "kind": kind,
        "content": [[start, start + len(content)]],
        "cue": [cue, cue + 4],
        "speaker": [speaker, speaker + 10],
        "speaker_name": "Dana Orlev",
    }
    folder.mkdir(exist_ok=True)
    record = {"id": name, "lang": "en", "text": text, "statements": [statement]}
    (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture
def results(tmp_path: Path) -> gate.Results:
    _gold(tmp_path / "en", "002", QUOTED, "We were not paid", "direct")
    _gold(tmp_path / "en", "003", REPORTED, "the crew was not paid", "indirect")
    return gate.measure(tmp_path)


@pytest.mark.parametrize(
    ("name", "half"),
    [("002.json", "even"), ("117.json", "odd"), ("wire.json", "even")],
    ids=["even", "odd", "no number"],
)
def test_documents_are_halved_by_number(name: str, half: str) -> None:
    assert gate.half_of(Path(name)) == half


def test_even_and_odd_documents_are_measured_apart(results: gate.Results) -> None:
    even, odd = results["even"]["en"].rows(), results["odd"]["en"].rows()
    assert (even["all"].gold, even["direct"].f1("attributed")) == (1, 1.0)
    assert (odd["all"].gold, odd["indirect"].f1("found@0.5")) == (1, 1.0)


def test_figures_at_their_floor_pass(results: gate.Results) -> None:
    assert gate.below(results["even"], {"en": {"all": {"attributed": 1.0}}}) == []


def test_a_figure_below_its_floor_is_named(results: gate.Results) -> None:
    (line,) = gate.below(results["even"], {"en": {"direct": {"found@0.5": 1.01}}})
    assert line == "en direct found@0.5: F1 1.000 is below 1.010"


@pytest.mark.parametrize(
    "floors",
    [{"he": {"all": {"attributed": 0.1}}}, {"en": {"mixed": {"attributed": 0.1}}}, {"en": {"al": {"attributed": 0.1}}}],
    ids=["language", "kind", "misspelt"],
)
def test_a_floor_without_a_figure_fails(results: gate.Results, floors: gate.Floors) -> None:
    (line,) = gate.below(results["even"], floors)
    assert "nothing to measure" in line


def test_table_shows_figure_and_floor(results: gate.Results) -> None:
    lines = gate.table(results, {"en": {"all": {"attributed": 0.9}}}).splitlines()
    row = next(line for line in lines if line.startswith("en   all"))
    assert row.split() == ["en", "all", "1", "1", "1.000", "1.000", "1.000", "1.000", "1.000", "1.000", "0.900"]


@pytest.mark.parametrize(("floor", "code"), [(1.0, 0), (1.01, 1)], ids=["reached", "missed"])
def test_exit_code_tells(
    results: gate.Results, floor: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "measure", lambda: results)
    monkeypatch.setattr(gate, "read_floors", lambda: {"en": {"all": {"attributed": floor}}})
    assert gate.main(["--json"]) == code
    shown = capsys.readouterr()
    assert json.loads(shown.out)["even"]["en"]["all"]["attributed"]["F1"] == 1.0
    assert bool(shown.err) == bool(code)


def test_every_gold_language_has_floors_for_every_kind() -> None:
    floors = gate.read_floors()
    assert set(floors) == {path.name for path in gate.GOLD.iterdir() if path.is_dir()}
    for kinds in floors.values():
        assert {"all"} < set(kinds) <= set(gate.KINDS)  # a kind with a handful of statements has none
        for metrics in kinds.values():
            assert set(metrics) == set(gate.METRICS)
            assert all(0.0 < floor < 1.0 for floor in metrics.values())
