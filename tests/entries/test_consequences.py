"""What followed from an entry, on each engine."""

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.consequences import Consequences, consequences
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph.questions.rows import Evidence
from tests.entries.rooms import ADA, BEN, CAT, room, viewer

NOTHING = Consequences(repeated=False, written=(), withdrawn=())


def pairs(found: tuple[Evidence, ...]) -> list[tuple[str, str, set[str]]]:
    return [(one.kind, one.on, {one.a.name, one.b.name}) for one in found]


async def test_the_evidence_of_an_entry_is_told_and_what_taking_it_back_withdraws(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    entry = MeetingEntry(key="one", participants=(ADA.agent, BEN.agent), on="2026-11-20")
    meeting = await record_meeting(network, ada, entry)
    assert meeting is not None

    followed = await consequences(network.graph, ada, "one")
    again = await consequences(network.graph, await viewer(network, Role.STAFF, "ada"), "one")
    await retract_claim(network, ada, RetractionEntry(key="two", claim=meeting.id, reason="it was another day"))
    withdrawn = await consequences(network.graph, ada, "two")

    met = [("MEETING", "2026-11-20", {"Ada Byron", "Ben Hope"})]
    assert (followed.repeated, pairs(followed.written), pairs(followed.withdrawn)) == (False, met, [])
    assert (again.repeated, again.written) == (True, followed.written)
    assert (withdrawn.repeated, pairs(withdrawn.written), pairs(withdrawn.withdrawn)) == (False, [], met)


async def test_nothing_followed_from_a_key_nobody_used_and_from_what_may_not_be_seen(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    await record_meeting(
        network, ada, MeetingEntry(key="one", participants=(ADA.agent, BEN.agent, CAT.agent), on="2026-11-20")
    )
    member = await viewer(network, Role.MEMBERS, "ada")

    assert await consequences(network.graph, ada, "none") == NOTHING
    assert await consequences(network.graph, member, "one") == Consequences(repeated=True, written=(), withdrawn=())
