"""Which language a stretch of one script is in, by telling letters and frequent words of the language folders.

``Guesser.guess`` says what the letters and words of a stretch say and how sure that is; what is left in doubt goes to
langdetect (see ``doubt``) or is inherited from the page. The evidence is counted, not multiplied: a word that one
language alone uses counts 1, one that several share less; a letter that speaks for a language, or that it does
not use, counts half a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from tracker.lang import language_codes, load_pack
from tracker.lang.language import Language
from tracker.segment.doubt import KNOWN, UNDETERMINED, Detector
from tracker.segment.scripts import ARABIC, HEBREW, LATIN, PLAIN_LETTERS

_WORDS = {
    "Latn": re.compile(rf"[{LATIN}'’ʼ]+"),
    "Arab": re.compile(rf"[{ARABIC}\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c]+"),
    "Hebr": re.compile(rf"[{HEBREW}\u0591-\u05c7'\"׳״]+"),
}
_ANY_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = "'’ʼ"
_LONGEST_WORD = 40
_MOST_WORDS = 60
"""Words, and letters of a word, that the table of parts is asked about."""
_PLAIN_ODDS = 4.0
_EXPECTED_ODDS = -2.0
_RIVAL = 0.4
"""What a second rival's evidence counts against the first's."""
_TIE = 0.85
_SHORT_TEXT = 12
_A_FEW = 4
_ONE_WORD = 0.7
"""What a rival needs to speak for it where a word or two stand alone."""


def _weighed(codes: Collection[str]) -> tuple[tuple[str, float], ...]:
    """The languages that use a word with what it weighs for each of them."""
    weight = 1.0 if len(codes) == 1 else 0.7 if len(codes) < 4 else 0.4
    return tuple((code, weight) for code in codes)


@dataclass(frozen=True, slots=True)
class Guess:
    """A language, how sure (0 to 1), and on how many words that rests."""

    lang: str
    confidence: float
    words: int


class Guesser:
    """What tells the languages of one script apart; ``home`` are those that the caller works with."""

    def __init__(self, script: str, languages: Iterable[Language], home: frozenset[str]) -> None:
        self.script = script
        self.languages = tuple(languages)
        self.codes = frozenset(language.code for language in self.languages)
        self.home = self.codes & home
        self._words = _WORDS.get(script, _ANY_WORD)
        by_word: dict[str, list[str]] = {}
        self._telling: dict[str, list[str]] = {}
        self._foreign: dict[str, list[str]] = {}
        for language in self.languages:
            for word in language.frequent_words:
                by_word.setdefault(word.lower(), []).append(language.code)
            for letter in language.telling_letters:
                self._telling.setdefault(letter, []).append(language.code)
            for letter in language.foreign_letters:
                self._foreign.setdefault(letter, []).append(language.code)
        self._by_word = {word: _weighed(dict.fromkeys(codes)) for word, codes in by_word.items()}
        special = "".join({**self._telling, **self._foreign})
        self._special = re.compile(f"[{re.escape(special)}]") if special else None
        self._articles = {
            language.code: tuple(
                f" {conjunction}{article}"
                for article in language.articles
                if len(article) > 1
                for conjunction in ("", *language.conjunctions)
            )
            for language in self.languages
            if any(len(article) > 1 for article in language.articles)
        }
        self._home_code = next(iter(self.home)) if len(self.home) == 1 else None
        mine = next((language for language in self.languages if language.code == self._home_code), None)
        self._mine = frozenset(word.lower() for word in mine.frequent_words) if mine else frozenset()
        self._known = frozenset(self._by_word)
        strange = mine.foreign_letters if mine else ""
        capitals = "".join(letter.upper() for letter in strange if not letter.upper().isascii() and letter != "ß")
        self._strange = re.compile(f"[{re.escape(strange + capitals)}]") if strange else None
        plain = PLAIN_LETTERS.get(script)
        self._never_plain = plain is not None and re.search(f"[{plain}]", strange + capitals) is None
        self._parts = {language.code: language.parts for language in self.languages}
        self._alone = len(self.languages) == 1

    def plainly_home(self, text: str, *, plain: bool = False) -> str | None:
        """The home language of the script, where a first look at ``text`` leaves no doubt; else None.

        ``plain``: ``plain_script`` gave the script, so that strange letters need not be looked for. Cheap on purpose:
        words are cut at white space only, so those with punctuation count for nothing.
        """
        code = self._home_code
        if code is None:
            return None
        if self._alone:
            return code
        known = self._known.intersection(text.lower().split() if self.script == "Latn" else text.split())
        mine = len(known & self._mine)
        rivals = len(known) - mine
        if mine < 2 or mine < rivals * 4:
            mine += sum(text.count(article) for article in self._articles.get(code, ()))
            if mine < 2 or mine < rivals * 4:
                return None
        if rivals > 4:
            return None
        if self._strange is not None and not (plain and self._never_plain):
            limit = min(6, max(1, len(text) // 100))
            if next(islice(self._strange.finditer(text), limit, None), None) is not None:
                return None
        return code

    def tokens(self, text: str) -> list[str]:
        """The words of this script in ``text``, in lower case."""
        return self._words.findall(text.lower())

    def scores(self, text: str, tokens: list[str]) -> dict[str, float]:
        """How much speaks for each language in ``text``, in words; languages that nothing speaks for are left out."""
        score: dict[str, float] = {}
        curly = "’" in text
        for token in tokens:
            told = self._by_word.get(token)
            if told is None and curly:
                told = self._by_word.get(token.replace("’", "'"))
            if told is not None:
                for code, weight in told:
                    score[code] = score.get(code, 0.0) + weight
        special = self._special_letters(" ".join(tokens))
        for letter, count in special:
            telling = self._telling.get(letter, ())
            for code in telling:
                score[code] = score.get(code, 0.0) + 0.5 * count / len(telling)
        for code, articles in self._articles.items():
            found = sum(text.count(article) for article in articles) + text.startswith(tuple(a[1:] for a in articles))
            if found:
                score[code] = score.get(code, 0.0) + 0.5 * found
        for letter, count in special:
            for code in self._foreign.get(letter, ()):
                if code in score:
                    score[code] -= 0.5 * count
        return score

    def _special_letters(self, text: str) -> list[tuple[str, int]]:
        """The telling and the foreign letters in ``text``, and how often each stands there."""
        if self._special is None or self._special.search(text) is None:
            return []
        return [(letter, text.count(letter)) for letter in dict.fromkeys(self._special.findall(text))]

    def guess(self, text: str, detector: Detector) -> Guess:
        """The language letters and words speak for, with the confidence that leaves (0 where nothing speaks)."""
        if self._alone:
            return Guess(self.languages[0].code, 0.95, 1)
        tokens = self.tokens(text)
        if not self.languages or not tokens:
            return Guess(UNDETERMINED, 0.0, len(tokens))
        score = self.scores(text, tokens)
        best = min(score, key=lambda code: (-score[code], code not in self.home, code), default=UNDETERMINED)
        first = score.get(best, 0.0)
        others = [(code, value) for code, value in score.items() if code != best]
        if best in self.home:
            second = max((value for _, value in others), default=0.0)
        else:  # which of two rivals it is matters less than that it is one
            second = max((value if code in self.home else _RIVAL * value for code, value in others), default=0.0)
        if first <= 0:
            return Guess(UNDETERMINED, 0.0, len(tokens))
        margin = (first - max(0.0, second)) / first
        density = first / len(tokens)
        confidence = min(0.99, (0.4 + margin) * min(1.0, 0.35 + density) * min(1.0, 0.5 + 0.25 * first))
        if best not in self.home and len(tokens) <= _SHORT_TEXT and self._odds(tokens, self._home_code) >= _PLAIN_ODDS:
            return Guess(UNDETERMINED, 0.0, len(tokens))  # a few words that two languages share
        if best not in self.home and len(tokens) < _A_FEW:
            confidence = min(confidence, 0.4)  # the page knows better
        if best not in self.home and first < 1.5:
            confidence *= 0.6  # one frequent word is not enough to be somebody else's text
        if best not in self.home and confidence > 0.4:
            best = self._untied(best, score, text, detector)
        return Guess(best, confidence, len(tokens))

    def _untied(self, best: str, score: dict[str, float], text: str, detector: Detector) -> str:
        """``best``, or what langdetect says where that is one of several rivals that are as good."""
        tied = [code for code, value in score.items() if value >= _TIE * score[best] and code not in self.home]
        if len(tied) == 1 or KNOWN.isdisjoint(tied):
            return best
        found, _ = detector.detect(text)
        return found if found in tied else best

    def guess_words(self, text: str) -> Guess:
        """The language of one to three words that stand alone, by the letter sequences they are made of.

        Where a home language has a table of such weights, it decides between that language and all others; where it has
        none, the home language is taken unless letters or words speak for another.
        """
        tokens = self.tokens(text)
        score = self.scores(text, tokens)
        rivals = [code for code in score if code not in self.home]
        rival = max(sorted(rivals), key=lambda code: score[code], default=UNDETERMINED)
        home = max(sorted(self.home), key=lambda code: score.get(code, 0.0), default=None)
        if home is not None and tokens:
            odds = 1.5 * (score.get(home, 0.0) - max(0.0, score.get(rival, 0.0))) + self._odds(tokens, home)
            if odds > 0 or (odds == 0 and not self._parts[home]):
                return Guess(home, 0.4, len(tokens))
        return Guess(rival if score.get(rival, 0.0) >= _ONE_WORD else UNDETERMINED, 0.3, len(tokens))

    def made_like_home(self, text: str, *, expected: bool) -> str | None:
        """The home language where the words of ``text`` are plainly made like its words, by its table of parts.

        ``expected``: the page is in that language, so it is enough that they are not made otherwise.
        """
        if self._home_code is None or not self._parts[self._home_code]:
            return None
        tokens = self.tokens(text)
        least = _EXPECTED_ODDS * (1 + len(tokens) / 12) if expected else _PLAIN_ODDS
        return self._home_code if self._odds(tokens, self._home_code) >= least else None

    def _odds(self, tokens: list[str], code: str | None) -> float:
        """Logarithm of the odds that ``tokens`` are of language ``code``, by its table of parts; 0 without one."""
        if code is None or not self._parts[code]:
            return 0.0
        odds = 0.0
        for token in tokens[:_MOST_WORDS]:
            odds += _word_odds(token.strip(_APOSTROPHES)[:_LONGEST_WORD], code)
        return odds


@lru_cache(maxsize=8192)
def _word_odds(word: str, code: str) -> float:
    """What the parts of one word add to the odds that it is of language ``code``."""
    parts = load_pack(code).language.parts
    edged = f"^{word}$"
    found = {edged[start : start + size] for size in (1, 2, 3, 4) for start in range(len(edged) - size + 1)}
    return parts.get("", 0.0) + sum(parts[part] for part in sorted(found.intersection(parts)))


@lru_cache(maxsize=16)
def guessers(home: tuple[str, ...]) -> dict[str, Guesser]:
    """A Guesser for every script of the language folders; ``home`` are the languages the caller works with."""
    by_script: dict[str, list[Language]] = {}
    for code in language_codes():
        language = load_pack(code).language
        by_script.setdefault(language.script, []).append(language)
    return {script: Guesser(script, found, frozenset(home)) for script, found in by_script.items()}
