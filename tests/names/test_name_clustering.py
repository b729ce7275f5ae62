from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.names import cluster_names
from tracker.names.clustering import average_link, components

PEOPLE = [
    ["Boaz Levy", "بواز ليفي", "בועז לוי", "BOAZ LEVY"],
    ["Emmanuel Macron", "إيمانويل ماكرون", "עמנואל מקרון"],
    ["Olaf Scholz", "أولاف شولتس", "אולף שולץ"],
    ["Bashar al-Assad", "بشار الأسد", "בשאר אל-אסד"],
    ["Hafez al-Assad", "حافظ الأسد"],
    ["Armenian government", "الحكومة الأرمينية", "ממשלת ארמניה"],
    ["Levy"],
]


def together(names: list[str]) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for name, cluster in zip(names, cluster_names(names), strict=True):
        groups.setdefault(cluster, set()).add(name)
    return {frozenset(group) for group in groups.values()}


def test_names_of_one_person_are_together_and_others_are_not() -> None:
    assert together([name for person in PEOPLE for name in person]) == {frozenset(person) for person in PEOPLE}


def test_order_does_not_change_who_is_together() -> None:
    names = [name for person in PEOPLE for name in person]
    expected = together(names)
    for seed in range(5):
        random.Random(seed).shuffle(names)  # noqa: S311  # no secret
        assert together(names) == expected


def test_numbers_count_from_zero_in_order_of_appearance() -> None:
    assert cluster_names(["Olaf Scholz", "Boaz Levy", "أولاف شولتس", "Boaz Levy"]) == [0, 1, 0, 1]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Levy", "Boaz Levy", "Dana Levy"], id="surname-joins-nobody"),
        pytest.param(["לוי", "Levy"], id="bare-words-of-two-scripts"),
        pytest.param(["Donald Trump", "Donald Trump Jr."], id="junior"),
        pytest.param(["", "", " "], id="empty-names"),
    ],
)
def test_these_stay_apart(names: list[str]) -> None:
    assert len(set(cluster_names(names))) == len(names)


def test_nothing_makes_nothing() -> None:
    assert cluster_names([]) == []


def test_average_link_does_not_chain() -> None:
    """Each neighbour of the chain is alike, its ends are not."""
    scores = {(0, 1): 0.9, (1, 2): 0.89, (2, 3): 0.9}

    def similarity(first: int, second: int) -> float:
        return scores.get((first, second), 0.0)

    edges = [(*pair, score) for pair, score in scores.items()]
    assert average_link(5, edges, similarity, 0.86) == [[0, 1], [2, 3], [4]]


def test_a_large_component_is_cut_before_it_is_compared_in_full() -> None:
    def similarity(first: int, second: int) -> float:
        return 0.95 if first // 10 == second // 10 else 0.0

    inside = [(a, b, 0.95) for block in range(20) for a, b in combinations(range(10 * block, 10 * block + 10), 2)]
    chain = [(10 * block + 9, 10 * block + 10, 0.87) for block in range(19)]
    groups = average_link(200, inside + chain, similarity, 0.86)
    assert groups == [list(range(10 * block, 10 * block + 10)) for block in range(20)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_components_part_the_members(edges: list[tuple[int, int]]) -> None:
    found = components(10, edges)
    assert sorted(member for component in found for member in component) == list(range(10))
    of = {member: number for number, component in enumerate(found) for member in component}
    assert all(of[first] == of[second] for first, second in edges)
