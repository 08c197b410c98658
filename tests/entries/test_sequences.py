"""Whatever is entered and taken back in whatever order, the evidence is that which all standing claims give."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph.questions.rows import Record
from service.graph.questions.ties import Network
from service.graph.visibility import LEVELS
from tests.conftest import emptied
from tests.entries.deriving import from_scratch, stored
from tests.entries.rooms import DINNER, FORGE, MILL, PEOPLE, room, viewer
from tests.graph.sayings import Saying, loaded

DAYS = ("2026-03-02", "2026-11-20", "2026-11-24")
SPANS = (("2019", ".."), ("2020-05", "2022"), (None, None), ("2021-01-01", "2021-12-31"))
CLASSES = [*((level, ()) for level in LEVELS), ("STAFF", ("tender",)), ("MEMBERS", ("bid",))]
ACTS = ("meeting", "card", "contact", "attendance", "affiliation", "back", "back")
STEPS = 20


def listed() -> Saying:
    """What a file says of the same dinner and the same employer."""
    saying = Saying("file")
    for number, who in enumerate(PEOPLE[:3]):
        start, end = SPANS[number]
        saying.says("WORKS_FOR", who, FORGE, start=start, end=end, unit=f"employer:{FORGE}", vis=number)
        saying.says("ATTENDED", who, DINNER, start=DAYS[0], unit=f"event:{DINNER.id}", status="ATTENDED", vis=number)
    return saying


async def act(network: Network, chance: Random, key: str, ids: list[str]) -> None:
    """Enter something, or take back something that was entered."""
    kind = chance.choice(ACTS)
    if kind != "back":
        found = await entered(network, chance, key, kind)
        assert found is not None
        ids.append(found.id)
    elif ids:
        taken = ids.pop(chance.randrange(len(ids)))
        entry = RetractionEntry(key=key, claim=taken, reason="a test")
        assert await retract_claim(network, await viewer(network, purpose="a test"), entry) is not None


async def entered(network: Network, chance: Random, key: str, kind: str) -> Record | None:
    who = await viewer(network, purpose="a test")
    one, other, *more = (person.agent for person in chance.sample(PEOPLE, chance.randint(2, 4)))
    level, held = chance.choice(CLASSES)
    day, (start, end) = chance.choice(DAYS), chance.choice(SPANS)
    match kind:
        case "meeting":
            people = (one, other, *more)
            met = MeetingEntry(key=key, participants=people, on=day, visibility=level, compartments=held)
            return await record_meeting(network, who, met)
        case "card":
            card = CardEntry(key=key, giver=one, receiver=other, on=day, visibility=level, compartments=held)
            return await record_card(network, who, card)
        case "contact":
            call = ContactEntry(key=key, start=one, end=other, kind="CALL", on=day, visibility=level, compartments=held)
            return await record_contact(network, who, call)
        case "attendance":
            status = chance.choice(["ATTENDED", "ATTENDED", "NO_SHOW"])
            there = AttendanceEntry(key=key, event=DINNER.id, agent=one, status=status, visibility=level)
            return await record_attendance(network, who, there)
        case _:
            where = chance.choice([FORGE, MILL]).agent
            works = AffiliationEntry(
                key=key, person=one, organization=where, start=start, end=end, visibility=level, compartments=held
            )
            return await assert_affiliation(network, who, works)


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(chance=st.randoms(use_true_random=False))
async def test_the_evidence_is_always_that_of_the_standing_claims(engine: Engine, chance: Random) -> None:
    ids = list[str]()
    await emptied(engine)
    network = await room(engine, listed())
    for step in range(STEPS):
        await act(network, chance, f"step {step}", ids)
    assert await stored(engine) == await from_scratch(network.graph)
    outcome = await loaded(network.graph, listed())
    assert (outcome.evidence, outcome.withdrawn) == ({}, {})
