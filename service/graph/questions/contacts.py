"""Who in the supply chain of an organization knows somebody: of each company the best route to the target."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from network import paths
from network.route import Ranked
from network.view import View
from service.graph.questions import chains
from service.graph.questions.agents import organization
from service.graph.questions.chains import Terms
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.ends import End, ends
from service.graph.questions.limits import everything
from service.graph.questions.presence import named, staff
from service.graph.questions.routes import MOST_FIRST, PLAINLY, Manner, Path, PathOutcome, bound, told
from service.graph.questions.rows import LIKELY, Agent
from service.graph.questions.supply import SupplyDirection, check
from service.graph.questions.ties import Network
from service.graph.store import Scope


@dataclass(frozen=True, slots=True)
class ChainContact:
    """The best route from a company of a chain to the target, and who takes the first step of it there."""

    organization: Agent
    tier: int
    person: Agent
    path: Path


@dataclass(frozen=True, slots=True)
class ChainContacts:
    """The best contacts, nearest tier first and the best of a tier first, or what stands in their place."""

    contacts: tuple[ChainContact, ...]
    outcome: PathOutcome
    as_of: str
    known_at: str


@dataclass(frozen=True, slots=True)
class _Terms:
    """Whose chain is walked how far, whom its people are to know, and how many of them are told."""

    root: str
    target: str
    chain: Terms
    max_hops: int
    first: int


# A company of a chain, those in whose name routes may start, and its tier.
_Company: TypeAlias = tuple[Agent, frozenset[str], int]


@dataclass(frozen=True, slots=True)
class _Search:
    """The companies of a chain, the best of their routes, and whether a limit cut either."""

    view: View
    companies: Sequence[_Company]
    found: Ranked
    truncated: bool


async def chain_contacts(
    network: Network,
    scope: Scope,
    id: str,
    target: str,
    *,
    direction: SupplyDirection = SupplyDirection.BOTH,
    max_tiers: int = 3,
    max_hops: int = 3,
    first: int = 10,
    when: When = ALWAYS,
    manner: Manner = PLAINLY,
) -> ChainContacts | None:
    """The best routes to a target from the companies of a chain, one of each; people of the root start none.

    None where the organization or the target is unknown.
    """
    check(max_tiers)
    bound("maxHops", max_hops, paths.MOST_HOPS)
    bound("first", first, MOST_FIRST)
    at = At.of(when, network.graph.clock())
    terms = _Terms(id, target, Terms(direction, max_tiers, LIKELY), max_hops, first)
    search = await _searched(network, scope, terms, at)
    if search is None:
        return None
    contacts = await _contacts(network, scope, search, first, at)
    outcome = PathOutcome.FOUND if contacts else PathOutcome.NONE
    if search.truncated:
        outcome = PathOutcome.TRUNCATED
    elif not contacts and manner.brokering and await _hidden(network, scope, terms, at):
        outcome = PathOutcome.NONE_VISIBLE
    return ChainContacts(contacts, outcome, at.as_of, at.told)


async def _searched(network: Network, scope: Scope, terms: _Terms, at: At) -> _Search | None:
    root = await organization(network.graph, scope, terms.root)
    (sink,) = await ends(network.graph, network.memory, scope, [terms.target], at)
    if root is None or sink is None:
        return None
    chain = await chains.chain(network.graph, network.memory, scope, root.id, at, terms.chain)
    companies = await _companies(network, scope, chain.tiers(), sink, at)
    view, limits = await network.view(scope, at), await network.limits(scope, at)
    groups = [people for _, people, _ in companies]
    ended = [End(company, people) for company, people, _ in companies]
    found = await asyncio.to_thread(
        paths.best_from,
        view,
        groups,
        sink.ids,
        max_hops=terms.max_hops,
        blocked=limits.spent,
        barred=limits.barred([*ended, sink]),
        most=terms.first,
        equals=True,
    )
    return _Search(view, companies, found, chain.truncated or found.truncated)


async def _companies(network: Network, scope: Scope, tiers: Mapping[str, int], sink: End, at: At) -> list[_Company]:
    """The companies of a chain, without the target, and who may start a route of each: nobody of the root."""
    people = await staff(network.graph, network.memory, scope, tiers, at)
    met = await named(network.graph, network.memory, scope, tiers, at)
    root, *others = tiers
    return [
        (met[id], (people[id] | {id}) - people[root], tiers[id]) for id in others if id in met and id != sink.asked.id
    ]


async def _contacts(network: Network, scope: Scope, search: _Search, first: int, at: At) -> tuple[ChainContact, ...]:
    """The strongest contacts by tier; which of equally strong ones are among them, tier, name and id decide."""
    tiers = {company.id: tier for company, _, tier in search.companies}
    routes = [(search.companies[place][0], route) for place, route in search.found.routes]
    routes.sort(key=lambda one: (one[1].equal, tiers[one[0].id], one[0].name, one[0].id))
    found = await told(network, scope, search.view, routes[:first], at)
    contacts = [ChainContact(path.on_behalf_of, tiers[path.on_behalf_of.id], path.start, path) for path in found]
    return tuple(sorted(contacts, key=lambda contact: contact.tier))


async def _hidden(network: Network, scope: Scope, terms: _Terms, at: At) -> bool:
    """Whether whoever sees everything would find a contact; nothing else of it is ever told."""
    search = await _searched(network, await everything(network.graph, scope), terms, at)
    return search is not None and bool(search.found.routes)
