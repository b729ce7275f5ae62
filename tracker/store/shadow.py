"""The folded shadow of a text: what is indexed, so that a reader's spelling finds the page's.

A shadow has two columns. ``words`` holds every word folded (``tracker.text.fold``) with the marks inside it taken out
(צה"ל and צהל are one word) and in the order of the text, so that phrases can be found. ``variants`` holds what is
left of words when particles written as one with them (و ف ب ل ك ال, ו ה ב ל מ ש כ) are taken off. Nobody can know
without a dictionary whether the و of وزير is a particle, so the whole word always stays findable beside the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.errors import UsageError
from tracker.lang import language_codes, load_pack
from tracker.text import fold

Shadow = tuple[str, str]
"""The two columns: words, variants."""

MAX_LAYERS = 3
"""No word carries more particles than three in a row, counting the article (ו+ש+ה, و+ب+ال)."""
MIN_STEM = 3
MIN_STEM_AFTER_ARTICLE = 2
"""Letters that must be left; two are enough behind an article, which is longer evidence (הגז, الدم)."""
MAX_WORD = 64
MAX_CACHED = 40_000

_WORD = re.compile(r"[^\W_]+")
_MARK_IN_WORD = re.compile(r"(?<=[^\W_])[\"'](?=[^\W_])")
_DIGIT_GROUP = re.compile(r"(?<=\d),(?=\d\d\d(?!\d))")
_QUOTES = "\"'“”„«»״"


class ShadowLexicon:
    """From a piece of text without white space to its shadow, worked out when it is first met.

    ``conjunctions`` stand outermost, ``articles`` innermost, ``proclitics`` (which may repeat both) between them.
    """

    def __init__(
        self, conjunctions: Iterable[str] = (), proclitics: Iterable[str] = (), articles: Iterable[str] = ()
    ) -> None:
        self.articles = frozenset(map(fold, articles))
        outer = frozenset(map(fold, conjunctions))
        self.prefixes = tuple(sorted(outer | self.articles | frozenset(map(fold, proclitics)) - {""}))
        self._by_letter: dict[str, list[tuple[str, int, bool, bool]]] = {}
        for prefix in self.prefixes:
            least = MIN_STEM_AFTER_ARTICLE if prefix in self.articles else MIN_STEM
            entry = prefix, len(prefix) + least, prefix in outer, prefix in self.articles
            self._by_letter.setdefault(prefix[0], []).append(entry)
        self.words = _Cache(self._words_of)
        self.variants = _Cache(self._variants_of)

    def shadow(self, text: str) -> Shadow:
        """The shadow of ``text``."""
        pieces = text.split()
        # Look-ups driven from C: this runs over every word of every document.
        words = " ".join(map(self.words.__getitem__, pieces))
        return words, " ".join(filter(None, map(self.variants.__getitem__, pieces)))

    def stems(self, word: str) -> list[str]:
        """What may be left of the folded ``word`` without its particles, nearest to the whole word first."""
        if word[:1] not in self._by_letter:
            return []
        found: list[str] = []
        layer = [(word, True)]
        for _ in range(MAX_LAYERS):
            rests = []
            for whole, may_join in layer:
                for prefix, least, is_conjunction, is_article in self._by_letter.get(whole[0], ()):
                    if len(whole) < least or not whole.startswith(prefix) or (is_conjunction and not may_join):
                        continue
                    rest = whole[len(prefix) :]
                    if rest not in found:
                        found.append(rest)
                    if not is_article:
                        rests.append((rest, is_conjunction))
            if not rests:
                break
            layer = rests
        return found

    def without_article(self, word: str) -> list[str]:
        """The folded ``word`` without its article and the particles before that, where it has one."""
        found = []
        for article in self.articles:
            for prefix in ("", *self.prefixes):
                start = prefix + article
                rest = word[len(start) :]
                if word.startswith(start) and len(rest) >= MIN_STEM_AFTER_ARTICLE and rest not in found:
                    found.append(rest)
        return found

    def _words_of(self, piece: str) -> str:
        return " ".join([word for word, _ in split_words(piece)])

    def _variants_of(self, piece: str) -> str:
        return " ".join([form for word, parts in split_words(piece) for form in (*parts, *self.stems(word))])


class _Cache(dict[str, str]):
    """What ``make`` gives for a piece of text, kept for the next time; bounded, and forgotten whole when full."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, piece: str) -> str:
        made = self.make(piece)
        if len(piece) <= MAX_WORD:
            if len(self) >= MAX_CACHED:
                self.clear()
            self[piece] = made
        return made


def split_words(piece: str) -> list[tuple[str, list[str]]]:
    """The folded words of ``piece``, each with the parts by which it may be known as well (minister of minister's)."""
    folded = fold(piece)
    if folded.isalnum() and len(folded) <= MAX_WORD:
        return [(folded, [])]
    folded = _DIGIT_GROUP.sub("", folded)
    joined = _MARK_IN_WORD.sub("", folded)
    words = [(word[:MAX_WORD], list[str]()) for word in _WORD.findall(joined)]
    if len(words) == 1 and folded.count("'") == 1 and joined != folded:
        before, after = ("".join(_WORD.findall(part)) for part in folded.split("'"))
        words[0][1].extend(part for part, other in ((before, after), (after, before)) if len(part) > 2 >= len(other))
    return words


def make_shadow(text: str, lang: str) -> Shadow:
    """The shadow of ``text``, whose attached particles are those of the language ``lang``."""
    return shadow_lexicon(lang).shadow(text)


@cache
def shadow_lexicon(lang: str) -> ShadowLexicon:
    """The lexicon of a language; of one without a folder in ``tracker/lang`` a lexicon without particles."""
    if lang not in _known_codes():
        return ShadowLexicon()
    language = load_pack(lang).language
    return ShadowLexicon(language.conjunctions, language.proclitics, language.articles)


@lru_cache(maxsize=1)
def _known_codes() -> frozenset[str]:
    return frozenset(language_codes())


def match_expression(query: str, *, langs: Iterable[str], columns: tuple[str, ...] = ("words", "variants")) -> str:
    """The FTS5 expression that finds what ``query`` asks for in the given columns of a shadow.

    All words must occur, in any order and with any attached particle; ``"words in quotes"`` must stand together as
    they are; ``word*`` finds words that begin so. Raises UsageError where the query holds no word.
    """
    terms: list[str] = []
    for term in query_terms(query, langs=langs):
        if term.is_phrase:
            terms.append(f'words : "{term.forms[0]}"')
            continue
        star = "*" if term.is_beginning else ""
        alternatives = " OR ".join(f'"{form}"{star}' for form in term.forms)
        terms.append(f"{{{' '.join(columns)}}} : ({alternatives})")
    return " AND ".join(terms)


class QueryTerm(NamedTuple):
    """Folded words of which one has to be there, or begin what is there; or a phrase that has to stand as it is."""

    forms: tuple[str, ...]
    is_phrase: bool = False
    is_beginning: bool = False


def query_terms(query: str, *, langs: Iterable[str]) -> list[QueryTerm]:
    """What ``query`` asks for, all of which must be there. Raises UsageError where it holds no word."""
    lexicons = [shadow_lexicon(lang) for lang in langs]
    terms: list[QueryTerm] = []
    for piece, is_phrase in _query_pieces(query):
        words = [word for word, _ in split_words_of_text(piece)]
        if is_phrase and len(words) > 1:
            terms.append(QueryTerm((" ".join(words),), is_phrase=True))
            continue
        for position, word in enumerate(words):
            forms = [word]
            for lexicon in lexicons:
                forms += [rest for rest in lexicon.without_article(word) if rest not in forms]
            begins = piece.endswith("*") and position == len(words) - 1 and len(word) > 1
            terms.append(QueryTerm(tuple(forms), is_beginning=begins))
    if not terms:
        raise UsageError(f"no word to search for in {query!r:.60}; give at least one letter or digit")
    return terms


def split_words_of_text(text: str) -> list[tuple[str, list[str]]]:
    """``split_words`` for a text with white space in it."""
    return [word for piece in text.split() for word in split_words(piece)]


def _query_pieces(query: str) -> list[tuple[str, bool]]:
    """The query in pieces, phrases marked; a quotation mark inside a word (צה"ל) opens and closes nothing."""
    pieces: list[tuple[str, bool]] = []
    tokens = query.split()
    position = 0
    while position < len(tokens):
        end = position
        if tokens[position][0] in _QUOTES:
            while end < len(tokens) and not (tokens[end][-1] in _QUOTES and len(tokens[end]) > 1):
                end += 1
        if position <= end < len(tokens) and tokens[position][0] in _QUOTES:
            pieces.append((" ".join(tokens[position : end + 1]), True))
            position = end + 1
        else:
            pieces.append((tokens[position], False))
            position += 1
    return pieces
