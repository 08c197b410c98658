"""The joints of a supply chain: which two people hold each of them, how well, and whether there is a second pair.

What counts here is what is so on the day: a supply or a place that somebody perhaps still has does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from network.joints import Hold, Pair
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
class _Named:
    """A joint with names, and how it is held."""

    joint: SupplyJoint
    hold: Hold


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
    ours = sorted(await _named(asked, await _of_chain(asked, chain)), key=_place)
    outside = sorted(await _named(asked, waiting), key=_rank)
    listed = await _told(asked, [*ours, *outside[:MOST_LATENT]])
    return JointReport(tuple(listed), chain.truncated or len(outside) > MOST_LATENT, at.as_of, at.told)


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


async def _named(asked: Asked, found: Sequence[_Joint]) -> list[_Named]:
    """The joints with names, but for the ties; one whose end was deleted meanwhile is left out."""
    met = await _agents(asked, (id for one in found for id in (one.supplier, one.customer, *one.held.shared)))
    able = await _capabilities(asked, (one.capability for one in found if one.capability is not None))
    whole = (one for one in found if one.supplier in met and one.customer in met)
    return [_Named(_joint(one, met, able), one.held.hold) for one in whole]


def _joint(one: _Joint, met: Mapping[str, Agent], able: Mapping[str, Capability]) -> SupplyJoint:
    return SupplyJoint(
        supplier=met[one.supplier],
        customer=met[one.customer],
        capability=None if one.capability is None else able.get(one.capability),
        tier=one.tier,
        state=one.state,
        best=None,
        second_best=None,
        live_pairs=one.held.hold.pairs,
        shared=tuple(met[id] for id in one.held.shared if id in met),
        supplier_people=one.held.supplier_people,
        customer_people=one.held.customer_people,
    )


async def _told(asked: Asked, found: Sequence[_Named]) -> list[SupplyJoint]:
    """The joints with the ties that hold them."""
    pairs = [pair for one in found for pair in (one.hold.best, one.hold.second) if pair is not None]
    known = await folds(asked, pairs)
    met = await _agents(asked, (id for pair in pairs for id in (pair.a, pair.b)))

    def tie(pair: Pair | None) -> Tie | None:
        if pair is None or not {pair.a, pair.b} <= met.keys() or (pair.a, pair.b) not in known:
            return None
        return Tie.of(met[pair.a], met[pair.b], known[pair.a, pair.b], asked.at)

    return [replace(one.joint, best=tie(one.hold.best), second_best=tie(one.hold.second)) for one in found]


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


def _place(one: _Named) -> tuple[object, ...]:
    """By tier, then by the names of supplier, customer and capability."""
    return one.joint.tier, one.joint.supplier.name, one.joint.customer.name, *_last(one.joint)


def _rank(one: _Named) -> tuple[object, ...]:
    """The strongest first, one with somebody at both places before all, then by names."""
    best = one.hold.best
    strength = 1.0 if one.joint.shared or best is None else round(best.strength, 12)
    return -strength, one.joint.supplier.name, *_last(one.joint)


def _last(joint: SupplyJoint) -> tuple[str, ...]:
    what = joint.capability
    return what.name if what else "", joint.supplier.id, joint.customer.id, what.id if what else ""
