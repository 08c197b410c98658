"""How a tie came about: its strength over the years, and the evidence that moved it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from network import history
from network.dates import day, ordinal
from network.model import Model
from network.strength import Band, band
from network.strength import Evidence as Item
from service.errors import Code, ServiceError
from service.graph.questions import agents, nodes
from service.graph.questions.clocks import At, When
from service.graph.questions.rows import Agent, Evidence
from service.graph.questions.ties import Network, Tie, folded
from service.graph.store import Graph, Scope

MOST_POINTS = 2000
"""More than a century of months beside a thousand meetings; beyond it somebody mistyped a year."""

CENTURY = 36_525
"""Days a history goes back on its own: evidence of work without a beginning counts from the first day there is."""


@dataclass(frozen=True, slots=True)
class TieHistoryPoint:
    """How well two knew each other on a day; `because` is the evidence that moved it that day."""

    on: str
    strength: float
    band: Band
    because: Evidence | None


@dataclass(frozen=True, slots=True)
class TieHistory:
    """The points of a tie by day, and the tie at the last of them."""

    a: Agent
    b: Agent
    points: tuple[TieHistoryPoint, ...]
    tie: Tie | None
    as_of: str
    known_at: str


async def tie_history(
    network: Network,
    scope: Scope,
    a: str,
    b: str,
    *,
    since: str | None = None,
    until: str | None = None,
    known_at: str | None = None,
) -> TieHistory | None:
    """A tie from its first evidence to today, unless other days are asked; None where one of the two is unknown.

    Unasked it goes back a hundred years at most. There is a point for both days asked, for every day evidence begins or
    ends on, and for the first of each month.
    """
    at = At.of(When(until, known_at), network.graph.clock())
    first = None if since is None else At.of(When(since), at.now).as_of
    found = await agents.agents(network.graph, scope, [a, b])
    left, right = found.get(a), found.get(b)
    if left is None or right is None:
        return None
    if left.id == right.id:
        raise ServiceError(Code.BAD_USER_INPUT, "a and b are the same; a tie needs two")
    view = await network.view(scope, at)
    items = view.evidence(left.id, right.id)
    points = await asyncio.to_thread(_points, items, first, at.as_of, network.model)
    told = await _told(network.graph, scope, points)
    return TieHistory(left, right, told, folded(view, left, right, at), at.as_of, at.told)


def _points(items: Sequence[Item], first: str | None, last: str, model: Model) -> list[history.Point]:
    end = ordinal(last)
    begun = min((item.begins for item in items if item.begins <= end), default=end)
    start = max(begun, end - CENTURY) if first is None else ordinal(first)
    if start > end:
        raise ServiceError(Code.BAD_USER_INPUT, f"from {day(start)} lies behind until {last}; swap them")
    days = history.days(items, start, end)
    if len(days) > MOST_POINTS:
        asked = f"{len(days)} points from {day(start)} to {last}, at most {MOST_POINTS}"
        raise ServiceError(Code.BAD_USER_INPUT, f"{asked}; ask for a later from or an earlier until")
    return history.points(items, days, model)


async def _told(graph: Graph, scope: Scope, points: Sequence[history.Point]) -> tuple[TieHistoryPoint, ...]:
    """The points with the evidence behind them, read in one statement."""
    ids = [point.because for point in points if point.because is not None]
    rows = {row.id: row for row in await graph.read(nodes.EVIDENCE, scope, ids=ids)} if ids else {}
    return tuple(
        TieHistoryPoint(day(point.on), point.strength or 0.0, band(point.strength), rows.get(point.because or ""))
        for point in points
    )
