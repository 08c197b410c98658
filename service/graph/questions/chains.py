"""Chains of supply by their links alone: who supplies whom with what, in which tier, read once for every company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cypher
from service.graph.questions import supply
from service.graph.questions.clocks import At
from service.graph.questions.memory import Kind, Memory, kept
from service.graph.questions.rows import Current, DisputePolicy
from service.graph.questions.supply import Step, SupplyDirection, Walk
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Link:
    """That one organization supplies another, perhaps with a capability that may be seen."""

    claim: str
    supplier: str
    supplier_name: str
    customer: str
    customer_name: str
    capability: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one organization, by names, then id."""

    place: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a chain is made of: which way it goes, how far, and which claims count."""

    direction: SupplyDirection
    max_tiers: int
    current: tuple[Current, ...]
    disputes: DisputePolicy = DisputePolicy.LATEST


@dataclass(frozen=True, slots=True)
class Chain:
    """The links of a chain by tiers; `truncated` where there are more than may be told."""

    root: str
    steps: Sequence[Step[Link]]
    truncated: bool

    def tiers(self) -> dict[str, int]:
        """Every organization of the chain at its lowest tier, nearest first, the root at 0."""
        found = {self.root: 0}
        for step in self.steps:
            link = step.hop
            far = link.supplier if step.direction is SupplyDirection.SUPPLIERS else link.customer
            found.setdefault(far, step.tier)
        return found


QUERIES = {
    SupplyDirection.SUPPLIERS: cypher.query("joint/suppliers", Links),
    SupplyDirection.CUSTOMERS: cypher.query("joint/customers", Links),
}
KINDS: Mapping[SupplyDirection, Kind[tuple[Link, ...]]] = {
    direction: Kind(f"links to {direction.value}") for direction in QUERIES
}


async def chain(graph: Graph, memory: Memory, scope: Scope, root: str, at: At, terms: Terms) -> Chain:
    """The chain of an organization as `supply_chain` walks it, of the claims that count."""

    async def tier(walk: Walk, limit: int) -> list[Link]:
        found = await _links(graph, memory, scope, walk, at, terms)
        links = [link for id in walk.frontier for link in found[id]]
        return sorted(links, key=lambda link: (link.supplier_name, link.customer_name, link.claim))[:limit]

    steps, truncated = await supply.walked(root, terms.direction, terms.max_tiers, tier, _far)
    return Chain(root, steps, truncated)


def _far(direction: SupplyDirection, link: Link) -> str:
    return link.supplier if direction is SupplyDirection.SUPPLIERS else link.customer


async def _links(
    graph: Graph, memory: Memory, scope: Scope, walk: Walk, at: At, terms: Terms
) -> Mapping[str, tuple[Link, ...]]:
    """The links of everybody at the frontier of a walk, as many of each as a chain may have."""

    async def read(ids: list[str]) -> dict[str, tuple[Link, ...]]:
        rows = await graph.read(
            QUERIES[walk.direction],
            scope,
            ids=ids,
            known=at.known,
            day=at.as_of,
            current=[one.value for one in terms.current],
            disputes=terms.disputes.value,
            limit=supply.MOST_HOPS + 1,
        )
        return dict.fromkeys(ids, ()) | {row.place: row.links for row in rows}

    shelf = memory.shelf(KINDS[walk.direction], scope, at, terms.current, terms.disputes)
    await kept(shelf, walk.frontier, read)
    return shelf
