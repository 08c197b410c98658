"""The server over ASGI: who is let in, what a request must be, and what every answer carries."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

import schema
from service import auth
from service.app import app
from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder, Store
from service.graph import tokens
from service.graph.questions.ties import Network
from service.settings import Settings
from tests.conftest import PATIENT
from tests.graph.little import STAFF, graph
from tests.schema.paddock import ANN, paddock
from web.start import Example

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
VIEWER = "{ viewer { name roles visibilities } }"


def settings(
    store: Store, association: str | None = None, *, brokering: bool = False, metrics: str = "open"
) -> Settings:
    return Settings(store, association, "motorsport", "127.0.0.1", 0, "warning", "s" * 32, brokering, metrics=metrics)


@asynccontextmanager
async def serving(
    store: Store, *, brokering: bool = False, metrics: str = "open", **said: Any
) -> AsyncGenerator[httpx.AsyncClient, None]:
    """A client of a server over a store, until the block ends."""
    application = app(settings(store, brokering=brokering, metrics=metrics), deadlines=PATIENT, **said)
    transport = httpx.ASGITransport(application)
    async with (
        application.router.lifespan_context(application),
        httpx.AsyncClient(transport=transport, base_url="http://paddock.example") as client,
    ):
        yield client


@pytest.fixture
async def client(embedded: Engine, embedded_store: Folder) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the token of a member."""
    await paddock().save(embedded)
    async with serving(embedded_store) as client:
        client.headers["Authorization"] = f"Bearer {await token(embedded, Role.MEMBERS)}"
        yield client


async def token(engine: Engine, role: Role, **said: Any) -> str:
    created = await tokens.create(graph(engine), "Ada", role, scopes=auth.scopes_of(role), **said)
    return created.secret


async def ask(client: httpx.AsyncClient, query: str = VIEWER, **said: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **said})


def refused(response: httpx.Response) -> tuple[int, str, str]:
    """The status, code and sentence of a response that has nothing but one error."""
    body = response.json()
    assert list(body) == ["errors"]
    (error,) = body["errors"]
    assert list(error) == ["message", "extensions"]
    return response.status_code, error["extensions"]["code"], error["message"]


@pytest.mark.embedded
async def test_the_setting_decides_whether_a_hidden_route_is_told(embedded: Engine, embedded_store: Folder) -> None:
    made = paddock()
    made.node("per-dan", "Dan Damper")
    made.knows("per-ann", "per-dan", "kno-dan", vis=STAFF)
    await made.save(embedded)
    secret = await token(embedded, Role.MEMBERS)
    answers: list[Any] = []
    for brokering in (False, True):
        async with serving(embedded_store, brokering=brokering) as client:
            client.headers["Authorization"] = f"Bearer {secret}"
            asked = await ask(client, '{ introductionPaths(from: "per-ann", to: "per-dan") { outcome nearestHops } }')
            answers.append(asked.json()["data"]["introductionPaths"])
    assert answers == [
        {"outcome": "NONE", "nearestHops": None},
        {"outcome": "NONE_VISIBLE", "nearestHops": None},
    ]


async def test_a_token_gets_an_answer_with_the_variables_of_the_operation_that_is_named(
    engine: Engine, store: Store
) -> None:
    await paddock().save(engine)
    secret = await token(engine, Role.STAFF)
    query = 'query Who { viewer { name roles } } query Tie($b: ID!) { tie(a: "per-ann", b: $b) { a { name } band } }'

    async with serving(store) as client:
        body = {"query": query, "operationName": "Tie", "variables": {"b": "per-ben"}}
        headers = {"Authorization": f"Bearer {secret}", "X-Request-Id": "ours-1"}
        response = await client.post("/graphql", json=body, headers=headers)

    assert response.status_code == 200
    assert response.json() == {"data": {"tie": {"a": ANN, "band": "WARM"}}, "extensions": {"cost": 1}}
    assert dict(response.headers) == {
        "cache-control": "no-store",
        "content-type": "application/json; charset=utf-8",
        "content-length": str(len(response.content)),
        "ratelimit": '"cost";r=4950000',
        "ratelimit-policy": '"cost";q=5000000;w=60',
        "vary": "Accept",
        "x-content-type-options": "nosniff",
        "x-request-id": "ours-1",
    }


@pytest.mark.embedded
@pytest.mark.parametrize("header", [None, "Bearer", "Basic QWRhOg==", "Bearer pdk_nobody", "Bearer pdk_nobody extra"])
async def test_without_a_token_that_stands_nobody_is_let_in(client: httpx.AsyncClient, header: str | None) -> None:
    del client.headers["Authorization"]

    response = await client.post(
        "/graphql", json={"query": VIEWER}, headers={"Authorization": header} if header else {}
    )

    known = header is not None and "pdk" in header
    sentence = (
        "this token is unknown, expired or revoked; ask for a new one"
        if known
        else "send the token as: Authorization: Bearer <token>"
    )
    assert refused(response) == (401, "UNAUTHENTICATED", sentence)
    assert response.headers["www-authenticate"] == 'Bearer realm="paddock"'


@pytest.mark.embedded
async def test_a_revoked_token_is_refused_at_the_next_request(client: httpx.AsyncClient, embedded: Engine) -> None:
    before = await ask(client)
    await tokens.revoke(graph(embedded), "Ada")

    after = await ask(client)

    assert (before.status_code, after.status_code) == (200, 401)


@pytest.mark.embedded
async def test_a_token_sees_what_its_role_and_the_purpose_of_the_request_let_it_see(
    client: httpx.AsyncClient, embedded: Engine
) -> None:
    async def seen(role: Role, purpose: str | None = None) -> list[str]:
        headers = {"Authorization": f"Bearer {await token(embedded, role)}"}
        headers |= {} if purpose is None else {"Paddock-Purpose": purpose}
        response = await client.post("/graphql", json={"query": VIEWER}, headers=headers)
        viewer = response.json()["data"]["viewer"]
        assert (viewer["name"], viewer["roles"]) == ("Ada", [str(role)])
        levels: list[str] = viewer["visibilities"]
        return levels

    assert await seen(Role.MEMBERS) == ["PUBLIC", "MEMBERS"]
    assert await seen(Role.STAFF, "a consultation") == ["PUBLIC", "MEMBERS", "STAFF"]
    assert await seen(Role.LOBBYING) == ["PUBLIC", "MEMBERS", "STAFF"]
    assert await seen(Role.LOBBYING, " ") == ["PUBLIC", "MEMBERS", "STAFF"]
    assert await seen(Role.LOBBYING, "a consultation") == ["PUBLIC", "MEMBERS", "STAFF", "LOBBYING"]


@pytest.mark.embedded
async def test_a_hidden_thing_and_a_missing_one_answer_alike_to_the_last_byte(client: httpx.AsyncClient) -> None:
    query = 'query ($id: ID!) { node(id: $id) { id } person(id: $id) { name } tie(a: "per-ann", b: $id) { band } }'
    client.headers["X-Request-Id"] = "ours-1"  # else each has another

    hidden = await ask(client, query, variables={"id": "per-hid"})
    missing = await ask(client, query, variables={"id": "per-not"})

    assert (
        hidden.content == missing.content == b'{"data":{"node":null,"person":null,"tie":null},"extensions":{"cost":3}}'
    )
    assert (hidden.status_code, hidden.headers) == (missing.status_code, missing.headers)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b'{"query": ', 400, "the body is no JSON (unexpected end of data); send {'query': ...}"),
        (b'{"query": "{ viewer { name } }", "variables": {"x": NaN}}', 400, "the body is no JSON"),
        (b'{"query": "\\ud800"}', 400, "the body is no JSON"),
        (b'"\xff"', 400, "the body is no JSON"),
        (b'[{"query": "{ viewer { name } }"}]', 400, "the body is no JSON object; send one document at a time"),
        (b"{}", 400, "`query` is missing or no text; send the document there"),
        (b'{"query": "{ a }", "variables": []}', 400, "`variables` is no JSON object; send one, or leave it out"),
        (b'{"query": "{ a }", "operationName": 1}', 400, "`operationName` is no text; send a name, or leave it out"),
        (b" " * 65_537, 413, "the body has more than 65536 bytes; ask for less at once"),
    ],
)
async def test_a_body_that_is_no_request_is_refused(
    client: httpx.AsyncClient, body: bytes, status: int, message: str
) -> None:
    response = await client.post("/graphql", content=body, headers={"Content-Type": JSON})

    found, code, sentence = refused(response)
    assert (found, code) == (status, "BAD_USER_INPUT")
    assert sentence.startswith(message)


@pytest.mark.embedded
async def test_a_body_without_end_is_given_up_where_the_limit_is_passed(client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 1024

    response = await client.post("/graphql", content=endless(), headers={"Content-Type": JSON})

    assert refused(response)[0] == 413
    assert sent == 65


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("Application/JSON; charset=UTF-8", 200),
        ('application/json;charset="utf-8"', 200),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("", 415),
    ],
)
async def test_only_json_in_utf_8_is_read(client: httpx.AsyncClient, content_type: str, status: int) -> None:
    body = json.dumps({"query": VIEWER}).encode()

    response = await client.post("/graphql", content=body, headers={"Content-Type": content_type})

    assert response.status_code == status
    if status == 415:
        sentence = "the body must be application/json in UTF-8; say so in Content-Type"
        assert refused(response) == (415, "BAD_USER_INPUT", sentence)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}, {JSON}", RESPONSE),
        (f"{JSON}, {RESPONSE}", JSON),
        (f"{RESPONSE};q=0.5, {JSON};q=0.9", JSON),
        (f"{RESPONSE};charset=utf-8, {JSON};q=0.9", RESPONSE),
        (f"text/html, {RESPONSE};q=0.1", RESPONSE),
        ("*/*;q=0.1, application/json;q=0", RESPONSE),
    ],
)
async def test_the_answer_has_the_media_type_that_is_liked_best(
    client: httpx.AsyncClient, accept: str, media: str
) -> None:
    response = await client.post("/graphql", json={"query": VIEWER}, headers={"Accept": accept})

    assert (response.status_code, response.headers["content-type"]) == (200, f"{media}; charset=utf-8")


@pytest.mark.embedded
async def test_who_takes_neither_media_type_is_told_both(client: httpx.AsyncClient) -> None:
    for accept in ("text/html", "text/event-stream;q=0", "application/json;q=0", "application/json;q=high"):
        response = await client.post("/graphql", json={"query": VIEWER}, headers={"Accept": accept})

        sentence = "answers are application/graphql-response+json or application/json; accept one of them"
        assert refused(response) == (406, "BAD_USER_INPUT", sentence)


@pytest.mark.embedded
async def test_a_document_that_cannot_be_run_is_a_bad_request_except_in_plain_json(client: httpx.AsyncClient) -> None:
    plain = await client.post("/graphql", json={"query": "{ nobody }"})
    typed = await client.post("/graphql", json={"query": "{ nobody }"}, headers={"Accept": RESPONSE})
    partly = await client.post(
        "/graphql",
        json={"query": 'query { person(id: "") { posts(first: 0) { totalCount } } }'},
        headers={"Accept": RESPONSE},
    )

    assert (plain.status_code, typed.status_code, partly.status_code) == (200, 400, 200)
    assert plain.content == typed.content
    assert list(plain.json()) == ["errors"]
    assert partly.json() == {"data": {"person": None}, "extensions": {"cost": 1}}


@pytest.mark.embedded
async def test_graphql_is_posted_or_got_and_nothing_else(client: httpx.AsyncClient) -> None:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        response = await client.request(method, "/graphql")

        assert refused(response) == (405, "BAD_USER_INPUT", "documents come by GET, HEAD, POST; send a POST")
        assert response.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.embedded
async def test_an_unexpected_failure_tells_the_client_nothing(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(auth, "rights_of", fail)
    with caplog.at_level(logging.ERROR):
        response = await ask(client)

    assert refused(response) == (500, "INTERNAL", "internal error")
    assert response.json()["errors"][0]["extensions"] == {
        "code": "INTERNAL",
        "requestId": response.headers["x-request-id"],
    }
    assert b"hunter2" not in response.content
    (record,) = caplog.records
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "password=hunter2"


@pytest.mark.embedded
async def test_the_contract_the_start_page_and_the_state_of_the_server_are_open_to_all(
    embedded_store: Folder, embedded: Engine
) -> None:
    questions = [Example("Who knows Chris?", "paddock who-knows Chris")]
    async with serving(embedded_store, questions=questions) as client:
        contract, start = await client.get("/schema.graphql"), await client.get("/")
        health, ready = await client.get("/health"), await until_ready(client)

    assert (contract.status_code, contract.text) == (200, schema.sdl())
    assert start.status_code == 200
    assert "paddock who-knows Chris" in start.text
    assert "the embedded engine" in start.text
    assert (health.json(), ready.json()) == ({"status": "ok"}, {"status": "ready"})
    assert {one.headers["cache-control"] for one in (health, ready)} == {"no-store"}
    assert {one.headers["x-content-type-options"] for one in (contract, start, health, ready)} == {"nosniff"}


async def until_ready(client: httpx.AsyncClient) -> httpx.Response:
    """The first answer that says ready; others say that the ties are still being read."""
    while (response := await client.get("/ready")).status_code != 200:
        assert (response.status_code, response.json()) == (503, {"status": "starting"})
        await asyncio.sleep(0.01)
    return response


async def test_before_the_store_is_open_the_server_lives_and_is_not_ready(tmp_path: Any) -> None:
    transport = httpx.ASGITransport(app(settings(Folder(tmp_path / "store"))))
    async with httpx.AsyncClient(transport=transport, base_url="http://paddock.example") as client:
        health, ready = await client.get("/health"), await client.get("/ready")
        asked = await client.post("/graphql", json={"query": VIEWER}, headers={"Authorization": "Bearer x"})

    assert (health.status_code, ready.status_code, ready.json()) == (200, 503, {"status": "unavailable"})
    assert refused(asked) == (503, "UNAVAILABLE", "the server is starting; try again in a moment")


@pytest.mark.embedded
async def test_ties_that_cannot_be_read_at_the_start_are_read_when_they_are_asked_for(
    embedded: Engine, embedded_store: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await paddock().save(embedded)
    read = Network.projection

    async def fail(self: Network, revision: int | None = None) -> Any:
        monkeypatch.setattr(Network, "projection", read)
        raise RuntimeError("gone")

    monkeypatch.setattr(Network, "projection", fail)
    async with serving(embedded_store) as client:
        await until_ready(client)
        client.headers["Authorization"] = f"Bearer {await token(embedded, Role.MEMBERS)}"
        response = await ask(client, '{ tie(a: "per-ann", b: "per-ben") { band } }')

    assert response.json() == {"data": {"tie": {"band": "WARM"}}, "extensions": {"cost": 1}}
