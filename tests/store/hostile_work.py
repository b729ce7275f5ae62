"""Work that pages' texts ask for: a process of the pool imports it by this name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from tracker.config import Config
from tracker.store.units import Unit, rows_of


def obey(unit: Unit, config: Config) -> list[Any]:
    """What the unit's text says is done; else its text comes back."""
    word, _, rest = unit.text.partition(" ")
    if word == "exit":
        os._exit(int(rest))
    if word == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "once" and not Path(rest).exists():
        Path(rest).touch()
        os._exit(1)
    if word == "hang":
        while True:
            time.sleep(0.01)
    if word == "fail":
        raise ValueError(rest)
    if word == "refuse":
        raise Unportable(rest, 1)
    if word == "wait":
        time.sleep(float(rest))
    return [unit.text]


def obey_or_read(unit: Unit, config: Config) -> list[Any]:
    """``rows_of``, but for texts that begin with a word that is obeyed."""
    obey(unit, config)
    return rows_of(unit, config)


class Unportable(Exception):  # noqa: N818
    """An exception that no other process can make again."""

    def __init__(self, one: str, two: int) -> None:
        super().__init__(one)
