"""Long answers, compressed for whoever takes them so."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LENGTH = b"content-length"
LEAST = 1024  # bytes from which an answer is worth compressing
LEVEL = 4


class Compression:
    """Around an application: its answers are compressed, but for `excluded` media types and what is short.

    Most answers are short and say so. They pass as they are: what compresses would look at every header first.
    """

    def __init__(self, app: ASGIApp, excluded: tuple[str, ...] = ()) -> None:
        """For each request on its own."""
        self.app = app
        self.excluded = excluded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        onward: Send | None = None

        async def sent(message: Message) -> None:
            nonlocal onward
            if onward is None:
                onward = send if _short(message) else self._compressing(scope, send)
            await onward(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)

    def _compressing(self, scope: Scope, send: Send) -> Send:
        responder = IdentityResponder(self.app, LEAST, exclude_content_types=self.excluded)
        if "gzip" in Headers(scope=scope).get("Accept-Encoding", ""):
            responder = GZipResponder(self.app, LEAST, LEVEL, exclude_content_types=self.excluded)
        responder.send = send
        return responder.send_with_compression


def _short(start: Message) -> bool:
    """Whether an answer says that it is too short to be worth it."""
    said = next((value for name, value in start.get("headers", ()) if name == LENGTH), b"")
    return said.isdigit() and int(said) < LEAST
