"""Who can do a thing and is within reach."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.agents import Agent, Organization, agent
from schema.enums import Band, PathOutcome
from schema.scalars import Date, DateTime
from schema.statements import CapabilityClaim
from schema.ties import Path
from service.graph.questions import reach


@strawberry.input(description="What a company has to meet, and what the route to it has to.")
class CapabilityConstraints:
    certification: str | None = strawberry.field(
        default=None, description="It holds this certificate on the day: a name, as AS 9100, or an id."
    )
    country: str | None = strawberry.field(default=None, description="It is there: two letters of ISO 3166.")
    not_through: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Not through these people, nor those of these organizations, nor to them; at most a hundred.",
    )
    members_only: bool | None = strawberry.field(
        default=None, description="It is a member of our association on the day."
    )
    min_band: Band | None = strawberry.field(default=None, description="The route is at least as strong.")


Constrained = Annotated[CapabilityConstraints | None, strawberry.argument(description="What has to be met.")]


def wanted(asked: CapabilityConstraints | None) -> reach.Constraints:
    """The constraints of an input; what is left out asks for nothing."""
    if asked is None:
        return reach.ANY
    return reach.Constraints(
        certification=asked.certification,
        country=asked.country,
        not_through=tuple(asked.not_through or ()),
        members_only=bool(asked.members_only),
        min_band=asked.min_band or Band.NONE,
    )


@strawberry.type(description="A company that can do it, at the end of the best route to it.")
class CapabilityReach:
    organization: Organization = strawberry.field(description="The company.")
    claim: CapabilityClaim = strawberry.field(description="That it can, and who says so.")
    person: Agent = strawberry.field(description="Whom to meet there; the company itself where the route ends there.")
    path: Path = strawberry.field(description="How to get to them.")

    @classmethod
    def of(cls, row: reach.CapabilityReach) -> CapabilityReach:
        """The company of a row."""
        return cls(
            organization=Organization.of(row.organization),
            claim=CapabilityClaim.of(row.claim),
            person=agent(row.person),
            path=Path.of(row.path),
        )


@strawberry.type(description="Companies within reach, or what stands in their place.")
class CapabilityReachResult:
    reaches: list[CapabilityReach] = strawberry.field(
        description="By strength of the route; of equals those with a verified claim first, then by name."
    )
    outcome: PathOutcome = strawberry.field(description="How the search ended.")
    as_of: Date = strawberry.field(description="The day it was answered for.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: reach.CapabilityReachResult) -> CapabilityReachResult:
        """The result of a row."""
        return cls(
            reaches=[CapabilityReach.of(one) for one in row.reaches],
            outcome=row.outcome,
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )
