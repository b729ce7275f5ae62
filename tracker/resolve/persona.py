"""A persona: one name with what its titles say. Mentions are of personas; entities are groups of personas."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tracker.names.clustering import name_blocks
from tracker.names.spelling import speller
from tracker.names.tokens import parse_name
from tracker.records import SpeakerType
from tracker.resolve.facets import NO_FACETS, Facets, title_facets
from tracker.resolve.observation import Observation

ID_LENGTH = 20
CACHED = 10_000
LONG_ENOUGH = 3
"""Consonants a firm's one-word name must have to be known by its sound in another script."""
KIND = {"person": "person", "organisation": "body", "group": "body", "anonymous": "anonymous"}
"""Organisations and groups are told apart by taste: a persona is of either."""


@dataclass(frozen=True, slots=True)
class Persona:
    """``persona_id`` is a hash of the rest, so the same name and facets are the same persona in every store.

    ``key`` is the folded name; ``scope`` is the document of a source without a name, which is nobody elsewhere.
    """

    persona_id: str
    kind: str
    key: str
    facets: Facets = NO_FACETS
    scope: str = ""
    name: str = field(default="", compare=False)
    type: SpeakerType = field(default="person", compare=False)

    def __hash__(self) -> int:
        return hash(self.persona_id)

    @property
    def lang(self) -> str:
        """The language whose script the name is written in, empty where none is known."""
        return speller().codes.get(parse_name(self.name).script, "")


@lru_cache(maxsize=CACHED)
def persona_blocks(persona: Persona) -> frozenset[str]:
    """What personas that may be one share: name, sound of two words, meaning; none for the anonymous."""
    if persona.kind == "anonymous":
        return frozenset()
    name = parse_name(persona.name)
    blocks = {f"= {persona.key}"} | name_blocks(name)
    if persona.kind == "body" and len(name.tokens) == 1:
        blocks.update(f"~ {key}" for key in name.tokens[0].exact_keys if len(key) >= LONG_ENOUGH)
    return frozenset(f"{persona.kind} {block}" for block in blocks)


def joined(first: Persona, second: Persona) -> Persona:
    """One persona met twice: the better spelling, and an organisation where it was once taken for one."""
    name = max(first.name, second.name, key=lambda name: (not name.isupper(), len(name), name))
    return replace(first, name=name, type=max(first.type, second.type))


def make_persona(observation: Observation, facets: Facets) -> Persona:
    """The persona of one mention, given what the titles of its story say about the name."""
    kind = KIND[observation.type]
    key = name_key(observation.name)
    scope = observation.document_id if kind == "anonymous" else ""
    if kind != "person":
        facets = NO_FACETS
    return Persona(_digest(kind, key, scope, facets), kind, key, facets, scope, observation.name, observation.type)


@lru_cache(maxsize=CACHED)
def _digest(kind: str, key: str, scope: str, facets: Facets) -> str:
    parts = (kind, key, scope, *facets.countries, "", *facets.callings)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def name_key(name: str) -> str:
    """What is equal for spellings of one name that differ in case, marks and titles only."""
    return parse_name(name).key or name.strip()


Story = tuple[str, int | None, str]


def story_of(observation: Observation) -> Story:
    """The document, the article in it and the folded name: inside that, a name is one person."""
    return (observation.document_id, observation.article, name_key(observation.name))


def story_facets(observations: Iterable[Observation]) -> dict[Story, Facets]:
    """Per story: what all the titles of a name there say together; stories without a title are left out."""
    facets: dict[Story, Facets] = {}
    for observation in observations:
        if observation.title and observation.type == "person":
            story = story_of(observation)
            facets[story] = facets.get(story, NO_FACETS) | title_facets(observation.title)
    return facets
