"""An end to work that nobody waits for any more: no server cancels it when a client goes."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.traffic.reasons import Listener, Reason, unheard
from service.traffic.stops import Stop

HELD = 64 * 1024  # bytes of a body; what is longer is refused further in
SOON = 0.02  # seconds for which nobody looks whether a client has gone: most are answered by then


class CancelOnDisconnect:
    """Around an application, which gets each request once its body is there, and is cancelled when its client goes.

    What commits is not: the engine finishes that, whoever asked for it.
    """

    def __init__(self, app: ASGIApp, unanswered: Listener = unheard) -> None:
        """`unanswered` is told of each client that left before its answer."""
        self.app = app
        self.unanswered = unanswered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            self.unanswered(Reason.LEFT)
        elif body["more_body"]:  # too long, which whoever reads it will say
            await self.app(scope, _first(body, receive), send)
        else:
            await self._watched(body, scope, receive, send)

    async def _watched(self, body: Message, scope: Scope, receive: Receive, send: Send) -> None:
        stop = Stop()
        watch = Watch(receive, stop)
        try:
            left = await stop.stopped(self.app(scope, _first(body, watch.left), watch.noted(send)))
        finally:
            watch.end()
        if left:
            self.unanswered(Reason.LEFT)


class Watch:
    """A look at whether the client of a request has gone, from a moment after its beginning until its answer."""

    __slots__ = ("_answered", "_looking", "_receive", "_stop", "_timer")

    def __init__(self, receive: Receive, stop: Stop) -> None:
        """Look later; `stop` what is done where the client has gone."""
        self._receive = receive
        self._stop = stop
        self._answered = False
        self._looking: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(SOON, self._look)

    def _look(self) -> asyncio.Task[None]:
        if self._looking is None:
            self._looking = asyncio.create_task(_departure(self._receive))
            self._looking.add_done_callback(self._departed)
        return self._looking

    def _departed(self, _: asyncio.Future[None]) -> None:
        # To whom all has been said may go; and whoever is told no is not interrupted on the way.
        if not (self._answered or self._stop.due):
            self._stop()

    async def left(self) -> Message:
        """That the client has gone, once it has."""
        await asyncio.shield(self._look())
        return {"type": "http.disconnect"}

    def noted(self, send: Send) -> Send:
        """The same, noted when the answer is complete."""

        async def sent(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                self._answered = True

        return sent

    def end(self) -> None:
        """Nothing, once nobody looks any more."""
        self._timer.cancel()
        if self._looking is not None:
            self._looking.remove_done_callback(self._departed)
            self._looking.cancel()


async def _body(receive: Receive) -> Message | None:
    """The body as one message, which says whether there is more than a request may have; None: its client has gone."""
    body, more = bytearray(), True
    while more and len(body) <= HELD:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return {"type": "http.request", "body": bytes(body), "more_body": more}


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _first(body: Message, receive: Receive) -> Receive:
    """The body, then whatever comes."""
    waiting = [body]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received
