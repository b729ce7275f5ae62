from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.records import Annotations, Article, Document, Entity, Link, Mention, SpeakerType, Statement
from tracker.resolve import Judgement, MemoryRoster, Observation, Persona, Resolver, observe


def seen(
    mention_id: str,
    name: str,
    document_id: str,
    title: str | None = None,
    *,
    kind: SpeakerType = "person",
    article: int | None = None,
) -> Observation:
    return Observation(mention_id, name, kind, document_id, title, article)


PAGES = [
    [seen("1", "بواز ليفي", "p1", "الرئيس التنفيذي لشركة الصناعات الفضائية الإسرائيلية")],
    [seen("2", "Boaz Levy", "p2"), seen("3", "Levy", "p2")],
    [seen("4", "בועז לוי", "p3", 'מנכ"ל התעשייה האווירית')],
    [seen("5", "الحكومة الأرمينية", "p4", kind="organisation"), seen("6", "sources", "p4", kind="anonymous")],
    [seen("7", "Armenian government", "p5", kind="group"), seen("8", "sources", "p5", kind="anonymous")],
    [seen("9", "محمد علي", "p6", "وزير الصحة المصري"), seen("10", "محمد علي", "p6")],
    [seen("11", "Mohamed Ali", "p7", "Egyptian health minister")],
    [seen("12", "محمد علي", "p8", "لاعب المنتخب المغربي")],
    [seen("13", "محمد علي", "p9")],
    [seen("14", "Donald Trump", "p10", "US president"), seen("15", "Donald Trump Jr.", "p10")],
    [seen("16", "DONALD TRUMP", "p11")],
    [seen("17", "واللا", "p12", kind="organisation"), seen("18", "Jack London", "p12")],
    [seen("19", "Walla", "p13", kind="organisation"), seen("20", "London", "p13", kind="organisation")],
    [seen("21", "أزاركوسموس", "p14", kind="organisation")],
    [seen("22", "Azercosmos", "p15", kind="organisation")],
]
TOGETHER = {
    frozenset(ids.split())
    for ids in (
        "1 2 4", "3", "5 7", "6", "8", "9 10 11", "12", "13", "14 16", "15", "17 19", "18", "20", "21 22",
    )
}  # fmt: skip


class Ledger:
    """What a store keeps: links by mention, moved as the resolver says, and entities."""

    def __init__(self, judgements: tuple[Judgement, ...] = ()) -> None:
        self.resolver = Resolver(judgements=judgements)
        self.personas: dict[str, str] = {}
        self.links: dict[str, Link] = {}
        self.owner: dict[str, str] = {}
        self.entities: dict[str, Entity] = {}

    def read(self, page: list[Observation]) -> None:
        resolution = self.resolver.resolve(page)
        self.personas.update(resolution.personas)
        for move in resolution.moves:
            for mention_id, persona_id in self.personas.items():
                if persona_id == move.persona_id and self.owner.get(mention_id) == move.from_entity:
                    self.owner[mention_id] = move.to_entity
        for link in resolution.links:
            self.links[link.mention_id] = link
            self.owner[link.mention_id] = link.entity_id
        for entity in resolution.entities:
            self.entities[entity.entity_id] = entity

    def together(self) -> set[frozenset[str]]:
        groups: dict[str, set[str]] = {}
        for mention_id, entity_id in self.owner.items():
            groups.setdefault(entity_id, set()).add(mention_id)
        return {frozenset(group) for group in groups.values()}

    def named(self) -> dict[frozenset[str], Entity]:
        groups: dict[str, set[str]] = {}
        for mention_id, entity_id in self.owner.items():
            groups.setdefault(entity_id, set()).add(mention_id)
        return {frozenset(group): self.entities[entity_id] for entity_id, group in groups.items()}


def read_all(pages: list[list[Observation]], judgements: tuple[Judgement, ...] = ()) -> Ledger:
    ledger = Ledger(judgements)
    for page in pages:
        ledger.read(page)
    return ledger


def test_who_is_who() -> None:
    assert read_all(PAGES).together() == TOGETHER


@pytest.mark.parametrize("seed", range(25))
def test_order_of_reading_changes_neither_groups_nor_names_nor_ids(seed: int) -> None:
    pages = list(PAGES)
    random.Random(seed).shuffle(pages)  # noqa: S311  # no secret
    ledger = read_all(pages)
    assert ledger.together() == TOGETHER
    assert ledger.named() == read_all(PAGES).named()


def test_all_pages_in_one_call_are_the_same_as_one_by_one() -> None:
    assert read_all([[mention for page in PAGES for mention in page]]).together() == TOGETHER


def test_reading_twice_changes_nothing() -> None:
    ledger = read_all(PAGES)
    before = ledger.named()
    for page in PAGES:
        resolution = ledger.resolver.resolve(page)
        assert not resolution.moves
        assert not resolution.entities
    assert ledger.named() == before


def test_an_entity_has_its_names_in_every_script() -> None:
    entity = read_all(PAGES).named()[frozenset({"1", "2", "4"})]
    assert entity.names == (("ar", "بواز ليفي"), ("en", "Boaz Levy"), ("he", "בועז לוי"))
    assert entity.type == "person"


def test_capitals_are_not_shown_where_there_is_better() -> None:
    for pages in (PAGES, PAGES[::-1]):
        assert read_all(pages).named()[frozenset({"14", "16"})].name == "Donald Trump"


def test_a_name_evenly_like_two_people_is_unsure() -> None:
    ledger = read_all([PAGES[5], PAGES[7]])
    resolution = ledger.resolver.resolve(PAGES[8])
    assert resolution.links[0].method == "unsure"
    assert resolution.links[0].score == 0.5
    assert resolution.unsure == {resolution.personas["13"]}


def test_a_persona_that_becomes_unsure_later_is_told() -> None:
    ledger = read_all([PAGES[5], PAGES[8]])
    resolution = ledger.resolver.resolve(PAGES[7])
    assert resolution.unsure == {ledger.personas["13"]}
    assert [move.persona_id for move in resolution.moves].count(ledger.personas["13"]) <= 1


def test_a_title_holds_all_over_its_story_but_not_in_the_next_article() -> None:
    page = [
        seen("1", "محمد علي", "p", "وزير الصحة المصري", article=0),
        seen("2", "محمد علي", "p", article=0),
        seen("3", "محمد علي", "p", "لاعب المنتخب المغربي", article=1),
        seen("4", "محمد علي", "p", article=1),
    ]
    assert read_all([page]).together() == {frozenset("12"), frozenset("34")}


def test_one_person_with_two_titles_is_one() -> None:
    pages = [
        [seen("1", "Yair Lapid", "p1", "Israeli foreign minister")],
        [seen("2", "יאיר לפיד", "p2", "ראש האופוזיציה הישראלית")],
        [seen("3", "Yair Lapid", "p3", "Prime minister of Israel")],
    ]
    assert read_all(pages).together() == {frozenset("123")}


def test_a_spokesman_and_his_minister_are_two() -> None:
    page = [
        seen("1", "Yoav Gallant", "p", "Israeli defense minister"),
        seen("2", "Daniel Hagari", "p", "spokesman of the Israeli defense minister"),
    ]
    assert len(read_all([page]).together()) == 2


def test_links_give_reasons() -> None:
    ledger = read_all(PAGES[:3])
    assert all(link.reasons for link in ledger.links.values())
    assert [reason.name for reason in ledger.links["4"].reasons][:2] == ["sounds alike", "sounds alike"]


def test_a_person_says_two_are_the_same() -> None:
    plain = read_all(PAGES)
    judgement = Judgement("same", plain.personas["3"], plain.owner["2"], by="dana", at="2024-01-01")
    for pages in (PAGES, PAGES[::-1]):
        ledger = read_all(pages, (judgement,))
        assert frozenset({"1", "2", "3", "4"}) in ledger.together()
        assert ledger.resolver.resolve(PAGES[1]).links[1].method == "judged"


def test_a_person_says_two_are_not_the_same() -> None:
    plain = read_all(PAGES)
    judgement = Judgement("not-same", plain.personas["17"], plain.personas["19"], by="dana", at="2024-01-01")
    for pages in (PAGES, PAGES[::-1]):
        assert {frozenset({"17"}), frozenset({"19"})} <= read_all(pages, (judgement,)).together()


def test_a_decision_holds_for_both_names_with_titles_that_come_later() -> None:
    first = [[seen("1", "Roni Katz", "p1")], [seen("2", "Aharon Beeri", "p2")]]
    plain = read_all(first)
    judgement = Judgement("same", plain.personas["1"], plain.personas["2"], at="2024-01-01")
    later = [[seen("3", "Aharon Beeri", "p3", "Israeli minister")], [seen("4", "Roni Katz", "p4", "minister")]]
    for pages in (first + later, later[::-1] + first[::-1]):
        assert read_all(pages, (judgement,)).together() == {frozenset("1234")}


def test_a_bare_name_is_as_unsure_in_another_script() -> None:
    pages = [PAGES[7], [seen("1", "Mohamed Ali", "p1", "Egyptian health minister")], [seen("2", "Mohamed Ali", "p2")]]
    for order in (pages, pages[::-1]):
        assert read_all(order).together() == {frozenset(("12",)), frozenset("1"), frozenset("2")}


def test_a_country_in_common_decides_between_two_of_one_name() -> None:
    page = [seen("20", "محمد علي", "p20", "مسؤول مصري")]
    assert frozenset(("9", "10", "11", "20")) in read_all([PAGES[5], PAGES[6], PAGES[7], page]).together()


def test_the_later_decision_counts() -> None:
    plain = read_all(PAGES)
    pair = (plain.personas["17"], plain.personas["19"])
    later = Judgement("same", *pair, at="2024-02-01")
    earlier = Judgement("not-same", *pair, at="2024-01-01")
    assert read_all(PAGES, (later, earlier)).together() == TOGETHER


def test_a_person_chooses_the_name() -> None:
    plain = read_all(PAGES)
    judgement = Judgement("rename", plain.personas["4"], name="Boaz Levy (IAI)", at="2024-01-01")
    assert read_all(PAGES, (judgement,)).named()[frozenset({"1", "2", "4"})].name == "Boaz Levy (IAI)"


def test_a_decision_can_be_taken_back_without_reading_again() -> None:
    ledger = read_all(PAGES)
    surname, full = ledger.personas["3"], ledger.personas["2"]
    personas = [persona for persona in roster(ledger) if persona.persona_id in (surname, full)]
    entity_of = ledger.resolver.roster.entity_of
    done = ledger.resolver.rebuild((Judgement("same", surname, full, at="2024-01-01"),), personas)
    assert entity_of(surname) == entity_of(full)
    assert done.moves
    ledger.resolver.rebuild((), personas)
    assert entity_of(surname) == surname
    assert ledger.resolver.roster.entity_of(full) != surname


def test_a_resolver_goes_on_from_what_was_stored() -> None:
    first = read_all(PAGES[:8])
    stored = [(persona, first.resolver.roster.entity_of(persona.persona_id) or "") for persona in roster(first)]
    second = Ledger()
    second.resolver = Resolver(MemoryRoster(stored))
    second.personas, second.owner = dict(first.personas), dict(first.owner)
    for page in PAGES[8:]:
        second.read(page)
    assert second.together() == TOGETHER


def roster(ledger: Ledger) -> list[Persona]:
    memory = ledger.resolver.roster
    assert isinstance(memory, MemoryRoster)
    return list(memory)


def test_observations_of_annotations() -> None:
    text = "A said one. B said two."
    mention = Mention("A", (0, 1), "minister", "person", "named")
    statements = (
        Statement("s1", "indirect", ((7, 10),), "one", None, None, "asserts", mention, "en", 1.0, "r"),
        Statement("s2", "indirect", ((19, 22),), "two", None, None, "asserts", None, "en", 1.0, "r"),
        Statement("s3", "indirect", ((19, 22),), "two", None, None, "asserts", mention, "en", 1.0, "r"),
    )
    articles = (Article(0, 11), Article(12, 23))
    annotations = Annotations(Document("d", text, "o", "h"), articles, (), statements)
    assert observe(annotations) == [
        Observation("s1", "A", "person", "d", "minister", 0),
        Observation("s3", "A", "person", "d", "minister", 1),
    ]
    assert [found.mention_id for found in observe(annotations, ["m1", "m2"])] == ["m1", "m2"]


name = st.sampled_from(
    ["Boaz Levy", "בועז לוי", "بواز ليفي", "Levy", "Bo Levi", "Boaz Levin", "בועז לוין", "", "J. Levy"]
)
title = st.sampled_from([None, "Israeli minister", "لاعب المنتخب المغربي", "Moroccan footballer", "וזמר"])
mentions = st.lists(st.tuples(name, title), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(mentions, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_groups(found: list[tuple[str, str | None]], shuffle: random.Random) -> None:
    pages = [[seen(str(number), one, f"p{number}", of)] for number, (one, of) in enumerate(found)]
    expected = read_all(pages).together()
    shuffle.shuffle(pages)
    assert read_all(pages).together() == expected


def test_a_known_name_costs_next_to_nothing(cpu_seconds: Callable[..., float]) -> None:
    resolver = Resolver()
    resolver.resolve(PAGES[1])
    assert cpu_seconds(lambda: resolver.resolve(PAGES[1]), runs=500) < 0.001
