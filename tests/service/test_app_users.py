"""What a user is granted and loses, as the next request with one of their tokens finds it."""

from typing import Any

from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Store
from service.graph import tokens, users
from tests.graph.little import graph
from tests.schema.paddock import paddock
from tests.service.test_app import RESPONSE, refused, serving

VIEWER = "{ viewer { name roles visibilities compartments } }"
TIE = '{ viewer { name } mine: tie(a: "per-ann", b: "per-ben") { band } }'


async def test_a_running_server_follows_what_users_are_granted_from_request_to_request(
    engine: Engine, store: Store
) -> None:
    await paddock().save(engine)
    at = graph(engine)
    ida = await users.add(at, "Ida", [Role.MEMBERS])
    own = await tokens.create(at, "laptop", None, owner=ida)
    app = await tokens.create(at, "crm", Role.INTEGRATOR, scopes=["read"], owner=ida, fields=["viewer"])
    told = list[Any]()

    async with serving(store) as client:

        async def ask(secret: str, query: str = VIEWER) -> Any:
            headers = {"Authorization": f"Bearer {secret}", "Accept": RESPONSE}
            return await client.post("/graphql", json={"query": query}, headers=headers)

        async def look() -> None:
            told.append([(await ask(one.secret)).json()["data"]["viewer"] for one in (own, app)])

        await look()
        await users.grant(at, ida, [Role.STAFF], ["board"])
        await look()
        await users.withdraw(at, ida, [Role.MEMBERS, Role.STAFF])
        await look()
        narrow, wide = await ask(app.secret, TIE), await ask(own.secret, TIE)
        await users.revoke(at, ida)
        ended = [refused(await ask(one.secret)) for one in (own, app)]

    def viewer(roles: list[str], levels: int, *compartments: str) -> dict[str, Any]:
        seen = ["PUBLIC", "MEMBERS", "STAFF"][:levels]
        return {"name": "Ida", "roles": roles, "visibilities": seen, "compartments": list(compartments)}

    assert told == [
        [viewer(["members"], 2), viewer(["integrator"], 2)],
        [viewer(["members", "staff"], 3, "board"), viewer(["integrator"], 3, "board")],
        [viewer([], 0, "board"), viewer(["integrator"], 0, "board")],
    ]
    assert (wide.status_code, wide.json()["data"]) == (200, {"viewer": {"name": "Ida"}, "mine": None})
    assert (narrow.status_code, narrow.json()["errors"]) == (
        400,
        [
            {
                "message": "this token may not ask for tie; ask for one that may",
                "locations": [{"line": 1, "column": 19}],
                "extensions": {"code": "FORBIDDEN"},
            }
        ],
    )
    assert "data" not in narrow.json()
    assert ended == [(401, "UNAUTHENTICATED", "this token is unknown, expired or revoked; ask for a new one")] * 2
