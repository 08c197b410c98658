"""Lists as Relay connections: edges with sealed cursors, and a count that is only made when it is asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Generic, TypeVar, cast

import strawberry

from schema.context import Ask, Context
from schema.fields import answered
from schema.later import Together
from schema.scalars import Cursor
from service.graph.questions.clocks import ALWAYS, When
from service.graph.questions.pages import NESTED, Page, Slice

N = TypeVar("N")
R = TypeVar("R")

First = Annotated[int | None, strawberry.argument(description="At most so many, from the beginning or after a cursor.")]
After = Annotated[Cursor | None, strawberry.argument(description="Only what comes after this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="At most so many, from the end or before a cursor.")]
Before = Annotated[Cursor | None, strawberry.argument(description="Only what comes before this cursor.")]

Count = Callable[[], Awaitable[int]]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows.")
    has_previous_page: bool = strawberry.field(description="Whether something comes before.")
    start_cursor: Cursor | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: Cursor | None = strawberry.field(description="The cursor of the last edge.")

    @classmethod
    def of(cls, found: Slice[R]) -> PageInfo:
        """The page info of a slice."""
        return cls(
            has_next_page=found.has_next,
            has_previous_page=found.has_previous,
            start_cursor=Cursor(found.cursors[0]) if found.cursors else None,
            end_cursor=Cursor(found.cursors[-1]) if found.cursors else None,
        )


@strawberry.type(description="An entry of a list.")
class Edge(Generic[N]):
    cursor: Cursor = strawberry.field(description="The place of this entry.")
    node: N = strawberry.field(description="What stands there.")

    def __init__(self, cursor: Cursor, node: N) -> None:
        """What stands at a place; by position, as long lists have many."""
        self.cursor, self.node = cursor, node


@strawberry.type(description="A part of a list in a fixed order.")
class Connection(Generic[N]):
    found: strawberry.Private[Slice[Any]]
    make: strawberry.Private[Callable[[Any], Any]]  # an entry of a row
    count: strawberry.Private[Count]

    @answered("The entries of this page.")
    def edges(self) -> list[Edge[N]]:
        make, places = self.make, cast("Sequence[Cursor]", self.found.cursors)
        return [Edge(at, make(row)) for row, at in zip(self.found.rows, places, strict=True)]

    @answered("Where this page stands.")
    def page_info(self) -> PageInfo:
        return PageInfo.of(self.found)

    @answered("How many there are over all pages.")
    async def total_count(self) -> int:
        return await self.count()


def listed(
    context: Context,
    ask: Ask[R],
    make: Callable[[R], N],
    page: Page,
    when: When = ALWAYS,
    **arguments: str | bool | None,
) -> Together[Connection[N]]:
    """The page of any parent's list, each row made into what stands for it."""

    async def count(parent: str) -> int:
        # At the clocks of the first page, which a cursor carries.
        counted = await context.listing(ask, replace(page, total=True), when, **arguments).load(parent)
        return counted.total or 0

    def made(parent: str, found: Slice[R]) -> Connection[N]:
        return Connection(found=found, make=make, count=partial(count, parent))

    return Together(context.listing(ask, page, when, **arguments), made)


def nested(first: int | None, after: str | None, last: int | None = None, before: str | None = None) -> Page:
    """A page of a list inside an answer."""
    return Page(first, after, last, before, most=NESTED)
