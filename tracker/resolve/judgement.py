"""What people decided about who is who: rows that outlive every resolution anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.resolve.known import NOBODY_KNOWN, KnownPeople

Decision = Literal["same", "not-same", "rename"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a person; a later one on the same pair, or name, outweighs an earlier.

    ``first`` and ``second`` are persona ids (an entity's id is the id of one of its personas, so an entity's id of any
    time will do); for ``rename`` ``first`` is the one renamed and ``name`` the preferred name. ``by`` and ``at`` (ISO
    time) sign it. Taking a decision back is leaving its row out.
    """

    decision: Decision
    first: str
    second: str | None = None
    name: str | None = None
    by: str = ""
    at: str = ""


class Judgements:
    """Decisions in the order they were taken, ready to be asked; behind them, what a list of known people says."""

    def __init__(self, judgements: tuple[Judgement, ...] = (), known: KnownPeople = NOBODY_KNOWN) -> None:
        self.known = known
        self.names: dict[str, str] = {}
        self._pairs: dict[tuple[str, str], bool] = {}
        for judgement in sorted(judgements, key=lambda judgement: judgement.at):
            if judgement.decision == "rename":
                if judgement.name:
                    self.names[judgement.first] = judgement.name
            elif judgement.second is not None:
                self._pairs[_pair(judgement.first, judgement.second)] = judgement.decision == "same"
        self.partners: dict[str, set[str]] = {}
        for (first, second), same in self._pairs.items():
            if same:
                self.partners.setdefault(first, set()).add(second)
                self.partners.setdefault(second, set()).add(first)

    def near(self, persona_id: str) -> set[str] | frozenset[str]:
        """The personas that a decision or the list calls the same as this one."""
        decided = self.partners.get(persona_id)
        listed = self.known.partners(persona_id)
        return listed if decided is None else decided | listed

    def verdict(self, first: str, second: str) -> bool | None:
        """True where a person said they are the same, False where not, None where nobody decided."""
        return self._pairs.get(_pair(first, second))


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)
