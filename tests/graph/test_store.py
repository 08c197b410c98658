"""A store's writes: whose turn it is, and what the log tells of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import pytest

from service.engines.protocol import Engine, Transaction
from service.errors import Code, ServiceError
from service.graph.store import WRITERS, Write
from tests.graph.sayings import graph

T = TypeVar("T")


@dataclass(slots=True)
class Counting:
    """An engine that knows how many write to it, and how many did so at most."""

    engine: Engine
    now: int = 0
    most: int = 0

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await self.engine.write(work)
        finally:
            self.now -= 1


async def nothing(write: Write) -> int:
    return write.revision


async def refused(write: Write) -> int:
    raise ServiceError(Code.BAD_USER_INPUT, "no")


async def test_the_log_names_each_revision_when_it_begins_and_once_it_is_committed(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "service.graph.store")
    store = graph(engine)
    await store.write(nothing)
    with pytest.raises(ServiceError):
        await store.write(refused)
    await store.write(nothing)
    assert [record.getMessage() for record in caplog.records if record.name == "service.graph.store"] == [
        "revision 1 begun",
        "revision 1 committed",
        "revision 2 begun",
        "revision 2 begun",
        "revision 2 committed",
    ]


async def test_no_more_writers_are_let_into_the_store_than_get_on_there(engine: Engine) -> None:
    counting = Counting(engine)
    store = graph(cast("Engine", counting))
    assert sorted(await asyncio.gather(*(store.write(nothing) for _ in range(40)))) == list(range(1, 41))
    assert (counting.now, counting.most) == (0, WRITERS)


async def test_a_writer_that_gives_up_its_turn_or_fails_in_it_leaves_it_to_the_others(engine: Engine) -> None:
    store = graph(engine)
    begun = [asyncio.create_task(store.write(refused)) for _ in range(10)]
    await asyncio.sleep(0)
    for one in begun[5:]:
        one.cancel()
    ended = await asyncio.gather(*begun, return_exceptions=True)
    assert [type(one) for one in ended] == [ServiceError] * 5 + [asyncio.CancelledError] * 5
    assert sorted(await asyncio.gather(*(store.write(nothing) for _ in range(3)))) == [1, 2, 3]
