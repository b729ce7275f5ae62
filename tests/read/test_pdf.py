"""PDF: reading order, paragraphs, what the file says of itself, and files that are broken or made to do harm."""

from __future__ import annotations

import importlib.util
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newspages import WORDS
from pdfs import TOP, Pdf, file_of, stream, visual

from tracker.errors import InputError
from tracker.read import ReadFailure, read_inputs
from tracker.read.pdf.document import PdfLimits, read_pdf
from tracker.read.pdf.glyphs import Glyph, lines_of, reading_order
from tracker.read.pdf.worker import read as read_glyphs
from tracker.records import Document

LINES = [
    pytest.param("قال الوزير إن الجسر سيغلق.", id="arabic"),
    pytest.param("قال الوزير إن 12 قتيلا سقطوا يوم 3/4/2024.", id="arabic-with-numbers"),
    pytest.param("سقط ١٢ قتيلا، بنسبة ٥٫٥ في المئة.", id="arabic-digits"),
    pytest.param("في Larnaca Port يوم الأحد (أول من أمس).", id="arabic-with-latin"),
    pytest.param("وأضاف: «لن نفتحه [قبل الربيع]».", id="arabic-with-marks"),
    pytest.param('ראש העיר אמר: "הגשר (החדש) ייסגר" ביום 5.', id="hebrew"),
    pytest.param("כ-12.5% מהתושבים, 1,200 איש, שילמו 300₪.", id="hebrew-with-numbers"),
    pytest.param("חברת Boeing Israel הודיעה על 787 מטוסי Max.", id="hebrew-with-latin"),
    pytest.param("ההסכם נחתם ב-3.4.2024 בשעה 10:15.", id="hebrew-with-a-date"),
]


def text_of(pdf: Pdf) -> str:
    return read_pdf(pdf.data(), "a.pdf").text


# ---------------------------------------------------------------- reading order


def _in_words(pdf: Pdf, text: str, y: float) -> None:
    """Each word for itself, in the order in which it is read, without the spaces."""
    glyphs = visual(text)
    x = 540.0 - 6.0 * len(glyphs)
    words, start = [], 0
    for place, glyph in enumerate([*glyphs, " "]):
        if glyph == " ":
            words.append((glyphs[start:place], x + 6.0 * start))
            start = place + 1
    for word, left in reversed(words):
        pdf.glyphs(word, left, y)


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize(
    "write",
    [
        pytest.param(Pdf.rtl, id="as-it-is-seen"),
        pytest.param(Pdf.rtl_one_by_one, id="as-it-is-read"),
        pytest.param(_in_words, id="word-by-word"),
    ],
)
def test_lines_are_read_in_their_order_however_they_were_written(text: str, write: Callable[..., None]) -> None:
    pdf = Pdf().page()
    write(pdf, text, 700)
    pdf.rtl("הנה שורה נוספת של הכתבה" if "\u05d0" <= text[0] <= "\u05ea" else "وهذا سطر آخر من الخبر", 685)
    line, _ = (line for page in read_glyphs(pdf.data(), 10)["pages"] for line in page)
    assert line.text == text
    assert line.rtl


def test_what_was_turned_is_told() -> None:
    pdf = Pdf().page()
    pdf.rtl("قال الوزير إن الجسر سيغلق.", 700)
    assert [one.code for one in read_pdf(pdf.data(), "x").diagnostics] == ["visual-order"]
    pdf = Pdf().page()
    pdf.ltr("The bridge will be closed.", 700)
    assert read_pdf(pdf.data(), "x").diagnostics == ()


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        pytest.param(["م", "لا", "س", "ل", "ا"], "السلام", id="glyph-of-two-letters"),
        pytest.param(["\ufee1", "\ufefc", "\ufeb4", "\ufedf", "\ufe8d"], "السلام", id="presentation-forms"),
        pytest.param(["\ufb2a", "\u05e8"], "ר\u05e9\u05c1", id="hebrew-with-a-point"),
    ],
)
def test_glyphs_are_letters(glyphs: list[str], text: str) -> None:
    pdf = Pdf().page()
    pdf.rtl(glyphs, 700)
    assert text_of(pdf) == text


def test_vowel_signs_stay_with_their_letters() -> None:
    letters = [Glyph(letter, 60.0 - 6 * place, 66.0 - 6 * place, 700.0, 12.0) for place, letter in enumerate("قال")]
    signs = [Glyph("\u064e", 62.0, 62.0, 700.0, 12.0), Glyph("\u064e", 49.0, 51.0, 700.0, 12.0)]
    assert [line.text for line in lines_of([*signs, *letters])] == ["ق\u064eال\u064e"]


WORDS_AND_MARKS = st.lists(
    st.sampled_from(["הגשר", "ייסגר", "أغلق", "الجسر", "12", "3.5", "(חדש)", "«نعم»", "ו-7", "السبت،"]),
    min_size=1,
    max_size=8,
)


@given(WORDS_AND_MARKS)
def test_reading_order_undoes_what_is_seen(words: list[str]) -> None:
    text = " ".join(["הנה", *words, "סוף"])
    if "أغلق" not in text and "الجسر" not in text and "نعم" not in text and "السبت" not in text:
        assert reading_order(visual(text), rtl=True) == text
    assert sorted(reading_order(visual(text), rtl=True).split()) == sorted(text.split())


# ---------------------------------------------------------------- paragraphs


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_paragraphs_headline_and_running_lines(lang: str) -> None:
    words, rtl = WORDS[lang], lang != "en"
    pdf = Pdf()
    pdf.info = {"Title": words["title"], "Author": "Noa Lev", "CreationDate": "D:20240503101500+03'00'"}
    for number in range(3):
        pdf.page()
        write = pdf.rtl if rtl else pdf.ltr
        write({"ar": "صحيفة الضفاف", "he": "קו האופק", "en": "The Harbour Ledger"}[lang], 810, 9)
        write(str(number + 1), 30, 9)
        if not number:
            write(words["title"], TOP, 18)
        pdf.paragraphs(words["paragraphs"][2 * number : 2 * number + 2], rtl=rtl)
    found = read_pdf(pdf.data(), "a.pdf")
    assert found.text.split("\n") == [words["title"], *words["paragraphs"][:6]]
    assert [hint.block for hint in found.hints] == ["headline", *["body"] * len(words["paragraphs"][:6])]
    assert (found.title, found.authors, found.published) == (words["title"], ("Noa Lev",), "2024-05-03")
    assert {"running-lines", "date-of-file"} <= {one.code for one in found.diagnostics}


def test_paragraph_goes_on_behind_the_end_of_a_page() -> None:
    text = WORDS["en"]["paragraphs"][0]
    words = text.split()
    pdf = Pdf().page()
    pdf.paragraphs([" ".join(words[: len(words) // 2])], rtl=False, columns=30, top=120)
    pdf.page().paragraphs([" ".join(words[len(words) // 2 :])], rtl=False, columns=30)
    assert text_of(pdf) == text


def test_words_are_put_together_again() -> None:
    pdf = Pdf().page()
    pdf.ltr("The gov-", 700)
    pdf.ltr("ernment said that the Al-", 685)
    pdf.ltr("Quds bridge is closed.", 670)
    assert text_of(pdf) == "The government said that the Al- Quds bridge is closed."


@pytest.mark.parametrize("rtl", [False, True])
def test_columns_are_read_one_after_another(rtl: bool) -> None:
    pdf = Pdf().page()
    (pdf.rtl if rtl else pdf.ltr)(
        "عنوان الصفحة الأولى من الجريدة" if rtl else "A title over both of the columns", 780, 18
    )
    first = (
        ["قال الوزير إن الجسر", "سيغلق يوم الأحد", "حتى الربيع."]
        if rtl
        else ["The minister said", "that the bridge", "will be closed."]
    )
    second = (
        ["وأضاف أن الأعمال", "ستبدأ غدا صباحا", "بلا تأخير."]
        if rtl
        else ["He added that work", "will begin tomorrow", "without delay."]
    )
    for number, (one, two) in enumerate(zip(first, second, strict=True)):
        y = 740 - 15 * number
        if rtl:
            pdf.rtl(one, y)
            glyphs = visual(two)
            pdf.glyphs(glyphs, 280 - 6 * len(glyphs), y)
        else:
            pdf.ltr(one, y)
            pdf.ltr(two, y, x=320)
    assert text_of(pdf).split("\n")[1:] == [" ".join(first), " ".join(second)]


# ---------------------------------------------------------------- files


def test_file_is_known_by_its_content(tmp_path: Path) -> None:
    pdf = Pdf().page()
    pdf.ltr("The bridge will be closed, said the mayor.", 700)
    for name in ("a.pdf", "a", "a.html", "a.txt"):
        (tmp_path / name).write_bytes(pdf.data())
        (found,) = read_inputs([tmp_path / name])
        assert isinstance(found, Document), found
        assert found.input_format == "pdf"
    (tmp_path / "b.pdf").write_text("The bridge will be closed.", encoding="utf-8")
    (found,) = read_inputs([tmp_path / "b.pdf"])
    assert isinstance(found, Document)
    assert found.input_format == "text"


@pytest.mark.parametrize("title", ["Microsoft Word - draft 3.docx", "untitled", "", "story.pdf"])
def test_title_of_a_file_that_is_none(title: str) -> None:
    pdf = Pdf().page()
    pdf.info = {"Title": title}
    pdf.ltr("Bridge closed", TOP, 20)
    pdf.paragraphs(WORDS["en"]["paragraphs"][:2], rtl=False)
    assert read_pdf(pdf.data(), "x").title == "Bridge closed"


def _plain() -> bytes:
    pdf = Pdf().page()
    pdf.paragraphs(WORDS["en"]["paragraphs"][:3], rtl=False)
    return pdf.data()


def _without_text() -> bytes:
    return Pdf().page().data()


def _encrypted() -> bytes:
    key = "<" + "41" * 32 + ">"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [] >>",
        b"<<>>",
        b"<<>>",
        b"<<>>",
        b"<<>>",
    ]
    trailer = f"/ID [<41> <41>] /Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>"
    return file_of(objects, trailer=trailer)


def _without_letters() -> bytes:
    return Pdf.data(_filled()).replace(b"/ToUnicode 5 0 R", b" ")


def _filled() -> Pdf:
    pdf = Pdf().page()
    pdf.paragraphs(WORDS["en"]["paragraphs"][:3], rtl=False)
    return pdf


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"%PDF-1.7\n", "no PDF that can be read", id="nothing-behind-the-mark"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 40, "no PDF that can be read", id="garbage"),
        pytest.param(_without_text(), "holds no text: it is scanned", id="scan"),
        pytest.param(_encrypted(), "is encrypted: save it without a password", id="encrypted"),
        pytest.param(_without_letters(), "which letters their shapes are", id="glyphs-without-letters"),
    ],
)
def test_unusable_pdf_is_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pdf(data, "x")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_file_that_is_cut_off_gives_what_can_be_found() -> None:
    data = _plain()
    for part in (0.3, 0.6, 0.95):
        try:
            found = read_pdf(data[: int(part * len(data))], "x")
        except InputError as error:
            assert "\n" not in str(error)
        else:
            assert WORDS["en"]["paragraphs"][0] in found.text


def test_page_that_is_broken_costs_that_page() -> None:
    pdf = Pdf()
    for number in range(3):
        pdf.page().ltr(f"Page {'abc'[number]} is here to be read by everybody.", 700)
    data = pdf.data()
    at = data.index(b"/F1 3 0 R", data.index(b"/F1 3 0 R") + 1)
    found = read_pdf(data[:at] + b"/F1 << >>" + data[at + 9 :], "x")
    assert "Page a" in found.text
    assert "Page c" in found.text


def test_more_pages_than_the_limit(tmp_path: Path) -> None:
    pdf = Pdf()
    for _ in range(3):
        pdf.page().ltr("Text.", 700)
    (tmp_path / "a.pdf").write_bytes(pdf.data())
    (found,) = read_inputs([tmp_path / "a.pdf"], pdf=PdfLimits(pages=2))
    assert isinstance(found, ReadFailure)
    assert found.message == "has more than 2 pages, the limit (read.max_pdf_pages)"


def test_file_that_takes_too_long() -> None:
    with pytest.raises(InputError, match=r"takes longer than 0\.01 seconds to read \(read\.max_pdf_seconds\)"):
        read_pdf(_plain(), "x", PdfLimits(seconds=0.01))


def _bomb(packed: bytes, told: bytes = b"/FlateDecode") -> bytes:
    content = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), told, packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 8 0 R >>"
    pages = b"<< /Type /Pages /Count 1 /Kids [7 0 R] >>"
    return file_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, b"<<>>", b"<<>>", b"<<>>", b"<<>>", page, content])


def test_stream_that_unpacks_without_measure() -> None:
    packer = zlib.compressobj(9)
    head = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    data = _bomb(head + block * 1_100)
    assert len(data) < 5_000_000
    begun = time.perf_counter()
    with pytest.raises(InputError, match=r"takes too much memory|holds no text"):
        read_pdf(data, "x", PdfLimits(seconds=20))
    assert time.perf_counter() - begun < 30


@pytest.mark.parametrize(
    "objects",
    [
        pytest.param([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"], id="kid-of-itself"),
        pytest.param([b"<< /Type /Catalog /Pages 1 0 R >>", b"<<>>"], id="catalogue-as-pages"),
        pytest.param([b"1 0 R", b"2 0 R"], id="references-to-themselves"),
        pytest.param([b"[" * 100_000, b"<<>>"], id="deep"),
        pytest.param([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9999999999 /Kids 5 >>"], id="no-list"),
    ],
)  # fmt: skip
def test_structure_that_leads_nowhere(objects: list[bytes]) -> None:
    with pytest.raises(InputError) as caught:
        read_pdf(file_of([*objects, b"<<>>", b"<<>>", b"<<>>", b"<<>>"]), "x", PdfLimits(seconds=3))
    assert "\n" not in str(caught.value)


def test_form_that_draws_itself() -> None:
    form = stream(b"/X Do", compressed=False).replace(
        b"<< ", b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 8 0 R >> >> ", 1
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 9 0 R /Resources << /XObject << /X 8 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [7 0 R] >>",
        *[b"<<>>"] * 4,
        page,
        form,
        stream(b"/X Do"),
    ]
    with pytest.raises(InputError):
        read_pdf(file_of(objects), "x", PdfLimits(seconds=10))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=3)), min_size=1, max_size=6))
def test_any_bytes_are_pages_or_a_problem(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(Pdf.data(_filled(), compressed=False))
    for place, piece in changes:
        at = place * len(data) // 10_000
        data[at : at + len(piece)] = piece
    answer: dict[str, Any] = read_glyphs(bytes(data), 10)
    assert "pages" in answer or answer["problem"] in ("broken", "encrypted", "pages")


def test_without_pdfminer_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'tracker\[pdf\]'"):
        read_pdf(_plain(), "x")


def test_mistake_of_ours_stays_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [])
    with pytest.raises(RuntimeError, match="the reader of PDF failed"):
        read_pdf(_plain(), "x")


def test_information_in_any_script() -> None:
    pdf = _filled()
    pdf.info = {"Title": "عنوان الخبر", "Author": "دانا أورليف"}
    found = read_pdf(pdf.data(), "x")
    assert (found.title, found.authors) == ("عنوان الخبر", ("دانا أورليف",))
