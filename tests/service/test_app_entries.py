"""Entries over HTTP, on each engine: who may write, what is asked right after it, and what is sent twice."""

from typing import Any

import httpx

from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Store
from service.graph.model import AgentKind, Identity, digest
from tests.graph.little import graph
from tests.schema.paddock import paddock
from tests.service.test_app import ask, serving, token

PRINCIPAL = digest("pri", "Ada")
ADDING = """mutation ($key: String!, $name: String!) {
  addPerson(input: {idempotencyKey: $key, name: $name}) { agent { id name } candidates { id } errors { code } } }"""
MEETING = """mutation ($people: [ID!]!) {
  recordMeeting(input: {idempotencyKey: "met", participants: $people, on: "2026-11-02", subject: "samples"}) {
    meeting { subject participants { name } } errors { code field message } } }"""
ROUTES = """query ($a: ID!, $b: ID!) {
  introductionPaths(from: $a, to: $b, asOf: "2026-11-03") {
    outcome paths { hops segments { from { name } to { name } tie { evidence { edges { node { kind until about {
      ... on Meeting { subject } } provenance { source { title } } } } } } } } } }"""


async def written(client: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    """The data of a response that nothing is wrong with."""
    response = (await ask(client, query, variables=variables)).json()
    assert response.get("errors") is None
    return response["data"]


async def test_staff_add_two_people_record_that_they_met_and_find_the_route_between_them(
    engine: Engine, store: Store
) -> None:
    store_graph = await paddock().save(engine)
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {await token(engine, Role.STAFF)}"
        added = [await written(client, ADDING, key=key, name=name) for key, name in (("e", "Eve"), ("f", "Finn"))]
        eve, finn = (one["addPerson"]["agent"]["id"] for one in added)
        nothing = await written(client, ROUTES, a=eve, b=finn)
        met = await written(client, MEETING, people=[eve, finn])
        found = await written(client, ROUTES, a=eve, b=finn)
        revision = (await store_graph.position()).number
        again = await written(client, MEETING, people=[eve, finn])

    own = Identity(AgentKind.PERSON, "paddock", digest("new", "by-hand", PRINCIPAL, "e"))
    assert added[0] == {"addPerson": {"agent": {"id": own.agent, "name": "Eve"}, "candidates": [], "errors": []}}
    assert nothing == {"introductionPaths": {"outcome": "NONE", "paths": []}}
    assert met == {
        "recordMeeting": {
            "meeting": {"subject": "samples", "participants": [{"name": "Eve"}, {"name": "Finn"}]},
            "errors": [],
        }
    }
    evidence = {
        "kind": "MEETING",
        "until": "2026-11-02",
        "about": [{"subject": "samples"}],
        "provenance": {"source": {"title": "Recorded by Ada"}},
    }
    segment = {"from": {"name": "Eve"}, "to": {"name": "Finn"}, "tie": {"evidence": {"edges": [{"node": evidence}]}}}
    assert found == {"introductionPaths": {"outcome": "FOUND", "paths": [{"hops": 1, "segments": [segment]}]}}
    assert (again, revision, (await store_graph.position()).number) == (met, 4, 4)


async def test_a_member_is_forbidden_to_write_and_nothing_is_written(engine: Engine, store: Store) -> None:
    store_graph = await paddock().save(engine)
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {await token(engine, Role.MEMBERS)}"
        response = await ask(client, MEETING, variables={"people": ["per-ann", "per-ben"]})

    (error,) = response.json()["errors"]
    assert (response.status_code, response.json()["data"]) == (200, None)
    assert (error["message"], error["path"], error["extensions"]) == (
        "members may not write; ask an administrator",
        ["recordMeeting"],
        {"code": "FORBIDDEN"},
    )
    assert (await store_graph.position()).number == 1


async def test_whoever_brings_no_token_is_refused_before_anything_is_read(engine: Engine, store: Store) -> None:
    await paddock().save(engine)
    async with serving(store) as client:
        response = await ask(client, ADDING, variables={"key": "e", "name": "Eve"})

    assert response.status_code == 401
    assert [one["extensions"] for one in response.json()["errors"]] == [{"code": "UNAUTHENTICATED"}]
    assert (await graph(engine).position()).number == 1


async def test_nothing_is_written_by_a_get(engine: Engine, store: Store) -> None:
    store_graph = await paddock().save(engine)
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {await token(engine, Role.STAFF)}"
        query = 'mutation { addPerson(input: {idempotencyKey: "e", name: "Eve"}) { errors { code } } }'
        response = await client.get("/graphql", params={"query": query})

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert (await store_graph.position()).number == 1
