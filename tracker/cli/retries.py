"""Inputs that could not be used before, tried once more."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from tracker.store.units import clean_origin

SEPARATORS = ":!#"
"""What stands in an origin between a file and the record in it: ``pages.jsonl:12``, ``pages.zip!/a.html``."""


@dataclass
class Retries:
    """``groups`` are origins that failed by the path that leads to them; ``lost`` those that nothing leads to."""

    groups: dict[str, list[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    _again: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Retries:
        """What the table ``failures`` holds."""
        retries = cls()
        for (origin,) in connection.execute("SELECT origin FROM failures ORDER BY id"):
            path = path_of(origin)
            if path is None:
                retries.lost.append(origin)
            else:
                retries.groups.setdefault(path, []).append(origin)
        return retries

    @property
    def paths(self) -> list[str]:
        """What has to be read again."""
        return list(self.groups)

    def failed_again(self, origin: str) -> None:
        """An input could not be used this time either."""
        if self.groups:
            self._again.add(origin)

    def forget_mended(self, connection: sqlite3.Connection) -> None:
        """Take out of ``failures`` what was read to its end and did not fail again."""
        from tracker.store.connection import transaction
        from tracker.store.writing import forget_failures

        mended = [
            origin
            for path, origins in self.groups.items()
            if clean_origin(path) not in self._again
            for origin in origins
            if origin not in self._again
        ]
        if mended:
            with transaction(connection):
                forget_failures(connection, mended)


def path_of(origin: str) -> str | None:
    """The file, or address, that leads to ``origin``; None for standard input, which is gone."""
    if origin == "-" or origin.startswith(("-:", "-!", "-#")):
        return None
    if "://" in origin:
        return origin
    path = origin
    while not Path(path).exists():
        cut = max(path.rfind(mark) for mark in SEPARATORS)
        if cut <= 0:
            return origin  # it is gone: reading says so
        path = path[:cut]
    return path
