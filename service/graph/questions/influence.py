"""Who holds an office, by which routes they can be reached, and where those along them stand on an issue."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import cypher
from network import paths
from network.route import Found, Route
from network.view import View
from service.graph.questions import claims, reasons
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.ends import End, ends
from service.graph.questions.limits import everything
from service.graph.questions.nodes import node
from service.graph.questions.pages import ROOT, Page
from service.graph.questions.routes import PLAINLY, Manner, Path, PathOutcome, bound, few, ours, told
from service.graph.questions.rows import LIKELY, Agent, Current, Issue, Post, PostHolding
from service.graph.questions.ties import Network
from service.graph.store import Scope


@dataclass(frozen=True, slots=True)
class Stance:
    """Where somebody stands on an issue; `source` is the title of the one that says so."""

    agent: str
    position: str | None
    start: str | None
    source: str


@dataclass(frozen=True, slots=True)
class InfluenceHolder:
    """Somebody who holds the office, by which claim, and the best routes to them."""

    holding: PostHolding
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class InfluenceResult:
    """An office, its holders on the day by start of their holding, and how the search for routes to them ended."""

    post: Post
    outcome: PathOutcome
    holders: tuple[InfluenceHolder, ...]
    as_of: str
    known_at: str


STANCES = cypher.query("issue/stances", Stance)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is asked: to whom, from whom, and how many routes of which length."""

    post: str
    start: Sequence[str]
    k: int
    max_hops: int


@dataclass(frozen=True, slots=True)
class _Search:
    """The holders of an office and the routes found to each; `sources` are the ends these may start from."""

    post: Post
    view: View
    sources: Sequence[End]
    found: Sequence[tuple[PostHolding, Found]]

    @property
    def outcome(self) -> PathOutcome:
        """How the search ended."""
        if any(found.truncated for _, found in self.found):
            return PathOutcome.TRUNCATED
        return PathOutcome.FOUND if any(found.routes for _, found in self.found) else PathOutcome.NONE

    def asked(self, route: Route) -> tuple[Agent, Route]:
        """A route beside the first of those who ask for whom it can start."""
        agents = (end.asked for end in self.sources if route.agents[0] in end.ids)
        return next(agent for agent in agents if isinstance(agent, Agent)), route


async def influence_paths(
    network: Network,
    scope: Scope,
    post: str,
    issue: str | None = None,
    start: Sequence[str] | None = None,
    *,
    k: int = 5,
    max_hops: int = 3,
    association: str | None = None,
    when: When = ALWAYS,
    manner: Manner = PLAINLY,
) -> InfluenceResult | None:
    """The k best routes to each holder of an office, from any of `start`; without it, from the association and members.

    An issue adds to the reasons of each route where those along it stand. None where the office or issue is unknown.
    """
    bound("k", k, paths.MOST_ROUTES)
    bound("maxHops", max_hops, paths.MOST_HOPS)
    at = At.of(when, network.graph.clock())
    asked = await ours(network, scope, association, at) if start is None else few("from", start)
    topic = None if issue is None else await node(network.graph, scope, issue)
    terms = _Terms(post, asked, k, max_hops)
    search = await _searched(network, scope, terms, at)
    if search is None or (issue is not None and not isinstance(topic, Issue)):
        return None
    listed = [
        await told(network, scope, search.view, list(map(search.asked, found.routes)), at, evidence=manner.evidence)
        for _, found in search.found
    ]
    if isinstance(topic, Issue):
        stances = await _stances(network, scope, topic, (path for each in listed for path in each), at)
        listed = [tuple(_with_stances(path, topic, stances) for path in each) for each in listed]
    outcome = search.outcome
    if outcome is PathOutcome.NONE and manner.brokering and await _hidden(network, scope, terms, at):
        outcome = PathOutcome.NONE_VISIBLE
    holders = (InfluenceHolder(holding, each) for (holding, _), each in zip(search.found, listed, strict=True))
    return InfluenceResult(search.post, outcome, tuple(holders), at.as_of, at.told)


async def _searched(network: Network, scope: Scope, terms: _Terms, at: At) -> _Search | None:
    sink, *found = await ends(network.graph, network.memory, scope, [terms.post, *dict.fromkeys(terms.start)], at)
    if sink is None or not isinstance(sink.asked, Post):
        return None
    sources = list({end.asked: end for end in found if end is not None and isinstance(end.asked, Agent)}.values())
    holdings = await _holdings(network, scope, sink, at)
    view, limits = await network.view(scope, at), await network.limits(scope, at)
    starts = frozenset[str]().union(*(end.ids for end in sources))

    def routes(holding: PostHolding) -> Found:
        # Another holder belongs to the end that was asked for, and so stands inside no route to it.
        end = End(holding.person, frozenset({holding.person.id}))
        return paths.routes(
            view,
            starts,
            end.ids,
            k=terms.k,
            max_hops=terms.max_hops,
            blocked=(sink.ids - end.ids).union(limits.spent),
            barred=limits.barred([*sources, end]),
        )

    searched = await asyncio.to_thread(lambda: [(holding, routes(holding)) for holding in holdings])
    return _Search(sink.asked, view, sources, searched)


async def _holdings(network: Network, scope: Scope, sink: End, at: At) -> list[PostHolding]:
    """Of each holder on the day the latest claim that says so, by start."""
    page, when = Page(first=ROOT, most=ROOT), When(at.as_of, at.known_at)
    listed = (await claims.holders(network.graph, scope, [sink.asked.id], page, when))[sink.asked.id].rows
    held = [row for row in listed if row.person.id in sink.ids and row.current(at.as_of) is Current.YES]
    latest = {row.person.id: row for row in sorted(held, key=lambda row: (row.recorded_at, row.id))}
    return [row for row in held if latest[row.person.id] is row]


async def _stances(
    network: Network, scope: Scope, issue: Issue, found: Iterable[Path], at: At
) -> Mapping[str, Sequence[Stance]]:
    """Where everybody along some routes stands, those in whose name they lead too."""
    ids = list(dict.fromkeys(id for path in found for id in _along(path)))
    given = {"known": at.known, "day": at.as_of, "current": [str(one) for one in LIKELY]}
    stances = defaultdict[str, list[Stance]](list)
    for row in await network.graph.read(STANCES, scope, ids=ids, issue=issue.id, **given) if ids else ():
        stances[row.agent].append(row)
    return stances


def _along(path: Path) -> dict[str, str]:
    """Everybody along a route in its order, by id with their names."""
    told = [path.on_behalf_of, path.start, *(segment.end for segment in path.segments)]
    return {agent.id: agent.name for agent in told}


def _with_stances(path: Path, issue: Issue, stances: Mapping[str, Sequence[Stance]]) -> Path:
    said = [
        reasons.stance(name, issue.name, stance.position, stance.start, stance.source)
        for id, name in _along(path).items()
        for stance in stances.get(id, ())
    ]
    return replace(path, reasons=(*path.reasons, *said))


async def _hidden(network: Network, scope: Scope, terms: _Terms, at: At) -> bool:
    """Whether whoever sees everything would find a route; nothing else of it is ever told."""
    search = await _searched(network, await everything(network.graph, scope), terms, at)
    return search is not None and search.outcome is not PathOutcome.NONE
