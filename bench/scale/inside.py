"""What is measured as a function of this process: questions with their statements, and a refresh after a write."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence

import numpy as np

from bench.routes import Pair
from bench.scale import companies, memory
from bench.scale.figures import Figures, tell
from bench.scale.refreshing import Writer
from bench.scale.society import AS_OF, TEAM
from bench.scale.world import World
from bench.timing import Times, Unequal, timed, waiting
from service import auth
from service.graph.questions import ties
from service.graph.questions.clocks import When
from service.graph.questions.contacts import chain_contacts
from service.graph.questions.reach import reach_capability
from service.graph.questions.routes import introduction_paths
from service.graph.questions.ties import Network

WHEN = When(AS_OF)
TEAMS = 30


def companies_to_companies(
    loop: asyncio.AbstractEventLoop, world: World, network: Network, seed: int, found: Figures
) -> None:
    """Nothing, once questions that begin or end at companies are among the figures."""
    staff = np.bincount(world.society.employer, minlength=len(world.society.companies))
    teams = [id for id, size in zip(memory.texts(world.society.companies), staff.tolist(), strict=True) if size == TEAM]
    dice = random.Random(seed)
    pairs = [(one, other) for one, other in (dice.sample(teams, 2) for _ in range(TEAMS))]
    people = memory.texts(world.society.people)
    targets = [(one, dice.choice(people)) for one, _ in pairs]
    crafts = [str(row["id"]) for row in companies.capabilities()]
    broad = [(crafts[number % companies.BRANCHES], one) for number, (one, _) in enumerate(pairs)]
    narrow = [(crafts[companies.BRANCHES + number], one) for number, (one, _) in enumerate(pairs)]

    async def route(pair: Pair) -> object:
        return await introduction_paths(network, world.scope, *pair, when=WHEN)

    async def chain(pair: Pair) -> object:
        return await chain_contacts(network, world.scope, *pair, when=WHEN)

    async def reach(pair: Pair) -> object:
        return await reach_capability(network, world.scope, *pair, when=WHEN)

    _timed(loop, "company to company", route, pairs, found)
    _timed(loop, "who in the supply chain knows", chain, targets, found)
    _timed(loop, "reach a capability", reach, narrow, found)
    _timed(loop, "reach a broad capability", reach, broad, found)


def _timed(
    loop: asyncio.AbstractEventLoop,
    name: str,
    ask: Callable[[Pair], Awaitable[object]],
    questions: Sequence[Pair],
    found: Figures,
) -> None:
    wait = waiting(loop, ask)
    for question in questions:
        wait(question)
    found.times[name] = timed({"": wait}, questions)[""]
    tell(f"asked {len(questions)} times: {name}")


def refreshed(
    loop: asyncio.AbstractEventLoop,
    world: World,
    network: Network,
    writer: Writer,
    pairs: Sequence[Pair],
    found: Figures,
) -> None:
    """Nothing, once it is among the figures how soon an answer has what this process wrote."""

    async def count(pair: Pair) -> int:
        viewer = await auth.viewer_of(world.graph, world.token)  # who tells which revision the store has come to
        tie = await ties.tie(network, viewer.scope, *pair, WHEN)
        return 0 if tie is None else tie.evidence_count

    ask, waits = waiting(loop, count), list[float]()
    for pair in pairs:
        before = ask(pair)
        writer.meet(*pair)
        begin = time.perf_counter()
        after = ask(pair)
        waits.append(time.perf_counter() - begin)
        if after != before + 1:
            raise Unequal(f"{pair}: {after} pieces of evidence after {before} and one more")
    found.times["this process wrote"] = Times(tuple(waits))
    tell(f"this process wrote {len(waits)} times")
