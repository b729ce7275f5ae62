"""A model and its tokenizer from a folder, in evaluation mode, once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import ConfigError
from tracker.neural.extra import load

MAX_TOKENS = 512
"""The most that a model reads of a text where its own files do not set less."""


class Loaded(NamedTuple):
    """``max_tokens`` is the most that the model can read at once."""

    tokenizer: Any
    model: Any
    max_tokens: int


@lru_cache(maxsize=8)
def load_model(path: Path, head: str, place: str) -> Loaded:
    """The tokenizer and the model in ``path``; ``head`` is the class of transformers that reads it.

    No code of the folder's is run and no network is used. Raises ConfigError where the files are no such model.
    """
    transformers = load("transformers", place)
    load("torch", place)
    settings = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(path), **settings)
        model = getattr(transformers, head).from_pretrained(str(path), use_safetensors=True, **settings)
    except Exception as error:  # the files are others' data: whatever they raise, the setting is what to mend
        told = " ".join(str(error).split())[:200]
        raise ConfigError(
            f"{place}: {path} cannot be loaded: {told}; use another model or remove the setting"
        ) from error
    model.eval()
    limits = (
        getattr(tokenizer, "model_max_length", MAX_TOKENS),
        getattr(model.config, "max_position_embeddings", MAX_TOKENS),
        MAX_TOKENS,
    )
    return Loaded(tokenizer, model, int(min(limit for limit in limits if isinstance(limit, int) and limit > 0)))
