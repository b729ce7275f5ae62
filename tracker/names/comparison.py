"""How alike two names are, with the reasons: words are paired one to one by how they sound."""

from __future__ import annotations

from tracker.names.bodies import Body, body_similarity, parse_body
from tracker.names.lexicon import lexicon
from tracker.names.spelling import speller
from tracker.names.tokens import Name, Token, make_token, parse_name
from tracker.records import Evidence

ARTICLE_COST = 4
"""Hundredths that a word costs when its article is read as part of it, or left off, on one side only."""
SAME_SCRIPT_COST = 12
"""Hundredths for two spellings in one script, which had no need to differ."""
LEAST_SIZE = 60
"""Very short words are measured as if they were that long, so that one vowel does not decide."""
LEAST_ALIKE = 0.4
"""Words less alike than this are different words."""
DOUBTFUL = 0.75
"""Words less alike than this count for less than they are alike: two weak pairs are no match for a good one."""
GIVEN_ALIKE = 0.9
"""How alike two forms of one given name are (Bill, William)."""
INITIAL_ALIKE = 0.9
ONLY_INITIAL = 0.9
"""What is left of the score where an initial stands for a name: it may stand for others as well."""
WEAK = 0.85
"""A pair of words less alike than this may be half of a pair: the other half is tried with it."""
SWAPPED = 0.88
"""What is left of the score where the words stand in another order: some write the surname first."""
SWAPPED_GIVEN = 0.75
"""The same where all words are given names, or one is the son of the other: Hassan Ali is the son of Ali Hassan."""
OTHER_INITIALS = 0.85
"""What is left where both have initials and one has more: George W. and George H. W. Bush."""
OTHER_GENERATION = 0.8
"""What is left of the score where only one is called junior."""
SAME = 0.86
"""Names that score this much are the same as a rule; between UNSURE and this a person should look."""
UNSURE = 0.65

_CACHED = 100_000
_known: dict[int, float] = {}


class Score(float):
    """How alike two names are, in [0, 1]; ``reasons`` tell why, worked out when they are asked for."""

    __slots__ = ("_names",)
    _names: tuple[Name, Name]

    def __new__(cls, value: float, first: Name, second: Name) -> Score:
        """A score of ``value`` for these two names."""
        score = super().__new__(cls, value)
        score._names = (first, second)
        return score

    def __reduce__(self) -> tuple[object, ...]:
        first, second = self._names
        return same_name, (first.text, second.text)

    @property
    def exact(self) -> bool:
        """Whether the two names are one but for case, marks, titles and punctuation."""
        first, second = self._names
        return first.key == second.key

    @property
    def reasons(self) -> tuple[Evidence, ...]:
        """What spoke for and against, in the order of the first name's words."""
        return _reasons(*self._names)


def same_name(first: str, second: str) -> Score:
    """How sure it is that two names, in any script, name the same; ``SAME`` and more is the same as a rule.

    Names of people are compared by sound; organisations and places whose words are known (bodies.toml, places.toml)
    by what these mean. A surname alone against a full name stays below ``SAME``: it may be anybody's of the family.
    Symmetric; scores below 0.4 are rough; an empty name is like nothing.
    """
    a = parse_name(first)
    b = parse_name(second)
    return Score(full_similarity(a, b), a, b)


def full_similarity(a: Name, b: Name) -> float:
    """``same_name`` of names that are parsed already, without the reasons."""
    if a.key == b.key:
        return 1.0 if a.key else 0.0
    body = parse_body(a.text)
    if body is not None:
        other = parse_body(b.text)
        if other is not None:
            return _body_score(body, other)
    return name_similarity(a, b)


def name_similarity(a: Name, b: Name) -> float:
    """How alike two names sound, 0 to 1."""
    if a.key == b.key:
        return 1.0 if a.key else 0.0
    pairs = pairing(a, b)
    few = min(len(a.tokens), len(b.tokens))
    if not pairs and few != 1:
        return 0.0
    score = _score(a.tokens, b.tokens, pairs)[0]
    if len(a.tokens) != len(b.tokens) and (not pairs or len(pairs) < few or pairs[-1][2] < WEAK):
        longer, other = (a, b) if len(a.tokens) > len(b.tokens) else (b, a)
        for joined in joinings(longer):
            pairs = pairing(other, joined)
            if len(pairs) == few and pairs[-1][2] >= WEAK:
                score = max(score, _score(other.tokens, joined.tokens, pairs)[0])
    return score if a.generation == b.generation else score * OTHER_GENERATION


def _body_score(a: Body, b: Body) -> float:
    score = body_similarity(a, b)
    if not score or not (a.rest or b.rest):
        return score
    if not (a.rest and b.rest):
        return score * UNSURE
    return min(score, name_similarity(parse_name(" ".join(a.rest)), parse_name(" ".join(b.rest))))


def joinings(name: Name) -> list[Name]:
    """``name`` with two neighbouring words written as one (Strauss Kahn), in every way."""
    tokens = name.tokens
    joined = []
    for place in range(len(tokens) - 1):
        if not (tokens[place].initial or tokens[place + 1].initial):
            both = make_token(tokens[place].text + tokens[place + 1].text)
            joined.append(Name(name.text, (*tokens[:place], both, *tokens[place + 2 :])))
    return joined


def token_similarity(a: Token, b: Token) -> float:
    """How alike two words sound, 0 to 1; 1 for one spelling, 0 for different words."""
    first, second = a.number, b.number
    key = first << 32 | second if first < second else second << 32 | first
    known = _known.get(key)
    if known is None:
        if len(_known) >= _CACHED:
            _known.clear()
        known = _known[key] = _token_similarity(a, b) if first < second else _token_similarity(b, a)
    return known


def _token_similarity(a: Token, b: Token) -> float:
    if a.text == b.text:
        return 1.0
    if a.initial or b.initial:
        return _initial_similarity(a, b)
    alike = GIVEN_ALIKE if a.given and a.given & b.given else 0.0
    size = max(LEAST_SIZE, (a.size + b.size) / 2)
    limit = int((1 - LEAST_ALIKE) * size)
    cost = _cost(a, b, limit) + (SAME_SCRIPT_COST if a.script == b.script else 0)
    if cost > limit:
        return alike
    return max(alike, 1 - cost / size)


def _cost(a: Token, b: Token, limit: int) -> int:
    distance = speller().table.distance
    best = limit + 1
    for first in a.readings:
        for second in b.readings:
            best = min(best, distance(first, second, best))
    for first in a.bare:
        for second in b.readings:
            best = min(best, ARTICLE_COST + distance(first, second, best))
    for first in a.readings:
        for second in b.bare:
            best = min(best, ARTICLE_COST + distance(first, second, best))
    return best


def _initial_similarity(a: Token, b: Token) -> float:
    table = speller().table
    heard = table.row(a.readings[0][0])[b.readings[0][0]]
    return INITIAL_ALIKE if heard <= 20 else 0.0


def pairing(a: Name, b: Name) -> list[tuple[int, int, float]]:
    """One-to-one pairs (word of ``a``, word of ``b``, how alike), the best first; different words are not paired."""
    cells = []
    known = _known
    for row, x in enumerate(a.tokens):
        disjoint, initial, first = x.keys.isdisjoint, x.initial, x.number
        for column, y in enumerate(b.tokens):
            if initial or y.initial or not disjoint(y.keys):
                second = y.number  # as in token_similarity, which is asked only for words not met before
                value = known.get(first << 32 | second if first < second else second << 32 | first)
                if value is None:
                    value = token_similarity(x, y)
                if value:
                    cells.append((-value, abs(row - column), row, column))
    if len(cells) > 1:
        cells.sort()
    rows = columns = 0
    pairs = []
    for value, _, row, column in cells:
        if not (rows >> row | columns >> column) & 1:
            rows |= 1 << row
            columns |= 1 << column
            pairs.append((row, column, -value))
    return pairs


def _score(
    a: tuple[Token, ...], b: tuple[Token, ...], pairs: list[tuple[int, int, float]]
) -> tuple[float, list[int], list[int]]:
    """The score of names so paired, and which words of each are left over."""
    if not pairs:
        return 0.0, list(range(len(a))), list(range(len(b)))
    alike = weight = 0.0
    initials = half_initials = False
    for row, column, value in pairs:
        x, y = a[row], b[column]
        both = x.weight + y.weight
        alike += both * (value if value >= DOUBTFUL else 2 * value - DOUBTFUL)
        weight += both
        if x.initial or y.initial:
            initials = True
            half_initials = half_initials or x.initial != y.initial
    if len(pairs) == len(a) == len(b):  # most names that are compared in earnest
        score = alike / weight
        left_a: list[int] = []
        left_b: list[int] = []
    else:
        left_a = _left(len(a), [pair[0] for pair in pairs])
        left_b = _left(len(b), [pair[1] for pair in pairs])
        weight_a = sum([a[row].weight for row in left_a])
        weight_b = sum([b[column].weight for column in left_b])
        score = alike / (weight + 2 * min(weight_a, weight_b))
        if min(weight_a, weight_b) >= 0.25:
            score *= 0.95
        else:
            longer, left = (a, left_a) if weight_a > weight_b else (b, left_b)
            score = _without(score, longer, left)
            if len(pairs) == 1 and not all(longer[place].particle for place in left):
                score *= 0.85
    if initials:
        if half_initials:
            score *= ONLY_INITIAL
        elif any(a[place].initial for place in left_a) or any(b[place].initial for place in left_b):
            score *= OTHER_INITIALS
    if len(pairs) > 1 and _crossed(pairs):
        all_given = all(_is_given(a[row]) or _is_given(b[column]) for row, column, _ in pairs)
        score *= SWAPPED_GIVEN if all_given or any(a[row].particle for row, _, _ in pairs) else SWAPPED
    return score, left_a, left_b


def _crossed(pairs: list[tuple[int, int, float]]) -> bool:
    """Whether the words of the one name stand in another order in the other."""
    if len(pairs) == 2:
        (row, column, _), (other_row, other_column, _) = pairs
        return (row < other_row) != (column < other_column)
    columns = [column for _, column, _ in sorted(pairs)]
    return columns != sorted(columns)


def _is_given(token: Token) -> bool:
    return bool(token.given) or token.text in lexicon().given_words


def _left(size: int, paired: list[int]) -> list[int]:
    return [place for place in range(size) if place not in paired] if len(paired) < size else []


def _without(score: float, tokens: tuple[Token, ...], left: list[int]) -> float:
    last = len(tokens) - 1
    for place in left:
        if tokens[place].particle or tokens[place].initial:
            score -= 0.01
        elif place == last:
            score *= 0.8
        elif place == 0:
            score *= 0.9
        else:
            score *= 0.97
    return score


def _reasons(a: Name, b: Name) -> tuple[Evidence, ...]:
    if a.key == b.key:
        return (Evidence("same spelling", 1.0, f"{a.text} = {b.text}"),)
    body, other = parse_body(a.text), parse_body(b.text)
    if body is not None and other is not None:
        return _body_reasons(body, other)
    pairs = pairing(a, b)
    _, left_a, left_b = _score(a.tokens, b.tokens, pairs)
    reasons = [_pair_reason(a.tokens[row], b.tokens[column], value) for row, column, value in sorted(pairs)]
    for name, left in ((a, left_a), (b, left_b)):
        reasons.extend(
            Evidence("left over", -name.tokens[place].weight, f"{name.tokens[place].text} (only in {name.text})")
            for place in left
        )
    if a.generation != b.generation:
        reasons.append(Evidence("other generation", -1.0, a.generation or b.generation))
    return tuple(reasons)


def _body_reasons(a: Body, b: Body) -> tuple[Evidence, ...]:
    if a.is_government and b.is_government and a.countries == b.countries:
        return (Evidence("same government", 1.0, " ".join(sorted(a.countries))),)
    parts = (
        ("body", a.named, b.named),
        ("kind", a.heads, b.heads),
        ("field", a.fields, b.fields),
        ("country", a.countries, b.countries),
        ("name", frozenset(a.rest), frozenset(b.rest)),
    )
    return tuple(
        Evidence(f"same {part}", 1.0, " ".join(sorted(first)))
        if first == second
        else Evidence(f"other {part}", -1.0, f"{' '.join(sorted(first)) or '-'} / {' '.join(sorted(second)) or '-'}")
        for part, first, second in parts
        if first or second
    )


def _pair_reason(a: Token, b: Token, value: float) -> Evidence:
    detail = f"{a.text} ~ {b.text}"
    if a.text == b.text:
        return Evidence("same word", value, detail)
    if a.initial or b.initial:
        return Evidence("initial", value, detail)
    if a.given & b.given and value == GIVEN_ALIKE:
        return Evidence("same given name", value, detail)
    return Evidence("sounds alike", value, detail)
