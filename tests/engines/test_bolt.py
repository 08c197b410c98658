"""One driver with its deadlines, over a fake server whose commits and failures can be timed."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Self, cast

import pytest
from neo4j import AsyncDriver, Query
from neo4j.exceptions import IncompleteCommit, Neo4jError, SessionExpired

from service.engines.bolt import Bolt, driver
from service.engines.faults import Lost, OutOfMemory, Overdue, Unconfirmed
from service.engines.protocol import Deadlines, Transaction
from service.errors import Code, ServiceError


def hydrated(code: str) -> Exception:
    """An error as the driver makes it of a server's code."""
    return Neo4jError._hydrate_neo4j(code=code, message="so it is")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


@dataclass
class FakeServer:
    """Takes so long for a commit, fails so, and remembers what it committed and how often it was asked."""

    commit: float = 0.0
    failure: Exception | None = None
    lost: Exception | None = None
    asked: int = 0
    committed: list[str] = field(default_factory=list[str])
    draft: list[str] = field(default_factory=list[str])
    managed: bool = False
    sessions: int = 0
    ended: bool = False

    def session(self, **options: Any) -> "FakeServer":
        self.sessions += 1
        return self

    async def close(self) -> None:
        self.ended = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *left: object) -> None:
        return None

    async def run(self, text: str | Query, parameters: dict[str, Any]) -> "FakeServer":
        self.asked += 1
        if self.failure:
            raise self.failure
        self.draft.append(str(text.text if isinstance(text, Query) else text))
        return self

    def __aiter__(self) -> "FakeServer":
        return self

    async def __anext__(self) -> object:
        raise StopAsyncIteration

    async def execute_read(self, unit: Callable[["FakeServer"], Awaitable[Any]]) -> object:
        self.managed, self.failure = True, None  # another server, a moment later
        return await unit(self)

    async def execute_write(self, unit: Callable[["FakeServer"], Awaitable[Any]]) -> object:
        for _ in range(3):  # as the driver does with whatever calls itself retryable
            try:
                answer = await unit(self)
            except Neo4jError as error:
                if not error.is_retryable():
                    raise
            else:
                await asyncio.sleep(self.commit)
                self.committed += self.draft
                if self.lost:
                    raise self.lost
                return answer
        raise self.failure or AssertionError


def bolt(server: FakeServer, **deadlines: float) -> Bolt:
    return Bolt(cast("AsyncDriver", server), None, Deadlines(**deadlines), "CYPHER 5 ")


async def create(transaction: Transaction) -> str:
    await transaction.run("CREATE (:Person)", {})
    return "created"


async def test_a_deadline_during_the_commit_waits_for_its_end() -> None:
    server = FakeServer(commit=0.1)
    assert await bolt(server, call=0.02, commit=5.0).write(create) == "created"
    assert server.committed == ["CYPHER 5 CREATE (:Person)"]


async def test_a_caller_who_goes_during_the_commit_does_not_cut_it() -> None:
    server = FakeServer(commit=0.1)
    caller = asyncio.create_task(bolt(server, commit=5.0).write(create))
    await asyncio.sleep(0.02)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert server.committed == ["CYPHER 5 CREATE (:Person)"]


async def test_a_driver_is_not_closed_during_a_commit_whose_caller_has_gone() -> None:
    server = FakeServer(commit=0.1)
    store = bolt(server, commit=5.0)
    caller = asyncio.create_task(store.write(create))
    await asyncio.sleep(0.02)
    caller.cancel()
    await store.close()
    assert (server.committed, server.ended) == (["CYPHER 5 CREATE (:Person)"], True)
    with pytest.raises(asyncio.CancelledError):
        await caller


async def test_a_driver_that_another_caller_closed_is_told_as_lost_before_anything_begins() -> None:
    server = FakeServer()
    store = bolt(server)
    await store.close()
    with pytest.raises(Lost):
        await store.read("MATCH (n) RETURN n", {})
    with pytest.raises(Lost):
        await store.write(create)
    assert (server.asked, server.committed) == (0, [])


async def test_each_of_several_operations_at_once_has_a_session_of_its_own() -> None:
    server = FakeServer()
    store = bolt(server)
    await asyncio.gather(*(store.read("MATCH (n) RETURN n", {}) for _ in range(3)), store.write(create))
    assert server.sessions == 4


async def test_a_commit_that_takes_too_long_is_told_as_unconfirmed() -> None:
    with pytest.raises(Unconfirmed):
        await bolt(FakeServer(commit=60.0), call=0.02, commit=0.02).write(create)


async def test_an_acknowledgement_that_is_lost_is_told_as_unconfirmed() -> None:
    server = FakeServer(lost=IncompleteCommit("gone"))
    with pytest.raises(Unconfirmed):
        await bolt(server).write(create)
    assert server.committed == ["CYPHER 5 CREATE (:Person)"]


async def test_a_deadline_before_the_commit_commits_nothing() -> None:
    server = FakeServer()

    async def wait(transaction: Transaction) -> None:
        await create(transaction)
        await asyncio.sleep(60)

    with pytest.raises(Overdue):
        await bolt(server, call=0.02).write(wait)
    assert server.committed == []


async def test_a_statement_over_the_memory_limit_is_not_tried_again() -> None:
    code = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
    error = Neo4jError._hydrate_neo4j(code=code, message="too much")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    assert error.is_retryable()
    server = FakeServer(failure=error)
    with pytest.raises(OutOfMemory) as refused:
        await bolt(server).write(create)
    assert (server.asked, refused.value.code) == (1, Code.TOO_EXPENSIVE)


async def test_a_read_is_one_exchange_and_no_managed_transaction() -> None:
    server = FakeServer()
    assert await bolt(server).read("MATCH (n) RETURN n", {}) == []
    assert (server.draft, server.asked, server.managed) == (["CYPHER 5 MATCH (n) RETURN n"], 1, False)


@pytest.mark.parametrize(
    ("failure", "tried"),
    [
        (hydrated("Neo.TransientError.Transaction.DeadlockDetected"), True),
        (SessionExpired("the server has left"), True),
        (hydrated("Neo.ClientError.Statement.SyntaxError"), False),
        (hydrated("Neo.TransientError.General.MemoryPoolOutOfMemoryError"), False),
    ],
)
async def test_a_read_that_may_be_tried_again_is_tried_in_a_managed_transaction(
    failure: Exception, *, tried: bool
) -> None:
    server = FakeServer(failure=failure)
    with nullcontext() if tried else pytest.raises(ServiceError):
        assert await bolt(server).read("MATCH (n) RETURN n", {}) == []
    assert (server.managed, server.asked) == (tried, 2 if tried else 1)


async def test_what_the_work_itself_refuses_comes_out_as_it_is() -> None:
    refusal = ServiceError(Code.NOT_FOUND, "no such person")

    async def refuse(transaction: Transaction) -> None:
        raise refusal

    with pytest.raises(ServiceError) as refused:
        await bolt(FakeServer()).write(refuse)
    assert refused.value is refusal


async def test_the_driver_waits_no_longer_than_the_deadlines_and_reports_to_nobody() -> None:
    async with driver("bolt://127.0.0.1:1", "ada", "p", Deadlines()) as opened:
        pool = cast("Any", opened)._pool  # noqa: SLF001
        config, workspace = pool.pool_config, pool.workspace_config
        assert {
            "pool": config.max_connection_pool_size,
            "connect": config.connection_timeout,
            "telemetry off": config.telemetry_disabled,
            "acquire": workspace.connection_acquisition_timeout,
            "retry": workspace.max_transaction_retry_time,
        } == {"pool": 20, "connect": 2.0, "telemetry off": True, "acquire": 1.0, "retry": 3.0}


def test_each_deadline_is_longer_than_those_within_it() -> None:
    budget = Deadlines()
    assert (budget.call, budget.transaction, budget.retry, budget.connect, budget.acquire) == (5.0, 4.0, 3.0, 2.0, 1.0)
