"""The optional models at work on the store: vectors of statements, and what an inference model says of pairs.

``tracker.neural`` is imported here and only where a model is set.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tracker.config import ModelConfig, ModelsConfig

if TYPE_CHECKING:
    from tracker.claims.comparison import Chances
    from tracker.claims.vectors import Embedder
    from tracker.neural.inference import InferenceModel

CHUNK = 200
"""Statements that are embedded in one go."""
_STORED = "float16"
"""Half precision moves a cosine by less than a thousandth."""


class Meaning:
    """The models of a run, as far as they are set."""

    def __init__(self, embedder: Embedder | None, inference: InferenceModel | None, models: ModelsConfig) -> None:
        self.embedder = embedder
        self.inference = inference
        self.min_similarity = models.min_similarity
        self._weight = models.inference_weight

    def infer(self, pairs: Sequence[tuple[str, str]]) -> list[Chances | None]:
        """What the inference model says of each pair of texts; None for each where there is no such model."""
        if self.inference is None or not pairs:
            return [None] * len(pairs)
        from tracker.claims.comparison import Chances

        return [
            Chances(round(same, 4), round(conflict, 4), round(neither, 4), self._weight)
            for same, conflict, neither in self.inference.infer(pairs)
        ]


def load_meaning(models: ModelsConfig | None) -> Meaning | None:
    """The models for comparing claims; None where none is set. Raises ConfigError where one is not there."""
    if models is None or (models.embeddings is None and models.inference is None):
        return None
    return Meaning(
        None if models.embeddings is None else _load_embedder(models.embeddings, models.folder, models.batch_size),
        None if models.inference is None else _load_inference(models.inference, models.folder, models.batch_size),
        models,
    )


@lru_cache(maxsize=4)
def _load_embedder(model: ModelConfig, folder: str | None, batch_size: int) -> Embedder:
    from tracker.neural.embeddings import SentenceEmbedder

    return SentenceEmbedder(model, folder=folder, batch_size=batch_size)


@lru_cache(maxsize=4)
def _load_inference(model: ModelConfig, folder: str | None, batch_size: int) -> InferenceModel:
    from tracker.neural.inference import InferenceModel

    return InferenceModel(model, folder=folder, batch_size=batch_size)


class StoredVectors:
    """The vectors of stored statements: those of a window of dates, and what is added."""

    def __init__(self, embedder: Embedder) -> None:
        from tracker.claims.vectors import VectorIndex

        self.embedder = embedder
        self._index = VectorIndex(embedder)
        self._statements: list[int] = []

    def load(self, connection: sqlite3.Connection, window: tuple[str, str] = ("", "~")) -> None:
        """Take in what the store holds of this model's version."""
        import numpy

        query = (
            "SELECT v.id, v.vector FROM claim_vectors v JOIN statements s ON s.id = v.id "
            "WHERE v.model = ? AND (s.on_date IS NULL OR s.on_date BETWEEN ? AND ?) ORDER BY v.id"
        )
        rows = connection.execute(query, (self.embedder.version, *window)).fetchall()
        if rows:
            matrix = numpy.frombuffer(b"".join(vector for _, vector in rows), dtype=_STORED)
            self._index.add_vectors(matrix.reshape(len(rows), -1).astype(numpy.float32))
            self._statements += [statement for statement, _ in rows]

    def add(self, connection: sqlite3.Connection, statements: Sequence[tuple[int, str]]) -> Any:
        """Embed (statement, text) pairs and store their vectors; these, shaped (statements, dimensions)."""
        vectors = self.embedder.embed([text for _, text in statements])
        connection.executemany(
            "INSERT OR REPLACE INTO claim_vectors (id, model, vector) VALUES (?, ?, ?)",
            [
                (statement, self.embedder.version, vector.astype(_STORED).tobytes())
                for (statement, _), vector in zip(statements, vectors, strict=True)
            ],
        )
        self._index.add_vectors(vectors)
        self._statements += [statement for statement, _ in statements]
        return vectors

    def nearest(self, vector: Any, limit: int, least: float) -> dict[int, float]:
        """Cosines of the at most ``limit`` nearest statements that reach ``least``."""
        near = self._index.nearest_to(vector, (), limit)
        return {self._statements[place]: cosine for place, cosine in near.items() if cosine >= least}


def embed_missing(connection: sqlite3.Connection, embedder: Embedder) -> int:
    """Make the vectors that statements compared before have not, or of another model; how many. In a transaction."""
    query = (
        "SELECT c.id, s.quote, s.polarity, s.cue_text FROM claims c JOIN statements s ON s.id = c.id "
        "LEFT JOIN claim_vectors v ON v.id = c.id AND v.model = ? WHERE v.id IS NULL ORDER BY c.id"
    )
    missing = [
        (statement, f"{cue} {quote}" if polarity == "denies" and cue else quote)
        for statement, quote, polarity, cue in connection.execute(query, (embedder.version,))
    ]
    vectors = StoredVectors(embedder)
    for start in range(0, len(missing), CHUNK):
        vectors.add(connection, missing[start : start + CHUNK])
    return len(missing)
