"""Answers in parts: only for whoever likes them best, framed to the byte, and in sum what a whole answer is."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from service.exchange import JSON, RESPONSE, Media, media
from service.frames import Framed
from service.traffic.departures import CancelOnDisconnect
from tests.service.test_app import ask, client

pytestmark = pytest.mark.embedded
__all__ = ["client"]  # a fixture

MIXED, EVENTS = "multipart/mixed", "text/event-stream"
DEFERRED = '{ person(id: "per-ann") { id ... @defer(label: "more") { name } } }'
FIRST = (
    b'{"data":{"person":{"id":"per-ann"}},"pending":[{"id":"0","path":["person"],"label":"more"}],"hasNext":true,'
    b'"extensions":{"cost":1}}'
)
SECOND = b'{"incremental":[{"id":"0","data":{"name":"Ann Alloy"}}],"completed":[{"id":"0"}],"hasNext":false}'
WHOLE = {"data": {"person": {"id": "per-ann", "name": "Ann Alloy"}}, "extensions": {"cost": 1}}
PART = b"Content-Type: application/json; charset=utf-8\r\n\r\n"


def wanted(accept: str) -> Media:
    return media(Request({"type": "http", "headers": [(b"accept", accept.encode())]}))


def parts(response: httpx.Response) -> list[Any]:
    """The parts of a multipart answer, once its frame is known to be right."""
    before, *framed, after = response.content.split(b"\r\n---")
    assert (before, after) == (b"", b"--\r\n")
    assert all(one.startswith(b"\r\n" + PART) for one in framed)
    return [json.loads(one.removeprefix(b"\r\n" + PART)) for one in framed]


@pytest.mark.parametrize(
    ("accept", "whole", "later"),
    [
        ("*/*", JSON, None),
        ("application/json, multipart/mixed", JSON, None),
        ("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", RESPONSE, None),
        ("multipart/mixed;q=0.5, application/json;q=0.9", JSON, None),
        ("multipart/mixed;deferSpec=20220824, application/json", JSON, None),
        (
            "multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9",
            RESPONSE,
            MIXED,
        ),
        ('multipart/mixed;incrementalSpec="v0.2", application/json', JSON, MIXED),
        ("text/event-stream, application/json", JSON, EVENTS),
        ("text/event-stream", EVENTS, EVENTS),
        ("multipart/mixed;incrementalSpec=v0.3, application/json", JSON, None),
    ],
)
def test_parts_are_for_whoever_likes_them_best_and_not_for_whoever_merely_lists_them(
    accept: str, whole: str, later: str | None
) -> None:
    assert wanted(accept) == Media(whole, later)


async def test_what_is_deferred_comes_as_a_second_part_between_the_same_dividers(client: httpx.AsyncClient) -> None:
    client.headers["Accept"] = f"{MIXED};incrementalSpec=v0.2, application/json"
    client.headers["Accept-Encoding"] = "gzip"

    response = await ask(client, DEFERRED)

    assert response.headers["content-type"] == 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'
    assert [name in response.headers for name in ("content-length", "content-encoding")] == [False, False]
    assert response.content == (b"\r\n---\r\n" + PART + FIRST + b"\r\n---\r\n" + PART + SECOND + b"\r\n-----\r\n")


async def test_events_end_in_line_feeds_and_the_last_one_says_that_it_is(client: httpx.AsyncClient) -> None:
    client.headers["Accept"] = EVENTS

    response = await ask(client, DEFERRED)
    whole = await ask(client, "{ viewer { name } }")

    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.content == (
        b"event: next\ndata: " + FIRST + b"\n\nevent: next\ndata: " + SECOND + b"\n\nevent: complete\ndata:\n\n"
    )
    assert whole.content == (
        b'event: next\ndata: {"data":{"viewer":{"name":"Ada"}},"extensions":{"cost":1}}\n\nevent: complete\ndata:\n\n'
    )


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("application/json, multipart/mixed", DEFERRED),
        (f"{MIXED}, application/json", '{ person(id: "per-ann") { id name } }'),
        (f"{MIXED}, application/json", DEFERRED.replace('label: "more"', "if: false")),
    ],
)
async def test_a_document_that_defers_nothing_or_a_client_that_likes_a_whole_gets_one(
    client: httpx.AsyncClient, accept: str, query: str
) -> None:
    response = await client.post("/graphql", json={"query": query}, headers={"Accept": accept})

    assert (response.headers["content-type"], response.json()) == (f"{JSON}; charset=utf-8", WHOLE)


async def test_a_streamed_list_comes_after_the_number_that_is_wanted_at_once(client: httpx.AsyncClient) -> None:
    client.headers["Accept"] = MIXED
    query = "{ people(first: 3) { edges @stream(initialCount: 1) { node { name } } } }"

    first, *rest = parts(await ask(client, query))
    streamed = [item for part in rest for one in part.get("incremental", []) for item in one["items"]]

    assert first["data"] == {"people": {"edges": [{"node": {"name": "Ann Alloy"}}]}}
    assert streamed == [{"node": {"name": "Ben Bearing"}}, {"node": {"name": "Cat Camshaft"}}]
    assert [part["hasNext"] for part in (first, *rest)][-1] is False


async def test_what_fails_in_a_later_part_is_told_there_with_its_code(client: httpx.AsyncClient) -> None:
    client.headers["Accept"] = MIXED
    query = '{ person(id: "per-ann") { id ... @defer { knows(first: 2, after: "x") { totalCount } } } }'

    _, *rest = parts(await ask(client, query))
    (error,) = [error for part in rest for one in part.get("completed", []) for error in one.get("errors", [])]

    assert (error["path"], error["extensions"]) == (["person", "knows"], {"code": "BAD_USER_INPUT"})


@pytest.mark.parametrize("query", ["{", "{ viewr }", "{ people(first: 1) @stream { totalCount } }"])
async def test_a_document_that_is_refused_is_refused_in_json(client: httpx.AsyncClient, query: str) -> None:
    client.headers["Accept"] = MIXED

    response = await ask(client, query)

    assert response.headers["content-type"] == f"{RESPONSE}; charset=utf-8"
    assert refused_code(response) == (400, "BAD_USER_INPUT")


def refused_code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


async def test_whoever_leaves_between_two_parts_ends_the_work_for_the_next() -> None:
    ended, asked = asyncio.Event(), asyncio.Event()

    async def parts() -> AsyncGenerator[dict[str, object], None]:
        try:
            yield {"data": None, "hasNext": True}
            asked.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def receive() -> Any:
        if asked.is_set():
            return {"type": "http.disconnect"}
        asking.append(len(asking))
        if len(asking) == 1:
            return {"type": "http.request", "body": b"", "more_body": False}
        await asked.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asking: list[int] = []
    sent: list[str] = []
    await CancelOnDisconnect(Framed(parts(), MIXED))({"type": "http", "headers": []}, receive, send)

    assert (ended.is_set(), sent) == (True, ["http.response.start", "http.response.body"])
