"""What is there of the models that config.yaml names; nothing is imported, loaded or fetched to learn it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.config import ModelsConfig
from tracker.folders import files_of
from tracker.neural.extra import missing
from tracker.neural.places import find_folder, lacking


@dataclass(frozen=True)
class ModelState:
    """One model as it is set and found: ``state`` is ``ready`` or says what is missing, ``bytes`` its size."""

    setting: str
    name: str
    revision: str | None
    state: str
    bytes: int
    folder: str | None


def model_states(models: ModelsConfig) -> list[ModelState]:
    """The state of every model that is set, in the order of the settings."""
    packages = missing()
    states = []
    for place, model in models.named():
        path = find_folder(model, models.folder)
        if path is None:
            state = "no such folder" if model.is_folder else "not fetched: tracker models pull"
        elif lacking(path):
            state = f"lacks {', '.join(lacking(path))}"
        elif packages:
            state = f"needs {', '.join(packages)}: pip install 'tracker[transformers]'"
        else:
            state = "ready"
        size = sum(file.stat().st_size for file in files_of(path)) if path is not None else 0
        states.append(ModelState(place, model.name, model.revision, state, size, str(path) if path else None))
    return states
