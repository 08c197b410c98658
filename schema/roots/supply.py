"""Who supplies whom."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.agents import Disputes
from schema.chains import SupplyChain
from schema.context import Info
from schema.enums import DisputePolicy, SupplyDirection
from schema.fields import answered
from schema.nodes import AsOf, KnownAt
from schema.roots.arguments import TIERS, MaxTiers
from service.graph.questions import supply
from service.graph.questions.clocks import When


@strawberry.type
class SupplyQuestions:
    @answered("Who supplies an organization or is supplied by it, and who supplies them in turn.")
    async def supply_chain(
        self,
        info: Info,
        organization: Annotated[strawberry.ID, strawberry.argument(description="Whose chain.")],
        direction: Annotated[
            SupplyDirection | None, strawberry.argument(description="Towards suppliers, customers, or each for itself.")
        ] = SupplyDirection.SUPPLIERS,
        max_tiers: MaxTiers = TIERS,
        capability: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only what supplies this or a narrower one.")
        ] = None,
        disputes: Disputes = DisputePolicy.LATEST,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> SupplyChain | None:
        found = await supply.supply_chain(
            info.context.graph,
            info.context.scope,
            organization,
            direction=direction or SupplyDirection.SUPPLIERS,
            max_tiers=TIERS if max_tiers is None else max_tiers,
            capability=capability,
            disputes=disputes or DisputePolicy.LATEST,
            when=When(as_of, known_at),
        )
        return None if found is None else SupplyChain.of(found)
