"""Introductions recorded by hand: asked for, and taken further step by step until the two have met.

Each step is noted with its moment and whoever noted it. MET is told by the meeting that completed the introduction:
from that day the two know each other. Where that meeting is taken back later, the introduction goes back to MADE.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import cypher
from service.auth import Viewer
from service.entries.asks import refuse_unasked_for
from service.entries.hand import PEOPLE, STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.introductions import IntroductionStatus, refuse_illegal
from service.graph.model import Claim
from service.graph.questions.rows import Introduction, Meeting
from service.graph.questions.ties import Network
from service.graph.record.changes import NodeWrite
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work
from service.graph.record.entries.saying import Saying, Thing
from service.graph.record.nodewriting import RELABELLED
from service.graph.record.statements import Statements

LABEL, HELD = "Introduction", "HELD"
REQUESTS, INTRODUCES, INTRODUCED_IN = "REQUESTS", "INTRODUCES", "INTRODUCED_IN"
MET = IntroductionStatus.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """Who wants to be introduced to whom, and by whom."""

    key: str
    requester: str
    introducer: str
    target: str
    concerning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceEntry:
    """What an introduction has become; `meeting` is the one that completed it, for MET alone."""

    key: str
    introduction: str
    to: str
    note: str | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """An introduction that a meeting completed."""

    id: str


COMPLETED = cypher.query("introduction/completed", Completed)


async def request_introduction(network: Network, viewer: Viewer, entry: RequestEntry) -> Introduction | None:
    """The introduction, as a draft; its class is that of staff, or the strictest of its people's."""
    hand = Hand.of(network, viewer)
    done = await hand.entered("requestIntroduction", entry, lambda: _requested(hand, entry))
    return await hand.answer(done, Introduction)


async def advance_introduction(network: Network, viewer: Viewer, entry: AdvanceEntry) -> Introduction | None:
    """The introduction, one step further."""
    hand = Hand.of(network, viewer)
    done = await hand.entered("advanceIntroduction", entry, lambda: _advanced(hand, entry))
    return await hand.answer(done, Introduction)


async def recheck(hand: Hand, pen: Pen, meeting: str) -> None:
    """Nothing, once no introduction counts as completed by a meeting at which the two did not meet after all.

    That holds for introductions that the writer may not see too, as for all that follows from what is taken back.
    """
    for row in await pen.reading.rows(COMPLETED, meeting=meeting):
        standing = await _standing(pen, row.id)
        if not await _met(pen, meeting, standing.between):
            await _reopened(hand, pen, standing)


@dataclass(frozen=True, slots=True)
class Standing:
    """An introduction as the transaction finds it."""

    id: str
    properties: Mapping[str, object]
    roles: Mapping[str, Claim]

    @property
    def status(self) -> IntroductionStatus:
        return IntroductionStatus(str(self.properties["status"]))

    @property
    def between(self) -> tuple[str, str]:
        """The requester and the target."""
        return self.roles[REQUESTS].a, self.roles[INTRODUCED_IN].a

    @property
    def people(self) -> tuple[str, str, str]:
        """The requester, the introducer and the target."""
        requester, target = self.between
        return requester, self.roles[INTRODUCES].a, target


async def _requested(hand: Hand, entry: RequestEntry) -> Work:
    named = {"requester": entry.requester, "introducer": entry.introducer, "target": entry.target}
    requester, introducer, target = await hand.each(named, PEOPLE)
    if introducer.id == requester.id:
        raise _same("introducer", "the requester")
    if target.id in {requester.id, introducer.id}:
        raise _same("target", "the requester" if target.id == requester.id else "the introducer")
    return partial(_draft, hand, entry, (requester.id, introducer.id, target.id))


def _same(field: str, other: str) -> ServiceError:
    return ServiceError(
        Code.BAD_USER_INPUT, f"the {field} is {other}; an introduction takes three different people", field=field
    )


async def _draft(hand: Hand, entry: RequestEntry, people: tuple[str, str, str], pen: Pen) -> list[str]:
    saying, id = await _saying(hand, pen, people), pen.id("int")
    concerning, at = (entry.concerning or "").strip() or None, pen.write.recorded_at
    thing = saying.node(
        LABEL,
        id,
        f"Introduction about {concerning}" if concerning else LABEL,
        requestedAt=at,
        concerning=concerning,
        **_stepped(hand, pen, {}, IntroductionStatus.DRAFT),
    )
    parties = await pen.parties(people)
    for relation, person in zip((REQUESTS, INTRODUCES, INTRODUCED_IN), people, strict=True):
        saying.claim(relation, parties[person], thing, start=at[:10], unit=_unit(id))
    await pen.enter(saying)
    return [id]


async def _advanced(hand: Hand, entry: AdvanceEntry) -> Work:
    found = await hand.thing("introduction", entry.introduction, Introduction)
    to = _status(entry.to)
    if not found.history:
        told = f"{found.source.title} tells of this introduction and would tell of it again as it was"
        raise ServiceError(Code.CONFLICT, f"{told}; request it here to take it further", field="introduction")
    refuse_illegal(IntroductionStatus(found.status), to)
    meeting = None if to is not MET else await _meeting(hand, entry.meeting, (found.requester.id, found.target.id))
    if to is not MET and entry.meeting is not None:
        raise ServiceError(Code.BAD_USER_INPUT, f"a meeting goes with {MET} alone; leave it out", field="meeting")
    return partial(_step, hand, entry, to, meeting)


def _status(text: str) -> IntroductionStatus:
    try:
        return IntroductionStatus(text)
    except ValueError:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"an introduction becomes one of {', '.join(IntroductionStatus)}", field="to"
        ) from None


async def _meeting(hand: Hand, id: str | None, between: tuple[str, str]) -> Meeting:
    """The meeting that completed an introduction: one that was held, with both in it."""
    if id is None:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"{MET} needs the meeting that completed it; record it and name it", field="meeting"
        )
    meeting = await hand.thing("meeting", id, Meeting)
    if meeting.retracted_at is not None:
        raise ServiceError(
            Code.BAD_USER_INPUT, "that meeting was taken back; name the one at which they met", field="meeting"
        )
    if meeting.status != HELD:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"that meeting is {meeting.status}; name one that was {HELD}", field="meeting"
        )
    if not set(between) <= {one.id for one in meeting.participants}:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            "requester and target are not both among those who met; name the meeting at which they met",
            field="meeting",
        )
    return meeting


async def _step(
    hand: Hand, entry: AdvanceEntry, to: IntroductionStatus, meeting: Meeting | None, pen: Pen
) -> list[str]:
    # Read anew: of two who take the same step at once, the second finds that it was taken.
    standing = await _standing(pen, entry.introduction)
    refuse_illegal(standing.status, to)
    if to is IntroductionStatus.WITH_INTRODUCER:
        await refuse_unasked_for(pen, standing.people)
    stepped = {**standing.properties, **_stepped(hand, pen, standing.properties, to, entry.note)}
    if meeting is None:
        await _keep(pen, standing.id, stepped)
    else:
        await _complete(hand, pen, standing, stepped, meeting)
    return [standing.id]


async def _complete(hand: Hand, pen: Pen, standing: Standing, stepped: Mapping[str, object], meeting: Meeting) -> None:
    """Keep the step to MET, and say of both ends that they met on the day: their evidence follows from that."""
    if not await _met(pen, meeting.id, standing.between):
        raise ServiceError(
            Code.CONFLICT, "that meeting was taken back meanwhile; name one that stands", field="meeting"
        )
    saying = await _saying(hand, pen, (*standing.people, meeting.id, *_relabelled(standing)))
    await _said_again(hand, pen, saying, standing, "they met", meeting.on)
    await _keep(pen, standing.id, {**stepped, "meeting": meeting.id, "vis": saying.vis})


async def _reopened(hand: Hand, pen: Pen, standing: Standing) -> None:
    """Let an introduction wait for its meeting again, and say of both ends no longer that they met."""
    why = "the meeting that completed it was taken back"
    stepped = {**standing.properties, **_stepped(hand, pen, standing.properties, IntroductionStatus.MADE, why)}
    saying = await _saying(hand, pen, (*standing.people, *_relabelled(standing)))
    await _said_again(hand, pen, saying, standing, why)
    await _keep(pen, standing.id, {**stepped, "meeting": None, "vis": saying.vis})


async def _said_again(
    hand: Hand, pen: Pen, saying: Saying, standing: Standing, reason: str, on: str | None = None
) -> None:
    """Take back what stands of requester and target, and say it anew: that they met on a day, or have not yet."""
    status = None if on is None else str(MET)
    parties, thing = await pen.parties(standing.between), Thing(standing.id, LABEL)
    old = [standing.roles[relation] for relation in (REQUESTS, INTRODUCED_IN)]
    for claim in old:
        # One act may say this of several introductions, each a record of its own.
        saying.claim(
            claim.type, parties[claim.a], thing, standing.id, start=claim.start, unit=claim.unit, status=status, on=on
        )
    await pen.enter(saying, taking_back=old, retractedBy=hand.viewer.principal, reason=reason)


async def _standing(pen: Pen, id: str) -> Standing:
    claims = [claim for claim in await pen.reading.at([id]) if claim.retracted_at is None]
    nodes = await pen.reading.nodes([id])
    return Standing(id, nodes[id].properties, {claim.type: claim for claim in claims})


async def _met(pen: Pen, meeting: str, between: tuple[str, str]) -> bool:
    """Whether both took part in a meeting that was held."""
    claims = await pen.reading.at([meeting])
    there = {claim.a for claim in claims if claim.retracted_at is None and claim.status == HELD}
    return set(between) <= there


async def _saying(hand: Hand, pen: Pen, mentioned: Iterable[str]) -> Saying:
    """Something to say under the class of staff, or the strictest of what it mentions."""
    nodes = await pen.reading.nodes(mentioned)
    seen = [vis for node in nodes.values() if isinstance(vis := node.properties.get("vis"), int)]
    vis = pen.classes.strictest((pen.classes.number(STAFF), *seen))
    saying = await hand.saying(pen)
    return replace(saying, vis=vis, source=replace(saying.source, vis=vis))


def _relabelled(standing: Standing) -> Iterable[str]:
    """The introduction itself, where somebody gave it a class: no step makes it less strict again."""
    return (standing.id,) if RELABELLED in standing.properties else ()


def _stepped(
    hand: Hand, pen: Pen, before: Mapping[str, object], to: IntroductionStatus, note: str | None = None
) -> dict[str, str | list[str]]:
    """The properties that tell how far an introduction has come, and by which steps."""
    step = {
        "stepStatuses": str(to),
        "stepMoments": pen.write.recorded_at,
        "stepPrincipals": hand.viewer.principal,
        "stepNames": hand.viewer.name,
        "stepNotes": (note or "").strip(),
    }
    steps = {name: [*cast("list[str]", before.get(name, [])), value] for name, value in step.items()}
    return {"status": str(to), **steps}


async def _keep(pen: Pen, id: str, properties: Mapping[str, object]) -> None:
    said = {name: value for name, value in properties.items() if value is not None}
    await Statements(pen.write).nodes([NodeWrite(LABEL, id, said, new=False)])


def _unit(id: str) -> str:
    return f"introduction:{id}"
