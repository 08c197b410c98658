"""One reading of the ties serves everybody who waits for it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

import packs
from network.incoming import Delta
from service.engines.protocol import Record
from service.graph.questions.ties import Network
from service.graph.store import Graph


@dataclass(slots=True)
class Slow:
    """A store whose one page comes when it is let go, or fails then."""

    name: str = "fake"
    revision: int = 1
    asked: list[int] = field(default_factory=list[int])
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None

    async def read(self, text: str, parameters: object) -> list[Record]:
        return [{"rows": [{"number": self.revision, "micros": 1}]}]

    async def feed(self, graph: Graph, since: int) -> AsyncIterator[Delta]:
        self.asked.append(since)
        revision = self.revision
        await self.let_go.wait()
        if self.failure is not None:
            raise self.failure
        yield Delta(revision)

    def network(self) -> Network:
        return Network(Graph(self, lambda: ""), packs.evidence(), self.feed)  # type: ignore[arg-type]


async def waiting(network: Network, number: int) -> list[asyncio.Task[object]]:
    """So many who wait for the ties."""
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(network.projection()) for _ in range(number)]
    await asyncio.sleep(0.01)
    return tasks


async def test_a_reading_goes_on_for_the_others_when_the_first_who_waited_has_gone() -> None:
    store = Slow()
    first, second = await waiting(store.network(), 2)

    first.cancel()
    store.let_go.set()

    await second
    assert (first.cancelled(), store.asked) == (True, [0])


async def test_a_reading_nobody_waits_for_any_more_serves_the_next_question() -> None:
    store = Slow()
    network = store.network()
    for task in await waiting(network, 1):
        task.cancel()
    await asyncio.sleep(0)
    store.let_go.set()

    assert ((await network.projection()).revision, store.asked) == (1, [0])


async def test_a_reading_that_fails_fails_for_all_who_wait_and_the_next_question_reads_anew() -> None:
    store = Slow(failure=ValueError("cut off"))
    network = store.network()
    tasks = await waiting(network, 2)
    store.let_go.set()

    assert [str(one) for one in await asyncio.gather(*tasks, return_exceptions=True)] == ["cut off", "cut off"]
    store.failure = None
    assert ((await network.projection()).revision, store.asked) == (1, [0, 0])


async def test_who_asks_for_a_later_revision_than_the_reading_began_at_waits_for_another_one() -> None:
    store = Slow()
    network = store.network()
    (early,) = await waiting(network, 1)
    store.revision = 2
    late = asyncio.create_task(network.projection(2))
    store.let_go.set()
    await asyncio.gather(early, late)

    assert (late.result().revision, store.asked) == (2, [0, 1])


async def test_closing_ends_a_reading_under_way() -> None:
    store = Slow()
    network = store.network()
    (task,) = await waiting(network, 1)
    await network.close()

    with pytest.raises(asyncio.CancelledError):
        await task
