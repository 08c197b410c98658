"""What is there once something has been read, and lists that are read together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import CoroutineType
from typing import Any, Generic, TypeGuard, TypeVar

from service.graph.questions.onward import Asked, Onward

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class Later(Generic[T]):
    """What is made of something that is being read; of nothing, where all it takes is there already.

    Unlike a coroutine it needs no task of its own, and whoever stops waiting for it leaves the reading to the others.
    """

    reading: tuple[asyncio.Future[Any], ...]
    value: Callable[[], T]  # what it is, once all has been read

    def then(self, make: Callable[[T], V]) -> Later[V]:
        """What is made of it further."""
        before = self.value
        return Later(self.reading, lambda: make(before()))

    def __await__(self) -> Generator[Any, None, T]:
        """Wait for what is read."""
        for one in self.reading:
            yield from asyncio.shield(one).__await__()
        return self.value()


def at_once(value: T) -> Later[T]:
    """What need not be waited for."""
    return Later((), lambda: value)


# What nearly every field is worth.
_PLAIN = frozenset({str, int, float, bool, list, tuple, type(None)})


def awaitable(value: object) -> TypeGuard[Awaitable[object]]:
    """Whether a field's value has to be waited for: asked several times a field, so the common cases come first."""
    kind = type(value)
    return kind is CoroutineType or (kind not in _PLAIN and hasattr(kind, "__await__"))


@dataclass(slots=True, eq=False)
class _Batch(Generic[K, V]):
    """What is read by one call, and its answers by the names of what they are about."""

    answers: asyncio.Future[Mapping[Hashable, V]]
    asked: dict[Hashable, K] = field(default_factory=dict[Hashable, K])


class Loader(Generic[K, V]):
    """Answers all that is asked of it at one turn of the event loop together, and the same only once."""

    def __init__(
        self,
        load: Callable[[list[K]], Awaitable[Sequence[V]]],
        most: int,
        name: Callable[[K], Hashable] | None = None,
        asked: Callable[[], Asked] | None = None,
    ) -> None:
        """`load` answers at most so many at a time, in their order; `name` tells apart what it is asked about.

        `asked` is how it is asked, where that may be done ahead of what it is about.
        """
        self._load = load
        self._most = most
        self._name = name
        self._asked_ahead = asked
        self._beyond: dict[Hashable, Callable[[], Onward]] = {}
        self._known: dict[Hashable, asyncio.Future[Mapping[Hashable, V]]] = {}
        self._asked: list[_Batch[K, V]] = []
        self._reading: set[asyncio.Task[None]] = set()

    def load(self, key: K) -> Later[V]:
        """The answer about one thing."""
        named = key if self._name is None else self._name(key)
        answers = self._answers(named, key)
        return Later((answers,), lambda: answers.result()[named])

    def each(self, keys: Sequence[K]) -> Later[list[V]]:
        """The answers about several things, in their order."""
        named = keys if self._name is None else [self._name(key) for key in keys]
        answers = [self._answers(one, key) for one, key in zip(named, keys, strict=True)]

        def found() -> list[V]:
            return [read.result()[one] for one, read in zip(named, answers, strict=True)]

        return Later(tuple(dict.fromkeys(answers)), found)

    def follow(self, key: Hashable, beyond: Callable[[], Onward]) -> None:
        """Nothing, once it is known what will be asked of what is found; the same key says the same."""
        self._beyond.setdefault(key, beyond)

    @property
    def onward(self) -> tuple[Onward, ...]:
        """What will be asked of what is found; what cannot be asked says so when it is."""
        found: list[Onward] = []
        for beyond in self._beyond.values():
            with suppress(Exception):
                found.append(beyond())
        return tuple(found)

    def under(self: Loader[str, Any], field: str, kind: str) -> Onward:
        """What it is for a list that has things of a kind under a field."""
        asked = None if self._asked_ahead is None else self._asked_ahead()
        return Onward(field, kind, self.each, self._told, asked)

    def _told(self, found: Mapping[str, V]) -> None:
        answers: asyncio.Future[Mapping[Hashable, V]] = asyncio.get_running_loop().create_future()
        answers.set_result(dict[Hashable, V](found.items()))
        for named in found:
            self._known.setdefault(named, answers)

    def close(self) -> None:
        """Nothing, once nothing more is read."""
        for task in self._reading:
            task.cancel()
        for answers in dict.fromkeys(self._known.values()):
            answers.cancel()
        # What it asks ahead knows it, in a circle: without this all that was read would wait for the collector.
        self._known, self._beyond, self._asked_ahead = {}, {}, None

    def _answers(self, named: Hashable, key: K) -> asyncio.Future[Mapping[Hashable, V]]:
        """Where the answer about a thing will be among those that are read with it."""
        found = self._known.get(named)
        if found is None:
            batch = self._asked[-1] if self._asked else None
            if batch is None or len(batch.asked) == self._most:
                batch = self._another()
            batch.asked[named] = key
            found = self._known[named] = batch.answers
        return found

    def _another(self) -> _Batch[K, V]:
        loop = asyncio.get_running_loop()
        if not self._asked:
            loop.call_soon(self._begin)
        self._asked.append(_Batch(loop.create_future()))
        return self._asked[-1]

    def _begin(self) -> None:
        asked, self._asked = self._asked, []
        for batch in asked:
            task = asyncio.create_task(self._answer(batch))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _answer(self, batch: _Batch[K, V]) -> None:
        if batch.answers.done():
            return
        try:
            found = await self._load([*batch.asked.values()])
            answers = dict(zip(batch.asked, found, strict=True))
        except Exception as error:  # noqa: BLE001 (whoever asked is told)
            if not batch.answers.done():
                batch.answers.set_exception(error)
                batch.answers.exception()  # taken, as perhaps nobody waits any more
            return
        if not batch.answers.done():
            batch.answers.set_result(answers)


@dataclass(frozen=True, slots=True, eq=False)
class Together(Generic[T]):
    """What is asked alike of things of one kind, read for all of them together; `make` is told the id of each."""

    loader: Loader[str, Any]
    make: Callable[[str, Any], T]

    def of(self, id: str) -> Later[T]:
        """What it is of one of them."""
        make = self.make
        return self.loader.load(id).then(lambda found: make(id, found))

    def each(self, ids: Sequence[str]) -> Later[list[T]]:
        """What it is of each of them, in their order."""
        make = self.make
        return self.loader.each(ids).then(lambda found: list(map(make, ids, found)))
