"""Who knows somebody, and by which routes."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.fields import answered
from schema.nodes import AsOf, KnownAt
from schema.roots.arguments import HOPS, First, MaxHops, Sought, Start, Target
from schema.ties import PathResult
from service.graph.questions import routes
from service.graph.questions.clocks import When

Disjoint = Annotated[bool | None, strawberry.argument(description="Routes that share nobody.")]

ROUTES, ASKERS = 5, 10


@strawberry.type
class RouteQuestions:
    @answered(
        "Who, among `from` (people or organizations; all members of the association when absent), knows "
        "the target (a person or an organization). One best route for each of them, best first."
    )
    async def who_knows(
        self,
        info: Info,
        target: Sought,
        start: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(name="from", description="Who is asked: at most a hundred people or organizations."),
        ] = None,
        max_hops: MaxHops = HOPS,
        first: First = ASKERS,
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
            manner=info.context.manner,
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
            manner=info.context.manner,
        )
        return None if found is None else PathResult.of(found)
