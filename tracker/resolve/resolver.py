"""Mentions to entities, document by document; who is who depends on what was read, not on its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.names.comparison import SAME, same_name
from tracker.records import Entity, Evidence, Link
from tracker.resolve.facets import NO_FACETS
from tracker.resolve.grouping import Group, group_personas, persona_similarity
from tracker.resolve.judgement import Judgement, Judgements
from tracker.resolve.known import NOBODY_KNOWN, KnownPeople
from tracker.resolve.observation import Observation
from tracker.resolve.persona import Persona, joined, make_persona, persona_blocks, story_facets, story_of
from tracker.resolve.roster import MemoryRoster, Roster

UNSURE_SCORE = 0.5
CACHED = 40_000
MAX_COMPONENT = 400
"""Personas looked at together at most; more of like names in one heap are no evidence any more."""


@dataclass(frozen=True, slots=True)
class Move:
    """That a persona known before belongs to another entity now: its mentions go along."""

    persona_id: str
    from_entity: str
    to_entity: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why the mentions of a persona are taken for its entity; the same for all of them, whenever they were read.

    ``score`` in [0, 1]; ``method`` is name, judged (a person decided), listed (a list of known people says so),
    anonymous, or unsure: then ``rivals`` are the personas between which it is open.
    """

    score: float
    method: str
    reasons: tuple[Evidence, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one call of ``Resolver.resolve`` found.

    ``links``     one an observation, in their order
    ``personas``  mention_id -> persona id, for the store to follow later moves
    ``entities``  entities that are new or whose names changed
    ``moves``     personas known before that belong to another entity now
    ``unsure``    personas, known before or new, that turned out to be evenly like two that cannot be one
    ``verdicts``  persona id -> what holds now for all its mentions, of every persona that something changed for
    """

    links: tuple[Link, ...]
    personas: dict[str, str]
    entities: tuple[Entity, ...] = ()
    moves: tuple[Move, ...] = ()
    unsure: frozenset[str] = frozenset()
    verdicts: dict[str, Verdict] = field(default_factory=dict)


Sighting = tuple[Observation, Persona]
"""A mention and the persona it is of."""


def sight(observations: Sequence[Observation]) -> list[Sighting]:
    """The personas that the mentions of whole documents are of, in their order."""
    facets = story_facets(observations)
    return [
        (one, make_persona(one, facets.get(story_of(one), NO_FACETS) if facets else NO_FACETS)) for one in observations
    ]


class Resolver:
    """Who is who, kept up to date incrementally.

    A name with the same titles as before costs two lookups; only a new persona is compared, with those that share a
    block with it, and then its component is grouped anew. An entity's id is the smallest persona id of its group.
    """

    def __init__(
        self, roster: Roster | None = None, judgements: Iterable[Judgement] = (), known: KnownPeople = NOBODY_KNOWN
    ) -> None:
        self.roster: Roster = MemoryRoster() if roster is None else roster
        self._judgements = Judgements(tuple(judgements), known)
        self._groups: dict[str, Group] = {}
        self._near: dict[str, set[str]] = {}
        self._verdicts: dict[str, tuple[Group, Verdict]] = {}

    def resolve(self, observations: Sequence[Observation]) -> Resolution:
        """Links for the mentions of one document (or of several whole ones)."""
        return self.link(sight(observations))

    def link(self, sightings: Sequence[Sighting]) -> Resolution:
        """Links for what ``sight`` made of the mentions of whole documents."""
        self._keep_flat()
        seen: list[Sighting] = []
        changed: dict[str, Group] = {}
        before: dict[str, str] = {}
        for observation, persona in sightings:
            known = self.roster.get(persona.persona_id)
            if known is None:
                self.roster.put(persona)
                self._regroup(persona, changed, before)
            elif (persona.name, persona.type) != (known.name, known.type):
                persona = joined(known, persona)
                if (persona.name, persona.type) != (known.name, known.type):
                    self.roster.put(persona)
                    group = self._group(persona.persona_id)
                    changed[group.members[0]] = group
                    for member in group.members:  # the reasons show the spelling
                        self._verdicts.pop(member, None)
            seen.append((observation, persona))
        links = tuple(self._link(observation, persona) for observation, persona in seen)
        personas = {observation.mention_id: persona.persona_id for observation, persona in seen}
        return self._resolution(links, personas, changed, before)

    def rebuild(self, judgements: Iterable[Judgement], personas: Iterable[Persona]) -> Resolution:
        """Group ``personas`` anew under ``judgements``: all of the roster, or those that a new judgement names."""
        self._judgements = Judgements(tuple(judgements), self._judgements.known)
        return self.regroup(personas)

    def meet(self, sightings: Sequence[Sighting]) -> None:
        """Take the personas of whole documents into the roster without asking whose they are; then ``regroup``."""
        for _, persona in sightings:
            known = self.roster.get(persona.persona_id)
            if known is not None:
                if (persona.name, persona.type) == (known.name, known.type):
                    continue  # as nearly always
                persona = joined(known, persona)
            if known is None or (persona.name, persona.type) != (known.name, known.type):
                self.roster.put(persona)

    def regroup(self, personas: Iterable[Persona]) -> Resolution:
        """Group ``personas`` anew, with all that hang together with them."""
        self._keep_flat()
        changed: dict[str, Group] = {}
        before: dict[str, str] = {}
        done: set[str] = set()
        for persona in personas:
            if persona.persona_id not in done:
                done.update(self._regroup(persona, changed, before))
        return self._resolution((), {}, changed, before)

    def _resolution(
        self, links: tuple[Link, ...], personas: dict[str, str], changed: dict[str, Group], before: dict[str, str]
    ) -> Resolution:
        groups = [group for _, group in sorted(changed.items()) if self._is_current(group)]
        return Resolution(
            links,
            personas,
            tuple(map(self._entity, groups)),
            self._moves(before),
            frozenset().union(*(group.unsure for group in changed.values())),
            {member: self._verdict_of(member, group) for group in groups for member in group.members},
        )

    def _keep_flat(self) -> None:
        """What is remembered can be worked out anew: none of it may grow with the store."""
        for memory in (self._groups, self._near):
            if len(memory) >= CACHED:
                memory.clear()

    def _moves(self, before: dict[str, str]) -> tuple[Move, ...]:
        moves = []
        for persona_id, old in before.items():
            new = self.roster.entity_of(persona_id)
            if new is not None and new != old:
                moves.append(Move(persona_id, old, new))
        return tuple(moves)

    def _is_current(self, group: Group) -> bool:
        return all(self.roster.entity_of(member) == group.members[0] for member in group.members)

    def _regroup(self, persona: Persona, changed: dict[str, Group], before: dict[str, str]) -> set[str]:
        """Group the component of ``persona`` anew; the ids looked at."""
        component = self._component(persona)
        for group in group_personas(component.values(), self._judgements):
            entity_id = group.members[0]
            fresh = False
            for member in group.members:
                old = self.roster.entity_of(member)
                if old is not None:
                    before.setdefault(member, old)
                fresh = fresh or old != entity_id
                self.roster.assign(member, entity_id)
                if self._groups.get(member) != group:
                    fresh = True
                    self._groups[member] = group
            if fresh:
                changed[entity_id] = group
        return set(component)

    def _component(self, persona: Persona) -> dict[str, Persona]:
        """All personas that chains of likeness or of decisions lead to; which of them are one is decided later."""
        found = {persona.persona_id: persona}
        waiting = [persona]
        while waiting and len(found) < MAX_COMPONENT:
            current = waiting.pop()
            near = self._near_to(current) | self._judgements.near(current.persona_id)
            for persona_id in sorted(near - found.keys()):
                other = self.roster.get(persona_id)
                if other is not None:
                    found[persona_id] = other
                    waiting.append(other)
        return found

    def _near_to(self, persona: Persona) -> set[str]:
        """Ids of the personas that alone might be one with this one, remembered on both sides."""
        near = self._near.get(persona.persona_id)
        if near is None:
            near = self._near[persona.persona_id] = {
                other.persona_id
                for other in self.roster.sharing(persona_blocks(persona))
                if other.persona_id != persona.persona_id
                and (other.key == persona.key or _similarity(persona, other) >= SAME)
            }
            for other_id in near:
                known = self._near.get(other_id)
                if known is not None:
                    known.add(persona.persona_id)
        return near

    def _group(self, persona_id: str) -> Group:
        """The group of a persona, grouped anew where only the roster remembers it."""
        group = self._groups.get(persona_id)
        if group is None:
            persona = self.roster.get(persona_id)
            if persona is None:
                return Group((persona_id,))
            self._regroup(persona, {}, {})
            group = self._groups[persona_id]
        return group

    def _link(self, observation: Observation, persona: Persona) -> Link:
        group = self._group(persona.persona_id)
        verdict = self._verdict_of(persona.persona_id, group)
        return Link(observation.mention_id, group.members[0], verdict.score, verdict.method, verdict.reasons)

    def _verdict_of(self, persona_id: str, group: Group) -> Verdict:
        found = self._verdicts.get(persona_id)
        if found is None or found[0] is not group:
            if len(self._verdicts) >= CACHED:
                self._verdicts.clear()
            persona = self.roster.get(persona_id)
            verdict = Verdict(0.0, "name") if persona is None else self._verdict(persona, group)
            found = self._verdicts[persona_id] = (group, verdict)
        return found[1]

    def _verdict(self, persona: Persona, group: Group) -> Verdict:
        """Score, method and reasons for taking a mention of ``persona`` for the entity of ``group``."""
        persona_id = persona.persona_id
        if persona_id in group.judged:
            return Verdict(1.0, "judged", (Evidence("a person's decision", 1.0, persona.name),))
        if persona_id in group.unsure:
            rivals = tuple(sorted(rival for one, rival in group.rivals if one == persona_id))
            others = [other for rival in rivals if (other := self.roster.get(rival)) is not None]
            reasons = [Evidence("two people of this name", -1.0, persona.name)]
            told = dict.fromkeys(f"{other.name} ({other.facets})" if other.facets else other.name for other in others)
            reasons += [Evidence("may be", UNSURE_SCORE, other) for other in told]
            return Verdict(UNSURE_SCORE, "unsure", tuple(reasons), rivals)
        if persona_id in group.listed:
            return Verdict(1.0, "listed", (Evidence("in the list of known people", 1.0, persona.name),))
        if len(group.members) == 1:
            method = "anonymous" if persona.kind == "anonymous" else "name"
            return Verdict(1.0, method, (Evidence("same name", 1.0, persona.name),))
        return Verdict(*self._belonging(persona, group))

    def _belonging(self, persona: Persona, group: Group) -> tuple[float, str, tuple[Evidence, ...]]:
        """How like a persona is to the others of its group on average, and why it is to the nearest.

        Where people or a list say that names of the group are one, the nearest of these vouches for the others.
        """
        scores = [
            (_similarity(persona, other), other)
            for member in group.members
            if member != persona.persona_id and (other := self.roster.get(member)) is not None
        ]
        if not scores:
            return 1.0, "name", ()
        most, nearest = max(scores, key=lambda pair: (pair[0], pair[1].persona_id))
        reasons = list(same_name(persona.name, nearest.name).reasons)
        shared = persona.facets.shared(nearest.facets)
        if shared:
            reasons.append(Evidence("titles agree", float(len(shared)), " ".join(shared)))
        average = sum(max(0.0, score) for score, _ in scores) / len(scores)
        vouched = bool(group.judged or group.listed)
        return min(1.0, max(0.0, most) if vouched else average), "name", tuple(reasons)

    def _entity(self, group: Group) -> Entity:
        """The entity of a group: its names by language, the one a person chose or the fullest in front."""
        members = [persona for member in group.members if (persona := self.roster.get(member)) is not None]
        names: dict[str, str] = {}
        for persona in members:
            lang = persona.lang
            if lang:
                names[lang] = _fuller(names.get(lang, persona.name), persona.name)
        best = members[0].name
        for persona in members:
            best = _fuller(best, persona.name)
        chosen = [self._judgements.names[member] for member in group.members if member in self._judgements.names]
        known = self._judgements.known
        listed = [known.names[known.owners[member]] for member in group.members if member in known.owners]
        best = (chosen[-1:] or listed[:1] or [best])[0]
        return Entity(group.members[0], best, members[0].type, tuple(sorted(names.items())))


def _similarity(first: Persona, second: Persona) -> float:
    """persona_similarity, asked in one direction only so that it is remembered once."""
    if second.persona_id < first.persona_id:
        first, second = second, first
    return persona_similarity(first, second)


def _fuller(first: str, second: str) -> str:
    """The name of more words; of as many, the better spelling."""
    return max((first, second), key=lambda name: (len(name.split()), not name.isupper(), len(name), name))
