"""The search behind every question for routes: whole routes by hops, joined from partial ones of both ends."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Self

import numpy as np

from network.adjacency import Adjacency
from network.frontier import Costs, Joined, Level, Work, dearest_equal, rounded
from network.model import CEILING, HANDING_ON
from network.route import Route
from network.strengths import Bools, Ints
from network.view import GRAINS, View

CHEAPEST = int(-math.log(HANDING_ON * CEILING) * GRAINS) - 1_000
"""No tie costs less than one at the ceiling, less what the rounding of a root can add to it."""

MANY = 50_000
SOME = 4
"""Above so many meetings of two halves a bound is looked for first, among so many times k of them."""

_PAGE = 1_000


NO_BOUND = int(np.iinfo(np.int64).max)

Barred = Mapping[str, Collection[str]]
"""For an end of a route, those who stand inside no route that starts or ends there."""

NOBODY: Barred = {}
_NONE = frozenset[str]()


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

    @classmethod
    def each(
        cls,
        view: View,
        sources: Collection[str],
        targets: Collection[str],
        blocked: Iterable[str],
        barred: Barred = NOBODY,
    ) -> list[Self]:
        """The same ends in parts: all who start or end in one part bar the same people from standing between them."""
        whole = cls.of(view, sources, targets, blocked)
        starts, stops = alike(sources, barred), alike(targets, barred)
        if starts.keys() | stops.keys() == {_NONE}:
            return [whole]
        return [
            cls(view.numbers(start), view.numbers(stop), whole.without(view.numbers(at_start | at_stop)))
            for at_start, start in starts.items()
            for at_stop, stop in stops.items()
        ]

    def without(self, outside: Ints) -> Bools:
        """Who may stand inside, but for these."""
        inside = self.inside.copy()
        inside[outside] = False
        return inside

    def both(self) -> list[int]:
        """Those who belong to both ends."""
        return sorted(set(self.sources.tolist()).intersection(self.targets.tolist()))


def alike(ends: Collection[str], barred: Barred) -> Mapping[frozenset[str], Collection[str]]:
    """Those ends that bar the same people, beside whom they bar."""
    if not barred or barred.keys().isdisjoint(ends):
        return {_NONE: ends}
    found = defaultdict[frozenset[str], list[str]](list)
    for end in ends:
        found[frozenset(barred.get(end, ()))].append(end)
    return found


class Best:
    """The best routes met so far, and what a further one may cost at most to be among them."""

    def __init__(self, k: int, both: list[int], bound: int = NO_BOUND) -> None:
        self.k = k
        self._first_bound = bound
        self._both = both
        self._met: list[Joined] = []
        self._cheapest: Costs = np.zeros(min(k, len(both)), dtype=np.int64)

    @property
    def bound(self) -> int:
        full = len(self._cheapest) == self.k
        return min(dearest_equal(int(self._cheapest[-1])), self._first_bound) if full else self._first_bound

    def add(self, joined: Joined) -> None:
        if not len(joined):
            return
        self._cheapest = np.sort(np.concatenate([self._cheapest, joined.cost]))[: self.k]
        self._met.append(joined.taken(joined.cost <= self.bound))

    def routes(self, view: View) -> tuple[Route, ...]:
        """The best routes, in order; those of nobody but one agent first."""
        names = view.ties.agents.ids
        alone = [Route((id,), ()) for id in sorted(names[node] for node in self._both)][: self.k]
        met = (joined.taken(joined.cost <= self.bound) for joined in self._met)
        found = islice(in_order(met, view, self.k), self.k - len(alone))
        return (*alone, *(met.route for met in found))


@dataclass(frozen=True, slots=True)
class Met:
    """A route in the order of routes: by cost to twelve decimals, then hops, then the ids along it."""

    place: tuple[int, int, list[int]]
    cost: int
    nodes: list[int]
    route: Route


def in_order(joined: Iterable[Joined], view: View, most: int | None = None) -> Iterator[Met]:
    """The routes of several lengths in order, or at least so many of the first of each length."""
    return merge(*(_met(routes, view, most) for routes in joined), key=lambda met: met.place)


def _met(joined: Joined, view: View, most: int | None) -> Iterator[Met]:
    if not len(joined):
        return
    if most is not None and most < len(joined.cost):
        last = int(np.partition(joined.cost, most)[most])
        joined = joined.taken(joined.cost <= dearest_equal(last))
    places = view.ties.agents.rank[joined.nodes()]
    order = np.lexsort((*places.T[::-1], rounded(joined.cost)))[:most]
    names = view.ties.agents.ids
    for start in range(0, len(order), _PAGE):
        which = order[start : start + _PAGE]
        page = joined.taken(which)
        nodes: list[list[int]] = page.nodes().tolist()
        hops: list[list[int]] = page.costs().tolist()
        ids: list[list[int]] = places[which].tolist()
        for at, (cost, inside) in enumerate(zip(page.cost.tolist(), nodes, strict=True)):
            route = Route(tuple(names[node] for node in inside), tuple(hops[at]))
            yield Met((rounded(cost), route.hops, ids[at]), cost, inside, route)


def joined(view: View, ends: Ends, max_hops: int, best: Best, work: Work) -> Iterator[Joined]:
    """All routes that may be among the best, by hops; each time within the bound that the ones before have set."""
    ties = view.routes
    source, target = Level.ends(ends.sources), Level.ends(ends.targets)
    yield Joined.of(source.grown(ties, ties.flags(ends.targets), work), target, best.bound, work)
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


def _three(ties: Adjacency, left: Level, right: Level, _: Bools, best: Best, work: Work) -> Joined:
    if ties.degrees(left.node).sum() <= ties.degrees(right.node).sum():
        return Joined.of(left.grown(ties, ties.flags(right.node), work), right, best.bound, work)
    return Joined.of(left, right.grown(ties, ties.flags(left.node), work).by_node(), best.bound, work)


def _four(ties: Adjacency, left: Level, right: Level, inside: Bools, best: Best, work: Work) -> Joined:
    further = right.grown(ties, inside, work)
    near = left.grown(ties, ties.flags(further.node), work)
    further = further.taken(ties.flags(near.node)[further.node])
    return _meeting(near.by_node(), further.by_node(), best, work)


def _meeting(near: Level, further: Level, best: Best, work: Work) -> Joined:
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
