"""Words, marks and sentences of one paragraph: parallel lists, one entry a token, made once and only read after.

A token is a word (with the apostrophes, hyphens and gershayim inside it), a number, a URL, or one mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate

from tracker.attribution.lexicon import (
    ABBREVIATION,
    AUXILIARY,
    COMPLEMENTISER,
    CONTROL,
    MARK,
    MARK_AFTER,
    MARK_INSIDE,
    ODD,
    QUOTE_MARKS,
    VERB,
    WORD,
    Lexicon,
    fold_word,
)
from tracker.records import Block, Span

MAX_SENTENCE = 250
"""Tokens; a longer sentence, as text without punctuation has, is cut, so that its cost is bounded."""
SINGLE_MARKS = frozenset("'‘’‚‹›׳")
# Points and vowel signs are no \w in Python but part of their word; the letters in front are tried before the classes.
_IN_WORD = r"[a-z\u05d0-\u05ea\u0621-\u0652\w\u0653-\u065f\u0670\u05b0-\u05c7\u200c\u200d]*+"
# One branch a kind of token and no repetition that gives back: the time is linear in the text. A branch begins with one
# character of a set, so that most are passed over at a glance.
_TOKEN = re.compile(
    r"(https?://[^\s<>\"“”«»]+"
    r"|[@#]\w+"
    r"|\d\d*+(?:[.,:/]\d++)*+%?"
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+"
    rf"|[^\W\d_]{_IN_WORD}(?:['’‘׳״\"\-‑&][^\W_]{_IN_WORD})*+"
    r"|''|``|<<|>>|\.\.+|[^\w\s]|__*)"
)
_LEFT_BOUNDARY = frozenset("([{:;,،؛—–-/…")
_RIGHT_BOUNDARY = frozenset(".,،;؛:!?؟)]}…—–-/")


@dataclass(slots=True)
class Quotation:
    """One stretch between quotation marks inside one paragraph; offsets into the document, marks excluded."""

    first: int
    """Index of the first token inside."""
    last: int
    """One past the last token inside."""
    start_char: int
    end_char: int
    level: int = 1
    closed: bool = True
    continues: Quotation | None = None
    """The quotation of an earlier paragraph that this one goes on with."""
    words: int = 0
    opens_at: int = 0
    """First token including the opening mark (equal to ``first`` where the paragraph goes on with a quotation)."""
    closes_at: int = 0
    """One past the last token including the closing mark."""


@dataclass(slots=True)
class Sentence:
    """Token range of one sentence, its end mark included."""

    first: int
    last: int


@dataclass(slots=True)
class Paragraph:
    """One paragraph of one language with its tokens."""

    text: str
    start_char: int
    end_char: int
    block: Block
    lexicon: Lexicon
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    """Token indices of (possible) quotation marks."""
    sentences: list[Sentence] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    _words: list[int] | None = None
    _verbs: list[int] | None = None
    inside: list[int] = field(default_factory=list)
    """For each token the index of the level 1 quotation it stands in, or -1."""
    joined_prepositions: dict[int, int] = field(default_factory=dict)
    """Letters of a preposition that a cue shows an unknown word to begin with (בכחול לבן הגיבו), by token."""
    phrases_after: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    """Phrases found so far, by where they may begin and end; asked for only once the quotations are known."""

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, token: int) -> str:
        """The token as written."""
        return self.text[self.starts[token] : self.ends[token]]

    def span(self, first: int, last: int) -> Span:
        """Offsets of the tokens ``first`` up to, not including, ``last``."""
        return self.starts[first], self.ends[last - 1]

    def is_word(self, token: int) -> bool:
        """Whether the token is a word or a number, not a mark."""
        return bool(self.flags[token] & WORD)

    def verbs_between(self, first: int, last: int) -> int:
        """How many words of a range are verbs as far as the lists know, counted once for all ranges."""
        if self._verbs is None:
            verbs = self.lexicon.verb_words
            known = [bool(bits & VERB) or norm in verbs for norm, bits in zip(self.norms, self.flags, strict=True)]
            self._verbs = list(accumulate(known, initial=0))
        return self._verbs[last] - self._verbs[first]

    def words(self) -> list[int]:
        """The tokens that are words, worked out once."""
        if self._words is None:
            self._words = [token for token, bits in enumerate(self.flags) if bits & WORD]
        return self._words

    def is_capitalised(self, token: int) -> bool:
        """Whether the token begins with an upper-case letter, behind a particle too (al-Lafi, d'Estaing)."""
        if self.text[self.starts[token]].isupper():
            return True
        word = self.norms[token]
        if "-" not in word and "'" not in word:
            return False
        return any(char.isupper() for char in self.word(token))


def read_paragraph(text: str, start_char: int, end_char: int, block: Block, lexicon: Lexicon) -> Paragraph:
    """The tokens of ``text[start_char:end_char]``; quotations and sentences are found by their own modules."""
    pieces = _TOKEN.split(text[start_char:end_char])  # what stands between tokens, and each token in its turn
    words = pieces[1::2]
    places = list(accumulate(map(len, pieces), initial=start_char))
    starts, ends = places[1:-1:2], places[2::2]
    entries = _entries(words, lexicon)
    flags = [entry[1] for entry in entries]
    odd = [token for token, bits in enumerate(flags) if bits & ODD]
    if odd:
        changes = _changes(text, starts, ends, flags, odd, lexicon)
        if changes:
            spans = _changed(list(zip(starts, ends, strict=True)), changes)
            starts, ends = [start for start, _ in spans], [end for _, end in spans]
            entries = _entries([text[start:end] for start, end in spans], lexicon)
            flags = [entry[1] for entry in entries]
    paragraph = Paragraph(
        text,
        start_char,
        end_char,
        block,
        lexicon,
        starts=starts,
        ends=ends,
        norms=[entry[0] for entry in entries],
        flags=flags,
        marks=[token for token, bits in enumerate(flags) if bits & MARK],
    )
    _mark_phrases(paragraph)
    return paragraph


def _entries(words: list[str], lexicon: Lexicon) -> list[tuple[str, int]]:
    """The folded form and classes of each token."""
    known = lexicon.readings
    try:
        return [known[word] for word in words]
    except KeyError:
        look_up = lexicon.read
        return [known.get(word) or look_up(word) for word in words]


Change = tuple[int, int, list[Span]]
"""First token to replace, one past the last, and what stands in their place."""


def _changes(
    text: str, starts: list[int], ends: list[int], flags: list[int], odd: list[int], lexicon: Lexicon
) -> list[Change]:
    """What the ``odd`` tokens ask for: words cut at quotation marks inside, abbreviations joined to their stop,
    controls left out."""
    changes: list[Change] = []
    singles: list[int] | None = None
    """Starts of the single marks, worked out when first needed."""
    behind = 0
    """One past the last token that a change has used up."""
    for token in odd:
        if token < behind:
            continue
        start, end = starts[token], ends[token]
        bits = flags[token]
        if bits & CONTROL:
            changes.append((token, token + 1, []))
        elif bits & MARK_INSIDE:
            pieces = _cut_at_marks(text, start, end) if lexicon.cased else _pieces(text, start, end, lexicon)
            if pieces != [(start, end)]:
                changes.append((token, token + 1, pieces))
        elif token + 1 < len(starts) and starts[token + 1] == end:
            after = ends[token + 1]
            mark = text[end:after]
            if mark not in (_AWAITED if bits & MARK_AFTER else ()) and not (mark == "." and bits & ABBREVIATION):
                continue
            if mark != ".":
                if singles is None:
                    singles = [
                        place for place, last in zip(starts, ends, strict=True) if text[place:last] in SINGLE_MARKS
                    ]
                if _is_open(text, singles, end):
                    continue
            changes.append((token, token + 2, [(start, after)]))
            behind = token + 2
    return changes


_AWAITED = frozenset("'׳’")
"""Marks that belong to the word before when they stand right behind it."""


def _is_open(text: str, singles: list[int], place: int) -> bool:
    """Whether the last single mark before ``place`` stands where one opens: behind no letter or digit."""
    number = bisect_left(singles, place)
    if not number:
        return False
    start = singles[number - 1]
    return start == 0 or not text[start - 1].isalnum()


def _changed(spans: list[Span], changes: list[Change]) -> list[Span]:
    result: list[Span] = []
    done = 0
    for first, last, pieces in changes:
        result += spans[done:first]
        result += pieces
        done = last
    result += spans[done:]
    return result


def _mark_phrases(paragraph: Paragraph) -> None:
    """Give the words of a listed phrase (prime minister, on Monday) the class of the phrase.

    In a cased language a capitalised word inside a sentence is no auxiliary or verb (Will, May).
    """
    norms, flags = paragraph.norms, paragraph.flags
    phrases = paragraph.lexicon.phrases
    last = len(norms) - 1
    for token in [token for token, norm in enumerate(norms) if norm in phrases]:
        if token == last:
            continue
        for rest, bits in phrases[norms[token]].get(norms[token + 1], ()):
            if len(rest) == 1 or tuple(norms[token + 1 : token + 1 + len(rest)]) == rest:
                if bits & COMPLEMENTISER:
                    flags[token + len(rest)] |= bits
                else:
                    for place in range(token, token + 1 + len(rest)):
                        flags[place] |= bits
                break
    if paragraph.lexicon.cased:
        for token in [token for token, bits in enumerate(flags) if bits & _NEVER_NAMES]:
            if token and paragraph.is_capitalised(token):
                flags[token] &= ~_NEVER_NAMES


_NEVER_NAMES = VERB | AUXILIARY


def _cut_at_marks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    piece = start
    for position in range(start, end):
        if text[position] in QUOTE_MARKS:
            if position > piece:
                pieces.append((piece, position))
            pieces.append((position, position + 1))
            piece = position + 1
    if piece < end:
        pieces.append((piece, end))
    return pieces


def _pieces(text: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """A word with a double mark inside: one piece where the mark is gershayim, cut where it opens a quotation.

    It opens one where only attached particles stand before it and more than a letter behind it (ש"המצב); gershayim
    stand before the last letter of an acronym or inside a longer word (צה"ל, מנכ"לית).
    """
    position = next(place for place in range(start, end) if text[place] in '"״')
    if '"' not in lexicon.pack.quotes.in_word and "״" not in lexicon.pack.quotes.in_word:
        return _cut_at_marks(text, start, end)
    before = fold_word(text[start:position])
    behind = end - position - 1
    if behind >= 2 and _only_particles(before, lexicon.proclitics):
        return [(start, position), (position, position + 1), (position + 1, end)]
    return [(start, end)]


def _only_particles(word: str, particles: tuple[str, ...]) -> bool:
    rest = word.rstrip("-־")
    while rest:
        for particle in particles:
            if rest.endswith(particle):
                rest = rest[: -len(particle)]
                break
        else:
            return False
    return True


def quotation_at(paragraph: Paragraph, token: int) -> Quotation | None:
    """The quotation whose opening mark is at ``token``."""
    for quotation in paragraph.quotations:
        if quotation.opens_at == token and quotation.first == token + 1:
            return quotation
    return None


def mark_sides(paragraph: Paragraph, token: int) -> tuple[bool, bool]:
    """Whether a mark has a boundary (space, punctuation that leads in or out, an end) on its left and right.

    Characters that nobody sees, as bidi controls, are looked through, and so is the same mark once more.
    """
    text = paragraph.text
    start, end = paragraph.starts[token], paragraph.ends[token]
    mark = text[start]
    while start > paragraph.start_char and (text[start - 1] == mark or text[start - 1] in _UNSEEN):
        start -= 1
    while end < paragraph.end_char and (text[end] == mark or text[end] in _UNSEEN):
        end += 1
    left = start <= paragraph.start_char or text[start - 1].isspace() or text[start - 1] in _LEFT_BOUNDARY
    right = end >= paragraph.end_char or text[end].isspace() or text[end] in _RIGHT_BOUNDARY
    return left, right


_UNSEEN = frozenset(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def find_sentences(paragraph: Paragraph) -> None:
    """Cut the paragraph into sentences; marks of sentence end inside a quotation end nothing outside it."""
    lexicon, norms, inside = paragraph.lexicon, paragraph.norms, paragraph.inside
    count = len(norms)
    sentences = paragraph.sentences
    first = 0
    for token in [token for token, norm in enumerate(norms) if norm in _CLOSERS]:
        if token < first or inside[token] >= 0:
            continue
        norm = norms[token]
        last = token + 1
        if norm != '"':
            ends_here = _ends_sentence(paragraph, token, norm, lexicon)
        else:
            before = token - 1
            while before > first and norms[before] == '"':
                before -= 1
            ends_here = (
                token > first
                and norms[before] in _END_NORMS
                and inside[before] >= 0
                and (last >= count or _starts_sentence(paragraph, last))
            )
        if ends_here:
            while last < count and norms[last] in _TRAILING and inside[last] < 0 and _adjoins(paragraph, last):
                last += 1
            sentences.append(Sentence(first, last))
            first = last
    if first < count:
        sentences.append(Sentence(first, count))
    if any(sentence.last - sentence.first > MAX_SENTENCE for sentence in sentences):
        sentences[:] = [
            Sentence(start, min(start + MAX_SENTENCE, sentence.last))
            for sentence in sentences
            for start in range(sentence.first, sentence.last, MAX_SENTENCE)
        ]
    sentence_of = paragraph.sentence_of
    for number, sentence in enumerate(sentences):
        sentence_of.extend([number] * (sentence.last - sentence.first))


_END_NORMS = frozenset((".", "!", "?", "…", "..", "...", "....", "۔"))
_CLOSERS = _END_NORMS | {'"'}
_TRAILING = frozenset((".", "!", "?", "…", ")", "]", "..", "..."))


def _adjoins(paragraph: Paragraph, token: int) -> bool:
    return paragraph.ends[token - 1] == paragraph.starts[token]


def _starts_sentence(paragraph: Paragraph, token: int) -> bool:
    if not paragraph.lexicon.cased:
        return True
    return paragraph.is_capitalised(token) or not paragraph.is_word(token)


def _ends_sentence(paragraph: Paragraph, token: int, norm: str, lexicon: Lexicon) -> bool:
    count = len(paragraph)
    if token + 1 >= count:
        return True
    if norm in ("..", "...", "…", "....") and lexicon.cased:
        return _starts_sentence(paragraph, token + 1) and paragraph.norms[token + 1] != '"'
    if norm != ".":
        return not (lexicon.cased and paragraph.is_word(token + 1) and not paragraph.is_capitalised(token + 1))
    if token == 0:
        return False
    before = paragraph.norms[token - 1]
    adjoining = paragraph.starts[token + 1] == paragraph.ends[token]
    if (
        adjoining
        and paragraph.text[paragraph.ends[token] : paragraph.ends[token] + 1].isdigit()
        and before[-1:].isdigit()
    ):
        return False
    if adjoining and "(" in paragraph.norms[max(0, token - 5) : token] and ")" in paragraph.norms[token : token + 5]:
        return False
    if adjoining and (lexicon.cased or not paragraph.is_word(token + 1) or len(before) < 2):
        return paragraph.norms[token + 1] in _TRAILING or (not paragraph.is_word(token + 1) and len(before) > 1)
    if before in lexicon.abbreviations or (len(before) == 1 and before.isalpha() and lexicon.cased):
        return False
    return _starts_sentence(paragraph, token + 1)
