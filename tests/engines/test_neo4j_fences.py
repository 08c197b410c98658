"""For each fence around Neo4j: that it holds, and that the server still behaves in the way that made it needed."""

import asyncio
from typing import Any, LiteralString

import pytest
from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncManagedTransaction, AsyncSession, unit_of_work
from neo4j.exceptions import ClientError

from service.engines.neo4j import Neo4j
from service.engines.open import open_engine
from service.engines.protocol import Deadlines, Engine, Transaction
from service.engines.stores import Server
from service.errors import Code, ServiceError
from tests.neo4j_maven import free_port

pytestmark = pytest.mark.neo4j

PLAIN = """
MATCH (c:Revision {id: 'revision'})
WHERE c.version = $version
SET c.version = c.version + 1
RETURN c.version AS version
"""
LOCKED = """
MATCH (c:Revision {id: 'revision'})
SET c.lock = $token
WITH c WHERE c.version = $version
SET c.version = c.version + 1
RETURN c.version AS version
"""


def session(engine: Engine, access: str = WRITE_ACCESS) -> AsyncSession:
    assert isinstance(engine, Neo4j)
    return engine.bolt.driver.session(default_access_mode=access)  # pyright: ignore[reportUnknownMemberType]


async def second_of_two(engine: Engine, text: LiteralString) -> list[dict[str, object]]:
    """What the second of two transactions gets that both found version 1, once the first has committed."""

    async def create(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Revision {id: 'revision', version: 1})", {})

    await engine.write(create)
    async with session(engine) as one, session(engine) as other:
        first, second = await one.begin_transaction(), await other.begin_transaction()
        await (await first.run(text, version=1, token="first")).consume()

        async def follow() -> list[dict[str, object]]:
            result = await second.run(text, version=1, token="second")
            return [record.data() async for record in result]

        following = asyncio.create_task(follow())
        await asyncio.sleep(0.5)  # it waits for the lock of the first by now
        await first.commit()
        answer = await following
        await second.commit()
        return answer


async def test_a_plain_compare_and_set_still_lets_both_succeed(neo4j: Engine) -> None:
    assert await second_of_two(neo4j, PLAIN) == [{"version": 3}]


async def test_a_compare_and_set_behind_the_lock_refuses_the_second(neo4j: Engine) -> None:
    assert await second_of_two(neo4j, LOCKED) == []


async def test_the_access_mode_read_is_enforced_by_the_server(neo4j: Engine) -> None:
    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run("CREATE (:Person {id: 'per-1'})")).consume()

    async with session(neo4j, READ_ACCESS) as reading:
        with pytest.raises(ClientError) as refused:
            await reading.execute_read(work)
    assert refused.value.code == "Neo.ClientError.Statement.AccessMode"


async def test_the_server_ends_a_transaction_at_its_timeout(neo4j: Engine) -> None:
    @unit_of_work(timeout=0.2)
    async def work(transaction: AsyncManagedTransaction) -> None:
        # Minutes of work: the server looks for transactions past their timeout every two seconds.
        text = "UNWIND range(1, 50000) AS a UNWIND range(1, 50000) AS b WITH a * b AS c RETURN max(c) AS most"
        await (await transaction.run(text)).fetch(1)

    async with session(neo4j) as reading:
        with pytest.raises(ClientError) as refused:
            await reading.execute_read(work)
    assert refused.value.code == "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"


async def test_a_statement_is_sent_and_its_answer_read_without_tasks(neo4j: Engine) -> None:
    made: list[str] = []
    loop = asyncio.get_running_loop()

    def make(loop: asyncio.AbstractEventLoop, work: Any, **how: Any) -> asyncio.Future[Any]:
        made.append(work.__qualname__)
        return asyncio.Task(work, loop=loop, **how)

    await neo4j.read("RETURN 1 AS one", {})
    loop.set_task_factory(make)
    try:
        found = await neo4j.read("UNWIND range(1, 3000) AS one RETURN one", {})
    finally:
        loop.set_task_factory(None)
    # The driver's own locks take tasks where it looks for faults of its own.
    assert (len(found), [one for one in made if one.startswith("Stream")]) == (3000, [])


async def test_a_merge_on_null_is_refused(neo4j: Engine) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("MERGE (:Person {id: $id})", {"id": None})

    with pytest.raises(ServiceError):
        await neo4j.write(work)
    assert await neo4j.read("MATCH (p:Person) RETURN count(p) AS people", {}) == [{"people": 0}]


async def test_every_statement_is_run_as_cypher_5_whatever_the_server_s_default(neo4j: Engine) -> None:
    # Cypher 25 has it, Cypher 5 has not.
    with pytest.raises(ServiceError) as refused:
        await neo4j.read("LET one = 1 RETURN one", {})
    assert refused.value.code == Code.INTERNAL


async def test_a_uri_with_routing_answers_alike(neo4j_store: Server) -> None:
    routed = await open_engine(
        Server(neo4j_store.uri.replace("bolt://", "neo4j://"), neo4j_store.user, neo4j_store.password)
    )
    try:
        assert await routed.read("RETURN 1 AS one", {}) == [{"one": 1}]
    finally:
        await routed.close()


async def test_a_wrong_password_is_told_as_one(neo4j_store: Server) -> None:
    with pytest.raises(ServiceError) as refused:
        await open_engine(Server(neo4j_store.uri, neo4j_store.user, "wrong"))
    assert (refused.value.code, refused.value.message) == (
        Code.UNAVAILABLE,
        "the store refused the user or the password; check both and try again",
    )


@pytest.fixture
def nobody() -> str:
    """A URI where nothing listens."""
    return f"bolt://127.0.0.1:{free_port()}"


async def test_a_server_that_does_not_run_is_unavailable(nobody: str) -> None:
    with pytest.raises(ServiceError) as refused:
        await open_engine(Server(nobody), Deadlines(retry=0.1))
    assert (refused.value.code, refused.value.message) == (
        Code.UNAVAILABLE,
        "the store does not answer; check that it runs and try again",
    )


async def test_a_host_that_does_not_exist_is_unavailable() -> None:
    with pytest.raises(ServiceError) as refused:
        await open_engine(Server("bolt://graph.invalid:7687"), Deadlines(retry=0.1))
    assert refused.value.code == Code.UNAVAILABLE


async def test_a_writer_whose_time_is_up_while_it_waits_for_another_is_told_so(
    neo4j: Engine, neo4j_store: Server
) -> None:
    hurried = await open_engine(neo4j_store, Deadlines(transaction=0.5))
    try:
        async with session(neo4j) as one:
            first = await one.begin_transaction()
            await (await first.run("MERGE (r:Revision {id: 'revision'}) SET r.lock = 'first'")).consume()
            with pytest.raises(ServiceError) as failed:
                await hurried.write(
                    lambda write: write.run("MERGE (r:Revision {id: 'revision'}) SET r.lock = 'one'", {})
                )
            await first.rollback()
    finally:
        await hurried.close()
    assert failed.value.code is Code.TIMEOUT
