"""language.toml: what a language is written with, and how it is told from its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """The general facts of one language.

    ``code``               ISO 639-1
    ``script``             ISO 15924, e.g. ``Arab``
    ``direction``          ``ltr`` or ``rtl``
    ``telling_letters``    letters that speak for this language among those of its script
    ``foreign_letters``    letters of the script that this language does not use
    ``frequent_words``     its most frequent short words, as written
    ``conjunctions``       words written as one with the next word that may stand before a cue (و ف / ו ש)
    ``proclitics``         all particles written as one with the next word, the conjunctions among them
    ``articles``           the definite article where it is written as one with its word (ال / ה)
    ``contracted_articles``  a preposition and the article grown together (لل)
    ``before_article``     prepositions written as one with the article and its noun, both kept (بال)
    ``feminine_joint``     what a feminine ending becomes before an enclitic, then the ending (ت, ة)
    ``clause_prefixes``    particles written as one with the verb of an adverbial clause (כש)
    ``feminine_endings``   endings, as written, that show a noun to be feminine (ة)
    ``object_endings``     endings, as written, that only an object or adverb has, and so end a noun phrase (اً)
    ``oblique_endings``    endings, as written, that show a noun to be no subject (ين)
    ``verb_prefixes``      a letter written as one with a verb and the letter it stands before (سي, ست: the future)
    ``before_names``       prepositions written as one with a person's name (ב, ל, מ; not כ)
    ``verb_enclitics``     pronouns written as one with the verb whose object they are, as written
    ``enclitics``          pronouns written as one with the word before
    ``sentence_end``       characters that end a sentence
    ``abbreviations``      words whose full stop ends no sentence, without the full stop
    ``digits``             its ten digits from 0 to 9 where they are not 0-9
    ``pro_drop``       whether a finite verb can stand without its subject
    ``parts``              sequences of letters (``^`` and ``$`` are edges) with what they weigh for or against this
                           language in a word that stands alone; ``""`` is where the sum starts
    ``default_order``      where a speaker stands to a finite cue: before, after, or both, most usual first
    """

    code: str = "und"
    name: str = ""
    script: str = ""
    direction: str = "ltr"
    telling_letters: str = ""
    foreign_letters: str = ""
    frequent_words: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    proclitics: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    contracted_articles: tuple[str, ...] = ()
    before_article: tuple[str, ...] = ()
    feminine_joint: tuple[str, ...] = ()
    verb_prefixes: tuple[str, ...] = ()
    clause_prefixes: tuple[str, ...] = ()
    feminine_endings: tuple[str, ...] = ()
    object_endings: tuple[str, ...] = ()
    oblique_endings: tuple[str, ...] = ()
    enclitics: tuple[str, ...] = ()
    verb_enclitics: tuple[str, ...] = ()
    before_names: tuple[str, ...] = ()
    sentence_end: str = ".!?…"
    abbreviations: tuple[str, ...] = ()
    digits: str = ""
    parts: dict[str, float] = field(default_factory=dict)
    default_order: tuple[str, ...] = ("before", "after")
    pro_drop: bool = False
