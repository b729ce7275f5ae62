"""syntax.toml: the closed-class words that show where noun phrases, clauses and adjuncts begin and end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Complementiser:
    """A word that opens a content clause.

    ``keep``: it stays in the content (أنه keeps its pronoun). ``glued``: it is written as one with the next word.
    """

    form: str
    keep: bool = False
    glued: bool = False


@dataclass(frozen=True)
class Syntax:
    """Closed classes of one language, as written; prefixes (و, ו) are taken off before a word is looked up.

    ``complementisers``     words that open a content clause
    ``relatives``           words that open a relative clause (الذي, who, אשר, ש)
    ``prepositions``        prepositions written as words of their own
    ``name_prepositions``   those of them that may stand inside the noun phrase of a speaker (of, for, باسم, על)
    ``title_prepositions``  prepositions that may lead from a title to its place, before the name (minister in X, Y)
    ``adjuncts``            words that open an adjunct and so end a noun phrase (أمس, في, during)
    ``fillers``             words between cue and complement that mean nothing here (also, أيضا, גם, Tuesday)
    ``coordinators``        and, or, but as words of their own
    ``subordinators``       words that open an adverbial clause (while, بينما, כאשר)
    ``auxiliaries``         verbs before a cue that belong to it (has, had, was, كان, קד)
    ``negators``            words that negate the cue after them (not, لم, לא)
    ``determiners``         words that open a noun phrase (the, a, this, بعض, כל)
    ``verbal_nouns``        verbal nouns that begin an object and so end the noun phrase before it (إغلاق, تأجيل)
    ``infinitive_markers``  to, أن, ל: what opens an infinitive complement
    ``report_openers``      words that open a clause which only tells where a sentence comes from (as X said, كما, כפי)
    ``whole_words``         words that begin like a glued complementiser and are none (שמעון, שעות, שלום)
    ``question_labels``    what stands before the colon of an interviewer's question (س, ש, Q)
    ``answer_labels``      what stands before the colon of an answer (ج, ת, A)
    ``topic_openers``       phrases that open a sentence with what was asked or is spoken of (ردا على سؤال, באשר ל)
    ``resumptives``         words behind a verb that point back to in what it was said (a letter in which he said, فيها)
    ``name_linkers``        words that lead from somebody to the name (a man called, يدعى, בשם)
    ``asides``              phrases that open a sentence and take no part in it (in turn, من جهته, מנגד)
    """

    complementisers: tuple[Complementiser, ...] = ()
    relatives: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    name_prepositions: tuple[str, ...] = ()
    title_prepositions: tuple[str, ...] = ()
    adjuncts: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    subordinators: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    negators: tuple[str, ...] = ()
    determiners: tuple[str, ...] = ()
    infinitive_markers: tuple[str, ...] = ()
    verbal_nouns: tuple[str, ...] = ()
    whole_words: tuple[str, ...] = ()
    question_labels: tuple[str, ...] = ()
    answer_labels: tuple[str, ...] = ()
    topic_openers: tuple[str, ...] = ()
    resumptives: tuple[str, ...] = ()
    name_linkers: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    report_openers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pronoun:
    """A free pronoun, with agreement; ``kind`` is ``personal``, ``relative`` or ``demonstrative``."""

    form: str
    gender: str = ""
    number: str = "s"
    person: int = 3
    kind: str = "personal"


@dataclass(frozen=True)
class Pronouns:
    """pronouns.toml: free pronouns; attached ones are in the paradigms of cues.toml."""

    pronoun: tuple[Pronoun, ...] = ()
