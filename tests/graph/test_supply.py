"""Supply chains, tier by tier."""

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.questions import supply
from service.graph.questions.clocks import When
from service.graph.questions.rows import DisputePolicy
from service.graph.questions.supply import SupplyChain, SupplyDirection, supply_chain
from service.graph.store import Graph
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, NOW, STAFF, Little, organization


def chain(*hops: str, **properties: object) -> Little:
    """Organizations named by letters; `ab` says that a supplies b."""
    made = Little()
    for letter in sorted(set("".join(hops))):
        made.node(f"org-{letter}", letter.upper())
    for hop in hops:
        made.claim("SUPPLIES", f"org-{hop[0]}", f"org-{hop[1]}", f"clm-{hop}", **properties)
    return made


def told(found: SupplyChain | None) -> list[tuple[str, int, str]]:
    assert found is not None
    return [(hop.supply.id[4:], hop.tier, hop.direction.value) for hop in found.hops]


async def test_a_chain_comes_by_tiers_each_relation_once_at_its_nearest_and_a_cycle_ends(engine: Engine) -> None:
    graph = await chain("ba", "ca", "cb", "db", "ad", "ed").save(engine)

    found = await supply_chain(graph, EVERYBODY, "org-a", max_tiers=6)

    suppliers = [("ba", 1), ("ca", 1), ("cb", 2), ("db", 2), ("ad", 3), ("ed", 3)]
    assert told(found) == [(hop, tier, "SUPPLIERS") for hop, tier in suppliers]
    assert found is not None
    assert (found.root, found.tiers, found.truncated) == (organization("org-a", "A"), 3, False)
    assert (found.as_of, found.known_at) == ("2026-11-23", NOW)


async def test_both_directions_are_walked_each_for_itself_and_never_out_and_back(engine: Engine) -> None:
    graph = await chain("ba", "cb", "bx", "ad", "de", "yd").save(engine)

    both = await supply_chain(graph, EVERYBODY, "org-a", direction=SupplyDirection.BOTH)
    customers = await supply_chain(graph, EVERYBODY, "org-a", direction=SupplyDirection.CUSTOMERS)

    assert told(both) == [
        ("ba", 1, "SUPPLIERS"),
        ("ad", 1, "CUSTOMERS"),
        ("cb", 2, "SUPPLIERS"),
        ("de", 2, "CUSTOMERS"),
    ]
    assert told(customers) == [("ad", 1, "CUSTOMERS"), ("de", 2, "CUSTOMERS")]


async def test_tiers_beyond_the_last_one_asked_for_are_left_out(engine: Engine) -> None:
    graph = await chain("ba", "cb", "dc").save(engine)

    assert told(await supply_chain(graph, EVERYBODY, "org-a", max_tiers=2)) == [
        ("ba", 1, "SUPPLIERS"),
        ("cb", 2, "SUPPLIERS"),
    ]


async def test_a_hidden_link_cuts_a_chain(engine: Engine) -> None:
    made = chain("ba", "cb")
    made.node("org-h", "H", vis=STAFF)
    made.claim("SUPPLIES", "org-h", "org-a", "clm-ha")
    made.claim("SUPPLIES", "org-c", "org-h", "clm-ch")
    made.claim("SUPPLIES", "org-c", "org-a", "clm-ca", vis=STAFF)
    graph = await made.save(engine)

    assert told(await supply_chain(graph, EVERYBODY, "org-a")) == [("ba", 1, "SUPPLIERS"), ("cb", 2, "SUPPLIERS")]
    assert [hop for hop, *_ in told(await supply_chain(graph, EVERYTHING, "org-a"))] == ["ba", "ca", "ha", "cb", "ch"]


async def test_a_chain_holds_what_is_current_on_the_day_or_may_be(engine: Engine) -> None:
    made = chain("ba", start="2019", end="2019", earliest="2019-01-01", latest="2019-12-31")
    made.node("org-c", "C")
    made.claim("SUPPLIES", "org-c", "org-a", "clm-ca")
    graph = await made.save(engine)

    async def on(day: str | None) -> list[str]:
        return [hop for hop, *_ in told(await supply_chain(graph, EVERYBODY, "org-a", when=When(day)))]

    assert (await on("2019-06-01"), await on("2020-01-01"), await on(None)) == (["ba", "ca"], ["ca"], ["ca"])


async def test_a_capability_keeps_the_hops_that_supply_it_or_a_narrower_one(engine: Engine) -> None:
    made = Little()
    for letter in "abcd":
        made.node(f"org-{letter}", letter.upper())
    for capability in ("cap-metal", "cap-forging", "cap-drop", "cap-tyres"):
        made.node(capability, capability[4:])
    made.claim("BROADER", "cap-forging", "cap-metal", "clm-1")
    made.claim("BROADER", "cap-drop", "cap-forging", "clm-2")
    made.claim("SUPPLIES", "org-b", "org-a", "clm-ba", capability="cap-drop")
    made.claim("SUPPLIES", "org-c", "org-a", "clm-ca", capability="cap-tyres")
    made.claim("SUPPLIES", "org-d", "org-b", "clm-db", capability="cap-metal")
    graph = await made.save(engine)

    async def of(capability: str) -> list[str]:
        return [hop for hop, *_ in told(await supply_chain(graph, EVERYBODY, "org-a", capability=capability))]

    assert (await of("cap-metal"), await of("cap-forging"), await of("cap-tyres")) == (["ba", "db"], ["ba"], ["ca"])


async def test_the_policy_decides_which_of_two_contradicting_relations_is_walked(engine: Engine) -> None:
    made = chain("ba", start="2019", earliest="2019-01-01", verifiedAt="2026-03-01", verifiedBy="steward")
    dates = {"start": "2021", "earliest": "2021-01-01"}
    made.claim("SUPPLIES", "org-b", "org-a", "clm-b2", source=GAZETTE.id, recordedAt="2026-02-01", **dates)
    graph = await made.save(engine)

    async def walked(policy: DisputePolicy) -> list[str]:
        return [hop for hop, *_ in told(await supply_chain(graph, EVERYBODY, "org-a", disputes=policy))]

    assert await walked(DisputePolicy.LATEST) == ["b2"]
    assert await walked(DisputePolicy.STRICT) == []
    assert await walked(DisputePolicy.VERIFIED_FIRST) == ["ba"]


async def test_a_chain_of_more_hops_than_may_be_told_says_that_it_was_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supply, "MOST_HOPS", 3)
    graph = await chain("ba", "ca", "db", "ec").save(engine)

    found = await supply_chain(graph, EVERYBODY, "org-a")

    assert [hop for hop, *_ in told(found)] == ["ba", "ca", "db"]
    assert found is not None
    assert found.truncated


async def test_a_chain_of_exactly_as_many_hops_as_may_be_told_was_not_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supply, "MOST_HOPS", 3)
    graph = await chain("ba", "cb", "ad").save(engine)

    found = await supply_chain(graph, EVERYBODY, "org-a", direction=SupplyDirection.BOTH)

    assert told(found) == [("ba", 1, "SUPPLIERS"), ("ad", 1, "CUSTOMERS"), ("cb", 2, "SUPPLIERS")]
    assert found is not None
    assert not found.truncated


async def test_a_circle_is_met_once_in_each_direction_it_is_walked(engine: Engine) -> None:
    graph = await chain("ba", "cb", "ac").save(engine)

    found = await supply_chain(graph, EVERYBODY, "org-a", direction=SupplyDirection.BOTH, max_tiers=6)

    assert told(found) == [
        ("ba", 1, "SUPPLIERS"),
        ("ac", 1, "CUSTOMERS"),
        ("cb", 2, "SUPPLIERS"),
        ("cb", 2, "CUSTOMERS"),
        ("ac", 3, "SUPPLIERS"),
        ("ba", 3, "CUSTOMERS"),
    ]


async def test_a_capability_leads_on_only_by_what_supplies_it_and_is_as_narrow_as_was_known(engine: Engine) -> None:
    made = Little()
    for letter in "abc":
        made.node(f"org-{letter}", letter.upper())
    for capability in ("cap-metal", "cap-forging"):
        made.node(capability, capability[4:])
    made.claim("BROADER", "cap-forging", "cap-metal", "clm-1", recordedAt="2026-05-01T00:00:00.000000Z")
    made.claim("SUPPLIES", "org-b", "org-a", "clm-ba")
    made.claim("SUPPLIES", "org-c", "org-b", "clm-cb", capability="cap-metal")
    made.claim("SUPPLIES", "org-c", "org-a", "clm-ca", capability="cap-forging")
    graph = await made.save(engine)

    async def at(moment: str) -> list[str]:
        when = When(known_at=moment)
        found = await supply_chain(graph, EVERYBODY, "org-a", capability="cap-metal", when=when)
        return [hop for hop, *_ in told(found)]

    assert (await at("2026-04-01T00:00:00Z"), await at("2026-06-01T00:00:00Z")) == ([], ["ca"])


async def test_a_hidden_root_and_a_missing_one_have_no_chain_nor_has_an_unknown_capability(engine: Engine) -> None:
    made = chain("ba")
    made.node("org-h", "H", vis=STAFF)
    made.node("cap-h", "h", vis=STAFF)
    graph = await made.save(engine)

    async def answer(root: str, capability: str | None = None) -> SupplyChain | None:
        return await supply_chain(graph, EVERYBODY, root, capability=capability)

    assert [await answer("org-h"), await answer("org-not"), await answer("org-a", "cap-h")] == [None, None, None]


@pytest.mark.parametrize("tiers", [0, 7])
async def test_tiers_out_of_bounds_are_refused(tiers: int) -> None:
    graph = Graph(None, lambda: NOW)  # type: ignore[arg-type]

    with pytest.raises(ServiceError) as error:
        await supply_chain(graph, EVERYBODY, "org-a", max_tiers=tiers)

    assert error.value.code is Code.BAD_USER_INPUT
    assert error.value.message == f"maxTiers is {tiers}; ask for 1 to 6"
