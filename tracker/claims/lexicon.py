"""The bilingual table of concepts: which forms of the three languages mean the same, and what is whose opposite.

The table is ``tracker/claims/concepts/*.toml``, one file a field and one table a concept::

    [ceasefire]
    en = "ceasefire, cease-fire, armistice"
    ar = "هدنة, وقف إطلاق النار"
    he = "הפסקת אש"
    opposite = "war"          # ids; holds in both directions
    near = "calm"             # close in meaning, not the same

A form in Latin capitals of at most four letters (US, WHO) is met only where the text has it in capitals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tracker.errors import ConfigError
from tracker.lang import load_pack
from tracker.lang.tables import read_toml

FOLDER = Path(__file__).parent / "concepts"
_RELATIONS = ("opposite", "near")
_LONGEST_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning. ``number`` counts concepts of one process, ``id`` is stable, ``field`` is the file it is in."""

    number: int
    id: str
    field: str
    forms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """All concepts; ``opposites`` and ``near`` map a concept's number to those of others."""

    concepts: tuple[Concept, ...] = ()
    opposites: Mapping[int, frozenset[int]] = field(default_factory=dict)
    near: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def name(self, number: int) -> str:
        """A readable name of concept ``number``."""
        return self.concepts[number].id.replace("_", " ")


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The table, read when it is first asked for. Raises ConfigError that names the file and the concept."""
    return read_lexicon(FOLDER)


def read_lexicon(folder: Path) -> Lexicon:
    """The concepts of all files in ``folder``. An unknown key or id or a concept given twice is a ConfigError."""
    concepts: list[Concept] = []
    relations: list[tuple[int, str, str, str]] = []
    numbers: dict[str, int] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, table in read_toml(path).items():
            where = f"{path}: {name}"
            if name in numbers:
                raise ConfigError(f"{where}: the concept is given twice")
            numbers[name] = len(concepts)
            forms: dict[str, tuple[str, ...]] = {}
            for key, value in table.items():
                if not isinstance(value, str) or not value.strip():
                    raise ConfigError(f"{where}.{key}: forms separated by commas are expected, not {value!r}")
                if key in _RELATIONS:
                    relations.append((numbers[name], key, value, where))
                else:
                    load_pack(key)
                    forms[key] = tuple(form.strip() for form in value.split(",") if form.strip())
            concepts.append(Concept(numbers[name], name, path.stem, forms))
    links: dict[str, dict[int, set[int]]] = {relation: {} for relation in _RELATIONS}
    for number, relation, value, where in relations:
        for other in value.split(","):
            if other.strip() not in numbers:
                raise ConfigError(f"{where}.{relation}: there is no concept {other.strip()!r}")
            target = numbers[other.strip()]
            links[relation].setdefault(number, set()).add(target)
            links[relation].setdefault(target, set()).add(number)
    return Lexicon(
        tuple(concepts),
        {number: frozenset(others) for number, others in links["opposite"].items()},
        {number: frozenset(others) for number, others in links["near"].items()},
    )


def is_acronym(form: str) -> bool:
    """Whether ``form`` is to be met in capitals only: US, not us."""
    return form.isascii() and form.isalpha() and form.isupper() and len(form) <= _LONGEST_ACRONYM
