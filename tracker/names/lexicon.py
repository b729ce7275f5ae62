"""The closed lists of names.toml, all languages in one: particles, joiners, titles, given names; and folded words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tracker.names.spelling import speller

MAX_NAME = 300
"""Code points of a name that are looked at; what is longer is no name."""

_MARKS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "׳": "'", "`": "'", "´": "'", "ʿ": "'", "ʾ": "'", "′": "'",
        "״": '"', "“": '"', "”": '"', "„": '"', "«": " ", "»": " ",
        "־": "-", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
        "\u0640": None,
    }
)  # fmt: skip
_BREAKS = re.compile(r"[\s\-,;:/|()\[\]{}<>&+*_=•·.]+")
_OUTER = '"!?،؛؟…%#@'
_KEPT_MARKS = "\u0654\u0655"  # hamza above and below belong to their letter; the other marks of the script are dropped
_GERESH_SCRIPT = "Hebr"  # the one script where an apostrophe changes the letter before it


class Lexicon:
    """The closed lists of all languages, as folded words."""

    def __init__(self) -> None:
        from tracker.lang import language_codes, load_pack  # only here: the files are read when a name is first met

        self.particles: set[str] = set()
        self.joiners: set[str] = set()
        self.suffixes: set[str] = set()
        self.generations: dict[str, str] = {}
        self.titles: set[tuple[str, ...]] = set()
        self.letter_names: dict[str, str] = {}
        self.given: dict[str, set[str]] = {}
        self.given_words: set[str] = set()
        """All words that are given names, by which father and son are told apart where they swap them."""
        articles: set[str] = set()
        for code in language_codes():
            pack = load_pack(code)
            if not (pack.folder / "names.toml").is_file():
                continue  # a language that is only told apart
            names = pack.names
            self.particles.update(map(fold_word, names.particles))
            self.joiners.update(map(fold_word, names.joiners))
            self.suffixes.update(map(fold_word, names.suffixes))
            for generation, forms in names.generations.items():
                self.generations.update((fold_word(form), generation) for form in forms)
            articles.update(map(fold_word, names.articles))
            self.titles.update(tuple(split_words(title)) for title in names.honorifics)
            self.letter_names.update((fold_word(form), letter) for form, letter in names.letter_names.items())
            for given, forms in names.given.items():
                for form in forms:
                    self.given.setdefault(fold_word(form), set()).add(given)
            self.given_words.update(map(fold_word, (*names.masculine, *names.feminine, *names.other_given)))
        self.articles = tuple(sorted(articles))
        self.longest_title = max(map(len, self.titles), default=0)

    def without_article(self, word: str) -> str:
        """The word behind an article written as one with it, or nothing."""
        for article in self.articles:
            if len(word) >= len(article) + 3 and word.startswith(article):
                return word[len(article) :]
        return ""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon of this process; the language files are read at the first call."""
    return Lexicon()


def fold_word(text: str) -> str:
    """``text`` as words of names are compared: no case, no points, one kind of each mark; hamza and umlauts stay."""
    if text.isascii():
        return text.translate(_MARKS).lower()
    text = unicodedata.normalize("NFKC", text).translate(_MARKS).casefold()
    text = unicodedata.normalize("NFC", text)
    return "".join(char for char in text if char in _KEPT_MARKS or unicodedata.category(char) not in ("Mn", "Cf", "Me"))


def split_words(text: str) -> list[str]:
    """The folded words of ``text``; full stops and hyphens end a word, apostrophes do not."""
    words = []
    for word in _BREAKS.split(fold_word(text[:MAX_NAME])):
        bare = word.strip(_OUTER)
        if "'" in bare:
            bare = bare.lstrip("'") if speller().script(bare) == _GERESH_SCRIPT else bare.replace("'", "")
        if bare:
            words.append(bare)
    return words
