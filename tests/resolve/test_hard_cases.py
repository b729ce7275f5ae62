"""Who is one and who is two where names alone mislead, in three languages, whatever the order of the pages."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tracker.records import SpeakerType
from tracker.resolve import Observation, Resolver

Said = tuple[str, str | None, SpeakerType]


def person(name: str, title: str | None = None) -> Said:
    return name, title, "person"


def body(name: str) -> Said:
    return name, None, "organisation"


# Each group is one, and no two groups are.
CASES: list[Any] = [
    pytest.param(
        [[person("محمد علي", "وزير الصحة المصري"), person("Mohamed Ali", "Egyptian health minister")],
         [person("محمد علي", "لاعب المنتخب المغربي"), person("מוחמד עלי", "שחקן נבחרת מרוקו")]],
        id="two people of one name, ar",
    ),
    pytest.param(
        [[person("דוד לוי", "שר החוץ הישראלי")], [person("דוד לוי", "שחקן הנבחרת הארגנטינאית")]],
        id="two people of one name, he",
    ),
    pytest.param(
        [[person("John Smith", "British health minister")], [person("John Smith", "Australian footballer")]],
        id="two people of one name, en",
    ),
    pytest.param(
        [[person("يائير بارئيل", "رئيس الوزراء الإسرائيلي"), person("يائير بارئيل", "وزير الخارجية الإسرائيلي"),
          person("יאיר בראל", "ראש האופוזיציה"), person("Yair Barel", "Israeli foreign minister"),
          person("Yair Barel", "prime minister")]],
        id="one person with two titles, ar he en",
    ),
    pytest.param(
        [[person("فيكتور معلوف"), person("Victor Maalouf"), person("ויקטור מעלוף")],
         [person("فيكتور معلوف الابن"), person("Victor Maalouf Jr."), person("ויקטור מעלוף הבן")]],
        id="father and son of one name, ar he en",
    ),
    pytest.param(
        [[person("علي حسن")], [person("حسن علي")], [person("علي حسن علي")]],
        id="father, son and grandson, ar",
    ),
    pytest.param([[person("משה דוד")], [person("דוד משה")]], id="father and son, he"),
    pytest.param([[person("Bashar Nasri")], [person("Hafez Nasri")], [person("حافظ نصري الأب")]], id="family, en"),
    pytest.param(
        [[person("Yoav Granot", "Israeli defence minister"), person("יואב גרנות", "שר הביטחון"),
          person("يوآف غرانوت", "وزير الدفاع الإسرائيلي")],
         [person("Daniel Hadar", "spokesman of the Israeli defence minister, Yoav Granot"),
          person("דניאל הדר", "דובר שר הביטחון"), person("دانيال هدار", "المتحدث باسم وزير الدفاع الإسرائيلي")]],
        id="a spokesman and his minister, ar he en",
    ),
    pytest.param(
        [[body("London"), body("לונדון"), body("لندن")], [person("Jack London"), person("جاك لندن")],
         [person("London")], [person("ירון לונדון"), person("Yaron London")]],
        id="a city that is also a surname, ar he en",
    ),
    pytest.param(
        [[body("Baku"), body("باكو"), body("Azerbaijani government"), body("ממשלת אזרבייג'ן")],
         [person("Murad Baku")], [body("Yerevan"), body("الحكومة الأرمينية")]],
        id="a capital that stands for its government, ar he en",
    ),
    pytest.param(
        [[person("Levanon")], [person("Orit Levanon"), person("אורית לבנון")], [person("Gil Levanon")],
         [body("Lebanon"), body("لبنان"), body("לבנון")]],
        id="a surname, and the country spelled like it",
    ),
    pytest.param(
        [[person("محمد بن سلمان", "ولي العهد السعودي"), person("Mohammed bin Salman", "Saudi crown prince")],
         [person("سلمان بن محمد")]],
        id="son of and father of",
    ),
]  # fmt: skip


def _groups(pages: list[tuple[int, Said]]) -> set[frozenset[int]]:
    """Which pages are of one speaker, after the last of them."""
    resolver = Resolver()
    personas: dict[int, str] = {}
    for number, (name, title, speaker_type) in pages:
        seen = Observation(str(number), name, speaker_type, f"page {number}", title)
        personas[number] = resolver.resolve([seen]).personas[str(number)]
    groups: dict[str | None, set[int]] = {}
    for number, persona in personas.items():
        groups.setdefault(resolver.roster.entity_of(persona), set()).add(number)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("groups", CASES)
def test_hard_case(groups: list[list[Said]]) -> None:
    pages = list(enumerate(itertools.chain.from_iterable(groups)))
    numbers = iter(range(len(pages)))
    expected = {frozenset(itertools.islice(numbers, len(group))) for group in groups}
    assert _groups(pages) == expected
    assert _groups(pages[::-1]) == expected
    assert _groups(pages[1::2] + pages[::2]) == expected
