"""Business cards recorded by hand: who gave one to whom, where, and whether they swapped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Viewer
from service.entries.days import past_day
from service.entries.hand import PEOPLE, STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.questions.rows import CardExchange, Event
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEntry:
    """What is told of a card; a swap is two cards, and one record."""

    key: str
    giver: str
    receiver: str
    on: str
    swapped: bool = False
    event: str | None = None
    visibility: str = STAFF
    compartments: tuple[str, ...] = ()


async def record_card(network: Network, viewer: Viewer, entry: CardEntry) -> CardExchange | None:
    """The card exchange, recorded with the evidence that follows."""
    hand = Hand.of(network, viewer, entry.visibility, entry.compartments)
    done = await hand.entered("recordCard", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, CardExchange)


async def _checked(hand: Hand, entry: CardEntry) -> Work:
    past_day("on", entry.on, hand.today, "a card")
    giver, receiver = await hand.each({"giver": entry.giver, "receiver": entry.receiver}, PEOPLE)
    if giver.id == receiver.id:
        raise ServiceError(Code.BAD_USER_INPUT, "nobody gives a card to themselves", field="receiver")
    event = None if entry.event is None else (await hand.thing("event", entry.event, Event)).id
    return partial(_work, hand, entry, (giver.id, receiver.id), event)


async def _work(hand: Hand, entry: CardEntry, people: tuple[str, str], event: str | None, pen: Pen) -> list[str]:
    saying, id = await hand.saying(pen), pen.id("crd")
    name, unit = "Cards swapped" if entry.swapped else "Card given", f"card:{id}"
    card = saying.node("CardExchange", id, name, on=entry.on, swapped=entry.swapped)
    parties = await pen.parties(people)
    for relation, person in zip(("GAVE_CARD", "RECEIVED_CARD"), people, strict=True):
        saying.claim(
            relation,
            parties[person],
            card,
            start=entry.on,
            end=entry.on,
            unit=unit,
            on=entry.on,
            swapped=entry.swapped,
        )
    if event is not None:
        saying.claim("EXCHANGED_AT", card, await pen.thing(event), start=entry.on, end=entry.on, unit=unit)
    await pen.enter(saying)
    return [id]
