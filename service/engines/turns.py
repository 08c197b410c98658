"""What one request reads at one turn of the event loop, asked together.

A statement costs the driver and the wire as much as it costs the store, so that four small ones take nearly four times
as long as one that answers all four. Planning such a statement takes longer than asking it, so they are joined once
the same ones were wanted together before and the store has planned that beside an answer nobody had to wait longer for.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Generator, Hashable, Mapping, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from cypher import joining
from service.engines.branches import Branch, Branches, Found, branches
from service.engines.faults import Overdue
from service.engines.protocol import Record
from service.errors import ServiceError

Read: TypeAlias = Callable[[str, Mapping[str, object]], Awaitable[list[Record]]]
QUIET = 2  # turns at which nothing more was asked: what a list asks for its children comes a turn or two later
REST = 100  # times they are wanted until what took too long to plan is tried again; four times as many each time
OFTEN = 3  # times the same texts were wanted together before they are joined
KEPT = 128  # of such
MOST = 8  # texts in one statement
FEW = 25  # things a statement may be asked about to be joined: about more, the store does better on two processors
LONG = 10_000  # characters of them beside comments, which are planned in about a second


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A statement and whoever waits for its records."""

    text: str
    parameters: Mapping[str, object]
    found: asyncio.Future[list[Record]]
    branches: Branches = ()

    @property
    def small(self) -> bool:
        """Whether an exchange of its own would cost more than the store needs for it."""
        ids = self.parameters.get("ids")
        return not isinstance(ids, Sized) or len(ids) <= FEW


@dataclass(frozen=True, slots=True)
class Together:
    """Statements, those about what others find behind all others."""

    parts: Sequence[Asked | Branch]
    links: Mapping[int, joining.Link]

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> Together:
        """Statements with all that is asked about what they find."""
        parts: list[Asked | Branch] = [*asked]
        links = dict[int, joining.Link]()
        for place, one in enumerate(parts):  # which grows
            for branch in one.branches:
                links[len(parts)] = branch.link(place)
                parts.append(branch)
        return cls(parts, links)

    @property
    def texts(self) -> tuple[str, ...]:
        """What they say, in their order."""
        return tuple(one.text for one in self.parts)

    @property
    def given(self) -> dict[str, object]:
        """The parameters of all of them as one."""
        return joining.given([one.parameters for one in self.parts])

    def tell(self, record: Record) -> None:
        """Nothing, once whoever waits for any of them knows what was found."""
        for place, (one, found) in enumerate(zip(self.parts, joining.answers(record), strict=True)):
            if isinstance(one, Asked):
                _tell(one, found)  # who waits comes a turn later, when what follows has been told too
            else:
                one.found = Found(joining.told(record, place), found)


@dataclass(slots=True, eq=False)
class Joint:
    """Statements as one, how often that was wanted, and whether the store has planned it; None: nobody tried."""

    text: str
    wanted: int = 0
    planned: bool | None = None
    rest: int = REST


class Joints:
    """The statements that may be worth joining, by their texts; what was wanted longest ago is forgotten first."""

    def __init__(self, often: int = OFTEN) -> None:
        """None yet."""
        self._often = often
        self._known: OrderedDict[Hashable, Joint] = OrderedDict()

    def joint(self, texts: tuple[str, ...], links: Mapping[int, joining.Link] | None = None) -> Joint | None:
        """What these are together; None where they are too long to be planned in passing, or seldom wanted so."""
        if len(texts) == 1 or sum(map(_length, texts)) > LONG:
            return None
        key = (texts, *(links or {}).items())
        found = self._known.pop(key, None) or Joint(joining.joined(texts, links))
        self._known[key] = found
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

    def open(self) -> bool:
        """Whether more may come, as something did not long ago."""
        before, self.seen = self.seen, len(self.asked)
        self.quiet = 0 if self.seen > before else self.quiet + 1
        return self.quiet <= QUIET


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
        asked = Asked(text, parameters, asyncio.get_running_loop().create_future(), branches())
        batch = turn.get(self)
        if batch is not None:
            batch.asked.append(asked)
            return await asked.found
        turn[self] = batch = Batch([asked])
        return await self._first(turn, batch, asked)

    async def _first(self, turn: Turn, batch: Batch, asked: Asked) -> list[Record]:
        """The records of the first statement of a turn, whose asker waits for others and needs no task without them."""
        try:
            await asyncio.sleep(0)
            while batch.open():  # noqa: ASYNC110 (turns are what is waited for)
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            asked.found.cancel()
            self._look(turn, batch)
            raise
        del turn[self]
        if len(batch.asked) == 1 and not asked.branches:
            return await self.alone(asked.text, asked.parameters)
        self._ask(batch)
        return await asked.found

    def _look(self, turn: Turn, batch: Batch) -> None:
        """Nothing, once all is sent for which nothing was left to wait."""
        if batch.open():
            asyncio.get_running_loop().call_soon(self._look, turn, batch)
            return
        del turn[self]
        self._ask(batch)

    def _ask(self, batch: Batch) -> None:
        wanted = sorted((one for one in batch.asked if not one.found.done()), key=lambda one: one.text)
        small = [one for one in wanted if one.small]
        for start in range(0, len(small), MOST):
            self._send(small[start : start + MOST])
        for one in wanted:
            if not one.small:
                self._send([one])

    def _send(self, asked: Sequence[Asked]) -> None:
        wanted = Together.of(asked)
        joint = self.joints.joint(wanted.texts, wanted.links)
        if joint is not None and joint.planned:
            self._begin(self._joined(joint, asked, wanted), asked)
            return
        for one in asked:
            self._begin(self._alone(one), [one])
        if joint is not None and joint.planned is None:
            joint.planned = False
            self._begin(self._planned(joint, wanted), [])

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

    async def _planned(self, joint: Joint, wanted: Together) -> None:
        try:
            await self.alone(joint.text, wanted.given)
        except Overdue:  # as it is where a store has just begun, which keeps the plan all the same
            joint.planned, joint.wanted, joint.rest = None, -joint.rest, 4 * joint.rest
        except ServiceError:
            return  # then they go by themselves from now on
        else:
            joint.planned = True

    async def _joined(self, joint: Joint, asked: Sequence[Asked], wanted: Together) -> None:
        try:
            (record,) = await self.alone(joint.text, wanted.given)
        except asyncio.CancelledError:
            for one in asked:
                one.found.cancel()
            raise
        except Exception as error:  # noqa: BLE001 (whoever asked is told)
            if isinstance(error, Overdue):
                joint.planned = False
                if not wanted.links:  # else what was not wanted yet may have taken the time
                    for one in asked:
                        _tell(one, error)
                    return
            # Each says by itself what is wrong with it, and nothing where it was another.
            await asyncio.gather(*(self._alone(one) for one in asked))
        else:
            wanted.tell(record)


@lru_cache(maxsize=KEPT)
def _length(text: str) -> int:
    """How long a text is without what it says to people."""
    return len(joining.bare(text))


def _tell(asked: Asked, found: list[Record] | Exception) -> None:
    """Nothing, once whoever still waits knows what was found."""
    if asked.found.done():
        return
    if isinstance(found, Exception):
        asked.found.set_exception(found)
    else:
        asked.found.set_result(found)
