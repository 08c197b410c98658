"""How long the ties take to be in memory: the reading of a store, a cold view, and a view after somebody wrote."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from statistics import median
from typing import TypeVar

import numpy as np

from bench.routes import Case
from bench.sides import Side
from bench.tables import Cell, Table
from bench.timing import Unequal
from network.dates import day, ordinal
from network.incoming import Delta
from network.model import Model
from network.projection import Projection
from network.view import View
from service.graph.model import Batch, Evidence, Mode, SourceRecord
from service.graph.projection import feed
from service.graph.questions.clocks import At
from service.graph.questions.ties import Network
from service.graph.record.write import load
from service.graph.visibility import classes

T = TypeVar("T")
TIMES = 3
SOURCE = SourceRecord("bench/notes", "Notes of the benchmark", Mode.LOG, 0)
COLUMNS = (
    "set",
    "engine",
    "evidence",
    "pairs",
    "read all, s",
    "build, s",
    "cold view, ms",
    "read and refresh after one write, ms",
)


def opened(loop: asyncio.AbstractEventLoop, name: str, side: Side, model: Model, as_of: str) -> Case:
    """A store's network with the view of everything at a day."""
    scope = loop.run_until_complete(classes(side.graph)).everything()
    network = Network(side.graph, model, feed)
    view = loop.run_until_complete(network.view(scope, At(as_of, None, side.graph.clock())))
    return Case(name, side, network, scope, as_of, view)


def agreed(cases: Sequence[Case]) -> None:
    """Nothing where all engines give the same view; Unequal otherwise."""
    first, *others = [_plain(case.view) for case in cases]
    for case, other in zip(cases[1:], others, strict=True):
        if other != first:
            raise Unequal(f"{case.name}: {cases[0].side.name} and {case.side.name} see different ties")


def measured(loop: asyncio.AbstractEventLoop, case: Case) -> tuple[Cell, ...]:
    """The row of a store."""
    model, clearance = case.network.model, frozenset(case.scope.vis)
    pages, reading = _seconds(lambda: loop.run_until_complete(_pages(case)))
    projection, building = _seconds(lambda: Projection.of(model, pages))
    today = ordinal(case.as_of)
    cold = [_seconds(partial(projection.view, clearance, today - ago))[1] for ago in range(TIMES)]
    refreshed = [_refreshed(loop, case, number) for number in range(TIMES)]
    _check(loop, case)
    return (
        case.name,
        case.side.name,
        sum(len(page.evidence) for page in pages),
        len(projection.ties.a),
        reading,
        building,
        1000 * median(cold),
        1000 * median(refreshed),
    )


def table(rows: Iterable[tuple[Cell, ...]]) -> Table:
    """All rows of all sets."""
    note = f"Medians of {TIMES}. Both engines gave equal views, and a refreshed view was equal to one made anew."
    return Table("views", "Ties in memory", note, COLUMNS, tuple(rows))


async def _pages(case: Case) -> list[Delta]:
    return [page async for page in feed(case.side.graph, 0)]


def _refreshed(loop: asyncio.AbstractEventLoop, case: Case, number: int) -> float:
    """The seconds until a view has what was just written; Unequal where it has not."""
    graph, at = case.side.graph, At(case.as_of, None, case.side.graph.clock())
    before = loop.run_until_complete(case.network.view(case.scope, at))
    loop.run_until_complete(load(graph, _meeting(before, number)))
    view, seconds = _seconds(lambda: loop.run_until_complete(case.network.view(case.scope, at)))
    if _plain(view) == _plain(before):
        raise Unequal(f"{case.name}, {case.side.name}: the view does not have what was written")
    return seconds


def _check(loop: asyncio.AbstractEventLoop, case: Case) -> None:
    """Nothing where the view that was refreshed again and again is the one a new network gives."""
    at = At(case.as_of, None, case.side.graph.clock())
    refreshed = loop.run_until_complete(case.network.view(case.scope, at))
    anew = loop.run_until_complete(Network(case.side.graph, case.network.model, feed).view(case.scope, at))
    if _plain(refreshed) != _plain(anew):
        raise Unequal(f"{case.name}, {case.side.name}: the refreshed view is not what a new one is")


def _meeting(view: View, number: int) -> Batch:
    """One meeting of two people who have a tie."""
    ties = view.ties
    people = ~ties.organization[ties.a] & ~ties.organization[ties.b]
    places = np.flatnonzero(people).tolist()
    place = places[number * len(places) // TIMES]
    a, b = sorted(ties.agents.ids[int(end)] for end in (ties.a[place], ties.b[place]))
    on = day(view.key.as_of - number)
    said = Evidence("MEETING", a, b, on, SOURCE.id, 0, (), (str(number),))
    return Batch((SOURCE,), {}, {}, (), (said,))


def _plain(view: View) -> list[tuple[list[str], float, float]]:
    """Everything a view says, by the ids of its pairs."""
    ids, ties = view.ties.agents.ids, view.ties
    pairs = np.flatnonzero(view.counted)
    ends = ((ids[int(ties.a[pair])], ids[int(ties.b[pair])]) for pair in pairs)
    numbers = zip(view.strength[pairs].tolist(), view.willingness[pairs].tolist(), strict=True)
    return sorted((sorted(two), strength, willing) for two, (strength, willing) in zip(ends, numbers, strict=True))


def _seconds(work: Callable[[], T]) -> tuple[T, float]:
    begin = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begin
