"""An index of names by how their words sound, so that a search looks at few of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from tracker.names.bodies import parse_body
from tracker.names.comparison import full_similarity, token_similarity
from tracker.names.tokens import Name, Token, parse_name

CLOSE = 0.85
"""A best answer below this sends the search on to names that share but one word with the query."""
FAR = 0.62
"""A best answer below this sends it on to words that lack a consonant, then to those in which one is another one."""
MOST_SHARING = 1_000
"""Names with two words like those asked for that are compared in full; where there are more, the likeliest are."""
LOOKED_AT = 100
"""Names that are compared in full, or three times as many as are wanted."""


class NameIndex:
    """Names in the order given (and added), searched by sound across scripts.

    Memory is about 1 kB a name. ``search`` never changes the index; the same names in the same order give the same
    answers.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[Name] = []
        self._tokens: list[Token] = []
        self._places: list[list[int]] = []
        """Per token: the positions of the names that have it."""
        self._numbers: dict[str, int] = {}
        self._exact: dict[str, list[int]] = {}
        self._near: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._bodies: dict[str, list[int]] = {}
        self._bodies_known = 0
        """How many names have been looked at for what they mean: that is done when a query first means something."""
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, text: str) -> int:
        """Take in one more name; its position."""
        name = parse_name(text)
        position = len(self._names)
        self._names.append(name)
        self._keys.setdefault(name.key, []).append(position)
        for word in {token.text: token for token in name.tokens}.values():
            number = self._numbers.get(word.text)
            if number is None:
                number = self._numbers[word.text] = len(self._tokens)
                self._tokens.append(word)
                self._places.append([])
                for key in word.exact_keys:
                    self._exact.setdefault(key, []).append(number)
                for key in word.keys - word.exact_keys:
                    self._near.setdefault(key, []).append(number)
            self._places[number].append(position)
        return position

    def same_key(self, text: str) -> list[int]:
        """Positions of the names that are the same but for case, marks, titles and punctuation."""
        return list(self._keys.get(parse_name(text).key, ()))

    def search(self, query: str, limit: int = 5) -> list[tuple[int, float]]:
        """(position, score) of at most ``limit`` names that sound like ``query``, best first, ties in order.

        Fewer come out where the best is plainly the one asked for.
        """
        name = parse_name(query)
        if not name.tokens or limit < 1:
            return []
        bodies = self._same_body(name)
        found = self._ranked(name, self._sharing_two(name) + bodies, limit)
        if found and found[0][1] >= CLOSE:
            return found
        bare = len(name.tokens) == 1
        for reach, enough in ((0, FAR if bare else CLOSE), (1, FAR), (2, 0.0)):
            found = self._ranked(name, self._candidates(name, limit, reach=reach) + bodies, limit)
            few = bare and reach == 0 and len(found) < limit
            if found and found[0][1] >= enough and not few:
                break
        return found

    def _ranked(self, name: Name, candidates: list[int], limit: int) -> list[tuple[int, float]]:
        scored = [(-full_similarity(name, self._names[position]), position) for position in set(candidates)]
        scored.sort()
        return [(position, -score) for score, position in scored[:limit] if score]

    def _sharing_two(self, name: Name) -> list[int]:
        """Positions of the names that share the consonant classes of two words: found without comparing any."""
        once: set[int] = set()
        twice: set[int] = set()
        for token in name.tokens:
            if not (token.particle or token.initial):
                numbers = set().union(*(self._exact.get(key, ()) for key in token.exact_keys))
                positions = set().union(*(self._places[number] for number in numbers))
                twice |= once & positions
                once |= positions
        return list(twice) if len(twice) <= MOST_SHARING else []

    def _candidates(self, name: Name, limit: int, *, reach: int) -> list[int]:
        """Positions worth a full comparison: those whose words together are most like those of ``name``."""
        sums: dict[int, float] = {}
        for token in name.tokens:
            heard: dict[int, float] = {}
            for alike, number in self._alike(token, reach=reach):
                gain = alike * token.weight
                for position in self._places[number]:
                    if gain > heard.get(position, 0.0):
                        heard[position] = gain
            for position, gain in heard.items():
                sums[position] = sums.get(position, 0.0) + gain
        looked_at = max(LOOKED_AT, 3 * limit)
        if len(sums) <= looked_at:
            return list(sums)
        best = heapq.nsmallest(looked_at, ((-gain, position) for position, gain in sums.items()))
        return [position for _, position in best]

    def _same_body(self, name: Name) -> list[int]:
        """Positions of the organisations and places that mean the same as ``name``."""
        body = parse_body(name.text)
        if body is None:
            return []
        while self._bodies_known < len(self._names):
            other = parse_body(self._names[self._bodies_known].text)
            if other is not None:
                self._bodies.setdefault(other.key, []).append(self._bodies_known)
            self._bodies_known += 1
        return self._bodies.get(body.key, [])

    def _alike(self, token: Token, *, reach: int) -> list[tuple[float, int]]:
        """(how alike, number) of the words that may be ``token``.

        ``reach`` 0: of the same consonant classes; 1: one has a consonant that the other lacks; 2: each has one.
        """
        numbers: set[int] = set()
        for key in token.exact_keys:
            numbers.update(self._exact.get(key, ()))
            if reach:
                numbers.update(self._near.get(key, ()))
        if reach:
            for key in token.keys - token.exact_keys:
                numbers.update(self._exact.get(key, ()))
                if reach > 1:
                    numbers.update(self._near.get(key, ()))
        found = []
        for number in numbers:
            alike = token_similarity(token, self._tokens[number])
            if alike:
                found.append((alike, number))
        return found
