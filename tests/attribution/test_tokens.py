"""Words, marks and sentences of a paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.tokens import Paragraph, mark_sides, quotation_at

Read = Callable[..., Paragraph]


def _words(paragraph: Paragraph) -> list[str]:
    return [paragraph.word(token) for token in range(len(paragraph))]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        pytest.param("en", "The ship sailed.", ["The", "ship", "sailed", "."], id="words-and-stop"),
        pytest.param("en", "It costs 1,250.50 now", ["It", "costs", "1,250.50", "now"], id="number"),
        pytest.param("en", "Some 40% agree", ["Some", "40%", "agree"], id="percent"),
        pytest.param("en", "O'Hara's well-known aide", ["O'Hara's", "well-known", "aide"], id="apostrophe-hyphen"),
        pytest.param("en", "from the U.S. coast", ["from", "the", "U.S.", "coast"], id="dotted-letters"),
        pytest.param("en", "see https://a.example/b?c=1 now", ["see", "https://a.example/b?c=1", "now"], id="url"),
        pytest.param("en", "by @dana_o on #quay", ["by", "@dana_o", "on", "#quay"], id="handle-and-hashtag"),
        pytest.param("en", 'says "so"', ["says", '"', "so", '"'], id="marks"),
        pytest.param("en", "Dr. Venn", ["Dr.", "Venn"], id="abbreviation-keeps-its-stop"),
        pytest.param("he", 'מנכ"ל צה"ל', ['מנכ"ל', 'צה"ל'], id="gershayim"),
        pytest.param("he", "מנכ״לית החברה", ["מנכ״לית", "החברה"], id="gershayim-sign"),
        pytest.param("he", 'אמר ש"המצב קשה"', ["אמר", "ש", '"', "המצב", "קשה", '"'], id="mark-behind-particle"),
        pytest.param("he", "ב-3 בבוקר", ["ב-3", "בבוקר"], id="number-behind-particle"),
        pytest.param("ar", "قالَ الوزيرُ", ["قالَ", "الوزيرُ"], id="vowel-signs"),
        pytest.param("ar", "قال: «نعم»", ["قال", ":", "«", "نعم", "»"], id="guillemets"),
        pytest.param("ar", "قـــال الوزير", ["قـــال", "الوزير"], id="tatweel"),
        pytest.param("ar", 'و"نحن هنا"', ["و", '"', "نحن", "هنا", '"'], id="mark-behind-conjunction"),
    ],
)
def test_tokens(read: Read, lang: str, text: str, words: list[str]) -> None:
    assert _words(read(text, lang)) == words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("he", '\u200f"הדרך פתוחה"\u200f אמר \u202bיואב שרעבי\u202c.', id="he"),
        pytest.param("ar", "\u200fقال \u2067كريم الزيتوني\u2069.", id="ar"),
        pytest.param("en", "\ufeffMara \u2066Venn\u2069 left.", id="en"),
    ],
)
def test_bidi_controls_are_no_tokens(read: Read, lang: str, text: str) -> None:
    for word in _words(read(text, lang)):
        assert not any(char in "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff" for char in word)


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_offsets_point_into_the_document(read_all: Callable[..., tuple[list[Paragraph], object]], lang: str) -> None:
    text = 'first line\n\nsecond "line" 😀 שלום سلام\nthird'
    paragraphs, _ = read_all(text, lang)
    assert [text[paragraph.start_char : paragraph.end_char] for paragraph in paragraphs] == [
        "first line",
        'second "line" 😀 שלום سلام',
        "third",
    ]
    for paragraph in paragraphs:
        assert "".join(_words(paragraph)) == "".join(text[paragraph.start_char : paragraph.end_char].split())
        assert paragraph.starts == sorted(paragraph.starts)


def test_span_covers_tokens(read: Read) -> None:
    paragraph = read("Mara Venn left the quay.", "en")
    assert paragraph.text[slice(*paragraph.span(0, 2))] == "Mara Venn"


@pytest.mark.parametrize(
    ("lang", "text", "sentences"),
    [
        pytest.param("en", "The ship left. Nobody knew.", ["The ship left.", "Nobody knew."], id="two"),
        pytest.param("en", "Dr. Venn left.", ["Dr. Venn left."], id="abbreviation"),
        pytest.param("en", "J. Venn left.", ["J. Venn left."], id="initial"),
        pytest.param("en", "It rose 2.5 percent.", ["It rose 2.5 percent."], id="decimal"),
        pytest.param("en", "What now? Nobody knew!", ["What now?", "Nobody knew!"], id="question"),
        pytest.param(
            "en", '"We left. We ran," Mara Venn said. Then rain.', ['"We left. We ran," Mara Venn said.', "Then rain."],
            id="stop-inside-marks",
        ),
        pytest.param("en", '"We left." Then rain.', ['"We left."', "Then rain."], id="stop-before-closing-mark"),
        pytest.param("he", "האונייה הפליגה. איש לא ידע.", ["האונייה הפליגה.", "איש לא ידע."], id="he"),
        pytest.param("he", 'פרופ\' לוין הגיע. הוא דיבר.', ["פרופ' לוין הגיע.", "הוא דיבר."], id="he-geresh"),
        pytest.param("ar", "غادرت السفينة. من يعرف؟ لا أحد!", ["غادرت السفينة.", "من يعرف؟", "لا أحد!"], id="ar"),
    ],
)  # fmt: skip
def test_sentences(read: Read, lang: str, text: str, sentences: list[str]) -> None:
    paragraph = read(text, lang)
    found = [paragraph.span(sentence.first, sentence.last) for sentence in paragraph.sentences]
    assert [text[start:end] for start, end in found] == sentences


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_every_token_is_in_its_sentence(read: Read, lang: str) -> None:
    paragraph = read('one. "two. three" (four) … five! six', lang)
    assert len(paragraph.sentence_of) == len(paragraph)
    for token, number in enumerate(paragraph.sentence_of):
        assert paragraph.sentences[number].first <= token < paragraph.sentences[number].last


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        pytest.param('say "yes', (True, False), id="opens"),
        pytest.param('yes" he', (False, True), id="closes"),
        pytest.param('a "', (True, True), id="alone"),
        pytest.param('x:"y', (True, False), id="behind-colon"),
        pytest.param('y",', (False, True), id="before-comma"),
    ],
)
def test_sides_of_a_mark(read: Read, text: str, sides: tuple[bool, bool]) -> None:
    paragraph = read(text, "en")
    assert mark_sides(paragraph, paragraph.marks[0]) == sides


def test_quotation_is_found_at_its_opening_mark(read: Read) -> None:
    paragraph = read('He said "we are here" twice.', "en")
    opening, closing = paragraph.marks
    quotation = quotation_at(paragraph, opening)
    assert quotation is not None
    assert paragraph.text[quotation.start_char : quotation.end_char] == "we are here"
    assert quotation_at(paragraph, closing) is None
