"""Introductions as they are listed."""

from __future__ import annotations

from collections.abc import Sequence

from schema.connections import Connection
from schema.context import Context
from schema.enums import IntroductionStatus
from schema.records import Introduction
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

    async def count() -> int:
        whole = Page(first=1, total=True, most=ROOT)
        return (await known.introductions(context.graph, context.scope, statuses, person, whole)).total or 0

    return Connection(found=found, make=Introduction.of, count=count)
