"""names.toml, places.toml and bodies.toml: how names are spelled, shortened and translated.

Readings, the values of ``letters``, ``initial`` and ``final``, are phones separated by spaces; the alternatives of one
phone are separated by ``/``, each with what it costs in hundredths behind a colon (none: nothing), ``-`` is silence;
``|`` separates whole alternatives. So ``"ב" = "b/v:5"`` reads b, or v at five hundredths, and ``"x" = "k s | z"``. The
phones are listed in ``tracker/names/phones.toml``. A form may end in letters in parentheses, one of which has to
follow: ``c(eiy)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Names:
    """names.toml.

    ``letters``       letters and letter groups of the language's script -> readings, anywhere in a word
    ``initial``       the same, only at the start of a word
    ``final``         the same, only at its end
    ``particles``     words inside names that carry little (van, de, بن, בן)
    ``joiners``       words that make one name with the next word, written as one or not (عبد, أبو, Mc)
    ``articles``      the article where it stands at the front of a name's word (ال, al); with or without it is one name
    ``honorifics``    titles and forms of address in front of a name
    ``suffixes``      what follows a name and is no part of it (PhD, ז"ל)
    ``generations``   what follows a name and tells father from son; the same id in all languages (junior: Jr, الابن)
    ``letter_names``  names of letters that stand for an initial -> the letter in Latin (دبليو: w)
    ``masculine``     given names of men (and those of either) by which a text's words are known to be a person's name
    ``feminine``      given names of women, for the same
    ``other_given``   given names left out there because as words they mostly mean something else, or because texts of
                      this language have few of them; two names that only swap given names are a father's and a son's
    ``given``         given names that stand for each other; the same id in all languages: short forms, and
                      the same biblical, Quranic or saint's name (John, يوحنا, יוחנן)
    ``callings``      titles and trades by walk of life (state, sport, arts), by which people of one name are told apart
    """

    letters: dict[str, str] = field(default_factory=dict)
    initial: dict[str, str] = field(default_factory=dict)
    final: dict[str, str] = field(default_factory=dict)
    particles: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    generations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letter_names: dict[str, str] = field(default_factory=dict)
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    masculine: tuple[str, ...] = ()
    feminine: tuple[str, ...] = ()
    other_given: tuple[str, ...] = ()
    callings: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """places.toml: countries by ISO 3166 code (or a stable id where there is none).

    ``country``  names, the usual one first
    ``capital``  capitals, which stand for the government in the news
    ``people``   adjective, masculine singular without article; the other forms are made by ``endings``
    ``endings``  what an adjective's ending becomes: "masculine ending = other endings"; applied to ``people``
    """

    country: dict[str, tuple[str, ...]] = field(default_factory=dict)
    capital: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Bodies:
    """bodies.toml: words that organisations are called by, with ids shared by all languages.

    ``heads``    what kind of body it is (ministry, وزارة, משרד) -> forms
    ``fields``   what it is concerned with (foreign, خارجية, חוץ) -> forms
    ``bodies``   bodies with one usual name or acronym in each language -> forms
    ``outlets``  papers, agencies and channels whose names are translated or shortened -> forms
    ``fillers``  words of a body's name that tell nothing (of, the, for, لل)
    ``meaning``  one id that says the same as several: "idf = army IL"
    """

    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outlets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    meaning: dict[str, str] = field(default_factory=dict)
