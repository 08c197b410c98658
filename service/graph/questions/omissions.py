"""Why a company that says it can do a thing is not among those within reach, in plain sentences for staff."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from network import paths
from network.route import Ranked, Route
from network.strength import Band
from network.view import View
from service.graph.questions import routes
from service.graph.questions.agents import agents
from service.graph.questions.candidates import Candidate, Certificate
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.limits import NO_LIMITS, Limits, Spent
from service.graph.questions.reach import ANY, Constraints, Search, Terms, members_of, ranked, searched
from service.graph.questions.reasons import number
from service.graph.questions.rows import Agent, Current
from service.graph.questions.ties import Network
from service.graph.store import Scope


@dataclass(frozen=True, slots=True)
class Omission:
    """A company that was left out, and every reason why."""

    organization: Agent
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Routes:
    """The best routes to companies, by place: as asked, without limits, through whoever is avoided, and both."""

    asked: Ranked
    unlimited: Ranked
    through: Ranked
    free: Ranked

    @classmethod
    def of(cls, search: Search, view: View, limits: Limits) -> _Routes:
        """All four, searched one after the other."""
        return cls(
            search.best(view, limits),
            search.best(view, NO_LIMITS),
            search.best(view, limits, around=False),
            search.best(view, NO_LIMITS, around=False),
        )

    def each(self) -> list[dict[int, Route]]:
        """The routes by place, those with the fewest exceptions first."""
        return [dict(found.routes) for found in (self.asked, self.unlimited, self.through, self.free)]

    @property
    def truncated(self) -> bool:
        """Whether a limit cut one of the searches."""
        return any(found.truncated for found in (self.asked, self.unlimited, self.through, self.free))


async def omissions(
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
) -> tuple[Omission, ...] | None:
    """Whoever `reach_capability` leaves out when it is asked the same, by name; for staff, as limits are named."""
    at = At.of(when, network.graph.clock())
    members = await members_of(network, scope, constraints, association, at)
    terms = Terms(capability, start, constraints, max_hops, first, members, everyone=True)
    search = await searched(network, scope, terms, at)
    if search is None:
        return None
    unmet = [tuple(_unmet(search, one, at.as_of)) for one in search.found]
    view, limits = await network.view(scope, at), await network.limits(scope, at)
    met = search.only([place for place, reasons in enumerate(unmet) if not reasons])
    found = await asyncio.to_thread(_Routes.of, met, view, limits)
    left_out = [
        Omission(one.organization, reasons) for one, reasons in zip(search.found, unmet, strict=True) if reasons
    ]
    left_out += await _unreached(network, scope, met, found, view, limits)
    return tuple(sorted(left_out, key=lambda one: (one.organization.name, one.organization.id)))


def _unmet(search: Search, candidate: Candidate, day: str) -> Iterator[str]:
    """What a company does not meet by itself."""
    constraints, company = search.terms.constraints, candidate.organization
    if company.id == search.asker.id:
        yield "It is the one that asks."
    if company.id in search.avoided:
        yield "It is to be avoided itself."
    if not candidate.counts:
        yield _claim(candidate, day)
    if constraints.certification is not None and not candidate.certified:
        yield _certificate(constraints.certification, candidate.certificates, day)
    if constraints.country is not None and (company.country or "").upper() != constraints.country.upper():
        yield f"It is in {company.country}." if company.country else "Which country it is in is not known."
    if search.terms.members is not None and company.id not in search.terms.members:
        yield "It is not a member of our association on the day."


def _claim(candidate: Candidate, day: str) -> str:
    if candidate.current == Current.YES:
        return f"A later source contradicts that it does {candidate.title}."
    if candidate.current == Current.UNKNOWN:
        return f"Whether it does {candidate.title} on the day is not known."
    return f"Its claim to do {candidate.title} {_span(candidate.earliest, candidate.latest, day)}."


def _certificate(name: str, held: Sequence[Certificate], day: str) -> str:
    if not held:
        return f"It holds no {name}."
    if any(one.current == Current.UNKNOWN for one in held):
        return f"Whether its {name} is valid on the day is not known."
    last = max(held, key=lambda one: (one.latest or "", one.earliest or ""))
    return f"Its {name} {_span(last.earliest, last.latest, day)}."


def _span(earliest: str | None, latest: str | None, day: str) -> str:
    if latest is not None and latest < day:
        return f"ended on {latest}"
    if earliest is not None and earliest > day:
        return f"begins on {earliest}"
    return "is no longer listed on the day"


async def _unreached(
    network: Network, scope: Scope, search: Search, found: _Routes, view: View, limits: Limits
) -> list[Omission]:
    """Why companies that meet everything themselves are not told."""
    order = [candidate.claim for candidate, _ in ranked(search, found.asked)]
    told = set(order[: search.terms.first])
    left = [place for place, one in enumerate(search.found) if one.claim not in told]
    ways = found.each()
    halts = {place: _Halt.of(search, ways, limits, place) for place in left}
    met = await agents(network.graph, scope, [id for halt in halts.values() for id in halt.named])
    return [
        Omission(
            search.found[place].organization,
            (_beyond(order, search.found[place], search.terms.first),)
            if search.found[place].claim in order
            else tuple(halt.reasons(met)) or (_far(search, found, view, place),),
        )
        for place, halt in halts.items()
    ]


@dataclass(frozen=True, slots=True)
class _Halt:
    """What stands in the way of the best route there would be: who is not asked, who is avoided, its strength."""

    against: Mapping[str, Spent | str]
    avoided: Sequence[str]
    weak: Route | None
    min_band: Band

    @classmethod
    def of(cls, search: Search, best: Sequence[Mapping[int, Route]], limits: Limits, place: int) -> _Halt:
        """The halt of a company: of the route with the fewest exceptions that is strong enough, else of the first."""
        ways = [way for found in best if (way := found.get(place)) is not None]
        way = next((one for one in ways if search.terms.passes(one)), ways[0] if ways else None)
        if way is None:
            return cls({}, (), None, search.terms.constraints.min_band)
        standing = routes.standing(search.source, search.companies[place], way)
        avoided = [id for id in way.agents if id in search.avoided and id != search.asker.id]
        weak = None if search.terms.passes(way) else way
        return cls(limits.against(way.agents[1:-1], standing), avoided, weak, search.terms.constraints.min_band)

    @property
    def named(self) -> list[str]:
        """Everybody whose name it takes to tell of it."""
        return [*routes.concerned(self.against), *self.avoided]

    def reasons(self, met: Mapping[str, Agent]) -> Iterator[str]:
        """What there is to tell; nothing where there is no route whatever is granted."""
        for introducer, limit in self.against.items():
            if introducer in met:
                yield f"On its best route {routes.because(met, introducer, limit)}"
        for id in self.avoided:
            if id in met:
                yield f"On its best route stands {met[id].name}, who is to be avoided."
        if self.weak is not None:
            band, asked = self.weak.band.lower(), self.min_band.lower()
            yield f"Its best route is {band}, {number(self.weak.strength)}, and {asked} was asked for."


def _beyond(order: Sequence[str], candidate: Candidate, first: int) -> str:
    return f"It is number {order.index(candidate.claim) + 1} of {len(order)}; {first} were asked for."


def _far(search: Search, found: _Routes, view: View, place: int) -> str:
    if found.truncated:
        return "A limit cut the search before it found a route; ask for fewer hops."
    hops = paths.nearest_hops(view, search.source.ids, search.companies[place].ids)
    if hops is None:
        return f"Nothing links it to {search.asker.name}."
    return f"There is no route within so many hops; the nearest has {hops}."
