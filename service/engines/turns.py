"""What one request reads at one turn of the event loop, asked together.

A statement costs the driver and the wire as much as it costs the store, so that four small ones take nearly four times
as long as one that answers all four. Planning such a statement takes longer than asking it, so they are joined once
the same ones were wanted together before and the store has planned that beside an answer nobody had to wait longer for.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping, Sequence, Sized
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cypher import joining
from service.engines.faults import Overdue
from service.engines.protocol import Record
from service.errors import ServiceError

Read: TypeAlias = Callable[[str, Mapping[str, object]], Awaitable[list[Record]]]
QUIET = 2  # turns at which nothing more was asked: what a list asks for its children comes a turn or two later
OFTEN = 3  # times the same texts were wanted together before they are joined
KEPT = 128  # of such
MOST = 8  # texts in one statement
FEW = 20  # things a statement may be asked about to be joined: about more, the store does better on two processors
LONG = 9_000  # characters of them, which are planned in half a second


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A statement and whoever waits for its records."""

    text: str
    parameters: Mapping[str, object]
    found: asyncio.Future[list[Record]]

    @property
    def small(self) -> bool:
        """Whether an exchange of its own would cost more than the store needs for it."""
        ids = self.parameters.get("ids")
        return not isinstance(ids, Sized) or len(ids) <= FEW


@dataclass(slots=True, eq=False)
class Joint:
    """Statements as one, how often that was wanted, and whether the store has planned it; None: nobody tried."""

    text: str
    wanted: int = 0
    planned: bool | None = None


class Joints:
    """The statements that may be worth joining, by their texts; what was wanted longest ago is forgotten first."""

    def __init__(self, often: int = OFTEN) -> None:
        """None yet."""
        self._often = often
        self._known: OrderedDict[tuple[str, ...], Joint] = OrderedDict()

    def joint(self, texts: tuple[str, ...]) -> Joint | None:
        """What these are together; None where they are too long to be planned in passing, or seldom wanted so."""
        if len(texts) == 1 or sum(map(len, texts)) > LONG:
            return None
        found = self._known.pop(texts, None) or Joint(joining.joined(texts))
        self._known[texts] = found
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        found.wanted += 1
        return found if found.wanted >= self._often else None


@dataclass(slots=True, eq=False)
class Batch:
    """What was asked of one store and is not sent yet, and for how many turns nothing came."""

    asked: list[Asked] = field(default_factory=list[Asked])
    seen: int = 0
    quiet: int = 0

    def grown(self) -> bool:
        """Whether something came since the last look."""
        before, self.seen = self.seen, len(self.asked)
        return self.seen > before


Turn: TypeAlias = "dict[Reader, Batch]"
_TURN: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def together() -> Generator[None]:
    """What is read at one turn within the block, by tasks begun there too, may be asked as one statement."""
    token = _TURN.set({})
    try:
        yield
    finally:
        _TURN.reset(token)


@dataclass(slots=True, eq=False)
class Reader:
    """Reads of one store: by themselves, or with the others of their request."""

    alone: Read
    joints: Joints = field(default_factory=Joints)
    under_way: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        """The records of a statement."""
        turn = _TURN.get()
        if turn is None:
            return await self.alone(text, parameters)
        asked = Asked(text, parameters, asyncio.get_running_loop().create_future())
        batch = turn.get(self)
        if batch is None:
            batch = turn[self] = Batch()
            self._look(turn, batch)
        batch.asked.append(asked)
        return await asked.found

    def _look(self, turn: Turn, batch: Batch) -> None:
        """Nothing, once all is sent for which nothing was left to wait."""
        batch.quiet = 0 if batch.grown() else batch.quiet + 1
        if batch.quiet <= QUIET:
            asyncio.get_running_loop().call_soon(self._look, turn, batch)
            return
        del turn[self]
        wanted = sorted((one for one in batch.asked if not one.found.done()), key=lambda one: one.text)
        small = [one for one in wanted if one.small]
        for start in range(0, len(small), MOST):
            self._send(small[start : start + MOST])
        for one in wanted:
            if not one.small:
                self._begin(self._alone(one), [one])

    def _send(self, asked: Sequence[Asked]) -> None:
        joint = self.joints.joint(tuple(one.text for one in asked))
        if joint is not None and joint.planned:
            self._begin(self._joined(joint, asked), asked)
            return
        for one in asked:
            self._begin(self._alone(one), [one])
        if joint is not None and joint.planned is None:
            joint.planned = False
            self._begin(self._planned(joint, asked), [])

    def _begin(self, reading: Coroutine[Any, Any, None], asked: Sequence[Asked]) -> None:
        """Nothing, once something is read, for as long as somebody waits for it."""
        task = asyncio.create_task(reading)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

        def left(_: asyncio.Future[list[Record]]) -> None:
            if all(one.found.cancelled() for one in asked):
                task.cancel()

        for one in asked:
            one.found.add_done_callback(left)

    async def _alone(self, asked: Asked) -> None:
        try:
            found = await self.alone(asked.text, asked.parameters)
        except asyncio.CancelledError:
            asked.found.cancel()
            raise
        except Exception as error:  # noqa: BLE001 (whoever asked is told)
            _tell(asked, error)
        else:
            _tell(asked, found)

    async def _planned(self, joint: Joint, asked: Sequence[Asked]) -> None:
        with suppress(ServiceError):  # then they go by themselves from now on
            await self.alone(joint.text, joining.given([one.parameters for one in asked]))
            joint.planned = True

    async def _joined(self, joint: Joint, asked: Sequence[Asked]) -> None:
        try:
            (record,) = await self.alone(joint.text, joining.given([one.parameters for one in asked]))
        except asyncio.CancelledError:
            for one in asked:
                one.found.cancel()
            raise
        except Overdue as error:
            joint.planned = False
            for one in asked:
                _tell(one, error)
        except Exception:  # noqa: BLE001 (whoever asked is told)
            # Each says by itself what is wrong with it, and nothing where it was another.
            await asyncio.gather(*(self._alone(one) for one in asked))
        else:
            for one, found in zip(asked, joining.answers(record), strict=True):
                _tell(one, found)


def _tell(asked: Asked, found: list[Record] | Exception) -> None:
    """Nothing, once whoever still waits knows what was found."""
    if asked.found.done():
        return
    if isinstance(found, Exception):
        asked.found.set_exception(found)
    else:
        asked.found.set_result(found)
