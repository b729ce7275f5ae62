"""Which personas are one: a pure function of the personas and the judgements, whatever order they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.names.clustering import average_link, mergeable_similarity
from tracker.names.comparison import SAME, full_similarity
from tracker.names.tokens import parse_name
from tracker.resolve.judgement import Judgements
from tracker.resolve.persona import LONG_ENOUGH, Persona

NEVER = -1e9
"""Two personas with this between them are never in one group, however alike the rest of it is."""
SHARED_FACET = 0.03
"""What each country or calling in common adds where the names nearly suffice."""
NEARLY = 0.8
ONE_WORD = 0.93
"""How alike two one-word names of firms must sound."""
EVEN = 0.02
"""A persona this evenly alike to two that cannot be one is unsure."""


@dataclass(frozen=True, slots=True)
class Group:
    """Personas that are one, by id, and those of them whose belonging is a person's decision or an open question."""

    members: tuple[str, ...]
    unsure: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()


@lru_cache(maxsize=200_000)
def persona_similarity(first: Persona, second: Persona) -> float:
    """How sure it is that two personas are one, 0 to 1; ``NEVER`` where their titles cannot be one person's."""
    if first.kind != second.kind or first.scope != second.scope:
        return NEVER
    if first.facets.conflict(second.facets):
        return NEVER
    if first.key == second.key:
        return 1.0
    if first.kind == "anonymous":
        return NEVER
    a, b = parse_name(first.name), parse_name(second.name)
    score = mergeable_similarity(a, b)
    if not score and first.kind == "body" and len(a.tokens) == len(b.tokens) == 1:
        longest = max((len(key) for key in a.tokens[0].exact_keys), default=0)
        score = full_similarity(a, b)
        if score < ONE_WORD or longest < LONG_ENOUGH:
            return 0.0
    if score >= NEARLY:
        score = min(1.0, score + SHARED_FACET * len(first.facets.shared(second.facets)))
    return score


def group_personas(personas: Iterable[Persona], judgements: Judgements) -> list[Group]:
    """The groups of ``personas``, in order of their smallest id.

    What people decided comes first; then average link over what the names and titles say. A persona that is as like to
    one as to another of two that cannot be one joins neither and is marked unsure.
    """
    members = sorted(set(personas), key=lambda persona: persona.persona_id)
    if len(members) == 1:
        return [Group((members[0].persona_id,))]
    blocks = _judged_blocks(members, judgements)
    score = _EvenHanded(members, _decided(judgements))

    def similarity(first: int, second: int) -> float:
        scores = [score(members[a], members[b]) for a in blocks[first] for b in blocks[second]]
        return NEVER if min(scores) <= NEVER / 2 else max(scores)  # who vouches for one spelling vouches for all

    pairs = ((a, b, similarity(a, b)) for a in range(len(blocks)) for b in range(a + 1, len(blocks)))
    edges = [edge for edge in pairs if edge[2] >= SAME]
    unsure = {persona.persona_id for persona in members if score.is_unsure(persona)}
    groups = []
    for joined in average_link(len(blocks), edges, similarity, SAME):
        ids = sorted(members[number].persona_id for block in joined for number in blocks[block])
        judged = {members[n].persona_id for block in joined for n in blocks[block] if len(blocks[block]) > 1}
        groups.append(Group(tuple(ids), frozenset(unsure.intersection(ids)), frozenset(judged)))
    return sorted(groups, key=lambda group: group.members)


class _EvenHanded:
    """Similarity of two personas, nothing where one is evenly like two that cannot be one."""

    def __init__(self, members: Sequence[Persona], score: Callable[[Persona, Persona], float]) -> None:
        self._score = score
        self._torn: dict[str, frozenset[str]] = {}
        for persona in members:
            near = [(score(persona, other), other) for other in members if other is not persona]
            near = [(value, other) for value, other in near if value >= SAME]
            best = max((value for value, _ in near), default=0.0)
            even = [other for value, other in near if value >= best - EVEN]
            if any(score(a, b) <= NEVER / 2 for n, a in enumerate(even) for b in even[n + 1 :]):
                self._torn[persona.persona_id] = frozenset(
                    a.persona_id for _, a in near if any(score(a, b) <= NEVER / 2 for _, b in near)
                )

    def is_unsure(self, persona: Persona) -> bool:
        """Whether nobody can tell which of two the persona is."""
        return persona.persona_id in self._torn

    def __call__(self, first: Persona, second: Persona) -> float:
        if second.persona_id in self._torn.get(first.persona_id, ()):
            return min(0.0, self._score(first, second))
        if first.persona_id in self._torn.get(second.persona_id, ()):
            return min(0.0, self._score(first, second))
        return self._score(first, second)


def _decided(judgements: Judgements) -> Callable[[Persona, Persona], float]:
    """The similarity, under what people decided."""

    def score(first: Persona, second: Persona) -> float:
        verdict = judgements.verdict(first.persona_id, second.persona_id)
        if verdict is not None:
            return 1.0 if verdict else NEVER
        if second.persona_id < first.persona_id:
            first, second = second, first
        return persona_similarity(first, second)

    return score


def _judged_blocks(members: Sequence[Persona], judgements: Judgements) -> list[list[int]]:
    """Members that people said are one, as positions; a pair said not to be one is never brought together by others."""
    block_of = {persona.persona_id: number for number, persona in enumerate(members)}
    blocks = {number: [number] for number in range(len(members))}
    for persona in members:
        for partner in sorted(judgements.partners.get(persona.persona_id, ())):
            if partner not in block_of or block_of[partner] == block_of[persona.persona_id]:
                continue
            first, second = sorted((block_of[persona.persona_id], block_of[partner]))
            pairs = ((members[a].persona_id, members[b].persona_id) for a in blocks[first] for b in blocks[second])
            if any(judgements.verdict(*pair) is False for pair in pairs):
                continue
            blocks[first].extend(blocks.pop(second))
            for number in blocks[first]:
                block_of[members[number].persona_id] = first
    return [sorted(block) for _, block in sorted(blocks.items())]
