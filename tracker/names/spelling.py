"""Words as phones: the letter tables of all languages, by script, and how a word is read with them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tracker.names.phones import PHONES_FILE, PhoneTable, parse_reading

MAX_READINGS = 6
MAX_LETTERS = 48
"""Longer words are cut: no name has them, and nothing may cost more than that."""

OPEN = "aeiou3-"
"""Phones a word may begin with that are no consonants."""

Readings = tuple[tuple[int, ...], ...]


class Spelling:
    """How the letters of one script are read: per place in the word, form -> (letters that must follow, readings)."""

    def __init__(self, script: str) -> None:
        self.script = script
        self.anywhere: dict[str, list[tuple[str, Readings]]] = {}
        self.initial: dict[str, list[tuple[str, Readings]]] = {}
        self.final: dict[str, list[tuple[str, Readings]]] = {}
        self.longest = 1

    def add(self, place: dict[str, list[tuple[str, Readings]]], form: str, readings: Readings) -> None:
        """Take in one entry; the first language to define a form wins."""
        form, _, following = form.partition("(")
        following = following.rstrip(")")
        entries = place.setdefault(form, [])
        if all(known != following for known, _ in entries):
            entries.append((following, readings))
            entries.sort(key=lambda entry: not entry[0])
        self.longest = max(self.longest, len(form))

    def at(self, word: str, start: int, size: int) -> Readings | None:
        """The readings of the ``size`` letters at ``start``, by the most particular place that lists them."""
        end = start + size
        form = word[start:end]
        following = word[end : end + 1]
        for place in self._places(start == 0, end == len(word)):
            for needed, readings in place.get(form, ()):
                if not needed or (following and following in needed):
                    return readings
        return None

    def _places(self, first: bool, last: bool) -> tuple[dict[str, list[tuple[str, Readings]]], ...]:
        if first:
            return (self.initial, self.final, self.anywhere) if last else (self.initial, self.anywhere)
        return (self.final, self.anywhere) if last else (self.anywhere,)


class Speller:
    """Reads words of every script that a language folder brings letters for."""

    def __init__(self) -> None:
        from tracker.lang import language_codes, load_pack  # only here: the tables are read when a name is first met
        from tracker.lang.tables import read_toml

        self.table = PhoneTable(read_toml(PHONES_FILE))
        self.onset = self.table.unit((("'", 0),))
        self.spellings: dict[str, Spelling] = {}
        self.scripts: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        """Per script: the language whose names are written in it."""
        for code in language_codes():
            pack = load_pack(code)
            if not (pack.folder / "names.toml").is_file():
                continue  # a language that is only told apart
            script = pack.language.script
            spelling = self.spellings.setdefault(script, Spelling(script))
            self.codes.setdefault(script, code)
            names = pack.names
            for key, place, entries in (
                ("letters", spelling.anywhere, names.letters),
                ("initial", spelling.initial, names.initial),
                ("final", spelling.final, names.final),
            ):
                for form, text in entries.items():
                    where = f"{pack.folder / 'names.toml'}: {key}.{form}"
                    spelling.add(place, form, parse_reading(text, self.table, where))
                    for letter in form.partition("(")[0]:
                        if letter.isalpha():
                            self.scripts.setdefault(letter, script)

    def script(self, word: str) -> str:
        """The script of most letters of ``word``, empty where no table knows any."""
        counts: dict[str, int] = {}
        for letter in word:
            script = self.scripts.get(letter) or ("Latn" if "a" <= _plain(letter) <= "z" else "")
            if script:
                counts[script] = counts.get(script, 0) + 1
        return max(counts, key=counts.__getitem__) if counts else ""

    def readings(self, word: str) -> Readings:
        """At most ``MAX_READINGS`` ways to read ``word`` as units, the likeliest first, never empty.

        A letter that no table knows stands for itself: it is heard only for the same letter.
        """
        word = word[:MAX_LETTERS]
        spelling = self.spellings.get(self.script(word))
        found: list[tuple[int, ...]] = [()]
        start = 0
        while start < len(word):
            size, alternatives = self._longest(spelling, word, start)
            if len(found) * len(alternatives) > MAX_READINGS:
                alternatives = alternatives[:1]
            found = [reading + alternative for alternative in alternatives for reading in found]
            start += size
        if spelling is not None and spelling.script == "Latn":
            found = [_without_doubles(reading) for reading in found]  # where vowels are left out, twice is twice
        return tuple(dict.fromkeys(self._with_onset(reading) for reading in found))

    def _with_onset(self, units: tuple[int, ...]) -> tuple[int, ...]:
        """A word that begins with a vowel has a letter for that in Arabic and Hebrew, not to be lost for nothing."""
        if units and all(phone in OPEN for phone, _ in self.table.units[units[0]]):
            return (self.onset, *units)
        return units

    def _longest(self, spelling: Spelling | None, word: str, start: int) -> tuple[int, Readings]:
        if spelling is not None:
            for size in range(min(spelling.longest, len(word) - start), 0, -1):
                readings = spelling.at(word, start, size)
                if readings is not None:
                    return size, readings
            plain = _plain(word[start])
            if plain != word[start]:
                readings = spelling.at(word[:start] + plain + word[start + 1 :], start, 1)
                if readings is not None:
                    return 1, readings
        if not word[start].isalnum():
            return 1, ((),)
        return 1, ((self.table.unit(((word[start], 0),)),),)


@lru_cache(maxsize=1)
def speller() -> Speller:
    """The one speller of this process; the language files are read at the first call."""
    return Speller()


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """``letter`` without its marks."""
    return unicodedata.normalize("NFD", letter)[:1] or letter


def _without_doubles(units: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(unit for number, unit in enumerate(units) if number == 0 or unit != units[number - 1])
