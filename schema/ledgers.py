"""Cards that changed hands, counted."""

from __future__ import annotations

import strawberry

from schema.agents import Organization, Person
from schema.scalars import Date, DateTime
from schema.things import Event
from service.graph.questions import ledgers


@strawberry.type(
    description="The cards of a person, of the people of an organization, or of an event; all three are null in the "
    "row of those without an employer, or of cards that changed hands elsewhere."
)
class CardLedgerRow:
    person: Person | None = strawberry.field(description="Whose cards, where rows are persons.")
    organization: Organization | None = strawberry.field(description="Whose people's cards, by employer on the day.")
    event: Event | None = strawberry.field(description="Where they changed hands.")
    given: int = strawberry.field(description="Cards given one way.")
    received: int = strawberry.field(description="Cards received one way.")
    swapped: int = strawberry.field(description="Swaps.")
    new_organizations: int = strawberry.field(
        description="Employers of the others that are in no earlier card or meeting of those in this row."
    )
    second_contact_within_90_days: int = strawberry.field(
        name="secondContactWithin90Days",
        description="Pairs whose first card is in this row and who were in contact again 1 to 90 days later.",
    )

    @classmethod
    def of(cls, row: ledgers.CardLedgerRow) -> CardLedgerRow:
        """The row of a ledger."""
        return cls(
            person=None if row.person is None else Person.of(row.person),
            organization=None if row.organization is None else Organization.of(row.organization),
            event=None if row.event is None else Event.of(row.event),
            given=row.given,
            received=row.received,
            swapped=row.swapped,
            new_organizations=row.new_organizations,
            second_contact_within_90_days=row.second_contact_within_90_days,
        )


@strawberry.type(
    description="Who gave, received and swapped cards. The totals count each exchange once, so over persons a swap is "
    "in two rows; where a person or an organization is named, cards are counted from their side."
)
class CardLedger:
    rows: list[CardLedgerRow] = strawberry.field(description="Most cards first.")
    given: int = strawberry.field(description="Cards given one way.")
    received: int = strawberry.field(description="Cards received one way.")
    swapped: int = strawberry.field(description="Swaps.")
    new_pairs: int = strawberry.field(description="Pairs whose first card is among these.")
    as_of: Date = strawberry.field(description="The last day that counts.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: ledgers.CardLedger) -> CardLedger:
        """The ledger of a row."""
        return cls(
            rows=[CardLedgerRow.of(one) for one in row.rows],
            given=row.given,
            received=row.received,
            swapped=row.swapped,
            new_pairs=row.new_pairs,
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )
