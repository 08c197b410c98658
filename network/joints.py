"""Which people hold the joint between two places: the pairs, one at each, that know each other well and both ways.

Of all joints of a chain together, the ties of the side that has fewer are looked through.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from network.adjacency import Adjacency
from network.strength import WARM_FROM
from network.strengths import Bools, Ints
from network.ties import stretches
from network.view import View

_NEAR = 1e-9
"""A strength this close to the border of a band is folded again, exactly as the tie that will be shown."""


_Met = dict[int, set[tuple[str, str]]]
"""Of each pair who stands at which side; two who both belong to both places stand at either."""


class Pair(NamedTuple):
    """Two people who know each other, `a` at the first place of a joint and `b` at the second."""

    a: str
    b: str
    strength: float

    @property
    def place(self) -> tuple[float, str, str]:
        """Its place among the pairs of a joint: by strength as it is compared, to 12 decimals, then by ids."""
        return -round(self.strength, 12), self.a, self.b


@dataclass(frozen=True, slots=True)
class Hold:
    """How a joint is held: its strongest pair, the strongest that shares nobody with it, and how many there are.

    `pairs` counts those who belong to both places, each as a pair of their own. `apart`: any two share nobody.
    """

    best: Pair | None
    second: Pair | None
    pairs: int
    apart: bool


def hold(pairs: Sequence[Pair], both: Collection[str]) -> Hold:
    """How a joint is held by these pairs, strongest first, and by those who belong to both places."""
    best = pairs[0] if pairs else None
    second = next((pair for pair in pairs if not {pair.a, pair.b} & {pairs[0].a, pairs[0].b}), None)
    edges = [frozenset({pair.a, pair.b}) for pair in pairs] + [frozenset({one}) for one in both]
    return Hold(best, second, len(edges), _apart(edges))


def _apart(edges: Sequence[frozenset[str]]) -> bool:
    """Whether two of the edges share nobody: one with the first, or two that each share one end of it."""
    if not edges:
        return False
    first = edges[0]
    if any(not first & edge for edge in edges):
        return True
    one = frozenset({min(first)})
    ours = {edge - first for edge in edges if edge & first == one}
    theirs = {edge - first for edge in edges if edge & first == first - one}
    return any(not a & b for a in ours for b in theirs)


@dataclass(frozen=True, slots=True)
class _Seats:
    """Who is at which place: those of agent n are `places[starts[n]:starts[n + 1]]`."""

    starts: Ints
    places: Ints

    @classmethod
    def of(cls, agents: int, groups: Sequence[Ints]) -> Self:
        people, places = _listed(groups)
        counts = np.bincount(people, minlength=agents)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return cls(starts, places[np.argsort(people, kind="stable")])

    def places_of(self, people: Ints) -> tuple[Ints, Ints]:
        """The places of each of these people, and which of them each place is of."""
        first = self.starts[people]
        counts = np.asarray(self.starts[people + np.int32(1)] - first, dtype=np.int32)
        return self.places[stretches(first, counts)], np.repeat(np.arange(len(people), dtype=np.int32), counts)


@dataclass(frozen=True, slots=True)
class _Ties:
    """Ties of people at one place: who, at which place, whom they know, and the number of the pair."""

    who: Ints
    place: Ints
    whom: Ints
    pair: Ints

    @classmethod
    def of(cls, near: Adjacency, groups: Sequence[Ints], chosen: Sequence[int]) -> Self:
        """The ties of all people at these places."""
        who, at = _listed([groups[place] for place in chosen])
        counts = near.degrees(who)
        entries, owner = stretches(near.starts[who], counts), np.repeat(np.arange(len(who), dtype=np.int32), counts)
        place = np.array(chosen, dtype=np.int32)[at]
        return cls(who[owner], place[owner], near.ends[entries], np.asarray(near.values[entries], dtype=np.int32))

    def taken(self, which: Bools | Ints) -> Self:
        return type(self)(self.who[which], self.place[which], self.whom[which], self.pair[which])


def close(view: View) -> Adjacency:
    """The ties that may be warm and mutual, each with the number of its pair; it holds for as long as the view does."""
    likely = view.counted & (view.strength >= WARM_FROM - _NEAR)
    ties = view.ties.adjacency
    kept = np.asarray(likely[ties.values], dtype=np.bool_)
    return ties.only(kept, ties.values[kept])


def warm(view: View, near: Adjacency, groups: Sequence[Ints], joints: Sequence[tuple[int, int]]) -> list[list[Pair]]:
    """The pairs of each joint that know each other well and both ways, strongest first.

    `near` are the view's close ties, `groups` the people at each place by number, a joint the places of its two sides.
    """
    sides = _sides(near, groups, joints)
    found = defaultdict[tuple[int, int], _Met](dict)
    names = view.ties.agents.ids
    for one, other, pair, a, b in _met(view, near, groups, {*sides}):
        found[one, other].setdefault(pair, set()).add((names[a], names[b]))
    certain = _certain(view, found.values())
    return [
        _pairs(view, found[side], certain, turned=side != joint) if side in found else []
        for joint, side in zip(joints, sides, strict=True)
    ]


def acquaintances(view: View, near: Adjacency, people: Ints) -> list[str]:
    """Whoever may be in a warm pair with one of these people, and these people; in no order."""
    known = _Ties.of(near, [people], [0]).whom
    return [view.ties.agents.ids[number] for number in np.union1d(known, people)]


def _sides(near: Adjacency, groups: Sequence[Ints], joints: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sides of each joint, the one with fewer ties first."""
    people, places = _listed(groups)
    loads: list[float] = np.bincount(places, near.degrees(people), minlength=len(groups)).tolist()
    return [(a, b) if (loads[a], a) <= (loads[b], b) else (b, a) for a, b in joints]


def _met(
    view: View, near: Adjacency, groups: Sequence[Ints], sides: Collection[tuple[int, int]]
) -> Iterable[tuple[int, int, int, int, int]]:
    """Of every close tie between the two sides of a joint: the sides, its pair, and who is at each."""
    if not sides:
        return ()
    ties = _Ties.of(near, groups, sorted({one for one, _ in sides}))
    far, owner = _Seats.of(len(view.ties.organization), groups).places_of(ties.whom)
    ties = ties.taken(owner)
    wanted = np.array(sorted(one * len(groups) + other for one, other in sides), dtype=np.int64)
    keys = ties.place.astype(np.int64) * len(groups) + far
    ours = wanted[np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)] == keys
    columns = (ties.place, far, ties.pair, ties.who, ties.whom)
    return zip(*(column[ours].tolist() for column in columns), strict=True)


def _certain(view: View, found: Iterable[_Met]) -> dict[int, bool]:
    """Of each pair whether it is warm and mutual; one whose numbers leave a doubt is folded from its evidence."""
    met = {pair: min(between) for pairs in found for pair, between in pairs.items()}
    pairs = np.fromiter(met, dtype=np.int32, count=len(met))
    strength = view.strength[pairs]
    # More willing than half as strong: evidence of one direction alone never makes that.
    sure = (view.willingness[pairs] > strength / 2) & (strength >= WARM_FROM + _NEAR)
    plain = dict(zip(met, sure.tolist(), strict=True))
    return {pair: plain[pair] or _holds(view, *between) for pair, between in met.items()}


def _holds(view: View, a: str, b: str) -> bool:
    tie = view.tie(a, b)
    return tie is not None and tie.strength >= WARM_FROM and tie.mutual


def _pairs(view: View, met: _Met, certain: dict[int, bool], *, turned: bool) -> list[Pair]:
    pairs: list[Pair] = []
    for pair, between in met.items():
        a, b = min((b, a) for a, b in between) if turned else min(between)
        if certain[pair]:
            pairs.append(Pair(a, b, float(view.strength[pair])))
    return sorted(pairs, key=lambda pair: pair.place)


def _listed(groups: Sequence[Ints]) -> tuple[Ints, Ints]:
    """All people of some groups, one group after the other, and the group of each."""
    sizes = [len(group) for group in groups]
    people = np.concatenate([*groups, np.empty(0, dtype=np.int32)]).astype(np.int32)
    return people, np.repeat(np.arange(len(groups), dtype=np.int32), sizes)
