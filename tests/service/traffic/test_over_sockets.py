"""The same over a real server and real connections: overload, clients that hang up, and a server that is to stop."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp

from service.app import Service
from service.engines.stores import Folder
from service.traffic.admission import PATIENCE, PLACES, QUEUE, Admission
from service.traffic.departures import CancelOnDisconnect
from service.traffic.reasons import Reason
from tests.service.test_app import settings
from tests.service.traffic.test_passing import Slow, until

REQUEST = b"POST /graphql HTTP/1.1\r\nHost: paddock.example\r\nContent-Length: 3\r\n\r\nabc"


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncGenerator[int]:
    """The port a server listens on until the block ends."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, http="httptools", ws="none", lifespan="off", log_config=None, access_log=False)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([bound]))
        await until(lambda: server.started)
        try:
            yield int(bound.getsockname()[1])
        finally:
            server.should_exit = True
            await serving


async def test_of_clients_beyond_places_and_queue_each_is_sent_away_and_the_rest_is_answered() -> None:
    slow, more, reasons = Slow(), 60, list[Reason]()
    door = Admission(slow.app(), unlimited=frozenset({"/health"}), unanswered=reasons.append)
    limits = httpx.Limits(max_connections=None)
    async with (
        listening(CancelOnDisconnect(door)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=30) as client,
    ):

        async def ask() -> int:
            return (await client.post("/graphql", content="x")).status_code

        asking = [asyncio.create_task(ask()) for _ in range(PLACES + QUEUE + more)]
        await until(lambda: sum(one.done() for one in asking) == QUEUE + more)
        well = await client.get("/health")
        slow.let.set()
        answers = await asyncio.gather(*asking)

    assert Counter(answers) == {200: PLACES, 503: QUEUE + more}
    assert (len(reasons), set(reasons)) == (QUEUE + more, {Reason.FULL, Reason.WAITED})
    assert PATIENCE < 1  # seconds; how long a no takes on a machine with work is measured by `bench crowd`
    assert (slow.most, door.waiting) == (PLACES, 0)
    assert well.json() == {"status": "ok"}


async def test_a_client_that_hangs_up_frees_its_place_for_the_next() -> None:
    slow = Slow()
    door = Admission(slow.app(), places=1, queue=0)
    async with listening(CancelOnDisconnect(door)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST)
        await until(lambda: slow.inside == 1)
        writer.close()
        await until(lambda: slow.inside == 0)
        slow.let.set()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            after = await client.post("/graphql", content="after")

    assert (slow.stopped, after.json()) == (1, {"got": "after"})


async def test_a_connection_that_is_kept_open_answers_one_request_after_the_other() -> None:
    slow = Slow()
    slow.let.set()
    async with (
        listening(CancelOnDisconnect(Admission(slow.app(), places=1, queue=0))) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=httpx.Limits(max_connections=1)) as client,
    ):
        answers = [(await client.post("/graphql", content=str(number))).json() for number in range(20)]

    assert answers == [{"got": str(number)} for number in range(20)]


async def test_a_server_that_is_to_stop_lives_and_is_not_ready(tmp_path: Path) -> None:
    service, asked = Service(settings(Folder(tmp_path / "store"))), Request({"type": "http"})
    service.stopping = True

    health, ready = await service.health(asked), await service.ready(asked)

    assert (health.status_code, ready.status_code, ready.body) == (200, 503, b'{"status":"stopping"}')
