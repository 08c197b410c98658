"""Who can do a thing and is within reach."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.fields import answered
from schema.nodes import AsOf, KnownAt
from schema.reach import CapabilityReachResult, Constrained, wanted
from schema.roots.arguments import HOPS, First, MaxHops, Start
from service.graph.questions import reach
from service.graph.questions.clocks import When

COMPANIES = 10


@strawberry.type
class ReachQuestions:
    @answered("Anyone who can do this, at the end of a warm path.")
    async def reach_capability(
        self,
        info: Info,
        capability: Annotated[
            strawberry.ID, strawberry.argument(description="What they should be able to do; a narrower thing counts.")
        ],
        start: Start,
        constraints: Constrained = None,
        max_hops: MaxHops = HOPS,
        first: First = COMPANIES,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> CapabilityReachResult | None:
        found = await reach.reach_capability(
            info.context.network,
            info.context.scope,
            capability,
            start,
            constraints=wanted(constraints),
            max_hops=HOPS if max_hops is None else max_hops,
            first=COMPANIES if first is None else first,
            association=info.context.association,
            when=When(as_of, known_at),
            manner=info.context.manner,
        )
        return None if found is None else CapabilityReachResult.of(found)
