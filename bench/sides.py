"""The stores that are measured side by side: an embedded one, and a real Neo4j where one can be had."""

import asyncio
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from neo4j import Driver, GraphDatabase

from bench.texts import text
from service.engines.embedded.administration import READER
from service.engines.embedded.engine import Embedded
from service.engines.open import open_engine
from service.engines.protocol import LOADING, Transaction
from service.engines.stores import Folder, Server, Store
from service.graph.migrations import migrate
from service.graph.store import Graph
from service.opening import now
from tests.neo4j_maven import Neo4jServer
from tests.real_neo4j import FLOOR, PASSWORD, container, docker_answers, maven_fits

VERSION = os.environ.get("NEO4J_VERSION", FLOOR)
ABSENT = "NO REAL NEO4J: install Maven and Java 17 or 21, or set NEO4J_URI, or start Docker"
PIECE = 20_000
MEMORY = {"server.memory.pagecache.size": "256m"}


@dataclass(frozen=True, slots=True)
class Side:
    """An empty, migrated store of one engine, and a bare driver that may read it (and on Neo4j write)."""

    name: str
    graph: Graph
    bare: Driver


def neo4j_version() -> str | None:
    """The release that will be measured; None where there is no way to one."""
    if "NEO4J_URI" in os.environ or maven_fits(VERSION) or docker_answers():
        return VERSION
    return None


@contextmanager
def sides(loop: asyncio.AbstractEventLoop) -> Generator[list[Side]]:
    """One store of each engine, gone after the block."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="paddock-bench-")))
        stores: list[Store] = [Folder(scratch / "store")]
        if neo4j_version():
            stores.append(stack.enter_context(server()))
        yield [stack.enter_context(opened(loop, store)) for store in stores]


@contextmanager
def server() -> Generator[Server]:
    """A Neo4j that may be emptied: the one the environment names, else one of our own."""
    if uri := os.environ.get("NEO4J_URI"):
        yield Server(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    elif maven_fits(VERSION):
        with Neo4jServer(VERSION, password=PASSWORD, heap="1g", settings=MEMORY) as started:
            yield Server(started.uri, "neo4j", PASSWORD)
    else:
        with container(VERSION) as address:
            yield Server(address, "neo4j", PASSWORD)


@contextmanager
def opened(loop: asyncio.AbstractEventLoop, store: Store) -> Generator[Side]:
    engine = loop.run_until_complete(open_engine(store, LOADING))
    try:
        while loop.run_until_complete(engine.write(_fewer)):
            pass
        loop.run_until_complete(migrate(engine, at=now()))
        uri, user, password = _way_in(store, engine if isinstance(engine, Embedded) else None)
        with GraphDatabase.driver(uri, auth=(user, password)) as bare:  # pyright: ignore[reportUnknownMemberType]
            yield Side(engine.name, Graph(engine, now), bare)
    finally:
        loop.run_until_complete(engine.close())


async def _fewer(transaction: Transaction) -> bool:
    """Whether there is more to delete; piece by piece, for a transaction has to fit in memory."""
    for name in ("ties_delete", "nodes_delete"):
        (record,) = await transaction.run(text(name), {"piece": PIECE})
        if record["gone"] == PIECE:
            return True
    return False


def _way_in(store: Store, engine: Embedded | None) -> tuple[str, str, str]:
    if isinstance(store, Server):
        return store.uri, store.user, store.password
    if engine is None:
        raise TypeError("a folder is opened by the embedded engine")
    port = engine.connection.endpoint.bolt
    return f"bolt://127.0.0.1:{port}", READER, engine.tenancy.home.password(READER)
