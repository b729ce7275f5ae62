"""Models from the hub into the cache: the only code that reaches the network, for ``tracker models pull`` alone.

Only files that are data are fetched: weights as safetensors, settings, vocabularies. ``HF_ENDPOINT`` names another
server, as for all programs that use the hub.
"""

from __future__ import annotations

from pathlib import Path

from tracker.config import ModelConfig
from tracker.errors import InputError
from tracker.neural.extra import load
from tracker.neural.places import cache_folder, lacking

FILES = (
    "*.json",
    "*.txt",
    "*.safetensors",
    "*.model",
    "README.md",
)
"""Patterns of what is fetched; ``*`` also meets folders, as that of the pooling's settings."""
LEFT_OUT = ("onnx/*", "openvino/*", "*/onnx/*", "*/openvino/*")


def pull(model: ModelConfig, folder: str | None, place: str) -> Path:
    """Fetch what is missing of a hub model; its folder. Raises ConfigError without the extra, InputError otherwise."""
    hub = load("huggingface_hub", place)
    try:
        path = hub.snapshot_download(
            model.name,
            revision=model.revision,
            cache_dir=cache_folder(folder),
            allow_patterns=list(FILES),
            ignore_patterns=list(LEFT_OUT),
        )
    except (
        Exception
    ) as error:  # a client of others' over a network: whatever it raises, it is the model that is missing
        told = " ".join(str(error).split())[:300] or type(error).__name__
        raise InputError(f"{place}: {model.name} at {model.revision} cannot be fetched: {told}") from error
    missing = lacking(Path(path))
    if missing:
        raise InputError(
            f"{place}: {model.name} at {model.revision} has no {' and no '.join(missing)}; only models with weights "
            "as safetensors can be used"
        )
    return Path(path)
