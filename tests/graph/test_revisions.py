"""Questions under a scope, and writes that each make one revision."""

import asyncio

import pytest

import cypher
from service.engines.protocol import Engine
from service.errors import ServiceError
from service.graph.projection import AGENTS_CHANGED
from service.graph.store import CURRENT, Graph, Position, Scope, Write
from tests.graph.sayings import NOW, Saying, graph, loaded, nodes, person

MOMENT = 1_795_502_068_000_000  # of NOW, in microseconds


async def nothing(write: Write) -> tuple[int, str]:
    return write.revision, write.recorded_at


async def test_a_store_nobody_wrote_to_stands_at_the_beginning(engine: Engine) -> None:
    assert await graph(engine).position() == Position(0, 0)


async def test_each_write_is_one_revision_and_later_than_the_last_though_the_clock_stands_still(
    engine: Engine,
) -> None:
    store = graph(engine)
    assert [await store.write(nothing) for _ in range(3)] == [
        (1, "2026-11-24T06:34:28.000000Z"),
        (2, "2026-11-24T06:34:28.000001Z"),
        (3, "2026-11-24T06:34:28.000002Z"),
    ]
    assert await store.position() == Position(3, MOMENT + 2)


async def test_a_moment_asked_for_is_taken_exactly_and_again(engine: Engine) -> None:
    store, at = graph(engine), "2026-01-02T03:04:05.000006Z"
    assert [await store.write(nothing, recorded_at=at) for _ in range(2)] == [(1, at), (2, at)]


async def test_a_write_that_fails_leaves_no_revision_behind(engine: Engine) -> None:
    store = graph(engine)

    async def fail(_: Write) -> None:
        raise ServiceError("CONFLICT", "not like this")

    with pytest.raises(ServiceError, match="not like this"):
        await store.write(fail)
    assert await store.position() == Position(0, 0)


async def test_writers_at_one_time_get_revisions_of_their_own(engine: Engine) -> None:
    one, other = graph(engine), graph(engine)
    await one.write(nothing)
    made = await asyncio.gather(*((one, other)[number % 2].write(nothing) for number in range(20)))
    assert sorted(revision for revision, _ in made) == list(range(2, 22))
    assert len({moment for _, moment in made}) == 20


async def test_a_question_sees_what_its_scope_may_see_and_an_empty_scope_nothing(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, Saying("staff", vis=2).names(person("Ada"), "Ada"), Saying("all").names(person("Ben"), "Ben"))
    given = {"revision": 1, "after": "", "limit": 10}
    seen = [await store.read(AGENTS_CHANGED, Scope(vis), **given) for vis in ((0, 1, 2, 3), (0, 1), ())]
    assert [rows[0].ids for rows in seen] == [
        tuple(sorted((person("Ada").agent, person("Ben").agent))),
        (person("Ben").agent,),
        (),
    ]
    assert len(await nodes(engine, "Person", "id")) == 2


async def test_a_question_without_classes_is_asked_without_them(engine: Engine) -> None:
    store = graph(engine)
    await store.write(nothing)
    assert await store.read(CURRENT, Scope((0,))) == [Position(1, MOMENT)]


async def test_a_question_asked_with_other_parameters_than_it_documents_is_an_error(engine: Engine) -> None:
    with pytest.raises(cypher.QueryError, match=r"agent/changed[.]cypher takes the parameters"):
        await Graph(engine, lambda: NOW).read(AGENTS_CHANGED, Scope((0,)), revision=0)
