"""A society in a running Neo4j of its own, ready to be asked."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from neo4j import Driver, GraphDatabase

from bench.scale.society import Society
from bench.scale.stored import PASSWORD, Home
from bench.texts import text
from network.projection import Projection
from network.view import View
from service import auth
from service.engines.open import open_engine
from service.engines.protocol import LOADING
from service.engines.stores import Server
from service.graph import tokens
from service.graph.migrations import migrate
from service.graph.store import Graph, Scope, Write
from service.graph.visibility import classes, save
from service.opening import now
from tests.neo4j_maven import Neo4jServer

HEAP = "2g"
MEMORY = {"server.memory.pagecache.size": "3g"}
ROLE = auth.Role.STAFF


@dataclass(frozen=True, slots=True)
class World:
    """A society with its ties in memory and in a store; `view` is what the token's role sees on the day."""

    society: Society
    projection: Projection
    view: View
    store: Server
    graph: Graph
    scope: Scope
    token: str
    bare: Driver
    indexing: float  # seconds until every index stood; next to none where they stood already
    cache: Path


@contextmanager
def opened(
    loop: asyncio.AbstractEventLoop, home: Home, society: Society, view: View, projection: Projection, version: str
) -> Generator[World]:
    """The world in a folder, its server gone after the block."""
    with Neo4jServer(version, home=home.folder, password=PASSWORD, heap=HEAP, settings=MEMORY) as server:
        store = Server(server.uri, "neo4j", PASSWORD)
        engine = loop.run_until_complete(open_engine(store, LOADING))
        try:
            graph = Graph(engine, now)
            indexing = loop.run_until_complete(_prepared(graph, projection.revision))
            token = loop.run_until_complete(tokens.create(graph, "bench", ROLE, scopes=auth.scopes_of(ROLE))).secret
            viewer = loop.run_until_complete(auth.viewer_of(graph, token))
            with GraphDatabase.driver(server.uri, auth=("neo4j", PASSWORD)) as bare:  # pyright: ignore[reportUnknownMemberType]
                yield World(
                    society,
                    projection,
                    view,
                    store,
                    graph,
                    viewer.scope,
                    token,
                    bare,
                    indexing,
                    home.folder / "cache",
                )
        finally:
            loop.run_until_complete(engine.close())


async def _prepared(graph: Graph, revision: int) -> float:
    """The seconds until all indexes stood and what an earlier run wrote beside the society was gone."""
    begin = time.perf_counter()
    await migrate(graph.engine, at=now())
    await graph.engine.define(text("seats_constraint"))
    await graph.engine.read(text("indexes_await"), {})
    seconds = time.perf_counter() - begin
    if missing := (await classes(graph)).added:
        await graph.write(lambda write: save(write, missing))
    await forget(graph, revision)
    return seconds


async def forget(graph: Graph, revision: int) -> None:
    """Nothing, once the evidence that came behind a revision is gone."""

    async def work(write: Write) -> None:
        await write.transaction.run(text("evidence_delete"), {"revision": revision})

    await graph.write(work)
