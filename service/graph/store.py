"""The graph as the program sees it: questions under a scope, and writes that each make one revision."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import cypher
from cypher.joining import IDS
from network.dates import micros, moment
from service.engines.branches import Branch, Branches
from service.engines.protocol import Engine, Record, Transaction
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
class Question:
    """A statement with its parameters, and who is told what it answered."""

    query: cypher.Query[Any]
    parameters: Mapping[str, object]
    told: Callable[[list[Record]], None] = field(default=lambda _: None, repr=False)


@dataclass(frozen=True, slots=True)
class Write:
    """One transaction that writes: its revision, and the moment at which all it says is recorded.

    Each exchange with the store is one for which all other writers wait, so what changes is sent with the next
    statement that is waited for, and what stands is read once as long as nothing changes.
    """

    revision: int
    recorded_at: str
    transaction: Transaction
    listener: Listener = field(default=unheard, repr=False)
    ahead: list[tuple[Question, list[Record]]] = field(default_factory=list[tuple[Question, list[Record]]], repr=False)
    kept: dict[str, dict[str, list[object]]] = field(default_factory=dict[str, dict[str, list[object]]], repr=False)
    late: list[Question] = field(default_factory=list[Question], repr=False)

    async def run(self, query: cypher.Query[Row], **parameters: object) -> list[Row]:
        """The rows of a statement of this transaction."""
        cypher.parameters(query, parameters)
        for question, records in self.ahead:
            if question.query is query and question.parameters == parameters:
                return query.rows(records)
        if query.writes:
            self._forget()
        return query.rows(await self._sent(Question(query, parameters)))

    def later(self, query: cypher.Query[Row], told: Callable[[list[Row]], None], **parameters: object) -> None:
        """Nothing; the statement is carried out before the next one and before the commit, and its rows told then."""
        cypher.parameters(query, parameters)
        self._forget()
        self.late.append(Question(query, parameters, lambda records: told(query.rows(records))))

    async def settle(self) -> None:
        """Nothing, once all that was put off is done."""
        if self.late:
            await self._sent(self.late.pop())

    async def _sent(self, last: Question) -> list[Record]:
        asked = [*self.late, last]
        self.late.clear()
        with ExitStack() as stack:
            for one in asked:
                stack.enter_context(heard(self.listener, one.query.name))
            answers = await self.transaction.together([(one.query.text, one.parameters) for one in asked])
        for one, records in zip(asked, answers, strict=True):
            one.told(records)
        return answers[-1]

    def _forget(self) -> None:
        """Nothing, once what was read before a change is known no more."""
        self.ahead.clear()
        self.kept.clear()

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

    def branch(
        self, query: cypher.Query[Any], scope: Scope, column: int, branches: Branches, **parameters: object
    ) -> Branch:
        """A question about what the next one finds in a column of its rows, as far as the scope may see it."""
        given = _scoped(query, scope, parameters)
        cypher.parameters(query, {**given, IDS: []})
        return Branch(query.text, given, column, branches)

    async def write(
        self,
        work: Callable[[Write], Awaitable[T]],
        *,
        recorded_at: str | None = None,
        ahead: Sequence[Question] = (),
    ) -> T:
        """What the work returns, once all of it is committed as one revision; work may run again after a conflict.

        What it will ask first may be asked `ahead`, with the revision: then it need not wait for that.
        The log tells on which side of a commit a program ended: whatever follows the last `begun` was inside.
        """
        begun = 0

        async def unit(transaction: Transaction) -> T:
            nonlocal begun
            write = await self._begin(transaction, recorded_at, ahead)
            begun = write.revision
            LOG.debug("revision %d begun", begun)
            answer = await work(write)
            await write.settle()
            return answer

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

    async def _begin(self, transaction: Transaction, recorded_at: str | None, ahead: Sequence[Question]) -> Write:
        at = micros(self.clock()) if recorded_at is None else self._come(recorded_at)
        parameters = {"token": secrets.token_hex(8), "now": at, "exact": recorded_at is not None}
        asked = [(ADVANCE.text, parameters), *((one.query.text, one.parameters) for one in ahead)]
        with ExitStack() as stack:
            for one in ahead:
                stack.enter_context(heard(self.listener, one.query.name))
            first, *others = await transaction.together(asked)
        begun = ADVANCE.rows(first)[0]
        if recorded_at is not None:
            _refuse_early(recorded_at, at, begun.last)
        known = list(zip(ahead, others, strict=True))
        return Write(begun.number, moment(begun.micros), transaction, self.listener, known)

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
