"""GraphQL over HTTP: what a request asks, once it is known to be one, and how the answer is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

import orjson
from starlette.requests import Request
from starlette.responses import Response

from schema.errors import failure
from service.errors import Code, ServiceError

LARGEST_BODY = 64 * 1024
JSON = "application/json"
RESPONSE = "application/graphql-response+json"
PURPOSE = "Paddock-Purpose"
UTF_8 = {"utf-8", "utf8"}

_STATUS: Mapping[Code, HTTPStatus] = {
    Code.BAD_USER_INPUT: HTTPStatus.BAD_REQUEST,
    Code.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.TIMEOUT: HTTPStatus.GATEWAY_TIMEOUT,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Unserved(ServiceError):
    """A request that HTTP itself has a word for."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        """Of no other code than a mistake of whoever asked."""
        super().__init__(Code.BAD_USER_INPUT, message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A document with what belongs to it."""

    query: str
    variables: Mapping[str, object] | None
    operation_name: str | None


def bearer(request: Request) -> str | None:
    """The token of a request; None where it brings none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def asked(request: Request) -> Asked:
    """What a request asks; Unserved where it is no GraphQL request."""
    _check_type(request.headers.get("Content-Type", ""))
    try:
        body: object = orjson.loads(await _body(request))
    except orjson.JSONDecodeError as error:
        raise Unserved(HTTPStatus.BAD_REQUEST, f"the body is no JSON ({error.msg}); send {{'query': ...}}") from None
    if not isinstance(body, dict):
        raise Unserved(HTTPStatus.BAD_REQUEST, "the body is no JSON object; send one document at a time")
    return _asked(cast("dict[str, object]", body))


def media(request: Request) -> str:
    """The media type whoever asks likes best of the two there are; Unserved where they take neither."""
    accept = request.headers.get("Accept", "").strip() or "*/*"
    ranges = list(_ranges(accept))
    liked = {one: _liking(ranges, one) for one in (JSON, RESPONSE)}
    best = max(liked, key=lambda one: liked[one])  # the first of two that are liked alike
    if liked[best][0] <= 0:
        raise Unserved(HTTPStatus.NOT_ACCEPTABLE, f"answers are {RESPONSE} or {JSON}; accept one of them")
    return best


def answer(response: Mapping[str, object], media_type: str) -> Response:
    """A response to a document. Plain JSON says 200 even where nothing was run, as its clients read no other body."""
    refused = media_type == RESPONSE and "data" not in response
    return _put(response, media_type, HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK)


def refusal(error: ServiceError, media_type: str = JSON) -> Response:
    """The response to a request of which nothing was run."""
    status = error.status if isinstance(error, Unserved) else _STATUS.get(error.code)
    found = _put(
        {"errors": [failure(error.code, error.message)]}, media_type, status or HTTPStatus.INTERNAL_SERVER_ERROR
    )
    if error.code is Code.UNAUTHENTICATED:
        found.headers["WWW-Authenticate"] = 'Bearer realm="paddock"'
    return found


def _put(response: Mapping[str, object], media_type: str, status: HTTPStatus) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Type": f"{media_type}; charset=utf-8"}
    return Response(orjson.dumps(response), status, headers)


def _check_type(text: str) -> None:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    charset = next((one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")), "utf-8")
    if name != JSON or charset not in UTF_8:
        raise Unserved(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body must be {JSON} in UTF-8; say so in Content-Type")


async def _body(request: Request) -> bytes:
    """The body, never held beyond its limit, whatever length was announced."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            sentence = f"the body has more than {LARGEST_BODY} bytes; ask for less at once"
            raise Unserved(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
    return bytes(body)


def _asked(body: Mapping[str, object]) -> Asked:
    query, variables, name = (body.get(key) for key in ("query", "variables", "operationName"))
    if not isinstance(query, str):
        raise Unserved(HTTPStatus.BAD_REQUEST, "`query` is missing or no text; send the document there")
    if not isinstance(variables, dict | None):
        raise Unserved(HTTPStatus.BAD_REQUEST, "`variables` is no JSON object; send one, or leave it out")
    if not isinstance(name, str | None):
        raise Unserved(HTTPStatus.BAD_REQUEST, "`operationName` is no text; send a name, or leave it out")
    return Asked(query, cast("dict[str, object] | None", variables), name)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of a header with their qualities; one that cannot be read is as good as none."""
    for part in accept.split(","):
        name, *parameters = (one.strip().lower() for one in part.split(";"))
        quality = next((one.removeprefix("q=") for one in parameters if one.startswith("q=")), "1")
        try:
            yield name, float(quality)
        except ValueError:
            yield name, 0.0


def _liking(ranges: list[tuple[str, float]], media_type: str) -> tuple[float, int, int]:
    """How much a type is liked: by the quality of the closest range, how close that is, and how early it stands."""
    names = ("*/*", "application/*", media_type)
    found = ((names.index(name), -place, quality) for place, (name, quality) in enumerate(ranges) if name in names)
    close, early, quality = max(found, default=(0, 0, 0.0))
    return quality, close, early
