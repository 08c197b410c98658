"""Introductions taken from request to outcome by hand, and what introducers allow."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.agents import Person
from schema.context import Info
from schema.entries.fields import ERRORS, KEY, listed
from schema.entries.refusals import UserError, outcome
from schema.enums import IntroductionStatus
from schema.fields import answered
from schema.records import Introduction
from service.entries.introductions import AdvanceEntry, RequestEntry, advance_introduction, request_introduction
from service.entries.limits import LimitsEntry, set_introducer_limits
from service.graph.questions import rows


@strawberry.input(description="An introduction to ask for: three different people.")
class RequestIntroductionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    requester: strawberry.ID = strawberry.field(description="Who wants to be introduced.")
    introducer: strawberry.ID = strawberry.field(description="Who is to introduce them.")
    target: strawberry.ID = strawberry.field(description="To whom.")
    concerning: str | None = strawberry.field(default=None, description="What it is about.")


@strawberry.input(description="The next step of an introduction.")
class AdvanceIntroductionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    introduction: strawberry.ID = strawberry.field(description="Which introduction.")
    to: IntroductionStatus = strawberry.field(description="What it has become.")
    note: str | None = strawberry.field(default=None, description="What is to be remembered of this step.")
    meeting: strawberry.ID | None = strawberry.field(
        default=None, description="The meeting at which the two met: for MET, and for no other step."
    )


@strawberry.input(description="All that a person allows as an introducer.")
class IntroducerLimitsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    person: strawberry.ID = strawberry.field(description="Whose limits.")
    asks_per_quarter: int | None = strawberry.field(
        default=None, description="At most so often in a calendar quarter; absent: no cap."
    )
    never: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Never for these people, nor for those of these organizations: at most a hundred; absent: none.",
    )


@strawberry.type(description="The introduction that was asked for or taken further.")
class IntroductionPayload:
    introduction: Introduction | None = strawberry.field(
        default=None, description="The introduction; absent where the entry was refused."
    )
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Introduction | None) -> IntroductionPayload:
        """The payload of an entry that was not refused."""
        return cls(introduction=None if row is None else Introduction.of(row))


@strawberry.type(description="The person whose limits were set.")
class IntroducerLimitsPayload:
    person: Person | None = strawberry.field(default=None, description="The person; absent where it was refused.")
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Agent | None) -> IntroducerLimitsPayload:
        """The payload of an entry that was not refused."""
        return cls(person=None if row is None else Person.of(row))


@strawberry.type
class IntroductionEntries:
    @answered("Notes that somebody wants to be introduced to somebody, as a draft.")
    async def request_introduction(
        self,
        info: Info,
        told: Annotated[
            RequestIntroductionInput, strawberry.argument(name="input", description="Who, by whom, to whom.")
        ],
    ) -> IntroductionPayload:
        entry = RequestEntry(
            key=told.idempotency_key,
            requester=told.requester,
            introducer=told.introducer,
            target=told.target,
            concerning=told.concerning,
        )
        requesting = request_introduction(info.context.network, info.context.viewer, entry)
        return await outcome(info, requesting, IntroductionPayload.of, IntroductionPayload)

    @answered("Takes an introduction one step further. MET needs the meeting that completed it.")
    async def advance_introduction(
        self,
        info: Info,
        told: Annotated[AdvanceIntroductionInput, strawberry.argument(name="input", description="Which step.")],
    ) -> IntroductionPayload:
        entry = AdvanceEntry(
            key=told.idempotency_key,
            introduction=told.introduction,
            to=str(told.to),
            note=told.note,
            meeting=told.meeting,
        )
        advancing = advance_introduction(info.context.network, info.context.viewer, entry)
        return await outcome(info, advancing, IntroductionPayload.of, IntroductionPayload)

    @answered("Sets how often a person may be asked to introduce others, and for whom never: all of it, each time.")
    async def set_introducer_limits(
        self,
        info: Info,
        told: Annotated[IntroducerLimitsInput, strawberry.argument(name="input", description="Whose, and which.")],
    ) -> IntroducerLimitsPayload:
        entry = LimitsEntry(
            key=told.idempotency_key,
            person=told.person,
            asks_per_quarter=told.asks_per_quarter,
            never=listed(told.never),
        )
        setting = set_introducer_limits(info.context.network, info.context.viewer, entry)
        return await outcome(info, setting, IntroducerLimitsPayload.of, IntroducerLimitsPayload)
