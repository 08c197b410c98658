"""The graph as the program sees it: questions under a scope, and writes that each make one revision."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import cypher
from network.dates import micros, moment
from service.engines.protocol import Engine, Transaction
from service.errors import Code, ServiceError
from service.graph.listening import Listener, heard, unheard

T = TypeVar("T")
Row = TypeVar("Row")
LOG = logging.getLogger(__name__)
# One writes, the next has begun and waits in the store, whose lock is not given in turn: of many that wait there, some
# are passed over until their time is up.
WRITERS = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """The visibility classes a viewer may see; none sees nothing. `revision`: the store's when that was read."""

    vis: tuple[int, ...] = ()
    revision: int | None = None


class Reader(Protocol):
    """Whatever answers questions: the graph, or a transaction under way."""

    async def read(self, query: cypher.Query[Row], scope: Scope, **parameters: object) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class Advance:
    """A revision that was just begun."""

    number: int
    last: int
    micros: int


@dataclass(frozen=True, slots=True)
class Position:
    """How far the store has come."""

    number: int
    micros: int


ADVANCE = cypher.query("revision/advance", Advance)
CURRENT = cypher.query("revision/current", Position)


@dataclass(frozen=True, slots=True)
class Write:
    """One transaction that writes: its revision, and the moment at which all it says is recorded."""

    revision: int
    recorded_at: str
    transaction: Transaction
    listener: Listener = field(default=unheard, repr=False)

    async def run(self, query: cypher.Query[Row], **parameters: object) -> list[Row]:
        """The rows of a statement of this transaction."""
        cypher.parameters(query, parameters)
        with heard(self.listener, query.name):
            return query.rows(await self.transaction.run(query.text, parameters))

    async def read(self, query: cypher.Query[Row], scope: Scope, **parameters: object) -> list[Row]:
        """The rows of a question as this transaction sees the graph, as far as the scope may see them."""
        return await self.run(query, **_scoped(query, scope, parameters))


@dataclass(frozen=True, slots=True)
class Graph:
    """A store behind its engine; the clock gives the present moment as ISO text in UTC, the secret seals cursors."""

    engine: Engine
    clock: Callable[[], str]
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    listener: Listener = field(default=unheard, repr=False)  # told of every statement
    writers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WRITERS), repr=False, compare=False)

    async def read(self, query: cypher.Query[Row], scope: Scope, **parameters: object) -> list[Row]:
        """The rows of a question, as far as the scope may see them."""
        given = _scoped(query, scope, parameters)
        cypher.parameters(query, given)
        with heard(self.listener, query.name):
            return query.rows(await self.engine.read(query.text, given))

    async def write(self, work: Callable[[Write], Awaitable[T]], *, recorded_at: str | None = None) -> T:
        """What the work returns, once all of it is committed as one revision; work may run again after a conflict.

        The log tells on which side of a commit a program ended: whatever follows the last `begun` was inside.
        """
        begun = 0

        async def unit(transaction: Transaction) -> T:
            nonlocal begun
            write = await self._begin(transaction, recorded_at)
            begun = write.revision
            LOG.debug("revision %d begun", begun)
            return await work(write)

        async with self.writers:
            answer = await self.engine.write(unit)
        LOG.debug("revision %d committed", begun)
        return answer

    async def position(self) -> Position:
        """How far the store has come; revision 0 before the first write."""
        with heard(self.listener, CURRENT.name):
            rows = CURRENT.rows(await self.engine.read(CURRENT.text, {}))
        return rows[0] if rows else Position(0, 0)

    async def admit(self, recorded_at: str) -> str:
        """A moment as the store writes it; BAD_USER_INPUT where nothing can be recorded at it: too early or to come."""
        at = self._come(recorded_at)
        _refuse_early(recorded_at, at, (await self.position()).micros)
        return moment(at)

    async def _begin(self, transaction: Transaction, recorded_at: str | None) -> Write:
        at = micros(self.clock()) if recorded_at is None else self._come(recorded_at)
        parameters = {"token": secrets.token_hex(8), "now": at, "exact": recorded_at is not None}
        begun = ADVANCE.rows(await transaction.run(ADVANCE.text, parameters))[0]
        if recorded_at is not None:
            _refuse_early(recorded_at, at, begun.last)
        return Write(begun.number, moment(begun.micros), transaction, self.listener)

    def _come(self, recorded_at: str) -> int:
        try:
            at = micros(recorded_at)
        except ValueError as error:
            raise ServiceError(Code.BAD_USER_INPUT, str(error)) from None
        if at > micros(self.clock()):
            raise ServiceError(Code.BAD_USER_INPUT, f"{recorded_at} has not come yet; record at a moment before now")
        return at


def _scoped(query: cypher.Query[Row], scope: Scope, parameters: Mapping[str, object]) -> dict[str, object]:
    return {**parameters, "vis": list(scope.vis)} if "vis" in query.parameters else dict(parameters)


def _refuse_early(recorded_at: str, at: int, last: int) -> None:
    if at < last:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"{recorded_at} lies before the store's last record of {moment(last)}; record at that moment or later",
        )
