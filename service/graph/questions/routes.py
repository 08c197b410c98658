"""Routes from one person or organization to another, and who of many knows somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from network import paths
from network.route import Route
from network.strength import Band, Evidence
from network.view import View
from service.errors import Code, ServiceError
from service.graph.questions import names, reasons
from service.graph.questions.agents import agents
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.ends import End, ends, members
from service.graph.questions.rows import Agent, EntityKind
from service.graph.questions.ties import Network, Tie
from service.graph.store import Scope

MOST_IDS = 100
MOST_FIRST = 1000
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


@dataclass(frozen=True, slots=True)
class PathResult:
    """Routes, best first, or what stands in their place; `nearest_hops` counts the shortest route of any length."""

    outcome: PathOutcome
    paths: tuple[Path, ...]
    nearest_hops: int | None
    as_of: str
    known_at: str


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
) -> PathResult | None:
    """The k best routes, none through anybody of `avoid`; `disjoint` routes share nobody. None: an end is unknown."""
    _bound("k", k, paths.MOST_ROUTES)
    _bound("maxHops", max_hops, paths.MOST_HOPS)
    at = At.of(when, network.graph.clock())
    source, sink, *avoided = await ends(network.graph, scope, [start, target, *_few("avoid", avoid)], at)
    if source is None or sink is None or not isinstance(asker := source.asked, Agent):
        return None
    if asker.id == sink.asked.id:
        raise ServiceError(Code.BAD_USER_INPUT, SAME_ENDS)
    view = await network.view(scope, at)
    blocked = frozenset[str]().union(*(end.ids for end in avoided if end is not None))
    source, sink = source.without(blocked), sink.without(blocked)
    find = paths.disjoint if disjoint else paths.routes
    found = await asyncio.to_thread(find, view, source.ids, sink.ids, k=k, max_hops=max_hops, blocked=blocked)
    near = await asyncio.to_thread(paths.nearest_hops, view, source.ids, sink.ids, blocked=blocked)
    told = [(asker, route) for route in found.routes]
    return _result(await _paths(network, scope, view, told, at), near, at, truncated=found.truncated)


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
) -> PathResult | None:
    """One best route to the target from each of `start`, best first; without it, from the association and its members.

    None where the target is unknown; a start that is unknown is left out.
    """
    _bound("maxHops", max_hops, paths.MOST_HOPS)
    _bound("first", first, MOST_FIRST)
    at = At.of(when, network.graph.clock())
    asked = await _ours(network, scope, association, at) if start is None else _few("from", start)
    sink, *found = await ends(network.graph, scope, [target, *dict.fromkeys(asked)], at)
    if sink is None:
        return None
    sources = _sources(found, sink, named=start is not None)
    view = await network.view(scope, at)
    groups = [source.ids for source in sources.values()]
    best = await asyncio.to_thread(paths.best_from, view, groups, sink.ids, max_hops=max_hops, most=first)
    askers = list(sources)
    told = [(askers[place], route) for place, route in best.routes]
    near = await _nearest(view, groups, sink)
    return _result(await _paths(network, scope, view, told, at), near, at, truncated=best.truncated)


async def _ours(network: Network, scope: Scope, association: str | None, at: At) -> list[str]:
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


async def _nearest(view: View, groups: Sequence[frozenset[str]], sink: End) -> int | None:
    """The fewest hops from any of the groups: whoever stands inside such a route belongs to none of them."""
    together = frozenset[str]().union(*groups)
    return await asyncio.to_thread(paths.nearest_hops, view, together, sink.ids)


async def _paths(
    network: Network, scope: Scope, view: View, found: Sequence[tuple[Agent, Route]], at: At
) -> tuple[Path, ...]:
    """The routes with everything they show; the agents of all of them in one statement."""
    met = await agents(network.graph, scope, [id for _, route in found for id in route.agents])
    # An agent deleted since the projection was read takes its routes along.
    whole = [(asked, route) for asked, route in found if all(id in met for id in route.agents)]
    return tuple(_path(view, met, asked, route, at, place) for place, (asked, route) in enumerate(whole, 1))


def _path(view: View, met: Mapping[str, Agent], asked: Agent, route: Route, at: At, place: int) -> Path:
    segments = tuple(
        _segment(view, met[start], met[end], willingness, at)
        for start, end, willingness in zip(route.agents, route.agents[1:], route.willingness, strict=False)
    )
    weakest = min(segments, key=lambda segment: segment.willingness, default=None)
    return Path(
        start=met[route.agents[0]],
        end=met[route.agents[-1]],
        on_behalf_of=asked,
        hops=route.hops,
        strength=route.strength,
        band=route.band,
        weakest=weakest,
        segments=segments,
        reasons=_reasons(view, route, segments, weakest, place),
    )


def _segment(view: View, start: Agent, end: Agent, willingness: float, at: At) -> PathSegment:
    fold = view.tie(start.id, end.id)
    if fold is None:
        raise ServiceError(Code.INTERNAL, "a route leads along a tie that its own view does not have")
    return PathSegment(start, end, willingness, Tie.of(start, end, fold, at))


def _reasons(
    view: View, route: Route, segments: Sequence[PathSegment], weakest: PathSegment | None, place: int
) -> tuple[str, ...]:
    told = [reasons.ranked(place, route.strength, [(one.willingness, one.tie) for one in segments])]
    if weakest is not None:
        told.append(reasons.weakest(weakest.willingness, weakest.tie, _kind(view, weakest.tie)))
    told += [sentence for one in segments if (sentence := reasons.stale(one.tie)) is not None]
    return tuple(told)


def _kind(view: View, tie: Tie) -> str:
    """The kind of the evidence that adds most to a tie."""
    items: Sequence[Evidence] = view.evidence(tie.a.id, tie.b.id)
    return next(item.kind for item in items if item.id == tie.shares[0].evidence)


def _result(found: tuple[Path, ...], nearest: int | None, at: At, *, truncated: bool) -> PathResult:
    outcome = PathOutcome.FOUND if found else PathOutcome.NONE
    return PathResult(PathOutcome.TRUNCATED if truncated else outcome, found, nearest, at.as_of, at.told)


def _bound(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ServiceError(Code.BAD_USER_INPUT, f"{name} is {value}; it may be 1 to {most}")


def _few(name: str, ids: Sequence[str]) -> list[str]:
    if len(ids) > MOST_IDS:
        raise ServiceError(Code.BAD_USER_INPUT, f"{name} has {len(ids)} ids; give at most {MOST_IDS}")
    return list(ids)
