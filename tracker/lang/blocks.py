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
    ``comments``     what stands over the comments of readers, behind the story (التعليقات, Comments, תגובות)
    ``boilerplate``  menus, subscriptions, share buttons, copyright
    ``helper``       who photographed, edited or translated, and is no author (تصوير, Photos by, צילום)
    ``desk``         words in bylines that are in no person's name (وكالات, staff, מערכת)
    """

    read_also: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    helper: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
