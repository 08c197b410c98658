"""The joints of a supply chain: which two people hold each of them, how well, and whether there is a second pair.

What counts here is what is so on the day: a supply or a place that somebody perhaps still has does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from network.joints import Pair
from service.graph.questions import chains, latent
from service.graph.questions.agents import organization
from service.graph.questions.chains import Chain, Terms
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.holds import Asked, Held, folds, held
from service.graph.questions.memory import Kind, kept
from service.graph.questions.nodes import entities
from service.graph.questions.presence import named
from service.graph.questions.rows import LIKELY, Agent, Capability, Current, DisputePolicy
from service.graph.questions.supply import SupplyDirection, check
from service.graph.questions.ties import Network, Tie
from service.graph.store import Scope

MOST_LATENT = 100


class JointClass(StrEnum):
    """Two warm pairs that share nobody; warm pairs, no two such; none; a warm pair where nothing is supplied yet."""

    LIVE = "LIVE"
    SINGLE = "SINGLE"
    COLD = "COLD"
    LATENT = "LATENT"


@dataclass(frozen=True, slots=True)
class SupplyJoint:
    """A joint of a chain: `best` its strongest pair, the supplier's person first; `second_best` shares nobody with it.

    `live_pairs` counts the warm pairs, and whoever is at both places as one.
    """

    supplier: Agent
    customer: Agent
    capability: Capability | None
    tier: int
    state: JointClass
    best: Tie | None
    second_best: Tie | None
    live_pairs: int
    shared: tuple[Agent, ...]
    supplier_people: int
    customer_people: int


@dataclass(frozen=True, slots=True)
class JointReport:
    """All joints of a chain by tier, then names; behind them the latent ones, strongest first."""

    joints: tuple[SupplyJoint, ...]
    truncated: bool
    as_of: str
    known_at: str

    def count(self, state: JointClass) -> int:
        """How many joints are of a class."""
        return sum(joint.state is state for joint in self.joints)


@dataclass(frozen=True, slots=True)
class _Joint:
    """A joint by ids."""

    supplier: str
    customer: str
    capability: str | None
    tier: int
    state: JointClass
    held: Held


@dataclass(frozen=True, slots=True)
class _Names:
    """What the ends of joints and what is supplied are called."""

    agents: Mapping[str, Agent]
    able: Mapping[str, Capability]

    def whole(self, one: _Joint) -> bool:
        """Whether nobody has deleted an end of it meanwhile."""
        return one.supplier in self.agents and one.customer in self.agents

    def capability(self, one: _Joint) -> Capability | None:
        return None if one.capability is None else self.able.get(one.capability)

    def place(self, one: _Joint) -> tuple[int, str, str, str, str, str, str]:
        """By tier, then by the names of supplier, customer and capability, then by their ids."""
        return one.tier, *self._named(one), one.supplier, one.customer, one.capability or ""

    def rank(self, one: _Joint) -> tuple[float, str, str, str, str, str, str]:
        """The strongest first, one with somebody at both places before all, then as above."""
        best = one.held.hold.best
        strength = 1.0 if one.held.shared or best is None else round(best.strength, 12)
        return -strength, *self._named(one), one.supplier, one.customer, one.capability or ""

    def _named(self, one: _Joint) -> tuple[str, str, str]:
        what = self.capability(one)
        return self.agents[one.supplier].name, self.agents[one.customer].name, what.name if what else ""


CAPABILITIES: Kind[Capability | None] = Kind("capabilities")


async def supply_joints(
    network: Network,
    scope: Scope,
    id: str,
    *,
    direction: SupplyDirection = SupplyDirection.SUPPLIERS,
    max_tiers: int = 3,
    disputes: DisputePolicy = DisputePolicy.LATEST,
    when: When = ALWAYS,
) -> JointReport | None:
    """Every joint of a chain, and towards suppliers those that wait outside it; None: the organization is unknown."""
    check(max_tiers)
    at = At.of(when, network.graph.clock())
    root = await organization(network.graph, scope, id)
    if root is None:
        return None
    asked = Asked(network, scope, at, await network.view(scope, at), disputes)
    terms = Terms(direction, max_tiers, (Current.YES,), disputes)
    chain = await chains.chain(network.graph, network.memory, scope, root.id, at, terms)
    waiting = [] if direction is SupplyDirection.CUSTOMERS else await _waiting(asked, chain, terms)
    ours = await _of_chain(asked, chain)
    names = await _names(asked, [*ours, *waiting])
    outside = sorted(filter(names.whole, waiting), key=names.rank)
    joints = [*sorted(filter(names.whole, ours), key=names.place), *outside[:MOST_LATENT]]
    truncated = chain.truncated or len(outside) > MOST_LATENT
    return JointReport(await _told(asked, joints, names), truncated, at.as_of, at.told)


async def _of_chain(asked: Asked, chain: Chain) -> list[_Joint]:
    """One joint for each two organizations and each capability, at its lowest tier."""
    tiers: dict[tuple[str, str, str | None], int] = {}
    for step in chain.steps:
        tiers.setdefault((step.hop.supplier, step.hop.customer, step.hop.capability), step.tier)
    between = await held(asked, {(supplier, customer) for supplier, customer, _ in tiers})
    found = [(key, tier, between[key[0], key[1]]) for key, tier in tiers.items()]
    return [_Joint(*key, tier, _state(one), one) for key, tier, one in found]


def _state(one: Held) -> JointClass:
    if one.hold.apart:
        return JointClass.LIVE
    return JointClass.SINGLE if one.hold.pairs else JointClass.COLD


async def _waiting(asked: Asked, chain: Chain, terms: Terms) -> list[_Joint]:
    """The joints that wait for a supply: a warm pair at least, and no place in the chain, not even perhaps."""
    able = await latent.waiting(asked, chain.root)
    if not able:
        return []
    whole = replace(terms, current=LIKELY)
    network = asked.network
    perhaps = await chains.chain(network.graph, network.memory, asked.scope, chain.root, asked.at, whole)
    inside = chain.tiers().keys() | perhaps.tiers().keys()
    outside = [one for one in able if one.organization not in inside]
    between = await held(asked, {(one.organization, chain.root) for one in outside})
    found = [
        _Joint(
            one.organization, chain.root, one.capability, 1, JointClass.LATENT, between[one.organization, chain.root]
        )
        for one in outside
    ]
    return [joint for joint in found if joint.held.hold.pairs]


async def _names(asked: Asked, found: Sequence[_Joint]) -> _Names:
    agents = await _agents(asked, (id for one in found for id in (one.supplier, one.customer, *one.held.shared)))
    able = await _capabilities(asked, (one.capability for one in found if one.capability is not None))
    return _Names(agents, able)


async def _told(asked: Asked, found: Sequence[_Joint], names: _Names) -> tuple[SupplyJoint, ...]:
    """The joints with names and the ties that hold them."""
    pairs = [pair for one in found for pair in (one.held.hold.best, one.held.hold.second) if pair is not None]
    known = await folds(asked, pairs)
    met = await _agents(asked, (id for pair in pairs for id in (pair.a, pair.b)))

    def tie(pair: Pair | None) -> Tie | None:
        if pair is None or not {pair.a, pair.b} <= met.keys() or (pair.a, pair.b) not in known:
            return None
        return Tie.of(met[pair.a], met[pair.b], known[pair.a, pair.b], asked.at)

    return tuple(
        SupplyJoint(
            supplier=names.agents[one.supplier],
            customer=names.agents[one.customer],
            capability=names.capability(one),
            tier=one.tier,
            state=one.state,
            best=tie(one.held.hold.best),
            second_best=tie(one.held.hold.second),
            live_pairs=one.held.hold.pairs,
            shared=tuple(names.agents[id] for id in one.held.shared if id in names.agents),
            supplier_people=one.held.supplier_people,
            customer_people=one.held.customer_people,
        )
        for one in found
    )


async def _agents(asked: Asked, ids: Iterable[str]) -> dict[str, Agent]:
    return await named(asked.network.graph, asked.network.memory, asked.scope, ids, asked.at)


async def _capabilities(asked: Asked, ids: Iterable[str]) -> dict[str, Capability]:
    async def read(missing: list[str]) -> dict[str, Capability | None]:
        found = await entities(asked.network.graph, asked.scope, missing)
        return {id: one if isinstance(one := found.get(id), Capability) else None for id in missing}

    wanted = dict.fromkeys(ids)
    shelf = asked.network.memory.shelf(CAPABILITIES, asked.scope, asked.at)
    await kept(shelf, wanted, read)
    return {id: capability for id in wanted if (capability := shelf[id]) is not None}
