"""How often an entry waits for the store while all others wait for it, and that what it knows is never too old."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import pytest

from service.auth import Role
from service.engines.protocol import Asked, Engine, Record, Transaction
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.questions.rows import Meeting
from service.graph.record.changes import Deletion, NodeWrite, Parcel
from service.graph.record.entries.reading import AGENTS, IDENTIFYING
from service.graph.record.statements import Statements
from service.graph.store import Question, Write
from tests.entries.rooms import ADA, BEN, CAT, DAN, crew, network, room, viewer
from tests.graph.sayings import Saying, contents, graph, loaded, nodes, person, relations

T = TypeVar("T")
DAY = "2026-11-20"
CALL = ContactEntry(key="one", start=ADA.agent, end=BEN.agent, kind="CALL", on=DAY)


@dataclass(slots=True)
class Watched:
    """A transaction whose exchanges are noted by the number of their statements."""

    transaction: Transaction
    exchanges: list[int]

    async def run(self, text: str, parameters: dict[str, object]) -> list[Record]:
        self.exchanges.append(1)
        return await self.transaction.run(text, parameters)

    async def together(self, asked: Sequence[Asked]) -> list[list[Record]]:
        self.exchanges.append(len(asked))
        return await self.transaction.together(asked)


@dataclass(slots=True)
class Watching:
    """An engine that notes the exchanges of its transactions, and lets others in before the first of them."""

    engine: Engine
    before: Callable[[], Awaitable[object]] | None = None
    exchanges: list[int] = field(default_factory=list[int])

    async def read(self, text: str, parameters: dict[str, object]) -> list[Record]:
        return await self.engine.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        first, self.before = self.before, None
        if first is not None:
            await first()
        return await self.engine.write(lambda one: work(cast("Transaction", Watched(one, self.exchanges))))


async def test_a_contact_is_two_exchanges_and_a_commit(engine: Engine) -> None:
    await room(engine)
    watching = Watching(engine)
    found = network(cast("Engine", watching))
    ada = await viewer(found, Role.STAFF, "ada")
    await record_contact(found, ada, CALL)
    await record_contact(found, ada, ContactEntry(key="two", start=CAT.agent, end=ADA.agent, kind="CALL", on=DAY))
    # The revision with all that is read; then the source of what Ada says, once, with the contact and the request.
    assert watching.exchanges == [7, 3, 7, 2]
    assert len(await relations(engine, "KNOWS", "id")) == 2


async def test_a_meeting_is_few_exchanges_for_many_people(engine: Engine) -> None:
    await room(engine)
    watching = Watching(engine)
    found = network(cast("Engine", watching))
    entry = MeetingEntry(key="one", participants=tuple(one.agent for one in (ADA, BEN, CAT, DAN)), on=DAY)
    assert isinstance(await record_meeting(found, await viewer(found, Role.STAFF, "ada"), entry), Meeting)
    assert watching.exchanges == [7, 1, 5]
    assert len(await relations(engine, "KNOWS", "id")) == 6


async def test_an_entry_about_somebody_who_has_become_another_since_it_was_prepared_is_refused(engine: Engine) -> None:
    await room(engine)
    member = person("1234", "gb-mp")

    async def others() -> None:
        await loaded(graph(engine), Saying("twins").names(member, "Ben Hope").joins(member, BEN))

    found = network(cast("Engine", Watching(engine, others)))
    with pytest.raises(ServiceError) as refused:
        await record_contact(found, await viewer(found, Role.STAFF, "ada"), CALL)
    assert refused.value.code is Code.CONFLICT
    assert await nodes(engine, "Request", "id") == await relations(engine, "KNOWS", "id") == []


async def test_a_class_made_by_another_writer_meanwhile_keeps_its_number(engine: Engine) -> None:
    await room(engine)
    other = network(engine)

    async def others() -> None:
        entry = ContactEntry(
            key="other", start=CAT.agent, end=DAN.agent, kind="CALL", on=DAY, compartments=("harbour",)
        )
        await record_contact(other, await viewer(other), entry)

    found = network(cast("Engine", Watching(engine, others)))
    entry = ContactEntry(key="one", start=ADA.agent, end=BEN.agent, kind="CALL", on=DAY, compartments=("cellar",))
    assert await record_contact(found, await viewer(found), entry) is not None
    classes = await visibility.classes(graph(engine))
    assert [classes.name(number) for number in classes.everything().vis[4:]] == [
        ("STAFF", "harbour"),
        ("STAFF", "cellar"),
    ]
    assert sorted(await relations(engine, "KNOWS", "vis")) == [(4,), (5,)]


async def test_what_identifies_agents_is_read_with_the_sources_that_say_so(engine: Engine) -> None:
    found = await room(engine)

    async def work(write: Write) -> list[str]:
        return [row.id for row in await write.run(IDENTIFYING, ids=[ADA.agent, BEN.agent], vis=[0])]

    source = crew().record.id
    assert await found.graph.write(work) == sorted([ADA.id, BEN.id, source])


async def test_what_was_asked_ahead_answers_until_something_changes(engine: Engine) -> None:
    found = await room(engine)
    watching = Watching(engine)
    given: dict[str, object] = {"ids": [ADA.agent], "vis": [0, 1, 2, 3]}
    told: list[int] = []

    async def work(write: Write) -> list[str]:
        asked = [*await write.run(AGENTS, **given), *await write.run(AGENTS, **given)]
        write.later(visibility.CREATE, lambda rows: told.append(rows[0].saved), rows=[])
        asked += await write.run(AGENTS, **given)
        return [row.id for row in asked]

    store = replace(found.graph, engine=cast("Engine", watching))
    assert await store.write(work, ahead=[Question(AGENTS, given)]) == [ADA.agent] * 3
    assert (told, watching.exchanges) == ([0], [2, 2])


async def test_what_is_put_off_and_cannot_be_saved_leaves_nothing_behind(engine: Engine) -> None:
    found = await room(engine)
    before = await contents(engine, leaving_out=())

    async def work(write: Write) -> None:
        new = NodeWrite("Post", "pst-1", {"id": "pst-1", "vis": 0, "name": "Chair"}, new=True)
        await Statements(write).nodes([new])
        await Statements(write).parcel(Parcel(deletions=[Deletion("KNOWS", "kno-none", ADA.agent, BEN.agent)]))

    with pytest.raises(ServiceError, match="0 of 1 records were saved as deleted KNOWS"):
        await found.graph.write(work)
    assert await contents(engine, leaving_out=()) == before
