"""What was noted of people: meetings, cards that changed hands, and introductions."""

from __future__ import annotations

import strawberry

from schema.agents import Person
from schema.context import Info
from schema.enums import IntroductionStatus, MeetingStatus
from schema.fields import answered
from schema.nodes import Node, Provenance
from schema.scalars import Date, DateTime
from schema.things import Event
from service.graph.questions import nodes, rows


@strawberry.type(description="A meeting of people.")
class Meeting(Node):
    on: Date = strawberry.field(description="Its day.")
    status: MeetingStatus = strawberry.field(description="Whether it took place.")
    participants: list[Person] = strawberry.field(description="Those who may be shown, by name.")
    subject: str | None = strawberry.field(description="What it was about.")
    provenance: Provenance = strawberry.field(description="Who says so.")

    @classmethod
    def of(cls, row: rows.Meeting) -> Meeting:
        """The meeting of a row."""
        return cls(
            id=strawberry.ID(row.id),
            on=Date(row.on),
            status=MeetingStatus(row.status),
            participants=[Person.of(one) for one in row.participants],
            subject=row.subject,
            provenance=Provenance.of(row),
        )


@strawberry.type(description="A business card that changed hands, or two that were swapped.")
class CardExchange(Node):
    on: Date = strawberry.field(description="The day.")
    giver: Person = strawberry.field(description="Who gave a card.")
    receiver: Person = strawberry.field(description="Who got it.")
    swapped: bool = strawberry.field(description="Whether the receiver gave one back.")
    event: Event | None = strawberry.field(description="Where it happened.")
    provenance: Provenance = strawberry.field(description="Who says so.")

    @classmethod
    def of(cls, row: rows.CardExchange) -> CardExchange:
        """The exchange of a row."""
        return cls(
            id=strawberry.ID(row.id),
            on=Date(row.on),
            giver=Person.of(row.giver),
            receiver=Person.of(row.receiver),
            swapped=row.swapped,
            event=None if row.event is None else Event.of(row.event),
            provenance=Provenance.of(row),
        )


@strawberry.type(description="A step an introduction took.")
class IntroductionStep:
    status: IntroductionStatus = strawberry.field(description="What it led to.")
    at: DateTime = strawberry.field(description="When it was noted.")
    by: str = strawberry.field(description="Who noted it.")
    note: str | None = strawberry.field(description="What they wrote of it.")

    @classmethod
    def of(cls, row: rows.IntroductionStep) -> IntroductionStep:
        """The step of a row."""
        return cls(status=IntroductionStatus(row.status), at=DateTime(row.at), by=row.by, note=row.note)


@strawberry.type(description="Somebody asks somebody to introduce them to somebody.")
class Introduction(Node):
    requester: Person = strawberry.field(description="Who wants to be introduced.")
    introducer: Person = strawberry.field(description="Who is to introduce them.")
    target: Person = strawberry.field(description="To whom.")
    status: IntroductionStatus = strawberry.field(description="How far it has come.")
    concerning: str | None = strawberry.field(description="What it is about.")
    requested_at: DateTime = strawberry.field(description="When it was asked for; unknown: when it became known here.")
    history: list[IntroductionStep] = strawberry.field(
        description="The steps it took, the first one first; none where a file tells of it."
    )
    met_at: strawberry.Private[str | None]

    @answered("The meeting that completed it.")
    async def meeting(self, info: Info) -> Meeting | None:
        if self.met_at is None:
            return None
        found = await info.context.gathered(nodes.entities, self.met_at, None)
        return Meeting.of(found) if isinstance(found, rows.Meeting) else None

    @classmethod
    def of(cls, row: rows.Introduction) -> Introduction:
        """The introduction of a row."""
        return cls(
            id=strawberry.ID(row.id),
            requester=Person.of(row.requester),
            introducer=Person.of(row.introducer),
            target=Person.of(row.target),
            status=IntroductionStatus(row.status),
            concerning=row.concerning,
            requested_at=DateTime(row.requested_at or row.recorded_at),
            history=[IntroductionStep.of(step) for step in row.history],
            met_at=row.meeting,
        )
