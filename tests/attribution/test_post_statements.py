"""A signed post is a direct statement of whoever signed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.posts import post_statements
from tracker.records import Segment, Statement

POST = "We will reopen the quay tomorrow at nine."
SIGNATURE = "— Dana Orlev (@dana_orlev) May 3, 2024"


def _signed(post: str, signature: str, handle: str | None = "@dana_orlev", lang: str = "en") -> list[Statement]:
    text = f"{post}\n{signature}"
    segments = [
        Segment(0, len(post), lang, "post", handle, article=0),
        Segment(len(post) + 1, len(text), lang, "post-signature", handle, article=0),
    ]
    found = post_statements(text, "doc", segments, ("ar", "he", "en"))
    for statement in found:
        assert [text[start:end] for start, end in statement.content] == [statement.text]
    return found


@pytest.mark.parametrize(
    ("lang", "text", "name", "day"),
    [
        pytest.param("en", f"{POST}\n\n{SIGNATURE}", "Dana Orlev", "2024-05-03", id="en"),
        pytest.param(
            "he", "נפתח את הרציף מחר בתשע בבוקר.\n\n— דנה אורלב (@dana_orlev) 3 במאי 2024", "דנה אורלב", "2024-05-03",
            id="he",
        ),
        pytest.param(
            "ar", "سنفتح الرصيف غدا في التاسعة صباحا.\n\n— كريم الزيتوني (@k_zaytouni) 3 مايو 2024", "كريم الزيتوني",
            "2024-05-03", id="ar",
        ),
    ],
)  # fmt: skip
def test_signed_post(one: Callable[..., Statement], lang: str, text: str, name: str, day: str) -> None:
    statement = one(text, lang)
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.resolved_by) == (name, "signature")
    assert (statement.kind, statement.cue, statement.text) == ("direct", None, text.split("\n")[0])
    assert (statement.said_on, statement.said_on_basis) == (day, "explicit")


def test_links_at_the_ends_are_left_out() -> None:
    (statement,) = _signed(f"https://a.example/x {POST} pic.twitter.com/abc https://t.co/x", SIGNATURE)
    assert statement.text == POST


def test_links_inside_stay() -> None:
    (statement,) = _signed("See https://a.example/x for the quay.", SIGNATURE)
    assert statement.text == "See https://a.example/x for the quay."


@pytest.mark.parametrize("post", ["https://t.co/x", "😀😀😀", "12:30", "ok"], ids=["link", "emoji", "number", "short"])
def test_post_without_words_says_nothing(post: str) -> None:
    assert _signed(post, SIGNATURE) == []


def test_account_is_the_cited_source() -> None:
    (statement,) = _signed(POST, SIGNATURE)
    assert statement.cited_source == "@dana_orlev"


def test_account_signs_where_no_name_stands() -> None:
    (statement,) = _signed(POST, "(@dana_orlev) May 3, 2024")
    assert statement.speaker is not None
    assert statement.speaker.name == "@dana_orlev"


@pytest.mark.parametrize(
    ("signature", "day"),
    [
        pytest.param("— Dana Orlev (@dana_orlev) 3 May 2024", "2024-05-03", id="day-first"),
        pytest.param("— Dana Orlev (@dana_orlev) 3 במאי 2024", None, id="month-with-preposition"),
        pytest.param("— Dana Orlev (@dana_orlev) מאי 3, 2024", "2024-05-03", id="other-language"),
        pytest.param("— Dana Orlev (@dana_orlev) February 31, 2024", None, id="no-such-day"),
        pytest.param("— Dana Orlev (@dana_orlev)", None, id="none"),
    ],
)
def test_date_of_the_signature(signature: str, day: str | None) -> None:
    (statement,) = _signed(POST, signature)
    if day is not None or "במאי" not in signature:
        assert statement.said_on == day
    assert (statement.said_on is None) == (statement.said_on_basis is None)


def test_signature_without_a_post_says_nothing() -> None:
    segments = [Segment(0, len(SIGNATURE), "en", "post-signature", "@dana_orlev", article=0)]
    assert post_statements(SIGNATURE, "doc", segments, ("en",)) == []


def test_post_of_several_stretches_is_one_statement() -> None:
    text = f"{POST}\nשלום לכולם\n{SIGNATURE}"
    first, second = text.index("שלום"), text.index("—")
    segments = [
        Segment(0, first - 1, "en", "post", article=0),
        Segment(first, second - 1, "he", "post", article=0),
        Segment(second, len(text), "en", "post-signature", article=0),
    ]
    (statement,) = post_statements(text, "doc", segments, ("ar", "he", "en"))
    assert statement.text == f"{POST}\nשלום לכולם"
    assert statement.lang == "en"


def test_long_signature_is_read_to_a_bound() -> None:
    (statement,) = _signed(POST, "— " + "Dana " * 5000)
    assert statement.speaker is not None
    assert len(statement.speaker.name) <= 400
