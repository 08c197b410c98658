"""The store killed while clients write: whatever was acknowledged is there, and there once."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import httpx
import pytest

from service.auth import Role
from service.engines.embedded.home import Home
from service.engines.open import open_engine
from service.engines.protocol import Engine
from service.engines.stores import Folder, Server, Store
from tests.conftest import PATIENT
from tests.neo4j_maven import Neo4jServer
from tests.real_neo4j import FLOOR, PASSWORD, maven_fits
from tests.service.test_app import ask, serving, token

ADDING = """mutation ($key: String!, $name: String!) {
  addPerson(input: {idempotencyKey: $key, name: $name, confirmNew: true}) { agent { name } errors { code } } }"""
T = TypeVar("T")
WRITERS = 6
AGAIN = 0.05  # seconds before the same is sent again
NAMES = "MATCH (p:Person) RETURN collect(p.name) AS names"


@dataclass
class Writing:
    """Clients that add one person after the other, and send each again under its key until it is acknowledged."""

    client: httpx.AsyncClient
    acknowledged: list[str] = field(default_factory=list[str])
    refused: Counter[tuple[int, str]] = field(default_factory=Counter[tuple[int, str]])
    over: bool = False

    async def run(self, writer: int) -> None:
        number = 0
        while not self.over:
            number += 1
            await self._insist(f"Writer {writer} Number {number}")

    async def _insist(self, name: str) -> None:
        while not await self._added(name):  # noqa: ASYNC110 (a server that does not answer gives no event)
            await asyncio.sleep(AGAIN)

    async def _added(self, name: str) -> bool:
        response = await ask(self.client, ADDING, variables={"key": name, "name": name})
        body = response.json()
        if errors := body.get("errors"):
            self.refused[response.status_code, errors[0]["extensions"]["code"]] += 1
            return False
        assert body["data"]["addPerson"] == {"agent": {"name": name}, "errors": []}
        self.acknowledged.append(name)
        return True

    async def more(self, seconds: float) -> None:
        """Nothing, once so many seconds are over and each writer has had something acknowledged on average."""
        enough, end = len(self.acknowledged) + WRITERS, time.monotonic() + seconds
        async with asyncio.timeout(seconds + 120):
            while len(self.acknowledged) < enough or time.monotonic() < end:  # noqa: ASYNC110 (what is counted gives no event)
                await asyncio.sleep(0.01)


async def written(store: Store, kill: Callable[[], Awaitable[None]], rounds: int, seconds: float) -> None:
    """Load with so many kills, each followed by so many seconds of work; then what the store holds is looked at."""
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {await _by_guest(store, _token)}"
        writing = Writing(client)
        writers = [asyncio.create_task(writing.run(number)) for number in range(WRITERS)]
        for _ in range(rounds):
            await writing.more(0)
            await kill()
            await writing.more(seconds)
        writing.over = True
        await asyncio.gather(*writers)
        held = await _by_guest(store, _names)

    assert {code for _, code in writing.refused} <= {"UNAVAILABLE", "TIMEOUT"}
    assert Counter(held) == Counter(writing.acknowledged)


@dataclass(frozen=True)
class Engines:
    """The embedded engines of a folder: the server starts the next one by itself."""

    folder: Folder

    async def kill(self) -> None:
        endpoint = Home(self.folder.path).endpoint()
        assert endpoint is not None
        os.kill(endpoint.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Restarted:
    """A Neo4j that is started again on its data right after each kill."""

    server: Neo4jServer

    async def kill(self) -> None:
        assert self.server.process is not None
        self.server.process.kill()
        self.server.process.wait()
        await asyncio.to_thread(self.server.__enter__)


async def _by_guest(store: Store, work: Callable[[Engine], Awaitable[T]]) -> T:
    engine = await open_engine(store, PATIENT)
    try:
        return await work(engine)
    finally:
        await engine.close()


async def _token(engine: Engine) -> str:
    return await token(engine, Role.STAFF)


async def _names(engine: Engine) -> list[str]:
    (record,) = await engine.read(NAMES, {})
    return cast("list[str]", record["names"])


@pytest.mark.embedded
@pytest.mark.slow
async def test_every_write_acknowledged_around_a_kill_of_the_store_is_there_once(folder: Folder) -> None:
    await written(folder, Engines(folder).kill, rounds=1, seconds=1)


@pytest.mark.embedded
@pytest.mark.soak
async def test_every_write_acknowledged_around_ten_kills_of_the_store_is_there_once(folder: Folder) -> None:
    await written(folder, Engines(folder).kill, rounds=10, seconds=10)


@pytest.mark.neo4j
@pytest.mark.soak
@pytest.mark.skipif(not maven_fits(FLOOR), reason="NO REAL NEO4J of the test's own: install Maven and Java 17 or 21")
async def test_every_write_acknowledged_around_ten_kills_of_neo4j_is_there_once(tmp_path: Path) -> None:
    with Neo4jServer(FLOOR, home=tmp_path, password=PASSWORD) as server:
        store = Server(server.uri, "neo4j", PASSWORD)
        await written(store, Restarted(server).kill, rounds=10, seconds=10)
