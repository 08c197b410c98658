"""The audit of a server: answers under a purpose wait for their entry, the others are entered right behind them.

One task writes, many entries a transaction. What waits to be written is bounded: while the store takes no entries and
the bound is reached, answers that show people are refused, so that nobody is shown what nobody will know of. A server
that is killed loses the entries of its last second; a graceful stop writes what waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

from service.auth import SECRET_LEVEL, Viewer
from service.errors import Code, ServiceError
from service.graph import audit
from service.graph.audit import Shown
from service.graph.store import Graph

LOG = logging.getLogger(__name__)
PAUSE = 0.5  # seconds for which entries are gathered; with the writing of them less than one
MOST = 200_000  # ids that wait at most, some 20 MB
TOGETHER = 20_000  # ids in a transaction: a message of about a megabyte
UNWRITTEN = "what would be shown cannot be entered into the audit now, so nothing is shown; try again in a moment"


@dataclass(slots=True)
class Waiting:
    """An entry to be written; whoever waits for it is told."""

    shown: Shown
    told: asyncio.Future[None] | None

    @property
    def size(self) -> int:
        return len(self.shown.people) + 1


def shown(viewer: Viewer, at: str, operation: str | None, fields: Collection[str], people: Collection[str]) -> Shown:
    """An answer to a viewer as the audit keeps it."""
    return Shown(
        viewer.principal, viewer.token, at, operation, tuple(fields), viewer.purpose, tuple(sorted(set(people)))
    )


def first(viewer: Viewer) -> bool:
    """Whether an answer to a viewer waits for its entry: it may hold what is only told for a purpose."""
    return viewer.purpose is not None and SECRET_LEVEL in viewer.visibilities


@dataclass(slots=True)
class Auditor:
    """Enters answers into the audit of a store, between `begin` and `close`."""

    graph: Graph
    pause: float = PAUSE
    most: int = MOST
    _waiting: deque[Waiting] = field(default_factory=deque[Waiting])
    _size: int = 0
    _called: asyncio.Event = field(default_factory=asyncio.Event)  # somebody waits, or the end has come
    _some: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _ending: bool = False

    def begin(self) -> None:
        """Write from now on what is entered."""
        self._task = asyncio.create_task(self._write())

    async def enter(self, shown: Shown, *, before: bool) -> None:
        """Nothing, once an answer may be sent; with `before` its entry is committed then. UNAVAILABLE where not."""
        if not shown.people:
            return
        one = Waiting(shown, asyncio.get_running_loop().create_future() if before else None)
        if self._ending or self._task is None or self._task.done() or self._size + one.size > self.most:
            raise ServiceError(Code.UNAVAILABLE, UNWRITTEN)
        self._waiting.append(one)
        self._size += one.size
        self._some.set()
        if one.told is not None:
            self._called.set()
            await one.told

    async def close(self) -> None:
        """Nothing, once all that waits is written, or the store would not take it."""
        self._ending = True
        self._some.set()
        self._called.set()
        if self._task is not None:
            await self._task
        if self._waiting:
            LOG.error("%d entries of the audit were not written", len(self._waiting))

    async def _write(self) -> None:
        while await self._due():
            together = self._taken()
            if await self._appended(together):
                for one in together:
                    if one.told is not None and not one.told.done():
                        one.told.set_result(None)
                continue
            self._back(together)
            if self._ending:
                return
            await self._pause(self.pause)

    async def _appended(self, together: list[Waiting]) -> bool:
        try:
            await audit.append(self.graph, [one.shown for one in together])
        except ServiceError as error:
            LOG.warning("%d entries of the audit were not written (%s)", len(together), error.code)
            return False
        except Exception:  # this task has to go on: without it nobody is shown anything
            LOG.exception("%d entries of the audit were not written", len(together))
            return False
        return True

    async def _due(self) -> bool:
        """Whether there is something to write, once it is time to; False when all is done."""
        if not self._waiting and not self._ending:
            self._some.clear()
            await self._some.wait()
        if self._waiting and not self._ending:
            await self._pause(self.pause)
        self._called.clear()
        return bool(self._waiting)

    async def _pause(self, seconds: float) -> None:
        """Gather entries for a while; less where an answer waits for one or the server stops."""
        try:
            async with asyncio.timeout(seconds):
                await self._called.wait()
        except TimeoutError:
            return

    def _taken(self) -> list[Waiting]:
        """The entries that are written next: those that waited longest, and as many as fit."""
        together: list[Waiting] = []
        size = 0
        while self._waiting and (not together or size + self._waiting[0].size <= TOGETHER):
            size += self._waiting[0].size
            together.append(self._waiting.popleft())
        self._size -= size
        # What does not fit goes next, and nobody who waits behind it is made to pause.
        if any(one.told is not None for one in self._waiting):
            self._called.set()
        return together

    def _back(self, together: list[Waiting]) -> None:
        """Keep what could not be written, but for that of answers which are refused now."""
        for one in reversed(together):
            if one.told is None:
                self._waiting.appendleft(one)
                self._size += one.size
            elif not one.told.done():
                one.told.set_exception(ServiceError(Code.UNAVAILABLE, UNWRITTEN))
