"""What a look at a store tells, on both engines."""

from network.dates import moment
from service.engines.protocol import Engine
from service.graph import visibility
from service.graph.migrations import migrations
from service.graph.questions.health import Counts, examine
from service.graph.record.write import CREATE_BATCH
from service.graph.store import Graph, Scope, Write

NOW = "2026-09-30T12:00:00.000000Z"


def clock() -> str:
    return NOW


async def test_an_empty_store_is_whole(engine: Engine) -> None:
    health = await examine(Graph(engine, clock), Scope((0, 1, 2, 3)))
    assert health.findings == ()
    assert (health.revision, health.last_recorded_at) == (0, None)
    assert health.counts == Counts(0, 0, 0, 0, 0, 0, 0)
    assert health.migrations == len(migrations())


async def test_a_load_that_was_cut_off_is_named(engine: Engine) -> None:
    graph = Graph(engine, clock)

    async def work(write: Write) -> None:
        await visibility.save(write, visibility.Classes().added)
        properties: dict[str, object] = {
            "id": "btc-1",
            "status": "OPEN",
            "sources": [],
            "recordedAt": write.recorded_at,
        }
        await write.run(CREATE_BATCH, rows=[{"properties": properties}])

    await graph.write(work)
    health = await examine(graph, Scope((0, 1, 2, 3)))
    assert health.findings == (f"a load that began at {NOW} was cut off; to finish it, load again: the same files",)
    assert health.last_recorded_at == moment(1_790_769_600_000_000)
