"""The models of config.yaml: what is asked of the settings, and what happens without the extra."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli.main import main
from tracker.config import ModelConfig, parse_config
from tracker.errors import ConfigError
from tracker.neural import extra, places

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param({"embeddings": {"name": "owner/model"}}, "models.embeddings.revision: the", id="no revision"),
        pytest.param({"inference": {"name": "owner/model"}}, "models.inference.revision", id="inference"),
        pytest.param({"entities": {"ar": {"name": "m"}}}, "models.entities.ar.revision", id="entities"),
        pytest.param({"entities": {"fr": {"name": "./m"}}}, "one of the languages searched", id="language"),
        pytest.param({"embeddings": {"name": "../up", "revision": "main"}}, "a folder has none", id="folder"),
        pytest.param({"embeddings": {"name": "a/b/c", "revision": "main"}}, "a hub id (owner/name)", id="three parts"),
        pytest.param({"embeddings": {"name": "", "revision": "main"}}, "a hub id (owner/name)", id="no name"),
        pytest.param({"embeddings": {"name": "a/b", "revision": "../x"}}, "a commit, tag or branch", id="path"),
        pytest.param({"embeddings": {"name": "a/b", "version": "1"}}, "unknown key models.embeddings.v", id="key"),
        pytest.param({"batch_size": 0}, "models.batch_size", id="batch"),
        pytest.param({"min_similarity": 2}, "models.min_similarity", id="similarity"),
    ],
)  # fmt: skip
def test_wrong_settings_are_told(settings: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(json.dumps({"models": settings}), "config.yaml")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_are_named_by_their_place() -> None:
    text = "models: {embeddings: {name: a/b, revision: main}, entities: {he: {name: ./he}, ar: {name: ./ar}}}"
    named = parse_config(text, "config.yaml").models.named()
    assert [place for place, _ in named] == ["models.embeddings", "models.entities.ar", "models.entities.he"]


def test_without_the_extra_an_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ConfigError, match=r"^models\.inference: transformers cannot .*pip install 'tracker\[transf"):
        extra.load("transformers", "models.inference")


def _model_files(folder: Path) -> Path:
    folder.mkdir()
    for name in ("config.json", "model.safetensors"):
        (folder / name).write_text("{}")
    return folder


def test_without_the_extra_the_command_ends_with_one_line(tmp_path: Path) -> None:
    _model_files(tmp_path / "m")
    (tmp_path / "config.yaml").write_text("models: {embeddings: {name: ./m}}\n")
    (tmp_path / "story.txt").write_text('"The port is closed," said Mara Venn.')
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.modules['torch'] = sys.modules['transformers'] = None\n"
        "from tracker.cli.main import main; main(['ingest', 'story.txt'])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)  # noqa: S603
    assert run.returncode == 2
    assert len(run.stderr.strip().splitlines()) == 1
    assert "pip install 'tracker[transformers]'" in run.stderr


def test_neural_is_imported_with_the_setting_only(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text('"The port is closed," said Mara Venn.')
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tracker.cli.main import main\n"
        "for words in (['extract', 'story.txt'], ['ingest', 'story.txt'], ['check'], ['check', 'The port']):\n"
        "    main(words, standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith(('tracker.neural', 'torch', 'transformers', 'hugg'))])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)  # noqa: S603
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param((), "there is no folder", id="no folder"),
        pytest.param(("config.json",), "holds no model.safetensors", id="no weights"),
        pytest.param(("model.safetensors",), "holds no config.json", id="no settings"),
    ],
)
def test_a_folder_that_is_no_model_is_told(tmp_path: Path, files: tuple[str, ...], told: str) -> None:
    if files:
        (tmp_path / "m").mkdir()
    for name in files:
        (tmp_path / "m" / name).write_text("{}")
    with pytest.raises(ConfigError, match=rf"^models\.embeddings: .*{told}"):
        places.model_folder(ModelConfig("./m"), None, "models.embeddings")


def test_status_tells_each_model_and_loads_none(tmp_path: Path) -> None:
    _model_files(tmp_path / "m")
    settings = {"embeddings": {"name": "./m"}, "inference": {"name": "a/b", "revision": "main"}, "folder": "models"}
    (tmp_path / "config.yaml").write_text(json.dumps({"models": settings}))
    run = CliRunner().invoke(main, ["models", "status", "--json"])
    first, second = map(json.loads, run.stdout.splitlines())
    assert first["state"] == "ready" or first["state"].startswith("needs ")
    assert (first["setting"], first["bytes"]) == ("models.embeddings", 4)
    assert second == {
        "setting": "models.inference", "name": "a/b", "revision": "main", "bytes": 0, "folder": None,
        "state": "not fetched: tracker models pull",
    }  # fmt: skip


@pytest.mark.parametrize("words", [["status"], ["pull"]], ids=["status", "pull"])
def test_no_model_is_no_error(words: list[str]) -> None:
    run = CliRunner().invoke(main, ["models", *words])
    assert (run.exit_code, run.stdout) == (0, "")
    assert "No model is set" in run.stderr


def test_where_pulled_models_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert places.cache_folder(None) == Path("~/.cache/huggingface/hub").expanduser()
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert places.cache_folder(None) == tmp_path / "hub"
    assert places.cache_folder("models") == Path("models")


@pytest.mark.parametrize("arguments", [("models", "--config", "{}", "status"), ("models", "status", "--config", "{}")])
def test_settings_before_or_behind_the_subcommand(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("models: {embeddings: {name: ./nowhere}}", encoding="utf-8")
    asked = [argument.format(tmp_path / "mine.yaml") for argument in arguments]
    result = CliRunner().invoke(main, asked)
    assert "models.embeddings: ./nowhere: no such folder" in result.stdout
