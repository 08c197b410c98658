"""The supply chain of an organization, tier by tier."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

import cypher
from service.errors import Code, ServiceError
from service.graph.questions.agents import narrower, organization
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.nodes import node
from service.graph.questions.rows import LIKELY, Agent, Capability, DisputePolicy, Supply
from service.graph.store import Graph, Scope

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
class _Terms:
    """What every tier is asked by."""

    at: At
    disputes: str
    capabilities: list[str] | None


@dataclass(slots=True)
class _Walk:
    """One direction of a chain while it grows: who is asked next, and who was met already."""

    direction: SupplyDirection
    frontier: list[str]
    met: set[str]

    def step(self, hops: Iterable[Supply]) -> None:
        """Go on to those at the far ends who were not met before, so that a cycle ends."""
        far = (hop.supplier if self.direction is SupplyDirection.SUPPLIERS else hop.customer for hop in hops)
        self.frontier = [id for id in dict.fromkeys(agent.id for agent in far) if id not in self.met]
        self.met.update(self.frontier)


QUERIES = {
    SupplyDirection.SUPPLIERS: cypher.query("supply/suppliers", Supply),
    SupplyDirection.CUSTOMERS: cypher.query("supply/customers", Supply),
}


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
    if not 1 <= max_tiers <= MOST_TIERS:
        raise ServiceError(Code.BAD_USER_INPUT, f"maxTiers is {max_tiers}; ask for 1 to {MOST_TIERS}")
    at = At.of(when, graph.clock())
    root = await organization(graph, scope, id)
    wanted = await _wanted(graph, scope, capability)
    if root is None or wanted == []:
        return None
    terms = _Terms(at, str(disputes), wanted)
    directions = tuple(QUERIES) if direction is SupplyDirection.BOTH else (direction,)
    walks = [_Walk(one, [root.id], {root.id}) for one in directions]
    hops, truncated = await _hops(graph, scope, walks, terms, max_tiers)
    tiers = max((hop.tier for hop in hops), default=0)
    return SupplyChain(root, tuple(hops), tiers, truncated, at.as_of, at.told)


async def _hops(
    graph: Graph, scope: Scope, walks: Iterable[_Walk], terms: _Terms, max_tiers: int
) -> tuple[list[SupplyHop], bool]:
    """The hops of all walks, tier by tier, and whether there are more than may be told."""
    hops: list[SupplyHop] = []
    for tier in range(1, max_tiers + 1):
        for walk in walks:
            room = MOST_HOPS - len(hops)
            rows = await _tier(graph, scope, walk, terms, room + 1)
            hops += [SupplyHop(row, tier, walk.direction) for row in rows[:room]]
            if len(rows) > room:
                return hops, True
            walk.step(rows)
    return hops, False


async def _tier(graph: Graph, scope: Scope, walk: _Walk, terms: _Terms, limit: int) -> list[Supply]:
    if not walk.frontier:
        return []
    return await graph.read(
        QUERIES[walk.direction],
        scope,
        ids=walk.frontier,
        known=terms.at.known,
        day=terms.at.as_of,
        current=[one.value for one in LIKELY],
        disputes=terms.disputes,
        capabilities=terms.capabilities,
        limit=limit,
    )


async def _wanted(graph: Graph, scope: Scope, capability: str | None) -> list[str] | None:
    """The ids of a capability and all narrower ones; None for any, empty for one nobody can see."""
    if capability is None:
        return None
    if not isinstance(await node(graph, scope, capability), Capability):
        return []
    met = {capability: None}
    level: Collection[str] = [capability]
    while level:
        found = await narrower(graph, scope, list(level))
        level = [below.id for group in found.values() for below in group if below.id not in met]
        met |= dict.fromkeys(level)
    return list(met)
