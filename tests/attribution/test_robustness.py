"""What a damaged quotation costs: itself at most, and a Diagnostic where a mark has no partner.

Clean texts of four quotations and a clause in each language; one quotation of them is damaged (marks lost, doubled,
turned round, nested, of another language; bidi controls, invisible characters, noise of a scanner, capitals), and all
other statements must be found as before.
"""

from __future__ import annotations

import functools
import time
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import tracker
from tracker.attribution.quotations import MAX_CARRIED_PARAGRAPHS
from tracker.records import Annotations, Statement

TEXTS = {
    "en": (
        "Mara Venn, the mayor of Port Lyle, said: “The quay is shut until the spring.”",
        "“Nobody asked the fishermen about it,” said Owen Tarrant.",
        "The harbour master, Ines Calloway, added that the crane was repaired on Monday.",
        "“We will open two new gates this year,” said Lior Adams.",
        "Dora Hale told reporters: “There is not enough money for the bridge.”",
    ),
    "ar": (
        "قالت رئيسة البلدية سعاد المنسي: «الرصيف مغلق حتى الربيع».",
        "«لم يسأل أحد الصيادين عن رأيهم»، قال كريم الزيتوني.",
        "وأضاف وزير النقل نادر فهمي أن الرافعة أصلحت يوم الاثنين.",
        "وقالت ليلى الحمداني: «سنفتح بوابتين جديدتين هذا العام».",
        "وقال سمير العطار للصحفيين: «لا يوجد مال كاف لبناء الجسر».",
    ),
    "he": (
        'ראש העירייה דנה אורלב אמרה: "הרציף סגור עד האביב".',
        '"אף אחד לא שאל את הדייגים", אמר אורן טל.',
        "שר התחבורה נדב כהן הוסיף כי המנוף תוקן ביום שני.",
        'נועה לינד אמרה: "נפתח שני שערים חדשים השנה".',
        'יעל ברק סיפרה לעיתונאים: "אין מספיק כסף לבניית הגשר".',
    ),
}
LANGS = tuple(TEXTS)
QUOTED = (0, 1, 3, 4)
"""The lines that hold a quotation."""
NOT_GOING_ON = (1, 3, 4)
"""Those that no line follows which opens with a mark, and so may go on with them."""
PARAGRAPHS, LINES, ONE_LINE = "\n\n", "\n", " "
UNPAIRED = frozenset(("unclosed-quotation", "stray-quotation-mark"))
Said = tuple[str, str | None]


@dataclass(frozen=True)
class Parts:
    """A line cut at its quotation marks."""

    before: str
    opening: str
    words: str
    closing: str
    after: str

    def marked(self, opening: str, closing: str) -> str:
        """The line with other marks."""
        return f"{self.before}{opening}{self.words}{closing}{self.after}"

    def saying(self, words: str) -> str:
        """The line with other words between its marks."""
        return f"{self.before}{self.opening}{words}{self.closing}{self.after}"

    def split(self, middle: str) -> str:
        """The line with ``middle`` in the place of a space near the middle of the quotation."""
        cut = self.words.index(" ", len(self.words) // 2)
        return self.saying(self.words[:cut] + middle + self.words[cut + 1 :])


def _parts(line: str) -> Parts:
    first = min(place for place, char in enumerate(line) if char in '“«"')
    last = max(place for place, char in enumerate(line) if char in '”»"')
    return Parts(line[:first], line[first], line[first + 1 : last], line[last], line[last + 1 :])


def _each(front: str, words: str, back: str = "") -> str:
    return " ".join(f"{front}{word}{back}" for word in words.split())


def _misread(text: str) -> str:
    return text.translate(str.maketrans({"e": "c", "o": "0", "ا": "أ", "ו": "ן", ":": ";", "“": "'", "«": "<"}))


Damage = Callable[[Parts], str]

UNPAIRING: dict[str, Damage] = {
    "no-opening": lambda parts: parts.marked("", parts.closing),
    "no-closing": lambda parts: parts.marked(parts.opening, ""),
    "opening-twice-apart": lambda parts: parts.marked(f"{parts.opening} {parts.opening}", parts.closing),
    "nested-never-closed": lambda parts: parts.split(f" {parts.opening}"),
    "closed-in-the-middle": lambda parts: parts.split(f"{parts.closing} "),
    "mark-before-every-word": lambda parts: parts.before + _each(parts.opening, parts.words) + parts.after,
    "mark-before-every-word-of-the-line": lambda parts: _each(parts.opening, parts.marked("", "")),
}
"""Damages that leave a mark without its partner, whatever the style of the marks."""

HARMLESS: dict[str, Damage] = {
    "closed-by-straight": lambda parts: parts.marked("«", '"'),
    "opened-by-straight": lambda parts: parts.marked('"', "»"),
    "curly-and-guillemet": lambda parts: parts.marked("“", "»"),
    "guillemets-turned-round": lambda parts: parts.marked("»", "«"),
    "curly-turned-round": lambda parts: parts.marked("”", "“"),
    "low-and-high": lambda parts: parts.marked("„", "“"),
    "two-opening-shapes": lambda parts: parts.marked("“", "“"),
    "two-closing-shapes": lambda parts: parts.marked("”", "”"),
    "gershayim": lambda parts: parts.marked("״", "״"),
    "typewriter": lambda parts: parts.marked("``", "''"),
    "doubled": lambda parts: parts.marked(parts.opening * 2, parts.closing * 2),
    "bidi-around": lambda parts: parts.marked(f"\u202b{parts.opening}", f"{parts.closing}\u202c"),
    "bidi-inside": lambda parts: parts.marked(f"{parts.opening}\u202b", f"\u202c{parts.closing}"),
    "bidi-on-both-sides": lambda parts: parts.marked(f"\u200f{parts.opening}\u200f", f"\u200f{parts.closing}\u200f"),
    "bidi-isolates": lambda parts: parts.marked(f"\u2067{parts.opening}\u2069", f"\u2067{parts.closing}\u2069"),
    "bidi-at-every-word": lambda parts: parts.saying(_each("\u202a", parts.words, "\u202c")),
    "bidi-override": lambda parts: parts.marked(f"\u202e{parts.opening}", parts.closing),
    "letter-mark": lambda parts: parts.marked(f"\u061c{parts.opening}", f"{parts.closing}\u061c"),
    "zero-width-space": lambda parts: parts.marked(f"\u200b{parts.opening}\u200b", f"\u200b{parts.closing}\u200b"),
    "zero-width-joiner": lambda parts: parts.marked(f"\u200d{parts.opening}", f"\u200d{parts.closing}"),
    "word-joiner": lambda parts: parts.marked(f"{parts.opening}\u2060", f"\u2060{parts.closing}"),
    "byte-order-mark": lambda parts: parts.marked(f"\ufeff{parts.opening}\ufeff", f"\ufeff{parts.closing}\ufeff"),
    "zero-width-behind-words": lambda parts: parts.saying(_each("", parts.words, "\u200b")),
    "no-break-spaces": lambda parts: parts.marked(parts.opening, parts.closing).replace(" ", "\u00a0"),
}
"""Damages that a reader would not even see, or would read over; the quotation itself is found too."""

OTHER: dict[str, Damage] = {
    "mark-behind-every-word": lambda parts: parts.before + _each("", parts.words, parts.closing) + parts.after,
    "nine-open-seven-close": lambda parts: parts.marked(parts.opening * 9, parts.closing * 7),
    "no-marks": lambda parts: parts.marked("", ""),
    "opened-twice": lambda parts: parts.marked(parts.opening * 2, parts.closing),
    "closed-twice": lambda parts: parts.marked(parts.opening, parts.closing * 2),
    "closed-twice-apart": lambda parts: parts.marked(parts.opening, f"{parts.closing} {parts.closing}"),
    "corner-brackets": lambda parts: parts.marked("「", "」"),
    "angle-brackets": lambda parts: parts.marked("<<", ">>"),
    "primes": lambda parts: parts.marked("″", "″"),
    "full-width": lambda parts: parts.marked("＂", "＂"),
    "single": lambda parts: parts.marked("‘", "’"),
    "two-single": lambda parts: parts.marked("‘‘", "’’"),
    "commas-for-marks": lambda parts: parts.marked(",,", "''"),
    "nested": lambda parts: (
        parts.split(f" {parts.opening}").replace(parts.closing + parts.after, parts.closing * 2) + parts.after
    ),
    "mark-between-spaces": lambda parts: parts.split(' " '),
    "mark-in-a-word": lambda parts: parts.saying(parts.words[:8] + '"' + parts.words[8:]),
    "empty-pairs": lambda parts: f"{parts.before}{(parts.opening + parts.closing) * 2}{parts.after}",
    "spaces-inside": lambda parts: parts.marked(f"{parts.opening} ", f" {parts.closing}"),
    "spaces-lost": lambda parts: (
        f"{parts.before.rstrip()}{parts.opening}{parts.words}{parts.closing}{parts.after.lstrip()}"
    ),
    "null-characters": lambda parts: parts.marked(f"{parts.opening}\x00", f"\x00{parts.closing}"),
    "misread-letters": lambda parts: _misread(parts.marked(parts.opening, "*")),
    "misread-marks": lambda parts: parts.marked("^", "^"),
    "specks": lambda parts: parts.saying(_each("~", parts.words, " •")),
    "capitals": lambda parts: parts.marked(parts.opening, parts.closing).upper(),
}
"""Damages that may cost the quotation they hit, with marks that still pair or are no marks at all."""

BEYOND_THE_LINE: dict[str, Damage] = {
    "no-punctuation": lambda parts: "".join(char for char in parts.marked("", "") if char.isalnum() or char == " "),
    "line-breaks-inside": lambda parts: parts.saying(parts.words.replace(" ", "\n", 2)),
    "two-hundred-times-as-long": lambda parts: parts.saying(f"{parts.words} " * 200),
}
"""Damages that take away the ends of sentences or paragraphs too."""

EVERY = UNPAIRING | HARMLESS | OTHER


def _extract(lines: Sequence[str], between: str, lang: str) -> Annotations:
    found = tracker.extract(between.join(lines), lang=lang)
    _check(found)
    return found


def _check(found: Annotations) -> None:
    text, size = found.text, len(found.text)
    for one in found.statements:
        assert one.text == " … ".join(text[start:end] for start, end in one.content)
        assert all(0 <= start < end <= size and text[start:end].strip() for start, end in one.content)
        assert one.cue is None or one.cue_text == text[slice(*one.cue)]
        span = None if one.speaker is None else one.speaker.span
        assert span is None or 0 <= span[0] < span[1] <= size
    for diagnostic in found.diagnostics:
        start, end = diagnostic.start_char, diagnostic.end_char
        assert (start is None and end is None) or (start is not None and end is not None and 0 <= start <= end <= size)


def _said(statement: Statement) -> Said:
    return statement.text, statement.speaker.name if statement.speaker is not None else None


@functools.cache
def _clean(lang: str, between: str) -> list[Said]:
    return [_said(one) for one in _extract(TEXTS[lang], between, lang).statements]


def _damaged(lang: str, damage: Damage, place: int) -> list[str]:
    lines = list(TEXTS[lang])
    lines[place] = damage(_parts(lines[place]))
    return lines


def _lost(lang: str, damage: Damage, place: int, between: str) -> list[Said]:
    """The statements of the other lines that are not found any more."""
    clean = _clean(lang, between)
    found = {_said(one) for one in _extract(_damaged(lang, damage, place), between, lang).statements}
    return [one for number, one in enumerate(clean) if number != place and one not in found]


def _cases(damages: Mapping[str, Damage], known: Mapping[str, str], places: Collection[int] = ()) -> list[Any]:
    """A parameter for each language and damage, and each of ``places``; ``known`` says what fails, and why."""
    cases = []
    for lang in LANGS:
        for name, damage in damages.items():
            for place in places or (None,):
                label = f"{lang}-{name}" if place is None else f"{lang}-{name}-{place}"
                marks = [pytest.mark.xfail(strict=True, reason=known[label])] if label in known else []
                values = (lang, damage) if place is None else (lang, damage, place)
                cases.append(pytest.param(*values, id=label, marks=marks))
    return cases


STRAY_BEHIND = "a stray closing mark stands between the quotation and its cue"
NO_SPACES = "without the space before it the mark is taken to close"


def _known(failing: Mapping[str, str]) -> dict[str, str]:
    """Case to reason, from reason to cases with spaces between."""
    return {case: reason for reason, cases in failing.items() for case in cases.split()}


KNOWN: dict[str, dict[str, str]] = {
    "paragraphs": {},
    "line": _known(
        {
            STRAY_BEHIND: "en-closed-twice-apart-3",
            NO_SPACES: "en-spaces-lost-1",
        }
    ),
    "diagnosed": {},
    "harmless": {},
    "all": {},
}
"""What is wrong today, by test."""


# ---------------------------------------------------------------- the clean texts


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("between", [PARAGRAPHS, LINES, ONE_LINE], ids=["paragraphs", "lines", "one-line"])
def test_clean_texts_are_read_whole(lang: str, between: str) -> None:
    found = _extract(TEXTS[lang], between, lang)
    assert len(found.statements) == len(TEXTS[lang])
    assert all(one.speaker is not None for one in found.statements)
    assert found.diagnostics == ()


# ---------------------------------------------------------------- one quotation lost at most


@pytest.mark.parametrize(("lang", "damage"), _cases(EVERY | BEYOND_THE_LINE, KNOWN["paragraphs"]))
def test_damage_in_a_paragraph_leaves_the_others_alone(lang: str, damage: Damage) -> None:
    for between in (PARAGRAPHS, LINES):
        for place in QUOTED:
            assert _lost(lang, damage, place, between) == []


@pytest.mark.parametrize(("lang", "damage", "place"), _cases(EVERY, KNOWN["line"], QUOTED))
def test_damage_in_a_line_leaves_its_other_quotations_alone(lang: str, damage: Damage, place: int) -> None:
    assert _lost(lang, damage, place, ONE_LINE) == []


@pytest.mark.parametrize(("lang", "damage"), _cases(UNPAIRING, KNOWN["diagnosed"]))
def test_mark_without_partner_is_diagnosed_where_it_stands(lang: str, damage: Damage) -> None:
    for place in NOT_GOING_ON:
        lines = _damaged(lang, damage, place)
        start = len(PARAGRAPHS.join(lines[:place]))
        end = len(PARAGRAPHS.join(lines[: place + 1]))
        found = [one for one in _extract(lines, PARAGRAPHS, lang).diagnostics if one.code in UNPAIRED]
        assert found
        for one in found:
            assert one.start_char is not None
            assert start <= one.start_char <= end


def _plain(said: Said) -> Said:
    """Without invisible characters and what stands at the edges; spaces are alike."""
    text, name = (
        " ".join("".join(char for char in part or "" if unicodedata.category(char) != "Cf").split()) for part in said
    )
    return text.strip(" .,\"“”«»„״`'"), name


@pytest.mark.parametrize(("lang", "damage"), _cases(HARMLESS, KNOWN["harmless"]))
def test_damage_that_a_reader_reads_over_costs_nothing(lang: str, damage: Damage) -> None:
    clean = [_plain(said) for said in _clean(lang, PARAGRAPHS)]
    for place in QUOTED:
        found = _extract(_damaged(lang, damage, place), PARAGRAPHS, lang)
        assert [_plain(_said(one)) for one in found.statements] == clean
        assert found.diagnostics == ()


# ---------------------------------------------------------------- whole texts


@pytest.mark.parametrize("between", [PARAGRAPHS, ONE_LINE], ids=["paragraphs", "one-line"])
def test_capitals_cost_no_quotation(between: str) -> None:
    clean = [one.text.upper() for one in _extract(TEXTS["en"], between, "en").statements]
    found = _extract([line.upper() for line in TEXTS["en"]], between, "en").statements
    assert set(clean) <= {one.text for one in found}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("between", [PARAGRAPHS, ONE_LINE], ids=["paragraphs", "one-line"])
def test_text_without_punctuation_is_read(lang: str, between: str) -> None:
    lines = ["".join(char for char in line if char.isalnum() or char == " ") for line in TEXTS[lang]]
    found = _extract(lines, between, lang)
    assert len(found.statements) <= len(lines) + 1
    assert found.diagnostics == ()


@pytest.mark.parametrize(("lang", "damage"), _cases(EVERY, KNOWN["all"]))
def test_all_quotations_damaged_break_nothing(lang: str, damage: Damage) -> None:
    lines = [damage(_parts(line)) if place in QUOTED else line for place, line in enumerate(TEXTS[lang])]
    for between in (PARAGRAPHS, ONE_LINE):
        _extract(lines, between, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "\u200b“We are staying here today.”", id="zero-width-space"),
        pytest.param("en", "\u00ad“We are staying here today.”", id="soft-hyphen"),
        pytest.param("en", "\u2060“We are staying here today.”", id="word-joiner"),
        pytest.param("ar", "\u061c«نحن باقون هنا اليوم كلنا».", id="letter-mark"),
        pytest.param("ar", "ـ «نحن باقون هنا اليوم كلنا».", id="tatweel-for-a-dash"),
        pytest.param("ar", "ء «نحن باقون هنا اليوم كلنا».", id="hamza-alone"),
        pytest.param("ar", "\u064b «نحن باقون هنا اليوم كلنا».", id="vowel-sign-alone"),
        pytest.param("he", '\u05b0 "אנחנו נשארים כאן היום כולנו".', id="point-alone"),
    ],
)
def test_what_folds_to_nothing_may_stand_before_a_quotation(lang: str, text: str) -> None:
    for line in (text, f"{TEXTS[lang][2]} {text}", f"{text} {TEXTS[lang][2]}"):
        _extract([line], PARAGRAPHS, lang)


# ---------------------------------------------------------------- properties

MARKS = "\"“”„«»‘’'״׳‹›"
UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
NOISE = st.lists(
    st.sampled_from([*MARKS, *UNSEEN, *" \t:,.-—aZ1ـءاوשב", "said ", "قال ", "אמר ", "\n\n"]), max_size=80
).map("".join)
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def _long_text(lang: str) -> list[str]:
    """Ten paragraphs: those of the language, and the same again."""
    return [*TEXTS[lang], *TEXTS[lang]]


def _outside(found: Annotations, first: int, last: int) -> list[tuple[int, Said]]:
    """The statements that lie wholly outside ``text[first:last]``, with their place counted from the nearer end."""
    size = len(found.text)
    outside = []
    for one in found.statements:
        start, end = one.content[0][0], one.content[-1][1]
        if end <= first:
            outside.append((start, _said(one)))
        elif start >= last:
            outside.append((start - size, _said(one)))
    return outside


def _changes_only_its_surroundings(lang: str, number: int, line: str) -> None:
    """Another ``line`` in the place of one changes the statements of it and those it may be carried on to."""
    lines = _long_text(lang)
    changed = [*lines]
    changed[number] = line
    reach = number + 1 + MAX_CARRIED_PARAGRAPHS
    begin = time.process_time()
    outside = []
    for version in (lines, changed):
        first = len(PARAGRAPHS.join([*version[:number], ""]))
        last = len(PARAGRAPHS.join(version[:reach]))
        outside.append(_outside(_extract(version, PARAGRAPHS, lang), first, last))
    assert outside[0] == outside[1]
    assert time.process_time() - begin < 5


@relaxed
@given(lang=st.sampled_from(LANGS), number=st.integers(0, 9), place=st.integers(0, 80), mark=st.sampled_from(MARKS))
def test_mark_too_many_changes_its_surroundings_only(lang: str, number: int, place: int, mark: str) -> None:
    line = _long_text(lang)[number]
    place = min(place, len(line))
    _changes_only_its_surroundings(lang, number, line[:place] + mark + line[place:])


@relaxed
@given(lang=st.sampled_from(LANGS), number=st.sampled_from([0, 1, 3, 4, 5, 6, 8, 9]), first=st.booleans())
def test_mark_too_few_changes_its_surroundings_only(lang: str, number: int, first: bool) -> None:
    parts = _parts(_long_text(lang)[number])
    line = parts.marked("", parts.closing) if first else parts.marked(parts.opening, "")
    _changes_only_its_surroundings(lang, number, line)


@relaxed
@given(lang=st.sampled_from(LANGS), number=st.integers(0, 9), noise=NOISE.filter(lambda text: "\n" not in text))
def test_line_of_noise_changes_its_surroundings_only(lang: str, number: int, noise: str) -> None:
    _changes_only_its_surroundings(lang, number, noise)


@relaxed
@given(text=NOISE, lang=st.sampled_from([None, *LANGS]))
@example(text="\u200b“We are staying here today.”", lang="en")
def test_marks_and_invisible_characters_raise_nothing(text: str, lang: str | None) -> None:
    begin = time.process_time()
    _check(tracker.extract(text, lang=lang))
    assert time.process_time() - begin < 5


@relaxed
@given(
    text=st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=100),
    lang=st.sampled_from(LANGS),
    place=st.integers(0, 400),
)
def test_any_text_inside_news_raises_nothing(text: str, lang: str, place: int) -> None:
    news = PARAGRAPHS.join(TEXTS[lang])
    _check(tracker.extract(news[:place] + text + news[place:], lang=lang))
