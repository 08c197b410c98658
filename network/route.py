"""A route from agent to agent, and what a search for routes gives."""

import math
from dataclasses import dataclass

from network.frontier import rounded
from network.model import HANDING_ON
from network.strength import Band, band
from network.view import GRAINS


@dataclass(frozen=True, slots=True)
class Route:
    """A route: the agents along it, and what each hop costs in grains of 1e-16 (see `view.GRAINS`)."""

    agents: tuple[str, ...]
    costs: tuple[int, ...]

    @property
    def hops(self) -> int:
        return len(self.costs)

    @property
    def equal(self) -> int:
        """The cost as it is compared, in whole 1e-12; 0 for somebody who belongs to both ends."""
        return rounded(sum(self.costs))

    @property
    def strength(self) -> float:
        """The chance that a request gets through; 1 for somebody who belongs to both ends."""
        return math.exp(-sum(self.costs) / GRAINS) / HANDING_ON if self.costs else 1.0

    @property
    def willingness(self) -> tuple[float, ...]:
        """Of each hop, how willingly one asks the other."""
        return tuple(math.exp(-cost / GRAINS) / HANDING_ON for cost in self.costs)

    @property
    def band(self) -> Band:
        return band(self.strength)


@dataclass(frozen=True, slots=True)
class Found:
    """Routes, best first; `truncated` when a limit cut the search, so that better ones may exist."""

    routes: tuple[Route, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best route of each of several groups, with the place of its group, best first; and whether one was cut."""

    routes: tuple[tuple[int, Route], ...]
    truncated: bool
