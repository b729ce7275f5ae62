"""`tracker models`: fetching from a stub of the hub on this machine, and only when asked to."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tracker.cli.main import main
from tracker.config import ModelConfig, parse_config
from tracker.neural.places import find_folder, model_folder

ROOT = Path(__file__).parents[2]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = "newsroom/tiny-vectors"
Make = Callable[..., Path]
Tracker = Callable[..., "subprocess.CompletedProcess[str]"]


class StubHub(ThreadingHTTPServer):
    """One repository under its commit and the branch main, as the hub's client asks for it; counts what was asked."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def files(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())


class _Handler(BaseHTTPRequestHandler):
    server: StubHub

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.split("?")[0]
        self.server.asked.append(path)
        api = f"/api/models/{NAME}"
        if path in {f"{api}/revision/{name}" for name in (COMMIT, "main")}:
            listed = [{"rfilename": name} for name in self.server.files()]
            self._send(json.dumps({"id": NAME, "modelId": NAME, "sha": COMMIT, "siblings": listed}).encode(), with_body)
        elif path.startswith(f"{api}/tree/"):
            listed = [
                {"type": "file", "path": name, "oid": "0" * 40, "size": (self.server.folder / name).stat().st_size}
                for name in self.server.files()
            ]
            self._send(json.dumps(listed).encode(), with_body)
        elif path.startswith(f"/{NAME}/resolve/{COMMIT}/"):
            file = self.server.folder / path.removeprefix(f"/{NAME}/resolve/{COMMIT}/")
            if file.is_file() and file.resolve().is_relative_to(self.server.folder.resolve()):
                self._send(file.read_bytes(), with_body)
            else:
                self._send(b"", with_body, 404)
        else:
            self._send(b'{"error": "Repository not found"}', with_body, 404, {"X-Error-Code": "RepoNotFound"})

    def _send(self, body: bytes, with_body: bool, code: int = 200, more: dict[str, str] | None = None) -> None:
        self.send_response(code)
        etag = hashlib.sha256(body).hexdigest()
        for name, value in {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def hub(model: Make, tmp_path: Path) -> Iterator[StubHub]:
    folder = model(tmp_path / "served")
    (folder / "pytorch_model.bin").write_bytes(b"code may hide here")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "config.json").write_text("{}")
    (folder / "modeling_own.py").write_text("raise SystemExit('code of the hub was run')")
    server = StubHub(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def call(tmp_path: Path, hub: StubHub) -> Tracker:
    """``tracker`` as a program of its own, with the stub as its hub and a cache in the test's folder."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tracker.cli.main import main; main()"
        settings = {"HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path / "home"), "HF_HUB_DISABLE_TELEMETRY": "1"}
        return subprocess.run(  # noqa: S603
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, **settings, **environment},
            timeout=120,
            check=False,
        )

    return run


def _settings(path: Path, **model: Any) -> None:
    named = {"name": NAME, "revision": COMMIT, **model}
    path.write_text(json.dumps({"models": {"embeddings": named, "folder": str(path.parent / "models")}}))


def test_pull_fetches_what_is_data_and_status_tells_it(call: Tracker, hub: StubHub, tmp_path: Path) -> None:
    _settings(tmp_path / "config.yaml")
    before = call("models", "status")
    assert (before.returncode, hub.asked) == (0, [])
    assert f"models.embeddings: {NAME} at {COMMIT}: not fetched" in before.stdout
    pulled = call("models", "pull")
    assert pulled.returncode == 0, pulled.stderr
    settings = parse_config((tmp_path / "config.yaml").read_text(), "config.yaml").models
    assert settings.embeddings is not None
    folder = model_folder(settings.embeddings, settings.folder, "models.embeddings")
    fetched = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= fetched
    assert not fetched & {"pytorch_model.bin", "onnx/config.json", "modeling_own.py"}
    asked = len(hub.asked)
    after = call("models", "status", "--json")
    assert json.loads(after.stdout)["state"] == "ready"
    assert "nothing to fetch" in call("models", "pull").stderr
    assert len(hub.asked) == asked


def test_branch_is_kept_at_its_commit(call: Tracker, tmp_path: Path) -> None:
    _settings(tmp_path / "config.yaml", revision="main")
    assert call("models", "pull").returncode == 0
    found = find_folder(ModelConfig(NAME, "main"), str(tmp_path / "models"))
    assert found is not None
    assert found.name == COMMIT


def test_nothing_else_fetches(call: Tracker, hub: StubHub, tmp_path: Path) -> None:
    _settings(tmp_path / "config.yaml")
    (tmp_path / "story.txt").write_text('"The port is closed," said Mara Venn.')
    run = call("ingest", "story.txt")
    assert (run.returncode, hub.asked) == (2, [])
    assert "run: tracker models pull" in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_pulled_model_is_used_without_the_hub(call: Tracker, hub: StubHub, tmp_path: Path) -> None:
    _settings(tmp_path / "config.yaml")
    assert call("models", "pull").returncode == 0
    (tmp_path / "story.txt").write_text('"The port is closed," said Mara Venn.')
    hub.asked.clear()
    for words in (["ingest", "story.txt"], ["check", "Nobody may enter the harbour"]):
        run = CliRunner().invoke(main, words)
        assert (run.exit_code, hub.asked) == (0, []), run.output


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        pytest.param({"name": "newsroom/nothing"}, "cannot be fetched", id="no such model"),
        pytest.param({"revision": "f" * 40}, "cannot be fetched", id="no such revision"),
    ],
)
def test_what_is_not_there_is_told(call: Tracker, tmp_path: Path, setting: dict[str, str], told: str) -> None:
    _settings(tmp_path / "config.yaml", **setting)
    run = call("models", "pull")
    assert run.returncode == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr


def test_hub_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    def fail(*_: object, **__: object) -> None:
        raise ConnectionError("no route\nto host")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fail)
    _settings(tmp_path / "config.yaml")
    run = CliRunner().invoke(main, ["models", "pull"])
    assert run.exit_code == 1
    assert "cannot be fetched: no route to host" in run.stderr


def test_weights_of_another_form_are_refused(call: Tracker, hub: StubHub, tmp_path: Path) -> None:
    _settings(tmp_path / "config.yaml")
    (hub.folder / "model.safetensors").unlink()
    run = call("models", "pull")
    assert run.returncode == 1
    assert "safetensors" in run.stderr
