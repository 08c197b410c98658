"""Introductions taken from request to outcome in GraphQL, and limits set there."""

from typing import Any

from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from service.graph.model import digest
from service.graph.store import Graph
from tests.graph.little import NOW
from tests.schema.paddock import ANN, BEN, CAT, ask, context, paddock

REQUEST = """mutation ($input: RequestIntroductionInput!) { entry: requestIntroduction(input: $input) {
  introduction { id status concerning requestedAt requester { name } introducer { name } target { name }
    meeting { id } history { status by note } }
  errors { code field message }
} }"""
ADVANCE = """mutation ($input: AdvanceIntroductionInput!) { entry: advanceIntroduction(input: $input) {
  introduction { id status meeting { id on } history { status by note } } errors { code field message }
} }"""
LIMIT = """mutation ($input: IntroducerLimitsInput!) { entry: setIntroducerLimits(input: $input) {
  person { name introducerLimits { asksPerQuarter askedThisQuarter never { name } } } errors { code field message }
} }"""
ID = digest("int", "by-hand", "owner", "ask")


async def written(graph: Graph, document: str, **told: object) -> Any:
    """The payload of an entry of staff."""
    response = await ask(await context(graph, await auth.owner(graph, Role.STAFF)), document, input=told)
    assert response.get("errors") is None
    return response["data"]["entry"]


async def requested(graph: Graph) -> Any:
    """The payload of Ann's wish that Ben introduces her to Cat."""
    people = {"requester": "per-ann", "introducer": "per-ben", "target": "per-cat"}
    return await written(graph, REQUEST, idempotencyKey="ask", concerning="forging", **people)


async def advanced(graph: Graph, *steps: str, **more: object) -> Any:
    """The payload of the last of some steps."""
    payload: Any = None
    for to in steps:
        payload = await written(graph, ADVANCE, idempotencyKey=f"to {to}", introduction=ID, to=to, **more)
    return payload


async def test_an_introduction_is_requested_advanced_and_completed_by_its_meeting(engine: Engine) -> None:
    made = paddock()
    made.node("mtg-2", source="src-gazette", recordedAt=NOW, on="2026-11-20", status="HELD")
    for person in ("per-ann", "per-cat"):
        said = {"status": "HELD", "unit": "meeting:2", "key": f"key-{person}", "ends": [person, "Meeting 2"]}
        made.claim("TOOK_PART_IN", person, "mtg-2", f"clm-met-{person}", on="2026-11-20", **said)
    graph = await made.save(engine)

    draft = await requested(graph)
    await advanced(graph, "REQUESTED", "WITH_INTRODUCER", "ACCEPTED", "MADE")
    done = await advanced(graph, "MET", meeting="mtg-2", note="over lunch")

    requested_at = draft["introduction"].pop("requestedAt")
    assert requested_at[:10] == NOW[:10]
    assert draft == {
        "introduction": {
            "id": ID,
            "status": "DRAFT",
            "concerning": "forging",
            "requester": ANN,
            "introducer": BEN,
            "target": CAT,
            "meeting": None,
            "history": [{"status": "DRAFT", "by": "owner", "note": None}],
        },
        "errors": [],
    }
    steps = ("DRAFT", "REQUESTED", "WITH_INTRODUCER", "ACCEPTED", "MADE")
    noted = [{"status": status, "by": "owner", "note": None} for status in steps]
    assert done == {
        "introduction": {
            "id": ID,
            "status": "MET",
            "meeting": {"id": "mtg-2", "on": "2026-11-20"},
            "history": [*noted, {"status": "MET", "by": "owner", "note": "over lunch"}],
        },
        "errors": [],
    }


async def test_a_refused_step_says_what_it_is_about_and_writes_nothing(engine: Engine) -> None:
    graph = await paddock().save(engine)
    await requested(graph)
    before = await graph.position()

    refused = await advanced(graph, "MADE")

    sentence = "an introduction that is DRAFT cannot become MADE; it can become REQUESTED or LAPSED"
    assert refused == {"introduction": None, "errors": [{"code": "CONFLICT", "field": ["to"], "message": sentence}]}
    assert await graph.position() == before


async def test_limits_are_set_and_shown_as_they_stand_then(engine: Engine) -> None:
    graph = await paddock().save(engine)

    told = {"idempotencyKey": "set", "person": "per-ben", "asksPerQuarter": 1, "never": ["org-forge"]}
    payload = await written(graph, LIMIT, **told)
    refused = await written(graph, LIMIT, idempotencyKey="again", person="per-ben", asksPerQuarter=-1)

    limits = {"asksPerQuarter": 1, "askedThisQuarter": 0, "never": [{"name": "Forge Ltd"}]}
    assert payload == {"person": {**BEN, "introducerLimits": limits}, "errors": []}
    sentence = "asksPerQuarter is -1; it is 0 or more, or left out for no cap"
    error = {"code": "BAD_USER_INPUT", "field": ["asksPerQuarter"], "message": sentence}
    assert refused == {"person": None, "errors": [error]}


async def test_members_are_told_that_they_may_not_ask(engine: Engine) -> None:
    graph = await paddock().save(engine)
    told = {"idempotencyKey": "ask", "requester": "per-ann", "introducer": "per-ben", "target": "per-cat"}
    response = await ask(await context(graph), REQUEST, input=told)
    assert [error["extensions"]["code"] for error in response["errors"]] == ["FORBIDDEN"]
    assert (await graph.position()).number == 1
