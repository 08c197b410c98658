"""Meetings recorded by hand, on each engine."""

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.meetings import MeetingEntry, record_meeting
from service.errors import Code, ServiceError
from service.graph.model import digest
from tests.entries.rooms import ADA, BEN, CAT, room, viewer
from tests.graph.sayings import contents, relations

TODAY = "2026-11-24"


def meeting(*people: str, key: str = "one", on: str = "2026-11-20", **more: str) -> MeetingEntry:
    return MeetingEntry(key=key, participants=people, on=on, **more)  # type: ignore[arg-type]  # texts alone


async def test_a_meeting_is_recorded_with_everybody_in_it_and_the_evidence_that_follows(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    found = await record_meeting(network, ada, meeting(BEN.agent, ADA.agent, subject="Samples"))
    assert found is not None
    assert (found.id, found.on, found.status, found.subject) == (
        digest("mtg", "by-hand", "ada", "one"),
        "2026-11-20",
        "HELD",
        "Samples",
    )
    assert [one.name for one in found.participants] == ["Ada Byron", "Ben Hope"]
    assert found.source.title == "Recorded by Ada"
    assert await relations(engine, "KNOWS", "kind", "on", "vis", "unit") == [
        ("MEETING", "2026-11-20", 2, f"meeting:{found.id}")
    ]


async def test_the_same_entry_again_answers_the_same_and_changes_nothing(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    first = await record_meeting(network, ada, meeting(ADA.agent, BEN.agent))
    before, revision = await contents(engine, leaving_out=()), (await network.graph.position()).number
    assert await record_meeting(network, ada, meeting(ADA.agent, BEN.agent)) == first
    assert (await contents(engine, leaving_out=()), (await network.graph.position()).number) == (before, revision)


async def test_a_key_that_was_used_for_something_else_is_a_conflict(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    await record_meeting(network, ada, meeting(ADA.agent, BEN.agent))
    before = await contents(engine, leaving_out=())
    with pytest.raises(ServiceError) as refused:
        await record_meeting(network, ada, meeting(ADA.agent, CAT.agent))
    assert (refused.value.code, refused.value.field) == (Code.CONFLICT, "idempotencyKey")
    assert await contents(engine, leaving_out=()) == before
