"""Routes between people: the best few, by the product of their ties' willingness and 0.7 for each hand-over.

A route starts at one of a set of agents and ends at one of another: a person alone, or an organization with the people
who are there. Inside it stand people only, nobody twice, nobody who is blocked and nobody of either end. Routes are
compared by cost, -ln(strength) up to a constant, rounded to 12 decimals; then by hops; then by the ids along them.
The search grows partial routes from both ends and joins them in the middle, so that it never walks the whole graph.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from network.adjacency import Adjacency
from network.frontier import Costs, Joined, Level, Work, bucket, dearest_equal
from network.model import CEILING, HANDING_ON
from network.strength import Band, band
from network.strengths import Bools, Ints
from network.view import GRAINS, View

MOST_ROUTES = 20
MOST_HOPS = 4

LIMIT = 2_000_000
"""Partial routes looked at before a search stops and says so: about a tenth of a second."""

CHEAPEST = int(-math.log(HANDING_ON * CEILING) * GRAINS) - 1
"""No tie costs less than one at the ceiling."""

MANY = 50_000
SOME = 4
"""Above so many meetings of two halves a bound is looked for first, among so many times k of them."""

_NO_BOUND = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Route:
    """A route: the agents along it, and what each hop costs in grains of 1e-16 (see `view.GRAINS`)."""

    agents: tuple[str, ...]
    costs: tuple[int, ...]

    @property
    def hops(self) -> int:
        return len(self.costs)

    @property
    def strength(self) -> float:
        """The chance that a request gets through; 1 for somebody who belongs to both ends."""
        return math.exp(-sum(self.costs) / GRAINS) / HANDING_ON if self.costs else 1.0

    @property
    def willingness(self) -> tuple[float, ...]:
        """Of each hop, how willingly one asks the other."""
        return tuple(math.exp(-cost / GRAINS) / HANDING_ON for cost in self.costs)

    @property
    def band(self) -> Band:
        return band(self.strength)


@dataclass(frozen=True, slots=True)
class Found:
    """Routes, best first; `truncated` when a limit cut the search, so that better ones may exist."""

    routes: tuple[Route, ...]
    truncated: bool


def routes(
    view: View,
    sources: Collection[str],
    targets: Collection[str],
    *,
    k: int = 5,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    limit: int = LIMIT,
) -> Found:
    """The k best loopless routes from any of the sources to any of the targets, within so many hops.

    `blocked` agents stand inside no route; they may be its ends. ValueError where k or max_hops is out of bounds.
    """
    check(k, max_hops)
    ends = Ends.of(view, sources, targets, blocked)
    best = _Best(k, ends.both())
    work = Work(limit)
    for joined in _joined(view, ends, max_hops, best, work):
        best.add(joined.loopless())
    return Found(best.routes(view), work.truncated)


def check(k: int, max_hops: int) -> None:
    """ValueError where k or max_hops is out of bounds."""
    if not 1 <= k <= MOST_ROUTES:
        raise ValueError(f"k is {k}; ask for 1 to {MOST_ROUTES} routes")
    if not 1 <= max_hops <= MOST_HOPS:
        raise ValueError(f"max_hops is {max_hops}; allow 1 to {MOST_HOPS} hops")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where routes start and end, as numbers of agents, ascending; and who may stand inside one."""

    sources: Ints
    targets: Ints
    inside: Bools

    @classmethod
    def of(cls, view: View, sources: Iterable[str], targets: Iterable[str], blocked: Iterable[str]) -> Self:
        """The ends that the view may see."""
        ends = cls(view.numbers(sources), view.numbers(targets), ~view.ties.organization)
        for outside in (ends.sources, ends.targets, view.numbers(blocked)):
            ends.inside[outside] = False
        return ends

    def both(self) -> list[int]:
        """Those who belong to both ends."""
        return [int(number) for number in np.intersect1d(self.sources, self.targets)]


class _Best:
    """The best routes met so far, and what a further one may cost at most to be among them."""

    def __init__(self, k: int, both: list[int]) -> None:
        self.k = k
        self._both = both
        self._met: list[Joined] = []
        self._cheapest: Costs = np.zeros(min(k, len(both)), dtype=np.int64)

    @property
    def bound(self) -> int:
        full = len(self._cheapest) == self.k
        return dearest_equal(int(self._cheapest[-1])) if full else _NO_BOUND

    def add(self, joined: Joined) -> None:
        self._cheapest = np.sort(np.concatenate([self._cheapest, joined.cost]))[: self.k]
        self._met.append(joined.taken(joined.cost <= self.bound))

    def routes(self, view: View) -> tuple[Route, ...]:
        names = view.ties.agents.ids
        met = [joined.taken(joined.cost <= self.bound) for joined in self._met]
        found = [
            (cost, len(hops), tuple(places), Route(tuple(names[node] for node in nodes), tuple(hops)))
            for joined in met
            for cost, hops, places, nodes in _listed(joined, view)
        ]
        whole = sorted((names[node], Route((names[node],), ())) for node in self._both)
        return tuple([route for _, route in whole] + [route for *_, route in sorted(found, key=_order)])[: self.k]


def _order(found: tuple[int, int, tuple[int, ...], Route]) -> tuple[int, int, tuple[int, ...]]:
    return found[:3]


def _listed(joined: Joined, view: View) -> Iterable[tuple[int, list[int], list[int], list[int]]]:
    nodes = joined.nodes()
    places = view.ties.agents.rank[nodes]
    columns = (bucket(joined.cost).tolist(), joined.costs().tolist(), places.tolist(), nodes.tolist())
    return zip(*columns, strict=True)


def _joined(view: View, ends: Ends, max_hops: int, best: _Best, work: Work) -> Iterator[Joined]:
    """All routes that may be among the best, by hops; each time within the bound that the ones before have set."""
    ties = view.routes
    source, target = Level.ends(ends.sources), Level.ends(ends.targets)
    yield Joined.of(source.grown(ties, _at(ties, ends.targets), work), target, best.bound, work)
    if max_hops == 1:
        return
    left = source.grown(ties, ends.inside, work)
    right = target.grown(ties, ends.inside, work).by_node()
    yield Joined.of(left, right, best.bound, work)
    for hops, search in ((3, _three), (4, _four)):
        if hops > max_hops or not len(left) or not len(right):
            return
        left, right = _promising(left, right, hops, best.bound)
        yield search(ties, left, right, ends.inside, best, work)


def _promising(left: Level, right: Level, hops: int, bound: int) -> tuple[Level, Level]:
    """The first hops from either end that may still belong to a route within the bound."""
    spare = bound - (hops - 2) * CHEAPEST
    cheapest_left, cheapest_right = int(left.cost.min()), int(right.cost.min())
    return left.taken(left.cost <= spare - cheapest_right), right.taken(right.cost <= spare - cheapest_left)


def _three(ties: Adjacency, left: Level, right: Level, _: Bools, best: _Best, work: Work) -> Joined:
    if ties.degrees(left.node).sum() <= ties.degrees(right.node).sum():
        return Joined.of(left.grown(ties, _at(ties, right.node), work), right, best.bound, work)
    return Joined.of(left, right.grown(ties, _at(ties, left.node), work).by_node(), best.bound, work)


def _four(ties: Adjacency, left: Level, right: Level, inside: Bools, best: _Best, work: Work) -> Joined:
    further = right.grown(ties, inside, work)
    near = left.grown(ties, _at(ties, further.node), work)
    further = further.taken(_at(ties, near.node)[further.node])
    return _meeting(near.by_node(), further.by_node(), best, work)


def _meeting(near: Level, further: Level, best: _Best, work: Work) -> Joined:
    """The routes of two halves that come to the same nodes, each in the order of its nodes."""
    if not len(near):
        return Joined.of(near, further, best.bound, work)
    sizes = [half.sizes() for half in (near, further)]
    through_near = near.cost + np.repeat(further.cheapest(), sizes[0])
    through_further = further.cost + np.repeat(near.cheapest(), sizes[1])
    bound = best.bound
    # Where the halves meet in many ways, and shorter routes set no bound, the likeliest few set one first.
    count = SOME * best.k
    while int((sizes[0] * sizes[1]).sum()) > MANY and count < len(near):
        guess = dearest_equal(int(np.partition(through_near, count)[count]))
        if guess >= bound:
            break
        few = _within(near, through_near, further, through_further, guess, work).loopless()
        if len(few.cost) >= best.k:
            bound = dearest_equal(int(np.partition(few.cost, best.k - 1)[best.k - 1]))
            break
        count *= SOME
    return _within(near, through_near, further, through_further, bound, work)


def _within(near: Level, through_near: Costs, further: Level, through_further: Costs, bound: int, work: Work) -> Joined:
    return Joined.of(near.taken(through_near <= bound), further.taken(through_further <= bound), bound, work)


def _at(ties: Adjacency, nodes: Ints) -> Bools:
    found = np.zeros(len(ties.starts) - 1, dtype=np.bool_)
    found[nodes] = True
    return found
