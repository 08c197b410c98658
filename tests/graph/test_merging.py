"""Rows that join two agents, and rows that no longer do: the result equals loading everything at once."""

import pytest

from service.engines.protocol import Engine
from service.graph.model import Mode
from service.graph.record.write import load
from service.graph.store import Graph
from tests.graph.sayings import (
    Json,
    Saying,
    Thing,
    batch,
    contents,
    graph,
    loaded,
    nodes,
    organization,
    person,
    relations,
)

MEMBER, SPEAKER = person("11", "twfy"), person("4778", "parliament")  # one person, known by two numbers
BEN = person("Ben Hope")
GROUP = organization("motor", "appg")
MINISTER = Thing("Post", "Minister for Trade")
MINISTRY = organization("Trade")


def members(*, joined: bool, mode: Mode = Mode.HISTORY) -> Saying:
    saying = Saying("members", mode).names(GROUP, "Motor Group").names(MEMBER, "Ada Byron").names(BEN, "Ben Hope")
    for key, who in (("ada", MEMBER), ("ben", BEN)):
        saying.says("MEMBER_OF", who, GROUP, key, observed=("2026-06-29",), unit="group:motor")
    return saying.joins(MEMBER, SPEAKER) if joined else saying


def ministers() -> Saying:
    saying = (
        Saying("ministers").names(MINISTRY, "Trade").names(SPEAKER, "Ada, Countess of Lovelace").names(BEN, "B. Hope")
    )
    for key, who in (("ada", SPEAKER), ("ben", BEN)):
        saying.says("HOLDS", who, MINISTER, key, start="2024-07-08", end="..", unit="department:trade")
    return saying.says("POST_IN", MINISTER, MINISTRY, unit="department:trade")


def gifts() -> Saying:
    giver = organization("Goodwood")
    saying = Saying("gifts").names(giver, "Goodwood").names(MEMBER, "A. Byron")
    return saying.says(
        "GAVE_BENEFIT", giver, MEMBER, "1", start="2026-01-02", end="2026-01-02", unit="benefit:1", kind="hospitality"
    )


async def at_once(store: Graph, engine: Engine, *sayings: Saying) -> list[Json]:
    await loaded(store, *sayings)
    found = await contents(engine)
    await engine.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {}))
    return found


async def between(engine: Engine, *relations: str) -> set[tuple[object, ...]]:
    """What stands between which nodes, taken back or not."""
    rows = [row for row in await contents(engine) if row.get("type") in relations]
    return {(row["type"], row.get("kind") if row["type"] == "KNOWS" else None, row["a"], row["b"]) for row in rows}


async def agents(engine: Engine) -> list[tuple[object, ...]]:
    return await nodes(engine, "Person", "id", "name", "mergedIds")


async def test_a_row_that_joins_two_agents_merges_them_and_the_higher_rank_wins(engine: Engine) -> None:
    store = graph(engine)
    together = await at_once(store, engine, members(joined=True), ministers(), gifts())
    for saying in (gifts(), ministers(), members(joined=False), members(joined=True)):
        await loaded(store, saying)
    assert await contents(engine) == together
    assert await agents(engine) == sorted(
        [(SPEAKER.agent, "A. Byron", (MEMBER.agent,)), (BEN.agent, "Ben Hope", ())], key=str
    )


async def test_the_merge_goes_when_its_last_row_goes(engine: Engine) -> None:
    store = graph(engine)
    apart = await at_once(store, engine, members(joined=False), ministers(), gifts())
    await loaded(store, members(joined=True), ministers(), gifts())
    await loaded(store, members(joined=False))
    assert [row for row in await contents(engine) if not row["takenBack"]] == apart


async def test_of_an_identity_that_only_a_join_told_of_no_agent_remains(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, members(joined=True), gifts())
    assert [row[0] for row in await agents(engine)] == sorted([SPEAKER.agent, BEN.agent])
    await loaded(store, members(joined=False))
    assert [row[0] for row in await agents(engine)] == sorted([MEMBER.agent, BEN.agent])


async def test_claims_that_move_keep_their_ids_and_moments(engine: Engine) -> None:
    store = graph(engine)
    await load(store, batch(ministers(), gifts()), recorded_at="2026-01-01T00:00:00.000000Z")
    before = await relations(engine, "GAVE_BENEFIT", "id", "recordedAt")
    await load(store, batch(members(joined=True)), recorded_at="2026-02-01T00:00:00.000000Z")
    assert await relations(engine, "GAVE_BENEFIT", "id", "recordedAt") == before
    goodwood = organization("Goodwood").agent
    assert await relations(engine, "GAVE_BENEFIT", "origin") == [((goodwood, SPEAKER.agent),)]
    # Known since its claim is known, although it was worked out again.
    assert await relations(engine, "KNOWS", "kind", "recordedAt", "retractedAt") == [
        ("BENEFIT", "2026-01-01T00:00:00.000000Z", None),
        ("CO_AFFILIATION", "2026-01-01T00:00:00.000000Z", None),
        ("CO_COMMITTEE", "2026-02-01T00:00:00.000000Z", None),
    ]


async def test_what_was_taken_back_before_moves_along_and_comes_back(engine: Engine) -> None:
    store = graph(engine)
    goodwood = organization("Goodwood").agent
    await loaded(store, gifts(), ministers())
    await loaded(store, Saying("gifts"))
    await loaded(store, members(joined=True))
    assert await between(engine, "GAVE_BENEFIT", "KNOWS") == {
        ("GAVE_BENEFIT", None, goodwood, SPEAKER.agent),
        ("KNOWS", "BENEFIT", goodwood, SPEAKER.agent),
        ("KNOWS", "CO_AFFILIATION", *sorted((SPEAKER.agent, BEN.agent))),
        ("KNOWS", "CO_COMMITTEE", *sorted((SPEAKER.agent, BEN.agent))),
    }
    await loaded(store, members(joined=False))
    assert await between(engine, "GAVE_BENEFIT", "KNOWS") == {
        ("GAVE_BENEFIT", None, goodwood, MEMBER.agent),
        ("KNOWS", "BENEFIT", goodwood, MEMBER.agent),
        ("KNOWS", "CO_AFFILIATION", *sorted((SPEAKER.agent, BEN.agent))),
        ("KNOWS", "CO_COMMITTEE", *sorted((MEMBER.agent, BEN.agent))),
    }


async def test_an_agent_that_went_into_another_is_noted_as_gone_until_it_comes_back(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, gifts(), ministers())
    await loaded(store, members(joined=True))
    assert (MEMBER.agent,) in await nodes(engine, "Erased", "id")
    assert (MEMBER.agent,) not in await nodes(engine, "Person", "id")
    await loaded(store, members(joined=False))
    assert (MEMBER.agent,) not in await nodes(engine, "Erased", "id")
    assert (MEMBER.agent,) in await nodes(engine, "Person", "id")


async def test_a_register_keeps_whom_it_listed_and_lets_go_of_a_join_that_no_row_makes(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, members(joined=True, mode=Mode.REGISTER), ministers())
    await loaded(store, members(joined=False, mode=Mode.REGISTER))
    found = {id: merged for id, _, merged in await agents(engine)}
    assert found == {SPEAKER.agent: (), MEMBER.agent: (), BEN.agent: ()}


async def test_a_join_that_another_source_still_makes_stays(engine: Engine) -> None:
    store = graph(engine)
    other = Saying("other").names(MEMBER, "Ada").joins(MEMBER, SPEAKER)
    await loaded(store, members(joined=True), ministers(), other)
    await loaded(store, members(joined=False))
    assert {id: merged for id, _, merged in await agents(engine)} == {SPEAKER.agent: (MEMBER.agent,), BEN.agent: ()}


async def test_what_was_known_between_two_who_are_one_now_stays_stored_and_comes_back(engine: Engine) -> None:
    store = graph(engine)
    calls = Saying("calls", Mode.LOG).names(MEMBER, "Ada").names(SPEAKER, "Ada, Countess of Lovelace")
    await loaded(store, calls.knows("CALL", MEMBER, SPEAKER, "2026-02-01"))
    await loaded(store, members(joined=True))
    assert ("KNOWS", "CALL", SPEAKER.agent, SPEAKER.agent) in await between(engine, "KNOWS")
    await loaded(store, members(joined=False))
    assert ("KNOWS", "CALL", *sorted((MEMBER.agent, SPEAKER.agent))) in await between(engine, "KNOWS")


@pytest.mark.parametrize("first", [0, 1, 2])
async def test_the_order_of_sources_changes_nothing(engine: Engine, first: int) -> None:
    store = graph(engine)
    sayings = [members(joined=True), ministers(), gifts()]
    together = await at_once(store, engine, *sayings)
    for saying in sayings[first:] + sayings[:first]:
        await loaded(store, saying)
    assert await contents(engine) == together
