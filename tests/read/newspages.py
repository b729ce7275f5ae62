"""News pages of our own in three languages, in the markup that sites use, each with what its text has to be.

A scene is a function from the words of a language (newspages.toml) to a page and its parts in order, each a block, its
text, and the number of the story it belongs to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Words = dict[str, Any]
WORDS: dict[str, Words] = tomllib.loads(Path(__file__).with_name("newspages.toml").read_text(encoding="utf-8"))


@dataclass
class Gold:
    """The parts of a page: block, text, story."""

    parts: list[tuple[str, str, int]] = field(default_factory=list)
    story: int = 0
    handles: list[str] = field(default_factory=list)

    def add(self, block: str, text: str, markup: str = "{}") -> str:
        """Note a part; its markup comes back."""
        self.parts.append((block, text, self.story))
        return markup.format(text)

    def body(self, texts: list[str], markup: str = "<p>{}</p>\n") -> str:
        """Paragraphs."""
        return "".join(self.add("body", text, markup) for text in texts)

    def tweet(self, words: Words, markup: str = "{}") -> str:
        """A post of X, as it is embedded."""
        self.parts.append(("post", words["post"], self.story))
        self.parts.append(("post-signature", words["signature"], self.story))
        self.handles.append("@noa_b")
        name, _, date = words["signature"].removeprefix("— ").partition(" (@noa_b) ")
        return markup.format(
            f'<blockquote class="twitter-tweet"><p lang="x" dir="ltr">{words["post"]}</p>&mdash; {name} (@noa_b) '
            f'<a href="https://twitter.com/noa_b/status/1786?ref_src=x">{date}</a></blockquote>'
            '<script async src="https://platform.example/widgets.js" charset="utf-8"></script>'
        )


Scene = Callable[[Words, Gold], str]
SCENES: dict[str, Scene] = {}


def scene(function: Scene) -> Scene:
    """Register a scene under its name."""
    SCENES[function.__name__.replace("_", "-")] = function
    return function


def page(lang: str, name: str) -> tuple[str, Gold]:
    """The HTML of a page and what its text has to be."""
    words, gold = WORDS[lang], Gold()
    content = SCENES[name](words, gold)
    if content.startswith("<!DOCTYPE"):
        return content, gold
    return frame(lang, words, content), gold


def frame(lang: str, words: Words, content: str) -> str:
    """A page around ``content``: menus, cookie bar, share line, ticker, most read, comments, footer."""
    menu = "".join(
        f'<li class="menu-item"><a href="/s/{number}">{one}</a></li>' for number, one in enumerate(words["menu"])
    )
    cards = "".join(
        f'<div class="card"><a href="/n/{number}"><img data-src="x.jpg"><h3>{one}</h3></a></div>'
        for number, one in enumerate(words["teasers"] * 4)
    )
    return f"""<!DOCTYPE html>
<html lang="{lang}" dir="{"ltr" if lang == "en" else "rtl"}"><head><meta charset="utf-8">
<title>{words["title"]} | {words["site"]}</title><meta property="og:title" content="{words["title"]}">
<meta property="og:site_name" content="{words["site"]}"><link rel="canonical" href="https://ledger.example/a/1">
<meta property="article:published_time" content="2024-05-03T09:40:00+03:00"><style>.a{{color:red}}</style></head>
<body class="single-post has-sidebar"><header class="site-header"><div class="logo"><a href="/">{words["site"]}</a></div>
<nav><ul>{menu}</ul></nav></header>
<div class="news-ticker"><span>{words["ticker"]}.</span></div>
<div class="wrapper"><div class="columns"><div class="col-8">
{content}
<div class="share-bar"><span>{words["share"]}</span><a>X</a><a>WhatsApp</a></div>
<div id="comments"><h3>{words["comments"]}</h3><p>{words["comment"]}</p><p>{words["comment"]} {words["comment"]}</p></div>
</div><div class="sidebar"><h4>{words["related"]}</h4>{cards}</div></div></div>
<div class="cookie-consent"><p>{words["cookies"]}</p><button>OK</button></div>
<footer class="footer"><ul>{menu}</ul><p>© 2024 {words["site"]}</p></footer>
<script>window.__STATE__ = {{"title": "{words["title"].replace('"', "")}", "x": "<p>no text</p>"}};</script></body></html>"""


def _links(words: Words, gold: Gold, markup: str = '<li><a href="/n/1">{}</a></li>') -> str:
    return "".join(gold.add("related", one, markup) for one in words["teasers"])


@scene
def posts(words: Words, gold: Gold) -> str:
    return (
        '<article class="post-77 post type-post tag-share category-news">'
        + gold.add("headline", words["title"], '<h1 class="entry-title">{}</h1>')
        + gold.add("credit", words["byline"], '<div class="byline">{}</div>')
        + gold.add("dateline", words["date"], '<time datetime="2024-05-03T09:40:00+03:00">{}</time>')
        + '<div class="entry-content">'
        + gold.body(words["paragraphs"][:2])
        + gold.tweet(words)
        + gold.body(words["paragraphs"][2:4])
        + gold.add("body", words["quote"], "<blockquote><p>{}</p></blockquote>")
        + gold.body(words["paragraphs"][4:])
        + "</div></article>"
    )


@scene
def related_boxes(words: Words, gold: Gold) -> str:
    return (
        "<article>"
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.body(words["paragraphs"][:2])
        + '<div class="related-box">'
        + gold.add("boilerplate", words["related"], "<strong>{}</strong>")
        + "<ul>"
        + _links(words, gold)
        + "</ul></div>"
        + gold.body(words["paragraphs"][2:4])
        + gold.add("related", f"{words['related']} {words['teasers'][0]}.", "")
        + f'<p><strong>{words["related"]}</strong> <a href="/n/2">{words["teasers"][0]}.</a></p>'
        + gold.body(words["paragraphs"][4:])
        + "</article>"
    )


@scene
def captions(words: Words, gold: Gold) -> str:
    return (
        '<div class="single"><div class="single-head">'
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.add(
            "caption", words["caption"], '</div><figure><img src="a.jpg" alt="x"><figcaption>{}</figcaption></figure>'
        )
        + '<div class="article-body" itemprop="articleBody">'
        + gold.body(words["paragraphs"][:3])
        + gold.add(
            "caption",
            words["caption"][:30],
            '<div class="wp-caption alignleft"><img src="b.jpg"><p class="wp-caption-text">{}</p></div>',
        )
        + gold.add("headline", words["subhead"], "<h2>{}</h2>")
        + gold.body(words["paragraphs"][3:])
        + gold.add("credit", words["credit"], "<p>{}</p>")
        + "</div>"
        + "".join(gold.add("tags", one, '<a class="tag" rel="tag" href="/t">{}</a>') for one in words["tags"])
        + "</div>"
    )


@scene
def table_and_breaks(words: Words, gold: Gold) -> str:
    first, *rest = words["paragraphs"]
    return (
        '<form id="aspnetForm" action="x"><table width="100%"><tr><td valign="top"><font size="5"><b>'
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + '</b></font></td></tr><tr><td><font face="Arial" size="3">'
        + gold.add("body", first)
        + "".join("<br><br>\n" + gold.add("body", text) for text in rest)
        + "</font></td></tr></table></form>"
    )


@scene
def single_breaks(words: Words, gold: Gold) -> str:
    first, *rest = words["paragraphs"]
    return (
        gold.add("headline", words["title"], '<div class="hd"><h1>{}</h1></div>')
        + '<div id="txt"><span class="t">'
        + gold.add("body", first)
        + "".join("<br/>\n" + gold.add("body", text) for text in rest)
        + "</span></div>"
    )


@scene
def div_soup(words: Words, gold: Gold) -> str:
    block = '<div class="css-1x"><div data-block="true"><div class="css-9z"><span data-text="true">{}</span></div></div></div>'
    return (
        '<div class="css-a1"><div class="css-b2">'
        + gold.add("headline", words["title"], "<h1 class='css-t'><span>{}</span></h1>")
        + '</div><div class="css-c3">'
        + gold.body(words["paragraphs"][:4], block)
        + '<div class="css-ad"><script>ad()</script></div>'
        + gold.body(words["paragraphs"][4:], block)
        + "</div></div>"
    )


@scene
def live_blog(words: Words, gold: Gold) -> str:
    def entry(number: int, head: str, texts: list[str]) -> str:
        return (
            '<article class="live-blog-entry">'
            + gold.add("dateline", f"{number}:30", f'<time datetime="2024-05-03T{number}:30:00+03:00">{{}}</time>')
            + gold.add("headline", head, "<h2>{}</h2>")
            + gold.body(texts)
            + "</article>"
        )

    return (
        '<main class="live-blog">'
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.body(words["paragraphs"][:1])
        + entry(14, words["second"], words["others"][:2])
        + entry(13, words["third"], words["more"])
        + entry(12, words["subhead"], words["paragraphs"][3:5])
        + "</main>"
    )


@scene
def interview(words: Words, gold: Gold) -> str:
    questions, answers = words["questions"], words["paragraphs"]
    return (
        "<article>"
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.add("body", words["lead"], '<p class="lead">{}</p>')
        + "<section>"
        + gold.body(answers[:1])
        + gold.body(questions[:1], "<p><strong>{}</strong></p>")
        + gold.body(answers[4:5])
        + gold.body(questions[1:], "<p><b>{}</b></p>")
        + gold.body(answers[3:4])
        + gold.add("headline", words["subhead"], "<p><strong>{}</strong></p>")
        + gold.body(answers[5:])
        + "</section></article>"
    )


@scene
def flash(words: Words, gold: Gold) -> str:
    lines = "".join(f"<div><span>{one}</span></div>" for one in words["menu"])
    return (
        f'<div class="x1">{lines}</div><div class="x2"><div>'
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.add("body", words["flash"], '</div><div class="x3">{}</div>')
        + f'</div><div class="x4">{lines}</div><ul>{"".join(f"<li><a>{one}</a></li>" for one in words["teasers"] * 3)}</ul>'
    )


@scene
def digest(words: Words, gold: Gold) -> str:
    parts = []
    stories = (
        (words["second"], words["others"]),
        (words["third"], words["more"]),
        (words["title"], words["paragraphs"][:2]),
    )
    for number, (title, texts) in enumerate(stories):
        gold.story = number
        parts.append(
            '<article class="brief">' + gold.add("headline", title, "<h2>{}</h2>") + gold.body(texts) + "</article>"
        )
    return f'<section class="list">{"".join(parts)}</section>'


@scene
def aggregator(words: Words, gold: Gold) -> str:
    parts = []
    stories = (
        (words["title"], words["paragraphs"][:4]),
        (words["second"], words["others"]),
        (words["third"], words["more"]),
    )
    for number, (title, texts) in enumerate(stories):
        gold.story = number
        parts.append(
            '<div class="news-item">'
            + gold.add("headline", title, '<h2><a href="https://other.example/1">{}</a></h2>')
            + gold.add("dateline", words["date"].replace("3", str(number + 3), 1), '<span class="date">{}</span>')
            + f"<div class='text'>{gold.body(texts[:1])}"
            + (gold.tweet(words) if number == 1 else "")
            + gold.body(texts[1:])
            + "</div>"
            + gold.add("credit", words["credit"], '<p class="src">{}</p>')
            + f'<div class="share"><a>{words["share"]}</a></div></div>'
        )
    cloud = "".join(f"<a>{one}</a> " for one in words["tags"] * 10)
    return f'<div class="feed">{"".join(parts)}</div><div class="tag-cloud">{cloud}</div>'


@scene
def second_story_below(words: Words, gold: Gold) -> str:
    text = (
        '<div class="article-text">'
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.body(words["paragraphs"])
        + gold.add("credit", words["credit"], "<p>{}</p>")
        + gold.add("boilerplate", words["related"], "<p>{}</p>")
    )
    gold.story = 1
    return text + gold.add("headline", words["second"], "<h2>{}</h2>") + gold.body(words["others"]) + "</div>"


@scene
def flat_stories(words: Words, gold: Gold) -> str:
    text = '<div id="main">'
    stories = (
        (words["second"], words["others"]),
        (words["third"], words["more"]),
        (words["title"], words["paragraphs"]),
    )
    for number, (title, texts) in enumerate(stories):
        gold.story = number
        text += gold.add("headline", title, "<h2>{}</h2>")
        text += gold.add("dateline", words["date"].replace("3", str(number + 3), 1), '<p class="date">{}</p>')
        text += gold.body(texts)
    return text + "</div>"


@scene
def other_embeds(words: Words, gold: Gold) -> str:
    def post(text: str, signature: str, handle: str, markup: str) -> str:
        gold.parts += [("post", text, 0), ("post-signature", signature, 0)]
        gold.handles.append(handle)
        return markup

    first, second = words["post"], words["post_two"]
    return (
        "<article>"
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.body(words["paragraphs"][:2])
        + post(
            first, "— Noa Bar (@noa.bar) May 3, 2024", "@noa.bar",
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cx1/?utm_source=x">'
            f'<div><a href="https://www.instagram.com/p/Cx1/">View this post on Instagram</a><p>{first}</p>'
            '<p>A post shared by Noa Bar (@noa.bar) on <time datetime="2024-05-03">May 3, 2024</time></p></div></blockquote>',
        )
        + gold.body(words["paragraphs"][2:4])
        + post(
            second, f"— {words['site']} (@ledger_news) 2024-05-03", "@ledger_news",
            '<div class="tgme_widget_message" data-post="ledger_news/12"><div class="tgme_widget_message_author">'
            f'<a class="tgme_widget_message_owner_name" href="https://t.me/ledger_news"><span>{words["site"]}</span></a></div>'
            f'<div class="tgme_widget_message_text">{second}</div><div><span class="tgme_widget_message_views">12K</span>'
            '<a href="https://t.me/ledger_news/12"><time datetime="2024-05-03T10:00:00+00:00">10:00</time></a></div></div>',
        )
        + gold.body(words["paragraphs"][4:5])
        + post(
            first, "— Noa Bar (@noabar) Friday, May 3, 2024", "@noabar",
            '<div class="fb-post" data-href="https://www.facebook.com/noabar/posts/99"><blockquote '
            f'cite="https://www.facebook.com/noabar/posts/99" class="fb-xfbml-parse-ignore"><p>{first}</p>Posted by '
            '<a href="https://www.facebook.com/noabar">Noa Bar</a> on&nbsp;<a href="https://www.facebook.com/noabar/posts/99">'
            "Friday, May 3, 2024</a></blockquote></div>",
        )
        + gold.body(words["paragraphs"][5:])
        + "</article>"
    )  # fmt: skip


@scene
def lazy_copies(words: Words, gold: Gold) -> str:
    body = "".join(f"<p>{text}</p>" for text in words["paragraphs"])
    return (
        '<main><div class="desktop">'
        + gold.add("headline", words["title"], "<h1>{}</h1>")
        + gold.body(words["paragraphs"])
        + f'</div><div class="mobile-only">{body}</div><noscript>{body}</noscript>'
        + f'<template>{body}</template><div style="display: none">{body}</div></main>'
    )


@scene
def word_press(words: Words, gold: Gold) -> str:
    return (
        '<article id="post-1" class="post-1 post type-post status-publish hentry category-news tag-related tag-cookie">'
        '<header class="entry-header">'
        + gold.add("headline", words["title"], '<h1 class="entry-title">{}</h1>')
        + gold.add(
            "dateline",
            words["date"],
            '<div class="entry-meta"><span class="posted-on"><time class="entry-date" datetime="2024-05-03">{}</time></span>',
        )
        + gold.add(
            "credit",
            words["author"],
            '<span class="author vcard"><a rel="author" href="/author/x">{}</a></span></div></header>',
        )
        + '<div class="entry-content clearfix">'
        + gold.body(words["paragraphs"])
        + f'<div class="sharedaddy"><h3>{words["share"]}</h3></div><div class="jp-relatedposts">'
        + gold.add("boilerplate", words["related"], "<h3>{}</h3>")
        + _links(words, gold)
        + '</div></div><footer class="entry-footer">'
        + "".join(gold.add("tags", one, '<span class="tags-links"><a rel="tag">{}</a></span>') for one in words["tags"])
        + "</footer></article>"
    )
