"""The questions one may begin with. Each is answered by itself: where one fails, the others still answer."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema import agents, finds
from schema.chains import SupplyChain
from schema.connections import After, First
from schema.context import Info
from schema.entities import shown
from schema.enums import DisputePolicy, EntityKind, SupplyDirection, Visibility
from schema.fields import answered
from schema.nodes import AsOf, KnownAt, Node
from schema.ties import PathResult, Tie
from service.graph.questions import agents as known
from service.graph.questions import nodes, routes, supply, ties
from service.graph.questions.clocks import When

Asked = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Start = Annotated[strawberry.ID, strawberry.argument(name="from", description="A person or an organization.")]
Target = Annotated[strawberry.ID, strawberry.argument(name="to", description="A person, an organization or a post.")]
MaxHops = Annotated[int | None, strawberry.argument(description="At most so many steps: 1 to 4.")]
Kinds = Annotated[list[EntityKind] | None, strawberry.argument(description="Only things of these kinds.")]
Disjoint = Annotated[bool | None, strawberry.argument(description="Routes that share nobody.")]

ROUTES, HOPS, TIERS, ASKERS = 5, 3, 3, 10


@strawberry.type(description="Whoever asks.")
class Viewer:
    name: str = strawberry.field(description="Who the token was given to.")
    roles: list[str] = strawberry.field(description="What they are here.")
    visibilities: list[Visibility] = strawberry.field(description="The levels they see, for the purpose they gave.")
    compartments: list[str] = strawberry.field(description="The compartments they were granted.")


@strawberry.type(description="Every question there is.")
class Query:
    @answered("Who asks, and what they may see.")
    def viewer(self, info: Info) -> Viewer:
        viewer = info.context.viewer
        return Viewer(
            name=viewer.name,
            roles=list(viewer.roles),
            visibilities=[Visibility(level) for level in viewer.visibilities],
            compartments=list(viewer.compartments),
        )

    @answered("Whatever has this id, claims that were taken back too.")
    async def node(self, info: Info, id: Asked) -> Node | None:
        found = await nodes.node(info.context.graph, info.context.scope, id)
        return None if found is None else shown(found)

    @answered("Whatever has each of these ids, in the order asked.")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most a hundred ids.")],
    ) -> list[Node | None]:
        found = await nodes.nodes(info.context.graph, info.context.scope, ids)
        return [None if one is None else shown(one) for one in found]

    @answered("Any name of the thing; an exact match of any name ranks first.")
    async def search(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="A name, some words of it, or how they begin.")],
        kinds: Kinds = None,
        first: First = None,
        after: After = None,
    ) -> finds.SearchConnection | None:
        return await finds.hits(info.context, text, kinds, first, after)

    @answered("The person with this id.")
    async def person(self, info: Info, id: Asked) -> agents.Person | None:
        found = await known.person(info.context.graph, info.context.scope, id)
        return None if found is None else agents.Person.of(found)

    @answered("The agent that a scheme knows by this value, e.g. gb-coh 00882843.")
    async def agent(
        self,
        info: Info,
        scheme: Annotated[str, strawberry.argument(description="Who gave the identifier.")],
        value: Annotated[str, strawberry.argument(description="The identifier.")],
    ) -> agents.Agent | None:
        found = await known.agent(info.context.graph, info.context.scope, scheme, value)
        return None if found is None else agents.agent(found)

    @answered("The organization with this id.")
    async def organization(self, info: Info, id: Asked) -> agents.Organization | None:
        found = await known.organization(info.context.graph, info.context.scope, id)
        return None if found is None else agents.Organization.of(found)

    @answered(
        "Who, among `from` (people or organizations; all members of the association when absent), knows "
        "the target (a person or an organization). One best route for each of them, best first."
    )
    async def who_knows(
        self,
        info: Info,
        target: Annotated[strawberry.ID, strawberry.argument(description="A person, an organization or a post.")],
        start: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(name="from", description="Who is asked: at most a hundred people or organizations."),
        ] = None,
        max_hops: MaxHops = HOPS,
        first: Annotated[int | None, strawberry.argument(description="At most so many routes: 1 to 1000.")] = ASKERS,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> PathResult | None:
        found = await routes.who_knows(
            info.context.network,
            info.context.scope,
            target,
            start,
            max_hops=HOPS if max_hops is None else max_hops,
            first=ASKERS if first is None else first,
            association=info.context.association,
            when=When(as_of, known_at),
        )
        return None if found is None else PathResult.of(found)

    @answered(
        "The k best routes from one person or organization to another, none passing through `avoid`; "
        "`disjoint` routes share nobody."
    )
    async def introduction_paths(
        self,
        info: Info,
        start: Start,
        target: Target,
        k: Annotated[int | None, strawberry.argument(description="How many routes: 1 to 20.")] = ROUTES,
        max_hops: MaxHops = HOPS,
        avoid: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(description="Not through them, an organization meaning its people; at most a hundred."),
        ] = None,
        disjoint: Disjoint = False,  # noqa: FBT002 (the contract's default)
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> PathResult | None:
        found = await routes.introduction_paths(
            info.context.network,
            info.context.scope,
            start,
            target,
            k=ROUTES if k is None else k,
            max_hops=HOPS if max_hops is None else max_hops,
            avoid=avoid or (),
            disjoint=bool(disjoint),
            when=When(as_of, known_at),
        )
        return None if found is None else PathResult.of(found)

    @answered("Who supplies an organization or is supplied by it, and who supplies them in turn.")
    async def supply_chain(
        self,
        info: Info,
        organization: Annotated[strawberry.ID, strawberry.argument(description="Whose chain.")],
        direction: Annotated[
            SupplyDirection | None, strawberry.argument(description="Towards suppliers, customers, or each for itself.")
        ] = SupplyDirection.SUPPLIERS,
        max_tiers: Annotated[int | None, strawberry.argument(description="At most so many tiers: 1 to 6.")] = TIERS,
        capability: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only what supplies this or a narrower one.")
        ] = None,
        disputes: agents.Disputes = DisputePolicy.LATEST,
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

    @answered("All that is known between two agents; null where nothing is.")
    async def tie(
        self,
        info: Info,
        a: Annotated[strawberry.ID, strawberry.argument(description="From whom it is looked at.")],
        b: Annotated[strawberry.ID, strawberry.argument(description="The other one.")],
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> Tie | None:
        found = await ties.tie(info.context.network, info.context.scope, a, b, When(as_of, known_at))
        return None if found is None else Tie.of(found)
