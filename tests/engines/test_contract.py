"""What the graph may rely on, whichever engine keeps it."""

import asyncio
from collections.abc import Mapping

import pytest

from service.engines.faults import Duplicate, Overdue
from service.engines.open import open_engine
from service.engines.protocol import Deadlines, Engine, Record, Transaction
from service.engines.stores import Store
from service.errors import Code, ServiceError

PEOPLE = "MATCH (p:Person) WITH p ORDER BY p.id RETURN collect(p.id) AS ids"
FIND = """
CALL db.index.fulltext.queryNodes($index, $words) YIELD node
WITH node ORDER BY node.id
RETURN collect(node.id) AS ids
"""
# Enough rows for a deadline to pass; done in some seconds where nobody stops it.
SLOW = "UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b WITH a * b AS c RETURN max(c) AS most"
LOCK_FIRST = """
MATCH (c:Revision {id: 'revision'})
SET c.lock = $token
WITH c WHERE c.version = $version
SET c.version = c.version + 1
RETURN c.version AS version
"""


async def write(engine: Engine, text: str, **parameters: object) -> list[Record]:
    async def work(transaction: Transaction) -> list[Record]:
        return await transaction.run(text, parameters)

    return await engine.write(work)


async def people(engine: Engine) -> object:
    return (await engine.read(PEOPLE, {}))[0]["ids"]


async def test_what_is_written_is_read(engine: Engine) -> None:
    await write(engine, "CREATE (:Person:Agent {id: $id, names: $names})", id="per-1", names=["Ada", "A."])
    assert await engine.read("MATCH (p:Person) RETURN p {.id, .names} AS person", {}) == [
        {"person": {"id": "per-1", "names": ["Ada", "A."]}}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Person {id: 'per-2'})",
        "MATCH (p:Person) SET p.id = 'per-2'",
        "MATCH (p:Person) DETACH DELETE p",
        "CREATE INDEX person_country IF NOT EXISTS FOR (n:Person) ON (n.country)",
    ],
)
async def test_a_read_cannot_write(engine: Engine, text: str) -> None:
    await write(engine, "CREATE (:Person:Agent {id: 'per-1'})")
    schema = await engine.schema()

    with pytest.raises(ServiceError) as refused:
        await engine.read(text, {})

    assert (refused.value.code, refused.value.message) == (Code.INTERNAL, "the store could not carry out a statement")
    assert (await people(engine), await engine.schema()) == (["per-1"], schema)


async def test_a_write_that_fails_half_way_leaves_nothing(engine: Engine) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Person:Agent {id: 'per-1'})", {})
        message = "half way"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="half way"):
        await engine.write(work)
    assert await people(engine) == []


async def test_a_second_node_with_the_same_id_is_refused_under_either_label(engine: Engine) -> None:
    await write(engine, "CREATE (:Person:Agent {id: 'one'})")
    with pytest.raises(Duplicate):
        await write(engine, "CREATE (:Organization:Agent {id: 'one'})")
    assert await engine.read("MATCH (a:Agent) RETURN labels(a) AS labels", {}) in (
        [{"labels": ["Agent", "Person"]}],
        [{"labels": ["Person", "Agent"]}],
    )


async def test_an_agent_is_found_and_merged_by_either_of_its_labels(engine: Engine) -> None:
    await write(engine, "CREATE (:Person:Agent {id: 'per-1'}), (:Organization:Agent {id: 'org-1'})")
    await write(engine, "MERGE (p:Person:Agent {id: 'per-1'}) SET p.name = 'Ada'")
    assert await engine.read(
        "MATCH (a:Agent {id: 'per-1'}) MATCH (p:Person {id: 'per-1'}) MATCH (o:Organization)"
        " RETURN a.name AS a, p.name AS p, o.id AS o",
        {},
    ) == [{"a": "Ada", "p": "Ada", "o": "org-1"}]


async def test_a_second_relationship_with_the_same_id_is_refused(engine: Engine) -> None:
    await write(engine, "CREATE (:Person:Agent {id: 'a'})-[:KNOWS {id: 'kno-1'}]->(:Person:Agent {id: 'b'})")
    with pytest.raises(Duplicate):
        await write(
            engine, "MATCH (a:Agent {id: 'a'}) MATCH (b:Agent {id: 'b'}) CREATE (b)-[:KNOWS {id: 'kno-1'}]->(a)"
        )
    assert await engine.read("MATCH (a)-[k:KNOWS]->(b) RETURN a.id AS a, b.id AS b", {}) == [{"a": "a", "b": "b"}]


async def test_revisions_compare_as_numbers_through_their_index(engine: Engine) -> None:
    await write(
        engine,
        "UNWIND [1, 9, 10, 11, 100] AS n"
        " CREATE (:Person:Agent {id: 'a' + toString(n)})-[:KNOWS {id: toString(n), revision: n}]->"
        "(:Person:Agent {id: 'b' + toString(n)})",
    )
    assert await engine.read(
        "MATCH (x:Agent)-[k:KNOWS]->(y:Agent) WHERE k.revision > $revision"
        " WITH k ORDER BY k.revision RETURN collect(k.revision) AS revisions",
        {"revision": 9},
    ) == [{"revisions": [10, 11, 100]}]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lovelace", ["per-1"]),
        ("LOVELACE", ["per-1"]),
        ("lov*", ["per-1", "per-3"]),
        ("lovelase~1", ["per-1"]),
        ("ada AND hopper", ["per-2"]),
        ('"ada lovelace"', ["per-1"]),
        ("lóvelace", []),  # nothing is folded by the engines: what is searched and what is asked both come folded
    ],
)
async def test_a_full_text_index_answers_alike(engine: Engine, words: str, found: list[str]) -> None:
    await write(
        engine,
        "CREATE (:Person:Agent {id: 'per-1', search: 'ada lovelace'}),"
        " (:Person:Agent {id: 'per-2', search: 'ada hopper'}),"
        " (:Person:Agent {id: 'per-3', search: 'lovell'})",
    )
    assert await engine.read(FIND, {"index": "person_search", "words": words}) == [{"ids": found}]


async def test_a_statement_that_makes_no_sense_tells_nothing_of_itself(engine: Engine) -> None:
    with pytest.raises(ServiceError) as refused:
        await engine.read("MATCH (hunter2", {})
    assert (refused.value.code, refused.value.message) == (Code.INTERNAL, "the store could not carry out a statement")


async def test_writers_at_once_each_count(engine: Engine) -> None:
    await write(engine, "CREATE (:Revision {id: 'revision', number: 0})")

    async def count(transaction: Transaction) -> None:
        await transaction.run("MATCH (r:Revision {id: 'revision'}) SET r.number = r.number + 1", {})

    await asyncio.gather(*(engine.write(count) for _ in range(40)))
    assert await engine.read("MATCH (r:Revision) RETURN r.number AS number", {}) == [{"number": 40}]


async def test_one_of_many_that_compare_and_set_behind_the_lock_succeeds(engine: Engine) -> None:
    await write(engine, "CREATE (:Revision {id: 'revision', version: 1})")
    answers = await asyncio.gather(*(write(engine, LOCK_FIRST, version=1, token=str(number)) for number in range(20)))
    assert sorted(answers, key=len) == [[]] * 19 + [[{"version": 2}]]


async def test_two_programs_on_one_store_lose_no_write(store: Store, engine: Engine) -> None:
    await write(engine, "CREATE (:Revision {id: 'revision', number: 0})")
    other = await open_engine(store, Deadlines(call=60.0, transaction=59.0, acquire=20.0, retry=30.0))

    async def count(transaction: Transaction) -> None:
        await transaction.run("MATCH (r:Revision {id: 'revision'}) SET r.number = r.number + 1", {})

    try:
        await asyncio.gather(*(each.write(count) for each in (engine, other) for _ in range(20)))
    finally:
        await other.close()
    assert await engine.read("MATCH (r:Revision) RETURN r.number AS number", {}) == [{"number": 40}]


async def test_two_programs_that_merge_one_node_make_one(store: Store, engine: Engine) -> None:
    other = await open_engine(store, Deadlines(call=60.0, transaction=59.0, acquire=20.0, retry=30.0))
    try:
        await asyncio.gather(
            *(write(each, "MERGE (:Person:Agent {id: $id})", id=str(n)) for n in range(10) for each in (engine, other))
        )
    finally:
        await other.close()
    assert await people(engine) == [str(n) for n in range(10)]


async def test_a_read_past_its_deadline_ends(store: Store, engine: Engine) -> None:
    hasty = await open_engine(store, Deadlines(call=0.3, transaction=0.2))
    try:
        with pytest.raises(Overdue):
            await hasty.read(SLOW, {})
    finally:
        await hasty.close()
    assert await engine.read("RETURN 1 AS one", {}) == [{"one": 1}]


async def test_a_write_past_its_deadline_leaves_nothing(store: Store, engine: Engine) -> None:
    hasty = await open_engine(store, Deadlines(call=0.3, transaction=0.2))

    async def work(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Person:Agent {id: 'per-1'})", {})
        await asyncio.sleep(60)

    try:
        with pytest.raises(Overdue):
            await hasty.write(work)
    finally:
        await hasty.close()
    assert await people(engine) == []


async def test_a_caller_who_goes_leaves_nothing_of_an_unfinished_write(engine: Engine) -> None:
    began = asyncio.Event()

    async def work(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Person:Agent {id: 'per-1'})", {})
        began.set()
        await asyncio.sleep(60)

    caller = asyncio.create_task(engine.write(work))
    await began.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert await people(engine) == []


async def test_many_reads_at_once_share_no_connection(engine: Engine) -> None:
    async def echo(value: Mapping[str, object]) -> list[Record]:
        return await engine.read("UNWIND range(1, 100) AS n RETURN $number AS number", value)

    answers = await asyncio.gather(*(echo({"number": number}) for number in range(60)))
    assert answers == [[{"number": number}] * 100 for number in range(60)]


async def test_statements_sent_together_are_carried_out_in_turn_and_keep_their_parameters_apart(engine: Engine) -> None:
    make = "UNWIND $ids AS id CREATE (p:Person:Agent {id: id}) WITH count(p) AS made RETURN [{made: made}] AS rows"
    there = "MATCH (p:Person) WHERE p.id IN $ids WITH p ORDER BY p.id RETURN collect(p.id) AS rows"

    async def work(transaction: Transaction) -> list[list[Record]]:
        both: dict[str, object] = {"ids": ["per-1", "per-2"]}
        alone = await transaction.together([(there, both)])
        return alone + await transaction.together([(make, both), (there, {"ids": ["per-2"]}), (there, both)])

    assert await engine.write(work) == [
        [{"rows": []}],
        [{"rows": [{"made": 2}]}],
        [{"rows": ["per-2"]}],
        [{"rows": ["per-1", "per-2"]}],
    ]


async def test_where_one_of_several_statements_fails_none_is_carried_out(engine: Engine) -> None:
    await write(engine, "CREATE (:Person:Agent {id: 'per-1'})")
    make = "CREATE (p:Person:Agent {id: $id}) WITH count(p) AS made RETURN [{made: made}] AS rows"

    async def work(transaction: Transaction) -> list[list[Record]]:
        return await transaction.together([(make, {"id": "per-2"}), (make, {"id": "per-1"})])

    with pytest.raises(Duplicate):
        await engine.write(work)
    assert await people(engine) == ["per-1"]
