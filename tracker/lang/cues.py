"""cues.toml: the verbs, nouns and phrases that attribute, their forms, and the complements they take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CueClass = Literal["finite", "participle", "noun", "preposition", "passive", "infinitive", "label"]
Act = Literal[
    "says",
    "adds",
    "denies",
    "announces",
    "calls",
    "asks",
    "warns",
    "accuses",
    "describes",
    "promises",
    "writes",
    "reveals",
    "confirms",
    "claims",
    "reports",
    "answers",
    "expects",
    "criticises",
    "praises",
    "agrees",
]
Complement = Literal["quote", "colon", "that", "bare", "inverted", "object", "infinitive", "preposition", "sentence"]
Gender = Literal["m", "f", ""]
Number = Literal["s", "d", "p", ""]
Place = Literal["before", "after", "possessor", "from", "none"]


@dataclass(frozen=True)
class Inflection:
    """One form of a paradigm: ``pattern`` has ``{}`` where the stem goes."""

    pattern: str = "{}"
    gender: Gender = ""
    number: Number = ""
    person: int = 0
    pronoun: bool = False
    """The form carries its speaker as an attached pronoun (قوله, לדבריו)."""


@dataclass(frozen=True)
class Paradigm:
    """How stems of one kind are inflected, and what class the forms are of."""

    name: str
    cue_class: CueClass
    forms: tuple[Inflection, ...] = ()


@dataclass(frozen=True)
class Cue:
    """One word or phrase that attributes.

    ``id``            unique within the language; reaches every row the cue made
    ``act``           what the speaker does with it
    ``stems``         paradigm name -> stems that are inflected by it
    ``forms``         full forms that need no paradigm, of class ``cue_class``; several words are allowed
    ``cue_class``     the class of ``forms``
    ``takes``         complements: ``quote`` (quotation beside it), ``colon`` (the rest after a colon), ``that``
                      (clause behind a complementiser), ``bare`` (clause without one), ``inverted`` (the clause stands
                      before it), ``object`` (a noun phrase up to the clause's end), ``infinitive`` (one who has to act
                      and an infinitive), ``preposition`` (behind one of ``prepositions``), ``sentence`` (the rest of
                      the sentence on either side: according to X)
    ``prepositions``  what stands before the complement; written apart it is no part of the content
    ``addressee``     prepositions that introduce whom it was said to; skipped
    ``addressee_bare``  whom it was said to stands as a bare noun phrase (told *reporters* that …): skipped before a
                      clause, part of the content before an infinitive
    ``within``        an ``object`` counts only where one of these words stands in it (accused X *of*, described X *as*)
    ``places``        where the speaker stands; empty: as usual for the class and the language. ``possessor`` is the
                      noun behind or the pronoun at a noun cue, ``from`` a noun behind one of ``sources``
    ``sources``       prepositions that introduce the speaker of a passive (מ-, נקל عن)
    ``prior``         how often, seen from the word alone, an occurrence is a statement: 0 hardly, 1 nearly always
    ``note``          for the reader of the file
    """

    id: str
    act: Act = "says"
    stems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    cue_class: CueClass = "finite"
    takes: tuple[Complement, ...] = ("quote", "colon", "that")
    prepositions: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    addressee_bare: bool = False
    within: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    sources: tuple[str, ...] = ()
    prior: float = 0.5
    note: str = ""


@dataclass(frozen=True)
class Cues:
    """All cues of one language with the paradigms that inflect them.

    ``pseudo``  phrases that hold a cue's form and attribute nothing (כתב אישום, needless to say); matched before cues
    """

    paradigm: tuple[Paradigm, ...] = ()
    cue: tuple[Cue, ...] = ()
    pseudo: tuple[str, ...] = ()
