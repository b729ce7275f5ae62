"""verbs.toml: finite verbs that are no cues. They end a noun phrase, and their form shows gender and number."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verbs:
    """Frequent verbs of news that attribute nothing.

    ``stems``  name of a finite paradigm in cues.toml -> stems that are inflected by it; stems whose forms are more
               often a noun, a name or a preposition are left out
    ``forms``  full forms that need no paradigm
    """

    stems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
