"""How far a set of agents reaches: in hops, and in cost within a few hops."""

import numpy as np

from network.adjacency import Adjacency
from network.frontier import Costs
from network.search import NO_BOUND, Ends
from network.strengths import Bools, Ints
from network.ties import stretches


def fewest_hops(ties: Adjacency, ends: Ends, known: int | None = None) -> int | None:
    """The fewest hops between the two ends over those who may stand inside a route; None where there is no way.

    Where a way of so many hops is `known`, only shorter ones are looked for.
    """
    if len(ends.both()):
        return 0
    sides = [ties.flags(ends.sources), ties.flags(ends.targets)]
    edges = [ends.sources, ends.targets]
    hops = 0
    if known is not None and known <= 1:
        return known
    while all(len(edge) for edge in edges):
        # The side with fewer ties at its edge goes on, so that a search across a dense middle stays small.
        near = int(ties.degrees(edges[1]).sum() < ties.degrees(edges[0]).sum())
        hops += 1
        reached = _neighbours(ties, edges[near])
        if sides[1 - near][reached].any():
            return hops
        if known is not None and hops + 1 >= known:
            return known
        fresh = ties.flags(reached) & ends.inside & ~sides[near]
        sides[near] |= fresh
        edges[near] = np.flatnonzero(fresh).astype(np.int32)
    return known


def costs_from(ties: Adjacency, start: Ints, inside: Bools, max_hops: int) -> Costs:
    """What the cheapest way costs to each agent, within so many hops over those inside; NO_BOUND to all others.

    Only those of the start and those who may stand inside a route are reached.
    """
    costs = np.full(len(ties.starts) - 1, NO_BOUND, dtype=np.int64)
    costs[start] = 0
    edge = start
    for _ in range(max_hops):
        first, counts = ties.starts[edge], ties.degrees(edge)
        at = stretches(first, counts)
        reached = ties.ends[at]
        before = costs.copy()
        total = np.repeat(before[edge], counts) + ties.values[at]
        ours = inside[reached]
        np.minimum.at(costs, reached[ours], total[ours])
        edge = np.flatnonzero(costs < before).astype(np.int32)
    return costs


def cheapest(ties: Adjacency, groups: list[Ints], costs: Costs) -> list[int]:
    """What the cheapest way costs from each group, one hop before those who have a cost; NO_BOUND without a way."""
    found = np.full(len(groups), NO_BOUND, dtype=np.int64)
    members = np.concatenate(groups)
    group = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    counts = ties.degrees(members)
    at = stretches(ties.starts[members], counts)
    further = costs[ties.ends[at]]
    open_ = further < NO_BOUND
    np.minimum.at(found, np.repeat(group, counts)[open_], further[open_] + ties.values[at[open_]])
    return [int(cost) for cost in found]


def _neighbours(ties: Adjacency, nodes: Ints) -> Ints:
    return ties.ends[stretches(ties.starts[nodes], ties.degrees(nodes))]
