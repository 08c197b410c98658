"""Introductions and the limits of introducers, as GraphQL tells them."""

from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from service.graph.model import digest
from service.graph.store import Graph
from tests.graph.little import GAZETTE, NOW, STAFF, THEN
from tests.schema.paddock import ANN, BEN, CAT, ask, context, paddock

ASKED = "2026-10-01T09:00:00.000000Z"
ROLES = (("REQUESTS", "per-ann"), ("INTRODUCES", "per-ben"), ("INTRODUCED_IN", "per-cat"))
LISTED = """query ($status: [IntroductionStatus!], $person: ID, $first: Int, $after: Cursor) {
  introductions(status: $status, person: $person, first: $first, after: $after) {
    edges { cursor node {
      id status concerning requestedAt requester { name } introducer { name } target { name }
      meeting { id on participants { name } } history { status at by note }
    } }
    pageInfo { hasNextPage hasPreviousPage }
    totalCount
  }
}"""


async def introduced(engine: Engine) -> Graph:
    """The paddock with an introduction that was completed, a draft, and an introducer with limits."""
    made = paddock()
    made.node(
        "int-1",
        vis=STAFF,
        source=GAZETTE.id,
        recordedAt=THEN,
        requestedAt=THEN,
        status="MET",
        concerning="forging",
        meeting="mtg-1",
        stepStatuses=["WITH_INTRODUCER", "MET"],
        stepMoments=[ASKED, NOW],
        stepPrincipals=["owner", "owner"],
        stepNames=["the desk", "the desk"],
        stepNotes=["", "over lunch"],
    )
    made.node("int-2", vis=STAFF, source=GAZETTE.id, recordedAt=THEN, status="DRAFT")
    for id in ("int-1", "int-2"):
        for kind, person in ROLES:
            made.claim(kind, person, id, f"clm-{id}-{kind}", vis=STAFF)
    made.node(digest("lim", "per-ben"), vis=STAFF, person="per-ben", asksPerQuarter=2, never=["per-hid", "org-forge"])
    return await made.save(engine)


async def test_introductions_are_listed_with_their_steps_and_their_meeting(engine: Engine) -> None:
    asked = await context(await introduced(engine), None)
    staff = await context(asked.graph, await auth.owner(asked.graph, Role.STAFF))

    response = await ask(staff, LISTED, first=1)
    (edge,) = response["data"]["introductions"]["edges"]
    rest = await ask(staff, LISTED, after=edge["cursor"])

    people = {"requester": ANN, "introducer": BEN, "target": CAT}
    assert edge["node"] == {
        "id": "int-1",
        "status": "MET",
        "concerning": "forging",
        "requestedAt": THEN,
        **people,
        "meeting": {"id": "mtg-1", "on": "2026-10-24", "participants": [ANN, BEN]},
        "history": [
            {"status": "WITH_INTRODUCER", "at": ASKED, "by": "the desk", "note": None},
            {"status": "MET", "at": NOW, "by": "the desk", "note": "over lunch"},
        ],
    }
    info = {"hasNextPage": True, "hasPreviousPage": False}
    assert (response["data"]["introductions"]["pageInfo"], response["data"]["introductions"]["totalCount"]) == (info, 2)
    nodes = [one["node"] for one in rest["data"]["introductions"]["edges"]]
    history: list[object] = []
    draft = {
        "id": "int-2",
        "status": "DRAFT",
        "concerning": None,
        "requestedAt": THEN,
        "meeting": None,
        "history": history,
    }
    assert nodes == [{**draft, **people}]


async def test_members_are_told_of_no_introductions_and_no_limits(engine: Engine) -> None:
    graph = await introduced(engine)
    member = await context(graph)

    listed = await ask(member, "{ introductions { edges { node { id } } totalCount } }")
    limits = await ask(member, '{ person(id: "per-ben") { introducerLimits { asksPerQuarter } } }')

    assert listed == {"data": {"introductions": {"edges": [], "totalCount": 0}}}
    assert limits == {"data": {"person": {"introducerLimits": None}}}


async def test_limits_show_staff_the_cap_the_asks_and_those_who_may_be_seen(engine: Engine) -> None:
    graph = await introduced(engine)
    query = """{ nodes(ids: ["per-ben", "per-ann"]) { ... on Person {
      introducerLimits { asksPerQuarter askedThisQuarter never { __typename name } }
    } } }"""

    staff = await auth.owner(graph, Role.STAFF)
    response = await ask(await context(graph, staff), query)

    never = [{"__typename": "Organization", "name": "Forge Ltd"}, {"__typename": "Person", "name": "Hidden Hand"}]
    set_for_ben = {"asksPerQuarter": 2, "askedThisQuarter": 1, "never": never}
    assert response == {"data": {"nodes": [{"introducerLimits": set_for_ben}, {"introducerLimits": None}]}}
