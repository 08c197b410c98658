"""What makes an entry happen once: its request is kept in the transaction that writes it, with what it was answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import cypher
from service.engines.faults import Unconfirmed
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.model import digest
from service.graph.record.entries.pen import Pen, spoken
from service.graph.record.entries.reading import foreseen
from service.graph.record.statements import Statements
from service.graph.store import Graph, Question, Scope, Write
from service.graph.visibility import Classes, Saved, VisibilityClass

Work = Callable[[Pen], Awaitable[Sequence[str]]]
ATTEMPTS = 3  # a commit that was not confirmed is looked for, and made good where it did not happen
LONGEST = 200  # characters of a key: an id of any kind, and a short sentence too


@dataclass(frozen=True, slots=True)
class Request:
    """A wish to change the record; `body` is all it says but its key, so that a repetition is told from a mix-up."""

    principal: str
    key: str
    operation: str
    body: Mapping[str, object]

    @property
    def id(self) -> str:
        """One request of one principal, whatever it asks for."""
        return digest("req", self.principal, self.key)

    @property
    def body_hash(self) -> str:
        """The same for the same wish, in whatever order its fields came."""
        return digest("bdy", self.operation, self.body)

    @property
    def source(self) -> str:
        """The id of the source of what the principal says."""
        return digest("src", spoken(self.principal))


@dataclass(frozen=True, slots=True)
class Stored:
    """A request that was answered; the answer is ids, for what they mean is read anew under the rights of the day."""

    id: str
    operation: str
    body_hash: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry came to, and the classes there were by then; a repetition wrote nothing and knows of none."""

    answer: tuple[str, ...]
    repeated: bool
    classes: tuple[VisibilityClass, ...] = ()


class _Answered(Exception):
    """Another process was first with the very request; the transaction is given up."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(stored.id)
        self.stored = stored


BY_ID = cypher.query("request/by_id", Stored)
CREATE = cypher.query("request/create", Saved)


@dataclass(frozen=True, slots=True)
class Wish:
    """A request with the work that fulfils it, and what can be read before it begins."""

    request: Request
    work: Work
    met: Sequence[str]  # agents it is about, as far as one can tell
    classes: Classes  # as they were shortly before

    def ahead(self) -> list[Question]:
        """What its transaction asks with the revision."""
        scope = self.classes.everything()
        about = foreseen(self.met, self.request.source, scope.vis)
        return [Question(BY_ID, {"id": self.request.id}), Question(visibility.ALL, {}), *about]

    async def fulfilled(self, write: Write) -> Entered:
        """What came of it, written with the request; the revision's lock is held, so nobody else comes between."""
        found = await write.run(BY_ID, id=self.request.id)
        if found:
            raise _Answered(found[0])
        rows = await write.run(visibility.ALL)
        classes = Classes(rows)
        pen = Pen(write, (self.request.principal, self.request.key), classes)
        if classes.everything() == self.classes.everything():
            await pen.reading.foresee(self.met, self.request.source)
        answer = tuple(await self.work(pen))
        added = tuple(classes.added)
        await visibility.save(write, added)
        await self._note(write, answer)
        return Entered(answer, repeated=False, classes=(*rows, *added))

    async def _note(self, write: Write, answer: Sequence[str]) -> None:
        properties: dict[str, object] = {
            "id": self.request.id,
            "principal": self.request.principal,
            "operation": self.request.operation,
            "bodyHash": self.request.body_hash,
            "answer": list(answer),
            "recordedAt": write.recorded_at,
            "revision": write.revision,
        }
        await Statements(write).save(CREATE, [{"properties": properties}], "new Request")


async def entered(
    graph: Graph, request: Request, prepare: Callable[[], Coroutine[Any, Any, Work]], met: Iterable[str] = ()
) -> Entered:
    """What the work answers, once all it wrote is committed with its request; CONFLICT where the key means another.

    `prepare` refuses what is wrong and gives the work; a repetition is answered before it. The work may run several
    times, of which at most one is kept: it reads through its pen and changes nothing else. `met` are the agents it is
    about, as soon as it is prepared.
    """
    _refuse_key(request.key)
    async with _begun(prepare()) as preparing:
        found, rows = await asyncio.gather(
            graph.read(BY_ID, Scope(), id=request.id), graph.read(visibility.ALL, Scope())
        )
        if found:
            return _again(request, found[0])
        work = await preparing
    wish = Wish(request, work, sorted(set(met)), Classes(rows))
    for attempt in range(ATTEMPTS):
        try:
            return await graph.write(wish.fulfilled, ahead=wish.ahead())
        except _Answered as first:
            return _again(request, first.stored)
        except Unconfirmed:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError  # the last attempt answers or raises


@asynccontextmanager
async def _begun(coroutine: Coroutine[Any, Any, Work]) -> AsyncGenerator[asyncio.Task[Work]]:
    """The task of what is begun while something else is read, ended with the block."""
    task = asyncio.create_task(coroutine)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _again(request: Request, stored: Stored) -> Entered:
    if (stored.operation, stored.body_hash) != (request.operation, request.body_hash):
        raise ServiceError(
            Code.CONFLICT,
            "this idempotency key was used for something else; take a new one",
            field="idempotencyKey",
        )
    return Entered(stored.answer, repeated=True)


def _refuse_key(key: str) -> None:
    if not key.strip() or len(key) > LONGEST:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"an idempotency key has 1 to {LONGEST} characters; send a new one with each entry",
            field="idempotencyKey",
        )
