"""Partial routes growing from both ends of a question, many at a time."""

from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from network.adjacency import Adjacency
from network.strengths import Bools, Ints
from network.ties import stretches

Costs = NDArray[np.int64]
Places = NDArray[np.intp]
Cost = TypeVar("Cost", int, Costs)

_BUCKET = 10_000
"""Grains in 1e-12: costs that round to the same twelve decimals are equal."""


def rounded(cost: Cost) -> Cost:
    """A cost, or many, as it is compared: in whole 1e-12."""
    return (cost + _BUCKET // 2) // _BUCKET


def dearest_equal(cost: int) -> int:
    """The highest cost that still compares as equal to this one."""
    return rounded(cost) * _BUCKET + _BUCKET // 2 - 1


@dataclass(slots=True)
class Work:
    """How many more partial routes may be looked at; `truncated` once that was too few."""

    left: int
    truncated: bool = False

    def affordable(self, cost: Costs, counts: NDArray[np.integer]) -> Places | None:
        """None if all can be grown, else the places of the cheapest that can, when each makes so many more."""
        total = int(counts.sum())
        if total <= self.left:
            self.left -= total
            return None
        self.truncated = True
        order = np.argsort(cost, kind="stable")
        fits = order[np.cumsum(counts[order]) <= self.left]
        self.left -= int(counts[fits].sum())
        return np.sort(fits)


@dataclass(frozen=True, slots=True)
class Level:
    """Partial routes of one length from one end: where each has got to, at which cost, and what it goes on from."""

    node: Ints
    cost: Costs
    parent: Places
    before: Self | None = None

    @classmethod
    def ends(cls, nodes: Ints) -> Self:
        """The routes of no hop, one from each of the nodes."""
        return cls(nodes, np.zeros(len(nodes), dtype=np.int64), np.arange(len(nodes)))

    def __len__(self) -> int:
        return len(self.node)

    def grown(self, routes: Adjacency, allowed: Bools, work: Work) -> Self:
        """The routes one hop longer that get to an allowed node. They may run back over their own nodes."""
        first, counts = routes.starts[self.node], routes.degrees(self.node)
        if (fits := work.affordable(self.cost, counts)) is not None:
            return self.taken(fits).grown(routes, allowed, Work(work.left + int(counts[fits].sum())))
        at = stretches(first, counts)
        reached = routes.ends[at]
        hit = allowed[reached].nonzero()[0]
        parent = counts.cumsum().searchsorted(hit, side="right")
        return type(self)(reached[hit], self.cost[parent] + routes.values[at[hit]], parent, self)

    def taken(self, which: Places | Bools) -> Self:
        """Some of the routes."""
        return type(self)(self.node[which], self.cost[which], self.parent[which], self.before)

    def by_node(self) -> Self:
        """The same routes in the order of where they have got to."""
        return self.taken(np.argsort(self.node, kind="stable"))

    def sizes(self) -> NDArray[np.intp]:
        """How many routes have got to each node, where they are in the order of nodes."""
        return np.diff(np.append(self._firsts(), len(self)))

    def cheapest(self) -> Costs:
        """What the cheapest route to each node costs, where they are in the order of nodes."""
        return np.minimum.reduceat(self.cost, self._firsts())

    def _firsts(self) -> Places:
        return np.flatnonzero(np.append(True, self.node[1:] != self.node[:-1]))

    def nodes(self, which: Places) -> list[Ints]:
        """Of these routes, node by node from the end they started at: where they were."""
        return [level.node[places] for level, places in self._trail(which)]

    def costs(self, which: Places) -> list[Costs]:
        """The same: what they had cost."""
        return [level.cost[places] for level, places in self._trail(which)]

    def _trail(self, which: Places) -> list[tuple[Self, Places]]:
        levels: list[tuple[Self, Places]] = []
        level: Self | None = self
        while level is not None:
            levels.append((level, which))
            which, level = level.parent[which] if level.before is not None else which, level.before
        return levels[::-1]


@dataclass(frozen=True, slots=True)
class Joined:
    """Whole routes: partial ones from the left and from the right that meet in a node."""

    left: Level
    right: Level
    at_left: Places
    at_right: Places
    cost: Costs

    @classmethod
    def of(cls, left: Level, right: Level, bound: int, work: Work) -> Self:
        """All that cost no more than the bound; `right` has to be in the order of its nodes."""
        low = right.node.searchsorted(left.node)
        counts = right.node.searchsorted(left.node, side="right") - low
        if (fits := work.affordable(left.cost, counts)) is not None:
            left, low, counts = left.taken(fits), low[fits], counts[fits]
        at_left = np.arange(len(left)).repeat(counts)
        at_right = stretches(low.astype(np.int32), counts.astype(np.int32)).astype(np.intp)
        cost = left.cost[at_left] + right.cost[at_right]
        cheap = (cost <= bound).nonzero()[0]
        return cls(left, right, at_left[cheap], at_right[cheap], cost[cheap])

    def __len__(self) -> int:
        return len(self.cost)

    def taken(self, which: Places | Bools) -> Self:
        """Some of the routes."""
        return type(self)(self.left, self.right, self.at_left[which], self.at_right[which], self.cost[which])

    def nodes(self) -> Ints:
        """One row a route: its nodes from the left end to the right one."""
        left, right = self.left.nodes(self.at_left), self.right.nodes(self.at_right)
        return np.stack(left + right[-2::-1], axis=1)

    def costs(self) -> Costs:
        """One row a route: what each of its hops costs."""
        left, right = self.left.costs(self.at_left), self.right.costs(self.at_right)
        return np.concatenate([np.diff(np.stack(left, axis=1)), -np.diff(np.stack(right[::-1], axis=1))], axis=1)

    def loopless(self) -> Self:
        """Those that come to no node twice."""
        if not len(self):
            return self
        nodes = np.sort(self.nodes(), axis=1)
        return self.taken((nodes[:, 1:] != nodes[:, :-1]).all(axis=1))
