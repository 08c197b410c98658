"""What every answer says beside its own words: by which id its request is known, and that it is what it says it is."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.traffic.accounts import HEADER, account


class Marks:
    """Around an application: each answer carries its request's id, and browsers take it for nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        """Around an application, inside what gives each request its account."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if (own := account()) is not None:
                    headers[HEADER] = own.id
            await send(message)

        await self.app(scope, receive, sent)
