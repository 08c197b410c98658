"""What somebody may see of the ties, at a day and as known at a moment: strengths, and the ties a path may use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from network import strengths
from network.adjacency import Adjacency
from network.model import HANDING_ON
from network.rows import STANDING, Rows
from network.strength import BACKWARD, FORWARD, UNDIRECTED, Evidence, Fold, fold
from network.strengths import Bools, Floats, Ints
from network.ties import Ties

_Scalar = TypeVar("_Scalar", bound=np.generic)

GRAINS = 10**16
"""Costs are whole numbers of 1e-16, so that they add up to the same sum in any order; comparing rounds to 1e-12."""

DEAREST = 200 * GRAINS
"""The cost of any tie below e^-200: four of them still fit into 64 bits."""

_CHUNK = 16_384
"""Pairs folded at a time: their arrays stay in the cache of a core."""

_SMALL = 4096
_LARGE_PART = 8
"""A refresh of more than an eighth of all pairs costs more than starting again."""


class Key(NamedTuple):
    """Who asks, about which day, with the knowledge of which moment (microseconds; None: all that stands)."""

    clearance: frozenset[int]
    as_of: int
    known_at: int | None = None


class Neighbour(NamedTuple):
    """Somebody an agent has a tie with."""

    id: str
    strength: float
    willingness: float


@dataclass(frozen=True, slots=True)
class Sight:
    """What a key may see: classes by number, the last one standing for none; agents and sources by their numbers."""

    key: Key
    classes: Bools
    agents: Bools
    sources: Bools

    @classmethod
    def of(cls, ties: Ties, key: Key) -> Self:
        """What a key may see of the ties at this revision."""
        highest = max(
            max(key.clearance, default=0), *(int(one.vis.max(initial=0)) for one in (ties.agents, ties.sources))
        )
        # One more than the highest: a negative class indexes from the end, where the table says no.
        classes = np.zeros(highest + 2, dtype=np.bool_)
        classes[[number for number in key.clearance if number >= 0]] = True
        return cls(key, classes, classes[ties.agents.vis], classes[ties.sources.vis])

    def sees(self, rows: Rows) -> Bools:
        """Of each row, whether it may be seen: it and its source, known by then and not taken back; its ends aside."""
        seen = self.classes[np.minimum(rows.vis, len(self.classes) - 1)]
        seen &= self.sources[rows.source]
        if self.key.known_at is None:
            seen &= rows.retracted == STANDING
        else:
            seen &= (rows.recorded <= self.key.known_at) & (rows.retracted > self.key.known_at)
        return seen


class _Pair(NamedTuple):
    """The number of a pair, and whether it is looked at from its second agent."""

    number: int
    turned: bool


_Row: TypeAlias = tuple[bytes, str, int, int, int, bool, float, bool]
"""Id, kind, day, direction, first day, whether it lasts, weight, whether it counts."""


@dataclass(frozen=True, slots=True)
class _Folded:
    counted: Bools
    whole: Floats
    willingness: Floats


@dataclass(frozen=True, slots=True, weakref_slot=True)
class View:
    """The ties one key may see. Nothing of it changes; the projection gives a new one when something has changed.

    By pair: `counted` whether there is evidence, `strength` and `willingness`. `routes` holds the ties somebody would
    use, each with its cost -ln(0.7 * willingness) in grains.
    """

    ties: Ties
    sight: Sight
    counted: Bools
    strength: Floats
    willingness: Floats
    routes: Adjacency

    @property
    def key(self) -> Key:
        return self.sight.key

    @classmethod
    def of(cls, ties: Ties, key: Key) -> Self:
        """The view of a key, folded from all evidence."""
        sight = Sight.of(ties, key)
        folded = _all(ties, sight)
        kept = folded.willingness[ties.adjacency.values] > 0
        routes = ties.adjacency.only(kept, _costs(folded.willingness)[ties.adjacency.values[kept]])
        return cls(ties, sight, folded.counted, folded.whole, folded.willingness, routes)

    def refreshed(self, ties: Ties, touched: Ints) -> Self:
        """The view of the same key after a change that touched these pairs, ascending; all others are kept."""
        if len(touched) > max(_SMALL, len(ties.a) // _LARGE_PART):
            return type(self).of(ties, self.key)
        sight = Sight.of(ties, self.key)
        fresh = _some(ties, sight, touched)
        before = np.zeros(len(touched), dtype=np.bool_)
        old = touched < len(self.willingness)
        before[old] = self.willingness[touched[old]] > 0
        routes = _rerouted(self.routes.grown(len(ties.organization)), ties, touched, before, fresh.willingness)
        return type(self)(
            ties=ties,
            sight=sight,
            counted=_with(self.counted, len(ties.a), touched, fresh.counted),
            strength=_with(self.strength, len(ties.a), touched, fresh.whole),
            willingness=_with(self.willingness, len(ties.a), touched, fresh.willingness),
            routes=routes,
        )

    def number(self, id: str) -> int | None:
        """The number of an agent; None for one that is not there and for one that may not be seen alike."""
        agents = self.sight.agents
        number = self.ties.agents.numbers.get(id, len(agents))
        return number if number < len(agents) and agents[number] else None

    def numbers(self, ids: Iterable[str]) -> Ints:
        """The numbers of those agents that may be seen, ascending."""
        agents, known = self.sight.agents, self.ties.agents.numbers
        # Questions about many companies bring thousands of ids: each costs one look-up and no call.
        found = np.array(sorted({known[id] for id in ids if id in known}), dtype=np.int32)
        found = found[found < len(agents)]
        return found[agents[found]]

    def neighbours(self, id: str) -> list[Neighbour]:
        """All agents that one has a tie with, strongest first, then by id."""
        number = self.number(id)
        if number is None:
            return []
        row = slice(*self.ties.adjacency.starts[number : number + 2])
        pairs = self.ties.adjacency.values[row]
        seen = self.counted[pairs]
        pairs, others = pairs[seen], self.ties.adjacency.ends[row][seen]
        order = np.lexsort((self.ties.agents.rank[others], -np.round(self.strength[pairs], 12)))
        names = self.ties.agents.ids
        columns = (
            others[order].tolist(),
            self.strength[pairs[order]].tolist(),
            self.willingness[pairs[order]].tolist(),
        )
        return [Neighbour(names[other], s, w) for other, s, w in zip(*columns, strict=True)]

    def evidence(self, a: str, b: str) -> list[Evidence]:
        """What may be seen between two agents, of any day, as seen from a: direction 1 is a to b. By day, then id.

        `confidence` carries confidence * intensity, the number strength is folded from, and `intensity` is 1.
        """
        return self.between([(a, b)])[0]

    def tie(self, a: str, b: str) -> Fold | None:
        """All that is known between two agents, as seen from a; None where nothing may be seen."""
        return self.fold(self.evidence(a, b))

    def fold(self, evidence: Iterable[Evidence]) -> Fold | None:
        """What evidence between two comes to on the day of the view; None where none counts yet."""
        return fold(evidence, self.key.as_of, self.ties.model)

    def between(self, ends: Sequence[tuple[str, str]]) -> list[list[Evidence]]:
        """The evidence between each two, as seen from the first of them."""
        found = [self._pair(*one) for one in ends]
        pairs = sorted({one.number for one in found if one is not None})
        rows, which = self.ties.rows_of(np.array(pairs, dtype=np.int32))
        counting = self.ties.versions.counting(rows, self.sight.sees(rows))
        items, starts = _columns(rows, counting, self.ties), np.searchsorted(which, np.arange(len(pairs) + 1)).tolist()
        stretch = dict(zip(pairs, pairwise(starts), strict=True))
        return [[] if one is None else _items(items[slice(*stretch[one.number])], turned=one.turned) for one in found]

    def _pair(self, a: str, b: str) -> _Pair | None:
        left, right = self.number(a), self.number(b)
        pair = None if left is None or right is None else self.ties.pair(left, right)
        return None if pair is None else _Pair(pair, turned=left == int(self.ties.b[pair]))


def _folded(ties: Ties, sight: Sight, rows: Rows, counting: Bools, pair: Ints, ends: tuple[Ints, Ints]) -> _Folded:
    """`counting` says which rows may; `pair` numbers the rows' pairs from 0; `ends` are the agents of each."""
    together = sight.agents[ends[0]] & sight.agents[ends[1]]
    seen = counting & (rows.begins <= sight.key.as_of) & together[pair]
    counted = np.zeros(len(together), dtype=np.bool_)
    counted[pair[seen]] = True
    value = strengths.decayed(rows.kind, rows.begins, rows.on, rows.interval, rows.full, sight.key.as_of, ties.table)
    value *= seen
    folded = strengths.fold(pair, len(together), rows.kind, rows.direction, value, ties.table)
    return _Folded(counted, folded.whole, folded.willingness)


def _some(ties: Ties, sight: Sight, pairs: Ints) -> _Folded:
    rows, pair = ties.rows_of(pairs)
    counting = ties.versions.counting(rows, sight.sees(rows))
    return _folded(ties, sight, rows, counting, pair, (ties.a[pairs], ties.b[pairs]))


def _all(ties: Ties, sight: Sight) -> _Folded:
    size, settled = len(ties.a), len(ties.starts) - 1
    whole = _Folded(np.zeros(size, dtype=np.bool_), np.zeros(size), np.zeros(size))
    for low in range(0, settled, _CHUNK):
        high = min(low + _CHUNK, settled)
        rows = ties.base.taken(slice(int(ties.starts[low]), int(ties.starts[high])))
        ends = ties.a[low:high], ties.b[low:high]
        _put(whole, slice(low, high), _folded(ties, sight, rows, sight.sees(rows), rows.pair - np.int32(low), ends))
    # What came later, and what has versions, is folded once more with all there is of its pair.
    late = np.unique(np.concatenate([ties.tail.pair, ties.versions.pair]))
    _put(whole, late, _some(ties, sight, late))
    return whole


def _put(whole: _Folded, where: slice | Ints, part: _Folded) -> None:
    whole.counted[where] = part.counted
    whole.whole[where] = part.whole
    whole.willingness[where] = part.willingness


def _costs(willingness: Floats) -> NDArray[np.int64]:
    with np.errstate(divide="ignore"):
        costs = np.rint(-np.log(HANDING_ON * willingness) * GRAINS)
    return np.asarray(np.minimum(costs, DEAREST), dtype=np.int64)


def _rerouted(routes: Adjacency, ties: Ties, touched: Ints, before: Bools, willingness: Floats) -> Adjacency:
    after, cost = willingness > 0, _costs(willingness)
    a, b = ties.a[touched], ties.b[touched]
    if (both := before & after).any():
        routes = routes.changed(a[both], b[both], cost[both])
    if (lost := before & ~after).any():
        routes = routes.without(a[lost], b[lost])
    if (won := after & ~before).any():
        routes = routes.added(a[won], b[won], cost[won])
    return routes


def _with(values: NDArray[_Scalar], size: int, where: Ints, fresh: NDArray[_Scalar]) -> NDArray[_Scalar]:
    grown = np.zeros(size, dtype=values.dtype)
    grown[: len(values)] = values
    grown[where] = fresh
    return grown


def _columns(rows: Rows, counting: Bools, ties: Ties) -> list[_Row]:
    # Whole columns as lists: a number out of an array takes as long as a column of a few.
    kinds: list[int] = rows.kind.tolist()
    columns: tuple[list[Any], ...] = (
        rows.id.tolist(),
        [ties.table.names[kind] for kind in kinds],
        rows.on.tolist(),
        rows.direction.tolist(),
        rows.begins.tolist(),
        rows.interval.tolist(),
        rows.weight.tolist(),
        counting.tolist(),
    )
    found: list[_Row] = list(zip(*columns, strict=True))
    return found


def _items(rows: Sequence[_Row], *, turned: bool) -> list[Evidence]:
    sides = (UNDIRECTED, BACKWARD, FORWARD) if turned else (UNDIRECTED, FORWARD, BACKWARD)
    found = [
        Evidence(id.decode(), kind, on, sides[way], begins if lasts else None, weight)
        for id, kind, on, way, begins, lasts, weight, counts in rows
        if counts
    ]
    return sorted(found, key=attrgetter("on", "id"))
