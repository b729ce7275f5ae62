"""evaluate: figures for annotated documents, and clear words for those that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TEXT = '"We will reopen the port on Monday," said Dana Orlev.'
QUOTE = "We will reopen the port on Monday"


def _gold(**fields: Any) -> dict[str, Any]:
    start = TEXT.index(QUOTE)
    name = TEXT.index("Dana Orlev")
    return {
        "id": "1",
        "lang": "en",
        "text": TEXT,
        "statements": [
            {
                "kind": "direct",
                "content": [[start, start + len(QUOTE)]],
                "cue": [TEXT.index("said"), TEXT.index("said") + 4],
                "speaker": [name, name + len("Dana Orlev")],
                "speaker_name": "Dana Orlev",
            }
        ],
        **fields,
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_gold()) + "\n", encoding="utf-8")
    return path


def test_figures_as_json(run: Any, gold: Path) -> None:
    result = run("evaluate", gold, "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert figures["all"]["gold"] == 1
    assert figures["all"]["attributed"]["F1"] == 1.0
    assert figures["kind"] == {"direct as direct": 1}


def test_figures_as_text(run: Any, gold: Path) -> None:
    lines = run("evaluate", gold, "--by", "kind").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:6]] == ["all", "direct", "indirect", "mixed", "direct-only"]
    assert lines[1].split()[1:] == ["1", "1", *["100.0"] * 9]
    assert "direct as direct 1" in lines[6]


def test_calibration_is_shown(run: Any, gold: Path) -> None:
    lines = run("evaluate", gold).stdout.splitlines()
    assert "confidence, predictions, right:" in lines
    assert lines[-1].split()[-2:] == ["100.0", "%"]


def test_figures_by_language(run: Any, gold: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(_gold(), indent=1), encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(_gold(id="2", lang="he", statements=[])), encoding="utf-8")
    figures = json.loads(run("evaluate", folder, gold, "--by", "lang", "--json").stdout)
    assert {lang: scores["all"]["gold"] for lang, scores in figures.items()} == {"en": 2, "he": 0}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param('{"id": 1}', "no annotated document", id="no text"),
        pytest.param('{"text": "x", "statements": [{"kind": "direct"}]}', "no annotated document", id="no content"),
        pytest.param("{broken", "not valid JSON", id="broken"),
        pytest.param("[1]", "JSON object", id="no object"),
        pytest.param(b"\xff\xfe\x00", "not UTF-8", id="binary"),
        pytest.param(None, "No such file", id="missing"),
    ],
)
def test_what_is_no_gold_is_named(run: Any, tmp_path: Path, content: str | bytes | None, told: str) -> None:
    path = tmp_path / "bad.jsonl"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else f"\n{content}\n".encode())
    result = run("evaluate", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert "bad.jsonl" in result.stderr


def test_folder_without_gold_is_named(run: Any, tmp_path: Path) -> None:
    result = run("evaluate", tmp_path)
    assert (result.exit_code, "folder without" in result.stderr) == (1, True)
