"""All ties of a store at one revision, as arrays that are never changed in place."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from network.adjacency import Adjacency
from network.model import Model
from network.rows import HIDDEN, Rows, by_pair
from network.strengths import Bools, Ints, Table
from network.versions import Versions

_FEW = 64
"""So many new ids are put in order one by one; more are sorted with all others."""


@dataclass(slots=True)
class Register:
    """Ids, each with a number, a visibility class and a rank among all ids. A number is never given twice.

    It is shared by all revisions of the ties: `vis` and `rank` are replaced, never changed in place.
    """

    ids: list[str] = field(default_factory=list[str])
    numbers: dict[str, int] = field(default_factory=dict[str, int])
    vis: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, dtype=np.int16))
    rank: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    order: list[str] = field(default_factory=list[str])

    @classmethod
    def numbered(cls, ids: list[str], vis: NDArray[np.int16]) -> Self:
        """Ids by their numbers, as they were given before; "" stands for one that has been dropped."""
        register = cls(ids=ids, vis=vis, rank=np.zeros(len(ids), dtype=np.int32))
        register.numbers = {id: number for number, id in enumerate(ids) if id}
        register._sort()
        return register

    def save(self, rows: Sequence[tuple[str, int | None]]) -> Ints:
        """Takes in the rows; the numbers of those that were there already and have another class now."""
        before = len(self.ids)
        for id, _ in rows:
            if id not in self.numbers:
                self.numbers[id] = len(self.ids)
                self.ids.append(id)
        at = np.array([self.numbers[id] for id, _ in rows], dtype=np.int32)
        added = np.full(len(self.ids) - before, HIDDEN, dtype=np.int16)
        old, self.vis = self.vis, np.concatenate([self.vis, added])
        self.vis[at] = [HIDDEN if vis is None else vis for _, vis in rows]
        self._rank(self.ids[before:])
        known = np.unique(at[at < before])
        return np.asarray(known[old[known] != self.vis[known]], dtype=np.int32)

    def drop(self, ids: Iterable[str]) -> Ints:
        """The numbers of those among the ids that were here; their names are forgotten and nobody sees them again."""
        dropped: list[int] = []
        for id in ids:
            if (number := self.numbers.pop(id, None)) is not None:
                self.ids[number] = ""
                place = bisect_left(self.order, id)
                del self.order[place]
                self.rank = self.rank - (self.rank > place).astype(np.int32)
                dropped.append(number)
        self.vis = self.vis.copy()
        self.vis[dropped] = HIDDEN
        return np.array(dropped, dtype=np.int32)

    def _rank(self, added: list[str]) -> None:
        if len(added) > _FEW:
            self._sort()
            return
        for id in added:
            place = bisect_left(self.order, id)
            self.order.insert(place, id)
            shifted = self.rank + (self.rank >= place).astype(np.int32)
            self.rank = np.concatenate([shifted, np.array([place], dtype=np.int32)])

    def _sort(self) -> None:
        self.order = sorted(self.numbers)
        self.rank = np.zeros(len(self.ids), dtype=np.int32)
        self.rank[[self.numbers[id] for id in self.order]] = np.arange(len(self.order), dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of agents and the evidence for each.

    Pair p is `a[p]` and `b[p]`, numbers of agents, `a[p] < b[p]`; `adjacency` leads from an agent to its pairs.
    Evidence stands in `base`, sorted by pair, that of pair p at `starts[p]:starts[p + 1]`, and in `tail`, what came
    later. What has been replaced or is gone stays as a row that nobody sees until base and tail are joined. `versions`
    says which of it takes the place of which.
    """

    model: Model
    table: Table
    agents: Register
    sources: Register
    organization: Bools
    a: Ints
    b: Ints
    adjacency: Adjacency
    base: Rows
    starts: Ints
    tail: Rows
    versions: Versions

    @classmethod
    def none(cls, model: Model) -> Self:
        """A store without anybody."""
        empty = np.empty(0, dtype=np.int32)
        return cls(
            model=model,
            table=Table.of(model),
            agents=Register(),
            sources=Register(),
            organization=np.empty(0, dtype=np.bool_),
            a=empty,
            b=empty,
            adjacency=Adjacency.of(0, empty, empty, empty),
            base=Rows.none(),
            starts=np.zeros(1, dtype=np.int32),
            tail=Rows.none(),
            versions=Versions.none(),
        )

    def rows_of(self, pairs: Ints) -> tuple[Rows, Ints]:
        """All evidence for these pairs, and which of them each row speaks for; `pairs` ascends without repetition."""
        old = np.searchsorted(pairs, len(self.starts) - 1)
        first = self.starts[pairs[:old]]
        counts = self.starts[pairs[:old] + np.int32(1)] - first
        which = np.repeat(np.arange(old, dtype=np.int32), counts)
        at = stretches(first, counts)
        settled, late = self.base.taken(at), self.late(pairs)
        if not len(late):
            return settled, which
        rows = Rows.joined([settled, self.tail.taken(late)])
        which = np.concatenate([which, np.searchsorted(pairs, self.tail.pair[late]).astype(np.int32)])
        order = by_pair(rows, which)
        return rows.taken(order), which[order]

    def late(self, pairs: Ints) -> NDArray[np.intp]:
        """Where in the tail the evidence for these pairs stands."""
        if not len(pairs):
            return np.empty(0, dtype=np.intp)
        at = np.searchsorted(pairs, self.tail.pair)
        return np.flatnonzero(pairs[np.minimum(at, len(pairs) - 1)] == self.tail.pair)

    def pairs_of(self, agents: Ints) -> Ints:
        """The pairs that one of these agents belongs to."""
        first = self.adjacency.starts[agents]
        counts = self.adjacency.starts[agents + np.int32(1)] - first
        return np.asarray(self.adjacency.values[stretches(first, counts)], dtype=np.int32)

    def pairs_from(self, sources: Ints) -> Ints:
        """The pairs that evidence of one of these sources speaks for."""
        if not len(sources):
            return np.empty(0, dtype=np.int32)
        found = [rows.pair[np.isin(rows.source, sources)] for rows in (self.base, self.tail)]
        return np.concatenate(found)

    def pair(self, left: int, right: int) -> int | None:
        """The number of the pair of two agents; None where there has never been evidence."""
        row = slice(*self.adjacency.starts[left : left + 2])
        ends = self.adjacency.ends[row]
        at = int(np.searchsorted(ends, np.int32(right)))
        return int(self.adjacency.values[row][at]) if at < len(ends) and ends[at] == right else None

    def pairs(self, left: Ints, right: Ints) -> tuple[Self, Ints]:
        """The pair of each two agents, left[i] < right[i], new ones added; and the ties with them."""
        keys, which = np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)
        a, b = (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)
        at = self.adjacency.find(a, b)
        missing = at < 0
        found = np.where(missing, 0, self.adjacency.values[at] if len(self.a) else 0).astype(np.int32)
        found[missing] = np.arange(len(self.a), len(self.a) + missing.sum(), dtype=np.int32)
        if not missing.any():
            return self, found[which]
        grown = replace(
            self,
            a=np.concatenate([self.a, a[missing]]),
            b=np.concatenate([self.b, b[missing]]),
            adjacency=self.adjacency.added(a[missing], b[missing], found[missing]),
        )
        return grown, found[which]

    def settled(self) -> Self:
        """The same ties with the tail sorted in among the others, and without rows that nobody sees any more."""
        rows = Rows.joined([self.base, self.tail])
        order = by_pair(rows, rows.pair)
        base = rows.taken(order[rows.vis[order] != HIDDEN])
        starts = np.searchsorted(base.pair, np.arange(len(self.a) + 1)).astype(np.int32)
        return replace(self, base=base, starts=starts, tail=Rows.none())


def stretches(first: Ints, counts: Ints) -> NDArray[np.int32]:
    """The numbers first[i], first[i] + 1, ... counts[i] of them, one stretch after the other."""
    # Methods, as the functions of numpy take longer to find them than they take for a few.
    ends = np.asarray(counts.cumsum(dtype=np.int32), dtype=np.int32)
    total = int(ends[-1]) if len(ends) else 0
    return (first - (ends - counts)).repeat(counts) + np.arange(total, dtype=np.int32)
