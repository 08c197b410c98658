"""An answer to a request that never reached what it was for, in the media type its client likes."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from service import exchange
from service.errors import ServiceError


async def refuse(
    error: ServiceError, scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str] | None = None
) -> HTTPStatus:
    """The status that was sent, once it has been."""
    try:
        media = exchange.media(Request(scope))
    except ServiceError:  # they take neither; what is wrong goes before what they like
        media = exchange.JSON
    response = exchange.refusal(error, media)
    response.headers.update(headers or {})
    await response(scope, receive, send)
    return HTTPStatus(response.status_code)
