"""The most routes that share nobody, and among those the cheapest.

Each route is an edge from the first person inside it to the last. Leaving aside that somebody may be first in one
route and last or in the middle of another, the best choice is a cheapest matching, which is quick to find and never
worse than the true one. Where it uses somebody twice, two cases are tried: that person stands where one of the routes
has them, or does not. Best first, the first choice without a conflict is the answer.
"""

import heapq
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

CASES = 2_000
"""Cases tried before the search stops: a second or two at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A route to choose: what it costs, and who stands inside it, in order."""

    cost: int
    inside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packing:
    """The places of the chosen routes among the candidates, ascending; `proven` unless a limit stopped the search."""

    chosen: tuple[int, ...]
    proven: bool


def packing(candidates: Sequence[Candidate], most: int, cases: int = CASES) -> Packing:
    """As many candidates as possible, `most` at most, no two with anybody in common; of such choices a cheapest."""
    order = count()
    first = _matching(candidates, range(len(candidates)), most)
    open_ = [(-len(first), _cost(candidates, first), next(order), first, tuple(range(len(candidates))))]
    for _ in range(cases):
        _, _, _, chosen, allowed = heapq.heappop(open_)
        conflict = _conflict(candidates, chosen)
        if conflict is None:
            return Packing(tuple(sorted(chosen)), proven=True)
        for case in _cases(candidates, allowed, *conflict):
            found = _matching(candidates, case, most)
            heapq.heappush(open_, (-len(found), _cost(candidates, found), next(order), found, case))
    return Packing(_greedy(candidates, most), proven=False)


def kernel(candidates: Iterable[Candidate], most: int) -> Iterator[int]:
    """The places of all candidates a best choice may need, given cheapest first and with two people inside at most.

    Somebody who is in 2 * most - 1 cheaper routes needs no further one: the other routes of a choice hold at most
    2 * (most - 1) people, so one of the cheaper ones is free. The same count bounds the routes as a whole.
    """
    enough = 2 * most - 1
    uses: dict[int, int] = {}
    seen: set[frozenset[int]] = set()
    direct = 0
    for place, candidate in enumerate(candidates):
        people = frozenset(candidate.inside)
        if len(seen) + direct > 2 * (most - 1) * enough + most:
            return
        if not people:
            direct += 1
        elif people in seen or any(uses.get(person, 0) >= enough for person in people):
            continue
        else:
            seen.add(people)
            uses |= {person: uses.get(person, 0) + 1 for person in people}
        if people or direct <= most:
            yield place


def _cost(candidates: Sequence[Candidate], chosen: Iterable[int]) -> int:
    return sum(candidates[place].cost for place in chosen)


def _conflict(candidates: Sequence[Candidate], chosen: Iterable[int]) -> tuple[int, int] | None:
    """Somebody who stands in two of the chosen routes, and one of the two."""
    met: dict[int, int] = {}
    for place in chosen:
        for person in candidates[place].inside:
            if person in met:
                return person, place
            met[person] = place
    return None


def _cases(
    candidates: Sequence[Candidate], allowed: Iterable[int], person: int, place: int
) -> Iterator[tuple[int, ...]]:
    """The routes allowed where the person stands as in that route, and those where the person does not.

    Two routes with the person in their middle stand alike and yet exclude each other; so there the route itself is told
    apart from all others.
    """
    stand = _stand(candidates[place], person)
    alike = {
        other
        for other in allowed
        if (other == place if stand == _MIDDLE else _stand(candidates[other], person) == stand)
    }
    yield tuple(other for other in allowed if other not in alike)
    yield tuple(other for other in allowed if other in alike or person not in candidates[other].inside)


_MIDDLE = (False, False)


def _stand(candidate: Candidate, person: int) -> tuple[bool, bool] | None:
    if person not in candidate.inside:
        return None
    return candidate.inside[0] == person, candidate.inside[-1] == person


def _greedy(candidates: Sequence[Candidate], most: int) -> tuple[int, ...]:
    chosen: list[int] = []
    used: set[int] = set()
    for place in sorted(range(len(candidates)), key=lambda at: candidates[at].cost):
        if len(chosen) < most and used.isdisjoint(candidates[place].inside):
            used.update(candidates[place].inside)
            chosen.append(place)
    return tuple(sorted(chosen))


@dataclass(slots=True)
class _Matching:
    """A cheapest matching of first people to last people, grown one route at a time along cheapest augmenting paths."""

    edges: list[tuple[Hashable, Hashable, int, int]]
    by_first: dict[Hashable, int] = field(default_factory=dict[Hashable, int])
    by_last: dict[Hashable, int] = field(default_factory=dict[Hashable, int])

    def grow(self) -> bool:
        """Whether one more route fits in."""
        reach, came = self._distances()
        free = [(cost, at) for at, cost in reach.items() if at not in self.by_last]
        if not free:
            return False
        last: Hashable | None = min(free, key=lambda pair: pair[0])[1]
        while last is not None:
            edge = came[last]
            first = self.edges[edge][0]
            before = self.by_first.get(first)
            self.by_first[first], self.by_last[last] = edge, edge
            last = None if before is None else self.edges[before][1]
        return True

    def _distances(self) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """What it costs more to match each last person too, and the edge the cheapest way comes by."""
        start = {first: 0 for first, *_ in self.edges if first not in self.by_first}
        reach: dict[Hashable, int] = {}
        came: dict[Hashable, int] = {}
        changed = True
        while changed:
            changed = False
            for edge, (first, last, cost, _) in enumerate(self.edges):
                if first not in start or self.by_last.get(last) == edge:
                    continue
                if (total := start[first] + cost) < reach.get(last, total + 1):
                    reach[last], came[last], changed = total, edge, True
                    if (taken := self.by_last.get(last)) is not None:
                        start[self.edges[taken][0]] = total - self.edges[taken][2]
        return reach, came


def _matching(candidates: Sequence[Candidate], allowed: Iterable[int], most: int) -> tuple[int, ...]:
    edges = [(*_ends(candidates[place], place), candidates[place].cost, place) for place in allowed]
    matching = _Matching(edges)
    while len(matching.by_last) < most and matching.grow():
        pass
    return tuple(edges[edge][3] for edge in matching.by_last.values())


def _ends(candidate: Candidate, place: int) -> tuple[Hashable, Hashable]:
    # A route with nobody inside stands in nobody's way: it is matched with itself.
    alone = ("direct", place)
    return (candidate.inside[0], candidate.inside[-1]) if candidate.inside else (alone, alone)
