"""What holds for any text: offsets stand, nothing is raised, the answer is the same, and time grows with the text."""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tracker
from tracker.records import KINDS, Annotations

PACKAGE = str(Path(tracker.__file__).parent)
PIECES = (
    '"', "“", "”", "„", "«", "»", "‘", "’", "'", "״", "׳", "''", "``", "(", ")", ":", ",", "،", ".", "…", "?", "؟", "-",
    "—", "\n", "\n\n", " ", "\u200f", "\u202b", "\u202c", "\u2067", "\u2069", "said", "told reporters", "that", "she",
    "according to", "denied", "Mara Venn", "Mayor", "the ministry", "on Monday", "3 May 2024", "yesterday", "not",
    "قال", "وأضاف", "إن", "أن", "بحسب", "نفى", "كريم الزيتوني", "وزير النقل", "أمس", "مضيفا", "الذي", "لم",
    "אמר", "והוסיפה", "כי", "שהנמל", "לדברי", "לדבריו", "הכחיש", "דנה אורלב", "שר התחבורה", 'מנכ"ל', "אתמול", "לא",
    "the quay is shut", "الرصيف مغلق", "הרציף סגור", "@dana", "https://a.example/x", "#quay", "12,5%", "😀", "\x00",
)  # fmt: skip
NEWS = st.lists(st.sampled_from(PIECES), min_size=4, max_size=80).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), min_size=4, max_size=80).map("".join)
ANYTHING = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200)
LANGS = st.sampled_from([None, "ar", "he", "en", "fa"])
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _check(found: Annotations) -> None:
    text, size = found.text, len(found.text)
    ids = [one.id for one in found.statements]
    assert len(set(ids)) == len(ids)
    for one in found.statements:
        assert one.content
        for start, end in one.content:
            assert 0 <= start < end <= size
            assert text[start:end].strip()
        assert list(one.content) == sorted(one.content)
        assert one.text == " … ".join(text[start:end] for start, end in one.content)
        if one.cue is None:
            assert one.cue_text is None
        else:
            assert one.cue_text == text[slice(*one.cue)] != ""
        if one.speaker is not None:
            assert one.speaker.span is None or 0 <= one.speaker.span[0] < one.speaker.span[1] <= size
        assert one.kind in KINDS
        assert 0.0 <= one.confidence <= 1.0
        assert (one.said_on is None) == (one.said_on_basis is None)
        assert one.nested_in is None or (one.nested_in in ids and one.nested_in != one.id)
    for diagnostic in found.diagnostics:
        assert diagnostic.start_char is None or 0 <= diagnostic.start_char <= size
        assert diagnostic.end_char is None or 0 <= diagnostic.end_char <= size


@relaxed
@given(text=NEWS, lang=LANGS)
def test_words_of_news_in_any_order(text: str, lang: str | None) -> None:
    _check(tracker.extract(text, lang=lang, published="2024-05-22"))


@relaxed
@given(text=GLUED, lang=LANGS)
def test_words_of_news_without_spaces(text: str, lang: str | None) -> None:
    _check(tracker.extract(text, lang=lang))


@relaxed
@given(text=ANYTHING, lang=LANGS)
def test_any_text(text: str, lang: str | None) -> None:
    _check(tracker.extract(text, lang=lang))


@settings(max_examples=60, deadline=None)
@given(text=NEWS, lang=LANGS)
def test_same_text_same_answer(text: str, lang: str | None) -> None:
    assert tracker.extract(text, lang=lang) == tracker.extract(text, lang=lang)


@settings(max_examples=60, deadline=None)
@given(
    place=st.integers(0, 200),
    mark=st.sampled_from(['"', "“", "”", "«", "»", "'", "״"]),
    lang=st.sampled_from(["en", "ar", "he"]),
)
def test_one_mark_too_many_costs_one_paragraph_at_most(place: int, mark: str, lang: str) -> None:
    line = {
        "en": 'Mara Venn said: "We have been waiting here for nine days."',
        "ar": 'قال كريم الزيتوني: "نحن ننتظر هنا منذ تسعة أيام".',
        "he": 'דנה אורלב אמרה: "אנחנו מחכים כאן תשעה ימים".',
    }[lang]
    place %= len(line)
    broken = line[:place] + mark + line[place:]
    found = tracker.extract(f"{line}\n\n{broken}\n\nNothing was said on the quay.\n\n{line}", lang=lang)
    _check(found)
    quoted = line[line.index('"') + 1 : line.rindex('"')]
    whole = [one for one in found.statements if one.content[0][0] == line.index('"') + 1]
    assert [one.text for one in whole] == [quoted]


BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("lang", "text", "content", "name"),
    [
        pytest.param("en", '"We have no fuel left," said Mara Venn.', "We have no fuel left", "Mara Venn", id="en"),
        pytest.param("ar", 'قال كريم الزيتوني: "لم يبق لدينا وقود".', "لم يبق لدينا وقود", "كريم الزيتوني", id="ar"),
        pytest.param("he", '"לא נשאר לנו דלק", אמרה דנה אורלב.', "לא נשאר לנו דלק", "דנה אורלב", id="he"),
    ],
)
@pytest.mark.parametrize("control", list(BIDI), ids=lambda char: f"U+{ord(char):04X}")
def test_bidi_controls_around_the_line_change_nothing(
    lang: str, text: str, content: str, name: str, control: str
) -> None:
    found = tracker.extract(f"{control}{text}{control}", lang=lang)
    _check(found)
    (statement,) = found.statements
    assert statement.text.strip(BIDI) == content
    assert statement.speaker is not None
    assert statement.speaker.name == name


# ---------------------------------------------------------------- hostile pages: the time is bounded

MEGABYTE = 1_000_000
SECONDS = 60
"""For two megabytes; a time that grew with the square of the text would be hours."""


@pytest.mark.parametrize(
    ("lang", "piece"),
    [
        pytest.param("en", '"', id="marks"),
        pytest.param("en", '" ', id="marks-apart"),
        pytest.param("he", '״"', id="gershayim"),
        pytest.param("en", "'", id="apostrophes"),
        pytest.param("en", "“‘", id="nested-openings"),
        pytest.param("ar", "«»", id="empty-pairs"),
        pytest.param("en", "a", id="letters"),
        pytest.param("ar", "ا", id="arabic-letters"),
        pytest.param("he", "ש", id="hebrew-letters"),
        pytest.param("en", "A.", id="dotted-letters"),
        pytest.param("en", "1.", id="digits"),
        pytest.param("en", "@_#-", id="handles"),
        pytest.param("en", "http://", id="links"),
        pytest.param("en", "(", id="parentheses"),
        pytest.param("en", "\u202b", id="bidi"),
    ],
)
def test_two_megabytes_of_one_kind(lang: str, piece: str) -> None:
    text = piece * (2 * MEGABYTE // len(piece))
    started = time.process_time()
    _check(tracker.extract(text, lang=lang))
    assert time.process_time() - started < SECONDS


def _steps(text: str, lang: str) -> int:
    """Lines of the package that run while ``text`` is worked on: a clock that no other program can disturb."""
    count = 0

    def each_line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return each_line

    def each_call(frame: FrameType, event: str, _: Any) -> Any:
        return each_line if PACKAGE in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(each_call)
    try:
        _check(tracker.extract(text, lang=lang))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("lang", "piece"),
    [
        pytest.param("ar", "قال ", id="ar-cue"),
        pytest.param("he", "אמר ", id="he-cue"),
        pytest.param("en", 'he said "', id="cue-and-mark"),
        pytest.param("en", "Mayor Mara Venn, ", id="names"),
        pytest.param("en", ": ", id="colons"),
        pytest.param("en", "Mara Venn said it rained.\n\n", id="paragraphs"),
        pytest.param("en", "said that ", id="cue-and-complementiser"),
        pytest.param("ar", 'قال "إن ', id="ar-cue-and-mark"),
        pytest.param("en", '"a said b" ', id="short-quotations"),
        pytest.param("en", "Mara Venn said it rained. ", id="sentences"),
    ],
)
def test_work_grows_in_proportion(lang: str, piece: str) -> None:
    _steps(piece * 3, lang)  # words are looked up when they are first met
    assert _steps(piece * 200, lang) < 6.5 * _steps(piece * 50, lang)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        pytest.param("en", "Minister {} said the quay was shut.\n\n", id="en"),
        pytest.param("ar", "قال الوزير {} إن الرصيف مغلق. وأضاف الوزير أن العمل بدأ.\n\n", id="ar"),
        pytest.param("he", "השר {} אמר כי הרציף סגור. השר הוסיף כי העבודה החלה.\n\n", id="he"),
    ],
)
def test_time_grows_in_proportion_to_the_people(lang: str, line: str, cpu_seconds: Callable[..., float]) -> None:
    letters = {"en": "bdfgklmnprst", "ar": "بتجدرسطعفقكل", "he": "בגדזטכלמנפקר"}[lang]
    names = ["".join(name) for name in itertools.islice(itertools.product(letters, repeat=5), 0, None, 61)]

    def seconds(count: int) -> float:
        text = "".join(line.format(name.capitalize()) for name in names[:count])
        return cpu_seconds(lambda: tracker.extract(text, lang=lang), runs=2)

    assert len(names) > 2400
    assert seconds(2400) < 4 * 1.8 * seconds(600)


@pytest.mark.parametrize(
    ("lang", "piece"), [("en", "said that "), ("ar", 'قال "إن '), ("he", 'לדבריו, "')], ids=["en", "ar", "he"]
)
def test_long_page_of_cues_in_short_lines(lang: str, piece: str) -> None:
    line = piece * 8 + "\n\n"
    started = time.process_time()
    _check(tracker.extract(line * (MEGABYTE // 10 // len(line)), lang=lang))
    assert time.process_time() - started < SECONDS


def test_random_news_is_bounded() -> None:
    chance = random.Random(7)  # noqa: S311 (no secret)
    text = " ".join(chance.choice(PIECES) for _ in range(20_000))
    started = time.process_time()
    _check(tracker.extract(text, lang="en"))
    assert time.process_time() - started < SECONDS
