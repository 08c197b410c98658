"""Introductions by hand: asked for, taken further, and completed by a meeting, on each engine."""

import asyncio
import re

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.introductions import AdvanceEntry, RequestEntry, advance_introduction, request_introduction
from service.entries.retractions import RetractionEntry, retract_claim
from service.errors import Code, ServiceError
from service.graph.model import Identity
from service.graph.questions import nodes
from service.graph.questions.rows import Introduction, IntroductionStep
from tests.entries.introducing import WAY, advanced, key, met, requested
from tests.entries.rooms import ADA, BEN, CAT, FORGE, room, viewer
from tests.entries.rooms import network as among
from tests.graph.little import GAZETTE, THEN, Little
from tests.graph.sayings import NOW, Saying, contents, person, relations

DAY = NOW[:10]
EVE = person("Eve Hidden")
LOBBY = Saying("lobby", vis=3).names(EVE, "Eve Hidden")  # a person whom only some may see


async def test_an_introduction_asked_for_is_a_draft_with_its_three_people(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")

    found = await requested(network, ada, concerning=" Samples ")

    assert (found.status, found.concerning, found.requested_at, found.meeting, found.vis) == (
        "DRAFT",
        "Samples",
        found.recorded_at,
        None,
        2,
    )
    assert [found.requester.name, found.introducer.name, found.target.name] == ["Ada Byron", "Ben Hope", "Cat Stone"]
    assert found.history == (IntroductionStep("DRAFT", found.recorded_at, "Ada", None),)
    assert found.source.title == "Recorded by Ada"
    for relation in ("REQUESTS", "INTRODUCES", "INTRODUCED_IN"):
        assert await relations(engine, relation, "start", "vis", "unit", "status") == [
            (DAY, 2, f"introduction:{found.id}", None)
        ]
    assert await relations(engine, "KNOWS", "kind") == []


@pytest.mark.parametrize(
    ("people", "field", "sentence"),
    [
        (
            (ADA, ADA, CAT),
            "introducer",
            "the introducer is the requester; an introduction takes three different people",
        ),
        ((ADA, BEN, ADA), "target", "the target is the requester; an introduction takes three different people"),
        ((ADA, BEN, BEN), "target", "the target is the introducer; an introduction takes three different people"),
    ],
)
async def test_an_introduction_takes_three_different_people(
    engine: Engine, people: tuple[Identity, ...], field: str, sentence: str
) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    before = await contents(engine, leaving_out=())
    with pytest.raises(ServiceError, match=f"^{re.escape(sentence)}$") as refused:
        await requested(network, ada, *(one.agent for one in people))
    assert (refused.value.code, refused.value.field) == (Code.BAD_USER_INPUT, field)
    assert await contents(engine, leaving_out=()) == before


async def test_a_hidden_person_an_organization_and_nobody_are_refused_alike(engine: Engine) -> None:
    network = await room(engine, LOBBY)
    ada = await viewer(network, Role.STAFF, "ada")
    told = set[tuple[Code, str | None, str]]()
    for id in (EVE.agent, FORGE.agent, "per-nobody"):
        with pytest.raises(ServiceError) as refused:
            await requested(network, ada, ADA.agent, BEN.agent, id)
        told.add((refused.value.code, refused.value.field, refused.value.message))
    assert told == {(Code.NOT_FOUND, "target", "target names nothing that is there; look the id up again")}


async def test_each_step_is_noted_with_its_moment_whoever_noted_it_and_what_they_wrote(engine: Engine) -> None:
    network = await room(engine)
    ada, ben = await viewer(network, Role.STAFF, "ada"), await viewer(network, Role.STAFF, "ben")
    asked = await requested(network, ada)

    entry = AdvanceEntry(key=key(), introduction=asked.id, to="REQUESTED", note=" by phone ")
    found = await advance_introduction(network, ben, entry)

    assert found is not None
    assert (found.status, found.requested_at) == ("REQUESTED", asked.requested_at)
    assert [(step.status, step.by, step.note) for step in found.history] == [
        ("DRAFT", "Ada", None),
        ("REQUESTED", "Ben", "by phone"),
    ]
    assert found.history[0].at < found.history[1].at
    assert await relations(engine, "REQUESTS", "status", "retractedAt") == [(None, None)]


async def test_the_same_step_sent_again_answers_the_same_and_changes_nothing(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    request = RequestEntry(key="one", requester=ADA.agent, introducer=BEN.agent, target=CAT.agent)
    asked = await request_introduction(network, ada, request)
    assert asked is not None
    entry = AdvanceEntry(key="two", introduction=asked.id, to="REQUESTED")
    first = await advance_introduction(network, ada, entry)
    before = await contents(engine, leaving_out=())

    assert await advance_introduction(network, ada, entry) == first
    assert await request_introduction(network, ada, request) == first
    assert await contents(engine, leaving_out=()) == before


async def test_of_two_who_take_the_same_step_at_once_one_is_told_that_it_was_taken(engine: Engine) -> None:
    network = await room(engine)
    ada, ben = await viewer(network, Role.STAFF, "ada"), await viewer(network, Role.STAFF, "ben")
    asked = await requested(network, ada)
    entry = AdvanceEntry(key="step", introduction=asked.id, to="REQUESTED")

    answers = await asyncio.gather(
        advance_introduction(network, ada, entry), advance_introduction(network, ben, entry), return_exceptions=True
    )

    (lost,) = (one for one in answers if isinstance(one, BaseException))
    assert isinstance(lost, ServiceError)
    assert (lost.code, lost.field, lost.message) == (
        Code.CONFLICT,
        "to",
        "an introduction that is REQUESTED cannot become REQUESTED; it can become WITH_INTRODUCER or LAPSED",
    )
    found = await nodes.node(network.graph, ada.scope, asked.id)
    assert isinstance(found, Introduction)
    assert [step.status for step in found.history] == ["DRAFT", "REQUESTED"]


async def test_met_is_evidence_on_the_day_of_the_meeting_and_stays_when_the_outcome_is_recorded(
    engine: Engine,
) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    asked = await requested(network, ada)
    meeting = await met(network, ada)
    await advanced(network, ada, asked.id, *WAY)

    found = await advanced(network, ada, asked.id, "MET", meeting=meeting)
    evidence = await relations(engine, "KNOWS", "kind", "on", "vis", "unit", "retractedAt")
    after = await advanced(network, ada, asked.id, "OUTCOME_RECORDED")

    assert (found.status, found.meeting) == ("MET", meeting)
    assert (after.status, after.meeting) == ("OUTCOME_RECORDED", meeting)
    assert evidence == [
        ("INTRODUCTION", "2026-11-20", 2, f"introduction:{asked.id}", None),
        ("MEETING", "2026-11-20", 2, f"meeting:{meeting}", None),
    ]
    assert await relations(engine, "KNOWS", "kind", "on", "vis", "unit", "retractedAt") == evidence
    claims = await relations(engine, "REQUESTS", "status", "on", "start", "retractedBy", "reason")
    assert sorted(claims, key=str) == [("MET", "2026-11-20", DAY, None, None), (None, None, DAY, "ada", "they met")]
    assert await relations(engine, "INTRODUCES", "status", "on", "retractedBy") == [(None, None, None)]


@pytest.mark.parametrize(
    ("people", "status", "on", "sentence"),
    [
        ((ADA, CAT), "PLANNED", "2027-01-20", "that meeting is PLANNED; name one that was HELD"),
        ((ADA, CAT), "CALLED_OFF", "2026-11-20", "that meeting is CALLED_OFF; name one that was HELD"),
        (
            (ADA, BEN),
            "HELD",
            "2026-11-20",
            "requester and target are not both among those who met; name the meeting at which they met",
        ),
    ],
)
async def test_a_meeting_that_completed_no_introduction_is_refused(
    engine: Engine, people: tuple[Identity, ...], status: str, on: str, sentence: str
) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    asked = await requested(network, ada)
    await advanced(network, ada, asked.id, *WAY)
    meeting = await met(network, ada, *(one.agent for one in people), on=on, status=status)
    before = await contents(engine, leaving_out=())
    with pytest.raises(ServiceError, match=f"^{re.escape(sentence)}$") as refused:
        await advanced(network, ada, asked.id, "MET", meeting=meeting)
    assert (refused.value.code, refused.value.field) == (Code.BAD_USER_INPUT, "meeting")
    assert await contents(engine, leaving_out=()) == before


async def test_met_without_a_meeting_and_a_meeting_without_met_are_refused(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    asked = await requested(network, ada)
    meeting = await met(network, ada)

    async def refusal(to: str, meeting: str | None) -> tuple[Code, str | None, str]:
        entry = AdvanceEntry(key=key(), introduction=asked.id, to=to, meeting=meeting)
        with pytest.raises(ServiceError) as refused:
            await advance_introduction(network, ada, entry)
        return refused.value.code, refused.value.field, refused.value.message

    early = await refusal("REQUESTED", meeting)
    unknown = await refusal("FORGOTTEN", None)
    await advanced(network, ada, asked.id, *WAY)

    assert early == (Code.BAD_USER_INPUT, "meeting", "a meeting goes with MET alone; leave it out")
    assert unknown[:2] == (Code.BAD_USER_INPUT, "to")
    sentence = "MET needs the meeting that completed it; record it and name it"
    assert await refusal("MET", None) == (Code.BAD_USER_INPUT, "meeting", sentence)
    gone = (Code.NOT_FOUND, "meeting", "meeting names nothing that is there; look the id up again")
    assert await refusal("MET", "mtg-nothing") == gone


async def test_what_a_meeting_of_stricter_class_completed_is_as_strict(engine: Engine) -> None:
    network = await room(engine)
    lobbyist = await viewer(network, Role.LOBBYING, "lee", "a consultation")
    staff = await viewer(network, Role.STAFF, "ada")
    asked = await requested(network, staff)
    await advanced(network, staff, asked.id, *WAY)
    meeting = await met(network, lobbyist, visibility="LOBBYING")

    with pytest.raises(ServiceError) as refused:
        await advanced(network, staff, asked.id, "MET", meeting=meeting)
    found = await advanced(network, lobbyist, asked.id, "MET", meeting=meeting)

    assert (refused.value.code, refused.value.field) == (Code.NOT_FOUND, "meeting")
    assert (found.status, found.vis) == ("MET", 3)
    assert await relations(engine, "KNOWS", "kind", "vis") == [("INTRODUCTION", 3), ("MEETING", 3)]
    assert await nodes.node(network.graph, staff.scope, asked.id) is None


async def test_an_introduction_among_people_of_a_stricter_class_is_as_strict(engine: Engine) -> None:
    network = await room(engine, LOBBY)
    lobbyist = await viewer(network, Role.LOBBYING, "lee", "a consultation")

    asked = await requested(network, lobbyist, ADA.agent, BEN.agent, EVE.agent)

    assert asked.vis == 3
    staff = await viewer(network, Role.STAFF, "ada")
    assert await nodes.node(network.graph, staff.scope, asked.id) is None


async def test_members_write_no_introductions(engine: Engine) -> None:
    network = await room(engine)
    member = await viewer(network, Role.MEMBERS, "mia")
    with pytest.raises(ServiceError) as refused:
        await requested(network, member)
    assert refused.value.code is Code.FORBIDDEN


async def test_taking_back_its_meeting_takes_back_what_an_introduction_led_to_and_lets_it_wait_for_another(
    engine: Engine,
) -> None:
    network = await room(engine)
    ada, eve = await viewer(network, Role.STAFF, "ada"), await viewer(network, Role.STAFF, "eve")
    meeting = await met(network, ada)
    introductions = [
        (await requested(network, eve)).id,
        (await requested(network, eve, CAT.agent, BEN.agent, ADA.agent)).id,
    ]
    for id in introductions:
        await advanced(network, eve, id, *WAY, "MET", "OUTCOME_RECORDED", meeting=meeting)

    await retract_claim(network, ada, RetractionEntry(key=key(), claim=meeting, reason="it was another Cat"))

    for id in introductions:
        found = await nodes.node(network.graph, eve.scope, id)
        assert isinstance(found, Introduction)
        assert (found.status, found.meeting, len(found.history)) == ("MADE", None, 8)
        last = found.history[-1]
        assert (last.status, last.by, last.note) == ("MADE", "Ada", "the meeting that completed it was taken back")
    assert {gone is not None for (gone,) in await relations(engine, "KNOWS", "retractedAt")} == {True}
    standing = [row[:2] for row in await relations(engine, "REQUESTS", "status", "on", "retractedAt") if not row[2]]
    assert standing == [(None, None)] * 2
    with pytest.raises(ServiceError, match=r"^that meeting was taken back;"):
        await advanced(network, eve, introductions[0], "MET", meeting=meeting)
    other = await met(network, ada, on="2026-11-22")
    again = await advanced(network, eve, introductions[0], "MET", meeting=other)
    assert (again.status, again.meeting) == ("MET", other)
    stand = [row[:2] for row in await relations(engine, "KNOWS", "kind", "on", "retractedAt") if row[2] is None]
    assert stand == [("INTRODUCTION", "2026-11-22"), ("MEETING", "2026-11-22")]


async def test_an_introduction_that_a_file_tells_of_is_not_taken_further_here(engine: Engine) -> None:
    made = Little()
    for one in ("per-ann", "per-ben", "per-cat"):
        made.node(one, one)
    made.node("int-1", source=GAZETTE.id, recordedAt=THEN, status="REQUESTED")
    for relation, one in (("REQUESTS", "per-ann"), ("INTRODUCES", "per-ben"), ("INTRODUCED_IN", "per-cat")):
        made.claim(relation, one, "int-1", f"clm-{relation}")
    await made.save(engine)
    network = among(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    why = "The gazette tells of this introduction and would tell of it again as it was"
    sentence = f"{why}; request it here to take it further"

    with pytest.raises(ServiceError, match=f"^{re.escape(sentence)}$") as refused:
        await advanced(network, ada, "int-1", "WITH_INTRODUCER")

    assert (refused.value.code, refused.value.field) == (Code.CONFLICT, "introduction")
    assert (await network.graph.position()).number == 1


async def test_a_hidden_introduction_and_none_are_refused_alike(engine: Engine) -> None:
    network = await room(engine, LOBBY)
    lobbyist = await viewer(network, Role.LOBBYING, "lee", "a consultation")
    hidden = await requested(network, lobbyist, ADA.agent, BEN.agent, EVE.agent)
    staff = await viewer(network, Role.STAFF, "ada")
    told = set[tuple[Code, str | None, str]]()
    for id in (hidden.id, "int-nothing", ADA.agent):
        with pytest.raises(ServiceError) as refused:
            await advanced(network, staff, id, "REQUESTED")
        told.add((refused.value.code, refused.value.field, refused.value.message))
    gone = "introduction names nothing that is there; look the id up again"
    assert told == {(Code.NOT_FOUND, "introduction", gone)}
