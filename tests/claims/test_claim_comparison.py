"""How two claims stand to each other, within and across languages."""

import itertools
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Claim, Comparison, compare_claims
from tracker.claims.comparison import UNSURE, among_strangers, judge
from tracker.claims.profile import profile

DATA = Path(__file__).parent / "data"
EVENTS = tomllib.loads((DATA / "events.toml").read_text(encoding="utf-8"))
LATER = tomllib.loads((DATA / "events_later.toml").read_text(encoding="utf-8"))
"""Events that the weights were not learned from."""


def label(found: Comparison) -> str:
    if found.relation == "conflict":
        return found.conflict or "conflict"
    return "same" if found.relation == "same" else "unrelated"


def event_pairs(events: dict[str, dict[str, dict[str, str]]]) -> list[tuple[str, bool, str, str]]:
    pairs = []
    for variants in events.values():
        for variant, texts in variants.items():
            if variant != "base":
                for (lang_a, a), (lang_b, b) in itertools.product(variants["base"].items(), texts.items()):
                    pairs.append((variant, lang_a == lang_b, a, b))
    return pairs


@pytest.fixture(scope="module")
def verdicts() -> Counter[tuple[str, bool, bool]]:
    return Counter((variant, one, label(compare_claims(a, b)) == variant) for variant, one, a, b in event_pairs(EVENTS))


@pytest.mark.parametrize("within", [True, False], ids=["within-a-language", "across-languages"])
def test_events_are_told_apart(verdicts: Counter[tuple[str, bool, bool]], within: bool):
    right = sum(count for (_, one, good), count in verdicts.items() if good and one is within)
    total = sum(count for (_, one, _), count in verdicts.items() if one is within)
    assert total >= 150
    assert right / total >= 0.92, f"{right} of {total}"


@pytest.mark.parametrize("within", [True, False], ids=["within-a-language", "across-languages"])
def test_events_that_were_never_learned_are_told_apart(within: bool):
    pairs = [(variant, a, b) for variant, one, a, b in event_pairs(LATER) if one is within]
    right = sum(label(compare_claims(a, b)) == variant for variant, a, b in pairs)
    assert len(pairs) >= 100
    assert right / len(pairs) >= 0.93, f"{right} of {len(pairs)}"


@pytest.mark.parametrize("variant", ["same", "negation", "number", "date", "speaker", "unrelated"])
def test_no_kind_is_missed(verdicts: Counter[tuple[str, bool, bool]], variant: str):
    right = sum(count for (kind, _, good), count in verdicts.items() if good and kind == variant)
    total = sum(count for (kind, _, _), count in verdicts.items() if kind == variant)
    assert right / total >= 0.85, f"{right} of {total}"


@pytest.mark.parametrize(
    "text", [variants["base"][lang] for variants in EVENTS.values() for lang in ("ar", "he", "en")]
)
def test_a_claim_says_the_same_as_itself(text: str):
    found = compare_claims(text, text)
    assert (found.relation, found.conflict) == ("same", None)
    assert found.score >= 0.8


@pytest.mark.parametrize(
    ("a", "b", "conflict"),
    [
        pytest.param("Gold rose and the dollar fell", "Gold fell and the dollar rose", "negation", id="crossed"),
        pytest.param("The army will withdraw", "The army will stay", "negation", id="opposites"),
        pytest.param("أوقفت الحكومة المشروع", "الحكومة تواصل المشروع", "negation", id="ar-opposites"),
        pytest.param("30 soldiers were killed in Gaza", "12 soldiers were killed in Gaza", "number", id="toll"),
        pytest.param("הוצתו 3 מכוניות בחיפה", "הוצתו 9 מכוניות בחיפה", "number", id="he-count"),
        pytest.param(
            "12 people were killed in the blast at the port",
            "17 people were killed in the blast at the port, two of whom have not been identified",
            "number",
            id="number-before-an-aside",
        ),
        pytest.param("حكم عليه بالسجن سبع سنوات", "حكم عليه بالسجن ثلاث سنوات", "number", id="ar-counted"),
        pytest.param("The court sentenced Selim Aydin", "בית המשפט זיכה את סלים איידין", "negation", id="acquitted"),
    ],
)
def test_conflicts(a: str, b: str, conflict: str):
    found = compare_claims(a, b)
    assert (found.relation, found.conflict) == ("conflict", conflict)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("At least 30 soldiers were killed", "34 soldiers were killed", id="at-least"),
        pytest.param("Dozens of soldiers were killed", "34 soldiers were killed", id="dozens"),
        pytest.param("About 3,000 people fled the city", "3,100 people fled the city", id="about"),
        pytest.param("The price did not rise", "The price fell", id="two-reversals"),
        pytest.param("3,000 people fled the city", "Three thousand people fled the city", id="words"),
        pytest.param("نافيا أن تكون قد دفعت فدية", "نفى أن تكون الشركة قد دفعت فدية", id="two-denials"),
        pytest.param("הצינור יימתח תשעה קילומטרים אל תוך הים", "الأنبوب سيمتد تسعة كيلومترات في البحر", id="he-into"),
        pytest.param("Troops withdrew from the village", "Soldiers pulled out of the village", id="withdrew"),
    ],
)
def test_what_can_both_be_true_is_no_conflict(a: str, b: str):
    assert compare_claims(a, b).relation != "conflict"


def test_a_conflict_of_strangers_that_is_about_nothing_is_not_worth_a_look():
    first, second = (
        profile(Claim(text)) for text in ("The mayor praised the new tram line", "The mayor opened the tram line")
    )
    verdict = judge(first, second)._replace(relation="conflict", conflict=None, score=0.9, clashes=())
    assert among_strangers(verdict).score < UNSURE


def test_two_speakers_of_one_claim():
    text = "Prices will fall next year"
    found = compare_claims(Claim(text, speaker="Karim Haddad"), Claim(text, speaker="Salim Nassar"))
    assert (found.relation, found.conflict) == ("conflict", "speaker")


def test_one_speaker_in_two_scripts():
    found = compare_claims(
        Claim("Prices will fall next year", speaker="Karim Haddad"),
        Claim("الأسعار ستنخفض العام المقبل", speaker="كريم حداد"),
    )
    assert (found.relation, found.conflict) == ("same", None)


def test_a_later_figure_is_no_conflict():
    found = compare_claims(
        Claim("30 people died in the earthquake in Turkey", date="2023-02-06"),
        Claim("120 people died in the earthquake in Turkey", date="2023-02-07"),
    )
    assert found.relation == "related"
    assert "later figure" in [reason.name for reason in found.reasons]


def test_a_changed_position_is_named():
    found = compare_claims(
        Claim("We will sign the agreement", speaker="Karim Haddad", date="2023-02-06"),
        Claim("We will not sign the agreement", speaker="Karim Haddad", date="2023-03-01"),
    )
    assert found.conflict == "negation"
    assert "changed position" in [reason.name for reason in found.reasons]


def test_reasons_name_the_words():
    found = compare_claims("Police arrested 130 protesters in Baghdad", "اعتقلت الشرطة 17 متظاهرا في بغداد")
    reasons = {reason.name: reason.detail for reason in found.reasons}
    assert reasons["other number"] == "130 / 17"
    assert "بغداد" in reasons["shared words"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_compare(a: str, b: str):
    found = compare_claims(a, b)
    assert 0 <= found.score <= 1
    assert (found.conflict is None) or found.relation == "conflict"
