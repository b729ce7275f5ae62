"""A headline's quotation takes its speaker from the story that tells it again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.records import Statement

Said = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "he",
            'סוף העונה בנמל: "עבדנו שנה שלמה בלי שכר"\n\n'
            'הרציף נסגר אתמול בצהריים. "עבדנו שנה שלמה בלי שכר", אמרה דנה אורלב, יו"ר הוועד.',
            "דנה אורלב",
            id="he",
        ),
        pytest.param(
            "en",
            "“We worked a whole year without pay”\n\n"
            "The quay was shut on Monday. “We worked a whole year without pay,” said Mara Venn, a docker.",
            "Mara Venn",
            id="en",
            marks=pytest.mark.xfail(
                strict=True, reason="English headlines that only quote are not taken for statements"
            ),
        ),
    ],
)
def test_speaker_of_a_headline_stands_below(said: Said, lang: str, text: str, name: str) -> None:
    headline = said(text, lang)[0]
    assert headline.speaker is not None
    assert (headline.speaker.name, headline.speaker.span) == (name, None)


def test_a_label_that_names_the_speaker_is_kept(said: Said) -> None:
    text = "كريم الزيتوني: لن نغلق الميناء أبدا\n\nوقالت هالة القاسم إن أحدا لن يغلق الميناء أبدا."
    headline = said(text, "ar")[0]
    assert headline.speaker is not None
    assert headline.speaker.name == "كريم الزيتوني"
