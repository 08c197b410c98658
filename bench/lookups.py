"""How long one agent by id takes: our typed function on each engine, beside the same text through a bare driver."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence

from neo4j import READ_ACCESS, Driver

from bench.sides import Side
from bench.tables import Table
from bench.texts import literal
from bench.timing import Ask, agreed, timed, waiting
from service.graph.questions import agents
from service.graph.questions.rows import Agent
from service.graph.visibility import classes

NUMBER, ROUNDS = 500, 3
QUESTION = literal(agents.BY_ID.text)
COLUMNS = ("asked", "p50, ms", "p95, ms")


def measured(loop: asyncio.AbstractEventLoop, stores: Sequence[Side], ids: Sequence[str], seed: int) -> Table:
    """The table; Unequal where an engine or the bare driver gives another agent."""
    chosen = random.Random(seed).sample(sorted(ids), min(NUMBER, len(ids)))
    vis = list(loop.run_until_complete(classes(stores[0].graph)).everything().vis)
    asked: dict[str, Ask[str, Agent | None]] = {}
    for side in stores:
        asked[f"{side.name}, typed function"] = waiting(loop, _typed(loop, side))
        asked[f"{side.name}, bare driver"] = _bare(side.bare, vis)
    compared = agreed(asked, chosen)
    times = timed(asked, chosen, ROUNDS)
    floor = times[f"{stores[-1].name}, bare driver"]
    rows = tuple((name, 1000 * one.p50, 1000 * one.p95, one.times_slower(floor)) for name, one in times.items())
    note = f"{compared} agents of the demo, drawn with seed {seed}; every side gave each of them alike beforehand."
    return Table("lookup", "One agent by id", note, (*COLUMNS, f"times as long as {list(times)[-1]}"), rows)


def _typed(loop: asyncio.AbstractEventLoop, side: Side) -> Callable[[str], Awaitable[Agent | None]]:
    scope = loop.run_until_complete(classes(side.graph)).everything()

    async def ask(id: str) -> Agent | None:
        return (await agents.agents(side.graph, scope, [id])).get(id)

    return ask


def _bare(driver: Driver, vis: list[int]) -> Ask[str, Agent | None]:
    session = driver.session(default_access_mode=READ_ACCESS)  # pyright: ignore[reportUnknownMemberType]

    def ask(id: str) -> Agent | None:
        record = session.execute_read(
            lambda transaction: transaction.run(QUESTION, ids=[id], vis=vis).single(strict=True)
        )
        return agents.BY_ID.rows([record.data()])[0]

    return ask
