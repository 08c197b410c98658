"""What a search finds."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from schema.connections import Count, PageInfo
from schema.context import Context
from schema.entities import shown
from schema.enums import EntityKind
from schema.fields import answered
from schema.nodes import Node
from schema.scalars import Cursor
from service.graph.questions.pages import ROOT, Page
from service.graph.questions.search import EVERYTHING, search
from service.graph.questions.search import SearchHit as Hit


@strawberry.type(description="Something found by one of its names.")
class SearchHit:
    node: Node = strawberry.field(description="What was found.")
    kind: EntityKind = strawberry.field(description="What it is.")
    label: str = strawberry.field(description="The name that matched, as written.")
    because: str = strawberry.field(description="Why it was found.")

    @classmethod
    def of(cls, row: Hit) -> SearchHit:
        """The hit of a row."""
        return cls(node=shown(row.node), kind=row.kind, label=row.label, because=row.because)


@strawberry.type(description="An entry of a list.")
class SearchEdge:
    cursor: Cursor = strawberry.field(description="The place of this entry.")
    node: SearchHit = strawberry.field(description="What stands there.")


@strawberry.type(description="A part of what was found, best first.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(description="The entries of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    count: strawberry.Private[Count]

    @answered("How many there are over all pages.")
    async def total_count(self) -> int:
        return await self.count()


async def hits(
    context: Context, text: str, kinds: Sequence[EntityKind] | None, first: int | None, after: str | None
) -> SearchConnection:
    """A page of what has a name like this."""
    asked = EVERYTHING if kinds is None else kinds
    found = await search(context.graph, context.scope, text, asked, Page(first, after, most=ROOT))
    edges = [
        SearchEdge(cursor=Cursor(cursor), node=SearchHit.of(row))
        for row, cursor in zip(found.rows, found.cursors, strict=True)
    ]

    async def count() -> int:
        counted = await search(context.graph, context.scope, text, asked, Page(first=1, total=True, most=ROOT))
        return counted.total or 0

    return SearchConnection(edges=edges, page_info=PageInfo.of(found), count=count)
