"""How cards add up: who gave, received and swapped them, whom that was new to, and what came of it.

Days are ISO text. A row counts exchanges, each once: as given where one of its people gave, as received where one
received, as swapped where one was on either side. So over persons a swap counts twice, and all else once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import permutations
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str]
Key: TypeAlias = str | None
EmployerOf: TypeAlias = Callable[[str, str], Key]


class LedgerGroup(StrEnum):
    """What the rows of a ledger are about."""

    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    EVENT = "EVENT"


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """A card that changed hands on a day, or two that were swapped."""

    on: str
    id: str
    giver: str
    receiver: str
    swapped: bool = False
    event: Key = None

    @property
    def pair(self) -> Pair:
        """Its two people, in the order of their ids."""
        return (self.giver, self.receiver) if self.giver < self.receiver else (self.receiver, self.giver)


@dataclass(frozen=True, slots=True)
class Contact:
    """A day on which people met: by a card, or in a meeting."""

    on: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a ledger was asked: the rows, and which cards, seen from whose side."""

    group: LedgerGroup = LedgerGroup.PERSON
    person: Key = None
    organization: Key = None
    event: Key = None
    since: str | None = None


@dataclass(slots=True)
class Tally:
    """What the cards of a row add up to; the organizations are those met for the first time."""

    given: int = 0
    received: int = 0
    swapped: int = 0
    organizations: set[str] = field(default_factory=set[str])
    pairs: set[Pair] = field(default_factory=set[Pair])

    def count(self, card: Card, people: Sequence[str]) -> None:
        """Take in a card of which these people are in the row."""
        self.swapped += card.swapped and bool(people)
        self.given += not card.swapped and card.giver in people
        self.received += not card.swapped and card.receiver in people


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tally of each row, that of all rows together, and the pairs whose first card is among those counted."""

    rows: Mapping[Key, Tally]
    total: Tally


def tallies(cards: Iterable[Card], meetings: Iterable[Contact], employer: EmployerOf, terms: Terms) -> Tallies:
    """What cards add up to; cards and meetings before the days asked decide what was new.

    The employer of a person on a day is a function, as somebody may have several or none.
    """
    counted, known = _Counted(employer, terms), sorted(cards)
    first = {card.pair: card for card in reversed(known)}
    met = counted.met([*(Contact(card.on, card.pair) for card in known), *meetings])
    rows, total = defaultdict[Key, Tally](Tally), Tally()
    for card in known:
        sides = counted.sides(card)
        for tally, people in ((total, sides), *((rows[key], people) for key, people in counted.groups(card, sides))):
            tally.count(card, people)
            tally.organizations |= counted.new(card, people, met)
            tally.pairs |= {card.pair} if people and first[card.pair] is card else set()
    return Tallies(rows, total)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Which cards count, for whom, and to whom something is new."""

    employer: EmployerOf
    terms: Terms

    def sides(self, card: Card) -> list[str]:
        """Those of its two people from whose side it counts."""
        terms = self.terms
        if card.on < (terms.since or "") or terms.event not in {None, card.event}:
            return []
        return [
            person
            for person in (card.giver, card.receiver)
            if terms.person in {None, person} and terms.organization in {None, self.employer(person, card.on)}
        ]

    def groups(self, card: Card, people: Iterable[str]) -> Iterable[tuple[Key, list[str]]]:
        """The rows a card counts in, each with its people."""
        found = defaultdict[Key, list[str]](list)
        for person in people:
            found[self._row(card, person)].append(person)
        return found.items()

    def met(self, contacts: Iterable[Contact]) -> Mapping[tuple[Key, str], str]:
        """The first day on which somebody of an organization was met, by whoever may call it new."""
        found: dict[tuple[Key, str], str] = {}
        for contact in contacts:
            for person, other in permutations(contact.people, 2):
                key = self._side(person, contact.on), self.employer(other, contact.on)
                if key[1] is not None:
                    found[key[0], key[1]] = min(found.get((key[0], key[1]), contact.on), contact.on)
        return found

    def new(self, card: Card, people: Iterable[str], met: Mapping[tuple[Key, str], str]) -> set[str]:
        """The organizations whose first card or meeting this is."""
        others = ((person, card.receiver if person == card.giver else card.giver) for person in people)
        found = ((self._side(person, card.on), self.employer(other, card.on)) for person, other in others)
        return {employer for side, employer in found if employer is not None and met[side, employer] == card.on}

    def _row(self, card: Card, person: str) -> Key:
        if self.terms.group is LedgerGroup.EVENT:
            return card.event
        return person if self.terms.group is LedgerGroup.PERSON else self.employer(person, card.on)

    def _side(self, person: str, on: str) -> Key:
        """For whom something is new: a person, else the people of a company, else, at an event, everybody."""
        terms = self.terms
        if terms.person is not None or terms.group is LedgerGroup.PERSON:
            return person
        return self.employer(person, on) if terms.organization or terms.group is LedgerGroup.ORGANIZATION else ""
