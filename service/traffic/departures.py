"""An end to work that nobody waits for any more: no server cancels it when a client goes."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.traffic.reasons import Listener, Reason, unheard

HELD = 64 * 1024  # bytes of a body; what is longer is refused further in


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
        answered = asyncio.Event()
        watch: asyncio.Future[None] = asyncio.create_task(_departure(receive))
        work: asyncio.Future[None] = asyncio.ensure_future(
            self.app(scope, _first(body, lambda: _left(watch)), _noted(send, answered))
        )
        try:
            await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
            if answered.is_set():  # to whom all has been said may go
                await asyncio.wait({work})
        finally:
            left = await _ended(work)
            await _ended(watch)
        if left:
            self.unanswered(Reason.LEFT)
        else:
            work.result()


async def _ended(task: asyncio.Future[None]) -> bool:
    """Whether a task had to be cancelled, once it is over."""
    if task.done():
        return False
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # taken: nobody is left to be told
    return True


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


async def _left(watch: asyncio.Future[None]) -> Message:
    await asyncio.shield(watch)
    return {"type": "http.disconnect"}


def _first(body: Message, receive: Receive) -> Receive:
    """The body, then whatever comes."""
    waiting = [body]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received


def _noted(send: Send, answered: asyncio.Event) -> Send:
    async def sent(message: Message) -> None:
        await send(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            answered.set()

    return sent
