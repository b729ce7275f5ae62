"""Metadata of HTML pages: what is found, where, and which of several counts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from newspages import WORDS

from tracker.names.outlets import find_outlet, load_outlets
from tracker.read.html import read_html
from tracker.read.html.authors import split_names
from tracker.read.html.moments import iso_moment
from tracker.records import Document

BODY = "".join(f"<p>{text}</p>" for text in WORDS["en"]["paragraphs"])
STORY: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Old bridge closed",
    "datePublished": "2024-05-03T09:40:00+03:00",
    "dateModified": "2024-05-04T10:00:00Z",
    "author": [{"@type": "Person", "name": "Ann Bell"}, {"@type": "Person", "name": "Tom Cray"}],
    "publisher": {"@type": "Organization", "name": "The Ledger"},
    "mainEntityOfPage": {"@id": "https://ledger.example/bridge"},
    "inLanguage": "en-GB",
}


def read(head: str, body: str = BODY, lang: str = "en") -> Document:
    return read_html(f'<html lang="{lang}" dir="ltr"><head>{head}</head><body>{body}</body></html>'.encode(), "x")


def script(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(STORY, id="object"),
        pytest.param([{"@type": "BreadcrumbList"}, STORY], id="list"),
        pytest.param({"@graph": [{"@type": "WebSite", "name": "Site"}, {**STORY, "@type": ["Article", "Thing"]}]}, id="graph"),
        pytest.param({"@graph": [
            {"@type": "Organization", "@id": "#o", "name": "The Ledger"},
            {"@type": "Person", "@id": "#a", "name": "Ann Bell"}, {"@type": "Person", "@id": "#t", "name": "Tom Cray"},
            {**STORY, "publisher": {"@id": "#o"}, "author": [{"@id": "#a"}, {"@id": "#t"}]},
        ]}, id="references"),
        pytest.param("<!--\n" + json.dumps(STORY).replace("}]", "},]", 1) + ";\n-->", id="comment-and-trailing-comma"),
        pytest.param(json.dumps({**STORY, "description": "two\nlines"}).replace("\\n", "\n"), id="raw-line-end"),
    ],
)  # fmt: skip
def test_json_ld(value: Any) -> None:
    found = read(script("{broken") + script(value))
    assert (found.title, found.source, found.published) == ("Old bridge closed", "The Ledger", "2024-05-03")
    assert (found.url, found.lang, found.authors) == ("https://ledger.example/bridge", "en", ("Ann Bell", "Tom Cray"))
    fields = {(one.name, one.value, one.found_in) for one in found.metadata}
    assert ("published", "2024-05-03T09:40:00+03:00", "json-ld") in fields
    assert ("modified", "2024-05-04T10:00:00+00:00", "json-ld") in fields


def test_meta_tags_with_where_they_were_found() -> None:
    found = read(
        '<title>Old bridge closed | The Ledger</title><meta property="og:title" content="Old bridge closed">'
        '<meta property="og:site_name" content="The Ledger"><meta name="author" content="Ann Bell">'
        '<meta property="article:published_time" content="2024-05-03T09:40+0300"><meta name="date" content="2024-05-02">'
        '<meta property="article:modified_time" content="2024-05-04"><link rel="canonical" href="https://ledger.example/b">'
    )
    assert [(one.name, one.value, one.found_in) for one in found.metadata] == [
        ("title", "Old bridge closed", "og"),
        ("source", "The Ledger", "og"),
        ("author", "Ann Bell", "meta"),
        ("published", "2024-05-03T09:40:00+03:00", "og"),
        ("published", "2024-05-02", "meta"),
        ("modified", "2024-05-04", "og"),
        ("url", "https://ledger.example/b", "link"),
        ("title", "Old bridge closed | The Ledger", "page"),
        ("lang", "en", "html"),
        ("dir", "ltr", "html"),
    ]
    assert (found.title, found.published, found.authors) == ("Old bridge closed", "2024-05-03", ("Ann Bell",))


def test_time_element_and_microdata() -> None:
    found = read("", '<h1>Old bridge closed</h1><time datetime="2024-05-03T09:40:00+03:00">Friday</time>' + BODY)
    assert found.published == "2024-05-03"
    found = read("", f'<h1>Old bridge</h1><span itemprop="datePublished" content="2024-05-02">2 May</span>{BODY}')
    assert found.published == "2024-05-02"


@pytest.mark.parametrize("value", ["{" * 5000, "[" * 100_000, '{"a":' * 50_000, '"x"', "null", "1" * 6000])
def test_hostile_json_ld_costs_only_itself(value: str) -> None:
    assert read(script(value)).text


def test_language_of_the_page_is_a_hint_that_its_script_can_refute() -> None:
    arabic = "".join(f"<p>{text}</p>" for text in WORDS["ar"]["paragraphs"])
    found = read("", arabic, lang="en")
    assert found.lang is None
    assert ("lang", "en", "html") in {(one.name, one.value, one.found_in) for one in found.metadata}
    assert read("", arabic, lang="ar-EG").lang == "ar"
    hebrew = "".join(f"<p>{text}</p>" for text in WORDS["he"]["paragraphs"])
    assert read("", hebrew, lang="iw").lang == "he"


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        pytest.param("<p>By Ann Bell</p>", ("Ann Bell",), id="en"),
        pytest.param(
            "<div class='byline'>By Ann Bell and Tom Cray in Cairo</div>", ("Ann Bell", "Tom Cray"), id="en-two"
        ),
        pytest.param("<a rel='author' href='/a'>Ann Bell</a>", ("Ann Bell",), id="rel-author"),
        pytest.param("<div class='author-name'>Ann Bell, Health correspondent</div>", ("Ann Bell",), id="en-role"),
        pytest.param("<p>بقلم: سعاد مراد</p>", ("سعاد مراد",), id="ar-by"),
        pytest.param("<p>كتب - سامي الحداد:</p>", ("سامي الحداد",), id="ar-wrote"),
        pytest.param("<span class='writer'>القاهرة - سعاد مراد</span>", ("سعاد مراد",), id="ar-city"),
        pytest.param(
            "<div class='article__author'>سعاد مراد وسامي الحداد</div>", ("سعاد مراد", "سامي الحداد"), id="ar-and"
        ),
        pytest.param(
            "<div class='author'>إعداد: منى الهاشم، سامي الحداد</div>", ("منى الهاشم", "سامي الحداد"), id="ar-list"
        ),
        pytest.param("<div class='byline'>وكالات</div>", (), id="ar-agencies"),
        pytest.param("<p>תצלום: אין</p><div><span>מאת</span> רותם לביא</div>", ("רותם לביא",), id="he-by-split"),
        pytest.param("<p>מאת: רותם לביא</p>", ("רותם לביא",), id="he-by"),
        pytest.param(
            "<span class='authorName'>רותם לביא</span><span class='date'>3.5.2024</span>", ("רותם לביא",), id="he-class"
        ),
        pytest.param("<div class='writer-name'>רותם לביא ויוסי לוין</div>", ("רותם לביא", "יוסי לוין"), id="he-and"),
        pytest.param("<div class='byline'>רותם לביא, כתב לענייני חינוך</div>", ("רותם לביא",), id="he-role"),
        pytest.param("<p>צילום: דן שדה</p>", (), id="he-photo"),
        pytest.param("<div class='author'>מערכת החוף</div>", (), id="he-desk"),
        pytest.param("<p>By Monday the water had gone.</p>", (), id="sentence"),
    ],
)
def test_authors(markup: str, authors: tuple[str, ...]) -> None:
    assert read("", f"<article><h1>Old bridge closed for repairs</h1>{markup}{BODY}</article>").authors == authors


@pytest.mark.parametrize(
    ("written", "names"),
    [
        pytest.param("Reuters", ["Reuters"], id="one-word"),
        pytest.param("ann@ledger.example", [], id="mail"),
        pytest.param("https://facebook.example/ann", [], id="address"),
        pytest.param("admin", [], id="admin"),
        pytest.param("Tel Aviv 2024", [], id="digits"),
    ],
)
def test_split_names(written: str, names: list[str]) -> None:
    assert split_names(written) == names


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        pytest.param("2024-05-03T09:40:00.123+03:00", "2024-05-03T09:40:00+03:00", id="fraction"),
        pytest.param("2024-05-03 09:40:00 GMT", "2024-05-03T09:40:00+00:00", id="gmt"),
        pytest.param("20240503T094000Z", "2024-05-03T09:40:00+00:00", id="basic"),
        pytest.param("Fri, 03 May 2024 09:40:00 +0300", "2024-05-03T09:40:00+03:00", id="rfc-2822"),
        pytest.param("03/05/2024 9:40", "2024-05-03T09:40:00", id="day-first"),
        pytest.param("1714718400", "2024-05-03T06:40:00+00:00", id="seconds"),
        pytest.param("2024-02-31", None, id="no-such-day"),
        pytest.param("yesterday", None, id="words"),
        pytest.param("", None, id="empty"),
    ],
)
def test_moments(written: str, moment: str | None) -> None:
    assert iso_moment(written) == moment


@pytest.mark.parametrize(
    ("head", "source"),
    [
        pytest.param('<meta property="og:site_name" content="الجزيرة نت">', "الجزيرة", id="arabic-name"),
        pytest.param('<meta property="og:site_name" content="Al Jazeera English">', "الجزيرة", id="english-name"),
        pytest.param('<link rel="canonical" href="https://www.aljazeera.net/x"><meta property="og:site_name" content="News">', "الجزيرة", id="address"),
        pytest.param('<link rel="canonical" href="https://news.walla.co.il/item/1">', "וואלה", id="walla"),
        pytest.param('<link rel="canonical" href="https://www.bbc.com/arabic/articles/c1">', "بي بي سي عربي", id="path"),
        pytest.param('<link rel="canonical" href="https://www.bbc.com/news/world-1">', "BBC", id="other-path"),
        pytest.param('<meta property="og:site_name" content="The Ledger">', "The Ledger", id="unknown"),
        pytest.param("", None, id="none"),
    ],
)  # fmt: skip
def test_source_is_one_name(head: str, source: str | None) -> None:
    assert read(head).source == source


def test_outlet_table() -> None:
    outlets = load_outlets().values()
    assert len(outlets) >= 150
    domains = [domain for outlet in outlets for domain in outlet.domains]
    assert len(domains) == len(set(domains))
    for outlet in outlets:
        assert len(outlet.country) == 2, outlet
        assert all(outlet.domains), outlet
        assert find_outlet(name=outlet.name) == outlet
        assert find_outlet(url=f"https://www.{outlet.domains[0]}/") == outlet
    assert {"IL", "AZ", "TR", "AM", "IR", "EG", "SA", "LB"} <= {outlet.country for outlet in outlets}


def test_no_name_is_that_of_two_outlets() -> None:
    named: dict[str, str] = {}
    for outlet in load_outlets().values():
        for name in {outlet.en, outlet.ar, outlet.he, *outlet.aliases}:
            assert named.setdefault(name.casefold(), outlet.outlet_id) == outlet.outlet_id, name
