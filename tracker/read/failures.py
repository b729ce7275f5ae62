"""What becomes of an input that cannot be used: one line that says which, why, and what would help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """``origin`` could not be used; ``message`` is one line for the person who gave it."""

    origin: str
    message: str


def in_one_line(error: Exception) -> str:
    """What a library's ``error`` is and says, short enough for a line that says more."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:120]
