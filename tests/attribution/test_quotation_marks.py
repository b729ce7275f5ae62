"""Which marks belong together, what an unpaired one costs, and quotations over several paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from tracker.attribution.tokens import Paragraph
from tracker.records import Diagnostic

ReadAll = Callable[..., tuple[list[Paragraph], list[Diagnostic]]]


def _quoted(paragraphs: list[Paragraph], level: int = 1) -> list[str]:
    return [
        paragraph.text[quotation.start_char : quotation.end_char]
        for paragraph in paragraphs
        for quotation in sorted(paragraph.quotations, key=lambda one: one.first)
        if quotation.level == level
    ]


@pytest.mark.parametrize(
    ("lang", "text", "quoted"),
    [
        pytest.param("en", 'He said "we stay" and "we wait".', ["we stay", "we wait"], id="straight"),
        pytest.param("en", "He said “we stay” and “we wait”.", ["we stay", "we wait"], id="curly"),
        pytest.param("en", "He said ``we stay'' today.", ["we stay"], id="typewriter"),
        pytest.param("en", 'He said “we stay" today.', ["we stay"], id="mixed-styles"),
        pytest.param("en", "He said ”we stay” today.", ["we stay"], id="closing-shape-opens"),
        pytest.param("ar", "قال <<نحن باقون هنا>> ثم انصرف.", ["نحن باقون هنا"], id="angles-of-a-keyboard"),
        pytest.param("en", "It is 6' tall, they don't care.", [], id="feet-and-apostrophes"),
        pytest.param("ar", "قال «نحن باقون» و«ننتظر هنا».", ["نحن باقون", "ننتظر هنا"], id="guillemets"),
        pytest.param("ar", "قال »نحن باقون« أمس.", ["نحن باقون"], id="guillemets-turned-round"),
        pytest.param("ar", "قال ”نحن باقون“ أمس.", ["نحن باقون"], id="curly-turned-round"),
        pytest.param("ar", 'قال: "نحن باقون".', ["نحن باقون"], id="straight-ar"),
        pytest.param("he", 'הוא אמר: "אנחנו נשארים".', ["אנחנו נשארים"], id="straight-he"),
        pytest.param("he", "הוא אמר: ״אנחנו נשארים״.", ["אנחנו נשארים"], id="gershayim-as-marks"),
        pytest.param("he", "הוא אמר: „אנחנו נשארים”.", ["אנחנו נשארים"], id="low-high"),
        pytest.param("he", 'מנכ"ל צה"ל אמר "לא" לרמטכ"ל.', ["לא"], id="gershayim-are-none"),
        pytest.param("he", 'השר אמר ש"המצב קשה" מאוד.', ["המצב קשה"], id="behind-glued-particle"),
        pytest.param("he", 'בבית ספר ב"נווה הדר" אמרו כן.', ["נווה הדר"], id="behind-glued-preposition"),
        pytest.param("ar", 'وصف الخطة بـ"الفاشلة تماما" اليوم.', ["الفاشلة تماما"], id="behind-tatweel"),
    ],
)
def test_pairs(read_all: ReadAll, lang: str, text: str, quoted: list[str]) -> None:
    paragraphs, diagnostics = read_all(text, lang)
    assert _quoted(paragraphs) == quoted
    assert diagnostics == []


@pytest.mark.parametrize(
    ("lang", "text", "inner"),
    [
        pytest.param("en", "“She told us ‘the port is safe now’ and left,” he said.", "the port is safe now", id="en"),
        pytest.param("he", "\"היא אמרה 'הנמל בטוח עכשיו' והלכה\", סיפר.", "הנמל בטוח עכשיו", id="he"),
    ],
)
def test_single_marks_inside_are_of_the_second_level(read_all: ReadAll, lang: str, text: str, inner: str) -> None:
    paragraphs, _ = read_all(text, lang)
    assert _quoted(paragraphs, level=2) == [inner]
    assert len(_quoted(paragraphs)) == 1


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("Mara Venn said: ‘We are staying here.’", "We are staying here.", id="stop-inside"),
        pytest.param("Mara Venn said ‘we are staying here’ twice.", "we are staying here", id="word-last"),
        pytest.param(
            "‘We are staying here,’ said Mara Venn.",
            "We are staying here,",
            id="comma-inside",
            marks=pytest.mark.xfail(strict=True, reason="a single mark behind a comma is not seen to close"),
        ),
    ],
)
def test_single_marks_alone_are_of_the_first_level(read_all: ReadAll, text: str, quoted: str) -> None:
    paragraphs, _ = read_all(text, "en")
    assert _quoted(paragraphs) == [quoted]


@pytest.mark.parametrize(
    ("lang", "text", "kept"),
    [
        pytest.param("en", 'The "plan was late. He said "we stay" again.', "we stay", id="unclosed-first"),
        pytest.param("en", 'The plan" was late. He said "we stay" again.', "we stay", id="stray-closing"),
        pytest.param("en", 'He said "we stay" again. The "plan was late.', "we stay", id="unclosed-last"),
        pytest.param("he", 'התוכנית "הגדולה איחרה. הוא אמר "אנחנו נשארים" שוב.', "אנחנו נשארים", id="he"),
        pytest.param("ar", "تأخرت الخطة «الكبيرة. قال «نحن باقون» مجددا.", "نحن باقون", id="ar"),
    ],
)
def test_one_stray_mark_costs_no_other_quotation(read_all: ReadAll, lang: str, text: str, kept: str) -> None:
    paragraphs, diagnostics = read_all(text, lang)
    assert kept in _quoted(paragraphs)
    assert {one.code for one in diagnostics} <= {"unclosed-quotation", "stray-quotation-mark"}
    assert diagnostics


def test_diagnostic_points_at_the_mark(read_all: ReadAll) -> None:
    text = 'The plan" was late.'
    _, (diagnostic,) = read_all(text, "en")
    assert text[diagnostic.start_char : diagnostic.end_char] == '"'


def test_stray_mark_in_one_paragraph_leaves_the_next_alone(read_all: ReadAll) -> None:
    paragraphs, diagnostics = read_all('A "stray mark.\nHe said "we stay" again.\n"We wait," she said.', "en")
    assert _quoted(paragraphs)[-2:] == ["we stay", "We wait,"]
    assert diagnostics


@pytest.mark.parametrize(
    ("lang", "text", "pieces"),
    [
        pytest.param(
            "en", "He said: “We are staying here.\n“We have nowhere to go.”", 2, id="opened-again-each-paragraph"
        ),
        pytest.param("he", 'הוא אמר: "אנחנו נשארים כאן.\nאין לנו לאן ללכת".', 2, id="closed-in-a-later-paragraph"),
        pytest.param("ar", "قال: «نحن باقون هنا.\nليس لنا مكان آخر.\nولن نرحل».", 3, id="over-three-paragraphs"),
    ],
)
def test_open_quotation_is_carried_on(read_all: ReadAll, lang: str, text: str, pieces: int) -> None:
    paragraphs, diagnostics = read_all(text, lang)
    quotations = [paragraph.quotations[0] for paragraph in paragraphs]
    assert len(quotations) == pieces
    for before, after in pairwise(quotations):
        assert after.continues is before
    assert quotations[-1].closed
    assert diagnostics == []


def test_quotation_is_not_carried_out_of_its_block() -> None:
    from tracker.attribution.layout import article_paragraphs
    from tracker.attribution.quotations import find_quotations
    from tracker.records import Segment

    text = "He said: “We are staying here.\nShut for good”"
    segments = [Segment(0, 30, "en", "body", article=0), Segment(31, len(text), "en", "caption", article=0)]
    paragraphs = article_paragraphs(text, segments, ("en",))
    diagnostics = find_quotations(paragraphs)
    assert all(one.continues is None for paragraph in paragraphs for one in paragraph.quotations)
    assert diagnostics


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
@pytest.mark.parametrize("text", ['""', '" "', '"""', '"a""b"', "«»", "‘’", '"', '" "'], ids=range(8))
def test_empty_and_doubled_marks_break_nothing(read_all: ReadAll, lang: str, text: str) -> None:
    paragraphs, _ = read_all(f"x {text} y", lang)
    for quotation in (one for paragraph in paragraphs for one in paragraph.quotations):
        assert quotation.first <= quotation.last
        assert 0 <= quotation.start_char <= quotation.end_char


def test_inside_tells_the_quotation_of_each_token(read_all: ReadAll) -> None:
    (paragraph,), _ = read_all('He said "we stay" and left.', "en")
    inside = [paragraph.word(token) for token in range(len(paragraph)) if paragraph.inside[token] == 0]
    assert inside == ["we", "stay"]


@pytest.mark.parametrize(
    ("lang", "text", "quoted"),
    [
        pytest.param("he", 'הוא אמר: \u200f"אנחנו נשארים\u200f".', "אנחנו נשארים", id="he"),
        pytest.param("ar", 'قال: \u202b"نحن باقون"\u202c أمس.', "نحن باقون", id="ar"),
    ],
)
def test_bidi_controls_beside_marks(read_all: ReadAll, lang: str, text: str, quoted: str) -> None:
    paragraphs, _ = read_all(text, lang)
    assert [one.strip("\u200f\u202b\u202c") for one in _quoted(paragraphs)] == [quoted]
