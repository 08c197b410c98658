"""How a tie came about, point by point."""

from __future__ import annotations

import strawberry

from schema.agents import Agent, agent
from schema.enums import Band
from schema.scalars import Date, DateTime
from schema.ties import Evidence, Tie
from service.graph.questions import histories


@strawberry.type(description="How well two knew each other on a day.")
class TieHistoryPoint:
    on: Date = strawberry.field(description="The day.")
    strength: float = strawberry.field(description="How well, from 0 to 0.97; 0 before any evidence.")
    band: Band = strawberry.field(description="The same in a word.")
    because: Evidence | None = strawberry.field(
        description="The evidence that moved it that day, of several the one that counts most."
    )

    @classmethod
    def of(cls, row: histories.TieHistoryPoint) -> TieHistoryPoint:
        """The point of a row."""
        because = None if row.because is None else Evidence.of(row.because)
        return cls(on=Date(row.on), strength=row.strength, band=row.band, because=because)


@strawberry.type(
    description="A tie over time: a point for both days asked, each day evidence begins or ends on, and the first of "
    "each month."
)
class TieHistory:
    a: Agent = strawberry.field(description="From whom it is looked at.")
    b: Agent = strawberry.field(description="The other one.")
    points: list[TieHistoryPoint] = strawberry.field(description="By day, at most 2000.")
    tie: Tie | None = strawberry.field(description="The tie on the last of these days.")
    as_of: Date = strawberry.field(description="The last of these days.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: histories.TieHistory) -> TieHistory:
        """The history of a row."""
        return cls(
            a=agent(row.a),
            b=agent(row.b),
            points=[TieHistoryPoint.of(point) for point in row.points],
            tie=None if row.tie is None else Tie.of(row.tie),
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )
