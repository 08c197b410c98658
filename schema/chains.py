"""Supply chains, tier by tier."""

from __future__ import annotations

import strawberry

from schema.agents import Organization
from schema.enums import SupplyDirection
from schema.scalars import Date, DateTime
from schema.statements import Supply
from service.graph.questions import supply as walked


@strawberry.type(description="One supply relation of a chain.")
class SupplyHop:
    supply: Supply = strawberry.field(description="Who supplies whom with what.")
    tier: int = strawberry.field(description="How many steps from the root.")
    direction: SupplyDirection = strawberry.field(description="Which way the chain was walked to it.")

    @classmethod
    def of(cls, row: walked.SupplyHop) -> SupplyHop:
        """The hop of a row."""
        return cls(supply=Supply.of(row.supply), tier=row.tier, direction=row.direction)


@strawberry.type(description="The supply chain of an organization, nearest tier first.")
class SupplyChain:
    root: Organization = strawberry.field(description="Whose chain it is.")
    hops: list[SupplyHop] = strawberry.field(description="Its relations.")
    tiers: int = strawberry.field(description="How many tiers were found.")
    truncated: bool = strawberry.field(description="Whether there are more than may be told at once.")
    as_of: Date = strawberry.field(description="The day it was answered for.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: walked.SupplyChain) -> SupplyChain:
        """The chain of a row."""
        return cls(
            root=Organization.of(row.root),
            hops=[SupplyHop.of(hop) for hop in row.hops],
            tiers=row.tiers,
            truncated=row.truncated,
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )
