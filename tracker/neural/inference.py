"""Natural language inference: the chances that a text follows from another, contradicts it, or neither.

Williams, Nangia and Bowman, "A Broad-Coverage Challenge Corpus for Sentence Understanding through Inference" (2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.config import ModelConfig
from tracker.errors import ConfigError
from tracker.neural.batches import clean, in_batches
from tracker.neural.extra import load
from tracker.neural.loading import Loaded, load_model
from tracker.neural.places import fingerprint, model_folder

PLACE = "models.inference"
_KINDS = ("entail", "contradict")


class Chances(NamedTuple):
    """Chances that two texts say the same, contradict each other, or neither; they add up to 1."""

    same: float
    conflict: float
    neither: float


class InferenceModel:
    """One model, which is loaded when the first pair comes; ``version`` changes with it."""

    def __init__(self, model: ModelConfig, *, folder: str | None = None, batch_size: int = 32) -> None:
        self._path = model_folder(model, folder, PLACE)
        self._batch_size = batch_size
        self.version = fingerprint(model, folder)

    def infer(self, pairs: Sequence[tuple[str, str]]) -> list[Chances]:
        """The chances for each pair: the mean of both directions, because either text may say more than the other."""
        forward = self._directed(pairs)
        backward = self._directed([(second, first) for first, second in pairs])
        return [
            Chances(*((there + back) / 2 for there, back in zip(one, other, strict=True)))
            for one, other in zip(forward, backward, strict=True)
        ]

    def _directed(self, pairs: Sequence[tuple[str, str]]) -> list[Chances]:
        torch = load("torch", PLACE)
        loaded = load_model(self._path, "AutoModelForSequenceClassification", PLACE)
        same, conflict = _labels(loaded, str(self._path))
        cleaned = [(clean(first), clean(second)) for first, second in pairs]
        found = [Chances(0.0, 0.0, 1.0)] * len(pairs)
        with torch.inference_mode():
            for batch in in_batches([first + second for first, second in cleaned], self._batch_size):
                encoded = loaded.tokenizer(
                    [cleaned[place][0] for place in batch],
                    [cleaned[place][1] for place in batch],
                    padding=True,
                    truncation=True,
                    max_length=loaded.max_tokens,
                    return_tensors="pt",
                )
                for place, row in zip(batch, loaded.model(**encoded).logits.softmax(-1).tolist(), strict=True):
                    found[place] = Chances(row[same], row[conflict], max(0.0, 1.0 - row[same] - row[conflict]))
        return found


def _labels(loaded: Loaded, path: str) -> tuple[int, int]:
    """The places of entailment and contradiction among the labels. Raises ConfigError where the model has none."""
    labels = {int(number): str(name).lower() for number, name in loaded.model.config.id2label.items()}
    places = []
    for kind in _KINDS:
        fitting = [number for number, name in labels.items() if name.startswith(kind)]
        if len(fitting) != 1:
            told = ", ".join(labels.values())[:100]
            raise ConfigError(f"{PLACE}: {path}: labels entailment and contradiction are expected, not {told}")
        places.append(fitting[0])
    return places[0], places[1]
