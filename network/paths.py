"""Routes between people: the best few, by the product of their ties' willingness and 0.7 for each hand-over.

A route starts at one of a set of agents and ends at one of another: a person alone, or an organization with the people
who are there. Inside it stand people only, nobody twice, nobody who is blocked and nobody of either end. Routes are
compared by cost, -ln(strength) up to a constant, rounded to 12 decimals; then by hops; then by the ids along them.
The search grows partial routes from both ends and joins them in the middle, so that it never walks the whole graph.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from network.frontier import Joined, Work, dearest_equal
from network.packing import Candidate, Packing, kernel, packing
from network.reach import cheapest, costs_from, fewest_hops
from network.route import Found, Ranked, Route
from network.search import NO_BOUND, Best, Ends, Met, in_order, joined
from network.view import View

MOST_ROUTES = 20
MOST_HOPS = 4

LIMIT = 2_000_000
"""Partial routes looked at before a search stops and says so: about a tenth of a second."""

_SMALL_INSIDE = 3
"""Up to so many hops two people at most stand inside a route, and a few candidates are known to be enough."""

_CANDIDATES = 2_000
"""Longer routes looked at for a choice that shares nobody."""


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
    _check(k, max_hops)
    ends = Ends.of(view, sources, targets, blocked)
    best, work = Best(k, ends.both()), Work(limit)
    for met in joined(view, ends, max_hops, best, work):
        best.add(met.loopless())
    return Found(best.routes(view), work.truncated)


def disjoint(
    view: View,
    sources: Collection[str],
    targets: Collection[str],
    *,
    k: int = 5,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    limit: int = LIMIT,
) -> Found:
    """As many routes as possible, k at most, that share nobody in between; of those choices one of the highest product.

    Exact up to 3 hops. With 4 the search is cut at a number of candidates, and `truncated` unless its answer is proven.
    """
    _check(k, max_hops)
    ends = Ends.of(view, sources, targets, blocked)
    whole = sorted(view.ties.agents.ids[number] for number in ends.both())[:k]
    alone = tuple(Route((id,), ()) for id in whole)
    if len(alone) == k:
        return Found(alone, truncated=False)
    work = Work(limit)
    # Told to look for more than there can be, the search sets no bound and gives every route.
    met = [found.loopless() for found in joined(view, ends, max_hops, Best(NO_BOUND, []), work)]
    chosen, proven = _chosen(met, view, k - len(alone), max_hops)
    return Found((*alone, *chosen), work.truncated or not proven)


def nearest_hops(
    view: View, sources: Collection[str], targets: Collection[str], *, blocked: Iterable[str] = ()
) -> int | None:
    """The fewest hops of any route, however long; None where there is no route at all."""
    return fewest_hops(view.routes, Ends.of(view, sources, targets, blocked))


def best_from(
    view: View,
    groups: Sequence[Collection[str]],
    targets: Collection[str],
    *,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    most: int | None = None,
    limit: int = LIMIT,
) -> Ranked:
    """The best route from each of the groups to the targets, best first, at most so many; each as `routes` finds it."""
    return _best_each(view, groups, targets, max_hops, list(blocked), most, limit, forth=True)


def best_to(
    view: View,
    sources: Collection[str],
    groups: Sequence[Collection[str]],
    *,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    most: int | None = None,
    limit: int = LIMIT,
) -> Ranked:
    """The best route from the sources to each of the groups, best first, at most so many; each as `routes` finds it."""
    return _best_each(view, groups, sources, max_hops, list(blocked), most, limit, forth=False)


def _best_each(
    view: View,
    groups: Sequence[Collection[str]],
    others: Collection[str],
    max_hops: int,
    blocked: list[str],
    most: int | None,
    limit: int,
    *,
    forth: bool,
) -> Ranked:
    _check(1, max_hops)
    found: list[tuple[int, Route]] = []
    truncated = False
    for place, bound in _nearest(view, groups, others, max_hops, blocked, most):
        sources, targets = (groups[place], others) if forth else (others, groups[place])
        ends = Ends.of(view, sources, targets, blocked)
        best, work = Best(1, ends.both(), bound), Work(limit)
        for met in joined(view, ends, max_hops, best, work):
            best.add(met.loopless())
        found += [(place, route) for route in best.routes(view)]
        truncated |= work.truncated
    found.sort(key=lambda pair: (pair[1].equal, pair[1].hops, pair[1].agents, pair[0]))
    return Ranked(tuple(found[:most]), truncated)


def _nearest(
    view: View,
    groups: Sequence[Collection[str]],
    others: Collection[str],
    max_hops: int,
    blocked: list[str],
    most: int | None,
) -> list[tuple[int, int]]:
    """The groups that may be among the first so many, each with the highest cost its best route can have.

    The cheapest way from a group never leads through the group or the others: what follows their last member on it
    would be cheaper still. So one sweep from the others serves all groups.
    """
    ends = Ends.of(view, others, (), blocked)
    costs = costs_from(view.routes, ends.sources, ends.inside, max_hops - 1)
    numbers = [view.numbers(group) for group in groups]
    reached = cheapest(view.routes, numbers, costs) if numbers else []
    whole = [len(np.intersect1d(group, ends.sources)) > 0 for group in numbers]
    bounds = [
        (dearest_equal(0 if both else cost), place)
        for place, (cost, both) in enumerate(zip(reached, whole, strict=True))
        if both or cost < NO_BOUND
    ]
    bounds.sort()
    if most is not None and most < len(bounds):
        bounds = [pair for pair in bounds if pair[0] <= bounds[most - 1][0]]
    return [(place, bound) for bound, place in bounds]


def _chosen(met: list[Joined], view: View, k: int, max_hops: int) -> tuple[list[Route], bool]:
    """The routes of a best choice that shares nobody, in order, and whether it is proven."""
    if max_hops <= _SMALL_INSIDE:
        candidates = _needed(in_order(met, view), k)
        found = packing([_candidate(route) for route in candidates], k)
        return [candidates[place].route for place in found.chosen], found.proven
    ordered = list(islice(in_order(met, view, _CANDIDATES + 1), _CANDIDATES + 1))
    candidates = _different(ordered[:_CANDIDATES])
    found = packing([_candidate(route) for route in candidates], k)
    left_out = ordered[_CANDIDATES].cost if len(ordered) > _CANDIDATES else None
    proven = found.proven and (left_out is None or _unbeaten(candidates, found, k, left_out))
    return [candidates[place].route for place in found.chosen], proven


def _needed(ordered: Iterable[Met], k: int) -> list[Met]:
    read: list[Met] = []

    def candidates() -> Iterator[Candidate]:
        for met in ordered:
            read.append(met)
            yield _candidate(met)

    return [read[place] for place in kernel(candidates(), k)]


def _different(ordered: Iterable[Met]) -> list[Met]:
    """The first route of each set of people inside; all that have nobody inside."""
    seen: set[frozenset[int]] = set()
    found: list[Met] = []
    for met in ordered:
        people = frozenset(met.nodes[1:-1])
        if not people or people not in seen:
            seen.add(people)
            found.append(met)
    return found


def _unbeaten(candidates: Sequence[Met], found: Packing, k: int, left_out: int) -> bool:
    """Whether no choice with a route that was left out, none of them cheaper than that, could be better."""
    cheapest_rest = sum(met.cost for met in candidates[: k - 1])
    chosen = sum(candidates[place].cost for place in found.chosen)
    return len(found.chosen) == k and chosen <= cheapest_rest + left_out


def _candidate(met: Met) -> Candidate:
    return Candidate(met.cost, tuple(met.nodes[1:-1]))


def _check(k: int, max_hops: int) -> None:
    if not 1 <= k <= MOST_ROUTES:
        raise ValueError(f"k is {k}; ask for 1 to {MOST_ROUTES} routes")
    if not 1 <= max_hops <= MOST_HOPS:
        raise ValueError(f"max_hops is {max_hops}; allow 1 to {MOST_HOPS} hops")
