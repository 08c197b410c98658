"""The questions one may begin with. Each is answered by itself: where one fails, the others still answer."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema import agents, finds
from schema.connections import After, First
from schema.context import Info
from schema.entities import shown
from schema.enums import EntityKind, Visibility
from schema.fields import answered
from schema.nodes import Node
from schema.roots.arguments import Asked
from schema.roots.cards import CardQuestions
from schema.roots.catalogues import CatalogueQuestions
from schema.roots.influence import InfluenceQuestions
from schema.roots.introductions import IntroductionQuestions
from schema.roots.reach import ReachQuestions
from schema.roots.routes import RouteQuestions
from schema.roots.supply import SupplyQuestions
from schema.roots.ties import TieQuestions
from service.graph.questions import agents as known
from service.graph.questions import nodes

Kinds = Annotated[list[EntityKind] | None, strawberry.argument(description="Only things of these kinds.")]


@strawberry.type(description="Whoever asks.")
class Viewer:
    name: str = strawberry.field(description="Who the token was given to.")
    roles: list[str] = strawberry.field(description="What they are here.")
    visibilities: list[Visibility] = strawberry.field(description="The levels they see, for the purpose they gave.")
    compartments: list[str] = strawberry.field(description="The compartments they were granted.")


@strawberry.type(description="Every question there is.")
class Query(
    CardQuestions,
    CatalogueQuestions,
    InfluenceQuestions,
    IntroductionQuestions,
    ReachQuestions,
    RouteQuestions,
    SupplyQuestions,
    TieQuestions,
):
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
