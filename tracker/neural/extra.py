"""The one place that imports torch, transformers and the hub's client: the extra ``transformers``."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import warnings
from typing import Any

from tracker.errors import ConfigError

INSTALL = "pip install 'tracker[transformers]'"
PACKAGES = ("torch", "transformers", "huggingface_hub")


def load(package: str, place: str) -> Any:
    """The module ``package`` of the extra; ``place`` is the setting that asks for it. Raises ConfigError."""
    try:
        with warnings.catch_warnings():  # what they say of each other's versions is no matter of the reader's
            warnings.simplefilter("ignore")
            module = importlib.import_module(package)
    except ImportError as error:
        raise ConfigError(
            f"{place}: {package} cannot be imported ({error}); install the extra: {INSTALL}, or remove the setting"
        ) from error
    if package == "transformers":
        module.utils.logging.set_verbosity_error()
        module.utils.logging.disable_progress_bar()
    if package == "huggingface_hub":
        logging.getLogger(package).setLevel(logging.ERROR)
    return module


def missing() -> tuple[str, ...]:
    """The packages of the extra that are not installed; nothing is imported to learn it."""
    return tuple(package for package in PACKAGES if importlib.util.find_spec(package) is None)
