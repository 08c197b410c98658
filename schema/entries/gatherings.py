"""Events added by hand, and who attended them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.entries.fields import ERRORS, KEY, VISIBILITY, level
from schema.entries.refusals import UserError, outcome
from schema.enums import AttendanceStatus, Visibility
from schema.fields import answered
from schema.scalars import PartialDate
from schema.statements import Attendance
from schema.things import Event
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.events import EventEntry, add_event
from service.graph.questions import rows


@strawberry.input(description="An event to add.")
class AddEventInput:
    idempotency_key: str = strawberry.field(description=KEY)
    name: str = strawberry.field(description="What it is called.")
    start: PartialDate = strawberry.field(description="When it begins.")
    end: PartialDate | None = strawberry.field(default=None, description="When it ends; absent: unknown.")
    part_of: strawberry.ID | None = strawberry.field(default=None, description="The event it is a part of.")
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)


@strawberry.input(description="Whether somebody came to an event.")
class RecordAttendanceInput:
    idempotency_key: str = strawberry.field(description=KEY)
    event: strawberry.ID = strawberry.field(description="The event.")
    agent: strawberry.ID = strawberry.field(description="A person, or an organization that was there as such.")
    status: AttendanceStatus = strawberry.field(description="Whether they came.")
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)


@strawberry.type(description="The event that was added.")
class AddEventPayload:
    event: Event | None = strawberry.field(default=None, description="The event; absent where it was refused.")
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Event | None) -> AddEventPayload:
        """The payload of an entry that was not refused."""
        return cls(event=None if row is None else Event.of(row))


@strawberry.type(description="The attendance that was recorded.")
class RecordAttendancePayload:
    attendance: Attendance | None = strawberry.field(
        default=None, description="The attendance; absent where it was refused."
    )
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Attendance | None) -> RecordAttendancePayload:
        """The payload of an entry that was not refused."""
        return cls(attendance=None if row is None else Attendance.of(row))


@strawberry.type
class GatheringEntries:
    @answered("Adds an event, perhaps as a part of another.")
    async def add_event(
        self, info: Info, told: Annotated[AddEventInput, strawberry.argument(name="input", description="Which.")]
    ) -> AddEventPayload:
        entry = EventEntry(
            key=told.idempotency_key,
            name=told.name,
            start=told.start,
            end=told.end,
            part_of=told.part_of,
            visibility=level(told.visibility),
        )
        adding = add_event(info.context.network, info.context.viewer, entry)
        return await outcome(info, adding, AddEventPayload.of, AddEventPayload)

    @answered("Records that somebody is expected at an event, came, stayed away or called off.")
    async def record_attendance(
        self,
        info: Info,
        told: Annotated[RecordAttendanceInput, strawberry.argument(name="input", description="Who, and where.")],
    ) -> RecordAttendancePayload:
        entry = AttendanceEntry(
            key=told.idempotency_key,
            event=told.event,
            agent=told.agent,
            status=str(told.status),
            visibility=level(told.visibility),
        )
        recording = record_attendance(info.context.network, info.context.viewer, entry)
        return await outcome(info, recording, RecordAttendancePayload.of, RecordAttendancePayload)
