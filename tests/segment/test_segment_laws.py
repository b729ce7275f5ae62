"""What holds for every text: coverage, order, no overlap, determinism, linear time, and what is loaded when."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracker.lang import language_codes
from tracker.records import BLOCKS, Document
from tracker.segment import segment_document

PIECES = st.sampled_from(
    [
        "The mayor said that the bridge would be closed.",
        "قال الوزير إن الجسر سيغلق غدا.",
        "ראש העיר אמר כי הגשר ייסגר מחר.",
        "Le maire a dit que le pont était fermé.",
        "Мэр сказал, что мост закрыт.",
        "— Noa (@noa_b) October 4, 2023",
        "https://t.co/EB4ccsWOhY",
        "Published: 5 October 2023",
        "Read also:",
        "المصدر: موقع",
        "תגיות: גשר",
        "#tag #תג",
        "Short title",
        "عنوان قصير",
        "\u202b",
        "\u200f",
        ".",
        "...",
        ":",
        "«",
        '"',
        "12/10/2023",
        "@noa_b",
        "🙂",
        "ﷺ",
        "²",
    ]
)
GLUE = st.sampled_from(["", " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "  "])
PAGES = st.lists(st.tuples(PIECES, GLUE), max_size=12).map(lambda parts: "".join(a + b for a, b in parts))
KNOWN = {*language_codes(), "und"}


def _document(text: str) -> Document:
    return Document("d", text, "test", "")


def _check(text: str) -> None:
    result = segment_document(_document(text))
    covered = bytearray(len(text))
    last = 0
    for segment in result.segments:
        assert last <= segment.start_char < segment.end_char <= len(text)
        assert not text[segment.start_char].isspace()
        assert not text[segment.end_char - 1].isspace()
        assert segment.block in BLOCKS
        assert segment.lang in KNOWN
        assert 0.0 <= segment.confidence <= 1.0
        assert segment.article is None or 0 <= segment.article < len(result.articles)
        covered[segment.start_char : segment.end_char] = b"\x01" * (segment.end_char - segment.start_char)
        last = segment.end_char
    assert all(covered[position] or char.isspace() for position, char in enumerate(text))
    last = 0
    for article in result.articles:
        assert last <= article.start_char < article.end_char <= len(text)
        last = article.end_char
    assert bool(result.articles) >= any(segment.block == "body" for segment in result.segments)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
@example(
    text="قال الوزير إن الجسر سيغلق غدا.\u2028Read also:Read also:Read also:\u2028— Noa (@noa_b) October 4, 2023\n"
    "— Noa (@noa_b) October 4, 2023\n🙂Le maire a dit que le pont était fermé.\u2028قال الوزير إن الجسر سيغلق غدا."
)  # two signatures in one wrapped line
def test_segments_cover_pages(text: str) -> None:
    _check(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_segments_cover_any_text(text: str) -> None:
    _check(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_same_text_same_answer(text: str) -> None:
    assert segment_document(_document(text)) == segment_document(_document(text))


def test_another_process_gives_the_same_answer() -> None:
    text = "Daggers drawn as Smith, Cray wage delegate warfare. Perangkat lunak bebas. Gud morgen alle sammen. Ja."
    program = (
        "import sys; from tracker.records import Document; from tracker.segment import segment_document; "
        "print(segment_document(Document('d', sys.argv[1], 't', '')).segments)"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter and program)
        [sys.executable, "-c", program, text], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert done.stdout == f"{segment_document(_document(text)).segments}\n"


SENTENCE = 'قالت Anna Bell إن الجسر "القديم" سيغلق غدا، بحسب @city_hall. '


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(SENTENCE, id="mixed-sentences"),
        pytest.param(".", id="full-stops"),
        pytest.param("." + '"', id="stops-and-marks"),
        pytest.param("#a,,,,", id="hashtags"),
        pytest.param("- (@a) ", id="accounts"),
        pytest.param("— Noa (@noa) October 4, 2023 ", id="signatures"),
        pytest.param("a-", id="hyphens"),
        pytest.param("@", id="at-signs"),
        pytest.param("a ש ", id="letters-of-two-scripts"),
        pytest.param("\n— Noa (@noa) October 4, 2023", id="signature-lines"),
        pytest.param("\nRead also:\nA title\nA story that ends.", id="stories"),
        pytest.param("\nTitle\nPublished: 3 May 2024\nIt is closed now.", id="datelines"),
        pytest.param("\nPublished: 35 Foo 2024", id="bad-dates"),
        pytest.param("\nwaqtiga gudaha xafiiska lugu qoro", id="doubtful-lines"),
        pytest.param("5 ", id="digits"),
        pytest.param(" " * 50 + "x", id="white-space"),
    ],
)
def test_hostile_text_takes_linear_time(unit: str, cpu_seconds: Callable[..., float]) -> None:
    def seconds(length: int) -> float:
        document = _document(unit * (length // len(unit)))
        return cpu_seconds(lambda: segment_document(document))

    seconds(1000)
    short = max(seconds(10_000), 0.004)
    assert seconds(80_000) < 8 * 4 * short


def test_ordinary_pages_load_neither_langdetect_nor_dateparser() -> None:
    program = (
        "import sys; from tracker.records import Document; from tracker.segment import segment_document; "
        "text = 'Bridge closed\\nPublished: 5 October 2023\\nThe mayor said that the bridge would be closed today.\\n'"
        "'قال الوزير إن الجسر سيغلق غدا في المدينة.\\nראש העיר אמר כי הגשר ייסגר מחר.'; "
        "segment_document(Document('d', text, 't', '')); "
        "print(sorted({'langdetect', 'dateparser', 'spacy', 'torch', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter and program)
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
