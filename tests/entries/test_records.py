"""What each kind of entry records, and the evidence that follows from it."""

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.errors import Code, ServiceError
from service.graph.model import Mode
from service.graph.questions.clocks import When
from service.graph.questions.ties import tie
from tests.entries.rooms import ADA, BEN, CAT, DAN, DINNER, FORGE, room, viewer
from tests.graph.sayings import Saying, Thing, person, relations

DAY, EVENING = "2026-11-20", "2026-03-02"
FAIR = Thing("Event", "Fair")


def dinner(*guests: str) -> Saying:
    """Guests of the dinner, as its host lists them."""
    saying = Saying("host", Mode.HISTORY)
    for one in (BEN, CAT, DAN):
        if one.value in guests:
            said = {"start": EVENING, "end": EVENING, "unit": "event:dinner", "status": "ATTENDED"}
            saying.says("ATTENDED", one, DINNER, **said)  # type: ignore[arg-type]  # texts alone
    return saying


def colleagues() -> Saying:
    """Ben at the forge from 2019 on."""
    return Saying("staff", Mode.HISTORY).says(
        "WORKS_FOR", BEN, FORGE, start="2019", end="..", unit=f"employer:{FORGE}", role="Smith"
    )


async def standing(engine: Engine) -> list[tuple[object, ...]]:
    """The evidence that stands: who, what, since when and until when, and how much it counts."""
    rows = await relations(engine, "KNOWS", "origin", "kind", "since", "on", "intensity", "retractedAt")
    return [row[:-1] for row in rows if row[-1] is None]


def pair(one: str, other: str) -> tuple[str, ...]:
    return tuple(sorted((one, other)))


@pytest.mark.parametrize("status", ["PLANNED", "CALLED_OFF"])
async def test_a_meeting_that_was_not_held_is_recorded_and_is_no_evidence(engine: Engine, status: str) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    entry = MeetingEntry(key="one", participants=(ADA.agent, BEN.agent), on="2027-01-15", status=status)
    found = await record_meeting(network, ada, entry)
    assert found is not None
    assert (found.status, len(found.participants)) == (status, 2)
    assert await relations(engine, "KNOWS", "id") == []


@pytest.mark.parametrize(("number", "kind"), [(2, "MEETING"), (3, "SMALL_GROUP"), (4, "SMALL_GROUP")])
async def test_the_number_of_people_says_what_kind_of_evidence_a_meeting_is(
    engine: Engine, number: int, kind: str
) -> None:
    network = await room(engine)
    people = tuple(one.agent for one in (ADA, BEN, CAT, DAN)[:number])
    await record_meeting(network, await viewer(network), MeetingEntry(key="one", participants=people, on=DAY))
    assert [row[1] for row in await standing(engine)] == [kind] * (number * (number - 1) // 2)


async def test_a_meeting_counts_in_the_tie_of_the_next_question(engine: Engine) -> None:
    network = await room(engine)
    who = await viewer(network)
    assert await tie(network, who.scope, ADA.agent, BEN.agent, When(DAY)) is None
    await record_meeting(network, who, MeetingEntry(key="one", participants=(ADA.agent, BEN.agent), on=DAY))
    found = await tie(network, (await viewer(network)).scope, ADA.agent, BEN.agent, When(DAY))
    assert found is not None
    assert (found.evidence_count, found.last_evidence) == (1, DAY)


async def test_a_card_given_runs_from_the_giver_and_a_swap_runs_neither_way(engine: Engine) -> None:
    network = await room(engine)
    who = await viewer(network)
    given = CardEntry(key="one", giver=BEN.agent, receiver=ADA.agent, on=DAY, event=DINNER.id)
    found = await record_card(network, who, given)
    assert found is not None
    assert (found.giver.id, found.receiver.id, found.swapped) == (BEN.agent, ADA.agent, False)
    assert found.event is not None
    assert found.event.id == DINNER.id
    await record_card(network, who, CardEntry(key="two", giver=CAT.agent, receiver=DAN.agent, on=DAY, swapped=True))
    assert await standing(engine) == sorted(
        [
            ((BEN.agent, ADA.agent), "CARD_GIVEN", None, DAY, 1.0),
            (pair(CAT.agent, DAN.agent), "CARD_SWAPPED", None, DAY, 1.0),
        ],
        key=str,
    )


@pytest.mark.parametrize("kind", ["CALL", "CORRESPONDENCE", "CORRESPONDENCE_SENT", "DECLARED"])
async def test_a_contact_is_evidence_in_itself(engine: Engine, kind: str) -> None:
    network = await room(engine)
    entry = ContactEntry(key="one", start=max(ADA.agent, BEN.agent), end=min(ADA.agent, BEN.agent), kind=kind, on=DAY)
    found = await record_contact(network, await viewer(network), entry)
    assert found is not None
    directed = kind in {"CORRESPONDENCE_SENT", "DECLARED"}
    ends = (entry.start, entry.end) if directed else (entry.end, entry.start)
    assert (found.a.id, found.b.id, found.kind, found.on, found.about) == (*ends, kind, DAY, ())
    assert await standing(engine) == [(ends, kind, None, DAY, 1.0)]


async def test_somebody_may_write_to_an_organization(engine: Engine) -> None:
    network = await room(engine)
    entry = ContactEntry(key="one", start=ADA.agent, end=FORGE.agent, kind="CORRESPONDENCE_SENT", on=DAY)
    found = await record_contact(network, await viewer(network), entry)
    assert found is not None
    assert (found.a.id, found.b.id) == (ADA.agent, FORGE.agent)


async def test_who_attended_met_everybody_whom_the_list_of_guests_names(engine: Engine) -> None:
    network = await room(engine, dinner(BEN.value, CAT.value))
    assert [row[0] for row in await standing(engine)] == [pair(BEN.agent, CAT.agent)]
    entry = AttendanceEntry(key="one", event=DINNER.id, agent=ADA.agent, status="ATTENDED")
    found = await record_attendance(network, await viewer(network, Role.STAFF, "ada"), entry)
    assert found is not None
    assert (found.agent.id, found.event.id, found.status) == (ADA.agent, DINNER.id, "ATTENDED")
    assert sorted(row[:4] for row in await standing(engine)) == sorted(
        (pair(one.agent, other.agent), "SHARED_EVENT", None, EVENING)
        for one, other in ((ADA, BEN), (ADA, CAT), (BEN, CAT))
    )


@pytest.mark.parametrize("status", ["REGISTERED", "NO_SHOW", "CANCELLED"])
async def test_who_did_not_come_met_nobody(engine: Engine, status: str) -> None:
    network = await room(engine, dinner(BEN.value))
    entry = AttendanceEntry(key="one", event=DINNER.id, agent=ADA.agent, status=status)
    assert await record_attendance(network, await viewer(network), entry) is not None
    assert await standing(engine) == []


async def test_nobody_has_attended_an_event_to_come(engine: Engine) -> None:
    network = await room(engine, Saying("fairs").shows(FAIR, start="2027-03", end="2027-03"))
    who = await viewer(network)
    for status in ("ATTENDED", "NO_SHOW"):
        entry = AttendanceEntry(key="one", event=FAIR.id, agent=ADA.agent, status=status)
        with pytest.raises(ServiceError, match="the event begins on 2027-03, so nobody has attended it yet") as refused:
            await record_attendance(network, who, entry)
        assert (refused.value.code, refused.value.field) == (Code.BAD_USER_INPUT, "status")
    entry = AttendanceEntry(key="one", event=FAIR.id, agent=ADA.agent, status="REGISTERED")
    assert await record_attendance(network, who, entry) is not None


async def test_who_joins_an_employer_was_there_with_everybody_at_that_time(engine: Engine) -> None:
    network = await room(engine, colleagues())
    entry = AffiliationEntry(
        key="one", person=ADA.agent, organization=FORGE.agent, role=" Fitter ", start="2020", end="2022-06"
    )
    found = await assert_affiliation(network, await viewer(network, Role.STAFF, "ada"), entry)
    assert found is not None
    assert (found.person.id, found.organization.id, found.role, found.start, found.end) == (
        ADA.agent,
        FORGE.agent,
        "Fitter",
        "2020",
        "2022-06",
    )
    assert await standing(engine) == [(pair(ADA.agent, BEN.agent), "CO_AFFILIATION", "2020-01-01", "2022-06-30", 1.0)]


async def test_an_employer_nobody_listed_anyone_of_is_a_unit_that_a_later_list_falls_into(engine: Engine) -> None:
    network = await room(engine)
    entry = AffiliationEntry(key="one", person=ADA.agent, organization=FORGE.agent, start="2020", end="..")
    await assert_affiliation(network, await viewer(network), entry)
    assert await relations(engine, "WORKS_FOR", "unit") == [(f"employer:{FORGE}",)]


async def test_one_more_in_a_department_changes_what_being_there_together_counts(engine: Engine) -> None:
    crowd = Saying("crowd", Mode.HISTORY)
    others = [person(f"Worker {number}") for number in range(15)]
    for one in others:
        crowd.names(one, one.value)
        crowd.says("WORKS_FOR", one, FORGE, start="2019", end="..", unit=f"employer:{FORGE}")
    network = await room(engine, crowd)
    assert {row[4] for row in await standing(engine)} == {1.0}
    entry = AffiliationEntry(
        key="one", person=ADA.agent, organization=FORGE.agent, start="2019", end="..", visibility="PUBLIC"
    )
    await assert_affiliation(network, await viewer(network), entry)
    assert {row[4] for row in await standing(engine)} == {14 / 15}
    assert len(await standing(engine)) == 16 * 15 // 2
