"""Sentence vectors, as sentence-transformers makes them: a transformer, then the mean of its tokens or the first one.

Reimers and Gurevych, "Making Monolingual Sentence Embeddings Multilingual using Knowledge Distillation" (2020). The
package itself is not needed: what its folders say of pooling and length is read here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tracker.config import ModelConfig
from tracker.errors import ConfigError
from tracker.neural.batches import clean, in_batches
from tracker.neural.extra import load
from tracker.neural.loading import Loaded, load_model
from tracker.neural.places import fingerprint, model_folder

PLACE = "models.embeddings"
MAX_JSON_BYTES = 1_000_000
_MODULES = ("Transformer", "Pooling", "Normalize")


class SentenceEmbedder:
    """Sentence vectors of one model, which is loaded when the first text comes.

    ``version`` changes with the model: vectors of two versions are not to be compared.
    """

    def __init__(self, model: ModelConfig, *, folder: str | None = None, batch_size: int = 32) -> None:
        self._path = model_folder(model, folder, PLACE)
        self._prefix = model.prefix
        self._batch_size = batch_size
        self.version = fingerprint(model, folder)

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector of length 1 a text: a numpy array of float32, shaped (texts, dimensions)."""
        numpy = load("numpy", PLACE)
        torch = load("torch", PLACE)
        loaded = load_model(self._path, "AutoModel", PLACE)
        pooling, longest = _pooling(self._path), _longest(self._path, loaded)
        width = int(loaded.model.config.hidden_size)
        vectors = numpy.zeros((len(texts), width), dtype=numpy.float32)
        prefixed = [self._prefix + clean(text) for text in texts]
        with torch.inference_mode():
            for batch in in_batches(prefixed, self._batch_size):
                encoded = loaded.tokenizer(
                    [prefixed[place] for place in batch],
                    padding=True,
                    truncation=True,
                    max_length=longest,
                    return_tensors="pt",
                )
                hidden = loaded.model(**encoded).last_hidden_state
                mask = encoded["attention_mask"].unsqueeze(-1).to(hidden.dtype)
                pooled = hidden[:, 0] if pooling == "cls" else (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
                vectors[batch] = torch.nn.functional.normalize(pooled, dim=1).numpy()
        return vectors


def _pooling(path: Path) -> str:
    """``mean`` or ``cls``. Raises ConfigError where the folder asks for anything else."""
    for module in _read(path / "modules.json") or []:
        kind = str(module.get("type", "")).rpartition(".")[2]
        if kind not in _MODULES:
            raise ConfigError(f"{PLACE}: {path}: a model with a layer {kind!r} behind its pooling cannot be used")
    asked = _read(path / "1_Pooling" / "config.json") or {}
    modes = [name for name, value in asked.items() if name.startswith("pooling_mode_") and value is True]
    if not modes or modes == ["pooling_mode_mean_tokens"]:
        return "mean"
    if modes == ["pooling_mode_cls_token"]:
        return "cls"
    raise ConfigError(f"{PLACE}: {path}: pooling by mean or by the first token is expected, not {', '.join(modes)}")


def _longest(path: Path, loaded: Loaded) -> int:
    length = (_read(path / "sentence_bert_config.json") or {}).get("max_seq_length")
    return min(length, loaded.max_tokens) if isinstance(length, int) and length > 0 else loaded.max_tokens


def _read(path: Path) -> Any:
    """What a JSON file of the folder says, None where there is none. Raises ConfigError where it is broken."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            return json.loads(stream.read(MAX_JSON_BYTES))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{PLACE}: {path} cannot be read: {error}") from error
