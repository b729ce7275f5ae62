"""titles.toml and organisations.toml: words that say what kind of source a noun phrase names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TitleGroup:
    """Titles and offices of one field, masculine (or neutral) and feminine, singular, as written without article.

    Several words are allowed (رئيس الوزراء). ``id`` is stable.
    """

    id: str
    forms: tuple[str, ...] = ()
    feminine: tuple[str, ...] = ()


@dataclass(frozen=True)
class Titles:
    """titles.toml.

    ``group``       titles and offices by field
    ``honorifics``  forms of address before a name that are no office (السيد, Mr, ד"ר)
    ``relations``   kinship and roles that describe a person by another (نجل, wife, עורך דינו)
    """

    group: tuple[TitleGroup, ...] = ()
    honorifics: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Organisations:
    """organisations.toml.

    ``heads``          nouns that head an organisation's name (وزارة, company, משרד)
    ``generic_heads``  heads that are no part of the name (موقع "واللا": site, newspaper, channel)
    ``documents``      things written that speak for their author (report, statement, بيان, דו"ח, study, poll)
    ``groups``         plural or collective people (officials, residents, تلاميذ, תושבים)
    ``anonymous``      sources whose identity is withheld (sources, officials, مصادر, גורם, בכיר)
    ``places``         capitals and countries that stand for their governments
    ``norms``          texts that command and do not speak: according to the law is no statement (law, agreement, חוק)
    ``known``          agencies, outlets, parties and bodies known by a bare name (Reuters, حماس, הליכוד)
    """

    heads: tuple[str, ...] = ()
    generic_heads: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    norms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
