"""Attendance recorded by hand: who signed up for an event, came, stayed away or called off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from network.dates import OPEN, earliest
from service.auth import Viewer
from service.entries.hand import STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.questions.rows import Attendance, Event
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work

STATUSES = ("REGISTERED", "ATTENDED", "NO_SHOW", "CANCELLED")
AFTERWARDS = frozenset({"ATTENDED", "NO_SHOW"})  # what nobody knows before the day
GATHERINGS = ("event", "race")  # the units in which everybody who attended met


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceEntry:
    """What is told of somebody's attendance; those who attended are evidence that they know each other."""

    key: str
    event: str
    agent: str
    status: str
    visibility: str = STAFF


async def record_attendance(network: Network, viewer: Viewer, entry: AttendanceEntry) -> Attendance | None:
    """The attendance, recorded among all others of the event, with the evidence that follows."""
    hand = Hand.of(network, viewer, entry.visibility)
    done = await hand.entered("recordAttendance", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, Attendance)


async def _checked(hand: Hand, entry: AttendanceEntry) -> Work:
    if entry.status not in STATUSES:
        raise ServiceError(Code.BAD_USER_INPUT, f"an attendance is one of {', '.join(STATUSES)}", field="status")
    event = await hand.thing("event", entry.event, Event)
    (agent,) = await hand.agents("agent", [entry.agent])
    day = None if event.start is None or event.start == OPEN else event.start
    if day is not None and entry.status in AFTERWARDS and earliest(day) > hand.today:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"the event begins on {day}, so nobody has attended it yet; record REGISTERED",
            field="status",
        )
    return partial(_work, hand, entry, agent.id, event.id, day)


async def _work(hand: Hand, entry: AttendanceEntry, agent: str, event: str, day: str | None, pen: Pen) -> list[str]:
    saying = await hand.saying(pen)
    unit = await pen.unit(GATHERINGS, event, event, hand.viewer.scope)
    party = (await pen.parties([agent]))[agent]
    said = saying.claim("ATTENDED", party, await pen.thing(event), start=day, end=day, unit=unit, status=entry.status)
    return [(await pen.enter(saying))[said.key]]
