"""Names grouped by who they name: average link inside small components, never a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tracker.names.bodies import parse_body
from tracker.names.comparison import SAME, full_similarity, name_similarity
from tracker.names.tokens import Name, Token, parse_name

SHORT = 3
"""Consonants that a key with one left out must still have to bring names together."""
LARGE = 60
"""A component of more members is first cut at a stricter threshold, so that no work is quadratic in all names."""
STRICTER = 0.03

Similarity = Callable[[int, int], float]


def cluster_names(names: Sequence[str], *, threshold: float = SAME) -> list[int]:
    """The cluster number of each name; numbers count from 0 in order of first appearance.

    Precision before recall: clusters are joined while their names are on average at least ``threshold`` alike
    (average link: Sokal and Michener 1958). A name of one word is together only with the same word. The order of
    ``names`` changes the numbers, never who is together.
    """
    parsed = [parse_name(name) for name in names]
    kinds = sorted({name.key: name for name in parsed}.values(), key=lambda name: name.key)
    number_of = {name.key: number for number, name in enumerate(kinds)}
    groups = average_link(len(kinds), candidate_pairs(kinds, threshold), similarity_of(kinds), threshold)
    group_of = {member: group for group, members in enumerate(groups) for member in members}
    first_seen: dict[int, int] = {}
    clusters = []
    for place, name in enumerate(parsed):
        group = group_of[number_of[name.key]] if name.key else len(groups) + place
        clusters.append(first_seen.setdefault(group, len(first_seen)))
    return clusters


def similarity_of(names: Sequence[Name]) -> Similarity:
    """The similarity of two of ``names`` by position."""
    return lambda first, second: mergeable_similarity(names[first], names[second])


def mergeable_similarity(first: Name, second: Name) -> float:
    """``name_similarity``, and nothing where one is a bare word: a surname alone may be anybody's of the family."""
    if first.key == second.key:
        return 1.0
    body, other = parse_body(first.text), parse_body(second.text)
    if body is not None and other is not None:
        return full_similarity(first, second)
    if len(first.tokens) < 2 or len(second.tokens) < 2:
        return 0.0
    return name_similarity(first, second)


def candidate_pairs(names: Sequence[Name], threshold: float) -> Iterator[tuple[int, int, float]]:
    """(first, second, score) of the pairs of at least ``threshold``, first < second, among names that share a block."""
    blocks: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        met: set[int] = set()
        for block in name_blocks(name):
            members = blocks.setdefault(block, [])
            met.update(members)
            members.append(number)
        for other in sorted(met):
            score = mergeable_similarity(names[other], name)
            if score >= threshold:
                yield other, number, score


def name_blocks(name: Name) -> set[str]:
    """What names that may be merged share: how two of their words sound, or what body they name.

    Of a long word one consonant may be another. A name of one word that is no known body has no block.
    """
    body = parse_body(name.text)
    if body is not None and not body.rest:
        return {f"body {body.key}"}
    words = [token for token in name.tokens if not (token.initial or token.particle)]
    keys = {token.text: _block_keys(token) for token in words}
    blocks: set[str] = set()
    for place, first in enumerate(words):
        for second in words[place + 1 :]:
            for one, two in ((first, second), (second, first)):
                others = keys[two.text]
                for key in one.exact_keys:
                    blocks |= {f"{key}|{other}" if key < other else f"{other}|{key}" for other in others}
    return blocks


def _block_keys(token: Token) -> set[str]:
    """Exact keys, and those with a consonant left out that are still of three or more."""
    return set(token.exact_keys).union(key for key in token.keys if len(key) >= SHORT)


def average_link(
    size: int, edges: Iterable[tuple[int, int, float]], similarity: Similarity, threshold: float
) -> list[list[int]]:
    """Groups of the members 0 to ``size`` - 1, each sorted, in order of their first member.

    ``edges`` must hold every pair of at least ``threshold``: groups never reach over the components they make, so a
    change in one component leaves the others as they are. The result depends on the members only, not on the order
    of the edges; ties are broken by position.
    """
    known = {(first, second): score for first, second, score in edges}
    groups: list[list[int]] = []
    for component in components(size, known):
        groups.extend(_split(component, known, similarity, threshold, threshold))
    return sorted(groups)


def components(size: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of the members 0 to ``size`` - 1."""
    parent = list(range(size))

    def find(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for first, second in edges:
        parent[find(first)] = find(second)
    found: dict[int, list[int]] = {}
    for member in range(size):
        found.setdefault(find(member), []).append(member)
    return list(found.values())


def _split(
    members: list[int], known: dict[tuple[int, int], float], similarity: Similarity, threshold: float, cut: float
) -> list[list[int]]:
    if len(members) > LARGE and cut + STRICTER < 1:
        cut += STRICTER
        place = {member: number for number, member in enumerate(members)}
        inside = [
            (place[first], place[second])
            for (first, second), score in known.items()
            if score >= cut and first in place and second in place
        ]
        groups = []
        for component in components(len(members), inside):
            groups.extend(_split([members[number] for number in component], known, similarity, threshold, cut))
        return groups
    return _agglomerate(members, known, similarity, threshold)


def _agglomerate(
    members: list[int], known: dict[tuple[int, int], float], similarity: Similarity, threshold: float
) -> list[list[int]]:
    """Average link by repeated joining of the closest two groups; cubic in the component's size at worst."""
    groups: dict[int, list[int]] = {member: [member] for member in sorted(members)}
    sums: dict[tuple[int, int], float] = {}
    ordered = sorted(members)
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            score = known.get((first, second))
            sums[first, second] = similarity(first, second) if score is None else score
    while len(groups) > 1:
        best, first, second = max(
            (total / (len(groups[pair[0]]) * len(groups[pair[1]])), -pair[0], -pair[1]) for pair, total in sums.items()
        )
        if best < threshold:
            break
        first, second = -first, -second
        for other in groups:
            if other not in (first, second):
                moved = sums.pop((min(other, second), max(other, second)))
                sums[min(other, first), max(other, first)] += moved
        del sums[first, second]
        groups[first] = sorted(groups[first] + groups.pop(second))
    return list(groups.values())
