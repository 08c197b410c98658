"""Requests over a real store whose reads go together: the same answers from the first time on, and fewer exchanges."""

from typing import Any

import httpx

from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Store
from tests.schema.paddock import paddock
from tests.service.test_app import ask, serving, token

PERSON = """query Person($id: ID!) {
  person(id: $id) { name identifiers { scheme } affiliations { edges { node { role organization { name } } } } }
}"""
LISTS = "{ organizations { edges { node { name people { totalCount } capabilities { edges { node { level } } } } } } }"


async def test_what_is_asked_again_and_again_is_answered_the_same(engine: Engine, store: Store) -> None:
    await paddock().save(engine)
    secret = await token(engine, Role.STAFF)
    asked = [(PERSON, {"id": id}) for id in ("per-ann", "per-hid", "per-nobody")] + [(LISTS, {})]

    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        rounds = [[(await _body(client, query, variables)) for query, variables in asked] for _ in range(6)]

    assert rounds == [rounds[0]] * 6
    assert [one["data"] is not None and "errors" not in one for one in rounds[0]] == [True] * 4
    assert [one["data"].get("person") is None for one in rounds[0]] == [False, False, True, True]


async def _body(client: httpx.AsyncClient, query: str, variables: dict[str, str]) -> Any:
    return (await ask(client, query, variables=variables)).json()
