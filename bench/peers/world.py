"""The society in a Neo4j of its own, made once and kept in the cache folder."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.peers.society import Size, batch
from bench.scale.figures import tell
from bench.scale.run import cache
from bench.texts import literal, text
from service import auth
from service.engines.open import open_engine
from service.engines.protocol import LOADING, Transaction
from service.engines.stores import Server
from service.graph import tokens
from service.graph.migrations import migrate
from service.graph.model import AgentKind, Batch
from service.graph.record.write import load
from service.graph.store import Graph
from service.opening import now
from tests.neo4j_maven import Neo4jServer

PASSWORD = "bench-password"  # noqa: S105 (of a server that lives as long as a run, on this machine alone)
FORMAT = 1  # counts up whenever what is written changes; folders of another format are made anew
HEAP = "1g"
MEMORY = {"server.memory.pagecache.size": "512m"}
AT = "2026-11-02T00:00:00.000000Z"
PIECE = 5000
ROLE = auth.Role.STAFF
MERGED = literal((Path(__file__).parent / "merged").with_suffix(".cypher").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class World:
    """A running store, a token that may read all of it, and who is in it: by name, and with how many acquaintances."""

    server: Server
    token: str
    vis: tuple[int, ...]
    people: Sequence[str]
    known: Counter[str]
    cache: Path


@contextmanager
def opened(loop: asyncio.AbstractEventLoop, size: Size, seed: int, version: str) -> Generator[World]:
    """The world, its server gone after the block."""
    society = batch(size, seed)
    home = cache() / f"neo4j-{version}-peers-{size.people}-seed-{seed}-format-{FORMAT}"
    if not (home / "loaded").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
    with Neo4jServer(version, home=home, password=PASSWORD, heap=HEAP, settings=MEMORY) as started:
        server = Server(started.uri, "neo4j", PASSWORD)
        missing = not (home / "loaded").exists()
        token, vis = loop.run_until_complete(_prepared(server, society if missing else None))
        (home / "loaded").touch()
        people = [id for id, one in society.agents.items() if one.kind is AgentKind.PERSON]
        known = Counter(end for one in society.evidence for end in (one.a, one.b))
        yield World(server, token, vis, people, known, home / "cache")


async def _prepared(server: Server, missing: Batch | None) -> tuple[str, tuple[int, ...]]:
    """A token for the store and what it may see, once what was missing is stored and the indexes stand."""
    engine = await open_engine(server, LOADING)
    try:
        await migrate(engine, at=now())
        graph = Graph(engine, now)
        if missing is not None:
            await load(graph, missing, recorded_at=AT)
            await engine.write(lambda transaction: _merged(transaction, missing))
            tell(f"stored {len(missing.assertions)} claims and {len(missing.evidence)} pieces of evidence")
        await engine.read(text("indexes_await"), {})
        made = await tokens.create(graph, "bench", ROLE, scopes=auth.scopes_of(ROLE))
        viewer = await auth.viewer_of(graph, made.secret)
        return made.secret, viewer.scope.vis
    finally:
        await engine.close()


async def _merged(transaction: Transaction, society: Batch) -> None:
    rows = list(_others(society))
    for begin in range(0, len(rows), PIECE):
        await transaction.run(MERGED, {"rows": rows[begin : begin + PIECE]})


def _others(society: Batch) -> Iterator[dict[str, str]]:
    for one in society.agents.values():
        yield from ({"id": known.id, "agent": known.agent} for known in one.identities)
