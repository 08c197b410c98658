"""Who supplies whom, which people hold that, and whom they know."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.agents import Disputes
from schema.chains import SupplyChain
from schema.context import Info
from schema.enums import DisputePolicy, SupplyDirection
from schema.fields import answered
from schema.joints import ChainContacts, JointReport
from schema.nodes import AsOf, KnownAt
from schema.roots.arguments import HOPS, TIERS, MaxHops, MaxTiers, Sought
from service.graph.questions import contacts, joints, supply
from service.graph.questions.clocks import When

Whose = Annotated[strawberry.ID, strawberry.argument(description="Whose chain.")]
Towards = Annotated[
    SupplyDirection | None, strawberry.argument(description="Towards suppliers, customers, or each for itself.")
]
Contacts = Annotated[int | None, strawberry.argument(description="At most so many companies: 1 to 1000.")]

COMPANIES = 10


@strawberry.type
class SupplyQuestions:
    @answered("Who supplies an organization or is supplied by it, and who supplies them in turn.")
    async def supply_chain(
        self,
        info: Info,
        organization: Whose,
        direction: Towards = SupplyDirection.SUPPLIERS,
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

    @answered(
        "For each joint of the chain: which two living people hold it, how well, and is there a second pair? Counted is"
        " what is so on the day; towards suppliers, joints that wait outside the chain are told too."
    )
    async def supply_joints(
        self,
        info: Info,
        organization: Whose,
        direction: Towards = SupplyDirection.SUPPLIERS,
        max_tiers: MaxTiers = TIERS,
        disputes: Disputes = DisputePolicy.LATEST,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> JointReport | None:
        found = await joints.supply_joints(
            info.context.network,
            info.context.scope,
            organization,
            direction=direction or SupplyDirection.SUPPLIERS,
            max_tiers=TIERS if max_tiers is None else max_tiers,
            disputes=disputes or DisputePolicy.LATEST,
            when=When(as_of, known_at),
        )
        return None if found is None else JointReport.of(found)

    @answered(
        "Who in the supply chain of this organization knows the target? Of each company one best route; the people of"
        " the organization itself are left out."
    )
    async def who_in_supply_chain_knows(
        self,
        info: Info,
        organization: Whose,
        target: Sought,
        direction: Towards = SupplyDirection.BOTH,
        max_tiers: MaxTiers = TIERS,
        max_hops: MaxHops = HOPS,
        first: Contacts = COMPANIES,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> ChainContacts | None:
        found = await contacts.chain_contacts(
            info.context.network,
            info.context.scope,
            organization,
            target,
            direction=direction or SupplyDirection.BOTH,
            max_tiers=TIERS if max_tiers is None else max_tiers,
            max_hops=HOPS if max_hops is None else max_hops,
            first=COMPANIES if first is None else first,
            when=When(as_of, known_at),
            manner=info.context.manner,
        )
        return None if found is None else ChainContacts.of(found)
