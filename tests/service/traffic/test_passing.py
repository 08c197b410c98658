"""What a request passes before it is answered, around applications that take their time."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from service.traffic.admission import Admission
from service.traffic.deadlines import Deadline
from service.traffic.departures import CancelOnDisconnect
from service.traffic.reasons import Reason

BUSY = {"errors": [{"message": "the server is busy; try again in a second", "extensions": {"code": "UNAVAILABLE"}}]}


class Slow:
    """An application that answers with the body it got once it is let; it counts who is inside and was stopped."""

    def __init__(self) -> None:
        self.let = asyncio.Event()
        self.inside = self.most = self.stopped = 0

    async def echo(self, request: Request) -> Response:
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            body = await request.body()
            await self.let.wait()
            return JSONResponse({"got": body.decode()})
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        finally:
            self.inside -= 1

    async def health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def app(self) -> ASGIApp:
        return Starlette(routes=[Route("/graphql", self.echo, methods=["POST"]), Route("/health", self.health)])


def client(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://paddock.example")


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not reached():  # noqa: ASYNC110 (whatever is watched gives no event)
            await asyncio.sleep(0.001)


def refused(response: httpx.Response) -> tuple[int, Any]:
    (error,) = response.json()["errors"]
    return response.status_code, (error["extensions"]["code"], error["message"])


class Wire:
    """One request as a server hands it on, and what is sent back."""

    def __init__(self, *messages: Message) -> None:
        self.messages: asyncio.Queue[Message] = asyncio.Queue()
        for message in messages:
            self.messages.put_nowait(message)
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def through(self, app: ASGIApp) -> None:
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "query_string": b"",
            "headers": [],
            "http_version": "1.1",
        }
        await app(scope, self.messages.get, self.send)

    def status(self) -> int:
        return int(self.sent[0]["status"])


WHOLE: Message = {"type": "http.request", "body": b"whole", "more_body": False}
PART: Message = {"type": "http.request", "body": b"part", "more_body": True}
GONE: Message = {"type": "http.disconnect"}


async def test_a_request_that_takes_too_long_is_stopped_and_its_client_told_in_the_type_it_likes() -> None:
    slow = Slow()
    async with client(Deadline(slow.app(), 0.05)) as asking:
        response = await asking.post("/graphql", headers={"Accept": "application/graphql-response+json"})

    sentence = "this took longer than 0.05 seconds; ask for less, and send a write's key again"
    assert refused(response) == (504, ("TIMEOUT", sentence))
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert (slow.inside, slow.stopped) == (0, 1)


async def test_a_body_that_does_not_arrive_in_time_is_a_fault_of_whoever_sends_it_and_takes_no_place() -> None:
    slow, wire = Slow(), Wire(PART)

    await wire.through(Deadline(CancelOnDisconnect(slow.app()), 0.05))

    assert wire.status() == 408
    assert (b"connection", b"close") in wire.sent[0]["headers"]
    assert b"the request did not arrive within 0.05 seconds; send it at once" in wire.sent[1]["body"]
    assert slow.most == 0


async def test_an_answer_that_has_begun_is_cut_where_it_is_when_its_time_is_over() -> None:
    async def begun(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.Event().wait()

    wire = Wire(WHOLE)
    await wire.through(Deadline(begun, 0.05))

    assert wire.sent == [{"type": "http.response.start", "status": 200, "headers": []}]


async def test_a_timeout_of_the_application_itself_is_not_taken_for_the_deadline() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        await Wire(WHOLE).through(Deadline(failing, 10))


async def test_as_many_are_inside_as_there_are_places_as_many_wait_as_may_and_the_rest_is_sent_away_at_once() -> None:
    slow = Slow()
    door = Admission(slow.app(), places=2, queue=4, patience=60)
    async with client(door) as asking:
        first = [asyncio.create_task(asking.post("/graphql", content=str(number))) for number in range(6)]
        await until(lambda: door.waiting == 4)
        away = await asyncio.gather(*(asking.post("/graphql") for _ in range(3)))
        slow.let.set()
        answers = await asyncio.gather(*first)

    assert [(one.status_code, one.headers["retry-after"], one.json()) for one in away] == [(503, "1", BUSY)] * 3
    assert [one.json() for one in answers] == [{"got": str(number)} for number in range(6)]
    assert (slow.most, door.waiting) == (2, 0)


async def test_whoever_waits_too_long_for_a_place_is_sent_away_and_the_place_still_goes_to_the_next() -> None:
    slow = Slow()
    door = Admission(slow.app(), places=1, queue=1, patience=0.05)
    async with client(door) as asking:
        first = asyncio.create_task(asking.post("/graphql", content="first"))
        await until(lambda: slow.inside == 1)
        late = await asking.post("/graphql")
        slow.let.set()
        answers = [await first, await asking.post("/graphql", content="next")]

    assert (late.status_code, late.headers["retry-after"], late.json()) == (503, "1", BUSY)
    assert [one.json() for one in answers] == [{"got": "first"}, {"got": "next"}]


async def test_who_asks_whether_a_full_server_is_well_needs_no_place() -> None:
    slow = Slow()
    door = Admission(slow.app(), places=1, queue=0, unlimited=frozenset({"/health"}))
    async with client(door) as asking:
        first = asyncio.create_task(asking.post("/graphql"))
        await until(lambda: slow.inside == 1)
        answers = [await asking.get("/health"), await asking.post("/graphql")]
        slow.let.set()
        await first

    assert [one.status_code for one in answers] == [200, 503]


async def test_a_client_that_goes_frees_its_place_and_its_work_is_stopped() -> None:
    slow, left, wire = Slow(), list[Reason](), Wire(WHOLE)
    door = Admission(slow.app(), places=1, queue=0)
    going = asyncio.create_task(wire.through(CancelOnDisconnect(door, left.append)))
    await until(lambda: slow.inside == 1)

    wire.messages.put_nowait(GONE)
    await going
    slow.let.set()
    async with client(door) as asking:
        after = await asking.post("/graphql", content="after")

    assert (slow.stopped, left, wire.sent) == (1, [Reason.LEFT], [])
    assert after.json() == {"got": "after"}


async def test_a_client_that_goes_while_it_waits_leaves_the_queue() -> None:
    slow, first, second = Slow(), Wire(WHOLE), Wire(WHOLE)
    door = Admission(slow.app(), places=1, queue=1, patience=60)
    app = CancelOnDisconnect(door)
    asking = [asyncio.create_task(one.through(app)) for one in (first, second)]
    await until(lambda: (slow.inside, door.waiting) == (1, 1))

    second.messages.put_nowait(GONE)
    await asking[1]
    assert (slow.inside, door.waiting) == (1, 0)
    slow.let.set()
    await asking[0]

    assert (first.status(), second.sent) == (200, [])


async def test_a_client_that_goes_before_its_body_is_there_starts_nothing() -> None:
    slow, left, wire = Slow(), list[Reason](), Wire(PART, GONE)

    await wire.through(CancelOnDisconnect(slow.app(), left.append))

    assert (slow.most, left, wire.sent) == (0, [Reason.LEFT], [])


async def test_the_application_gets_a_body_in_pieces_as_a_whole() -> None:
    slow, wire = Slow(), Wire(PART, PART, WHOLE)
    slow.let.set()

    await wire.through(CancelOnDisconnect(slow.app()))

    assert (wire.status(), wire.sent[1]["body"]) == (200, b'{"got":"partpartwhole"}')


async def test_a_body_beyond_the_limit_is_held_no_further_and_handed_on_as_it_comes() -> None:
    piece: Message = {"type": "http.request", "body": b"x" * 40_000, "more_body": True}
    read: list[int] = []

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            read.append(len(message["body"]))
            more = message["more_body"]

    await Wire(piece, piece, piece, WHOLE).through(CancelOnDisconnect(reading))

    assert read == [80_000, 40_000, 5]


async def test_work_that_has_to_be_finished_is_waited_for_when_its_client_goes() -> None:
    finished: list[str] = []

    async def committing(scope: Any, receive: Any, send: Any) -> None:
        commit = asyncio.ensure_future(asyncio.sleep(0.05, "committed"))
        try:
            await asyncio.shield(commit)
        finally:
            finished.append(await commit)

    wire = Wire(WHOLE)
    going = asyncio.create_task(wire.through(CancelOnDisconnect(committing)))
    await asyncio.sleep(0.01)
    wire.messages.put_nowait(GONE)
    await going

    assert finished == ["committed"]


async def test_a_failure_of_the_application_comes_through() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        await Wire(WHOLE).through(CancelOnDisconnect(failing))
