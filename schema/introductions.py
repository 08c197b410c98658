"""Introductions as they are listed."""

from __future__ import annotations

from collections.abc import Sequence

from schema.connections import Connection, Edge, PageInfo
from schema.context import Context
from schema.enums import IntroductionStatus
from schema.records import Introduction
from schema.scalars import Cursor
from service.graph.questions import introductions as known
from service.graph.questions.pages import ROOT, Page


async def latest(
    context: Context,
    statuses: Sequence[IntroductionStatus] | None,
    person: str | None,
    first: int | None,
    after: str | None,
) -> Connection[Introduction]:
    """A page of the introductions, the newest first."""
    page = Page(first, after, most=ROOT)
    found = await known.introductions(context.graph, context.scope, statuses, person, page)
    edges = [
        Edge(cursor=Cursor(cursor), node=Introduction.of(row))
        for row, cursor in zip(found.rows, found.cursors, strict=True)
    ]

    async def count() -> int:
        whole = Page(first=1, total=True, most=ROOT)
        return (await known.introductions(context.graph, context.scope, statuses, person, whole)).total or 0

    return Connection(edges=edges, page_info=PageInfo.of(found), count=count)
