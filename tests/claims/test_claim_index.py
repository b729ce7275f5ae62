"""Search by what claims say, in any of the languages."""

import tomllib
from pathlib import Path

import pytest

from tracker.claims import Claim, ClaimIndex

EVENTS = tomllib.loads((Path(__file__).parent / "data" / "events.toml").read_text(encoding="utf-8"))
LANGUAGES = ("ar", "he", "en")


SEARCH = [
    [text.strip() for text in line.split("|")]
    for line in (Path(__file__).parent / "data" / "search.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
"""Claims in English, and how an Arabic and a Hebrew page would put them."""


def index_of(lang: str) -> ClaimIndex:
    texts = [variants[kind][lang] for kind in ("base", "unrelated") for variants in EVENTS.values()]
    return ClaimIndex(texts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", LANGUAGES)
def test_the_same_claim_is_found_first(lang: str, query: str):
    index = index_of(lang)
    first = [index.search(variants["same"][query], limit=1)[0][0] for variants in EVENTS.values()]
    assert sum(position == number for number, position in enumerate(first)) >= len(EVENTS) - 1


def test_results_are_ranked_scored_and_limited():
    found = index_of("en").search("patients died in a hospital fire", limit=3)
    scores = [score for _, score in found]
    assert len(found) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_nothing_shared_is_not_found():
    assert index_of("en").search("zebra quxfoo") == []
    assert ClaimIndex().search("anything") == []


def test_claims_can_be_added_later():
    index = ClaimIndex(["Wheat exports were delayed"])
    position = index.add(Claim("محكمة تدين رئيس البلدية", lang="ar"))
    assert (position, len(index)) == (1, 2)
    assert index.search("The court convicted the mayor")[0][0] == 1
    assert index[1].lang == "ar"


def test_names_lead_across_scripts():
    index = ClaimIndex(["تصريح جديد من سامدين أسدوف", "تصريح جديد من كريم حداد"])
    assert index.search("Samaddin Asadov")[0][0] == 0


@pytest.mark.parametrize("query", LANGUAGES)
def test_candidates_for_cross_checking(query: str):
    index = index_of("en")
    hits = sum(
        number in index.candidates(variants["negation"][query], limit=5)
        for number, variants in enumerate(EVENTS.values())
    )
    assert hits >= len(EVENTS) - 2


def test_a_strange_claim_has_no_candidates():
    assert index_of("en").candidates("quxfoo barbaz zzyzx") == []
    assert index_of("en").candidates("") == []


def test_search_is_deterministic():
    index = index_of("he")
    assert index.search("ראש הממשלה התפטר") == index.search("ראש הממשלה התפטר")


@pytest.mark.parametrize(
    ("query", "target"), [("en", "ar"), ("en", "he"), ("ar", "en"), ("ar", "he"), ("he", "en"), ("he", "ar")]
)
def test_the_same_claim_is_found_first_in_another_language(query: str, target: str):
    place = {"en": 0, "ar": 1, "he": 2}
    index = ClaimIndex(Claim(texts[place[target]], lang=target) for texts in SEARCH)
    found = [index.search(Claim(texts[place[query]], lang=query), limit=1) for texts in SEARCH]
    right = sum(bool(best) and best[0][0] == number for number, best in enumerate(found))
    assert len(SEARCH) >= 60
    assert right / len(SEARCH) >= 0.9, f"{right} of {len(SEARCH)}"
