"""HTML pages: body text without the furniture, and the metadata with it."""

from __future__ import annotations

import pytest

from tracker.read.html import looks_like_html, read_html

PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="{charset}"><title>{title} | {site}</title>
<link rel="canonical" href="https://ledger.example/2024/05/03/bridge">
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">
<meta property="article:published_time" content="2024-05-03T09:40:00+02:00">
</head><body><header><nav><a href="/">Front page</a> <a href="/weather">Weather</a></nav></header>
<main><article><h1>{title}</h1>
<p>{first}</p>
<p>{second}</p>
</article></main><footer><p>Terms of use</p></footer></body></html>
"""
PAGES = {
    "en": (
        "Old bridge closed for two months",
        "The Ledger",
        "The city council said on Friday that the old bridge would be closed to traffic for two months from Monday.",
        "“We have waited ten years for this,” said Ann Bell, who lives in the street beside the bridge and its cars.",
    ),
    "ar": (
        "إغلاق الجسر القديم شهرين",
        "الضفة",
        "أعلنت البلدية يوم الجمعة أن الجسر القديم سيغلق أمام السيارات لمدة شهرين ابتداء من يوم الاثنين المقبل.",
        'وقالت سعاد مراد التي تسكن قرب الجسر: "انتظرنا هذا العمل عشر سنوات كاملة ولم يسمعنا أحد من المسؤولين".',
    ),
    "he": (
        "הגשר הישן ייסגר לחודשיים",
        "החוף",
        "העירייה הודיעה ביום שישי כי הגשר הישן ייסגר לתנועת מכוניות למשך חודשיים החל מיום שני בשבוע הבא.",
        'רותם לביא, שגרה ליד הגשר, אמרה: "חיכינו לעבודות האלה עשר שנים תמימות ואיש מהממונים לא שמע אותנו".',
    ),
}
CHARSETS = {"en": "windows-1252", "ar": "windows-1256", "he": "windows-1255"}


def _page(lang: str, charset: str) -> str:
    title, site, first, second = PAGES[lang]
    return PAGE.format(lang=lang, charset=charset, title=title, site=site, first=first, second=second)


@pytest.mark.parametrize("lang", list(PAGES))
@pytest.mark.parametrize("declared", [True, False], ids=["code-page", "utf-8"])
def test_page(lang: str, declared: bool) -> None:
    charset = CHARSETS[lang] if declared else "utf-8"
    title, site, first, second = PAGES[lang]
    found = read_html(_page(lang, charset).encode(charset), "page.html")
    assert found.text.split("\n") == [title, first, second]
    assert (found.title, found.source, found.published) == (title, site, "2024-05-03")
    assert (found.url, found.input_format) == ("https://ledger.example/2024/05/03/bridge", "html")


def test_wrongly_declared_encoding() -> None:
    found = read_html(_page("he", "ascii").encode("utf-8"), "page.html")
    assert found.title == PAGES["he"][0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<!doctype html><p>x", True, id="doctype"),
        pytest.param("  \n<HTML>", True, id="upper-case"),
        pytest.param("<?xml version='1.0'?>\n<!-- c --><html>", True, id="xhtml"),
        pytest.param("<p>x</p>", False, id="fragment"),
        pytest.param("<!-- " * 100_000, False, id="hostile"),
    ],
)
def test_looks_like_html(text: str, expected: bool) -> None:
    assert looks_like_html(text) is expected
