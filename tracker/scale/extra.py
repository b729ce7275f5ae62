"""The one place that imports dask, pyarrow, duckdb and fsspec: the extra ``scale``."""

from __future__ import annotations

import importlib
from typing import Any

from tracker.errors import UsageError

INSTALL = "pip install 'tracker[scale]'"


def load(package: str) -> Any:
    """The module ``package`` of the extra. Raises UsageError where it is not installed."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise UsageError(f"{package} cannot be imported ({error}); install the extra: {INSTALL}") from error
