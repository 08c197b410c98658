"""How well two know each other, and how that came about."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.fields import answered
from schema.histories import TieHistory
from schema.nodes import AsOf, KnownAt
from schema.roots.arguments import Since, Until
from schema.ties import Tie
from service.graph.questions import histories, ties
from service.graph.questions.clocks import When

A = Annotated[strawberry.ID, strawberry.argument(description="From whom it is looked at.")]
B = Annotated[strawberry.ID, strawberry.argument(description="The other one.")]


@strawberry.type
class TieQuestions:
    @answered("All that is known between two agents; null where nothing is.")
    async def tie(self, info: Info, a: A, b: B, as_of: AsOf = None, known_at: KnownAt = None) -> Tie | None:
        found = await ties.tie(info.context.network, info.context.scope, a, b, When(as_of, known_at))
        return None if found is None else Tie.of(found)

    @answered("How the tie of two agents came about: its strength over time, and the evidence that moved it.")
    async def tie_history(
        self, info: Info, a: A, b: B, since: Since = None, until: Until = None, known_at: KnownAt = None
    ) -> TieHistory | None:
        found = await histories.tie_history(
            info.context.network, info.context.scope, a, b, since=since, until=until, known_at=known_at
        )
        return None if found is None else TieHistory.of(found)
