"""What the Persian files say: forms that must and must not be there, gold and examples that hold together, and what
comes out of them where a configuration names the language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.config import load_config
from tracker.lang import load_pack
from tracker.lang.examples import Example
from tracker.pipeline import annotate
from tracker.records import Annotations, Document
from tracker.text import fold

PACK = load_pack("fa")
GOLD = sorted((Path(__file__).parents[2] / "data" / "gold" / "fa").glob("*.json"))
MARKS = '"“”«»'
NOT_REACHED = {
    "present_with_zwnj": "the tokeniser cuts words at ZWNJ",
    "called_for": "the verb behind the object of خواستار stays in the content",
    "denied_object": "no frame reaches an object before the verb",
    "announced_object": "no frame reaches a prepositional complement before the verb",
    "accused_object": "no frame reaches an object before the verb",
}
"""Examples that are right and that the algorithms do not reach."""


def _document(text: str) -> Document:
    return Document(document_id="fa", text=text, origin="text", sha256="fa", lang="fa")


# ---------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("form", "cue_class"),
    [
        pytest.param("گفت", "finite", id="past"),
        pytest.param("گفتند", "finite", id="past-plural"),
        pytest.param("گفته است", "finite", id="perfect"),
        pytest.param("گفته‌اند", "finite", id="perfect-plural"),
        pytest.param("می‌گوید", "finite", id="present-zwnj"),
        pytest.param("می گوید", "finite", id="present-space"),
        pytest.param("می‌گفت", "finite", id="imperfect"),
        pytest.param("اعلام کرد", "finite", id="light-verb"),
        pytest.param("اعلام نمود", "finite", id="light-verb-formal"),
        pytest.param("تأکید کرده‌اند", "finite", id="light-verb-hamza"),
        pytest.param("تاكيد كرد", "finite", id="arabic-letters"),
        pytest.param("اظهار داشت", "finite", id="with-dashtan"),
        pytest.param("هشدار می‌دهد", "finite", id="with-dadan"),
        pytest.param("یادآور شدند", "finite", id="with-shodan"),
        pytest.param("معتقدند", "finite", id="copula"),
        pytest.param("ابراز امیدواری کرد", "finite", id="three-words"),
        pytest.param("بی‌اساس خواند", "finite", id="judgement"),
        pytest.param("با بیان", "participle", id="while-saying"),
        pytest.param("ضمن تاکید بر", "participle", id="while-stressing"),
        pytest.param("به گفتهٔ", "preposition", id="according-hamza"),
        pytest.param("بنا به گفته", "preposition", id="according-long"),
        pytest.param("به گزارش", "preposition", id="according-agency"),
    ],
)
def test_inflection_gives(form: str, cue_class: str, cue_classes: Callable[[str], dict[str, set[str]]]) -> None:
    assert cue_class in cue_classes("fa")[fold(form)]


@pytest.mark.parametrize(
    "form", ["کرد", "داد", "شد", "داشت", "است", "خبر", "گزارش", "گفته", "اعلام", "تاکید", "نشان", "گفت‌وگو", "نوشته"]
)
def test_parts_of_cues_and_homographs_are_no_cues(form: str, cue_classes: Callable[[str], dict[str, set[str]]]) -> None:
    assert fold(form) not in cue_classes("fa")


def test_there_are_enough_cues_and_titles() -> None:
    assert len(PACK.cues.cue) >= 60
    assert sum(len(group.forms) for group in PACK.titles.group) >= 150


def test_cues_of_denial_deny() -> None:
    acts = {cue.id: cue.act for cue in PACK.cues.cue}
    assert {acts[name] for name in ("tekzib", "rad", "enkar", "biasas", "ba_tekzib")} == {"denies"}


def test_no_verb_or_adjunct_is_a_title() -> None:
    titles = {fold(form) for group in PACK.titles.group for form in group.forms}
    for words in (PACK.verbs.forms, PACK.syntax.adjuncts, PACK.syntax.fillers):
        assert titles & {fold(word) for word in words} == set()


def test_persian_has_no_gender() -> None:
    assert {form.gender for paradigm in PACK.cues.paradigm for form in paradigm.forms} == {""}
    assert {pronoun.gender for pronoun in PACK.pronouns.pronoun} == {""}
    assert [group.id for group in PACK.titles.group if group.feminine] == []


def test_gregorian_months_and_days_are_complete() -> None:
    assert [month.number for month in PACK.dates.month] == list(range(1, 13))
    assert sorted(day.number for day in PACK.dates.weekday) == list(range(7))


@pytest.mark.parametrize(
    "month",
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
)
def test_solar_months_end_a_phrase_and_give_no_wrong_date(month: str) -> None:
    assert month in PACK.syntax.adjuncts
    assert [one.number for one in PACK.dates.month if month in one.forms] == []


# ---------------------------------------------------------------- examples


def _spans(text: str, parts: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def _kind(text: str, spans: list[tuple[int, int]]) -> str:
    if all(start and text[start - 1] in MARKS and text[end : end + 1] in MARKS for start, end in spans):
        return "direct"
    return "mixed" if any(mark in text[start:end] for start, end in spans for mark in MARKS) else "indirect"


@pytest.mark.parametrize("example", PACK.examples.example, ids=lambda example: example.id)
def test_examples_are_of_the_kind_they_say(example: Example) -> None:
    for statement in example.statement:
        assert statement.kind == _kind(example.text, _spans(example.text, statement.content))


def test_examples_keep_silent_often_enough() -> None:
    silent = [example.id for example in PACK.examples.example if not example.statement]
    assert len(PACK.examples.example) >= 40
    assert len(silent) >= 10


def _rows(annotations: Annotations) -> list[tuple[str, ...]]:
    text = annotations.document.text
    rows: list[tuple[str, ...]] = []
    for found in annotations.statements:
        speaker = found.speaker
        span = speaker.span if speaker is not None else None
        rows.append(
            (
                found.kind,
                " … ".join(text[start:end] for start, end in found.content),
                text[slice(*found.cue)] if found.cue else "",
                text[slice(*span)] if span else "",
                speaker.name if speaker is not None else "",
                found.polarity,
            )
        )
    return rows


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(
            example,
            id=example.id,
            marks=[pytest.mark.xfail(reason=NOT_REACHED[example.id], strict=False)]
            if example.id in NOT_REACHED
            else [],
        )
        for example in PACK.examples.example
    ],
)
def test_examples_yield_what_they_say(example: Example) -> None:
    wanted = [
        (one.kind, " … ".join(one.content), one.cue, one.speaker, one.name, one.polarity) for one in example.statement
    ]
    assert _rows(annotate(_document(example.text), langs=("fa",))) == wanted


# ---------------------------------------------------------------- the language is enabled by a line of configuration


def test_configuration_that_names_persian_enables_it(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("languages:\n  - ar\n  - fa\n", encoding="utf-8")
    config = load_config(path)
    assert config.languages == ("ar", "fa")
    text = "سازمان محیط زیست هشدار داد که تالاب تا پاییز خشک می‌شود و پرندگان مهاجر دیگر به آن باز نمی‌گردند."
    (found,) = annotate(_document(text), langs=config.languages).statements
    assert found.lang == "fa"
    assert found.rule == "fa.hoshdar.that"


def test_without_it_persian_is_not_searched() -> None:
    text = "سازمان محیط زیست هشدار داد که تالاب تا پاییز خشک می‌شود و پرندگان مهاجر دیگر به آن باز نمی‌گردند."
    assert annotate(_document(text), langs=("ar",)).statements == ()


# ---------------------------------------------------------------- gold


def _gold(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_contents_are_without_outer_marks(path: Path) -> None:
    for statement in _gold(path)["statements"]:
        for part in statement["content_text"]:
            assert part == part.strip(" \n،,")
            assert part[0] not in MARKS
            assert part[-1] not in MARKS or sum(part.count(mark) for mark in MARKS) % 2 == 0


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_kinds_follow_the_marks(path: Path) -> None:
    document = _gold(path)
    for statement in document["statements"]:
        if not statement["nested"] and statement["kind"] != "indirect":  # a name in marks leaves it indirect
            spans = [(start, end) for start, end in statement["content"]]
            assert statement["kind"] == _kind(document["text"], spans)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_news_of_a_usual_length(path: Path) -> None:
    document = _gold(path)
    assert 100 <= len(re.findall(r"\S+", document["text"])) <= 200
    assert len(document["statements"]) >= 3


def test_gold_is_large_enough() -> None:
    assert len(GOLD) >= 15
