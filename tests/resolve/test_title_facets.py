from __future__ import annotations

import pytest

from tracker.resolve.facets import Facets, title_facets


@pytest.mark.parametrize(
    ("title", "facets"),
    [
        pytest.param("Egyptian health minister", Facets(("EG",), ("state",)), id="en"),
        pytest.param("وزير الصحة المصري", Facets(("EG",), ("state",)), id="ar"),
        pytest.param("שר הבריאות המצרי", Facets(("EG",), ("state",)), id="he"),
        pytest.param("سفير إيران في لبنان", Facets(("IR", "LB"), ("state",)), id="ambassador"),
        pytest.param("mayor of London", Facets(("GB",), ("state",)), id="capital"),
        pytest.param("مدرب المنتخب المغربي", Facets(("MA",), ("sport",)), id="coach"),
        pytest.param("זמרת", Facets((), ("arts",)), id="singer"),
        pytest.param("", Facets(), id="empty"),
        pytest.param(None, Facets(), id="none"),
    ],
)
def test_what_a_title_says(title: str | None, facets: Facets) -> None:
    assert title_facets(title) == facets


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        pytest.param("Egyptian minister", "وزير مغربي", True, id="countries"),
        pytest.param("footballer", "minister", True, id="sport-and-state"),
        pytest.param("minister", "member of parliament", False, id="one-career"),
        pytest.param("Egyptian minister", "minister", False, id="one-says-less"),
        pytest.param("Egyptian minister", None, False, id="no-title"),
        pytest.param("سفير إيران في لبنان", "Iranian official", False, id="ambassador-shares-one"),
    ],
)
def test_conflict(first: str, second: str | None, conflict: bool) -> None:
    assert bool(title_facets(first).conflict(title_facets(second))) is conflict
    assert bool(title_facets(second).conflict(title_facets(first))) is conflict
