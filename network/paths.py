"""Routes between people: the best few, by the product of their ties' willingness and 0.7 for each hand-over.

A route starts at one of a set of agents and ends at one of another: a person alone, or an organization with the people
who are there. Inside it stand people only, nobody twice, nobody who is blocked or barred by the two between whom they
would stand, and nobody of either end. Routes are compared by cost, -ln(strength) up to a constant, rounded to 12
decimals; then by hops; then by the ids along them.

The search grows partial routes from both ends and joins them in the middle, so that it never walks the whole graph.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from network.frontier import Joined, Work, dearest_equal
from network.packing import Candidate, Packing, kernel, packing
from network.reach import cheapest, costs_from, fewest_hops
from network.route import Found, Ranked, Route
from network.search import NO_BOUND, NOBODY, Barred, Best, Ends, Met, alike, in_order, joined
from network.strengths import Ints
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
    barred: Barred = NOBODY,
    limit: int = LIMIT,
) -> Found:
    """The k best loopless routes from any of the sources to any of the targets, within so many hops.

    `blocked` agents stand inside no route, `barred` ones inside none that starts or ends at whom they are barred by;
    all may be ends. ValueError where k or max_hops is out of bounds.
    """
    _check(k, max_hops)
    work = Work(limit)
    best = _best(view, Ends.each(view, sources, targets, list(blocked), barred), k, max_hops, NO_BOUND, work)
    return Found(best.routes(view), work.truncated)


def disjoint(
    view: View,
    sources: Collection[str],
    targets: Collection[str],
    *,
    k: int = 5,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    barred: Barred = NOBODY,
    limit: int = LIMIT,
) -> Found:
    """As many routes as possible, k at most, that share nobody in between; of those choices one of the highest product.

    Exact up to 3 hops. With 4 the search is cut at a number of candidates, and `truncated` unless its answer is proven.
    """
    _check(k, max_hops)
    parts = Ends.each(view, sources, targets, list(blocked), barred)
    whole = sorted(view.ties.agents.ids[number] for ends in parts for number in ends.both())[:k]
    alone = tuple(Route((id,), ()) for id in whole)
    if len(alone) == k:
        return Found(alone, truncated=False)
    work = Work(limit)
    # Told to look for more than there can be, the search sets no bound and gives every route.
    every = Best(NO_BOUND, [])
    met = [found.loopless() for ends in parts for found in joined(view, ends, max_hops, every, work)]
    chosen, proven = _chosen(met, view, k - len(alone), max_hops)
    return Found((*alone, *chosen), work.truncated or not proven)


def nearest_hops(
    view: View,
    sources: Collection[str],
    targets: Collection[str],
    *,
    blocked: Iterable[str] = (),
    barred: Barred = NOBODY,
    known: int | None = None,
) -> int | None:
    """The fewest hops of any route, however long; None where there is no route at all.

    `known` are the hops of a route that was found: only shorter ones are looked for.
    """
    parts = Ends.each(view, sources, targets, list(blocked), barred)
    found = (fewest_hops(view.routes, ends, known) for ends in parts)
    return min((hops for hops in found if hops is not None), default=None)


def best_from(
    view: View,
    groups: Sequence[Collection[str]],
    targets: Collection[str],
    *,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    barred: Barred = NOBODY,
    most: int | None = None,
    equals: bool = False,
    limit: int = LIMIT,
) -> Ranked:
    """The best route from each of the groups to the targets, best first, at most so many; each as `routes` finds it.

    With `equals` come also those that are as strong as the last.
    """
    terms = _Terms(max_hops, list(blocked), barred, most, limit, equals)
    return _best_each(view, groups, targets, terms, forth=True)


def best_to(
    view: View,
    sources: Collection[str],
    groups: Sequence[Collection[str]],
    *,
    max_hops: int = 3,
    blocked: Iterable[str] = (),
    barred: Barred = NOBODY,
    most: int | None = None,
    equals: bool = False,
    limit: int = LIMIT,
) -> Ranked:
    """The best route from the sources to each of the groups, best first, at most so many; each as `routes` finds it.

    With `equals` come also those that are as strong as the last.
    """
    terms = _Terms(max_hops, list(blocked), barred, most, limit, equals)
    return _best_each(view, groups, sources, terms, forth=False)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the best route of each group is searched by."""

    max_hops: int
    blocked: list[str]
    barred: Barred
    most: int | None
    limit: int
    equals: bool = False


def _best_each(
    view: View, groups: Sequence[Collection[str]], others: Collection[str], terms: _Terms, *, forth: bool
) -> Ranked:
    _check(1, terms.max_hops)
    found: list[tuple[int, Route]] = []
    truncated = False
    for place, bound in _promising(view, groups, others, terms):
        work = Work(terms.limit)
        best = _best(view, _parts(view, groups[place], others, terms, forth=forth), 1, terms.max_hops, bound, work)
        found += [(place, route) for route in best.routes(view)]
        truncated |= work.truncated
    found.sort(key=lambda pair: (pair[1].equal, pair[1].hops, pair[1].agents, pair[0]))
    count = terms.most
    if terms.equals and count is not None and count < len(found):
        count = sum(route.equal <= found[count - 1][1].equal for _, route in found)
    return Ranked(tuple(found[:count]), truncated)


def _best(view: View, parts: Iterable[Ends], k: int, max_hops: int, bound: int, work: Work) -> Best:
    """The best routes between all parts of two ends."""
    parts = list(parts)
    best = Best(k, [number for ends in parts for number in ends.both()], bound)
    for ends in parts:
        for met in joined(view, ends, max_hops, best, work):
            best.add(met.loopless())
    return best


def _parts(
    view: View, group: Collection[str], others: Collection[str], terms: _Terms, *, forth: bool = True
) -> list[Ends]:
    sources, targets = (group, others) if forth else (others, group)
    return Ends.each(view, sources, targets, terms.blocked, terms.barred)


def _promising(
    view: View, groups: Sequence[Collection[str]], others: Collection[str], terms: _Terms
) -> list[tuple[int, int]]:
    """The groups that may be among the first so many, each with the highest cost its best route can have."""
    costs = _cheapest(view, groups, others, terms)
    bounds = sorted((dearest_equal(cost), place) for place, cost in enumerate(costs) if cost < NO_BOUND)
    if terms.most is not None and terms.most < len(bounds):
        bounds = [pair for pair in bounds if pair[0] <= bounds[terms.most - 1][0]]
    return [(place, bound) for bound, place in bounds]


def _cheapest(view: View, groups: Sequence[Collection[str]], others: Collection[str], terms: _Terms) -> list[int]:
    """What the best route of each group costs; NO_BOUND where there is none.

    The cheapest way from those who bar the same people never leads through the others or, where that is all of a group,
    through the group: what follows their last member on it would be cheaper still. So one sweep from the others serves
    all such groups.
    """
    swept = defaultdict[frozenset[str], list[tuple[int, Ints]]](list)
    for place, group in enumerate(groups):
        parts = alike(group, terms.barred)
        for mask, members in parts.items():
            outside = mask if len(parts) == 1 else mask.union(group)
            swept[outside].append((place, view.numbers(members)))
    costs = [NO_BOUND] * len(groups)
    for outside, apart in swept.items():
        for place, cost in _swept(view, apart, others, outside, terms):
            costs[place] = min(cost, costs[place])
    return costs


def _swept(
    view: View, parts: list[tuple[int, Ints]], others: Collection[str], outside: frozenset[str], terms: _Terms
) -> Iterator[tuple[int, int]]:
    """What the cheapest ways to parts of groups cost, with the places of their groups."""
    places, numbers = [place for place, _ in parts], [members for _, members in parts]
    for ends in Ends.each(view, others, (), [*terms.blocked, *outside], terms.barred):
        costs = costs_from(view.routes, ends.sources, ends.inside, terms.max_hops - 1)
        reached = cheapest(view.routes, numbers, costs)
        whole = view.routes.flags(ends.sources)
        both = (bool(whole[members].any()) for members in numbers)
        yield from ((place, 0 if one else cost) for place, cost, one in zip(places, reached, both, strict=True))


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
