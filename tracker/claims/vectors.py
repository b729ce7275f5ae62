"""Claims as vectors: which are nearest in meaning, whatever their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

FIRST_ROWS = 1024


class Embedder(Protocol):
    """Whoever gives sentence vectors, as ``tracker.neural.embeddings.SentenceEmbedder`` does."""

    @property
    def version(self) -> str:
        """Changes with the model: vectors of two versions are not to be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector of length 1 a text: a numpy array of float32, shaped (texts, dimensions)."""
        ...


class VectorIndex:
    """Vectors by position, 0 being the first, compared one with all: 100,000 of 384 numbers take about 15 ms.

    Texts wait until they are needed, so that the model gets them in batches.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._waiting: list[str] = []
        self._rows: Any = None
        self._size = 0

    def add(self, text: str) -> None:
        """Take in one text."""
        self._waiting.append(text)

    def add_vectors(self, vectors: Any) -> None:
        """Take in vectors that were made before, shaped (texts, dimensions), behind all texts that wait."""
        self._embed_waiting()
        self._append(vectors)

    def nearest(self, text: str, asked: Iterable[int], limit: int) -> dict[int, float]:
        """Cosines, by position, of the positions ``asked`` for and of the ``limit`` nearest of all."""
        return self.nearest_to(self._embedder.embed([text])[0], asked, limit)

    def nearest_to(self, vector: Any, asked: Iterable[int], limit: int) -> dict[int, float]:
        """The same for a vector of length 1."""
        import numpy

        self._embed_waiting()
        if not self._size:
            return {}
        cosines = self._rows[: self._size] @ vector
        count = min(limit, self._size)
        best = numpy.argpartition(cosines, self._size - count)[self._size - count :].tolist()
        return {position: float(cosines[position]) for position in (*asked, *best)}

    def _embed_waiting(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._append(self._embedder.embed(waiting))

    def _append(self, vectors: Any) -> None:
        import numpy

        needed = self._size + len(vectors)
        if self._rows is None:
            self._rows = numpy.zeros((max(FIRST_ROWS, needed), vectors.shape[1]), dtype=numpy.float32)
        elif needed > len(self._rows):
            rows = numpy.zeros((max(2 * len(self._rows), needed), self._rows.shape[1]), dtype=numpy.float32)
            rows[: self._size] = self._rows[: self._size]
            self._rows = rows
        self._rows[self._size : needed] = vectors
        self._size = needed
