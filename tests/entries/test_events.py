"""Events added by hand, on each engine."""

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.events import EventEntry, add_event
from service.errors import Code, ServiceError
from service.graph.model import digest
from service.graph.questions import agents
from service.graph.questions.rows import Event
from tests.entries.rooms import ADA, DINNER, room, viewer
from tests.graph.sayings import contents, relations

FAIR = digest("evt", "by-hand", "ada", "one")


async def test_an_event_is_added_as_a_part_of_another_with_its_dates_as_written(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    entry = EventEntry(key="one", name=" Winter  Fair ", start="2026-12", end="..", part_of=DINNER.id)

    found = await add_event(network, ada, entry)

    assert found == Event(FAIR, "Winter Fair", "2026-12", "..")
    whole = Event(DINNER.id, "Dinner", "2026-03-02", None)
    assert await agents.wholes(network.graph, ada.scope, [FAIR]) == {FAIR: whole}
    assert await relations(engine, "PART_OF", "ends", "vis") == [((f"Event {FAIR}", f"Event {DINNER.id}"), 2)]


async def test_an_event_is_added_once_however_often_it_is_sent(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    entry = EventEntry(key="one", name="Fair", start="2026")
    first = await add_event(network, ada, entry)
    before, revision = await contents(engine, leaving_out=()), (await network.graph.position()).number

    assert await add_event(network, ada, entry) == first == Event(FAIR, "Fair", "2026", None)
    assert (await contents(engine, leaving_out=()), (await network.graph.position()).number) == (before, revision)


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        (EventEntry(key="one", name="--", start="2026"), Code.BAD_USER_INPUT, "name"),
        (EventEntry(key="one", name="Fair", start=".."), Code.BAD_USER_INPUT, "start"),
        (EventEntry(key="one", name="Fair", start="2026-13"), Code.BAD_USER_INPUT, "start"),
        (EventEntry(key="one", name="Fair", start="2026-05", end="2026-04-30"), Code.BAD_USER_INPUT, "end"),
        (EventEntry(key="one", name="Fair", start="2026", part_of="evt-none"), Code.NOT_FOUND, "partOf"),
        (EventEntry(key="one", name="Fair", start="2026", part_of=ADA.agent), Code.NOT_FOUND, "partOf"),
        (EventEntry(key=" ", name="Fair", start="2026"), Code.BAD_USER_INPUT, "idempotencyKey"),
    ],
)
async def test_an_event_that_cannot_be_added_is_refused_and_nothing_is_written(
    engine: Engine, entry: EventEntry, code: Code, field: str
) -> None:
    network = await room(engine)
    before = await contents(engine, leaving_out=())

    with pytest.raises(ServiceError) as refused:
        await add_event(network, await viewer(network, Role.STAFF, "ada"), entry)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert await contents(engine, leaving_out=()) == before
