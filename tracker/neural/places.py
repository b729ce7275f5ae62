"""Where the files of a model lie: in a folder of the reader's, or where ``tracker models pull`` put them.

Nothing here reaches the network or imports the extra: the hub's cache is folders of a known shape
(``models--owner--name/snapshots/COMMIT``, with ``refs/NAME`` for branches and tags).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from tracker.config import ModelConfig
from tracker.errors import ConfigError
from tracker.folders import file_states

NEEDED = ("config.json",)
WEIGHTS = ("model.safetensors", "model.safetensors.index.json")
"""Weights are read from safetensors only: other formats may run code when they are opened."""


def cache_folder(folder: str | None) -> Path:
    """Where pulled models are kept: ``folder``, else what the hub's own settings name."""
    if folder is not None:
        return Path(folder).expanduser()
    named = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    return Path(os.environ.get("HF_HOME", f"{base}/huggingface")).expanduser() / "hub"


def find_folder(model: ModelConfig, folder: str | None) -> Path | None:
    """The folder of ``model`` where it is there, whole or not; None where it is not."""
    if model.is_folder:
        path = Path(model.name).expanduser()
        return path if path.is_dir() else None
    repository = cache_folder(folder) / f"models--{model.name.replace('/', '--')}"
    revision = model.revision or ""
    reference = repository / "refs" / revision
    if reference.is_file():
        revision = reference.read_text(encoding="utf-8", errors="replace")[:100].strip()
    path = repository / "snapshots" / revision
    return path if revision and path.is_dir() else None


def lacking(path: Path) -> tuple[str, ...]:
    """The files that a model cannot do without and that ``path`` does not hold."""
    missing = [name for name in NEEDED if not (path / name).is_file()]
    if not any((path / name).is_file() for name in WEIGHTS):
        missing.append(WEIGHTS[0])
    return tuple(missing)


def model_folder(model: ModelConfig, folder: str | None, place: str) -> Path:
    """The folder of a model that can be loaded. Raises ConfigError that says how to get it."""
    path = find_folder(model, folder)
    if path is None:
        if model.is_folder:
            raise ConfigError(f"{place}: there is no folder {model.name}; change or remove the setting")
        raise ConfigError(
            f"{place}: {model.name} at {model.revision} was not fetched yet; run: tracker models pull, "
            "or remove the setting"
        )
    missing = lacking(path)
    if missing:
        remedy = "use another folder" if model.is_folder else "run: tracker models pull"
        raise ConfigError(f"{place}: {path} holds no {' and no '.join(missing)}; {remedy}, or remove the setting")
    return path


def fingerprint(model: ModelConfig, folder: str | None) -> str:
    """A hash that changes with the model: with another one, what it made is to be made anew.

    A hub model is told by its commit; a folder by its files' names, sizes and times, so that none has to be read.
    """
    path = find_folder(model, folder)
    told = [model.name, model.revision or "", model.prefix]
    if path is not None and not model.is_folder:
        told.append(path.name)
    elif path is not None:
        told += file_states(path)
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
