"""Which personas are one: a pure function of the personas and the judgements, whatever order they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
EVEN = 0.1
"""A persona this evenly alike to two that cannot be one is unsure: spellings that differ so little tell nothing."""
TELLING = 0.12
"""What each country or calling in common adds when it is asked to which of the two a persona belongs."""


@dataclass(frozen=True, slots=True)
class Group:
    """Personas that are one, by id.

    ``unsure`` are those of them whose belonging is an open question, ``judged`` those that a person's decision and
    ``listed`` those that a list of known people put there. ``rivals`` are the personas between which an unsure one
    cannot be decided, as (unsure, rival).
    """

    members: tuple[str, ...]
    unsure: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    rivals: frozenset[tuple[str, str]] = frozenset()


@lru_cache(maxsize=20_000)
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
    known = judgements.known
    if len(members) == 1:
        only = members[0].persona_id
        alone = frozenset((only,))
        return [Group((only,), alone & known.shared, listed=alone if only in known.owners else frozenset())]
    blocks, judged = _judged_blocks(members, judgements)
    score = _EvenHanded(members, _decided(members, blocks, judgements), known.shared)
    blocks = _gathered(members, blocks, known.owners, score)

    def similarity(first: int, second: int) -> float:
        scores = [score(members[a], members[b]) for a in blocks[first] for b in blocks[second]]
        return NEVER if min(scores) <= NEVER / 2 else max(scores)  # who vouches for one spelling vouches for all

    pairs = ((a, b, similarity(a, b)) for a in range(len(blocks)) for b in range(a + 1, len(blocks)))
    edges = [edge for edge in pairs if edge[2] >= SAME]
    unsure = {persona.persona_id for persona in members if score.is_unsure(persona)}
    groups = []
    for joined in average_link(len(blocks), edges, similarity, SAME):
        ids = sorted(members[number].persona_id for block in joined for number in blocks[block])
        torn = frozenset(unsure.intersection(ids))
        groups.append(
            Group(
                tuple(ids),
                torn,
                frozenset(judged.intersection(ids)),
                frozenset(one for one in ids if one in known.owners and one not in judged),
                frozenset((one, rival) for one in torn for rival in score.rivals(one)),
            )
        )
    return sorted(groups, key=lambda group: group.members)


def _gathered(
    members: Sequence[Persona], blocks: list[list[int]], listed: Mapping[str, str], score: _EvenHanded
) -> list[list[int]]:
    """The blocks, with every single persona in the one it is like: what is put together on purpose is a centre.

    How unlike the names of one block are must not keep out who bears one of them. What gathers around a block gathers
    nobody itself, so that there is no chain.
    """
    centres = [block for block in blocks if len(block) > 1 or members[block[0]].persona_id in listed]
    if not centres:
        return blocks
    joining: dict[int, list[int]] = {}
    for block in blocks:
        if block in centres:
            continue
        liking = []
        for place, centre in enumerate(centres):
            scores = [score(members[block[0]], members[number]) for number in centre]
            if min(scores) > NEVER / 2 and max(scores) >= SAME:
                liking.append((max(scores), place))
        liking.sort(reverse=True)
        if liking and (len(liking) == 1 or liking[0][0] - liking[1][0] > EVEN):
            joining.setdefault(liking[0][1], []).append(block[0])
    for place, numbers in joining.items():
        apart = {
            number
            for number in numbers
            for other in numbers
            if number != other and score(members[number], members[other]) <= NEVER / 2
        }
        centres[place] = sorted(centres[place] + [number for number in numbers if number not in apart])
    within = {number for centre in centres for number in centre}
    return sorted(centres + [block for block in blocks if block[0] not in within])


class _EvenHanded:
    """Similarity of two personas, nothing where one is evenly like two that cannot be one.

    Where it is more like one of the two, it is kept from the other. ``shared`` are personas of which a list of known
    people says that several bear them.
    """

    def __init__(
        self, members: Sequence[Persona], score: Callable[[Persona, Persona], float], shared: frozenset[str]
    ) -> None:
        self._score = score
        self._torn: dict[str, frozenset[str]] = {}
        self._kept_from: dict[str, frozenset[str]] = {}
        for persona in members:
            near = [(score(persona, other), other) for other in members if other is not persona]
            near = [(value, other) for value, other in near if value >= SAME]
            rivals = [a for _, a in near if any(score(a, b) <= NEVER / 2 for _, b in near)] if len(near) > 1 else []
            if not rivals:
                if persona.persona_id in shared:
                    self._torn[persona.persona_id] = frozenset()
                continue
            # Names that are the same are told apart by what the titles share.
            liking = {
                other.persona_id: value + TELLING * len(persona.facets.shared(other.facets)) for value, other in near
            }
            best = max(liking[other.persona_id] for other in rivals)
            even = [other for other in rivals if liking[other.persona_id] >= best - EVEN]
            if persona.persona_id in shared or any(
                score(a, b) <= NEVER / 2 for n, a in enumerate(even) for b in even[n + 1 :]
            ):
                kept_from = self._torn[persona.persona_id] = frozenset(other.persona_id for other in rivals)
            else:
                kept_from = frozenset(
                    other.persona_id for other in rivals if any(score(other, one) <= NEVER / 2 for one in even)
                )
            self._kept_from[persona.persona_id] = kept_from

    def is_unsure(self, persona: Persona) -> bool:
        """Whether nobody can tell which of two the persona is."""
        return persona.persona_id in self._torn

    def rivals(self, persona_id: str) -> frozenset[str]:
        """Those between which an unsure persona is torn."""
        return self._torn.get(persona_id, frozenset())

    def __call__(self, first: Persona, second: Persona) -> float:
        value = self._score(first, second)
        if value > 0 and (
            second.persona_id in self._kept_from.get(first.persona_id, ())
            or first.persona_id in self._kept_from.get(second.persona_id, ())
        ):
            return 0.0
        return value


def _decided(
    members: Sequence[Persona], blocks: list[list[int]], judgements: Judgements
) -> Callable[[Persona, Persona], float]:
    """The similarity, under what people decided and what the list of known people says."""
    block_of = {
        members[number].persona_id: place for place, block in enumerate(blocks) if len(block) > 1 for number in block
    }

    def score(first: Persona, second: Persona) -> float:
        block = block_of.get(first.persona_id)
        if block is not None and block == block_of.get(second.persona_id):
            return 1.0
        verdict = judgements.verdict(first.persona_id, second.persona_id)
        if verdict is None:
            verdict = judgements.known.verdict(first.persona_id, second.persona_id)
        if verdict is not None:
            return 1.0 if verdict else NEVER
        if second.persona_id < first.persona_id:
            first, second = second, first
        return persona_similarity(first, second)

    return score


def _judged_blocks(members: Sequence[Persona], judgements: Judgements) -> tuple[list[list[int]], set[str]]:
    """Members that people, or else the list, said are one, as positions; and the ids of those that people spoke of.

    A pair that a person said not to be one is never brought together by others.
    """
    block_of = {persona.persona_id: number for number, persona in enumerate(members)}
    blocks = {number: [number] for number in range(len(members))}
    judged: set[str] = set()

    def join(one: str, partners: Iterable[str]) -> bool:
        met = False
        for partner in sorted(partners):
            if partner not in block_of or partner == one:
                continue
            first, second = sorted((block_of[one], block_of[partner]))
            if first != second:
                pairs = ((members[a].persona_id, members[b].persona_id) for a in blocks[first] for b in blocks[second])
                if any(judgements.verdict(*pair) is False for pair in pairs):
                    continue
                blocks[first].extend(blocks.pop(second))
                for number in blocks[first]:
                    block_of[members[number].persona_id] = first
            met = True
        return met

    for persona in members:
        if join(persona.persona_id, judgements.partners.get(persona.persona_id, ())):
            judged.add(persona.persona_id)
    for persona in members:
        join(persona.persona_id, judgements.known.partners(persona.persona_id))
    return [sorted(block) for _, block in sorted(blocks.items())], judged
