"""Cards that changed hands: who came home with empty pockets, whom that was new to, and what came of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cypher
from network.dates import earliest, ordinal
from network.strength import Evidence as Item
from service.errors import Code, ServiceError
from service.graph.questions.clocks import At, When
from service.graph.questions.nodes import entities
from service.graph.questions.rows import Agent, Current, Entity, Event, judged
from service.graph.questions.tallies import (
    Card,
    Contact,
    EmployerOf,
    LedgerGroup,
    Pair,
    Tallies,
    Tally,
    Terms,
    tallies,
)
from service.graph.questions.ties import Network
from service.graph.store import Graph, Scope

SOON = 90
"""Days within which a second contact counts as having come of a card."""

CROWDED = "SHARED_EVENT"  # to have been in one hall again is no second contact
HELD = "HELD"
NEVER = "~"  # sorts behind every day


@dataclass(frozen=True, slots=True)
class ToldCard:
    """What two claims say of a card exchange, and perhaps a third of the event."""

    exchange: str
    on: str
    swapped: bool
    giver: str
    receiver: str
    event: str | None
    gave: str
    received: str
    place: str | None


@dataclass(frozen=True, slots=True)
class ToldPart:
    """That a person was in a meeting."""

    meeting: str
    person: str
    on: str


@dataclass(frozen=True, slots=True)
class Employment:
    """That a person works for an organization or directs it, and on which days."""

    person: str
    organization: str
    directs: bool
    earliest: str | None
    latest: str | None
    observed: tuple[str, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardLedgerRow:
    """The cards of a person, of an organization's people or of an event; none of them where that is not known."""

    person: Agent | None
    organization: Agent | None
    event: Event | None
    given: int
    received: int
    swapped: int
    new_organizations: int
    second_contact_within_90_days: int


@dataclass(frozen=True, slots=True)
class CardLedger:
    """The rows, those with most cards first, and all cards counted once."""

    rows: tuple[CardLedgerRow, ...]
    given: int
    received: int
    swapped: int
    new_pairs: int
    as_of: str
    known_at: str


CARDS = cypher.query("ledger/cards", ToldCard)
CARDS_OF = cypher.query("ledger/cards_of", ToldCard)
MEETINGS = cypher.query("ledger/meetings", ToldPart)
MEETINGS_OF = cypher.query("ledger/meetings_of", ToldPart)
EMPLOYERS = cypher.query("ledger/employers", Employment)


async def card_ledger(
    network: Network, scope: Scope, terms: Terms, *, until: str | None = None, known_at: str | None = None
) -> CardLedger | None:
    """The cards of some days up to today, unless another day is the last; None where what was named is unknown.

    A person or an organization that is named is the one from whose side cards are counted.
    """
    graph = network.graph
    at = At.of(When(until, known_at), graph.clock())
    _refuse_backward(terms.since, at)
    asked = await _named(graph, scope, terms)
    if asked is None:
        return None
    cards, meetings = await _told(graph, scope, asked.person, at)
    people = {one for card in cards for one in card.pair} | {one for meeting in meetings for one in meeting.people}
    employer = await _employer(graph, scope, people, at)
    found = await asyncio.to_thread(tallies, cards, meetings, employer, asked)
    soon = await _soon(network, scope, cards, found.total.pairs, at)
    rows = await _rows(graph, scope, asked.group, found, soon)
    total = found.total
    return CardLedger(rows, total.given, total.received, total.swapped, len(total.pairs), at.as_of, at.told)


def _refuse_backward(since: str | None, at: At) -> None:
    first = at.as_of if since is None else At.of(When(since), at.now).as_of
    if first > at.as_of:
        raise ServiceError(Code.BAD_USER_INPUT, f"from {first} lies behind until {at.as_of}; swap them")


async def _named(graph: Graph, scope: Scope, terms: Terms) -> Terms | None:
    """The terms with the ids that stand now; None where one of them means nothing of its sort that may be seen."""
    asked = {"person": terms.person, "organization": terms.organization, "event": terms.event}
    found = await entities(graph, scope, [id for id in asked.values() if id is not None])
    meant = {sort: found.get(id or "") for sort, id in asked.items()}
    if any(id is not None and _sort(meant[sort]) != sort for sort, id in asked.items()):
        return None
    person, organization, event = (None if entity is None else entity.id for entity in meant.values())
    return replace(terms, person=person, organization=organization, event=event)


def _sort(entity: Entity | None) -> str | None:
    if isinstance(entity, Agent):
        return entity.label.lower()
    return "event" if isinstance(entity, Event) else None


async def _told(graph: Graph, scope: Scope, person: str | None, at: At) -> tuple[list[Card], list[Contact]]:
    """All cards and held meetings up to the day, those of one person where one is asked for."""
    given: dict[str, object] = {"known": at.known, "day": at.as_of}
    if person is None:
        told = graph.read(CARDS, scope, **given), graph.read(MEETINGS, scope, held=HELD, **given)
    else:
        given["person"] = person
        told = graph.read(CARDS_OF, scope, **given), graph.read(MEETINGS_OF, scope, held=HELD, **given)
    cards, parts = await asyncio.gather(*told)
    return _cards(cards), _meetings(parts)


def _cards(told: Sequence[ToldCard]) -> list[Card]:
    """Each exchange as the first of its claims by id tell it, as the evidence that follows from it does."""
    rows = defaultdict[str, list[ToldCard]](list)
    for row in told:
        rows[row.exchange].append(row)
    found = (_card(id, group) for id, group in rows.items())
    return [card for card in found if card.giver != card.receiver]


def _card(id: str, rows: Sequence[ToldCard]) -> Card:
    giving = min(rows, key=lambda row: row.gave)
    receiver = min(rows, key=lambda row: row.received).receiver
    event = min(rows, key=lambda row: row.place or NEVER).event
    return Card(earliest(giving.on), id, giving.giver, receiver, giving.swapped, event)


def _meetings(told: Sequence[ToldPart]) -> list[Contact]:
    people = defaultdict[str, dict[str, str]](dict)
    for row in told:
        people[row.meeting][row.person] = max(earliest(row.on), people[row.meeting].get(row.person, ""))
    return [Contact(max(there.values()), tuple(sorted(there))) for there in people.values()]


async def _employer(graph: Graph, scope: Scope, people: Iterable[str], at: At) -> EmployerOf:
    """Whom a person works for on a day, else directs: of several the one who came first, then by id."""
    held = defaultdict[str, list[Employment]](list)
    ids = sorted(people)
    for row in await graph.read(EMPLOYERS, scope, ids=ids, known=at.known) if ids else []:
        held[row.person].append(row)
    for rows in held.values():
        rows.sort(key=lambda row: (row.directs, row.earliest or NEVER, row.organization))

    @cache
    def employer(person: str, on: str) -> str | None:
        return next((row.organization for row in held[person] if judged(row, on) is Current.YES), None)

    return employer


async def _soon(
    network: Network, scope: Scope, cards: Iterable[Card], pairs: Iterable[Pair], at: At
) -> frozenset[Pair]:
    """Those of the pairs who were in contact again within ninety days of their first card, by the day asked."""
    asked = set(pairs)
    if not asked:
        return frozenset()
    first = {card.pair: ordinal(card.on) for card in sorted(cards, reverse=True)}
    view, last = await network.view(scope, at), ordinal(at.as_of)
    return await asyncio.to_thread(
        lambda: frozenset(pair for pair in asked if _again(view.evidence(*pair), first[pair], last))
    )


def _again(items: Iterable[Item], first: int, last: int) -> bool:
    until = min(first + SOON, last)
    return any(item.since is None and item.kind != CROWDED and first < item.on <= until for item in items)


async def _rows(
    graph: Graph, scope: Scope, group: LedgerGroup, found: Tallies, soon: frozenset[Pair]
) -> tuple[CardLedgerRow, ...]:
    keys = [key for key in found.rows if key is not None]
    things = await entities(graph, scope, keys)
    rows = [_row(group, things.get(key or ""), tally, soon) for key, tally in found.rows.items()]
    return tuple(sorted(rows, key=_place))


def _row(group: LedgerGroup, thing: Entity | None, tally: Tally, soon: frozenset[Pair]) -> CardLedgerRow:
    agent = thing if isinstance(thing, Agent) else None
    return CardLedgerRow(
        person=agent if group is LedgerGroup.PERSON else None,
        organization=agent if group is LedgerGroup.ORGANIZATION else None,
        event=thing if isinstance(thing, Event) else None,
        given=tally.given,
        received=tally.received,
        swapped=tally.swapped,
        new_organizations=len(tally.organizations),
        second_contact_within_90_days=len(tally.pairs & soon),
    )


def _place(row: CardLedgerRow) -> tuple[bool, int, str, str]:
    """Most cards first, then by name; what is not known comes last."""
    thing = row.person or row.organization or row.event
    cards = row.given + row.received + row.swapped
    return (thing is None, -cards, "" if thing is None else thing.name, "" if thing is None else thing.id)
