"""Who can do a thing and is within reach: companies, their claims, the people there and the routes to them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from network import paths
from network.route import Ranked, Route
from network.strength import Band
from network.view import View
from service.errors import Code, ServiceError
from service.graph.questions import routes
from service.graph.questions.candidates import Candidate, Demands, candidates
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.ends import End, ends
from service.graph.questions.limits import Limits, everything
from service.graph.questions.nodes import CAPABILITIES, node
from service.graph.questions.presence import staff
from service.graph.questions.routes import PLAINLY, Manner, Path, PathOutcome
from service.graph.questions.rows import Agent, Capability, CapabilityClaim
from service.graph.questions.ties import BANDS, Network
from service.graph.store import Scope

NO_MEMBERS = "members only needs to know whose; set PADDOCK_ASSOCIATION to the association whose members are ours"


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a company has to meet, and whom the route to it must not pass through; `min_band` is the route's."""

    certification: str | None = None
    country: str | None = None
    not_through: tuple[str, ...] = ()
    members_only: bool = False
    min_band: Band = Band.NONE


ANY = Constraints()


@dataclass(frozen=True, slots=True)
class CapabilityReach:
    """A company that can do it, who says so, whom to meet there and how."""

    organization: Agent
    claim: CapabilityClaim
    person: Agent
    path: Path


@dataclass(frozen=True, slots=True)
class CapabilityReachResult:
    """Companies, best first, or what stands in their place."""

    reaches: tuple[CapabilityReach, ...]
    outcome: PathOutcome
    as_of: str
    known_at: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked; `everyone` lets in companies that do not meet what is asked of themselves."""

    capability: str
    start: str
    constraints: Constraints
    max_hops: int
    first: int
    members: frozenset[str] | None
    everyone: bool = False

    @property
    def demands(self) -> Demands:
        """What the store is asked for."""
        certification, country = self.constraints.certification, self.constraints.country
        return Demands(self.capability, certification, country, self.everyone)

    def passes(self, route: Route) -> bool:
        """Whether a route is strong enough."""
        return BANDS.index(route.band) >= BANDS.index(self.constraints.min_band)


@dataclass(frozen=True, slots=True)
class Search:
    """Who asks, who is avoided, and the companies with their people: a search but for the ties."""

    terms: Terms
    asker: Agent
    source: End
    avoided: frozenset[str]
    found: Sequence[Candidate]
    companies: Sequence[End]

    def only(self, places: Sequence[int]) -> Search:
        """The same search among some of the companies."""
        found, companies = [self.found[place] for place in places], [self.companies[place] for place in places]
        return replace(self, found=found, companies=companies)

    def best(self, view: View, limits: Limits, *, most: int | None = None, around: bool = True) -> Ranked:
        """The best route to each company that can be reached, around whoever is avoided or else through them too."""
        avoided = self.avoided if around else frozenset[str]()
        source = self.source.without(avoided)
        return paths.best_to(
            view,
            source.ids,
            [company.ids - avoided for company in self.companies],
            max_hops=self.terms.max_hops,
            blocked=avoided.union(limits.spent),
            barred=limits.barred([source, *self.companies]),
            most=most,
            equals=True,
        )


async def reach_capability(
    network: Network,
    scope: Scope,
    capability: str,
    start: str,
    *,
    constraints: Constraints = ANY,
    max_hops: int = 3,
    first: int = 10,
    association: str | None = None,
    when: When = ALWAYS,
    manner: Manner = PLAINLY,
) -> CapabilityReachResult | None:
    """The companies that can do a thing or a narrower one, each at the end of its best route, strongest first.

    Of equally strong ones those with a verified claim come first, then names and ids decide. Whoever asks is not among
    them. None where the capability or the start is unknown.
    """
    at = At.of(when, network.graph.clock())
    terms = Terms(
        capability, start, constraints, max_hops, first, await members_of(network, scope, constraints, association, at)
    )
    search = await searched(network, scope, terms, at)
    if search is None:
        return None
    view, limits = await network.view(scope, at), await network.limits(scope, at)
    best = await asyncio.to_thread(search.best, view, limits, most=first)
    told = ranked(search, best)[:first]
    reaches = await _reaches(network, scope, view, search, told, at, evidence=manner.evidence)
    outcome = PathOutcome.TRUNCATED if best.truncated else PathOutcome.FOUND if reaches else PathOutcome.NONE
    if outcome is PathOutcome.NONE and manner.brokering and await _hidden(network, scope, search, at):
        outcome = PathOutcome.NONE_VISIBLE
    return CapabilityReachResult(reaches, outcome, at.as_of, at.told)


async def members_of(
    network: Network, scope: Scope, constraints: Constraints, association: str | None, at: At
) -> frozenset[str] | None:
    """The members of our association on the day, where only they count; BAD_USER_INPUT where nobody says whose."""
    if not constraints.members_only:
        return None
    if association is None:
        raise ServiceError(Code.BAD_USER_INPUT, NO_MEMBERS)
    _, *members = await routes.ours(network, scope, association, at)
    return frozenset(members)


async def searched(network: Network, scope: Scope, terms: Terms, at: At) -> Search | None:
    """The search for companies that meet what is asked of themselves; None where an id of the question is unknown."""
    routes.bound("maxHops", terms.max_hops, paths.MOST_HOPS)
    routes.bound("first", terms.first, routes.MOST_FIRST)
    shunned = routes.few("notThrough", terms.constraints.not_through)
    (source, *avoided), found = await asyncio.gather(
        ends(network.graph, network.memory, scope, [terms.start, *shunned], at),
        candidates(network.graph, network.memory, scope, terms.demands, at),
    )
    known = found or isinstance(await node(network.graph, scope, terms.capability), Capability)
    if source is None or not isinstance(asker := source.asked, Agent) or not known:
        return None
    around = _together(avoided)
    kept = [one for one in found if terms.everyone or _wanted(one.organization.id, terms, source, around)]
    return Search(terms, asker, source, around, kept, await _companies(network, scope, kept, at))


def _together(ends: Sequence[End | None]) -> frozenset[str]:
    """All who may stand at one of these ends."""
    return frozenset[str]().union(*(end.ids for end in ends if end is not None))


def _wanted(company: str, terms: Terms, source: End, avoided: frozenset[str]) -> bool:
    ours = terms.members is None or company in terms.members
    return ours and company != source.asked.id and company not in avoided


async def _companies(network: Network, scope: Scope, found: Sequence[Candidate], at: At) -> list[End]:
    people = await staff(network.graph, network.memory, scope, [one.organization.id for one in found], at)
    return [End(one.organization, people[one.organization.id] | {one.organization.id}) for one in found]


def ranked(search: Search, best: Ranked) -> list[tuple[Candidate, Route]]:
    """The routes that are strong enough, each with its company, in the order they are told."""
    found = [(search.found[place], route) for place, route in best.routes if search.terms.passes(route)]
    return sorted(found, key=lambda one: (one[1].equal, not one[0].verified, *_name(one[0])))


def _name(candidate: Candidate) -> tuple[str, str]:
    return candidate.organization.name, candidate.organization.id


async def _reaches(
    network: Network,
    scope: Scope,
    view: View,
    search: Search,
    found: Sequence[tuple[Candidate, Route]],
    at: At,
    *,
    evidence: bool,
) -> tuple[CapabilityReach, ...]:
    """The companies with everything that is shown of them: all claims in one statement, all routes in another."""
    if not found:
        return ()
    asked = [(search.asker, route) for _, route in found]
    rows, paths_told = await asyncio.gather(
        network.graph.read(CAPABILITIES, scope, ids=[one.claim for one, _ in found]),
        routes.told_at(network, scope, view, asked, at, evidence=evidence),
    )
    claims = {row.id: row for row in rows if isinstance(row, CapabilityClaim)}
    reached = [(claims.get(found[place][0].claim), path) for place, path in paths_told.items()]
    return tuple(
        CapabilityReach(claim.organization, claim, path.end, path) for claim, path in reached if claim is not None
    )


async def _hidden(network: Network, scope: Scope, search: Search, at: At) -> bool:
    """Whether whoever sees everything would find a route to one of these companies; nothing else of it is told."""
    longest = await everything(network.graph, scope)
    asked = [search.terms.start, *search.terms.constraints.not_through]
    source, *avoided = await ends(network.graph, network.memory, longest, asked, at)
    if source is None or not search.found:
        return False
    companies = await _companies(network, longest, search.found, at)
    whole = replace(search, source=source, avoided=_together(avoided), companies=companies)
    view, limits = await network.view(longest, at), await network.limits(scope, at)
    best = await asyncio.to_thread(whole.best, view, limits, most=1)
    return any(search.terms.passes(route) for _, route in best.routes)
