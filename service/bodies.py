"""JSON as clients send it: strict, and bounded in what reading it costs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import cast

import orjson
from starlette.requests import ClientDisconnect, Request

from service.errors import Code, ServiceError

LARGEST_BODY = 64 * 1024
DEEPEST = 32  # lists and objects in each other; a filter within all its bounds has not half of it
MOST_DIGITS = 40

# A text, or a run of what numbers are written with. Possessive, so that no text is read twice.
_WRITTEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[-+.0-9eE]{%d,}+' % (MOST_DIGITS + 1), re.DOTALL)


class Unserved(ServiceError):
    """A request that HTTP itself has a word for."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        """Of no other code than a mistake of whoever asked."""
        super().__init__(Code.BAD_USER_INPUT, message)
        self.status = status


async def body(request: Request) -> bytes:
    """The body, never held beyond its limit, whatever length was announced."""
    held, more = bytearray(), True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        held += message.get("body", b"")
        more = message.get("more_body", False)
        if len(held) > LARGEST_BODY:
            sentence = f"the body has more than {LARGEST_BODY} bytes; ask for less at once"
            raise Unserved(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
    return bytes(held)


def parsed(text: bytes, what: str, example: str) -> object:
    """The value of a JSON text; Unserved where it is none, or one that nobody sends in earnest."""
    if any(not one.group().startswith(b'"') for one in _WRITTEN.finditer(text)):
        raise _bad(f"{what} holds a number of more than {MOST_DIGITS} digits; send a shorter one, or a text")
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _bad(f"{what} is no JSON ({error.msg}); send {example}") from None
    # There are no more of them in each other than begin at all, which is soon counted, texts that hold some included.
    if text.count(b"{") + text.count(b"[") > DEEPEST and _deep(value):
        raise _bad(f"{what} is nested too deeply; stay within {DEEPEST} lists and objects in each other")
    return value


def _bad(sentence: str) -> Unserved:
    return Unserved(HTTPStatus.BAD_REQUEST, sentence)


def _deep(value: object) -> bool:
    """Whether a value is nested too deeply: level by level, so that its depth costs no stack."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()
