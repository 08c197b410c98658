"""Societies from ten thousand ties to three million, each asked everything that grows."""

import asyncio
import os
import random
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_cache_path

import packs
from bench import routes
from bench.scale import asking, inside, memory, peers, report, searching, starts
from bench.scale.figures import Figures, tell
from bench.scale.refreshing import Writer
from bench.scale.society import AS_OF, Society
from bench.scale.stored import Home
from bench.scale.world import World, forget, opened
from bench.tables import Table
from network.dates import ordinal
from service.network import network

SIZES = (10_000, 100_000, 1_000_000, 3_000_000)
MAIN = 1_000_000  # what the targets are about; larger ones are not read whole, as that takes minutes
DRAFT = SIZES[:1]
SEARCHES, ANSWERS, WRITES = 400, 100, 10


def cache() -> Path:
    """Where societies are kept between runs."""
    named = os.environ.get("PADDOCK_BENCH_CACHE")
    return Path(named).absolute() if named else user_cache_path("paddock-bench", appauthor=False)


def growing(loop: asyncio.AbstractEventLoop, seed: int, version: str, *, draft: bool) -> Iterator[list[Table]]:
    """What societies of all sizes up to the last one take, size by size; a draft asks the smallest only."""
    every: list[Figures] = []
    for ties in DRAFT if draft else SIZES:
        every.append(measured(loop, ties, seed, version))
        yield report.tables(every, next((one for one in every if one.ties == MAIN), every[-1]), seed)


def measured(loop: asyncio.AbstractEventLoop, ties: int, seed: int, version: str) -> Figures:
    """The figures of one size."""
    society = Society.of(ties, seed)
    projection = memory.projection(society, packs.evidence())
    view = projection.view(memory.STAFF, ordinal(AS_OF))
    home = Home.of(cache(), version, ties, seed)
    tell(f"{ties:,} ties are in memory")
    filled = 0.0 if home.done else home.fill(society, view, version)
    with opened(loop, home, society, view, projection, version) as world:
        tell(f"they are in Neo4j: {filled:.0f} s of importing, {world.indexing:.0f} s of indexing")
        found = _asked(loop, world, seed)
    found.single["import, s"] = filled
    return found


def _asked(loop: asyncio.AbstractEventLoop, world: World, seed: int) -> Figures:
    society = world.society
    found = Figures(len(society.a), len(society.people), len(society.evidence))
    pairs = list(routes.pairs_with_routes(world.view, random.Random(seed), SEARCHES))
    searching.searches(world.view, pairs, found)
    searching.cold(world.projection, found)
    starts.fill(world, found, read=found.ties <= MAIN)
    writer = Writer(loop, world.graph, AS_OF)
    inner = network(starts.settings(world), world.graph)
    with starts.service(world) as service:
        found.single["start from the cache, s"] = service.ready
        asking.answers(service, world.view, pairs[:ANSWERS], found)
        asking.refreshed(service, writer, pairs[:WRITES], found)
        found.single["memory, GB"] = max(service.memory, found.single.get("memory, GB", 0.0))
    loop.run_until_complete(inner.projection())
    inside.companies_to_companies(loop, world, inner, seed, found)
    inside.refreshed(loop, world, inner, writer, pairs[:WRITES], found)
    peers.asked(world, inner, pairs, found, all_of_them=found.ties == MAIN)
    loop.run_until_complete(forget(world.graph, world.projection.revision))
    return found
