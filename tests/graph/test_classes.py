"""Visibility classes: numbers for combinations, and what nodes and evidence inherit from records."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engines.protocol import Engine
from service.graph.store import Scope
from service.graph.visibility import LEVELS, PLAIN, Classes, VisibilityClass, classes, save
from tests.graph.sayings import Saying, Thing, graph, loaded, nodes, organization, person, relations

ADA, BEN = person("Ada"), person("Ben")
DINNER = Thing("Event", "Dinner")
PUBLIC, MEMBERS, STAFF, LOBBYING = range(4)
combinations = st.tuples(st.sampled_from(LEVELS), st.sets(st.sampled_from(["bid", "tender"])))


def test_the_four_levels_are_always_there_and_combinations_get_the_next_numbers() -> None:
    table = Classes()
    assert table.number("STAFF") == STAFF
    assert table.number("STAFF", ["tender"]) == 4
    assert table.number("STAFF", ["bid", "tender"]) == 5
    assert table.added == [
        *PLAIN,
        VisibilityClass(4, "STAFF", ("tender",)),
        VisibilityClass(5, "STAFF", ("bid", "tender")),
    ]
    assert table.everything() == Scope((0, 1, 2, 3, 4, 5))


@given(st.lists(combinations, min_size=1))
def test_the_strictest_class_shows_all_and_everyone_who_sees_one_sees_the_least_strict(
    found: list[tuple[str, set[str]]],
) -> None:
    table = Classes()
    numbers = [table.number(level, compartments) for level, compartments in found]
    strictest, least = table.strictest(numbers), table.least_strict(numbers)
    assert all(table.covers(strictest, number) for number in numbers)
    assert all(table.covers(number, least) for number in numbers)
    assert table.strictest([strictest, *numbers]) == strictest
    assert table.least_strict([least, *numbers]) == least


@given(st.lists(combinations, min_size=1), st.randoms(use_true_random=False))
def test_no_order_of_records_changes_the_class_of_what_they_mention(
    found: list[tuple[str, set[str]]], dice: Random
) -> None:
    table = Classes()
    numbers = [table.number(level, compartments) for level, compartments in found]
    shuffled = list(numbers)
    dice.shuffle(shuffled)
    step = numbers[0]
    for number in shuffled:
        step = table.least_strict([step, number])
    assert step == table.least_strict(numbers)


async def test_a_node_has_the_least_strict_class_of_the_records_that_mention_it(engine: Engine) -> None:
    store = graph(engine)
    secret = Saying("lobby", vis=LOBBYING).names(ADA, "A. Byron").says("ATTENDED", ADA, DINNER, status="ATTENDED")
    await loaded(store, secret)
    assert await nodes(engine, "Person", "name", "vis") == [("A. Byron", LOBBYING)]
    assert await nodes(engine, "Event", "vis") == [(LOBBYING,)]
    public = Saying("public").names(ADA, "Ada Byron").says("ATTENDED", ADA, DINNER, status="REGISTERED")
    await loaded(store, public)
    assert await nodes(engine, "Person", "name", "vis", "otherNames", "otherNamesVis") == [
        ("Ada Byron", PUBLIC, ("A. Byron",), (LOBBYING,))
    ]
    assert await nodes(engine, "Event", "vis") == [(PUBLIC,)]
    assert sorted(await nodes(engine, "Source", "slug", "vis")) == [("lobby", LOBBYING), ("public", PUBLIC)]


async def test_who_is_mentioned_only_under_the_same_compartment_is_seen_only_with_it(engine: Engine) -> None:
    store = graph(engine)
    table = await classes(store)
    staff, lobbying = table.number("STAFF", ["tender"]), table.number("LOBBYING", ["bid", "tender"])
    await store.write(lambda write: save(write, table.added))
    bid = Saying("bid", vis=lobbying).names(ADA, "Ada").says("ATTENDED", ADA, DINNER, status="ATTENDED")
    await loaded(store, bid, Saying("tender", vis=staff).names(ADA, "Ada").names(BEN, "Ben"))
    assert await nodes(engine, "Person", "name", "vis") == [("Ada", staff), ("Ben", staff)]
    assert await nodes(engine, "Event", "vis") == [(lobbying,)]
    await loaded(store, Saying("public", vis=MEMBERS).names(ADA, "Ada"))
    assert await nodes(engine, "Person", "name", "vis") == [("Ada", MEMBERS), ("Ben", staff)]


async def test_a_class_once_given_stays_when_the_record_is_taken_back_for_it_is_readable_at_earlier_moments(
    engine: Engine,
) -> None:
    store = graph(engine)
    await loaded(store, Saying("lobby", vis=LOBBYING).names(ADA, "A. Byron"), Saying("public").names(ADA, "Ada"))
    await loaded(store, Saying("public"))
    assert await nodes(engine, "Person", "name", "vis") == [("A. Byron", PUBLIC)]


async def test_a_combination_that_evidence_needs_is_added_to_the_table(engine: Engine) -> None:
    store = graph(engine)
    table = await classes(store)
    tender = table.number("STAFF", ["tender"])
    await store.write(lambda write: save(write, table.added))
    forge = organization("Forge")
    saying = Saying("staff").names(ADA, "Ada").names(BEN, "Ben").names(forge, "Forge")
    for who, vis in ((ADA, tender), (BEN, LOBBYING)):
        saying.says("WORKS_FOR", who, forge, start="2020", end="..", unit="employer:forge", vis=vis)
    await loaded(store, saying)
    both = (await classes(store)).number("LOBBYING", ["tender"])
    assert both == 5
    assert await relations(engine, "KNOWS", "kind", "vis") == [("CO_AFFILIATION", both)]
    assert await nodes(engine, "Person", "name", "vis") == [("Ada", PUBLIC), ("Ben", PUBLIC)]


@pytest.mark.parametrize(("vis", "seen"), [(PUBLIC, PUBLIC), (STAFF, STAFF)])
async def test_relabelling_a_claim_relabels_the_evidence_that_follows_and_keeps_its_id(
    engine: Engine, vis: int, seen: int
) -> None:
    store = graph(engine)

    def dinner(vis: int) -> Saying:
        saying = Saying("dinner").names(ADA, "Ada").names(BEN, "Ben")
        for who in (ADA, BEN):
            saying.says("ATTENDED", who, DINNER, start="2026", unit="event:dinner", status="ATTENDED", vis=vis)
        return saying

    await loaded(store, dinner(MEMBERS))
    before = await relations(engine, "KNOWS", "id")
    await loaded(store, dinner(vis))
    assert await relations(engine, "KNOWS", "id") == before
    assert await relations(engine, "KNOWS", "vis") == [(seen,)]
