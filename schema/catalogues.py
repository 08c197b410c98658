"""Everything of a kind as a connection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from schema.connections import Connection
from service.graph.questions.pages import ROOT, Page, Slice

N = TypeVar("N")
R = TypeVar("R")


async def everything(
    asked: frozenset[str],
    ask: Callable[[Page], Awaitable[Slice[R]]],
    make: Callable[[R], N],
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> Connection[N]:
    """A page of what `ask` lists, each row made into what stands for it; `asked` names what is going to be shown."""
    page = Page(first, after, last, before, most=ROOT, asked=asked or None)
    found = await ask(page)

    async def count() -> int:
        # At the clocks of the first page, which a cursor carries; the rows are there already, so one is read.
        one = replace(page, first=None if page.backward else 1, last=1 if page.backward else None, total=True)
        return (await ask(one)).total or 0

    return Connection(found=found, make=make, count=count)
