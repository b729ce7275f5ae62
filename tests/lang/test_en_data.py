"""The English language data: forms, frames, closed classes, examples and gold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tracker.attribution.lexicon import inflected_forms
from tracker.lang import load_pack
from tracker.text import fold

PACK = load_pack("en")
GOLD = sorted((Path(__file__).parents[2] / "data" / "gold" / "en").glob("*.json"))
FORMS = {
    (form, cue_class): cue.id for cue in reversed(PACK.cues.cue) for form, cue_class, _ in inflected_forms(cue, PACK)
}
WORDS = {form for form, _ in FORMS}


@pytest.mark.parametrize(
    ("form", "cue_class", "cue_id"),
    [
        pytest.param("said", "finite", "say", id="irregular-past"),
        pytest.param("saying", "participle", "say", id="irregular-ing"),
        pytest.param("announced", "finite", "announce", id="e-past"),
        pytest.param("announcing", "participle", "announce", id="e-ing"),
        pytest.param("agreeing", "participle", "agree", id="ee-ing"),
        pytest.param("decries", "finite", "decry", id="y-third"),
        pytest.param("replied", "finite", "reply", id="y-past"),
        pytest.param("stresses", "finite", "stress", id="es-third"),
        pytest.param("echoed", "finite", "echo", id="o-past"),
        pytest.param("admitted", "finite", "admit", id="doubled-past"),
        pytest.param("quipping", "participle", "quip", id="doubled-ing"),
        pytest.param("emphasised", "finite", "emphasise", id="british-spelling"),
        pytest.param("labelled", "finite", "label", id="british-doubling"),
        pytest.param("pointed out", "finite", "point-out", id="particle-verb"),
        pytest.param("calling on", "participle", "call-on", id="particle-verb-ing"),
        pytest.param("was accused", "passive", "accused", id="passive"),
        pytest.param("was quoted as saying", "finite", "quoted-saying", id="quoted-as-saying"),
        pytest.param("according to", "preposition", "according-to", id="according-to"),
        pytest.param("in her own words", "preposition", "in-his-words", id="pronoun-inside"),
        pytest.param("allegations", "noun", "allegation", id="noun-plural"),
    ],
)
def test_form_belongs_to_cue(form: str, cue_class: str, cue_id: str) -> None:
    assert FORMS[form, cue_class] == cue_id


@pytest.mark.parametrize(
    "wrong",
    [
        "sayed", "telled", "sumed up", "replyed", "denys", "stresss", "echos", "admited", "quiping", "beged",
        "foreseed", "begined", "agreing", "guaranteing", "disagreing", "accuseing", "writed", "announceed",
    ],
)  # fmt: skip
def test_no_wrong_form(wrong: str) -> None:
    assert wrong not in WORDS


def test_ids_are_unique() -> None:
    counts = Counter(cue.id for cue in PACK.cues.cue)
    assert [cue_id for cue_id, count in counts.items() if count > 1] == []


def test_every_cue_has_a_form_and_a_complement() -> None:
    assert [cue.id for cue in PACK.cues.cue if not cue.takes or not (cue.forms or cue.stems)] == []


def test_a_prepositional_complement_names_its_prepositions() -> None:
    assert [cue.id for cue in PACK.cues.cue if ("preposition" in cue.takes) != bool(cue.prepositions)] == []


def test_a_source_of_a_noun_is_no_preposition_of_its_content() -> None:
    both = [cue.id for cue in PACK.cues.cue if cue.cue_class == "noun" and set(cue.sources) & set(cue.prepositions)]
    assert both == []


def test_priors_are_shares() -> None:
    assert [cue.id for cue in PACK.cues.cue if not 0 < cue.prior < 1] == []


def test_plain_saying_is_surer_than_a_noun_look_alike() -> None:
    prior = {cue.id: cue.prior for cue in PACK.cues.cue}
    assert prior["say"] > 0.9
    assert prior["state"] > 0.5 > 0.1 > prior["state-present"]
    assert prior["report"] > 2 * prior["report-present"]


def test_pseudo_phrases_hold_a_cue() -> None:
    parts = {part for form in WORDS for part in form.split()}
    assert [phrase for phrase in PACK.cues.pseudo if not parts & set(phrase.split())] == []


def test_plain_verbs_are_no_cues() -> None:
    finite = {form for form, cue_class in FORMS if cue_class == "finite"}
    assert set(PACK.verbs.forms) & finite == set()


def test_cue_prepositions_stay_out_of_the_prepositions() -> None:
    assert "according to" not in PACK.syntax.prepositions


@pytest.mark.parametrize(
    ("name", "values"),
    [
        pytest.param(name, values, id=name)
        for name, values in [
            *((name, getattr(PACK.syntax, name)) for name in vars(PACK.syntax) if name != "complementisers"),
            *((name, getattr(PACK.organisations, name)) for name in vars(PACK.organisations)),
            ("honorifics", PACK.titles.honorifics),
            ("relations", PACK.titles.relations),
            ("pseudo", PACK.cues.pseudo),
        ]
    ],
)
def test_no_value_twice(name: str, values: tuple[str, ...]) -> None:
    assert [value for value, count in Counter(values).items() if count > 1] == []


def test_titles_cover_the_fields() -> None:
    forms = {form for group in PACK.titles.group for form in (*group.forms, *group.feminine)}
    assert len(forms) >= 400
    assert {"prime minister", "spokeswoman", "chief executive", "head coach", "ayatollah", "lead author"} <= forms


def test_abbreviated_titles_have_no_full_stop() -> None:
    assert [form for form in PACK.titles.honorifics if form.endswith(".")] == []


def test_pronouns_agree() -> None:
    pronouns = {pronoun.form: (pronoun.gender, pronoun.number) for pronoun in PACK.pronouns.pronoun}
    assert pronouns["he"] == ("m", "s")
    assert pronouns["she"] == ("f", "s")
    assert pronouns["they"] == ("", "p")


def test_every_month_and_day_once() -> None:
    assert [month.number for month in PACK.dates.month] == list(range(1, 13))
    assert [day.number for day in PACK.dates.weekday] == list(range(7))
    assert {"Sept", "September"} <= set(PACK.dates.month[8].forms)


@pytest.mark.parametrize("mark", ["“", '"', "''", "‘", "«"])
def test_opening_marks(mark: str) -> None:
    assert mark in {pair.open for pair in PACK.quotes.pairs}


@pytest.mark.parametrize("example", PACK.examples.example, ids=lambda example: example.id)
def test_example_strings_stand_in_its_text(example) -> None:  # type: ignore[no-untyped-def]
    for statement in example.statement:
        assert statement.kind in ("direct", "indirect", "mixed")
        for part in (*statement.content, statement.cue, statement.speaker):
            assert part in example.text
        if statement.cue:
            assert fold(statement.cue) in {word for form in WORDS for word in (form, form.split()[-1])}


def test_examples_hold_silent_ones() -> None:
    silent = [example.id for example in PACK.examples.example if not example.statement]
    assert len(PACK.examples.example) >= 40
    assert len(silent) >= 10


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_offsets_stand(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    text = record["text"]
    assert record["id"] == f"en-{path.stem}"
    assert 120 <= len(text.split()) <= 350
    for statement in record["statements"]:
        assert [text[start:end] for start, end in statement["content"]] == statement["content_text"]
        for part in statement["content_text"]:
            assert part == part.strip()
            assert part[0] not in '“”"'
        for field in ("cue", "speaker"):
            span = statement[field]
            assert (text[span[0] : span[1]] if span else None) == statement[f"{field}_text"]
        assert statement["polarity"] in ("asserts", "denies")
        assert statement["speaker_type"] in ("person", "organisation", "group", "anonymous")


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_nested_statements_lie_inside_another(path: Path) -> None:
    statements = json.loads(path.read_text(encoding="utf-8"))["statements"]
    for inner in statements:
        holders = [
            outer
            for outer in statements
            if outer is not inner
            and any(
                start <= inner["content"][0][0] and inner["content"][-1][1] <= end for start, end in outer["content"]
            )
        ]
        assert bool(holders) == inner["nested"]


def test_gold_is_large_enough() -> None:
    assert len(GOLD) >= 15
