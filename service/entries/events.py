"""Events added by hand: a dinner, a fair, a day of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from network.dates import OPEN
from service.auth import Viewer
from service.entries.days import span
from service.entries.hand import STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.folding import words
from service.graph.questions.rows import Event
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """What is told of an event; `start` and `end` are partial dates, `part_of` the event it belongs to."""

    key: str
    name: str
    start: str
    end: str | None = None
    part_of: str | None = None
    visibility: str = STAFF


async def add_event(network: Network, viewer: Viewer, entry: EventEntry) -> Event | None:
    """The event, added, and as a part of another where one is named."""
    hand = Hand.of(network, viewer, entry.visibility)
    done = await hand.entered("addEvent", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, Event)


async def _checked(hand: Hand, entry: EventEntry) -> Work:
    name = " ".join(entry.name.split())
    if not words(name) or len(name) > LONGEST:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"a name has 1 to {LONGEST} characters, letters or digits among them", field="name"
        )
    if entry.start == OPEN:
        raise ServiceError(
            Code.BAD_USER_INPUT, "an event begins some time; write the day, the month or the year", field="start"
        )
    span(entry.start, entry.end)
    whole = None if entry.part_of is None else (await hand.thing("partOf", entry.part_of, Event)).id
    return partial(_work, hand, entry, name, whole)


async def _work(hand: Hand, entry: EventEntry, name: str, whole: str | None, pen: Pen) -> list[str]:
    saying = await hand.saying(pen)
    event = saying.node("Event", pen.id("evt"), name, start=entry.start, end=entry.end)
    if whole is not None:
        saying.claim("PART_OF", event, await pen.thing(whole))
    await pen.enter(saying)
    return [event.id]
