"""The server as a whole keeps silent: status, headers and body, what it logs, its metrics, and whatever rights become.

The letters of the properties: P2 equal visible parts give equal responses, entries among them; P9 a change of rights
holds for the next request; P10 no canary sings in a response, a log, the metrics or what is exported for somebody.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from random import Random

import httpx
import orjson
import pytest

from service import auth
from service.app import app
from service.auth import GRANTS, Right
from service.engines.protocol import Engine
from service.engines.stores import Store
from service.entries.relabellings import RelabellingEntry, relabel
from service.graph import tokens, users
from service.settings import Settings
from tests.conftest import PATIENT
from tests.silence.asking import Stage, secret, staged
from tests.silence.documents import Document
from tests.silence.questions import Known, Operation, entries, questions
from tests.silence.worlds import ASKERS, ASSOCIATION, Asker, canaries, drawn

Response = tuple[int, tuple[tuple[str, str], ...], bytes]
PURPOSE = "Paddock-Purpose"
JSON = "application/json"


@asynccontextmanager
async def serving(stage: Stage, store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of a server over a stage, whose clock is that of the stage."""
    monkeypatch.setattr("service.opening.now", stage.clock)
    told = Settings(store, ASSOCIATION, "motorsport", "127.0.0.1", 0, "info", "s" * 32, metrics="all", rate_limit=0)
    application = app(told, deadlines=PATIENT)
    transport = httpx.ASGITransport(application)
    async with (
        application.router.lifespan_context(application),
        httpx.AsyncClient(transport=transport, base_url="http://paddock.example") as client,
    ):
        yield client


async def ask(client: httpx.AsyncClient, asker: Asker, operation: Operation) -> Response:
    """The whole response to an operation; the client names its request, so that its id is no difference."""
    headers = {"Authorization": f"Bearer {secret(asker)}", "X-Request-Id": "the-same"}
    if asker.purpose is not None:
        headers[PURPOSE] = asker.purpose
    body = {"query": operation.document.text, "variables": operation.variables}
    found = await client.post("/graphql", content=orjson.dumps(body), headers=headers | {"Content-Type": JSON})
    return found.status_code, tuple(sorted(found.headers.items())), found.content


async def answers(
    stage: Stage, client: httpx.AsyncClient, asked: Sequence[Operation], entered: Sequence[Operation]
) -> list[Response]:
    """What comes back to questions, then to entries, a minute after each other, then to the questions again."""
    found = [await ask(client, stage.asker, one) for one in asked]
    for one in entered:
        stage.clock.pass_(60_000_000)
        found.append(await ask(client, stage.asker, one))
    return [*found, *[await ask(client, stage.asker, one) for one in asked]]


@pytest.mark.parametrize("asker", [ASKERS[0], ASKERS[2]], ids=["members", "staff"])
async def test_a_response_is_that_of_a_server_without_anything_hidden_and_nothing_sings_of_what_is(
    engine: Engine,
    store: Store,
    asker: Asker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = drawn("served", asker)
    whole = await staged(engine, world)
    known = await Known.of(engine, asker, Random("served"))
    asked = questions(known, 1)
    entered = entries(known) if Right.WRITE in GRANTS[asker.role].rights else entries(known)[:1]
    caplog.set_level(logging.DEBUG, "service")
    caplog.set_level(logging.INFO)
    async with serving(whole, store, monkeypatch) as client:
        told = await answers(whole, client, asked, entered)
        metrics = (await client.get("/metrics")).text
    logged = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    assert canaries([*(body for _, _, body in told), *(str(head) for _, head, _ in told), metrics, *logged]) == []

    alone = await staged(engine, world.visible)
    async with serving(alone, store, monkeypatch) as client:
        beside = await answers(alone, client, asked, entered)
    operations = [*asked, *entered, *asked]
    differing = [str(one) for one, here, there in zip(operations, told, beside, strict=True) if here != there]
    assert differing == []


async def test_a_change_of_rights_holds_for_the_next_request(
    engine: Engine, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, asker = drawn("rights", ASKERS[4]), ASKERS[4]
    stage = await staged(engine, world)
    graph, known = stage.network.graph, await Known.of(engine, asker, Random("rights"))
    asked = questions(known, 1, ("people", "organizations", "events", "search", "tie", "whoKnows"))
    rights = await tokens.rights(graph, secret(asker))
    assert rights.owner is not None
    async with serving(stage, store, monkeypatch) as client:
        before = [await ask(client, asker, one) for one in asked]
        await users.grant(graph, rights.owner, (), ["tender"])
        granted = [await ask(client, asker, one) for one in asked]
        await users.withdraw(graph, rights.owner, (), ["tender"])
        assert [await ask(client, asker, one) for one in asked] == before != granted
        await users.revoke(graph, rights.owner)
        assert {(await ask(client, asker, one))[0] for one in asked} == {401}


async def test_what_is_relabelled_is_as_good_as_gone_for_the_next_request(
    engine: Engine, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, asker = drawn("labels", ASKERS[2]), ASKERS[2]
    stage = await staged(engine, world)
    graph, known = stage.network.graph, await Known.of(engine, asker, Random("labels"))
    steward = await auth.owner(graph, purpose="a test")
    async with serving(stage, store, monkeypatch) as client:
        for kind in ("Affiliation", "Meeting", "CardExchange"):
            id = next(one for one in known.ids[kind] if one in known.visible)
            shown = Document("node", f'{{ node(id: "{id}") {{ id }} }}')
            nothing = Document("node", f'{{ node(id: "{known.nobody(kind)}") {{ id }} }}')
            assert id.encode() in (await ask(client, asker, Operation(shown, {})))[2]
            hidden = RelabellingEntry(key=id, record=id, visibility="LOBBYING", compartments=("tender",))
            await relabel(stage.network, steward, hidden)
            there, nowhere = [await ask(client, asker, Operation(one, {})) for one in (shown, nothing)]
            assert there == nowhere
