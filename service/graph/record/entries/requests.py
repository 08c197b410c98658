"""What makes an entry happen once: its request is kept in the transaction that writes it, with what it was answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import cypher
from service.engines.faults import Unconfirmed
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.model import digest
from service.graph.record.entries.pen import Pen
from service.graph.record.statements import Statements
from service.graph.store import Graph, Scope, Write
from service.graph.visibility import Classes, Saved

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


@dataclass(frozen=True, slots=True)
class Stored:
    """A request that was answered; the answer is ids, for what they mean is read anew under the rights of the day."""

    id: str
    operation: str
    body_hash: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry came to; a repetition wrote nothing."""

    answer: tuple[str, ...]
    repeated: bool


class _Answered(Exception):
    """Another process was first with the very request; the transaction is given up."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(stored.id)
        self.stored = stored


BY_ID = cypher.query("request/by_id", Stored)
CREATE = cypher.query("request/create", Saved)


async def entered(graph: Graph, request: Request, prepare: Callable[[], Awaitable[Work]]) -> Entered:
    """What the work answers, once all it wrote is committed with its request; CONFLICT where the key means another.

    `prepare` refuses what is wrong and gives the work; a repetition is answered before it. The work may run several
    times, of which at most one is kept: it reads through its pen and changes nothing else.
    """
    _refuse_key(request.key)
    found = await graph.read(BY_ID, Scope(), id=request.id)
    if found:
        return _again(request, found[0])
    work = await prepare()
    for attempt in range(ATTEMPTS):
        try:
            return Entered(await graph.write(lambda write: _once(write, request, work)), repeated=False)
        except _Answered as first:
            return _again(request, first.stored)
        except Unconfirmed:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError  # the last attempt answers or raises


async def _once(write: Write, request: Request, work: Work) -> tuple[str, ...]:
    """The answer, written with the request; the revision's lock is held, so nobody else comes between."""
    found = await write.run(BY_ID, id=request.id)
    if found:
        raise _Answered(found[0])
    classes = Classes(await write.run(visibility.ALL))
    answer = tuple(await work(Pen(write, (request.principal, request.key), classes)))
    await visibility.save(write, classes.added)
    properties: dict[str, object] = {
        "id": request.id,
        "principal": request.principal,
        "operation": request.operation,
        "bodyHash": request.body_hash,
        "answer": list(answer),
        "recordedAt": write.recorded_at,
        "revision": write.revision,
    }
    await Statements(write).save(CREATE, [{"properties": properties}], "new Request")
    return answer


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
