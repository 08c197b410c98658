"""Joints and the contacts of a chain over GraphQL, the whole answer each time."""

import itertools

from service.engines.protocol import Engine
from tests.graph.chains import Chains
from tests.graph.little import NOW
from tests.schema.paddock import data, rounded

JOINTS = """query ($direction: SupplyDirection, $tiers: Int, $disputes: DisputePolicy) {
  supplyJoints(organization: "org-r", direction: $direction, maxTiers: $tiers, disputes: $disputes) {
    live single cold latent truncated asOf knownAt
    joints {
      tier class livePairs supplierPeople customerPeople
      supplier { name } customer { name } capability { name } shared { name }
      best { a { name } b { name } strength band mutual evidence { edges { node { id } share } } }
      secondBest { a { name } b { name } strength }
    }
  }
}"""
CONTACTS = """query ($direction: SupplyDirection, $tiers: Int, $hops: Int, $first: Int) {
  whoInSupplyChainKnows(
    organization: "org-r", target: "per-z", direction: $direction, maxTiers: $tiers, maxHops: $hops, first: $first
  ) {
    outcome asOf knownAt
    contacts {
      tier organization { name } person { __typename name }
      path { strength hops onBehalfOf { name } segments { from { name } to { name } } }
    }
  }
}"""


def drawn() -> Chains:
    """R is supplied by S and A, L can do what feeds R; z is known to a of A and, by way of l, to d of D."""
    made = Chains()
    for name in ("forging", "gears"):
        made.capability(name)
    made.feeds("forging", "gears")
    made.firms("RSALD")
    made.people("rtsuald" + "z")
    made.can("R", "gears")
    made.can("L", "forging")
    made.supplies("SR", "forging")
    made.supplies("AS")
    made.supplies("RD")
    for firm, people in (("R", "rt"), ("S", "su"), ("A", "a"), ("L", "l"), ("D", "d")):
        made.at(firm, people)
    made.met("sr", "ut", "lr", "az", "dl", "lz")
    made.met("sr", on="2026-11-01")
    return made


async def test_joints_tell_who_holds_them_and_what_that_rests_on(engine: Engine) -> None:
    made = drawn()
    made.at("S", "r")
    graph = await made.save(engine)

    best = {
        "a": {"name": "s"},
        "b": {"name": "r"},
        "strength": 0.57,
        "band": "STRONG",
        "mutual": True,
        "evidence": {
            "edges": [
                {"node": {"id": "kno-sr-2026-11-23"}, "share": 0.5104},
                {"node": {"id": "kno-sr-2026-11-01"}, "share": 0.4896},
            ]
        },
    }
    held = {
        "tier": 1,
        "class": "LIVE",
        "livePairs": 3,
        "supplierPeople": 3,
        "customerPeople": 2,
        "supplier": {"name": "S"},
        "customer": {"name": "R"},
        "capability": {"name": "forging"},
        "shared": [{"name": "r"}],
        "best": best,
        "secondBest": {"a": {"name": "u"}, "b": {"name": "t"}, "strength": 0.35},
    }
    cold: dict[str, object] = {
        "tier": 2,
        "class": "COLD",
        "livePairs": 0,
        "supplierPeople": 1,
        "customerPeople": 3,
        "supplier": {"name": "A"},
        "customer": {"name": "S"},
        "capability": None,
        "shared": [],
        "best": None,
        "secondBest": None,
    }
    waiting: dict[str, object] = {
        "tier": 1,
        "class": "LATENT",
        "livePairs": 1,
        "supplierPeople": 1,
        "customerPeople": 2,
        "supplier": {"name": "L"},
        "customer": {"name": "R"},
        "capability": {"name": "forging"},
        "shared": [],
        "best": {
            "a": {"name": "l"},
            "b": {"name": "r"},
            "strength": 0.35,
            "band": "WARM",
            "mutual": True,
            "evidence": {"edges": [{"node": {"id": "kno-lr-2026-11-23"}, "share": 1.0}]},
        },
        "secondBest": None,
    }
    said = {"truncated": False, "asOf": "2026-11-23", "knownAt": NOW}
    counts = {"live": 1, "single": 0, "cold": 1, "latent": 1}
    assert rounded(await data(graph, JOINTS)) == {"supplyJoints": {"joints": [held, cold, waiting], **counts, **said}}

    near = {"live": 1, "single": 0, "cold": 0, "latent": 1}
    found = rounded(await data(graph, JOINTS, tiers=1, disputes="STRICT"))
    assert found == {"supplyJoints": {"joints": [held, waiting], **near, **said}}

    customers = (await data(graph, JOINTS, direction="CUSTOMERS"))["supplyJoints"]
    assert [joint["class"] for joint in customers["joints"]] == ["COLD"]


async def test_contacts_of_a_chain_come_with_their_company_tier_and_route(engine: Engine) -> None:
    graph = await drawn().save(engine)

    def contact(firm: str, tier: int, people: str, strength: float) -> dict[str, object]:
        segments = [{"from": {"name": a}, "to": {"name": b}} for a, b in itertools.pairwise(people)]
        path = {"strength": strength, "hops": len(segments), "onBehalfOf": {"name": firm}, "segments": segments}
        person = {"__typename": "Person", "name": people[0]}
        return {"tier": tier, "organization": {"name": firm}, "person": person, "path": path}

    far, near = contact("A", 2, "az", 0.35), contact("D", 1, "dlz", 0.0857)
    distant = contact("S", 1, "srlz", 0.0342)
    said = {"outcome": "FOUND", "asOf": "2026-11-23", "knownAt": NOW}

    async def found(**given: object) -> object:
        return rounded(await data(graph, CONTACTS, **given))["whoInSupplyChainKnows"]

    assert await found() == {"contacts": [near, distant, far], **said}
    assert await found(first=1) == {"contacts": [far], **said}
    assert await found(direction="SUPPLIERS", hops=2) == {"contacts": [far], **said}
    assert await found(tiers=1, hops=1) == {"contacts": [], **said, "outcome": "NONE"}


async def test_an_unknown_organization_has_neither_joints_nor_contacts(embedded: Engine) -> None:
    graph = await Chains().save(embedded)
    query = """{
      supplyJoints(organization: "org-r") { live }
      whoInSupplyChainKnows(organization: "org-r", target: "per-z") { outcome }
    }"""
    assert await data(graph, query) == {"supplyJoints": None, "whoInSupplyChainKnows": None}
