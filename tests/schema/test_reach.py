"""Who can do a thing and is within reach, as GraphQL tells it."""

from typing import Any

from schema.context import Context
from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from tests.graph.little import MEMBERS, NOW, STAFF, Little
from tests.schema.paddock import ANN, CAT, FORGE, LASTING, ask, context, data, paddock, rounded

QUERY = """query ($constraints: CapabilityConstraints, $from: ID!, $maxHops: Int) {
  reachCapability(capability: "cap-machining", from: $from, constraints: $constraints, maxHops: $maxHops) {
    outcome asOf knownAt
    reaches {
      organization { name } claim { id verified capability { name } } person { name }
      path {
        from { name } to { name } onBehalfOf { name } hops strength band
        weakest { from { name } to { name } } segments { willingness } reasons
      }
    }
  }
}"""


def reachable() -> Little:
    made = paddock()
    made.knows("per-cat", "per-ann", "kno-cat-ann", on="2025-11-23")
    made.claim("HAS_CAPABILITY", "org-gears", "cap-machining", "clm-gears-can", **LASTING)
    return made


async def test_companies_within_reach_come_with_claim_person_and_route(engine: Engine) -> None:
    graph = await reachable().save(engine)
    constraints = {"certification": "ISO 9001", "country": "GB", "minBand": "WARM", "notThrough": ["org-mia"]}

    answer = await data(graph, QUERY, **{"from": "per-cat", "constraints": constraints})

    path = {
        "from": CAT,
        "to": ANN,
        "onBehalfOf": CAT,
        "hops": 1,
        "strength": 0.1938,
        "band": "WARM",
        "weakest": {"from": CAT, "to": ANN},
        "segments": [{"willingness": 0.1938}],
        "reasons": [
            "It is number 1 with a strength of 0.1938, the willingness of its only tie.",
            (
                "Its weakest tie is Cat Camshaft and Ann Alloy, willingness 0.1938 (warm): 100% of it rests on meeting"
                " one to one, and the last evidence is of 2025-11-23."
            ),
        ],
    }
    claim = {"id": "clm-can", "verified": True, "capability": {"name": "grinding"}}
    reach = {"organization": FORGE, "claim": claim, "person": ANN, "path": path}
    assert rounded(answer) == {
        "reachCapability": {"outcome": "FOUND", "asOf": NOW[:10], "knownAt": NOW, "reaches": [reach]}
    }


async def test_members_only_are_those_of_the_association_of_the_settings(engine: Engine) -> None:
    graph = await reachable().save(engine)
    wanted = {"from": "per-cat", "constraints": {"membersOnly": True}}

    unset = await ask(await context(graph), QUERY, **wanted)
    named = await ask(await context(graph, association="org-mia"), QUERY, **wanted)

    (error,) = unset["errors"]
    assert (error["path"], error["extensions"]["code"], unset["data"]) == (
        ["reachCapability"],
        "BAD_USER_INPUT",
        {"reachCapability": None},
    )
    assert [one["organization"] for one in named["data"]["reachCapability"]["reaches"]] == [FORGE]


async def test_an_unknown_start_is_null_and_bounds_are_kept(engine: Engine) -> None:
    asked = await context(await reachable().save(engine))

    unknown = await ask(asked, QUERY, **{"from": "per-not"})
    far = await ask(asked, QUERY, **{"from": "per-cat", "maxHops": 5})

    assert unknown == {"data": {"reachCapability": None}}
    assert [error["message"] for error in far["errors"]] == ["maxHops is 5; it may be 1 to 4"]


async def test_with_brokering_a_route_that_may_not_be_seen_is_told_and_nothing_else_of_it(engine: Engine) -> None:
    made = reachable()
    for rows in made.claims.values():
        for row in rows:
            said: Any = row["said"]
            if said["id"].startswith("kno"):
                said["vis"] = STAFF
    graph = await made.save(engine)
    member = await context(graph)
    brokered = Context(graph, member.network, member.viewer, None, brokering=True)
    staff = await context(graph, await auth.owner(graph, Role.STAFF))
    questions = """{
      reachCapability(capability: "cap-machining", from: "per-cat") { outcome reaches { person { name } } }
      whoKnows(target: "per-ann", from: ["per-cat"]) { outcome paths { hops } nearestHops }
      introductionPaths(from: "per-cat", to: "per-ann") { outcome paths { hops } nearestHops }
    }"""

    plain, told, seen = [(await ask(one, questions))["data"] for one in (member, brokered, staff)]

    def answers(outcome: str) -> dict[str, Any]:
        routes: dict[str, Any] = {"outcome": outcome, "paths": [], "nearestHops": None}
        return {
            "reachCapability": {"outcome": outcome, "reaches": []},
            "whoKnows": routes,
            "introductionPaths": routes,
        }

    assert (plain, told) == (answers("NONE"), answers("NONE_VISIBLE"))
    assert {one["outcome"] for one in seen.values()} == {"FOUND"}
    assert MEMBERS in member.scope.vis
