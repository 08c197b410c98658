"""Who knows whom: ties with their evidence, and the routes that lead along them."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from schema.agents import Agent, agent
from schema.connections import After, Count, First, PageInfo, nested
from schema.context import Context, Info
from schema.enums import Band, EvidenceKind, PathOutcome, Rhythm
from schema.fields import answered, over, read
from schema.later import Later
from schema.nodes import Node, Provenance
from schema.scalars import Cursor, Date, DateTime
from service.graph.questions import routes, rows, ties
from service.graph.questions.pages import Page, Slice


@read(kind=EvidenceKind)
@strawberry.type(
    description="One piece of evidence that two agents know each other. `until` is absent while an interval runs."
)
class Evidence(Node):
    kind: EvidenceKind = strawberry.field(description="What it is evidence of.")
    since: Date | None = strawberry.field(description="The first day of an interval; absent for a single day.")
    until: Date | None = strawberry.field(description="The last day of an interval, or the single day.")
    intensity: float = strawberry.field(
        description="How much of its kind it is, from 0 to 1: less the more people were there."
    )
    row: strawberry.Private[rows.Evidence]

    @answered("Whose act it was, where it is directed.", name="from")
    def start(self) -> Agent:
        return agent(self.row.a)

    @answered("Whom it was meant for, where it is directed.", name="to")
    def end(self) -> Agent:
        return agent(self.row.b)

    @answered("Who says so.")
    def provenance(self) -> Provenance:
        return Provenance.of(self.row)

    @answered("Whether it speaks for the direction it has only, as a card given does.")
    def directed(self, info: Info) -> bool:
        return info.context.network.model.kinds[self.row.kind].directed

    @answered("The claims and records it follows from, as far as they may be seen.")
    async def about(self, info: Info) -> list[Node]:
        return [entities.shown(row) for row in await info.context.about(self.row)]

    @classmethod
    def of(cls, row: rows.Evidence) -> Evidence:
        """The evidence of a row."""
        return over(cls, row)


@strawberry.type(
    description="`share`: the evidence's part of this tie at this day, adding up to 1; `countsFrom`: the day it is "
    "dated at for the question."
)
class EvidenceEdge:
    cursor: Cursor = strawberry.field(description="The place of this entry.")
    node: Evidence = strawberry.field(description="What stands there.")
    share: float = strawberry.field(description="Its part of the tie.")
    counts_from: Date = strawberry.field(description="The day its age is counted from.")

    @classmethod
    def of(cls, row: ties.EvidenceEdge, cursor: str) -> EvidenceEdge:
        """The edge of a row at its place."""
        return cls(
            cursor=Cursor(cursor), node=Evidence.of(row.node), share=row.share, counts_from=Date(row.counts_from)
        )


@strawberry.type(description="A part of the evidence of a tie.")
class EvidenceConnection:
    edges: list[EvidenceEdge] = strawberry.field(description="The entries of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    count: strawberry.Private[Count]

    @answered("How many there are over all pages.")
    async def total_count(self) -> int:
        return await self.count()


@read()
@strawberry.type(
    description="All that is known between two agents, folded at a day. `mutual`: evidence in both directions."
)
class Tie:
    strength: float = strawberry.field(description="How well they know each other, from 0 to 0.97.")
    band: Band = strawberry.field(description="The same in a word.")
    mutual: bool = strawberry.field(description="Whether evidence speaks for both directions.")
    first_evidence: Date = strawberry.field(description="The day of the earliest evidence.")
    last_evidence: Date = strawberry.field(description="The day of the latest evidence, the day asked at most.")
    evidence_count: int = strawberry.field(description="How many pieces of evidence there are.")
    cadence: Rhythm = strawberry.field(description="Whether they still meet as often as they used to.")
    median_gap_days: float | None = strawberry.field(description="The usual days between two meetings.")
    silence_days: int = strawberry.field(description="The days since the latest evidence.")
    row: strawberry.Private[ties.Tie]

    @answered("From whom it is looked at.")
    def a(self) -> Agent:
        return agent(self.row.a)

    @answered("The other one.")
    def b(self) -> Agent:
        return agent(self.row.b)

    @answered("Largest share first.")
    def evidence(self, info: Info, first: First = None, after: After = None) -> Later[EvidenceConnection]:
        return evidence(info.context, self.row, nested(first, after))

    @classmethod
    def of(cls, row: ties.Tie) -> Tie:
        """The tie of a row."""
        return over(cls, row)


def evidence(context: Context, tie: ties.Tie, page: Page) -> Later[EvidenceConnection]:
    """A page of the evidence of a tie."""

    async def count() -> int:
        return (await context.evidence(tie, Page(first=1, after=page.after, total=True))).total or 0

    def made(found: Slice[ties.EvidenceEdge]) -> EvidenceConnection:
        places = zip(found.rows, found.cursors, strict=True)
        edges = [EvidenceEdge.of(row, cursor) for row, cursor in places]
        return EvidenceConnection(edges=edges, page_info=PageInfo.of(found), count=count)

    return context.evidence(tie, page).then(made)


@read(start=agent, end=agent, tie=Tie.of)
@strawberry.type(description="A step of a route: who asks whom.")
class PathSegment:
    start: Agent = strawberry.field(name="from", description="Who asks.")
    end: Agent = strawberry.field(name="to", description="Who is asked.")
    willingness: float = strawberry.field(description="How willingly, from 0 to 1.")
    tie: Tie = strawberry.field(description="All that is known between the two.")
    row: strawberry.Private[routes.PathSegment]

    @classmethod
    def of(cls, row: routes.PathSegment) -> PathSegment:
        """The segment of a row."""
        return over(cls, row)


def _segments(rows: Sequence[routes.PathSegment]) -> list[PathSegment]:
    return [PathSegment.of(row) for row in rows]


@read(start=agent, end=agent, segments=_segments)
@strawberry.type(
    description="A route. `strength` is the product of its segments' willingness times 0.7 for each hand-over."
)
class Path:
    start: Agent = strawberry.field(name="from", description="Where it starts.")
    end: Agent = strawberry.field(name="to", description="Where it ends.")
    hops: int = strawberry.field(description="How many steps; none where one person belongs to both ends.")
    strength: float = strawberry.field(description="How good it is, from 0 to 1.")
    band: Band = strawberry.field(description="The same in a word.")
    segments: list[PathSegment] = strawberry.field(description="Step by step.")
    reasons: list[str] = strawberry.field(description="Why it stands where it stands.")
    row: strawberry.Private[routes.Path]

    @answered("The end that was asked for.")
    def on_behalf_of(self) -> Agent:
        return agent(self.row.on_behalf_of)

    @answered("The segment that holds it back; null at 0 hops.")
    def weakest(self) -> PathSegment | None:
        return None if self.row.weakest is None else PathSegment.of(self.row.weakest)

    @classmethod
    def of(cls, row: routes.Path) -> Path:
        """The path of a row."""
        return over(cls, row)


@strawberry.type(description="Routes, or what stands in their place: `outcome` tells nothing found from cut off.")
class PathResult:
    outcome: PathOutcome = strawberry.field(description="How the search ended.")
    paths: list[Path] = strawberry.field(description="The routes, best first.")
    nearest_hops: int | None = strawberry.field(description="The fewest hops of any route, however long; null: none.")
    as_of: Date = strawberry.field(description="The day it was answered for.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: routes.PathResult) -> PathResult:
        """The result of a row."""
        return cls(
            outcome=row.outcome,
            paths=[Path.of(one) for one in row.paths],
            nearest_hops=row.nearest_hops,
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )


# It takes the types above for its own.
from schema import entities  # noqa: E402
