"""As many requests at once as the store has connections, a short queue for the next, and a plain no to the rest."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import Code, ServiceError
from service.traffic.reasons import Listener, Reason, unheard
from service.traffic.refusals import refuse

PLACES = 20  # the size of the driver's pool
QUEUE = 2 * PLACES
PATIENCE = 0.9  # seconds in the queue, so that a no is there within one
RETRY_AFTER = "1"


class Admission:
    """Around an application: a request gets a place, waits a moment for one, or is told to come again.

    `unlimited` paths need none: whoever watches over a server has to get through to a busy one.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        places: int = PLACES,
        queue: int = QUEUE,
        patience: float = PATIENCE,
        unlimited: frozenset[str] = frozenset(),
        unanswered: Listener = unheard,
    ) -> None:
        """All places are free."""
        self.app = app
        self.queue = queue
        self.patience = patience
        self.unlimited = unlimited
        self.unanswered = unanswered
        self.waiting = 0
        self._places = asyncio.Semaphore(places)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self.unlimited:
            await self.app(scope, receive, send)
        elif (reason := await self._kept_out()) is None:
            try:
                await self.app(scope, receive, send)
            finally:
                self._places.release()
        else:
            self.unanswered(reason)
            error = ServiceError(Code.UNAVAILABLE, "the server is busy; try again in a second")
            await refuse(error, scope, receive, send, {"Retry-After": RETRY_AFTER})

    async def _kept_out(self) -> Reason | None:
        """Why there is no place; None: one has been taken."""
        if not self._places.locked():
            await self._places.acquire()
            return None
        if self.waiting >= self.queue:
            return Reason.FULL
        self.waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                await self._places.acquire()
        except TimeoutError:
            return Reason.WAITED
        finally:
            self.waiting -= 1
        return None
