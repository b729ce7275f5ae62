"""What the Arabic files say: forms that must and must not be there, and gold and examples that hold together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.attribution.lexicon import inflected_forms, lexicon_of
from tracker.lang import load_pack
from tracker.text import fold

PACK = load_pack("ar")
GOLD = sorted((Path(__file__).parents[2] / "data" / "gold" / "ar").glob("*.json"))
MARKS = '"“”«»'


@pytest.mark.parametrize(
    ("form", "cue_class"),
    [
        pytest.param("قال", "finite", id="hollow-past"),
        pytest.param("قلن", "finite", id="hollow-past-short"),
        pytest.param("يقولون", "finite", id="hollow-present-plural"),
        pytest.param("قائلة", "participle", id="hollow-participle"),
        pytest.param("يؤكدان", "finite", id="dual"),
        pytest.param("أعلنتا", "finite", id="feminine-dual"),
        pytest.param("نفوا", "finite", id="weak-past-plural"),
        pytest.param("ينفي", "finite", id="weak-present"),
        pytest.param("نافين", "participle", id="weak-participle-plural"),
        pytest.param("يدعون", "finite", id="waw-present-plural"),
        pytest.param("داعية", "participle", id="waw-participle"),
        pytest.param("دعاهم", "finite", id="waw-object"),
        pytest.param("طالبها", "finite", id="object"),
        pytest.param("تحذرهم", "finite", id="present-object"),
        pytest.param("اعتبروه", "finite", id="plural-object"),
        pytest.param("يرون", "finite", id="alef-maqsura-present"),
        pytest.param("قولها", "noun", id="noun-pronoun"),
        pytest.param("على حد تعبيره", "preposition", id="in-his-words"),
        pytest.param("وفق ما أفادت", "preposition", id="according-to-what"),
        pytest.param("مؤكدًا", "participle", id="tanwin-before-alef"),
        pytest.param("متحدثا", "participle", id="masculine-participle-only"),
    ],
)
def test_inflection_gives(form: str, cue_class: str, cue_classes: Callable[[str], dict[str, set[str]]]) -> None:
    assert cue_class in cue_classes("ar")[fold(form)]


@pytest.mark.parametrize(
    "form",
    [
        "مدينة", "معارضة", "مذكرة", "ناقلة", "مذيعة", "ملحة", "ردا", "طلبا", "نقلا", "مجددا", "حملة", "طلبة", "عزت",
        "يذكر", "يعد", "يبلغ", "دون", "يرجع", "خاتمة", "مدونات",
    ],
)  # fmt: skip
def test_frequent_homographs_are_no_cues(form: str, cue_classes: Callable[[str], dict[str, set[str]]]) -> None:
    assert fold(form) not in cue_classes("ar")


def test_no_suffix_stands_behind_a_final_letter() -> None:
    # ى and ة end a word: a form that goes on behind them was put together wrongly (رأىت, شكوىه).
    wrong = [
        form
        for cue in PACK.cues.cue
        for form, _, _ in inflected_forms(cue, PACK)
        if any(re.search("[ىة][\u0621-\u064a]", word) for word in form.split())
    ]
    assert wrong == []


def test_cue_ids_are_unique() -> None:
    ids = [cue.id for cue in PACK.cues.cue]
    assert len(ids) == len(set(ids))


def test_cues_that_take_a_preposition_name_it() -> None:
    assert [cue.id for cue in PACK.cues.cue if "preposition" in cue.takes and not cue.prepositions] == []


def test_cues_of_denial_deny() -> None:
    acts = {cue.id: cue.act for cue in PACK.cues.cue}
    assert {acts[name] for name in ("nafa", "ankara", "istabada", "nafy", "inkar")} == {"denies"}


def test_no_verb_or_adjunct_is_a_title() -> None:
    titles = {fold(form) for group in PACK.titles.group for form in (*group.forms, *group.feminine)}
    verbs = {*map(fold, PACK.verbs.forms), *lexicon_of("ar").verb_forms}
    assert titles & verbs == set()
    assert titles & {fold(word) for word in PACK.syntax.adjuncts} == set()


def test_bare_words_that_are_mostly_something_else_are_no_titles() -> None:
    titles = {fold(form) for group in PACK.titles.group for form in (*group.forms, *group.feminine)}
    assert titles & {fold(word) for word in ("عالم", "فريق", "مدرسة", "محافظة", "طالب", "حكم")} == set()


def test_months_and_days_are_complete() -> None:
    assert [month.number for month in PACK.dates.month] == list(range(1, 13))
    assert sorted(day.number for day in PACK.dates.weekday) == list(range(7))


@pytest.mark.parametrize(
    ("form", "number"),
    [("كانون الثاني", 1), ("أوت", 8), ("غشت", 8), ("دجنبر", 12), ("جويلية", 7), ("نيسان", 4)],
)
def test_month_names_of_the_regions(form: str, number: int) -> None:
    assert [month.number for month in PACK.dates.month if form in month.forms] == [number]


@pytest.mark.parametrize("example", PACK.examples.example, ids=lambda example: example.id)
def test_examples_hold_what_they_name(example: Any) -> None:
    for statement in example.statement:
        for part in (*statement.content, statement.cue, statement.speaker):
            assert part in example.text
        assert statement.kind == _kind(example.text, [_span(example.text, part) for part in statement.content])


def test_examples_keep_silent_often_enough() -> None:
    silent = [example.id for example in PACK.examples.example if not example.statement]
    assert len(PACK.examples.example) >= 40
    assert len(silent) >= 10


def _span(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def _kind(text: str, spans: list[tuple[int, int]]) -> str:
    if all(text[start - 1 : start] in MARKS and start and text[end : end + 1] in MARKS for start, end in spans):
        return "direct"
    return "mixed" if any(mark in text[start:end] for start, end in spans for mark in MARKS) else "indirect"


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_offsets_point_at_what_they_say(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    text = document["text"]
    assert document["lang"] == "ar"
    assert isinstance(document["statements"], list)  # a document without any teaches silence
    for statement in document["statements"]:
        assert [text[start:end] for start, end in statement["content"]] == statement["content_text"]
        for name in ("cue", "speaker"):
            span = statement[name]
            assert (text[slice(*span)] if span else None) == statement[f"{name}_text"]
        content = text[statement["content"][0][0] : statement["content"][-1][1]]
        assert content == content.strip(" \n،,")
        assert statement["polarity"] in ("asserts", "denies")
        types = ("person", "organisation", "group", "anonymous")
        assert statement["speaker_type"] in (types if statement["speaker_name"] else (None, *types))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_nests_inside_another_statement(path: Path) -> None:
    statements = json.loads(path.read_text(encoding="utf-8"))["statements"]
    for statement in statements:
        start, end = statement["content"][0][0], statement["content"][-1][1]
        around = [
            other
            for other in statements
            if other is not statement and other["content"][0][0] <= start and end <= other["content"][-1][1]
        ]
        assert bool(around) == statement["nested"]


def test_gold_is_large_enough() -> None:
    assert len(GOLD) >= 15
