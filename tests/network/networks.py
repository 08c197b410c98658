"""Small networks drawn at random, and every route through them, found the slow way."""

import math
import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.model import Kind, Model
from network.projection import Projection
from network.view import View
from tests.network.samples import PRIOR, TODAY

CLEARANCE = frozenset({0})

SURE = Model("sure", {**PRIOR.kinds, "SURE": Kind(q=0.99, half_life=365)})
"""The prior and a kind that alone makes a tie of any strength, up to the ceiling."""


@dataclass(frozen=True)
class Small:
    """A network by its ties: how willing each pair is, whatever order its ends come in."""

    agents: list[str]
    organizations: frozenset[str]
    ties: dict[frozenset[str], float]

    def projection(self) -> Projection:
        """The same network in memory: each tie is one piece of evidence of today, as sure as the tie is willing."""
        people = [AgentRow(id, 0, id in self.organizations) for id in self.agents]
        evidence = [
            EvidenceRow(f"{a}-{b}", a, b, "SURE", None, TODAY, willing / 0.99, 1.0, 0, 1, None, "list")
            for (a, b), willing in ((sorted(tie), willing) for tie, willing in self.ties.items())
        ]
        pages = [Delta(1, people, [SourceRow("list", 0)]), Delta(1, evidence=evidence)]
        return Projection.of(SURE, pages)

    def view(self) -> View:
        """The same network as it looks today."""
        return self.projection().view(CLEARANCE, TODAY)

    def without(self, tie: frozenset[str]) -> "Small":
        return Small(self.agents, self.organizations, {ends: w for ends, w in self.ties.items() if ends != tie})

    def cost(self, route: tuple[str, ...]) -> float:
        """The cost of a route as it is compared."""
        return round(math.fsum(-math.log(self.ties[frozenset(hop)] * 0.7) for hop in pairwise(route)), 12)

    def all_routes(
        self, sources: Collection[str], targets: Collection[str], max_hops: int, blocked: Collection[str] = ()
    ) -> list[tuple[str, ...]]:
        """Every route there is, best first."""
        closed = self.organizations | set(blocked) | set(sources) | set(targets)
        started = [(start,) for start in sources]
        found = [route for start in started for route in self._onward(start, start[0], targets, closed, max_hops)]
        return sorted(found, key=lambda route: (self.cost(route), len(route), route))

    def _onward(
        self, route: tuple[str, ...], here: str, targets: Collection[str], closed: Collection[str], hops: int
    ) -> Iterator[tuple[str, ...]]:
        if here in targets:
            yield route
        if hops == 0 or (len(route) > 1 and here in closed):
            return
        for other in self.agents:
            if other not in route and frozenset((here, other)) in self.ties:
                yield from self._onward((*route, other), other, targets, closed, hops - 1)


def small(seed: int, *, size: int = 9, density: float = 0.45, levels: int = 3) -> Small:
    """A network of a seed; with few levels of willingness, so that many routes cost the same."""
    draw = random.Random(seed)
    agents = [f"n{number}" for number in range(size)]
    draw.shuffle(agents)
    worth = [0.097 * draw.choice((1, 2, 4, 5, 8, 10)) for _ in range(levels)]
    pairs = [(a, b) for at, a in enumerate(agents) for b in agents[:at]]
    ties = {frozenset(pair): draw.choice(worth) for pair in pairs if draw.random() < density}
    return Small(agents, frozenset(draw.sample(agents, 2)), ties)


def ends(seed: int, network: Small) -> tuple[list[str], list[str], list[str]]:
    """Sources, targets and blocked agents of a question; one or several of each, at times one on both sides."""
    draw = random.Random(-seed)
    return (
        draw.sample(network.agents, draw.randint(1, 3)),
        draw.sample(network.agents, draw.randint(1, 3)),
        draw.sample(network.agents, draw.randint(0, 2)),
    )


def barred(seed: int, network: Small) -> dict[str, list[str]]:
    """For some agents, whom they bar from standing inside a route that starts or ends at them."""
    draw = random.Random(-7 * seed - 1)
    whose = draw.sample(network.agents, draw.randint(1, 4))
    return {one: draw.sample(network.agents, draw.randint(1, 3)) for one in whose}


def unbarred(routes: Collection[tuple[str, ...]], barred: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Those routes inside which nobody stands whom one of their two ends bars."""
    return [
        route
        for route in routes
        if not {*barred.get(route[0], ()), *barred.get(route[-1], ())}.intersection(route[1:-1])
    ]
