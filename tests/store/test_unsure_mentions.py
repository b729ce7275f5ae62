"""Unsure mentions in the store: given to somebody by what stands around them, in any order, and taken back."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tracker.records import Annotations
from tracker.store.connection import open_store, transaction
from tracker.store.linking import StoreLinker
from tracker.store.resolving import resolve_anew
from tracker.store.writing import write_batch

# Per page: who speaks, with which title. Two people of one name, by country and calling.
STORIES: dict[str, list[list[tuple[str, str | None]]]] = {
    "ar": [
        [("محمد علي", "وزير الصحة المصري"), ("سامي حداد", None)],
        [("محمد علي", "لاعب المنتخب المغربي"), ("عمر بناني", None)],
        [("محمد علي", None), ("سامي حداد", None)],
        [("محمد علي", None), ("كريم زيتوني", None)],
    ],
    "he": [
        [("דוד לוי", "שר החוץ הישראלי"), ("רות אברמוב", None)],
        [("דוד לוי", "שחקן הנבחרת הארגנטינאית"), ("פדרו גומס", None)],
        [("דוד לוי", None), ("רות אברמוב", None)],
        [("דוד לוי", None), ("טל ברק", None)],
    ],
    "en": [
        [("John Smith", "British health minister"), ("Ann Cole", None)],
        [("John Smith", "Australian footballer"), ("Rob Hale", None)],
        [("John Smith", None), ("Ann Cole", None)],
        [("John Smith", None), ("Sue Marsh", None)],
    ],
}


@pytest.fixture(params=STORIES)
def pages(request: pytest.FixtureRequest, page: Callable[..., Annotations]) -> list[Annotations]:
    lang = request.param
    return [
        page(
            "\n".join(f"{name}: «story {number} line {line}»." for line, (name, _) in enumerate(people)),
            *(
                {"quote": f"story {number} line {line}", "speaker": name, "title": title}
                for line, (name, title) in enumerate(people)
            ),
            lang=lang,
        )
        for number, people in enumerate(STORIES[lang])
    ]


def _ingest(path: Path, pages: Sequence[Annotations]) -> None:
    with contextlib.closing(open_store(path)) as connection, transaction(connection):
        linker = StoreLinker(connection)
        write_batch(connection, pages, linker=linker, extractor="1")
        linker.finish()


def _who(path: Path) -> dict[str, tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {
            quote: (entity, method, reasons)
            for quote, entity, method, reasons in connection.execute(
                "SELECT s.quote, e.entity_id, l.method, l.reasons FROM statements s JOIN links l "
                "ON l.mention = s.mention JOIN personas p ON p.id = l.persona JOIN entities e ON e.id = p.entity"
            )
        }


def test_company_decides_and_else_nobody_does(tmp_path: Path, pages: list[Annotations]) -> None:
    _ingest(tmp_path / "a.db", pages)
    who = _who(tmp_path / "a.db")
    minister, player, with_friend, alone = (who[f"story {number} line 0"] for number in range(4))
    assert minister[0] != player[0]
    assert with_friend[:2] == (minister[0], "context")
    assert "appears with" in with_friend[2]
    assert alone[1] == "unsure"
    assert alone[0] not in (minister[0], player[0])


@pytest.mark.parametrize("seed", range(4))
def test_order_makes_no_difference(tmp_path: Path, pages: list[Annotations], seed: int) -> None:
    _ingest(tmp_path / "a.db", pages)
    for one in random.Random(seed).sample(pages, len(pages)):  # noqa: S311 (no secret)
        _ingest(tmp_path / "b.db", [one])
    assert _who(tmp_path / "b.db") == _who(tmp_path / "a.db")
    with contextlib.closing(open_store(tmp_path / "b.db")) as connection:
        done = resolve_anew(connection)
    assert (done.unsure, done.moved) == (1, 0)
    assert _who(tmp_path / "b.db") == _who(tmp_path / "a.db")


def test_what_speaks_for_both_later_takes_it_back(
    tmp_path: Path, pages: list[Annotations], page: Callable[..., Annotations]
) -> None:
    _ingest(tmp_path / "a.db", pages)
    name, title = next(stories[1][0] for stories in STORIES.values() if stories[0][0][0] in pages[0].text)
    friend = next(stories[0][1][0] for stories in STORIES.values() if stories[0][0][0] in pages[0].text)
    text = f"{name}: «story 9 line 0».\n{friend}: «story 9 line 1»."
    said = [
        {"quote": "story 9 line 0", "speaker": name, "title": title},
        {"quote": "story 9 line 1", "speaker": friend},
    ]
    _ingest(tmp_path / "a.db", [page(text, *said, lang=pages[0].document.lang)])
    assert _who(tmp_path / "a.db")["story 2 line 0"][1] == "unsure"
