"""What stands around a name that is two people's decides, where it is plain."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.resolve.context import Surroundings, choose, offices


def around(company: str = "", countries: str = "", titles: tuple[str, ...] = (), days: tuple[int, ...] = ()) -> Any:
    return Surroundings(
        {ord(letter): letter for letter in company},
        frozenset(countries.split()),
        frozenset().union(*map(offices, titles)),
        days,
    )


MINISTER = around("ab", "EG", ("وزير الصحة المصري", "Egyptian health minister"), (100, 200))
PLAYER = around("bc", "MA", ("لاعب نادي الوداد",), (900,))


@pytest.mark.parametrize(
    ("mention", "chosen"),
    [
        pytest.param(around("a"), 1, id="a companion"),
        pytest.param(around("b"), None, id="a companion of both"),
        pytest.param(around("bc"), 2, id="one of both and one of one"),
        pytest.param(around("ac"), None, id="one of each"),
        pytest.param(around(titles=("نجم الوداد",)), 2, id="the office, in other words"),
        pytest.param(around(countries="EG"), None, id="a country alone"),
        pytest.param(around(countries="EG", days=(203,)), 1, id="a country and the week"),
        pytest.param(around(countries="EG MA", days=(203,)), None, id="countries of both"),
        pytest.param(around(days=(201,)), None, id="the week alone"),
        pytest.param(around(), None, id="nothing"),
    ],
)
def test_choice(mention: Surroundings, chosen: int | None) -> None:
    choice = choose(mention, {1: MINISTER, 2: PLAYER})
    assert (None if choice is None else choice.candidate) == chosen


def test_a_choice_tells_why() -> None:
    choice = choose(around("a", days=(100,)), {1: MINISTER, 2: PLAYER})
    assert choice is not None
    assert [(reason.name, reason.detail) for reason in choice.reasons] == [("appears with", "a"), ("near in time", "")]
    assert 0.7 < choice.score < 1


def test_nobody_to_choose_from() -> None:
    assert choose(around("a"), {}) is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param("Hezbollah spokesman", "المتحدث باسم حزب الله", True, id="a body in two scripts"),
        pytest.param("coach of Zarqun", "captain of Zarqun", True, id="a name no list knows"),
        pytest.param("health minister", "minister of health", False, id="what every minister has"),
        pytest.param(None, "mayor", False, id="no title"),
    ],
)
def test_offices(first: str | None, second: str, same: bool) -> None:
    assert bool(offices(first) & offices(second)) is same
