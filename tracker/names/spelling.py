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
        self._places = (
            (self.anywhere,),
            (self.initial, self.anywhere),
            (self.final, self.anywhere),
            (self.initial, self.final, self.anywhere),
        )
        """Where a form is looked for: inside a word, at its beginning, at its end, or where it is the word."""
        self.sizes: dict[str, tuple[int, ...]] = {}
        """Per first letter: how long the forms are that begin with it, the longest first."""

    def add(self, place: dict[str, list[tuple[str, Readings]]], form: str, readings: Readings) -> None:
        """Take in one entry; the first language to define a form wins."""
        form, _, following = form.partition("(")
        following = following.rstrip(")")
        entries = place.setdefault(form, [])
        if all(known != following for known, _ in entries):
            entries.append((following, readings))
            entries.sort(key=lambda entry: not entry[0])
        self.sizes[form[:1]] = tuple(sorted({*self.sizes.get(form[:1], ()), len(form)}, reverse=True))

    def at(self, word: str, start: int, size: int) -> Readings | None:
        """The readings of the ``size`` letters at ``start``, by the most particular place that lists them."""
        end = start + size
        form = word[start:end]
        following = word[end : end + 1]
        for place in self._places[(not start) + 2 * (not following)]:
            entries = place.get(form)
            if entries:
                for needed, readings in entries:
                    if not needed or (following and following in needed):
                        return readings
        return None


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
        found = {self.scripts.get(letter, "") for letter in word}
        if len(found) == 1 and "" not in found:
            return found.pop()
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
            left = len(word) - start
            for size in spelling.sizes.get(word[start], ()):
                readings = spelling.at(word, start, size) if size <= left else None
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
