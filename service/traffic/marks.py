"""What every answer says beside its own words: by which id its request is known, and that it is what it says it is."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.traffic.accounts import HEADER, account

ITSELF = (b"x-content-type-options", b"nosniff")


class Marks:
    """Around an application: each answer carries its request's id, and browsers take it for nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        """Around an application, inside what gives each request its account."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = account()
                marks = [ITSELF] if own is None else [ITSELF, (HEADER, own.id.encode())]
                message["headers"] = [*message.get("headers", ()), *marks]
            await send(message)

        await self.app(scope, receive, sent)
