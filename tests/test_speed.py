"""The speed benchmark: the same documents in every run, an honest baseline, and figures of every stage."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks is no installed package

from benchmarks import speed


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_documents_are_the_same_in_every_run(lang: str) -> None:
    documents = speed.make_documents(lang, 3)
    assert documents == speed.make_documents(lang, 3)
    assert len({document.document_id for document in documents}) == 3
    for document in documents:
        assert 500 < len(document.text.split()) < 800


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        pytest.param("“The road is closed for good,” said Noa Lind.", "The road is closed for good,", "said", id="en"),
        pytest.param("وقال نادر فهمي «الطريق مغلق حتى إشعار آخر».", "الطريق مغلق حتى إشعار آخر", "وقال", id="ar"),
        pytest.param("נועה לינד אמרה כי הכביש ייסגר מחר לתנועה.", "הכביש ייסגר מחר לתנועה", "אמרה", id="he"),
    ],
)
def test_baseline_finds_a_plain_quotation(text: str, content: str, cue: str) -> None:
    start, end, found, speaker = speed.baseline(text)[0]
    assert (text[start:end], found) == (content, cue)
    assert speaker


def test_all_stages_are_measured_against_the_baseline() -> None:
    figures = speed.measure(speed.Size(documents=2, rounds=1, starts=1), ["en"])
    assert list(figures["stages"]) == list(speed.STAGES)
    for rates in figures["stages"].values():
        assert set(rates) == {"all", "en"}
        assert rates["en"]["a CPU second"] > 0
    assert figures["stages"]["baseline"]["all"]["times the baseline"] == 1.0
    assert figures["start-up"]["tracker query"]["wall seconds"] > 0
    assert figures["peak memory, MB"] > 10
    shown = speed.table(figures)
    assert all(stage in shown for stage in (*speed.STAGES, "tracker query", "peak memory"))
    json.dumps(figures)
