"""Introductions as lists with their steps, and what introducers may be asked."""

from typing import Any

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.introductions import IntroductionStatus
from service.graph.model import AgentKind, Identity, digest
from service.graph.questions import nodes
from service.graph.questions.introductions import IntroducerLimits, asks, introductions, limits
from service.graph.questions.pages import Page
from service.graph.questions.rows import Introduction, IntroductionStep
from service.graph.store import Scope
from tests.graph.little import (
    EVERYBODY,
    EVERYTHING,
    GAZETTE,
    LOBBYING,
    NOW,
    STAFF,
    THEN,
    Little,
    organization,
    person,
)

ANN, BEN, CAT, DEE = (person(f"per-{name.lower()}", name) for name in ("Ann", "Ben", "Cat", "Dee"))
FORGE = organization("org-forge", "Forge Ltd")
ROLES = ("REQUESTS", "INTRODUCES", "INTRODUCED_IN")
TODAY = NOW[:10]


def little() -> Little:
    made = Little()
    for one in (ANN, BEN, CAT, DEE):
        made.node(one.id, one.name)
    made.node(FORGE.id, FORGE.name)
    return made


def asked_for(made: Little, id: str, *people: str, vis: int = STAFF, **said: object) -> str:
    """Takes in an introduction: who asks, who introduces, to whom; a draft of now unless it says more."""
    known = {"source": GAZETTE.id, "recordedAt": THEN, "requestedAt": NOW, "status": "DRAFT", **said}
    made.node(id, vis=vis, **known)
    for kind, one in zip(ROLES, people, strict=True):
        made.claim(kind, one, id, f"clm-{id}-{kind}", vis=vis)
    return id


def steps(*taken: tuple[str, str, str, str]) -> dict[str, Any]:
    """The properties of an introduction that took these steps: status, moment, who, note."""
    statuses, moments, names, notes = (list(column) for column in zip(*taken, strict=True))
    return {
        "status": statuses[-1],
        "stepStatuses": statuses,
        "stepMoments": moments,
        "stepPrincipals": names,
        "stepNames": names,
        "stepNotes": notes,
    }


async def test_an_introduction_tells_its_steps_and_the_meeting_that_completed_it(engine: Engine) -> None:
    made = little()
    taken = steps(("DRAFT", THEN, "desk", ""), ("MET", NOW, "Eve", "over lunch"))
    asked_for(made, "int-1", ANN.id, BEN.id, CAT.id, meeting="mtg-1", concerning="forging", **taken)
    graph = await made.save(engine)

    assert await nodes.node(graph, EVERYTHING, "int-1") == Introduction(
        id="int-1",
        source=GAZETTE,
        locator=None,
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=STAFF,
        status="MET",
        concerning="forging",
        requested_at=NOW,
        meeting="mtg-1",
        history=(
            IntroductionStep("DRAFT", THEN, "desk", None),
            IntroductionStep("MET", NOW, "Eve", "over lunch"),
        ),
        requester=ANN,
        introducer=BEN,
        target=CAT,
    )


async def test_introductions_are_listed_the_newest_first_page_by_page_with_a_count_of_all(engine: Engine) -> None:
    made = little()
    for id, at in (("int-b", NOW), ("int-c", THEN), ("int-a", NOW), ("int-old", None)):
        asked_for(made, id, ANN.id, BEN.id, CAT.id, requestedAt=at)
    graph = await made.save(engine)

    first = await introductions(graph, EVERYTHING, page=Page(first=2, total=True))
    second = await introductions(graph, EVERYTHING, page=Page(first=2, after=first.cursors[-1]))

    assert [row.id for row in first.rows] == ["int-a", "int-b"]
    assert (first.has_next, first.has_previous, first.total) == (True, False, 4)
    assert [row.id for row in second.rows] == ["int-c", "int-old"]
    assert (second.has_next, second.has_previous, second.total) == (False, True, None)


async def test_a_list_keeps_the_statuses_asked_for_and_those_a_person_has_any_part_in(engine: Engine) -> None:
    made = little()
    asked_for(made, "int-1", ANN.id, BEN.id, CAT.id)
    asked_for(made, "int-2", BEN.id, CAT.id, ANN.id, status="MADE")
    asked_for(made, "int-3", CAT.id, ANN.id, BEN.id, status="LAPSED")
    asked_for(made, "int-4", BEN.id, DEE.id, CAT.id)
    graph = await made.save(engine)
    draft, lapsed = IntroductionStatus.DRAFT, IntroductionStatus.LAPSED

    async def ids(statuses: list[IntroductionStatus] | None, person: str | None) -> tuple[list[str], int | None]:
        found = await introductions(graph, EVERYTHING, statuses, person, Page(total=True))
        return [row.id for row in found.rows], found.total

    assert await ids(None, ANN.id) == (["int-1", "int-2", "int-3"], 3)
    assert await ids([draft, lapsed], None) == (["int-1", "int-3", "int-4"], 3)
    assert await ids([draft], ANN.id) == (["int-1"], 1)
    assert await ids([], None) == ([], 0)
    assert await ids(None, "per-nobody") == ([], 0)


async def test_an_introduction_one_of_whose_people_is_hidden_is_listed_for_nobody_who_may_not_see_them(
    engine: Engine,
) -> None:
    made = little()
    made.node("per-hid", "Hidden", vis=LOBBYING)
    asked_for(made, "int-1", ANN.id, BEN.id, "per-hid", vis=0)
    asked_for(made, "int-2", ANN.id, BEN.id, CAT.id, vis=LOBBYING)
    asked_for(made, "int-3", ANN.id, BEN.id, CAT.id, vis=0)
    graph = await made.save(engine)

    staff = await introductions(graph, Scope((0, 1, 2)), page=Page(total=True))
    everything = await introductions(graph, EVERYTHING, page=Page(total=True))

    assert ([row.id for row in staff.rows], staff.total) == (["int-3"], 1)
    assert ([row.id for row in everything.rows], everything.total) == (["int-1", "int-2", "int-3"], 3)
    assert (await introductions(graph, Scope((0, 1, 2)), None, "per-hid", Page(total=True))).total == 0


async def test_a_cursor_of_another_list_is_refused(engine: Engine) -> None:
    made = little()
    asked_for(made, "int-1", ANN.id, BEN.id, CAT.id)
    graph = await made.save(engine)
    (cursor,) = (await introductions(graph, EVERYTHING)).cursors

    with pytest.raises(ServiceError) as refused:
        await introductions(graph, EVERYTHING, [IntroductionStatus.DRAFT], page=Page(after=cursor))

    assert refused.value.code is Code.BAD_USER_INPUT


async def test_limits_tell_the_cap_for_whom_never_and_the_asks_of_this_quarter(engine: Engine) -> None:
    made = little()
    made.node(digest("lim", BEN.id), vis=STAFF, person=BEN.id, asksPerQuarter=3, never=[FORGE.id, CAT.id])
    made.node(digest("lim", CAT.id), vis=STAFF, person=CAT.id)
    asking = ("WITH_INTRODUCER", "2026-10-01T00:00:00.000000Z", "desk", "")
    earlier = ("WITH_INTRODUCER", "2026-09-30T23:59:59.999999Z", "desk", "")
    asked_for(made, "int-1", ANN.id, BEN.id, CAT.id, **steps(asking, ("DECLINED", NOW, "desk", "")))
    asked_for(made, "int-2", ANN.id, BEN.id, CAT.id, **steps(asking))
    asked_for(made, "int-3", ANN.id, BEN.id, CAT.id, **steps(earlier))
    asked_for(made, "int-4", ANN.id, CAT.id, BEN.id, **steps(("DRAFT", NOW, "desk", "")))
    asked_for(made, "int-5", BEN.id, DEE.id, CAT.id, **steps(asking))
    graph = await made.save(engine)

    assert await limits(graph, EVERYTHING, [ANN.id, BEN.id, CAT.id, "per-nobody"]) == {
        BEN.id: IntroducerLimits(3, (CAT, FORGE), 2),
        CAT.id: IntroducerLimits(None, (), 0),
    }
    assert await limits(graph, EVERYBODY, [BEN.id]) == {}
    assert await asks(graph, EVERYTHING, [BEN.id], "2026-09-01") == {BEN.id: 1}


async def test_whom_one_may_not_see_is_left_out_of_those_never_asked_for(engine: Engine) -> None:
    made = little()
    made.node("per-hid", "Hidden", vis=LOBBYING)
    made.node(digest("lim", BEN.id), vis=STAFF, person=BEN.id, never=["per-hid", CAT.id])
    graph = await made.save(engine)

    assert (await limits(graph, Scope((0, 1, 2)), [BEN.id]))[BEN.id] == IntroducerLimits(None, (CAT,), 0)


async def test_limits_set_for_either_of_two_records_of_a_person_hold_for_the_person(engine: Engine) -> None:
    better, worse = Identity(AgentKind.PERSON, "parliament", "4778"), Identity(AgentKind.PERSON, "twfy", "7")
    made = little()
    made.node(better.agent, "Eve")
    for one in (better, worse):
        made.node(one.id, scheme=one.scheme, value=one.value, kind=str(one.kind), agent=one.agent)
        made.claim("IDENTIFIED_BY", better.agent, one.id, f"clm-{one.scheme}", names=[])
    made.node(digest("lim", better.agent), vis=STAFF, person=better.agent, asksPerQuarter=3, never=[CAT.id])
    made.node(digest("lim", worse.agent), vis=STAFF, person=worse.agent, asksPerQuarter=1, never=[ANN.id, CAT.id])
    graph = await made.save(engine)

    assert await limits(graph, EVERYTHING, [better.agent]) == {better.agent: IntroducerLimits(1, (ANN, CAT), 0)}
