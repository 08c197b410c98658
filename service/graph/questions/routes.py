"""Routes from one person or organization to another, and who of many knows somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import Protocol, TypeAlias

from network import paths
from network.route import Ranked, Route
from network.search import Barred
from network.strength import Band, Evidence, Fold
from network.view import View
from service.errors import Code, ServiceError
from service.graph.questions import names, reasons, rows
from service.graph.questions.agents import agents
from service.graph.questions.along import along
from service.graph.questions.beside import beside
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.ends import End, Person, ends, members, people
from service.graph.questions.limits import NO_LIMITS, Limits, Spent, everything
from service.graph.questions.pages import DEFAULT
from service.graph.questions.rows import Agent, EntityKind, Post
from service.graph.questions.ties import Network, Tie
from service.graph.store import Scope

Ids: TypeAlias = Collection[str]
Groups: TypeAlias = Sequence[Ids]
Two: TypeAlias = tuple[str, str]

MOST_IDS = 100
MOST_FIRST = 1000
NEAR, FEW = 3, 20  # hops and people at both ends of a search that takes a millisecond
SAME_ENDS = "both ends are the same; a route needs two"
NO_ASSOCIATION = (
    "nobody is named to start from; give `from`, or set PADDOCK_ASSOCIATION to the association whose members are ours"
)


class PathOutcome(StrEnum):
    """Found; no path; none that may be seen (only where brokering is switched on); stopped by a limit."""

    FOUND = "FOUND"
    NONE = "NONE"
    NONE_VISIBLE = "NONE_VISIBLE"
    TRUNCATED = "TRUNCATED"


@dataclass(frozen=True, slots=True)
class PathSegment:
    """One step: who asks whom, how willingly, and the tie between them."""

    start: Agent
    end: Agent
    willingness: float
    tie: Tie


@dataclass(frozen=True, slots=True)
class Path:
    """A route from a person or organization, in whose name it was asked for, to another."""

    start: Agent
    end: Agent
    on_behalf_of: Agent
    hops: int
    strength: float
    band: Band
    weakest: PathSegment | None
    segments: tuple[PathSegment, ...]
    reasons: tuple[str, ...]


class Best(Protocol):
    """What finds the best routes from groups of agents to others."""

    def __call__(self, view: View, groups: Groups, sink: Ids, /, *, blocked: Ids, barred: Barred) -> Ranked: ...


@dataclass(frozen=True, slots=True)
class Withheld:
    """An introducer who stands on a route that would be told but for a limit, and why they are not asked."""

    introducer: Agent
    because: str


@dataclass(frozen=True, slots=True)
class PathResult:
    """Routes, best first, or what stands in their place; `nearest_hops` counts the shortest route of any length.

    `withheld` is there where it was asked for; it is for staff.
    """

    outcome: PathOutcome
    paths: tuple[Path, ...]
    nearest_hops: int | None
    as_of: str
    known_at: str
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is given: whether it may tell of routes through hidden ties, and whom limits keep out of routes."""

    brokering: bool = False
    explain: bool = False
    evidence: bool = False  # whether the evidence of ties is shown, so that it is read along with the names


PLAINLY = Manner()


@dataclass(frozen=True, slots=True)
class _Search:
    """A search for routes but for the ties: who asks, who is sought, who is avoided, and how the best are found."""

    askers: Sequence[Agent | Person]
    sources: Sequence[End]
    sink: End
    avoided: frozenset[str]
    max_hops: int
    best: Best

    @property
    def brief(self) -> bool:
        """Whether it takes less than handing it to another thread would make others wait."""
        return self.max_hops <= NEAR and len(self.sources) == 1 and len(self.sources[0].ids) + len(self.sink.ids) <= FEW

    async def routes(self, view: View, limits: Limits) -> Ranked:
        """The best routes; beside the event loop where that may take a while."""
        return self.found(view, limits) if self.brief else await asyncio.to_thread(self.found, view, limits)

    async def fewest(self, view: View, limits: Limits, best: Ranked) -> int | None:
        """The fewest hops of any route: without one that is near, the next may lie beyond everything there is."""
        known = min((route.hops for _, route in best.routes), default=None)
        if self.brief and known is not None:
            return self.nearest(view, limits, known)
        return await asyncio.to_thread(self.nearest, view, limits, known)

    def found(self, view: View, limits: Limits) -> Ranked:
        """The best routes, each with the place of its source."""
        groups = [source.ids for source in self.sources]
        return self.best(view, groups, self.sink.ids, blocked=self._blocked(limits), barred=self._barred(limits))

    def nearest(self, view: View, limits: Limits, known: int | None = None) -> int | None:
        """The fewest hops from any of the sources: whoever stands inside such a route belongs to none of them.

        `known` are those of a route that was found.
        """
        together = frozenset[str]().union(*(source.ids for source in self.sources))
        blocked, barred = self._blocked(limits), self._barred(limits)
        return paths.nearest_hops(view, together, self.sink.ids, blocked=blocked, barred=barred, known=known)

    def _blocked(self, limits: Limits) -> frozenset[str]:
        return self.avoided.union(limits.spent)

    def _barred(self, limits: Limits) -> Barred:
        return limits.barred([*self.sources, self.sink])


Prepared = Callable[[Scope], Awaitable[_Search | None]]
# A route, and who asked for it.
Asked: TypeAlias = tuple[Agent | Person, Route]


async def introduction_paths(
    network: Network,
    scope: Scope,
    start: str,
    target: str,
    *,
    k: int = 5,
    max_hops: int = 3,
    avoid: Sequence[str] = (),
    disjoint: bool = False,
    when: When = ALWAYS,
    manner: Manner = PLAINLY,
) -> PathResult | None:
    """The k best routes, none through anybody of `avoid`; `disjoint` routes share nobody. None: an end is unknown."""
    bound("k", k, paths.MOST_ROUTES)
    bound("maxHops", max_hops, paths.MOST_HOPS)
    asked = [start, target, *few("avoid", avoid)]
    at = At.of(when, network.graph.clock())
    find = partial(paths.disjoint if disjoint else paths.routes, k=k, max_hops=max_hops)

    def best(view: View, groups: Groups, sink: Ids, /, *, blocked: Ids, barred: Barred) -> Ranked:
        found = find(view, groups[0], sink, blocked=blocked, barred=barred)
        return Ranked(tuple((0, route) for route in found.routes), found.truncated)

    async def prepared(scope: Scope) -> _Search | None:
        known = people(await network.view(scope, at), asked)
        source, sink, *avoided = known or await ends(network.graph, network.memory, scope, asked, at)
        if source is None or sink is None or isinstance(asker := source.asked, Post):
            return None
        if asker.id == sink.asked.id:
            raise ServiceError(Code.BAD_USER_INPUT, SAME_ENDS)
        shunned = frozenset[str]().union(*(end.ids for end in avoided if end is not None))
        return _Search([asker], [source.without(shunned)], sink.without(shunned), shunned, max_hops, best)

    return await _answered(network, scope, prepared, at, manner)


async def who_knows(
    network: Network,
    scope: Scope,
    target: str,
    start: Sequence[str] | None = None,
    *,
    max_hops: int = 3,
    first: int = 10,
    association: str | None = None,
    when: When = ALWAYS,
    manner: Manner = PLAINLY,
) -> PathResult | None:
    """One best route to the target from each of `start`, best first; without it, from the association and its members.

    None where the target is unknown; a start that is unknown is left out.
    """
    bound("maxHops", max_hops, paths.MOST_HOPS)
    bound("first", first, MOST_FIRST)
    at = At.of(when, network.graph.clock())
    asked = await ours(network, scope, association, at) if start is None else few("from", start)
    best = partial(paths.best_from, max_hops=max_hops, most=first)

    async def prepared(scope: Scope) -> _Search | None:
        sink, *found = await ends(network.graph, network.memory, scope, [target, *dict.fromkeys(asked)], at)
        if sink is None:
            return None
        sources = _sources(found, sink, named=start is not None)
        return _Search(list(sources), list(sources.values()), sink, frozenset(), max_hops, best)

    return await _answered(network, scope, prepared, at, manner)


async def _answered(network: Network, scope: Scope, prepared: Prepared, at: At, manner: Manner) -> PathResult | None:
    search = await prepared(scope)
    if search is None:
        return None
    view, limits = await network.view(scope, at), await network.limits(scope, at)
    best = await search.routes(view, limits)
    asked = [(search.askers[place], route) for place, route in best.routes]
    telling = told(network, scope, view, asked, at, evidence=manner.evidence)
    found, near = await beside(telling, search.fewest(view, limits, best))
    outcome = PathOutcome.TRUNCATED if best.truncated else PathOutcome.FOUND if found else PathOutcome.NONE
    if outcome is PathOutcome.NONE and manner.brokering and await _hidden(network, scope, prepared, at):
        outcome = PathOutcome.NONE_VISIBLE
    kept_out: tuple[Withheld, ...] = ()
    if manner.explain and limits:
        free = await asyncio.to_thread(search.found, view, NO_LIMITS)
        ended = [(search.sources[place], search.sink, route) for place, route in free.routes]
        kept_out = await _withheld(network, scope, limits, ended)
    return PathResult(outcome, found, near, at.as_of, at.told, kept_out)


async def _hidden(network: Network, scope: Scope, prepared: Prepared, at: At) -> bool:
    """Whether whoever sees everything would find a route; nothing else of it is ever told."""
    longest = await everything(network.graph, scope)
    search = await prepared(longest)
    if search is None:
        return False
    view, limits = await network.view(longest, at), await network.limits(scope, at)
    near = await asyncio.to_thread(search.nearest, view, limits)
    return near is not None and near <= search.max_hops


async def _withheld(
    network: Network, scope: Scope, limits: Limits, found: Sequence[tuple[End, End, Route]]
) -> tuple[Withheld, ...]:
    """Whom limits are against on routes that were found without them, each once, in the order of the routes."""
    against: dict[str, Spent | str] = {}
    for source, sink, route in found:
        for introducer, limit in limits.against(route.agents[1:-1], standing(source, sink, route)).items():
            against.setdefault(introducer, limit)
    met = await agents(network.graph, scope, concerned(against))
    return tuple(Withheld(met[id], because(met, id, limit)) for id, limit in against.items() if id in met)


def standing(source: End, sink: End, route: Route) -> tuple[str, ...]:
    """Who asks and who is asked for on a route, in name and in person."""
    return source.asked.id, route.agents[0], route.agents[-1], sink.asked.id


def concerned(against: Mapping[str, Spent | str]) -> list[str]:
    """Everybody whose name it takes to tell of limits."""
    return [*against, *(limit for limit in against.values() if isinstance(limit, str))]


def because(met: Mapping[str, Agent], introducer: str, limit: Spent | str) -> str:
    """Why an introducer is not asked."""
    if isinstance(limit, Spent):
        return reasons.spent(met[introducer], limit.allowed, limit.asked)
    return reasons.never(met[introducer], met[limit])


async def ours(network: Network, scope: Scope, association: str | None, at: At) -> list[str]:
    """The association the settings name, by name, identifier or id, and each organization that is its member now."""
    if association is None:
        raise ServiceError(Code.BAD_USER_INPUT, NO_ASSOCIATION)
    meant = await names.resolve(network.graph, scope, association, [EntityKind.ORGANIZATION])
    if meant.entity is None:
        what = "several organizations" if meant.candidates else "no organization"
        raise ServiceError(
            Code.BAD_USER_INPUT, f"PADDOCK_ASSOCIATION is {association!r}, which names {what} here; set it to an id"
        )
    return [meant.entity.id, *await members(network.graph, scope, meant.entity.id, at)]


def _sources(found: Sequence[End | None], sink: End, *, named: bool) -> dict[Agent, End]:
    """The ends routes may start from, each once; the target itself is refused where it was named, else left out."""
    sources = {end.asked: end for end in found if end is not None and isinstance(end.asked, Agent)}
    same = [agent for agent in sources if agent.id == sink.asked.id]
    if same and named:
        raise ServiceError(Code.BAD_USER_INPUT, SAME_ENDS)
    return {agent: end for agent, end in sources.items() if agent not in same}


async def told(
    network: Network, scope: Scope, view: View, found: Sequence[Asked], at: At, *, evidence: bool = False
) -> tuple[Path, ...]:
    """The routes with everything they show, in one statement; with the evidence of their ties where it is shown."""
    return tuple((await told_at(network, scope, view, found, at, evidence=evidence)).values())


async def told_at(
    network: Network, scope: Scope, view: View, found: Sequence[Asked], at: At, *, evidence: bool = False
) -> dict[int, Path]:
    """The same by the place at which each was given."""
    ids = list(dict.fromkeys(id for _, route in found for id in route.agents))
    seen = _seen(view, [route for _, route in found])
    shown = [id for items in seen.values() for id in _shown(view, items)] if evidence else []
    reading = along(network.graph, network.memory, scope, ids, list(dict.fromkeys(shown)), at)
    (met, items), folds = await beside(reading, _folds(view, seen))
    # An agent deleted since the projection was read takes its routes along.
    whole = [place for place, (_, route) in enumerate(found) if all(id in met for id in route.agents)]
    walk = _Walk(view, met, folds, items, at)
    return {place: walk.path(*found[place], rank) for rank, place in enumerate(whole, 1)}


@dataclass(frozen=True, slots=True)
class _Walk:
    """What routes are told with: the agents they pass, their ties as folded, and the evidence that was read along."""

    view: View
    met: Mapping[str, Agent]
    folds: Mapping[Two, Fold]
    items: Mapping[str, rows.Evidence]
    at: At

    def path(self, asked: Agent | Person, route: Route, place: int) -> Path:
        """A route at its place among the others."""
        steps = zip(pairwise(route.agents), route.willingness, strict=True)
        segments = tuple(self._segment(*ends, willingness) for ends, willingness in steps)
        weakest = min(segments, key=lambda segment: segment.willingness, default=None)
        return Path(
            start=self.met[route.agents[0]],
            end=self.met[route.agents[-1]],
            on_behalf_of=self.met[asked.id] if isinstance(asked, Person) else asked,
            hops=route.hops,
            strength=route.strength,
            band=route.band,
            weakest=weakest,
            segments=segments,
            reasons=self._reasons(route, segments, weakest, place),
        )

    def _segment(self, start: str, end: str, willingness: float) -> PathSegment:
        fold = self.folds[start, end]
        read = {one.evidence: self.items[one.evidence] for one in fold.shares if one.evidence in self.items}
        a, b = self.met[start], self.met[end]
        return PathSegment(a, b, willingness, Tie.of(a, b, fold, self.at, read))

    def _reasons(
        self, route: Route, segments: Sequence[PathSegment], weakest: PathSegment | None, place: int
    ) -> tuple[str, ...]:
        told = [reasons.ranked(place, route.strength, [(one.willingness, one.tie) for one in segments])]
        if weakest is not None:
            told.append(reasons.weakest(weakest.willingness, weakest.tie, self._kind(weakest.tie)))
        told += [sentence for one in segments if (sentence := reasons.stale(one.tie)) is not None]
        return tuple(told)

    def _kind(self, tie: Tie) -> str:
        """The kind of the evidence that adds most to a tie."""
        most = tie.shares[0].evidence
        if most in tie.read:
            return tie.read[most].kind
        items: Sequence[Evidence] = self.view.evidence(tie.a.id, tie.b.id)
        return next(item.kind for item in items if item.id == most)


def _seen(view: View, found: Sequence[Route]) -> dict[Two, list[Evidence]]:
    """The evidence between each two who stand beside each other on a route."""
    ends = list(dict.fromkeys(two for route in found for two in pairwise(route.agents)))
    return dict(zip(ends, view.between(ends), strict=True))


def _shown(view: View, items: Sequence[Evidence]) -> list[str]:
    """The ids of that evidence which stands on the first page of its tie."""
    if len(items) <= DEFAULT:
        return [item.id for item in items if item.begins <= view.key.as_of]
    fold = view.fold(items)
    return [] if fold is None else [share.evidence for share in fold.shares[:DEFAULT]]


async def _folds(view: View, seen: Mapping[Two, Sequence[Evidence]]) -> dict[Two, Fold]:
    folds: dict[Two, Fold] = {}
    for two, items in seen.items():
        if (fold := view.fold(items)) is None:
            raise ServiceError(Code.INTERNAL, "a route leads along a tie that its own view does not have")
        folds[two] = fold
        await asyncio.sleep(0)  # what is asked of the store meanwhile goes its way
    return folds


def bound(name: str, value: int, most: int) -> None:
    """Nothing, where a number is within its bounds; else BAD_USER_INPUT."""
    if not 1 <= value <= most:
        raise ServiceError(Code.BAD_USER_INPUT, f"{name} is {value}; it may be 1 to {most}")


def few(name: str, ids: Sequence[str]) -> list[str]:
    """These ids, where they are no more than may be given; else BAD_USER_INPUT."""
    if len(ids) > MOST_IDS:
        raise ServiceError(Code.BAD_USER_INPUT, f"{name} has {len(ids)} ids; give at most {MOST_IDS}")
    return list(ids)
