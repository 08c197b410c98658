"""An answer in time to every request: what takes longer is cancelled, and its client told so."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import Code, ServiceError
from service.traffic.reasons import Listener, Reason, unheard
from service.traffic.refusals import refuse
from service.traffic.stops import Stop


@dataclass(slots=True)
class Progress:
    """How far a request has come."""

    received: bool = False
    answering: bool = False


class Deadline:
    """Around an application: a request has so many seconds, the arrival of its body included.

    A commit under way is not cut in two by it: the engine waits for that first, and then the client is told.
    """

    def __init__(self, app: ASGIApp, seconds: float, unanswered: Listener = unheard) -> None:
        """For each request on its own."""
        self.app = app
        self.seconds = seconds
        self.unanswered = unanswered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        progress, stop = Progress(), Stop()
        timer = asyncio.get_running_loop().call_later(self.seconds, stop)
        try:
            overdue = await stop.stopped(self.app(scope, _received(receive, progress), _answering(send, progress)))
        finally:
            timer.cancel()
        if not overdue:
            return
        self.unanswered(Reason.OVERDUE)
        # An answer that has begun ends where it is: the server closes the connection, so it cannot pass for whole.
        if not progress.answering:
            await self._refuse(progress, scope, receive, send)

    async def _refuse(self, progress: Progress, scope: Scope, receive: Receive, send: Send) -> None:
        if progress.received:
            sentence = f"this took longer than {self.seconds:g} seconds; ask for less, and send a write's key again"
            await refuse(ServiceError(Code.TIMEOUT, sentence), scope, receive, send)
        else:
            sentence = f"the request did not arrive within {self.seconds:g} seconds; send it at once"
            error = ServiceError(Code.TIMEOUT, sentence)
            headers = {"Connection": "close"}
            await refuse(error, scope, receive, send, headers, status=HTTPStatus.REQUEST_TIMEOUT)


def _received(receive: Receive, progress: Progress) -> Receive:
    async def received() -> Message:
        message = await receive()
        progress.received |= message["type"] == "http.request" and not message.get("more_body", False)
        return message

    return received


def _answering(send: Send, progress: Progress) -> Send:
    async def sent(message: Message) -> None:
        progress.answering = True
        await send(message)

    return sent
