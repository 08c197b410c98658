"""For each fence around the embedded engine: that it holds, and that the engine still behaves as made it needed.

A test named `still` fails once the engine is mended: then its rule can go.
"""

import pytest
from neo4j import AsyncManagedTransaction, AsyncSession, unit_of_work
from neo4j.exceptions import AuthError, ClientError

from service.engines.bolt import driver
from service.engines.embedded.engine import Embedded
from service.engines.protocol import Deadlines, Engine, Record, Transaction
from service.errors import ServiceError

pytestmark = pytest.mark.embedded

THREE = "UNWIND [1, 2, 3] AS n CREATE (:Person:Agent {id: toString(n), name: 'n' + toString(n)})"
COUNT = "MATCH (p:Person) RETURN count(p) AS people"


def root(engine: Engine) -> AsyncSession:
    """A session of the user who may do everything, past our own reading and writing."""
    assert isinstance(engine, Embedded)
    return engine.connection.writer.driver.session(database="paddock")  # pyright: ignore[reportUnknownMemberType]


async def write(engine: Engine, text: str, **parameters: object) -> list[Record]:
    async def work(transaction: Transaction) -> list[Record]:
        return await transaction.run(text, parameters)

    return await engine.write(work)


WRONG: list[tuple[str, list[Record]]] = [
    ("MATCH (p:Person) RETURN count(p) IN [3] AS three", [{"three": False}] * 3),
    ("MATCH (p:Person) RETURN NOT count(p) = 3 AS other", [{"other": True}] * 3),
    ("MATCH (p:Person) RETURN count(p) = 3 AND true AS three", [{"three": False}] * 3),
    ("MATCH (p:Person) RETURN max(p.name) IS NULL AS none", [{"none": True}] * 3),
    ("MATCH (p:Person) RETURN max(p.name) STARTS WITH 'n' AS starts", [{"starts": None}] * 3),
    ("MATCH (p:Person) RETURN head(collect({a: p.id})).a AS first", [{}]),
]


@pytest.mark.parametrize(("text", "wrong"), WRONG)
async def test_an_aggregate_inside_a_predicate_or_an_access_is_still_silently_wrong(
    embedded: Engine, text: str, wrong: list[Record]
) -> None:
    await write(embedded, THREE)
    assert await embedded.read(text, {}) == wrong


async def test_an_aggregate_with_an_alias_is_right(embedded: Engine) -> None:
    await write(embedded, THREE)
    assert await embedded.read(
        "MATCH (p:Person) WITH count(p) AS n RETURN n IN [3] AS three, NOT n = 3 AS other", {}
    ) == [{"three": True, "other": False}]


async def test_a_dynamic_label_is_still_silently_dropped(embedded: Engine) -> None:
    assert await write(embedded, "CREATE (n:$($label) {id: '1'}) RETURN labels(n) AS labels", label="Person") == [
        {"labels": []}
    ]


async def test_a_merge_on_null_still_makes_an_empty_node(embedded: Engine) -> None:
    await write(embedded, "MERGE (:Person {id: $id})", id=None)
    assert await embedded.read("MATCH (p:Person) WHERE p.id IS NULL RETURN count(p) AS people", {}) == [{"people": 1}]


async def test_a_statement_of_its_own_still_leaves_half_of_what_it_began(embedded: Engine) -> None:
    await write(embedded, THREE)
    async with root(embedded) as session:
        with pytest.raises(ClientError):
            await (await session.run("MATCH (p:Person) SET p.share = 1 / (2 - toInteger(p.id))")).consume()
    assert await embedded.read("MATCH (p:Person) RETURN p.id AS id, p.share AS share ORDER BY id", {}) == [
        {"id": "1", "share": 1},
        {"id": "2", "share": None},
        {"id": "3", "share": None},
    ]


async def test_the_same_statement_in_a_managed_transaction_leaves_nothing(embedded: Engine) -> None:
    await write(embedded, THREE)
    with pytest.raises(ServiceError, match="could not carry out"):
        await write(embedded, "MATCH (p:Person) SET p.share = 1 / (2 - toInteger(p.id))")
    assert await embedded.read("MATCH (p:Person) WHERE p.share IS NOT NULL RETURN count(p) AS people", {}) == [
        {"people": 0}
    ]


async def test_it_still_says_it_is_neo4j(embedded: Engine) -> None:
    assert await embedded.read("CALL dbms.components() YIELD name RETURN name", {}) == [{"name": "Neo4j Kernel"}]
    assert embedded.name == "embedded"


async def test_it_still_lets_a_read_transaction_of_a_writer_write(embedded: Engine) -> None:
    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run("CREATE (:Person {id: 'per-1'})")).consume()

    async with root(embedded) as session:
        await session.execute_read(work)
    assert await embedded.read(COUNT, {}) == [{"people": 1}]


async def test_it_still_ignores_the_timeout_of_a_transaction(embedded: Engine) -> None:
    @unit_of_work(timeout=0.01)
    async def work(transaction: AsyncManagedTransaction) -> list[Record]:
        text = "UNWIND range(1, 1000) AS a UNWIND range(1, 1000) AS b WITH a * b AS c RETURN max(c) AS most"
        return [record.data() async for record in await transaction.run(text)]

    async with root(embedded) as session:
        assert await session.execute_read(work) == [{"most": 1_000_000}]


async def test_it_still_makes_no_full_text_index_from_cypher(embedded: Engine) -> None:
    with pytest.raises(ServiceError, match="could not carry out"):
        await write(embedded, "CREATE FULLTEXT INDEX source_search IF NOT EXISTS FOR (n:Source) ON EACH [n.search]")


async def test_the_reader_cannot_read_a_file_through_the_engine(embedded: Engine) -> None:
    with pytest.raises(ServiceError, match="could not carry out"):
        await embedded.read("LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row", {})


async def test_nor_can_the_writer(embedded: Engine) -> None:
    with pytest.raises(ServiceError, match="could not carry out"):
        await write(embedded, "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row")


@pytest.mark.parametrize(("user", "password"), [("root", "playwithdata"), ("reader", "reader"), ("nobody", "")])
async def test_nobody_signs_in_without_the_password_in_the_folder(embedded: Engine, user: str, password: str) -> None:
    assert isinstance(embedded, Embedded)
    uri = f"bolt://127.0.0.1:{embedded.connection.endpoint.bolt}"
    async with driver(uri, user, password, Deadlines()) as stranger:
        with pytest.raises(AuthError):
            await stranger.verify_connectivity()  # pyright: ignore[reportUnknownMemberType]
