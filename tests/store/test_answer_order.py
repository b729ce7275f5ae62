"""Answers stand in one order, whatever the order in which pages were stored."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.records import Annotations
from tracker.store.connection import open_store
from tracker.store.linking import StoreLinker
from tracker.store.queries import Filters, who_said_what
from tracker.store.writing import write_batch


def _answers(path: Path, pages: list[Annotations], size: int) -> list[Any]:
    with contextlib.closing(open_store(path)) as connection:
        linker = StoreLinker(connection)
        for start in range(0, len(pages), size):
            write_batch(connection, pages[start : start + size], linker=linker)
        return list(who_said_what(connection, Filters()))


@pytest.mark.parametrize("seed", range(3))
def test_order_of_answers_is_not_that_of_storing(tmp_path: Path, page: Callable[..., Annotations], seed: int) -> None:
    pages = [
        page(
            f"We agree on {n}. We differ on {n}.",
            {"quote": f"We agree on {n}"},
            {"quote": f"We differ on {n}"},
            published=published,
        )
        for n in range(6)
        for published in ("2024-05-20", None)[n % 2 : n % 2 + 1]
    ]
    shuffled = random.Random(seed).sample(pages, len(pages))  # noqa: S311
    rows = _answers(tmp_path / "a.db", pages, 4)
    assert _answers(tmp_path / "b.db", shuffled, 1) == rows
    quotes = [row[7] for row in rows]
    assert all(quotes.index(f"We agree on {n}") + 1 == quotes.index(f"We differ on {n}") for n in range(6))
