"""How well two know each other."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.fields import answered
from schema.nodes import AsOf, KnownAt
from schema.ties import Tie
from service.graph.questions import ties
from service.graph.questions.clocks import When


@strawberry.type
class TieQuestions:
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
