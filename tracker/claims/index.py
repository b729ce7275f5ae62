"""Claims in memory, found by what they say, in the language of the query or another.

Ranking is BM25 (Robertson and Zaragoza 2009) over the keys of ``keys.py``; the best are then put in order by what the
two claims share and, within a language, by their letters. With an ``Embedder`` (``tracker.neural.embeddings``) claims
that are near in meaning are found as well, and their nearness counts in the order.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterable

from tracker.claims.alignment import align
from tracker.claims.keys import candidate_keys, search_keys
from tracker.claims.letters import shared_letters
from tracker.claims.profile import Profile, profile
from tracker.claims.vectors import Embedder, VectorIndex
from tracker.claims.weights import load_weights
from tracker.records import Claim

SATURATION = 1.2
LENGTH = 0.6
"""BM25's b: how much a long claim has to share more."""
WORK = 30_000
"""Entries of the index that a search looks at, the rarest keys first."""
RERANKED = 40
CANDIDATE_WORK = 300
"""The same for candidates; of longer entries only the latest claims are seen."""
CANDIDATE_KEYS = 2
"""Words that a candidate has to share."""
CANDIDATE_SHARE = 0.4
"""Share of a claim's weight, by rarity, that a candidate has to share."""
_SHARED = 1e6


class ClaimIndex:
    """Claims by position, 0 being the first; grows with ``add``, never shrinks. Not for several threads at once."""

    def __init__(self, claims: Iterable[Claim | str] = (), *, embedder: Embedder | None = None) -> None:
        self._vectors = None if embedder is None else VectorIndex(embedder)
        self._claims: list[Claim] = []
        self._sizes = array("f")
        self._size = 0.0
        self._postings: dict[str, array[int]] = {}
        for claim in claims:
            self.add(claim)

    def __len__(self) -> int:
        return len(self._claims)

    def __getitem__(self, position: int) -> Claim:
        return self._claims[position]

    def add(self, claim: Claim | str) -> int:
        """Take in one claim; its position."""
        if isinstance(claim, str):
            claim = Claim(claim)
        position = len(self._claims)
        self._claims.append(claim)
        if self._vectors is not None:
            self._vectors.add(claim.text)
        size = 0.0
        for key, weight in search_keys(profile(claim)).items():
            size += weight
            posting = self._postings.get(key)
            if posting is None:
                posting = self._postings[key] = array("I")
            posting.append(position)
        self._sizes.append(size)
        self._size += size
        return position

    def search(self, text: Claim | str, limit: int = 5) -> list[tuple[int, float]]:
        """At most ``limit`` pairs of position and score in (0, 1], best first, in any language.

        Claims that share no key with ``text`` are left out, unless they are near it in meaning. Equal scores keep the
        order in which claims were added.
        """
        query = profile(text)
        keys = search_keys(query)
        found = self._score(keys, WORK)
        best = heapq.nlargest(max(RERANKED, limit), found.items(), key=lambda item: (item[1], -item[0]))
        top = self._self_score(keys)
        near: dict[int, float] = {}
        if self._vectors is not None:
            near = self._vectors.nearest(query.claim.text, [position for position, _ in best], max(RERANKED, limit))
            best += [(position, found.get(position, 0.0)) for position in near.keys() - dict(best).keys()]
        ranked = [
            (position, self._rerank(query, position, score / top if top else 0.0, near.get(position)))
            for position, score in best
        ]
        ranked.sort(key=lambda item: (-item[1], item[0]))
        return [(position, round(score, 4)) for position, score in ranked[:limit] if score > 0]

    def candidates(self, claim: Claim | str, limit: int = 5) -> list[int]:
        """Positions of claims worth comparing with ``claim``, the likeliest first: those that share rare keys with it.

        Meant for cross-checking while claims come in: call it before ``add``. Costs a fraction of ``search`` and misses
        claims that share only frequent words.
        """
        keys = candidate_keys(profile(claim))
        count = len(self._claims)
        listed: list[tuple[int, float, array[int]]] = []
        total = 0.0
        for (
            options
        ) in keys:  # of a word's keys (its concepts, or its stem and its sound) the rarest that is known counts
            known = [posting for posting in map(self._postings.get, options) if posting is not None]
            posting = min(known, key=len) if known else None
            gain = math.log(1 + count / len(posting)) if posting else math.log(1 + count)
            total += gain
            if posting:
                listed.append((len(posting), gain, posting))
        listed.sort(key=lambda item: item[0])
        found: dict[int, float] = {}
        work = CANDIDATE_WORK
        for number, (size, gain, posting) in enumerate(listed):
            work -= size
            if work < 0 and number >= CANDIDATE_KEYS:
                break
            gain += _SHARED  # counts in the same number how many words are shared
            for position in posting[-CANDIDATE_WORK:]:
                found[position] = found.get(position, 0.0) + gain
        shared = min(CANDIDATE_KEYS, len(keys))
        needed = CANDIDATE_SHARE * total
        pool = [
            (score % _SHARED, -position)
            for position, score in found.items()
            if score >= shared * _SHARED and score % _SHARED >= needed
        ]
        return [-position for _, position in heapq.nlargest(limit, pool)]

    def _score(self, keys: dict[str, float], work: int) -> dict[int, float]:
        """BM25 scores of the claims that share keys, the rarest keys first, until ``work`` entries were seen."""
        postings = [(self._postings[key], weight) for key, weight in keys.items() if key in self._postings]
        postings.sort(key=lambda item: len(item[0]))
        count = len(self._claims)
        average = self._size / count if count else 1.0
        sizes = self._sizes
        found: dict[int, float] = {}
        for posting, weight in postings:
            if work < len(posting) and found:
                break
            work -= len(posting)
            gain = weight * math.log(1 + (count - len(posting) + 0.5) / (len(posting) + 0.5)) * (SATURATION + 1)
            for position in posting:
                long = SATURATION * (1 - LENGTH + LENGTH * sizes[position] / average)
                found[position] = found.get(position, 0.0) + gain / (1 + long)
        return found

    def _self_score(self, keys: dict[str, float]) -> float:
        """The score that a claim with just these keys would have, to bring scores into [0, 1]."""
        count = len(self._claims)
        total = 0.0
        for key, weight in keys.items():
            df = len(self._postings.get(key, ()))
            total += weight * math.log(1 + (count - df + 0.5) / (df + 0.5))
        return total

    def _rerank(self, query: Profile, position: int, score: float, near: float | None) -> float:
        weights = load_weights().search
        other = profile(self._claims[position])
        matches = align(other.tokens, query.tokens)
        covered = sum(query.tokens[match.second].weight * match.degree for match in matches)
        covering = sum(other.tokens[match.first].weight * match.degree for match in matches)
        parts = weights["ranked_score"] * min(score, 1.0)
        parts += weights["ranked_covered"] * (covered / query.weight if query.weight else 0.0)
        parts += weights["ranked_covering"] * (covering / other.weight if other.weight else 0.0)
        total = weights["ranked_score"] + weights["ranked_covered"] + weights["ranked_covering"]
        if other.lang == query.lang:
            parts += weights["ranked_letters"] * shared_letters(query.claim.text, other.claim.text)
            total += weights["ranked_letters"]
        if near is not None:
            parts += weights["ranked_meaning"] * max(near, 0.0)
            total += weights["ranked_meaning"]
        return parts / total
