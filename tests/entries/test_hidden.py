"""What a viewer may not see changes nothing about what they record, and is changed by nothing they record."""

import re

from service.auth import Role, Viewer
from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.retractions import RetractionEntry, retract_claim
from service.errors import ServiceError
from service.graph.questions.ties import Network
from tests.conftest import emptied
from tests.entries.rooms import ADA, BEN, CAT, DINNER, FORGE, room, viewer
from tests.graph.sayings import Json, Saying, contents, person

DAY, EVENING = "2026-11-20", "2026-03-02"
SHADE = person("Shade")
LOBBYING = 3
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z")
OWN = frozenset({"recordedAt"})


def secret() -> Saying:
    """A hidden guest and colleague, and what Ada did that few may know."""
    saying = Saying("secret", vis=LOBBYING).names(SHADE, "Shade").names(ADA, "Mole")
    for who in (SHADE, ADA):
        saying.says("WORKS_FOR", who, FORGE, start="2015", end="..", unit=f"employer:{FORGE}", role="Lobbyist")
        saying.says("ATTENDED", who, DINNER, start=EVENING, unit="event:a list of few", status="ATTENDED")
    return saying.knows("CALL", SHADE, ADA, DAY)


def listed() -> Saying:
    saying = Saying("staff")
    for who in (BEN, CAT):
        saying.says("WORKS_FOR", who, FORGE, start="2019", end="..", unit=f"employer:{FORGE}")
    return saying.says("ATTENDED", BEN, DINNER, start=EVENING, unit="event:the list", status="ATTENDED")


async def told(network: Network, who: Viewer) -> list[str]:
    """All that a day's work answers, refusals included."""
    answers: list[object] = []
    meeting = MeetingEntry(key="m", participants=(ADA.agent, BEN.agent), on=DAY)
    met = await record_meeting(network, who, meeting)
    there = AttendanceEntry(key="a", event=DINNER.id, agent=ADA.agent, status="ATTENDED")
    came = await record_attendance(network, who, there)
    cat = AttendanceEntry(key="b", event=DINNER.id, agent=CAT.agent, status="ATTENDED")
    works = AffiliationEntry(key="w", person=ADA.agent, organization=FORGE.agent, start="2020", end="..")
    answers += [met, came, await record_attendance(network, who, cat), await assert_affiliation(network, who, works)]
    card = CardEntry(key="c", giver=ADA.agent, receiver=CAT.agent, on=DAY, event=DINNER.id)
    answers.append(await record_card(network, who, card))
    call = ContactEntry(key="k", start=ADA.agent, end=BEN.agent, kind="CALL", on=DAY)
    answers.append(await record_contact(network, who, call))
    assert met is not None
    assert came is not None
    for id in (met.id, came.id):
        answers.append(await retract_claim(network, who, RetractionEntry(key=id, claim=id, reason="a mistake")))
    for id in (SHADE.agent, "per-nobody"):
        try:
            await record_meeting(network, who, MeetingEntry(key=id, participants=(id, ADA.agent), on=DAY))
        except ServiceError as error:
            answers.append((error.code, error.field, error.message))
    return [MOMENT.sub("", repr(answer)) for answer in answers]


async def seen(engine: Engine, who: Viewer, *, hidden: bool = False) -> list[Json]:
    """The part of the graph that a viewer sees, or the part they do not."""
    rows = await contents(engine, leaving_out=("Request", "ImportBatch", "Erased"))
    part = [row for row in rows if (row["vis"] in who.scope.vis) is not hidden]
    return [{name: _shown(name, value, row) for name, value in row.items() if name not in OWN} for row in part]


def _shown(name: str, value: object, row: Json) -> object:
    """A node keeps the spellings few may know beside those of all."""
    if name in {"otherNames", "otherNamesVis", "search"} and "otherNamesVis" in row:
        return None
    return value


async def test_answers_and_the_visible_graph_are_those_of_a_graph_without_anything_hidden(engine: Engine) -> None:
    network = await room(engine, listed())
    who = await viewer(network, Role.STAFF, "ada")
    alone = await told(network, who), await seen(engine, who)
    await emptied(engine)
    network = await room(engine, listed(), secret())
    assert (await told(network, who), await seen(engine, who)) == alone


async def test_what_is_hidden_stays_as_it_was_but_for_evidence_that_counts_who_was_there(engine: Engine) -> None:
    network = await room(engine, listed(), secret())
    who = await viewer(network, Role.STAFF, "ada")
    before = [row for row in await seen(engine, who, hidden=True) if row.get("type") != "KNOWS"]
    await told(network, who)
    assert [row for row in await seen(engine, who, hidden=True) if row.get("type") != "KNOWS"] == before
