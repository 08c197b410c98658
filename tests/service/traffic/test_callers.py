"""Whoever calls: answered at once by the rights of last time, and never by rights that are gone."""

import asyncio
from collections.abc import Mapping
from functools import partial

import pytest
from starlette.requests import Request

from service.auth import Right, Role, Viewer
from service.engines.protocol import Engine
from service.errors import Code, RateLimited, ServiceError
from service.graph import tokens, users
from service.graph.store import Graph, Write
from service.graph.tokens import Rights
from service.graph.users import User
from service.opening import now
from service.traffic.callers import Caller, Callers, Known
from service.traffic.rates import Rates

DOCUMENT = "{ whoKnows }"
NOBODY = Rights(0, None, None, ())


def request(secret: str | None, purpose: str | None = None) -> Request:
    headers = [] if secret is None else [(b"authorization", f"Bearer {secret}".encode())]
    headers += [] if purpose is None else [(b"paddock-purpose", purpose.encode())]
    return Request({"type": "http", "headers": headers, "client": ("192.0.2.7", 1)})


class Asking:
    """A question that remembers who asked it, and in whose name it was cut off."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.asked: list[str] = []
        self.cut: list[str] = []

    async def __call__(self, viewer: Viewer) -> str:
        told = " ".join(viewer.roles)
        self.asked.append(told)
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.cut.append(told)
            raise
        return told


async def called(callers: Callers, graph: Graph, secret: str, asking: Asking, *, remembered: bool = False) -> str:
    return await callers.caller(request(secret)).answered(graph, DOCUMENT, asking, lambda _: remembered)


@pytest.fixture
def callers() -> Callers:
    return Callers(Rates(100, 3, lambda _: None), kept=2)


async def made(graph: Graph) -> tuple[User, str]:
    user = await users.add(graph, "Ida Quill", [Role.MEMBERS])
    return user, (await tokens.create(graph, "notebook", None, owner=user)).secret


async def test_an_answer_is_begun_with_the_rights_of_last_time_and_told_where_they_stand(
    engine: Engine, callers: Callers
) -> None:
    graph, asking = Graph(engine, now), Asking()
    _, secret = await made(graph)
    assert callers.caller(request(secret)).before is None
    told = [await called(callers, graph, secret, asking) for _ in range(3)]
    assert (told, asking.asked, asking.cut) == (["members"] * 3, ["members"] * 3, [])
    assert callers.caller(request(secret)).before is not None


async def test_a_purpose_is_that_of_its_request_alone(engine: Engine, callers: Callers) -> None:
    graph = Graph(engine, now)
    _, secret = await made(graph)
    viewers = [
        await callers.caller(request(secret, purpose)).answered(graph, DOCUMENT, _itself, lambda _: False)
        for purpose in ("a vote", "a vote", None, "a bill", None)
    ]
    assert [one.purpose for one in viewers] == ["a vote", "a vote", None, "a bill", None]


async def test_a_token_that_has_expired_since_last_time_counts_no_more(engine: Engine, callers: Callers) -> None:
    graph, asking = Graph(engine, now), Asking()
    user, _ = await made(graph)
    expiry = "2999-01-01T00:00:00.000000Z"
    secret = (await tokens.create(graph, "visit", None, owner=user, expires_at=expiry)).secret
    await called(callers, graph, secret, asking)
    with pytest.raises(ServiceError) as refused:
        await called(callers, Graph(engine, lambda: expiry), secret, asking)
    assert (refused.value.code, asking.asked) == (Code.UNAUTHENTICATED, ["members"])


async def _itself(viewer: Viewer) -> Viewer:
    return viewer


async def test_an_answer_begun_with_rights_that_have_changed_is_dropped_and_asked_anew(
    engine: Engine, callers: Callers
) -> None:
    graph = Graph(engine, now)
    user, secret = await made(graph)
    await called(callers, graph, secret, Asking())
    await users.grant(graph, user, [Role.STAFF])
    quick, slow = Asking(), Asking(60)
    told = await called(callers, graph, secret, quick)
    await users.withdraw(graph, user, [Role.STAFF])
    slow_told = asyncio.ensure_future(called(callers, graph, secret, slow))
    while len(slow.asked) < 2:  # noqa: ASYNC110 (what is asked gives no event)
        await asyncio.sleep(0.01)
    slow_told.cancel()
    await asyncio.gather(slow_told, return_exceptions=True)
    assert (told, quick.asked) == ("members staff", ["members", "members staff"])
    assert (slow.asked, slow.cut) == (["members staff", "members"], ["members staff", "members"])


@pytest.mark.parametrize("remembered", [True, False])
async def test_after_a_write_only_what_came_from_memory_is_asked_anew(
    engine: Engine, callers: Callers, *, remembered: bool
) -> None:
    graph, asking = Graph(engine, now), Asking()
    _, secret = await made(graph)
    await called(callers, graph, secret, asking)
    before = (await graph.position()).number
    await graph.write(_nothing)
    told = await called(callers, graph, secret, asking, remembered=remembered)
    assert (await graph.position()).number == before + 1
    assert (told, asking.asked) == ("members", ["members"] * (3 if remembered else 2))


async def test_while_the_store_is_written_what_comes_from_memory_waits_for_the_rights(engine: Engine) -> None:
    seconds = 100.0
    callers = Callers(Rates(100, 3, lambda _: None), clock=lambda: seconds)
    graph, asking = Graph(engine, now), Asking()
    _, secret = await made(graph)
    asked = list[int]()
    for passed, written, remembered in (
        (0, False, True),  # the first time
        (0, True, True),  # begun, dropped and asked anew
        (0.5, True, True),  # asked once
        (0.5, True, False),  # another document, begun as ever
        (1.5, True, True),  # begun again, as nobody has written for a while, and in vain
        (3, False, True),  # begun, and told
    ):
        seconds, before = seconds + passed, len(asking.asked)
        if written:
            await graph.write(_nothing)
        document = DOCUMENT if remembered else "{ person }"
        await callers.caller(request(secret)).answered(graph, document, asking, partial(_told, remembered))
        asked.append(len(asking.asked) - before)
    assert asked == [1, 2, 1, 1, 2, 1]


def _told(remembered: bool, _: str) -> bool:  # noqa: FBT001 - bound by position
    return remembered


async def _nothing(_: Write) -> None:
    """A write that is a revision and says nothing."""


async def test_an_answer_begun_for_a_token_that_is_revoked_is_never_told(engine: Engine, callers: Callers) -> None:
    graph, asking = Graph(engine, now), Asking()
    user, secret = await made(graph)
    await called(callers, graph, secret, asking)
    await users.revoke(graph, user)
    with pytest.raises(ServiceError) as caught:
        await called(callers, graph, secret, asking)
    assert caught.value.code is Code.UNAUTHENTICATED
    assert callers.caller(request(secret)).before is None


async def test_a_request_that_is_answered_twice_is_paid_for_once(engine: Engine, callers: Callers) -> None:
    graph = Graph(engine, now)
    user, secret = await made(graph)

    async def asked(caller: Caller) -> Mapping[str, str]:
        async def ask(viewer: Viewer) -> None:
            viewer.require(Right.READ)
            caller.spend(21)

        await caller.answered(graph, DOCUMENT, ask, lambda _: True)
        return caller.headers()

    first = await asked(callers.caller(request(secret)))
    await users.grant(graph, user, [Role.STAFF])
    second = await asked(callers.caller(request(secret)))
    assert [one["RateLimit"].partition(";t=")[0] for one in (first, second)] == ['"cost";r=78', '"cost";r=56']


def test_only_so_many_callers_are_known_and_the_one_quiet_longest_is_forgotten(callers: Callers) -> None:
    for secret in ("a", "b", "a", "c"):
        callers.remember(secret, Known(NOBODY))
    assert [callers.caller(request(one)).before for one in ("a", "b", "c")] == [NOBODY, None, NOBODY]


def test_an_address_that_guessed_too_often_gets_in_with_a_token_that_was_good_alone(callers: Callers) -> None:
    callers.remember("good", Known(NOBODY))
    strange = callers.rates.address("192.0.2.7")
    assert strange is not None
    strange.spend(3)
    callers.caller(request("good")).admit()
    for secret in ("guess", None):
        with pytest.raises(RateLimited):
            callers.caller(request(secret)).admit()
