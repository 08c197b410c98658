"""What is taken back by hand, what follows from it no longer, and who may."""

import pytest

from service.auth import Role, Viewer
from service.engines.protocol import Engine
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.cards import CardEntry, record_card
from service.entries.confirmations import ConfirmationEntry, confirm_claim
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.retractions import RetractionEntry, retract_claim
from service.errors import Code, ServiceError
from service.graph.model import Mode
from service.graph.questions import nodes
from service.graph.questions.rows import CardExchange, Evidence, Meeting
from service.graph.questions.ties import Network
from tests.entries.rooms import ADA, BEN, CAT, DAN, DINNER, FORGE, room, viewer
from tests.graph.sayings import NOW, Saying, Thing, contents, loaded, organization, relations

DAY, EVENING = "2026-11-20", "2026-03-02"
MINISTER, SECRETARY = Thing("Post", "Minister"), Thing("Post", "Secretary")
MINISTRY = organization("Ministry")


def taking(claim: str, key: str = "back", reason: str = "it was another Ben") -> RetractionEntry:
    return RetractionEntry(key=key, claim=claim, reason=reason)


async def standing(engine: Engine, relation: str = "KNOWS") -> list[tuple[object, ...]]:
    """The ends of every record of a type that was not taken back."""
    return [row[0] for row in await relations(engine, relation, "origin", "retractedAt") if row[1] is None]  # type: ignore[misc]


async def refusal(network: Network, who: Viewer, entry: RetractionEntry) -> tuple[Code, str | None, str]:
    with pytest.raises(ServiceError) as refused:
        await retract_claim(network, who, entry)
    return refused.value.code, refused.value.field, refused.value.message


def pair(one: str, other: str) -> tuple[str, ...]:
    return tuple(sorted((one, other)))


async def met(network: Network, who: Viewer, *people: str, key: str = "met") -> str:
    found = await record_meeting(network, who, MeetingEntry(key=key, participants=people, on=DAY))
    assert found is not None
    return found.id


async def test_a_meeting_is_taken_back_with_all_that_followed_and_stays_readable(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    id = await met(network, ada, ADA.agent, BEN.agent, CAT.agent)
    assert len(await standing(engine)) == 3
    found = await retract_claim(network, ada, taking(id))
    assert isinstance(found, Meeting)
    assert (found.id, found.retracted_at is not None) == (id, True)
    assert [one.name for one in found.participants] == ["Ada Byron", "Ben Hope", "Cat Stone"]
    assert (await standing(engine), await standing(engine, "TOOK_PART_IN")) == ([], [])
    assert set(await relations(engine, "TOOK_PART_IN", "retractedBy", "reason")) == {("ada", "it was another Ben")}


async def test_a_card_is_taken_back_with_all_that_followed_and_stays_readable(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    card = CardEntry(key="card", giver=ADA.agent, receiver=BEN.agent, on=DAY, event=DINNER.id)
    before = await record_card(network, ada, card)
    assert before is not None
    found = await retract_claim(network, ada, taking(before.id))
    assert isinstance(found, CardExchange)
    assert (found.giver, found.receiver, found.event) == (before.giver, before.receiver, before.event)
    assert found.retracted_at is not None
    assert [await standing(engine, one) for one in ("KNOWS", "GAVE_CARD", "RECEIVED_CARD", "EXCHANGED_AT")] == [[]] * 4


async def test_an_attendance_is_taken_back_and_the_others_still_met(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    ids: list[str] = []
    for key, who in (("1", ADA), ("2", BEN), ("3", CAT)):
        entry = AttendanceEntry(key=key, event=DINNER.id, agent=who.agent, status="ATTENDED")
        found = await record_attendance(network, ada, entry)
        assert found is not None
        ids.append(found.id)
    await retract_claim(network, ada, taking(ids[0]))
    assert await standing(engine) == [pair(BEN.agent, CAT.agent)]


async def test_a_contact_is_taken_back_by_its_own_id(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    entry = ContactEntry(key="call", start=ADA.agent, end=BEN.agent, kind="CALL", on=DAY)
    call = await record_contact(network, ada, entry)
    assert call is not None
    found = await retract_claim(network, ada, taking(call.id))
    assert isinstance(found, Evidence)
    assert found.retracted_at is not None
    assert await standing(engine) == []


async def test_evidence_that_follows_from_records_is_a_conflict_that_names_them(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    meeting = await met(network, ada, ADA.agent, BEN.agent)
    ((evidence,),) = await relations(engine, "KNOWS", "id")
    before = await contents(engine, leaving_out=())
    assert await refusal(network, ada, taking(str(evidence))) == (
        Code.CONFLICT,
        "claim",
        f"this follows from other records; take those back instead: {meeting}",
    )
    assert await contents(engine, leaving_out=()) == before


async def test_what_others_recorded_only_a_steward_takes_back(engine: Engine) -> None:
    network = await room(engine)
    id = await met(network, await viewer(network, Role.STAFF, "ada"), ADA.agent, BEN.agent)
    before = await contents(engine, leaving_out=())
    assert (await refusal(network, await viewer(network, Role.STAFF, "ben"), taking(id)))[0] is Code.FORBIDDEN
    assert await contents(engine, leaving_out=()) == before
    assert await retract_claim(network, await viewer(network, Role.STEWARD, "cat"), taking(id)) is not None
    assert await standing(engine) == []


async def test_what_cannot_be_taken_back_is_refused_and_nothing_is_written(engine: Engine) -> None:
    network = await room(engine, Saying("secret", vis=3).says("WORKS_FOR", ADA, FORGE, start="2019"))
    steward = await viewer(network, Role.STEWARD, "cat")
    id = await met(network, steward, ADA.agent, BEN.agent)
    await retract_claim(network, steward, taking(id, "first"))
    ((hidden,),) = await relations(engine, "WORKS_FOR", "id")
    before = await contents(engine, leaving_out=())
    nothing = (Code.NOT_FOUND, "claim", "claim names nothing that is there; look the id up again")
    assert await refusal(network, steward, taking(str(hidden))) == nothing
    assert await refusal(network, steward, taking("clm-nothing")) == nothing
    assert await refusal(network, steward, taking(id, reason=" ")) == (
        Code.BAD_USER_INPUT,
        "reason",
        "say why it is taken back",
    )
    assert await refusal(network, steward, taking(id)) == (Code.CONFLICT, "claim", "this was taken back already")
    assert await refusal(network, steward, taking(ADA.agent)) == (
        Code.BAD_USER_INPUT,
        "claim",
        "only claims, evidence, meetings and cards are taken back",
    )
    assert await contents(engine, leaving_out=()) == before


async def test_taking_back_twice_with_one_key_is_once(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    id = await met(network, ada, ADA.agent, BEN.agent)
    first = await retract_claim(network, ada, taking(id))
    before = await contents(engine, leaving_out=())
    assert await retract_claim(network, ada, taking(id)) == first
    assert await contents(engine, leaving_out=()) == before


class Met(Thing):
    """A meeting that another source tells of by the id it has."""

    @property
    def id(self) -> str:
        return self.name


async def test_of_a_record_only_what_the_viewer_sees_is_taken_back(engine: Engine) -> None:
    network = await room(engine)
    steward = await viewer(network, Role.STEWARD, "cat")
    id = await met(network, steward, ADA.agent, BEN.agent)
    hidden = Saying("secret", Mode.LOG, vis=3)
    hidden.says("TOOK_PART_IN", DAN, Met("Meeting", id), start=DAY, unit=f"meeting:{id}", on=DAY, status="HELD")
    await loaded(network.graph, hidden)
    found = await retract_claim(network, steward, taking(id))
    assert isinstance(found, Meeting)
    assert found.retracted_at is not None
    assert await standing(engine, "TOOK_PART_IN") == [(DAN.agent, id)]


async def test_a_holding_taken_back_changes_the_evidence_of_its_whole_department(engine: Engine) -> None:
    offices = Saying("offices").names(MINISTRY, "Ministry")
    for who, post in ((ADA, MINISTER), (BEN, SECRETARY), (CAT, SECRETARY)):
        offices.says("HOLDS", who, post, start="2024", end="..", unit="department:ministry")
    for post in (MINISTER, SECRETARY):
        offices.says("POST_IN", post, MINISTRY, unit="department:ministry")
    network = await room(engine, offices)
    assert len(await standing(engine)) == 3
    ((holding,),) = [row[:1] for row in await relations(engine, "HOLDS", "id", "origin") if ADA.agent in str(row[1])]
    await retract_claim(network, await viewer(network, Role.STEWARD, "cat"), taking(str(holding)))
    assert await standing(engine) == [pair(BEN.agent, CAT.agent)]


async def test_a_steward_confirms_a_claim_and_nobody_else(engine: Engine) -> None:
    network = await room(engine, Saying("staff").says("WORKS_FOR", ADA, FORGE, start="2019"))
    ((claim,),) = await relations(engine, "WORKS_FOR", "id")
    entry = ConfirmationEntry(key="yes", claim=str(claim))
    with pytest.raises(ServiceError) as refused:
        await confirm_claim(network, await viewer(network, Role.STAFF, "ada"), entry)
    assert refused.value.code is Code.FORBIDDEN
    cat = await viewer(network, Role.STEWARD, "cat")
    assert await confirm_claim(network, cat, entry) == await nodes.node(network.graph, cat.scope, str(claim))
    rows = await relations(engine, "WORKS_FOR", "verifiedBy", "verifiedAt")
    assert [(by, str(at)[:10]) for by, at in rows] == [("cat", NOW[:10])]


async def test_a_confirmed_claim_stays_confirmed_when_it_is_loaded_again_and_a_new_one_is_not(engine: Engine) -> None:
    def staff(role: str) -> Saying:
        return Saying("staff").says("WORKS_FOR", ADA, FORGE, "ada", start="2019", role=role)

    network = await room(engine, staff("Smith"))
    ((claim,),) = await relations(engine, "WORKS_FOR", "id")
    cat = await viewer(network, Role.STEWARD, "cat")
    await confirm_claim(network, cat, ConfirmationEntry(key="yes", claim=str(claim)))
    await loaded(network.graph, staff("Smith"))
    assert await relations(engine, "WORKS_FOR", "role", "verifiedBy") == [("Smith", "cat")]
    await loaded(network.graph, staff("Fitter"))
    assert await relations(engine, "WORKS_FOR", "role", "verifiedBy") == [("Fitter", None), ("Smith", "cat")]


async def test_what_is_no_standing_claim_is_not_confirmed(engine: Engine) -> None:
    network = await room(engine, Saying("staff").says("WORKS_FOR", ADA, FORGE, start="2019"))
    cat = await viewer(network, Role.STEWARD, "cat")
    ((claim,),) = await relations(engine, "WORKS_FOR", "id")
    await retract_claim(network, cat, taking(str(claim)))
    for id, code in ((str(claim), Code.CONFLICT), (ADA.agent, Code.BAD_USER_INPUT), ("clm-none", Code.NOT_FOUND)):
        with pytest.raises(ServiceError) as refused:
            await confirm_claim(network, cat, ConfirmationEntry(key="yes", claim=id))
        assert (refused.value.code, refused.value.field) == (code, "claim")
