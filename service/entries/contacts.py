"""Contacts recorded by hand: a call, letters or mails, a mail sent, or that somebody says they know somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Viewer
from service.entries.days import past_day
from service.entries.hand import STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.questions.rows import Evidence
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work

# All other kinds follow from a record of their own: a meeting, a card, an attendance, an affiliation.
KINDS = ("CALL", "CORRESPONDENCE", "CORRESPONDENCE_SENT", "DECLARED")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEntry:
    """What is told of a contact, from `start` to `end` where direction means something."""

    key: str
    start: str
    end: str
    kind: str
    on: str
    visibility: str = STAFF
    compartments: tuple[str, ...] = ()


async def record_contact(network: Network, viewer: Viewer, entry: ContactEntry) -> Evidence | None:
    """The piece of evidence, recorded as it was told."""
    hand = Hand.of(network, viewer, entry.visibility, entry.compartments)
    done = await hand.entered("recordContact", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, Evidence)


async def _checked(hand: Hand, entry: ContactEntry) -> Work:
    if entry.kind not in KINDS:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"a contact is one of {', '.join(KINDS)}; record what other kinds follow from instead",
            field="kind",
        )
    past_day("on", entry.on, hand.today, "a contact")
    one, other = await hand.each({"from": entry.start, "to": entry.end})
    if one.id == other.id:
        raise ServiceError(Code.BAD_USER_INPUT, "nobody is in contact with themselves", field="to")
    if "Person" not in (one.label, other.label):
        raise ServiceError(Code.BAD_USER_INPUT, "organizations speak through people; name at least one", field="from")
    return partial(_work, hand, entry, (one.id, other.id))


async def _work(hand: Hand, entry: ContactEntry, ends: tuple[str, str], pen: Pen) -> list[str]:
    saying = await hand.saying(pen)
    parties = await pen.parties(ends)
    said = saying.knows(entry.kind, parties[ends[0]], parties[ends[1]], entry.on)
    return [(await pen.enter(saying))[said.key]]
