"""An entry happens once: after a lost acknowledgement, a repeated transaction, and beside other processes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

import pytest

from service.auth import Role
from service.engines.faults import Unconfirmed
from service.engines.open import open_engine
from service.engines.protocol import Engine, Record, SchemaItem, Transaction
from service.engines.stores import Store
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.meetings import MeetingEntry, record_meeting
from service.errors import Code, ServiceError
from service.graph.questions.rows import Meeting
from tests.conftest import PATIENT
from tests.entries.rooms import ADA, BEN, CAT, DAN, DINNER, network, room, viewer
from tests.graph.sayings import contents, nodes, relations

T = TypeVar("T")
DAY = "2026-11-20"
MEETING = MeetingEntry(key="one", participants=(ADA.agent, BEN.agent), on=DAY)


class _Refused(Exception):
    """What rolls a transaction back."""


@dataclass(slots=True)
class Faulty:
    """An engine whose commits go wrong: what is `lost` is written, `gone` is not, `again` is run twice."""

    engine: Engine
    faults: list[str] = field(default_factory=list[str])
    name: ClassVar[str] = "faulty"

    async def read(self, text: str, parameters: dict[str, object]) -> list[Record]:
        return await self.engine.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        fault = self.faults.pop(0) if self.faults else ""
        if fault in {"gone", "again"}:
            with suppress(_Refused):
                await self.engine.write(lambda transaction: self._refused(work, transaction))
        if fault == "gone":
            raise Unconfirmed
        answer = await self.engine.write(work)
        if fault == "lost":
            raise Unconfirmed
        return answer

    async def _refused(self, work: Callable[[Transaction], Awaitable[T]], transaction: Transaction) -> T:
        await work(transaction)
        raise _Refused

    async def define(self, text: str) -> None:
        await self.engine.define(text)

    async def schema(self) -> list[SchemaItem]:
        return await self.engine.schema()

    async def close(self) -> None:
        await self.engine.close()


@pytest.mark.parametrize("faults", [["lost"], ["gone"], ["again"], ["gone", "lost"], ["again", "again"]])
async def test_an_entry_whose_commit_went_wrong_is_there_once(engine: Engine, faults: list[str]) -> None:
    await room(engine)
    shaky = network(Faulty(engine, list(faults)))  # type: ignore[arg-type]  # parameters are a dictionary in tests
    found = await record_meeting(shaky, await viewer(shaky, Role.STAFF, "ada"), MEETING)
    assert isinstance(found, Meeting)
    assert len(await nodes(engine, "Meeting", "id")) == len(await nodes(engine, "Request", "id")) == 1
    assert len(await relations(engine, "KNOWS", "id")) == 1


async def test_a_commit_that_is_never_confirmed_is_told_as_such_and_can_be_sent_again(engine: Engine) -> None:
    await room(engine)
    shaky = network(Faulty(engine, ["gone"] * 3))  # type: ignore[arg-type]  # parameters are a dictionary in tests
    ada = await viewer(shaky, Role.STAFF, "ada")
    before = await contents(engine, leaving_out=())
    with pytest.raises(ServiceError) as failed:
        await record_meeting(shaky, ada, MEETING)
    assert failed.value.code is Code.UNAVAILABLE
    assert await contents(engine, leaving_out=()) == before
    assert await record_meeting(shaky, ada, MEETING) is not None


async def test_the_same_entry_sent_five_times_at_once_is_one_record_with_one_answer(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")
    answers = await asyncio.gather(*(record_meeting(found, ada, MEETING) for _ in range(5)))
    assert answers == [answers[0]] * 5
    assert len(await nodes(engine, "Meeting", "id")) == len(await nodes(engine, "Request", "id")) == 1


async def test_two_programs_that_record_at_once_are_both_right(engine: Engine, store: Store) -> None:
    await room(engine)
    other = await open_engine(store, PATIENT)
    try:
        rooms = [network(engine), network(other), network(engine), network(other)]
        entries = [
            AttendanceEntry(key=one.value, event=DINNER.id, agent=one.agent, status="ATTENDED")
            for one in (ADA, BEN, CAT, DAN)
        ]
        who = await viewer(rooms[0], Role.STAFF, "ada")
        await asyncio.gather(*(record_attendance(one, who, entry) for one, entry in zip(rooms, entries, strict=True)))
    finally:
        await other.close()
    assert len(await relations(engine, "ATTENDED", "id")) == 4
    pairs = [row[0] for row in await relations(engine, "KNOWS", "origin", "retractedAt") if row[1] is None]
    assert len(pairs) == len(set(pairs)) == 6
