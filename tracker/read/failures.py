"""What becomes of an input that cannot be used: one line that says which, why, and what would help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """``origin`` could not be used; ``message`` is one line for the person who gave it."""

    origin: str
    message: str
