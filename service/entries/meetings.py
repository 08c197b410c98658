"""Meetings recorded by hand: who met, when, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Viewer
from service.entries.days import past_day, whole_day
from service.entries.hand import STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.questions.rows import Agent, Meeting
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work

HELD, STATUSES = "HELD", ("PLANNED", "HELD", "CALLED_OFF")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEntry:
    """What is told of a meeting; only one that was held is evidence that people know each other."""

    key: str
    participants: tuple[str, ...]
    on: str
    status: str = HELD
    subject: str | None = None
    source: str | None = None
    visibility: str = STAFF
    compartments: tuple[str, ...] = ()


async def record_meeting(network: Network, viewer: Viewer, entry: MeetingEntry) -> Meeting | None:
    """The meeting, recorded with everybody in it and the evidence that follows."""
    hand = Hand.of(network, viewer, entry.visibility, entry.compartments)
    done = await hand.entered("recordMeeting", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, Meeting)


async def _checked(hand: Hand, entry: MeetingEntry) -> Work:
    if entry.status not in STATUSES:
        raise ServiceError(Code.BAD_USER_INPUT, f"a meeting is one of {', '.join(STATUSES)}", field="status")
    if entry.status == HELD:
        past_day("on", entry.on, hand.today, "a meeting that was held")
    whole_day("on", entry.on)
    people = await hand.people("participants", entry.participants)
    if len(people) < 2:  # noqa: PLR2004 (one alone meets nobody)
        raise ServiceError(Code.BAD_USER_INPUT, "a meeting takes at least two different people", field="participants")
    return partial(_work, hand, entry, people, await hand.source(entry.source))


async def _work(hand: Hand, entry: MeetingEntry, people: list[Agent], source: str | None, pen: Pen) -> list[str]:
    saying = await hand.saying(pen, source)
    id, subject = pen.id("mtg"), (entry.subject or "").strip() or None
    meeting = saying.node("Meeting", id, subject or "Meeting", on=entry.on, status=entry.status, subject=subject)
    for party in (await pen.parties(one.id for one in people)).values():
        saying.claim(
            "TOOK_PART_IN",
            party,
            meeting,
            party.said,
            start=entry.on,
            end=entry.on,
            unit=f"meeting:{id}",
            on=entry.on,
            status=entry.status,
        )
    await pen.enter(saying)
    return [id]
