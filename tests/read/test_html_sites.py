"""The body of pages in the markup of kinds of sites: which paragraphs are found, whatever stands around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from newspages import WORDS, Words
from paragraphs import paragraph_f1

from tracker.read.html import read_html

Site = Callable[[Words, list[str]], str]


def _texts(words: Words) -> list[str]:
    return [*words["paragraphs"], words["quote"]]


def _card(words: Words, number: int, tag: str = "div") -> str:
    """A teaser as large as they get: linked title, and a summary without a link."""
    text = words["others"][number % 3]
    title = words["teasers"][number % 2]
    return (
        f'<{tag} class="css-k{number % 2}"><a href="/n/{number}"><img src="x.jpg"><h3>{title} {number}</h3></a>'
        f"<p>{number} {text}</p><span>{number + 1} h</span></{tag}>"
    )


def cards_after_hashed_classes(words: Words, texts: list[str]) -> str:
    body = "".join(f'<div class="css-1a"><p class="css-2b">{text}</p></div>' for text in texts)
    cards = "".join(_card(words, number) for number in range(12))
    return f'<div id="root"><div class="css-q"><h1 class="css-h">{words["title"]}</h1>{body}</div><div class="css-z">{cards}</div></div>'


def cards_are_articles(words: Words, texts: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    cards = "".join(_card(words, number, "article") for number in range(20))
    return f"<main><article><h1>{words['title']}</h1>{body}</article><section><h2>x</h2>{cards}</section></main>"


def state_classes(words: Words, texts: list[str]) -> str:
    body = "<br><br>".join(texts)
    return (
        f'<div class="page has-sidebar no-comments"><div class="content with-share comments-open"><h1>{words["title"]}</h1>'
        f'<div class="x">{body}</div></div><div class="sidebar"><ul><li><a>{words["teasers"][0]}</a></li></ul></div></div>'
    )


def wrongly_named(words: Words, texts: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    return f'<div class="sidebar-layout"><div class="article-date-and-tags"><h1>{words["title"]}</h1>{body}</div></div>'


def cut_by_advertisements(words: Words, texts: list[str]) -> str:
    parts = "".join(
        f'<div class="article-text">{"".join(f"<p>{text}</p>" for text in texts[at : at + 2])}</div>'
        '<div class="ad-slot"><p>Advertisement that is long enough to look like a sentence of the story itself.</p></div>'
        for at in range(0, len(texts), 2)
    )
    return f'<div class="col"><h1>{words["title"]}</h1>{parts}</div>'


def promoted_between_paragraphs(words: Words, texts: list[str]) -> str:
    box = (
        '<section role="region"><h2>Recommended</h2><ul role="list">'
        + "".join(f'<li><div class="promo"><a href="/x"><span>{one}</span></a></div></li>' for one in words["teasers"])
        + "</ul></section>"
    )
    body = "".join(f'<div dir="rtl" class="bbc-19"><p>{text}</p></div>' for text in texts[:4])
    rest = "".join(f'<div dir="rtl" class="bbc-19"><p>{text}</p></div>' for text in texts[4:])
    return (
        f'<main role="main"><div class="bbc-h"><h1 id="content">{words["title"]}</h1></div>'
        f'<figure class="bbc-f"><img><p><span class="visually-hidden">x, </span>{words["caption"]}</p></figure>{body}{box}{rest}'
        f"<aside><h2>{words['related']}</h2><ul><li><a>{words['tags'][0]}</a></li></ul></aside></main>"
    )


def paragraphs_in_divs_with_test_ids(words: Words, texts: list[str]) -> str:
    body = "".join(f'<div data-testid="paragraph-{n}" class="text__x">{text}</div>' for n, text in enumerate(texts))
    return (
        f'<article><div class="head"><h1 data-testid="Heading">{words["title"]}</h1><div data-testid="AuthorName">{words["byline"]}'
        f'</div></div><div class="article-body__content__17"><div data-testid="ContextWidget"><span>{words["share"]}</span></div>{body}'
        f'<div data-testid="Promo">Sign up here.</div></div><div class="toolbar"><ul><li>{words["share"]}</li></ul></div></article>'
    )


def popular_theme(words: Words, texts: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    related = "".join(
        f'<div class="td_module_wrap"><h3 class="entry-title td-module-title"><a>{one}</a></h3></div>'
        for one in words["teasers"]
    )
    return (
        '<article id="post-9" class="td-post-template-default post-9 post type-post hentry category-share tag-menu">'
        f'<div class="td-post-header"><header class="td-post-title"><h1 class="entry-title">{words["title"]}</h1>'
        f'<div class="td-module-meta-info"><div class="td-post-author-name">{words["author"]}</div></div></header></div>'
        f'<div class="td-post-sharing-top"><a>{words["share"]}</a></div><div class="td-post-content tagdiv-type">'
        f'<div class="td-a-rec"><span class="td-adspot-title">- x -</span></div>{body}</div><footer>'
        f'<div class="td-post-source-tags"><ul class="td-tags"><li><a>{words["tags"][0]}</a></li></ul></div></footer></article>'
        f'<div class="td_block_wrap td_block_related_posts"><h4>{words["related"]}</h4>{related}</div>'
        f'<div class="comments" id="comments"><div id="respond"><h3>{words["comments"]}</h3><p>{words["comment"]}</p></div></div>'
    )


def old_table(words: Words, texts: list[str]) -> str:
    menu = "".join(f"<tr><td><a href=x><font size=2>{one}</font></a></td></tr>" for one in words["menu"])
    body = "<p align=right dir=rtl>".join(f"<span style='font-size:14pt'>{text}</span>" for text in texts)
    return (
        f"<table><tr><td colspan=3><marquee>{words['ticker']}.</marquee></td></tr><tr><td width=150><table>{menu}</table></td>"
        f"<td><font size=5 color=red>{words['title']}</font><br><font size=1>{words['date']}</font><p align=right dir=rtl>{body}"
        f"</td><td width=120>{''.join(f'<a href=x>{one}</a><br><br>' for one in words['teasers'] * 3)}</td></tr></table>"
    )


def lists_in_the_story(words: Words, texts: list[str]) -> str:
    items = "".join(f"<li>{text}</li>" for text in texts[2:5])
    return (
        f'<div class="post-body entry-content" itemprop="description articleBody"><h1>{words["title"]}</h1><p>{texts[0]}</p>'
        f"<p>{texts[1]}</p><ul>{items}</ul>{''.join(f'<p>{text}</p>' for text in texts[5:])}</div>"
    )


def whole_text_in_json_ld(words: Words, texts: list[str]) -> str:
    import json

    story = {"@type": "NewsArticle", "headline": words["title"], "articleBody": "\n\n".join(texts)}
    return f'<div id="app"><p>{words["share"]}</p></div><script type="application/ld+json">{json.dumps(story)}</script>'


SITES = [
    cards_after_hashed_classes, cards_are_articles, state_classes, wrongly_named, cut_by_advertisements,
    promoted_between_paragraphs, paragraphs_in_divs_with_test_ids, popular_theme, old_table, lists_in_the_story,
    whole_text_in_json_ld,
]  # fmt: skip


def shell(words: Words, content: str) -> str:
    menu = "".join(f"<li><a href=x>{one}</a></li>" for one in words["menu"])
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{words['title']} - {words['site']}</title></head><body>"
        f'<div class="top"><ul>{menu}</ul></div>{content}<div class="bottom"><ul>{menu}</ul><div>© {words["site"]} 2024</div>'
        f'<div id="onetrust-banner"><p>{words["cookies"]}</p></div></div></body></html>'
    )


@pytest.mark.parametrize("lang", list(WORDS))
@pytest.mark.parametrize("site", [pytest.param(site, id=site.__name__) for site in SITES])
def test_body_is_the_story(site: Site, lang: str) -> None:
    words = WORDS[lang]
    texts = _texts(words)
    found = read_html(shell(words, site(words, texts)).encode(), "page.html")
    body = [found.text[hint.start_char : hint.end_char] for hint in found.hints if hint.block == "body"]
    assert body == texts, paragraph_f1(body, texts)
    assert found.text.split("\n")[0] == words["title"]
