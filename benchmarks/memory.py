"""How much memory a benchmark took."""

from __future__ import annotations

import resource
import sys


def peak_megabytes() -> float:
    """The most memory this process had so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024
