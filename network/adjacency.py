"""Who is tied to whom, as compressed sparse rows: the neighbours of each node in one sorted stretch of an array."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from network.strengths import Bools, Ints

Values = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Neighbours of node n: `ends[starts[n]:starts[n + 1]]`, ascending, with `values` beside them.

    Each tie stands in the rows of both its ends. Nothing is changed in place: each change gives a new adjacency.
    """

    starts: Ints
    ends: Ints
    values: Values

    @classmethod
    def of(cls, nodes: int, a: Ints, b: Ints, values: Values) -> Self:
        """The adjacency of the ties a[i] - b[i] among `nodes` nodes; no tie may come twice."""
        left, right, both = _both_ways(a, b, values)
        order = np.argsort(left.astype(np.int64) << 32 | right)
        return cls(_starts(np.bincount(left, minlength=nodes)), right[order], both[order])

    def grown(self, nodes: int) -> Self:
        """The same ties among more nodes; the new ones have none."""
        added = np.full(nodes + 1 - len(self.starts), self.starts[-1], dtype=np.int32)
        return replace(self, starts=np.concatenate([self.starts, added]))

    def only(self, kept: Bools, values: Values) -> Self:
        """The kept entries, with new values beside them; `kept` has one flag an entry, `values` one a kept entry."""
        upto = np.concatenate([[0], np.cumsum(kept, dtype=np.int32)])
        return replace(self, starts=upto[self.starts].astype(np.int32), ends=self.ends[kept], values=values)

    def degrees(self, nodes: Ints) -> Ints:
        """How many neighbours each of the nodes has."""
        return np.asarray(self.starts[nodes + np.int32(1)] - self.starts[nodes], dtype=np.int32)

    def flags(self, nodes: Ints) -> Bools:
        """Of all nodes, whether each is one of these."""
        found = np.zeros(len(self.starts) - 1, dtype=np.bool_)
        found[nodes] = True
        return found

    def place(self, a: Ints, b: Ints) -> Ints:
        """Where b[i] stands in the row of a[i], or would have to."""
        low, high = self.starts[a], self.starts[a.astype(np.int64) + 1]
        while (open_ := low < high).any():
            middle = (low + high) // 2
            # Where a search has ended its middle may lie past the last entry; what is read there is not used.
            right = open_ & (self.ends[np.minimum(middle, len(self.ends) - 1)] < b)
            low, high = np.where(right, middle + 1, low), np.where(open_ & ~right, middle, high)
        return low.astype(np.int32)

    def find(self, a: Ints, b: Ints) -> Ints:
        """Where b[i] stands in the row of a[i]; -1 where they have no tie."""
        at = self.place(a, b)
        if not len(self.ends):
            return np.full(len(a), -1, dtype=np.int32)
        inside = at < self.starts[a.astype(np.int64) + 1]
        same = inside & (self.ends[np.minimum(at, len(self.ends) - 1)] == b)
        return np.where(same, at, -1).astype(np.int32)

    def changed(self, a: Ints, b: Ints, values: Values) -> Self:
        """The same ties with other values on those between a[i] and b[i], which have to be there."""
        left, right, both = _both_ways(a, b, values)
        fresh = self.values.copy()
        fresh[self.place(left, right)] = both
        return replace(self, values=fresh)

    def added(self, a: Ints, b: Ints, values: Values) -> Self:
        """The same ties and those between a[i] and b[i], which must not be there yet."""
        left, right, both = _both_ways(a, b, values)
        order = np.lexsort((right, left))
        left, right, both = left[order], right[order], both[order]
        at = self.place(left, right)
        return replace(
            self,
            starts=_starts(np.diff(self.starts) + np.bincount(left, minlength=len(self.starts) - 1)),
            ends=np.insert(self.ends, at, right),
            values=np.insert(self.values, at, both),
        )

    def without(self, a: Ints, b: Ints) -> Self:
        """The same ties but those between a[i] and b[i], which have to be there."""
        kept = np.ones(len(self.ends), dtype=np.bool_)
        kept[self.place(np.concatenate([a, b]), np.concatenate([b, a]))] = False
        return self.only(kept, self.values[kept])


def _both_ways(a: Ints, b: Ints, values: Values) -> tuple[Ints, Ints, Values]:
    return np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([values, values])


def _starts(counts: NDArray[Any]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
