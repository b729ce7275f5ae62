"""The Hebrew language data: paradigms, frames, closed classes, examples and gold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tracker.attribution.lexicon import inflected_forms
from tracker.lang import load_pack
from tracker.lang.examples import Example
from tracker.text import fold

PACK = load_pack("he")
GOLD = sorted((Path(__file__).parents[2] / "data" / "gold" / "he").glob("*.json"))
FORMS: dict[tuple[str, str], str] = {
    (fold(form), cue_class): cue.id
    for cue in sorted(PACK.cues.cue, key=lambda cue: cue.prior)
    for form, cue_class, _ in inflected_forms(cue, PACK)
}
WORDS = {form for form, _ in FORMS}


@pytest.mark.parametrize(
    ("form", "cue_class", "cue_id"),
    [
        pytest.param("אמרה", "finite", "say", id="past-feminine"),
        pytest.param("טוענים", "finite", "claim", id="present-plural-final-letter"),
        pytest.param("מבהירה", "finite", "clarify", id="present-hifil-feminine"),
        pytest.param("ענתה", "finite", "reply", id="past-final-he-feminine"),
        pytest.param("גינו", "finite", "denounce", id="past-final-he-plural"),
        pytest.param("חוזה", "finite", "predict", id="present-final-he"),
        pytest.param("יטענו", "finite", "future-say", id="future-plural"),
        pytest.param("הוספתי", "finite", "say-first", id="first-person"),
        pytest.param("להדגיש", "infinitive", "stress", id="infinitive"),
        pytest.param("באומרו", "participle", "say", id="converb"),
        pytest.param("נמסר", "passive", "passive-say", id="passive"),
        pytest.param("לדבריהם", "preposition", "according-words", id="according-plural-noun"),
        pytest.param("לטענתה", "preposition", "according-claim", id="according-feminine-noun"),
        pytest.param("על פי", "preposition", "according", id="according-two-words"),
        pytest.param("הודעתם", "noun", "noun-announcement", id="noun-with-owner"),
        pytest.param("מתח ביקורת", "finite", "criticise", id="verb-and-object"),
        pytest.param("הכחישה", "finite", "deny", id="denial"),
    ],
)
def test_form_belongs_to_cue(form: str, cue_class: str, cue_id: str) -> None:
    assert FORMS[fold(form), cue_class] == cue_id


@pytest.mark.parametrize(
    "wrong",
    ["הוסיפתי", "טעננו", "יאמרה", "ענהה", "מבהירת", "בטענו", "בבקשה", "בספרו", "כדברים", "ידרושו", "ימסורו", "גינהה"],
)
def test_no_wrong_form(wrong: str) -> None:
    assert fold(wrong) not in WORDS


def test_form_as_pronoun_knows_its_owner() -> None:
    owners = {
        form: (inflection.gender, inflection.number)
        for cue in PACK.cues.cue
        for form, _, inflection in inflected_forms(cue, PACK)
        if inflection.pronoun
    }
    assert owners["לדבריו"] == ("m", "s")
    assert owners["לטענתה"] == ("f", "s")
    assert owners["להערכתם"] == ("m", "p")
    assert "לדברי" not in owners


def test_cues_are_many_and_unique() -> None:
    counts = Counter(cue.id for cue in PACK.cues.cue)
    assert len(counts) >= 150
    assert [cue_id for cue_id, count in counts.items() if count > 1] == []


def test_every_cue_has_a_form_and_a_complement() -> None:
    assert [cue.id for cue in PACK.cues.cue if not cue.takes or not (cue.forms or cue.stems)] == []


def test_a_prepositional_complement_names_its_prepositions() -> None:
    assert [cue.id for cue in PACK.cues.cue if ("preposition" in cue.takes) != bool(cue.prepositions)] == []


def test_a_place_behind_a_source_names_its_prepositions() -> None:
    assert [cue.id for cue in PACK.cues.cue if "from" in cue.places and not cue.sources] == []


def test_priors_are_shares() -> None:
    assert [cue.id for cue in PACK.cues.cue if not 0 < cue.prior < 1] == []


@pytest.mark.parametrize(
    ("surer", "doubtful"),
    [
        pytest.param("say", "write", id="write-is-also-reporter"),
        pytest.param("tell", "tell-present", id="present-is-also-number"),
        pytest.param("warn", "believe-aloud", id="mental-state"),
        pytest.param("claim", "future-say", id="future"),
        pytest.param("according-words", "according-view-bare", id="also-to-know"),
    ],
)
def test_homographs_are_doubted(surer: str, doubtful: str) -> None:
    prior = {cue.id: cue.prior for cue in PACK.cues.cue}
    assert prior[surer] - prior[doubtful] >= 0.2


def test_no_value_is_a_single_letter_behind_a_space() -> None:
    """One-letter prepositions are written as one with the next word: such a phrase could never be found."""
    values = [form for cue in PACK.cues.cue for form in cue.forms] + list(PACK.cues.pseudo)
    assert [value for value in values if len(value.split()) > 1 and len(value.split()[-1]) == 1] == []


def test_pseudo_phrases_are_several_words_or_no_news_cue() -> None:
    priors = {fold(form): cue.prior for cue in PACK.cues.cue for form, _, _ in inflected_forms(cue, PACK)}
    assert [phrase for phrase in PACK.cues.pseudo if priors.get(fold(phrase), 0) > 0.5] == []


def test_infinitives_begin_with_their_marker() -> None:
    assert [word for word in PACK.syntax.infinitive_markers if not word.startswith("ל")] == []
    assert {"לפעול", "להגיש", "לפרסם"} <= set(PACK.syntax.infinitive_markers)


def test_whole_words_begin_like_the_glued_complementiser() -> None:
    assert [word for word in PACK.syntax.whole_words if not word.startswith("ש")] == []
    assert {"שמעון", "שעות", "שלום"} <= set(PACK.syntax.whole_words)


def test_given_names_end_no_phrase() -> None:
    names = {"חיים", "נתן", "שי", "אורי", "עמית", "טל", "רון", "ליאור"}
    closed = {*PACK.verbs.forms, *PACK.syntax.adjuncts, *PACK.syntax.auxiliaries, *PACK.syntax.subordinators}
    assert names & closed == set()


def test_particles_are_no_titles() -> None:
    forms = {form for group in PACK.titles.group for form in (*group.forms, *group.feminine)}
    assert forms & {"אם", "עד", "אב", "בן", "רב", "של"} == set()


def test_titles_cover_the_fields() -> None:
    forms = {form for group in PACK.titles.group for form in (*group.forms, *group.feminine)}
    assert len(forms) >= 400
    assert {"שרת החוץ", 'מנכ"לית', 'ח"כ', "שופטת", "פרופ'", "דובר המשטרה", "מאמן", "חובש"} <= forms


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
            ("word_end", PACK.quotes.word_end),
        ]
    ],
)
def test_no_value_twice(name: str, values: tuple[str, ...]) -> None:
    assert [value for value, count in Counter(values).items() if count > 1] == []


def test_pronouns_agree() -> None:
    pronouns = {pronoun.form: (pronoun.gender, pronoun.number) for pronoun in PACK.pronouns.pronoun}
    assert pronouns["הוא"] == ("m", "s")
    assert pronouns["היא"] == ("f", "s")
    assert pronouns["הן"] == ("f", "p")
    assert "את" not in pronouns


def test_every_month_and_day_once() -> None:
    assert [month.number for month in PACK.dates.month] == list(range(1, 13))
    assert [day.number for day in PACK.dates.weekday] == list(range(7))
    assert {"מרץ", "מרס", "במארס"} <= set(PACK.dates.month[2].forms)


@pytest.mark.parametrize("mark", ['"', "״", "“", "„", "׳", "'"])
def test_opening_marks(mark: str) -> None:
    assert mark in {pair.open for pair in PACK.quotes.pairs}


@pytest.mark.parametrize("word", ["ג'", "פרופ'", "קולג׳"])
def test_geresh_belongs_to_its_word(word: str) -> None:
    assert word in PACK.quotes.word_end


@pytest.mark.parametrize("example", PACK.examples.example, ids=lambda example: example.id)
def test_example_strings_stand_in_its_text(example: Example) -> None:
    for statement in example.statement:
        assert statement.kind in ("direct", "indirect", "mixed")
        for part in (*statement.content, statement.cue, statement.speaker):
            assert part in example.text
        assert not statement.cue or fold(statement.cue) in WORDS


def test_examples_hold_silent_ones() -> None:
    silent = [example.id for example in PACK.examples.example if not example.statement]
    assert len(PACK.examples.example) >= 60
    assert len(silent) >= 15


def read_gold(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def test_gold_is_large_enough() -> None:
    assert len(GOLD) >= 15
    assert sum(len(read_gold(path)["statements"]) for path in GOLD) >= 200


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_offsets_stand(path: Path) -> None:
    record = read_gold(path)
    text = record["text"]
    assert record["id"] == f"he-{path.stem}"
    assert 110 <= len(text.split()) <= 350
    for statement in record["statements"]:
        assert [text[start:end] for start, end in statement["content"]] == statement["content_text"]
        for part in statement["content_text"]:
            assert part == part.strip()
        for name in ("cue", "speaker"):
            span = statement[name]
            assert (text[span[0] : span[1]] if span else None) == statement[f"{name}_text"]
        assert statement["polarity"] in ("asserts", "denies")
        assert statement["kind"] in ("direct", "indirect", "mixed")
        types = ("person", "organisation", "group", "anonymous")
        assert statement["speaker_type"] in (types if statement["speaker_name"] else (None, *types))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_nested_statements_lie_inside_another(path: Path) -> None:
    statements = read_gold(path)["statements"]
    for inner in statements:
        first, last = inner["content"][0][0], inner["content"][-1][1]
        holders = [
            outer
            for outer in statements
            if outer is not inner and any(start <= first and last <= end for start, end in outer["content"])
        ]
        assert bool(holders) == inner["nested"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_cues_are_known_to_the_language(path: Path) -> None:
    allowed = WORDS | {fold("לפיה")}  # a relative that attributes, kept as a complementiser
    cues = [statement["cue_text"] for statement in read_gold(path)["statements"] if statement["cue_text"]]
    assert [cue for cue in cues if fold(cue) not in allowed] == []
