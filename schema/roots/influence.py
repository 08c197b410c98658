"""Who holds an office and how to reach them, and where people meet on the boards and payrolls of organizations."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.fields import answered
from schema.influence import InfluenceResult, Interlock
from schema.nodes import AsOf, KnownAt
from schema.roots.arguments import HOPS, MaxHops
from service.graph.questions import influence, interlocks
from service.graph.questions.clocks import When

ROUTES = 5


@strawberry.type
class InfluenceQuestions:
    @answered(
        "Who holds this office on the day, and the k best routes to each of them from any of `from` (the association"
        " and its members when absent). An issue adds to the reasons of a route where those along it stand, and leaves"
        " none out."
    )
    async def influence_paths(
        self,
        info: Info,
        post: Annotated[strawberry.ID, strawberry.argument(description="The office.")],
        issue: Annotated[
            strawberry.ID | None, strawberry.argument(description="The question of public policy it is about.")
        ] = None,
        start: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(name="from", description="Who asks: at most a hundred people or organizations."),
        ] = None,
        k: Annotated[int | None, strawberry.argument(description="How many routes to each: 1 to 20.")] = ROUTES,
        max_hops: MaxHops = HOPS,
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> InfluenceResult | None:
        found = await influence.influence_paths(
            info.context.network,
            info.context.scope,
            post,
            issue,
            start,
            k=ROUTES if k is None else k,
            max_hops=HOPS if max_hops is None else max_hops,
            association=info.context.association,
            when=When(as_of, known_at),
            manner=info.context.manner,
        )
        return None if found is None else InfluenceResult.of(found)

    @answered(
        "The organizations in which two or more of these people are on the day: employed, as directors, as members or"
        " in a post. Those with most of them first, then by name and id."
    )
    async def interlocks(
        self,
        info: Info,
        people: Annotated[list[strawberry.ID], strawberry.argument(description="At most a hundred people.")],
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> list[Interlock] | None:
        found = await interlocks.interlocks(info.context.graph, info.context.scope, people, When(as_of, known_at))
        return [Interlock.of(one) for one in found]
