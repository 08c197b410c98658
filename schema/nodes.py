"""What all things have in common: an id, and for claims their dates and who says so."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.enums import Current, Visibility
from schema.fields import answered, over, read
from schema.scalars import Date, DateTime, PartialDate
from service.graph.questions import rows

AsOf = Annotated[Date | None, strawberry.argument(description="The day asked about.")]
KnownAt = Annotated[
    DateTime | None, strawberry.argument(description="Answer with what was recorded by then; absent: all that stands.")
]


@strawberry.interface(description="Anything with an id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque and lasting.")


@read()
@strawberry.type(description="Who says so: one file, feed or person.")
class Source(Node):
    title: str = strawberry.field(description="What it is called.")
    publisher: str | None = strawberry.field(description="Who publishes it.")
    url: str | None = strawberry.field(description="Where it was taken from.")
    licence: str | None = strawberry.field(description="On which terms it may be used.")
    retrieved_at: DateTime | None = strawberry.field(description="When it was taken.")

    row: strawberry.Private[rows.Source]

    @classmethod
    def of(cls, row: rows.Source) -> Source:
        """The source of a row."""
        return over(cls, row)


@read(source=Source.of)
@strawberry.type(description="Where a record comes from, and who may see it.")
class Provenance:
    source: Source = strawberry.field(description="Who says so.")
    locator: str | None = strawberry.field(description="Where in the source.")
    recorded_at: DateTime = strawberry.field(description="When it became known here.")
    retracted_at: DateTime | None = strawberry.field(description="When it was taken back; absent while it stands.")
    confidence: float = strawberry.field(description="How sure the source is, from 0 to 1.")
    row: strawberry.Private[rows.Record]

    @answered("The level of those who may see it.")
    def visibility(self, info: Info) -> Visibility:
        return Visibility(info.context.viewer.classes[self.row.vis].level)

    @answered("Whoever sees it was granted each of these.")
    def compartments(self, info: Info) -> list[str]:
        return list(info.context.viewer.classes[self.row.vis].compartments)

    @classmethod
    def of(cls, row: rows.Record) -> Provenance:
        """The provenance of a row."""
        return over(cls, row)


@strawberry.interface(description="A dated, sourced statement. `start` and `end` are as the source wrote them.")
class Claim(Node):
    start: PartialDate | None = strawberry.field(description="When it began; absent: unknown.")
    end: PartialDate | None = strawberry.field(description="When it ended; `..`: open, absent: unknown.")
    disputed: bool = strawberry.field(description="Whether another source contradicts it, judged at now.")
    row: strawberry.Private[rows.Claim]

    @answered("Who says so, and since when it is known here.")
    def provenance(self) -> Provenance:
        return Provenance.of(self.row)

    @answered("Whether it holds on a day, today when none is given.")
    def current(self, info: Info, as_of: AsOf = None) -> Current:
        return self.row.current(as_of or info.context.today)
