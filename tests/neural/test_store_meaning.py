"""Models at work on a store: vectors kept with the statements, what is near found, inference asked."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tracker.config import CrosscheckConfig, ModelConfig, ModelsConfig
from tracker.neural.inference import Chances
from tracker.records import Annotations
from tracker.store import meaning as meaning_module
from tracker.store.checking import check_claim
from tracker.store.connection import open_store
from tracker.store.crosscheck import crosscheck, rebuild
from tracker.store.linking import StoreLinker
from tracker.store.meaning import Meaning, StoredVectors, load_meaning
from tracker.store.writing import write_batch

Make = Callable[..., Path]
CLAIMS = ("The port is closed", "The mayor denied that the strike will begin", "Mara Venn said harbour light")


@pytest.fixture
def store(tmp_path: Path, page: Callable[..., Annotations]) -> Path:
    path = tmp_path / "t.db"
    with contextlib.closing(open_store(path)) as connection:
        pages = [page(f"{claim}.", {"quote": claim, "kind": "indirect"}, source=claim[:9]) for claim in CLAIMS]
        write_batch(connection, pages, linker=StoreLinker(connection), extractor="1")
    return path


def _vectors(path: Path) -> dict[int, tuple[str, int]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {row[0]: row[1:] for row in connection.execute("SELECT id, model, length(vector) FROM claim_vectors")}


def test_vectors_are_stored_once_and_anew_for_another_model(model: Make, store: Path, tmp_path: Path) -> None:
    models = ModelsConfig(embeddings=ModelConfig(str(model(tmp_path / "a"))))
    with contextlib.closing(open_store(store)) as connection:
        crosscheck(connection, CrosscheckConfig(), limit=1)  # compared before a model was set
        crosscheck(connection, CrosscheckConfig(), models=models)
        first = _vectors(store)
        assert {size for _, size in first.values()} == {32}
        assert len(first) == len(CLAIMS)
        other = ModelsConfig(embeddings=ModelConfig(str(model(tmp_path / "b"))))
        rebuild(connection, CrosscheckConfig(), models=other)
    second = _vectors(store)
    assert second.keys() == first.keys()
    assert {version for version, _ in second.values()}.isdisjoint(version for version, _ in first.values())


def test_vectors_go_with_their_statement(model: Make, store: Path, tmp_path: Path) -> None:
    models = ModelsConfig(embeddings=ModelConfig(str(model(tmp_path / "a"))))
    with contextlib.closing(open_store(store)) as connection:
        crosscheck(connection, CrosscheckConfig(), models=models)
        connection.execute("DELETE FROM documents WHERE source = ?", (CLAIMS[0][:9],))
    assert len(_vectors(store)) == len(CLAIMS) - 1


def test_what_is_near_in_meaning_is_related(model: Make, store: Path, tmp_path: Path) -> None:
    models = ModelsConfig(embeddings=ModelConfig(str(model(tmp_path / "a"))), min_similarity=0.0)
    with contextlib.closing(open_store(store)) as connection:
        crosscheck(connection, CrosscheckConfig(), models=models)
        assert check_claim(connection, "spring quay") == []
        answers = check_claim(connection, "spring quay", meaning=load_meaning(models))
    assert {answer.relation for answer in answers} == {"related"}
    assert len(answers) >= 2
    assert all("near in meaning (cosine " in answer.reason for answer in answers)


class _Says:
    """An inference model that always says the same."""

    version = "1"

    def __init__(self, chances: Chances) -> None:
        self.chances = chances
        self.asked: list[tuple[str, str]] = []

    def infer(self, pairs: Sequence[tuple[str, str]]) -> list[Chances]:
        self.asked += pairs
        return [self.chances] * len(pairs)


@pytest.mark.parametrize(
    ("chances", "relation"),
    [
        pytest.param(Chances(0.99, 0.0, 0.01), "same", id="same"),
        pytest.param(Chances(0.0, 0.99, 0.01), "conflict", id="conflict"),
    ],
)
def test_inference_is_asked_for_answers(store: Path, chances: Chances, relation: str) -> None:
    says: Any = _Says(chances)
    with contextlib.closing(open_store(store)) as connection:
        crosscheck(connection, CrosscheckConfig())
        answers = check_claim(
            connection,
            "The harbour is shut, the port is",
            meaning=Meaning(None, says, ModelsConfig(inference_weight=0.9)),
        )
    assert (answers[0].relation, answers[0].told.quote) == (relation, CLAIMS[0])
    assert "an inference model gives" in answers[0].reason


def test_inference_is_asked_at_ingest(
    store: Path, monkeypatch: pytest.MonkeyPatch, page: Callable[..., Annotations]
) -> None:
    says: Any = _Says(Chances(0.0, 0.99, 0.01))
    models = ModelsConfig(inference_weight=0.9)
    monkeypatch.setattr("tracker.store.crosscheck.load_meaning", lambda _: Meaning(None, says, models))
    claim = "The big port is closed to all ships"
    with contextlib.closing(open_store(store)) as connection:
        write_batch(connection, [page(f"{claim}.", {"quote": claim, "kind": "indirect"}, source="Z")], extractor="1")
        crosscheck(connection, CrosscheckConfig(), models=models)
        rows = connection.execute("SELECT relation FROM pairs").fetchall()
    assert rows == [("conflict",)]
    assert {claim, CLAIMS[0]} in [set(pair) for pair in says.asked]


def test_half_precision_keeps_the_order(store: Path) -> None:
    class Turns:
        version = "turns"

        def embed(self, texts: Sequence[str]) -> Any:
            angles = np.array([len(text) / 40 for text in texts])
            return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    with contextlib.closing(open_store(store)) as connection:
        crosscheck(connection, CrosscheckConfig())
        assert meaning_module.embed_missing(connection, Turns()) == len(CLAIMS)
        assert meaning_module.embed_missing(connection, Turns()) == 0
        vectors = StoredVectors(Turns())
        vectors.load(connection)
        near = vectors.nearest(Turns().embed([CLAIMS[2]])[0], 2, 0.0)
    assert max(near, key=lambda statement: near[statement]) == 3
    assert near[3] == pytest.approx(1.0, abs=1e-3)
