"""columns.toml: what the columns of a table of articles, or the keys of their records, are called."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Columns:
    """Names of columns, the likeliest first; spaces, hyphens, underscores and capitals make no difference.

    ``text``       the article (text, body, المحتوى, תוכן); last what is only the beginning of one (summary)
    ``title``      its headline
    ``url``        its address
    ``source``     the outlet
    ``published``  the day it appeared
    ``author``     who wrote it
    ``lang``       the code of its language
    ``id``         its number or key where it comes from
    """

    text: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    id: tuple[str, ...] = ()


FIELDS = tuple(field.name for field in fields(Columns))
"""What a column may be."""
