"""A list of people and bodies that are known beforehand, as personas: all names of one of them are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.names.tokens import parse_name
from tracker.records import KnownPerson
from tracker.resolve.facets import NO_FACETS, title_facets
from tracker.resolve.observation import Observation
from tracker.resolve.persona import Persona, make_persona


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Who of the list bears which persona.

    ``owners`` persona id -> id in the list; ``names`` id in the list -> what it is called; ``shared`` personas that
    several of the list bear alike, so that neither name nor title tells who is meant. ``members`` follows from
    ``owners``: id in the list -> its personas.
    """

    owners: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    members: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        members: dict[str, set[str]] = {}
        for persona_id, owner in self.owners.items():
            members.setdefault(owner, set()).add(persona_id)
        object.__setattr__(self, "members", {owner: frozenset(found) for owner, found in members.items()})

    def verdict(self, first: str, second: str) -> bool | None:
        """True where two personas are one of the list, False where they are two of it, else None."""
        if not self.owners:
            return None
        one, other = self.owners.get(first), self.owners.get(second)
        return None if one is None or other is None else one == other

    def partners(self, persona_id: str) -> frozenset[str]:
        """The personas of the one of the list whose this is, itself included; none where it is nobody's."""
        owner = self.owners.get(persona_id)
        return frozenset() if owner is None else self.members[owner]


NOBODY_KNOWN = KnownPeople()


def known_personas(person: KnownPerson) -> list[Persona]:
    """One persona a name of ``person``, with what its title says; a name that holds nothing to compare is left out."""
    facets = title_facets(person.title) if person.type == "person" else NO_FACETS
    found: dict[str, Persona] = {}
    for name in (person.name, *person.aliases):
        if parse_name(name).key:
            persona = make_persona(Observation("", name, person.type, ""), facets)
            found.setdefault(persona.persona_id, persona)
    return list(found.values())
