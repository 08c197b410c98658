"""What introducers may be asked."""

from __future__ import annotations

import strawberry

from schema.agents import Agent, agent
from service.graph.questions import introductions as known


@strawberry.type(description="How often a person may be asked, and for whom never. Hard limits.")
class IntroducerLimits:
    asks_per_quarter: int | None = strawberry.field(
        description="At most so often in a calendar quarter; absent: no cap."
    )
    never: list[Agent] = strawberry.field(description="Those who may be shown, by name; an organization: its people.")
    asked_this_quarter: int = strawberry.field(description="How often they were asked in this quarter.")

    @classmethod
    def of(cls, row: known.IntroducerLimits) -> IntroducerLimits:
        """The limits of a row."""
        return cls(
            asks_per_quarter=row.asks_per_quarter,
            never=[agent(one) for one in row.never],
            asked_this_quarter=row.asked_this_quarter,
        )
