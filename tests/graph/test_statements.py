"""Each statement that writes, on each engine: what it creates, changes and deletes, and how many it counts."""

import pytest

from service.engines.protocol import Engine
from service.errors import ServiceError
from service.graph.record.changes import Change, Creation, Deletion, NodeWrite, Parcel
from service.graph.record.relations import FOLDERS, KNOWS, TYPES
from service.graph.record.statements import Statements
from service.graph.store import Write
from tests.graph.sayings import graph, nodes, relations

# One pair of ends that each type allows, as labels.
ENDS = {
    "WORKS_FOR": ("Person", "Organization"),
    "DIRECTOR_OF": ("Person", "Organization"),
    "HOLDS": ("Person", "Post"),
    "POST_IN": ("Post", "Organization"),
    "MEMBER_OF": ("Organization", "Organization"),
    "SUPPLIES": ("Organization", "Organization"),
    "HAS_CAPABILITY": ("Organization", "Capability"),
    "HOLDS_CERTIFICATION": ("Organization", "Certification"),
    "OWNS": ("Person", "Organization"),
    "SUCCEEDED_BY": ("Organization", "Organization"),
    "REPRESENTS": ("Person", "Organization"),
    "COMPETES_WITH": ("Organization", "Organization"),
    "ATTENDED": ("Person", "Event"),
    "PART_OF": ("Event", "Event"),
    "GAVE_BENEFIT": ("Organization", "Person"),
    "SECRETARIAT_OF": ("Organization", "Organization"),
    "DECIDES_ON": ("Post", "Issue"),
    "TAKES_STANCE": ("Organization", "Issue"),
    "IDENTIFIED_BY": ("Person", "Identifier"),
    "BROADER": ("Capability", "Capability"),
    "RELATED": ("Capability", "Capability"),
    "FEEDS": ("Capability", "Capability"),
    "TOOK_PART_IN": ("Person", "Meeting"),
    "GAVE_CARD": ("Person", "CardExchange"),
    "RECEIVED_CARD": ("Person", "CardExchange"),
    "EXCHANGED_AT": ("CardExchange", "Event"),
    "REQUESTS": ("Person", "Introduction"),
    "INTRODUCES": ("Person", "Introduction"),
    "INTRODUCED_IN": ("Person", "Introduction"),
    KNOWS: ("Person", "Organization"),
}


def test_every_type_of_relationship_is_tried() -> None:
    assert sorted(ENDS) == sorted([*TYPES, KNOWS])


@pytest.mark.parametrize("relation", ENDS)
async def test_a_relationship_is_created_changed_and_deleted(engine: Engine, relation: str) -> None:
    store = graph(engine)
    kept = {"id": "c-1", "vis": 0, "about": ["x", "y"], "confidence": 0.5}

    async def create(write: Write) -> None:
        ends = [
            NodeWrite(label, id, {"id": id, "vis": 0}, new=True) for label, id in zip(ENDS[relation], "ab", strict=True)
        ]
        await Statements(write).nodes(ends)
        await Statements(write).parcel(Parcel(creations=[Creation(relation, "a", "b", kept)]))

    async def change(write: Write) -> None:
        await Statements(write).parcel(Parcel(changes=[Change(relation, "c-1", "a", "b", {"about": None, "vis": 2})]))

    async def delete(write: Write) -> None:
        await Statements(write).parcel(Parcel(deletions=[Deletion(relation, "c-1", "a", "b")]))

    await store.write(create, recorded_at="2026-01-01T00:00:00.000000Z")
    columns = ("id", "vis", "about", "confidence", "recordedAt", "revision")
    assert await relations(engine, relation, *columns) == [
        ("c-1", 0, ("x", "y"), 0.5, "2026-01-01T00:00:00.000000Z", 1)
    ]
    await store.write(change)
    assert await relations(engine, relation, *columns) == [("c-1", 2, None, 0.5, "2026-01-01T00:00:00.000000Z", 2)]
    await store.write(delete)
    assert await relations(engine, relation, *columns) == []


@pytest.mark.parametrize("relation", [KNOWS, "WORKS_FOR", "POST_IN"])
async def test_a_relationship_that_is_not_there_is_missed_in_the_count(engine: Engine, relation: str) -> None:
    async def change(write: Write) -> None:
        await Statements(write).parcel(Parcel(changes=[Change(relation, "c-1", "a", "b", {"vis": 2})]))

    with pytest.raises(ServiceError, match=f"0 of 1 records were saved as changed {relation}"):
        await graph(engine).write(change)
    assert (await graph(engine).position()).number == 0


@pytest.mark.parametrize("label", FOLDERS)
async def test_a_node_is_created_with_all_its_labels_and_its_properties_replaced(engine: Engine, label: str) -> None:
    store = graph(engine)
    first = {"id": "n-1", "vis": 0, "name": "First", "names": ["a", "b"]}
    await store.write(lambda write: Statements(write).nodes([NodeWrite(label, "n-1", first, new=True)]))
    assert await nodes(engine, label, "id", "vis", "name", "names", "revision") == [("n-1", 0, "First", ("a", "b"), 1)]
    second = {"id": "n-1", "vis": 1, "name": "Second"}
    await store.write(lambda write: Statements(write).nodes([NodeWrite(label, "n-1", second, new=False)]))
    assert await nodes(engine, label, "id", "vis", "name", "names", "revision") == [("n-1", 1, "Second", None, 2)]
    agents = [("n-1",)] if label in {"Person", "Organization"} else []
    assert await nodes(engine, "Agent", "id") == agents


async def test_the_same_id_twice_is_refused_by_the_store(engine: Engine) -> None:
    store = graph(engine)
    ends = [NodeWrite(label, label, {"id": label, "vis": 0}, new=True) for label in ("Person", "Organization")]
    twice = [Creation("WORKS_FOR", "Person", "Organization", {"id": "c-1", "vis": 0})] * 2

    async def create(write: Write) -> None:
        await Statements(write).nodes(ends)
        await Statements(write).parcel(Parcel(creations=twice))

    with pytest.raises(ServiceError, match="a record with the same key is there already"):
        await store.write(create)
    assert await nodes(engine, "Person", "id") == []
