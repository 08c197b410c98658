"""Stores for tests: one server of each engine for the whole run, and an empty migrated store for every test."""

import asyncio
import os
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest

from service.engines.embedded.administration import post
from service.engines.embedded.connection import Tenancy
from service.engines.embedded.engine import Embedded
from service.engines.embedded.home import Home
from service.engines.open import open_engine
from service.engines.protocol import Deadlines, Engine, Transaction
from service.engines.stores import Folder, Server, Store
from service.graph.migrations import migrate
from service.graph.snapshots import Snapshot
from tests.neo4j_maven import Neo4jServer
from tests.real_neo4j import FLOOR, PASSWORD, maven_fits
from tests.workers import number

# Beside seven other programs a statement may wait; what a test proves is never that it was quick.
PATIENT = Deadlines(
    request=120.0, call=60.0, transaction=59.0, acquire=20.0, connect=10.0, retry=20.0, commit=20.0, start=120.0
)
MANY = 3000
AT = "2026-01-01T00:00:00.000000Z"
PIECE = 10_000


@pytest.fixture(scope="session")
def embedded_store(tmp_path_factory: pytest.TempPathFactory) -> Generator[Folder]:
    """A folder whose engine runs until the last test; whoever opens it is a guest."""
    folder = Folder(tmp_path_factory.mktemp("embedded") / "store")
    home = Home(folder.path)
    home.prepare()
    owner = Tenancy(home, PATIENT)
    asyncio.run(_migrated(owner))
    yield folder
    asyncio.run(owner.close())


@pytest.fixture(scope="session")
def neo4j_store() -> Generator[Server]:
    """The real Neo4j the environment names, else one from Maven jars; skips where there is neither."""
    version = os.environ.get("NEO4J_VERSION", FLOOR)
    if uris := os.environ.get("NEO4J_URI"):
        server = Server(own(uris.split()), os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
        asyncio.run(_migrate(server))
        yield server
    elif maven_fits(version):
        with Neo4jServer(version, password=PASSWORD, quick=True) as started:
            server = Server(started.uri, "neo4j", PASSWORD)
            asyncio.run(_migrate(server))
            yield server
    else:
        pytest.skip("NO REAL NEO4J: set NEO4J_URI, or install Maven and Java 17 or 21")


def own(uris: list[str]) -> str:
    """The server of this process: every test empties it, so no two may share one."""
    worker = number(os.environ.get("PYTEST_XDIST_WORKER", "gw0"))
    if worker >= len(uris):
        message = f"NEO4J_URI names {len(uris)} servers, too few for so many processes"
        raise pytest.UsageError(message)
    return uris[worker]


@pytest.fixture(
    params=[pytest.param("embedded", marks=pytest.mark.embedded), pytest.param("neo4j", marks=pytest.mark.neo4j)]
)
def store(request: pytest.FixtureRequest) -> Store:
    """The store of one engine; a test that takes it runs once on each."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
async def engine(store: Store) -> AsyncIterator[Engine]:
    """An engine on an empty, migrated store; a test that takes it runs once on each engine."""
    async for opened in _emptied(store):
        yield opened


@pytest.fixture
async def embedded(embedded_store: Folder) -> AsyncIterator[Engine]:
    """The embedded engine alone, empty and migrated; mark the test `embedded`."""
    async for opened in _emptied(embedded_store):
        yield opened


@pytest.fixture
async def neo4j(neo4j_store: Server) -> AsyncIterator[Engine]:
    """A real Neo4j alone, empty and migrated; mark the test `neo4j`."""
    async for opened in _emptied(neo4j_store):
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of the test's own, where no engine has run yet."""
    return Folder(tmp_path / "store")


async def _emptied(store: Store) -> AsyncIterator[Engine]:
    opened = await open_engine(store, PATIENT)
    try:
        if not await _replaced(opened):
            await emptied(opened)
        if isinstance(store, Folder):
            # The ties of the test before, at a revision that this one may come to as well.
            Snapshot(store.path).drop()
        yield opened
    finally:
        await opened.close()


async def _replaced(engine: Engine) -> bool:
    """Whether the embedded engine got a new database, as it deletes no more than some 2,500 elements a second."""
    if not isinstance(engine, Embedded):
        return False
    count = await engine.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(r) + count(DISTINCT n) AS all", {})
    if int(str(count[0]["all"])) < MANY:
        return False
    for order in ("drop", "create"):
        body = {"command": f"{order} database paddock"}
        await post(engine.tenancy.home, engine.connection.endpoint, "/api/v1/server", body)
    await migrate(engine, at=AT)
    return True


async def emptied(engine: Engine) -> None:
    """Leave nothing but the migrations; piece by piece, for a transaction has to fit in memory."""
    while await engine.write(_fewer):
        pass


async def _fewer(transaction: Transaction) -> bool:
    for text in (
        "MATCH ()-[r]->() WITH r LIMIT $piece DELETE r RETURN count(*) AS gone",
        "MATCH (n) WHERE NOT n:Migration WITH n LIMIT $piece DETACH DELETE n RETURN count(*) AS gone",
    ):
        (record,) = await transaction.run(text, {"piece": PIECE})
        if record["gone"] == PIECE:
            return True
    return False


async def _migrated(owner: Tenancy) -> None:
    connection = await owner.connection()
    await migrate(Embedded(owner, PATIENT, connection), at=AT)
    await connection.close()


async def _migrate(store: Server) -> None:
    opened = await open_engine(store, PATIENT)
    try:
        await migrate(opened, at=AT)
    finally:
        await opened.close()
