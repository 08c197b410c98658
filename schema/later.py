"""What is there once something has been read, and lists that are read together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class Later(Generic[T]):
    """What is made of something that is being read; of nothing, where all it takes is there already.

    Unlike a coroutine it needs no task of its own, and whoever stops waiting for it leaves the reading to the others.
    """

    reading: asyncio.Future[Any] | None
    make: Callable[[Any], T]

    def then(self, make: Callable[[T], V]) -> Later[V]:
        """What is made of it further."""
        before = self.make
        return Later(self.reading, lambda found: make(before(found)))

    def value(self) -> T:
        """What it is, once all has been read."""
        return self.make(None if self.reading is None else self.reading.result())

    def __await__(self) -> Generator[Any, None, T]:
        """Wait for what is read."""
        if self.reading is not None:
            yield from asyncio.shield(self.reading).__await__()
        return self.value()


def at_once(value: T) -> Later[T]:
    """What need not be waited for."""
    return Later(None, lambda _: value)


def _as_it_is(found: V) -> V:
    return found


class Loader(Generic[K, V]):
    """Answers all that is asked of it at one turn of the event loop together, and the same only once."""

    def __init__(
        self,
        load: Callable[[list[K]], Awaitable[Sequence[V]]],
        most: int,
        name: Callable[[K], Hashable] | None = None,
    ) -> None:
        """`load` answers at most so many at a time, in their order; `name` tells apart what it is asked about."""
        self._load = load
        self._most = most
        self._name = name
        self._known: dict[Hashable, asyncio.Future[V]] = {}
        self._asked: list[tuple[K, asyncio.Future[V]]] = []
        self._reading: set[asyncio.Task[None]] = set()

    def load(self, key: K) -> Later[V]:
        """The answer about one thing."""
        named = key if self._name is None else self._name(key)
        found = self._known.get(named)
        if found is None:
            loop = asyncio.get_running_loop()
            found = self._known[named] = loop.create_future()
            self._asked.append((key, found))
            if len(self._asked) == 1:
                loop.call_soon(self._begin)
        return Later(found, _as_it_is)

    def close(self) -> None:
        """Nothing, once nothing more is read."""
        for task in self._reading:
            task.cancel()
        for found in self._known.values():
            found.cancel()

    def _begin(self) -> None:
        asked, self._asked = self._asked, []
        for start in range(0, len(asked), self._most):
            task = asyncio.create_task(self._answer(asked[start : start + self._most]))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _answer(self, asked: list[tuple[K, asyncio.Future[V]]]) -> None:
        waiting = [(key, found) for key, found in asked if not found.done()]
        if not waiting:
            return
        try:
            answers = await self._load([key for key, _ in waiting])
        except Exception as error:  # noqa: BLE001 (whoever asked is told)
            for _, found in waiting:
                if not found.done():
                    found.set_exception(error)
                    found.exception()  # taken, as perhaps nobody waits any more
            return
        for (_, found), answer in zip(waiting, answers, strict=True):
            if not found.done():
                found.set_result(answer)
