"""The supply chain of an organization, tier by tier."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

import cypher
from service.errors import Code, ServiceError
from service.graph.questions.agents import organization
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.rows import LIKELY, Agent, DisputePolicy, Supply
from service.graph.store import Graph, Scope

H = TypeVar("H")

MOST_TIERS = 6
MOST_HOPS = 2000


class SupplyDirection(StrEnum):
    """Which way a chain is walked from its root."""

    SUPPLIERS = "SUPPLIERS"
    CUSTOMERS = "CUSTOMERS"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True)
class SupplyHop:
    """One supply relation, as many steps from the root as `tier` says, met when walking in this direction."""

    supply: Supply
    tier: int
    direction: SupplyDirection


@dataclass(frozen=True, slots=True)
class SupplyChain:
    """All hops by tier; `truncated` where a limit cut them."""

    root: Agent
    hops: tuple[SupplyHop, ...]
    tiers: int
    truncated: bool
    as_of: str
    known_at: str


@dataclass(frozen=True, slots=True)
class Within:
    """A capability that is another one or a narrower one."""

    id: str


@dataclass(slots=True)
class Walk:
    """One direction of a chain while it grows: who is asked next, and who was met already."""

    direction: SupplyDirection
    frontier: list[str]
    met: set[str]

    def step(self, far: Iterable[str]) -> None:
        """Go on to those at the far ends who were not met before, so that a cycle ends."""
        self.frontier = [id for id in dict.fromkeys(far) if id not in self.met]
        self.met.update(self.frontier)


@dataclass(frozen=True, slots=True)
class Step(Generic[H]):
    """A relation as it was met: so many steps from the root, when walking in this direction."""

    hop: H
    tier: int
    direction: SupplyDirection


# The relations at the frontier of a walk, at most so many, in order; and who stands at the far end of one.
Tier: TypeAlias = Callable[[Walk, int], Awaitable[Sequence[H]]]
Far: TypeAlias = Callable[[SupplyDirection, H], str]

QUERIES = {
    SupplyDirection.SUPPLIERS: cypher.query("supply/suppliers", Supply),
    SupplyDirection.CUSTOMERS: cypher.query("supply/customers", Supply),
}
WITHIN = cypher.query("capability/below", Within)


async def supply_chain(
    graph: Graph,
    scope: Scope,
    id: str,
    *,
    direction: SupplyDirection = SupplyDirection.SUPPLIERS,
    max_tiers: int = 3,
    capability: str | None = None,
    disputes: DisputePolicy = DisputePolicy.LATEST,
    when: When = ALWAYS,
) -> SupplyChain | None:
    """Who supplies an organization, and who supplies them: hops current on the day, or perhaps so, nearest tier first.

    Each direction is walked for itself, never out and back. A capability keeps the hops that supply it or a narrower
    one. None where the organization or the capability is unknown.
    """
    check(max_tiers)
    at = At.of(when, graph.clock())
    root = await organization(graph, scope, id)
    wanted = None if capability is None else await within(graph, scope, capability, at)
    if root is None or wanted == []:
        return None

    async def tier(walk: Walk, limit: int) -> list[Supply]:
        return await graph.read(
            QUERIES[walk.direction],
            scope,
            ids=walk.frontier,
            known=at.known,
            day=at.as_of,
            current=[one.value for one in LIKELY],
            disputes=disputes.value,
            capabilities=wanted,
            limit=limit,
        )

    steps, truncated = await walked(root.id, direction, max_tiers, tier, _far)
    hops = tuple(SupplyHop(step.hop, step.tier, step.direction) for step in steps)
    return SupplyChain(root, hops, max((hop.tier for hop in hops), default=0), truncated, at.as_of, at.told)


def check(max_tiers: int) -> None:
    """Nothing, where a chain may be so deep; else BAD_USER_INPUT."""
    if not 1 <= max_tiers <= MOST_TIERS:
        raise ServiceError(Code.BAD_USER_INPUT, f"maxTiers is {max_tiers}; ask for 1 to {MOST_TIERS}")


async def walked(
    root: str, direction: SupplyDirection, max_tiers: int, tier: Tier[H], far: Far[H]
) -> tuple[list[Step[H]], bool]:
    """The relations of a chain, tier by tier, and whether there are more than may be told."""
    directions = tuple(QUERIES) if direction is SupplyDirection.BOTH else (direction,)
    walks = [Walk(one, [root], {root}) for one in directions]
    steps: list[Step[H]] = []
    for depth in range(1, max_tiers + 1):
        for walk in walks:
            room = MOST_HOPS - len(steps)
            hops = list(await tier(walk, room + 1)) if walk.frontier else list[H]()
            steps += [Step(hop, depth, walk.direction) for hop in hops[:room]]
            if len(hops) > room:
                return steps, True
            walk.step(far(walk.direction, hop) for hop in hops)
    return steps, False


def _far(direction: SupplyDirection, hop: Supply) -> str:
    return hop.supplier.id if direction is SupplyDirection.SUPPLIERS else hop.customer.id


async def within(graph: Graph, scope: Scope, capability: str, at: At) -> list[str]:
    """The ids of a capability and all narrower ones; none for one that nobody can see."""
    return [row.id for row in await graph.read(WITHIN, scope, id=capability, known=at.known)]
