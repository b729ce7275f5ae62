"""blocks.toml: the words by which the parts of a page are known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blocks:
    """Phrases at the start of a line (with or without a colon behind them).

    ``read_also``    boxes that lead to another story (اقرأ أيضا, Read more, קראו גם)
    ``credit``       where the page was taken from: what follows is the source (المصدر:, Source:, מקור:)
    ``byline``       who wrote, edited or photographed: a credit too, but no source (بقلم, By, מאת)
    ``tags``         keyword lists (كلمات دلالية:, Tags:, תגיות:)
    ``published``    date lines (تاريخ النشر:, Published, פורסם ב)
    ``caption``      picture captions (صورة:, Photo:, צילום:)
    ``boilerplate``  menus, subscriptions, share buttons, copyright
    """

    read_also: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
