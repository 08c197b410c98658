"""Claims asserted by hand, and whatever is taken back."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.entities import shown
from schema.entries.fields import COMPARTMENTS, ERRORS, KEY, SOURCE, VISIBILITY, level, listed
from schema.entries.refusals import UserError, outcome
from schema.enums import Visibility
from schema.fields import answered
from schema.nodes import Claim, Node
from schema.scalars import PartialDate
from schema.statements import Affiliation
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph.questions import rows


@strawberry.input(description="An affiliation to assert.")
class AssertAffiliationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    person: strawberry.ID = strawberry.field(description="Who works there.")
    organization: strawberry.ID = strawberry.field(description="Where.")
    role: str | None = strawberry.field(default=None, description="As what.")
    start: PartialDate | None = strawberry.field(default=None, description="Since when; absent: unknown.")
    end: PartialDate | None = strawberry.field(default=None, description="Until when; `..`: still, absent: unknown.")
    source: strawberry.ID | None = strawberry.field(default=None, description=SOURCE)
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)
    compartments: list[str] | None = strawberry.field(default=None, description=COMPARTMENTS)


@strawberry.input(description="Something to take back.")
class RetractClaimInput:
    idempotency_key: str = strawberry.field(description=KEY)
    claim: strawberry.ID = strawberry.field(description="A claim, a piece of evidence, a meeting or a card.")
    reason: str = strawberry.field(description="Why.")


@strawberry.type(description="The claim that was asserted.")
class AssertClaimPayload:
    claim: Claim | None = strawberry.field(default=None, description="The claim; absent where it was refused.")
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Affiliation | None) -> AssertClaimPayload:
        """The payload of an entry that was not refused."""
        return cls(claim=None if row is None else Affiliation.of(row))


@strawberry.type(description="What was taken back.")
class RetractClaimPayload:
    retracted: Node | None = strawberry.field(
        default=None, description="It as it stands now; absent where that was refused."
    )
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, row: rows.Entity | None) -> RetractClaimPayload:
        """The payload of an entry that was not refused."""
        return cls(retracted=None if row is None else shown(row))


@strawberry.type
class ClaimEntries:
    @answered("Asserts that somebody works or worked for an organization.")
    async def assert_affiliation(
        self,
        info: Info,
        told: Annotated[AssertAffiliationInput, strawberry.argument(name="input", description="Who, and where.")],
    ) -> AssertClaimPayload:
        entry = AffiliationEntry(
            key=told.idempotency_key,
            person=told.person,
            organization=told.organization,
            role=told.role,
            start=told.start,
            end=told.end,
            source=told.source,
            visibility=level(told.visibility),
            compartments=listed(told.compartments),
        )
        asserting = assert_affiliation(info.context.network, info.context.viewer, entry)
        return await outcome(info, asserting, AssertClaimPayload.of, AssertClaimPayload)

    @answered("Takes back a claim or a piece of evidence; it stays readable at earlier knownAt.")
    async def retract_claim(
        self,
        info: Info,
        told: Annotated[RetractClaimInput, strawberry.argument(name="input", description="What, and why.")],
    ) -> RetractClaimPayload:
        entry = RetractionEntry(key=told.idempotency_key, claim=told.claim, reason=told.reason)
        retracting = retract_claim(info.context.network, info.context.viewer, entry)
        return await outcome(info, retracting, RetractClaimPayload.of, RetractClaimPayload)
