"""An answer to a request that never reached what it was for, in the media type its client likes."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from service import exchange
from service.errors import ServiceError


async def refuse(
    error: ServiceError,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: Mapping[str, str] | None = None,
    *,
    status: HTTPStatus | None = None,
) -> None:
    """Nothing, once the refusal has been sent; `status` takes the place of what its code stands for."""
    try:
        media = exchange.media(Request(scope)).whole
    except ServiceError:  # they take neither; what is wrong goes before what they like
        media = exchange.JSON
    response = exchange.refusal(error, media)
    response.headers.update(headers or {})
    response.status_code = status or response.status_code
    await response(scope, receive, send)
