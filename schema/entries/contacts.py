"""Meetings, cards and other contacts recorded by hand."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.entries.fields import COMPARTMENTS, ERRORS, KEY, SOURCE, VISIBILITY, level, listed
from schema.entries.refusals import UserError, outcome
from schema.enums import EvidenceKind, MeetingStatus, Visibility
from schema.fields import answered
from schema.records import CardExchange, Meeting
from schema.scalars import Date
from schema.ties import Evidence
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.graph.questions import rows


@strawberry.input(description="A contact to record.")
class RecordContactInput:
    idempotency_key: str = strawberry.field(description=KEY)
    start: strawberry.ID = strawberry.field(name="from", description="Who called, wrote, or says so.")
    end: strawberry.ID = strawberry.field(name="to", description="Whom.")
    kind: EvidenceKind = strawberry.field(description="CALL, CORRESPONDENCE, CORRESPONDENCE_SENT or DECLARED.")
    on: Date = strawberry.field(description="The day.")
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)
    compartments: list[str] | None = strawberry.field(default=None, description=COMPARTMENTS)


@strawberry.input(description="A meeting to record.")
class RecordMeetingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    participants: list[strawberry.ID] = strawberry.field(description="Everybody who was or will be there.")
    on: Date = strawberry.field(description="The day.")
    status: MeetingStatus | None = strawberry.field(
        default=MeetingStatus.HELD, description="Whether it took place; only then it is evidence."
    )
    subject: str | None = strawberry.field(default=None, description="What it was about.")
    source: strawberry.ID | None = strawberry.field(default=None, description=SOURCE)
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)
    compartments: list[str] | None = strawberry.field(default=None, description=COMPARTMENTS)


@strawberry.input(description="A card to record.")
class RecordCardInput:
    idempotency_key: str = strawberry.field(description=KEY)
    giver: strawberry.ID = strawberry.field(description="Who gave it.")
    receiver: strawberry.ID = strawberry.field(description="Who got it.")
    swapped: bool = strawberry.field(default=False, description="Whether the receiver gave one back.")
    on: Date = strawberry.field(description="The day.")
    event: strawberry.ID | None = strawberry.field(default=None, description="Where it happened.")
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)
    compartments: list[str] | None = strawberry.field(default=None, description=COMPARTMENTS)


@strawberry.type(description="The contact that was recorded.")
class RecordContactPayload:
    evidence: Evidence | None = strawberry.field(default=None, description="The contact; absent where it was refused.")
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Evidence | None) -> RecordContactPayload:
        """The payload of an entry that was not refused."""
        return cls(evidence=None if row is None else Evidence.of(row))


@strawberry.type(description="The meeting that was recorded.")
class RecordMeetingPayload:
    meeting: Meeting | None = strawberry.field(default=None, description="The meeting; absent where it was refused.")
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Meeting | None) -> RecordMeetingPayload:
        """The payload of an entry that was not refused."""
        return cls(meeting=None if row is None else Meeting.of(row))


@strawberry.type(description="The card that was recorded.")
class RecordCardPayload:
    card: CardExchange | None = strawberry.field(default=None, description="The card; absent where it was refused.")
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.CardExchange | None) -> RecordCardPayload:
        """The payload of an entry that was not refused."""
        return cls(card=None if row is None else CardExchange.of(row))


@strawberry.type
class ContactEntries:
    @answered("Records a call, answered mails, a mail sent, or 'I know her'.")
    async def record_contact(
        self,
        info: Info,
        told: Annotated[RecordContactInput, strawberry.argument(name="input", description="Between whom.")],
    ) -> RecordContactPayload:
        entry = ContactEntry(
            key=told.idempotency_key,
            start=told.start,
            end=told.end,
            kind=str(told.kind),
            on=told.on,
            visibility=level(told.visibility),
            compartments=listed(told.compartments),
        )
        recording = record_contact(info.context.network, info.context.viewer, entry)
        return await outcome(info, recording, RecordContactPayload.of, RecordContactPayload)

    @answered("Records a meeting with everybody in it; once it was held, they know each other by it.")
    async def record_meeting(
        self, info: Info, told: Annotated[RecordMeetingInput, strawberry.argument(name="input", description="Of whom.")]
    ) -> RecordMeetingPayload:
        entry = MeetingEntry(
            key=told.idempotency_key,
            participants=listed(told.participants),
            on=told.on,
            status=str(told.status or MeetingStatus.HELD),
            subject=told.subject,
            source=told.source,
            visibility=level(told.visibility),
            compartments=listed(told.compartments),
        )
        recording = record_meeting(info.context.network, info.context.viewer, entry)
        return await outcome(info, recording, RecordMeetingPayload.of, RecordMeetingPayload)

    @answered("Records that somebody gave somebody a card, or that they swapped cards.")
    async def record_card(
        self,
        info: Info,
        told: Annotated[RecordCardInput, strawberry.argument(name="input", description="From whom, to whom.")],
    ) -> RecordCardPayload:
        entry = CardEntry(
            key=told.idempotency_key,
            giver=told.giver,
            receiver=told.receiver,
            on=told.on,
            swapped=told.swapped,
            event=told.event,
            visibility=level(told.visibility),
            compartments=listed(told.compartments),
        )
        recording = record_card(info.context.network, info.context.viewer, entry)
        return await outcome(info, recording, RecordCardPayload.of, RecordCardPayload)
