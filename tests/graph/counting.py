"""The ledger of cards once more, word for word as it is defined and as slowly as that is: to compare with."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from service.graph.questions.tallies import Card, Contact, LedgerGroup, Terms

Employers = dict[str, list[tuple[str, str, str]]]  # person -> first day, organization, last day


@dataclass(frozen=True)
class Counted:
    """A row, or all of them."""

    given: int
    received: int
    swapped: int
    new_organizations: int
    second_contacts: int


def employer(employers: Employers, person: str, on: str) -> str | None:
    """Of several employers on a day the one with the earliest start, then by id."""
    there = [(first, id) for first, id, last in employers.get(person, []) if first <= on <= last]
    return min(there)[1] if there else None


@dataclass(frozen=True)
class Counting:
    """All there is, and what was asked; `touches` are days of point evidence of two people."""

    cards: list[Card]
    meetings: list[Contact]
    employers: Employers
    terms: Terms
    until: str
    touches: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    def at(self, person: str, on: str) -> str | None:
        return employer(self.employers, person, on)

    def chosen(self) -> list[tuple[Card, str]]:
        """Each card that counts, beside the person from whose side it does."""
        terms = self.terms
        return [
            (card, person)
            for card in self.cards
            for person in (card.giver, card.receiver)
            if (terms.since or "") <= card.on <= self.until
            and terms.event in {None, card.event}
            and terms.person in {None, person}
            and terms.organization in {None, self.at(person, card.on)}
        ]

    def row(self, card: Card, person: str) -> str | None:
        if self.terms.group is LedgerGroup.ORGANIZATION:
            return self.at(person, card.on)
        return person if self.terms.group is LedgerGroup.PERSON else card.event

    def ours(self, key: str | None, person: str, on: str) -> bool:
        """Whether a person on a day is one for whom something may be new in a row."""
        if self.terms.person is not None:
            return person == self.terms.person
        if self.terms.group is LedgerGroup.PERSON:
            return person == key
        if self.terms.group is LedgerGroup.ORGANIZATION:
            return self.at(person, on) == key
        return self.terms.organization in {None, self.at(person, on)}

    def appeared(self, key: str | None, organization: str, before: str) -> bool:
        """Whether an organization is in a card or meeting of the row's people before a day."""
        there = [Contact(card.on, (card.giver, card.receiver)) for card in self.cards]
        return any(
            contact.on < before and self.ours(key, one, contact.on) and self.at(other, contact.on) == organization
            for contact in [*there, *self.meetings]
            for one in contact.people
            for other in contact.people
            if one != other
        )

    def is_first(self, card: Card) -> bool:
        same = [one for one in self.cards if {one.giver, one.receiver} == {card.giver, card.receiver}]
        return min(same, key=lambda one: (one.on, one.id)) == card

    def again(self, card: Card) -> bool:
        """Whether its two people were in contact 1 to 90 days later."""
        first = date.fromisoformat(card.on)
        days = {(first + timedelta(days)).isoformat() for days in range(1, 91)}
        people = {card.giver, card.receiver}
        return any({a, b} == people and on in days and on <= self.until for a, b, on in self.touches)

    def made(self, key: str | None, chosen: list[tuple[Card, str]]) -> Counted:
        once = {card for card, _ in chosen}
        met = {
            (card.on, self.at(card.receiver if person == card.giver else card.giver, card.on))
            for card, person in chosen
        }
        return Counted(
            sum(not card.swapped and person == card.giver for card, person in chosen),
            sum(not card.swapped and person == card.receiver for card, person in chosen),
            sum(card.swapped for card in once),
            len({one for on, one in met if one is not None and not self.appeared(key, one, on)}),
            sum(self.is_first(card) and self.again(card) for card in once),
        )

    def rows(self) -> dict[str | None, Counted]:
        chosen = self.chosen()
        keys = {self.row(card, person) for card, person in chosen}
        return {key: self.made(key, [one for one in chosen if self.row(*one) == key]) for key in keys}

    def total(self) -> Counted:
        return self.made(None, self.chosen())

    def new_pairs(self) -> int:
        return len({card for card, _ in self.chosen() if self.is_first(card)})
