"""Answers in parts, framed for their way: as the parts of a multipart body, or as events."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.exchange import EVENTS, HEADERS, MIXED, SPEC

Json = Mapping[str, object]

# Each part is followed at once by what divides it from the next, so that nobody waits to know that it is whole.
_DIVIDER, _END = b"\r\n---\r\n", b"\r\n-----\r\n"
_PART = b"Content-Type: application/json; charset=utf-8\r\n\r\n"
_NEXT, _EVENT_END, _COMPLETE = b"event: next\ndata: ", b"\n\n", b"event: complete\ndata:\n\n"
_MIXED_TYPE, _EVENT_TYPE = f'{MIXED}; boundary="-"; incrementalSpec={SPEC}', f"{EVENTS}; charset=utf-8"


class Framed(Response):
    """The response that sends each part as soon as it is there; the last one is the first that nothing follows."""

    def __init__(self, parts: AsyncGenerator[Json, None], media_type: str | None) -> None:
        """Nothing is sent yet."""
        content_type = _EVENT_TYPE if media_type == EVENTS else _MIXED_TYPE
        super().__init__(headers={**HEADERS, "Content-Type": content_type})
        del self.headers["Content-Length"]
        self.parts = parts
        self.framed = _events if media_type == EVENTS else _multipart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive  # who leaves is cancelled further out
        async with aclosing(self.parts) as parts:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async for frame in self.framed(parts):
                await send({"type": "http.response.body", "body": frame, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _multipart(parts: AsyncIterator[Json]) -> AsyncIterator[bytes]:
    before = _DIVIDER
    async for part in parts:
        yield before + _PART + orjson.dumps(part) + (_DIVIDER if part.get("hasNext") else _END)
        before = b""


async def _events(parts: AsyncIterator[Json]) -> AsyncIterator[bytes]:
    async for part in parts:
        yield _NEXT + orjson.dumps(part) + _EVENT_END
    yield _COMPLETE
