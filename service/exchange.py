"""GraphQL over HTTP: what a request asks, once it is known to be one, and how the answer is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import cast

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from schema.errors import failure
from service.bodies import Unserved, body, parsed
from service.errors import Code, RateLimited, ServiceError
from service.persisted import Named, Unknown, named

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
MIXED = "multipart/mixed"
EVENTS = "text/event-stream"
SPEC = "v0.2"  # the form of parts that is spoken; whoever wants an older one gets whole answers
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}
AUTHORIZATION, ACCEPT, CONTENT_TYPE, CONTENT_ENCODING = (
    b"authorization",
    b"accept",
    b"content-type",
    b"content-encoding",
)
PURPOSE = b"paddock-purpose"
METHODS = "GET, HEAD, POST"
UTF_8 = {"utf-8", "utf8"}
USUAL = 256  # characters of a header that is looked into once; clients send the same few again and again

_STATUS: Mapping[Code, HTTPStatus] = {
    Code.BAD_USER_INPUT: HTTPStatus.BAD_REQUEST,
    Code.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.TIMEOUT: HTTPStatus.GATEWAY_TIMEOUT,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


def _headers(media_type: str) -> tuple[tuple[bytes, bytes], ...]:
    given = {**HEADERS, "Content-Type": f"{media_type}; charset=utf-8"}
    return tuple((name.lower().encode(), value.encode()) for name, value in given.items())


_TROUBLED = frozenset({"errors", "incremental", "completed"})  # no error stands anywhere else
_PLAIN, _OWN = _headers(JSON), _headers(RESPONSE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A document, or what it is known by, with what belongs to it."""

    named: Named
    variables: Mapping[str, object] | None
    operation_name: str | None


def header(request: Request, name: bytes) -> str:
    """The first header of a name, in small letters; nothing where there is none."""
    # Few are asked for of a dozen: a mapping of all would be dearer.
    for one, value in request.scope["headers"]:
        if one == name:
            return str(value, "latin-1")
    return ""


def bearer(request: Request) -> str | None:
    """The token of a request; None where it brings none."""
    scheme, _, token = header(request, AUTHORIZATION).partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def asked(request: Request) -> Asked:
    """What a request asks; Unserved where it is no GraphQL request."""
    if safe(request):
        _check_unasked(request)
        return _asked(_parameters(request.query_params))
    _check_type(request)
    found = parsed(await body(request), "the body", "{'query': ...}")
    if not isinstance(found, dict):
        raise _bad("the body is no JSON object; send one document at a time")
    return _asked(cast("dict[str, object]", found))


def safe(request: Request) -> bool:
    """Whether a request says that it changes nothing."""
    return request.method in {"GET", "HEAD"}


def check_method(request: Request) -> None:
    """Nothing, unless a request has a method that no document is sent by."""
    if not safe(request) and request.method != "POST":
        raise Unserved(HTTPStatus.METHOD_NOT_ALLOWED, f"documents come by {METHODS}; send a POST")


def check_change(request: Request) -> None:
    """Nothing, unless a request that says it changes nothing brings a mutation."""
    if safe(request):
        raise Unserved(HTTPStatus.METHOD_NOT_ALLOWED, "a GET changes nothing; send mutations by POST")


@dataclass(frozen=True, slots=True)
class Media:
    """How whoever asks likes an answer: as a whole, and in parts where they like that better than any whole."""

    whole: str = JSON
    parts: str | None = None


def media(request: Request) -> Media:
    """The media types whoever asks likes best of those there are; Unserved where they take none."""
    accept = header(request, ACCEPT).strip() or "*/*"
    return _usual(accept) if len(accept) <= USUAL else _liked(accept)


def _liked(accept: str) -> Media:
    ranges = list(_ranges(accept))
    liked = {one: _liking(ranges, one) for one in (JSON, RESPONSE, MIXED, EVENTS)}
    best = max(liked, key=lambda one: liked[one])  # the first of two that are liked alike
    if liked[best][0] <= 0:
        raise Unserved(HTTPStatus.NOT_ACCEPTABLE, f"answers are {RESPONSE} or {JSON}; accept one of them")
    whole = max((JSON, RESPONSE), key=lambda one: liked[one])
    if best in {JSON, RESPONSE}:
        return Media(whole)
    return Media(whole if liked[whole][0] > 0 else best, best)


_usual = lru_cache(USUAL)(_liked)


class Put(Response):
    """A response under the headers of all answers, which need not be put together for each."""

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """No others are taken."""
        del headers
        length = (b"content-length", b"%d" % len(self.body))
        self.raw_headers = [*(_PLAIN if self.media_type == JSON else _OWN), length]


def answer(
    response: Mapping[str, object], media_type: str, cost: int | None = None, request: str | None = None
) -> Response:
    """A response to a document. Plain JSON says 200 even where nothing was run, as its clients read no other body."""
    refused = media_type != JSON and "data" not in response
    told = response if cost is None else {**response, "extensions": {"cost": cost}}
    return _put(marked(told, request), media_type, HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK)


def marked(response: Mapping[str, object], request: str | None) -> Mapping[str, object]:
    """A response whose errors of ours name the request, so that whoever meets one can say which it was."""
    if request is None or _TROUBLED.isdisjoint(response):
        return response
    later = [*_listed(response, "incremental"), *_listed(response, "completed")]
    for error in [error for one in (response, *later) for error in _listed(one, "errors")]:
        extensions = cast("dict[str, str | None]", error["extensions"])
        if extensions["code"] == Code.INTERNAL:
            extensions["requestId"] = request
    return response


def _listed(response: Mapping[str, object], name: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", response.get(name, []))


def refusal(error: ServiceError, media_type: str = JSON, request: str | None = None) -> Response:
    """The response to a request of which nothing was run; `request` is its id."""
    if isinstance(error, Unknown):  # the word of a protocol, whose clients read it like any answer
        return answer({"errors": [failure(error.code, error.message)]}, media_type)
    status = error.status if isinstance(error, Unserved) else _STATUS.get(error.code)
    told = marked({"errors": [failure(error.code, error.message)]}, request)
    found = _put(told, media_type, status or HTTPStatus.INTERNAL_SERVER_ERROR)
    if error.code is Code.UNAUTHENTICATED:
        found.headers["WWW-Authenticate"] = 'Bearer realm="paddock"'
    if isinstance(error, RateLimited):
        found.headers["Retry-After"] = str(error.after)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        found.headers["Allow"] = METHODS
    return found


def _put(response: Mapping[str, object], media_type: str, status: HTTPStatus) -> Response:
    # What takes nothing but parts is told in JSON that there are none.
    return Put(orjson.dumps(response), status, media_type=media_type if media_type == JSON else RESPONSE)


def _bad(sentence: str) -> Unserved:
    return Unserved(HTTPStatus.BAD_REQUEST, sentence)


def _check_unasked(request: Request) -> None:
    """Nothing, unless a browser may have sent a GET by itself: with a cookie, or as part of somebody else's page."""
    if "Cookie" in request.headers:
        raise ServiceError(Code.FORBIDDEN, "a GET must bring no cookie; send the document by POST")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ServiceError(Code.FORBIDDEN, "a GET must not come from another site; send the document by POST")


def _check_type(request: Request) -> None:
    text = header(request, CONTENT_TYPE)
    if text != JSON and not _json(text):
        raise Unserved(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body must be {JSON} in UTF-8; say so in Content-Type")
    # What is small on the way may be endless once unpacked.
    if header(request, CONTENT_ENCODING).strip().lower() not in {"", "identity"}:
        raise Unserved(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body must not be compressed; send it as it is")


def _json(text: str) -> bool:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    charset = next((one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")), "utf-8")
    return name == JSON and charset in UTF_8


def _parameters(given: QueryParams) -> dict[str, object]:
    """The members that a body would have, from the query of an address, where two of them are JSON."""
    if any(len(given.getlist(name)) > 1 for name in given):
        raise _bad("a parameter is given twice; send each once")
    found = dict[str, object](given)
    return found | {
        one: parsed(given[one].encode(), f"`{one}`", "a JSON object")
        for one in ("variables", "extensions")
        if given.get(one)
    }


def _asked(body: Mapping[str, object]) -> Asked:
    hashed = named(_object(body.get("extensions"), "extensions") or {})
    query, document = _text(body, "query", "send the document there"), _text(body, "documentId", "send an id")
    if query is None and hashed is None and document is None:
        raise _bad("`query` is missing or no text; send the document there")
    if document is not None and (query is not None or hashed is not None):
        raise _bad("`documentId` stands for the whole document; send it alone")
    variables = _object(body.get("variables"), "variables")
    name = _text(body, "operationName", "send a name, or leave it out")
    return Asked(Named(query, hashed, document), variables, name or None)


def _text(body: Mapping[str, object], named: str, remedy: str) -> str | None:
    value = body.get(named)
    if not isinstance(value, str | None):
        what = "missing or no text" if named == "query" else "no text"
        raise _bad(f"`{named}` is {what}; {remedy}")
    return value


def _object(value: object, named: str) -> dict[str, object] | None:
    if not isinstance(value, dict | None):
        raise _bad(f"`{named}` is no JSON object; send one, or leave it out")
    return cast("dict[str, object] | None", value)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of a header with their qualities; one that cannot be read is as good as none."""
    for part in accept.split(","):
        name, *parameters = (one.strip().lower() for one in part.split(";"))
        said = {key: value for key, _, value in (one.partition("=") for one in parameters)}
        if name == MIXED and ("deferspec" in said or said.get("incrementalspec", SPEC).strip('"') != SPEC):
            continue
        try:
            yield name, float(said.get("q", "1"))
        except ValueError:
            yield name, 0.0


def _liking(ranges: list[tuple[str, float]], media_type: str) -> tuple[float, int, int]:
    """How much a type is liked: by the quality of the closest range, how close that is, and how early it stands."""
    # Parts have to be asked for by name.
    names = ("*/*", "application/*", media_type) if media_type in {JSON, RESPONSE} else ("", "", media_type)
    found = ((names.index(name), -place, quality) for place, (name, quality) in enumerate(ranges) if name in names)
    close, early, quality = max(found, default=(0, 0, 0.0))
    return quality, close, early
