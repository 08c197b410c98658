"""All that is there of one kind, by name: people and organizations that a filter keeps, and things.

A page is read along the index of names from where the last one ended; where a filter says who may be meant, it is read
from those. What a filter says of claims is followed first, through the claims and ends that may be seen alone, so that
nothing hidden decides whether a row is kept.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

import cypher
from service.graph.questions import supply
from service.graph.questions.agents import agents
from service.graph.questions.clocks import FOREVER, At
from service.graph.questions.filters import (
    EVERYTHING,
    Alternatives,
    Condition,
    OrganizationFilter,
    PersonFilter,
    alternatives,
)
from service.graph.questions.pages import ROOT, Page, Question, Slice
from service.graph.questions.rows import LIKELY, Agent, Capability, Event, Issue, Post
from service.graph.store import Graph, Scope

R = TypeVar("R", Agent, Post, Capability, Event, Issue)

WHOLE = Page(most=ROOT)


class OrderDirection(StrEnum):
    """From the first to the last, or the other way round."""

    ASC = "ASC"
    DESC = "DESC"


@dataclass(frozen=True, slots=True)
class Total:
    total: int


@dataclass(frozen=True, slots=True)
class Id:
    id: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page of what a filter keeps of some rows, and how many those are."""

    total: int
    rows: tuple[Agent, ...]


@dataclass(frozen=True, slots=True)
class Catalogue(Generic[R]):
    """The statements that list everything of a kind from either end or before a place, and the one that counts it."""

    name: str
    ascending: cypher.Query[R]
    descending: cypher.Query[R]
    preceding: cypher.Query[R]
    count: cypher.Query[Total]
    among: cypher.Query[Chosen] | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A filter whose conditions a row itself can be asked; `ids` are those it leaves to be asked, where it tells."""

    alternatives: Alternatives = EVERYTHING
    ids: frozenset[str] | None = None

    @property
    def told(self) -> list[list[dict[str, object]]]:
        """The filter as statements take it."""
        return [[condition.told() for condition in one] for one in self.alternatives]


PEOPLE = Catalogue(
    "people",
    cypher.query("person/ascending", Agent),
    cypher.query("person/descending", Agent),
    cypher.query("person/preceding", Agent),
    cypher.query("person/count", Total),
    cypher.query("person/among", Chosen),
)
ORGANIZATIONS = Catalogue(
    "organizations",
    cypher.query("organization/ascending", Agent),
    cypher.query("organization/descending", Agent),
    cypher.query("organization/preceding", Agent),
    cypher.query("organization/count", Total),
    cypher.query("organization/among", Chosen),
)
POSTS = Catalogue(
    "posts",
    cypher.query("post/ascending", Post),
    cypher.query("post/descending", Post),
    cypher.query("post/preceding", Post),
    cypher.query("post/count", Total),
)
CAPABILITIES = Catalogue(
    "capabilities",
    cypher.query("capability/ascending", Capability),
    cypher.query("capability/descending", Capability),
    cypher.query("capability/preceding", Capability),
    cypher.query("capability/count", Total),
)
EVENTS = Catalogue(
    "events",
    cypher.query("event/ascending", Event),
    cypher.query("event/descending", Event),
    cypher.query("event/preceding", Event),
    cypher.query("event/count", Total),
)
ISSUES = Catalogue(
    "issues",
    cypher.query("issue/ascending", Issue),
    cypher.query("issue/descending", Issue),
    cypher.query("issue/preceding", Issue),
    cypher.query("issue/count", Total),
)
MATCHING = cypher.query("organization/matching", Id)
EMPLOYED = cypher.query("organization/employed", Id)
JOINED = cypher.query("organization/joined", Id)
SUPPLIED = cypher.query("organization/supplied", Id)
SUPPLYING = cypher.query("organization/supplying", Id)
CLAIMED = cypher.query("capability/claimed", Id)


async def people(
    graph: Graph,
    scope: Scope,
    wanted: PersonFilter | None = None,
    direction: OrderDirection = OrderDirection.ASC,
    page: Page = WHOLE,
) -> Slice[Agent]:
    """The people a filter keeps, by name, then id."""
    return await _filtered(graph, scope, PEOPLE, wanted, direction, page)


async def organizations(
    graph: Graph,
    scope: Scope,
    wanted: OrganizationFilter | None = None,
    direction: OrderDirection = OrderDirection.ASC,
    page: Page = WHOLE,
) -> Slice[Agent]:
    """The organizations a filter keeps, by name, then id."""
    return await _filtered(graph, scope, ORGANIZATIONS, wanted, direction, page)


async def posts(graph: Graph, scope: Scope, page: Page = WHOLE) -> Slice[Post]:
    """Every post, by name, then id."""
    return await _listed(graph, scope, POSTS, page)


async def capabilities(graph: Graph, scope: Scope, page: Page = WHOLE) -> Slice[Capability]:
    """Everything an organization might be able to do, by name, then id."""
    return await _listed(graph, scope, CAPABILITIES, page)


async def events(graph: Graph, scope: Scope, page: Page = WHOLE) -> Slice[Event]:
    """Every event, by name, then id."""
    return await _listed(graph, scope, EVENTS, page)


async def issues(graph: Graph, scope: Scope, page: Page = WHOLE) -> Slice[Issue]:
    """Every question of public policy, by name, then id."""
    return await _listed(graph, scope, ISSUES, page)


async def _listed(graph: Graph, scope: Scope, catalogue: Catalogue[R], page: Page) -> Slice[R]:
    question = Question(graph.secret, catalogue.name, page, None, None, graph.clock()).at()
    return await _along(graph, scope, catalogue, question, OrderDirection.ASC, {})


async def _filtered(
    graph: Graph,
    scope: Scope,
    catalogue: Catalogue[Agent],
    wanted: PersonFilter | OrganizationFilter | None,
    direction: OrderDirection,
    page: Page,
) -> Slice[Agent]:
    name, now = json.dumps([catalogue.name, repr(wanted), direction]), graph.clock()
    question = Question(graph.secret, name, page, now[:10], None, now).at()
    at = At(question.as_of or now[:10], question.known_at, now)
    kept = await _kept(graph, scope, alternatives(wanted), at)
    if kept.ids is not None and catalogue.among is not None:
        return await _chosen(graph, scope, catalogue.among, question, direction, kept)
    return await _along(graph, scope, catalogue, question, direction, {"filter": kept.told})


async def _along(
    graph: Graph,
    scope: Scope,
    catalogue: Catalogue[R],
    question: Question,
    direction: OrderDirection,
    given: Mapping[str, object],
) -> Slice[R]:
    """A page along the index of names."""
    bounds = _bounds(question, direction)
    query = catalogue.ascending
    if _descending(question, direction):
        query = catalogue.descending if bounds["highKey"] is None else catalogue.preceding
    if query is not catalogue.preceding:
        bounds |= {name: "" for name in ("lowKey", "lowId") if bounds[name] is None}
    bounds = {name: value for name, value in bounds.items() if name in query.parameters}
    rows = await graph.read(query, scope, **given, **bounds, limit=question.page.size + 1)
    total = (await graph.read(catalogue.count, scope, **given))[0].total if question.page.total else None
    return question.slice(rows, _place, total)


async def _chosen(
    graph: Graph,
    scope: Scope,
    query: cypher.Query[Chosen],
    question: Question,
    direction: OrderDirection,
    kept: _Kept,
) -> Slice[Agent]:
    """A page of those a filter leaves to be asked."""
    (found,) = await graph.read(
        query,
        scope,
        ids=sorted(kept.ids or ()),
        filter=kept.told,
        **_bounds(question, direction),
        descending=_descending(question, direction),
        limit=question.page.size + 1,
    )
    return question.slice(found.rows, _place, found.total if question.page.total else None)


def _descending(question: Question, direction: OrderDirection) -> bool:
    return (direction is OrderDirection.DESC) != question.page.backward


def _bounds(question: Question, direction: OrderDirection) -> dict[str, object]:
    """The names between which a page lies, whichever way it is read."""
    low, high = question.after, question.before
    if direction is OrderDirection.DESC:
        low, high = high, low
    return {
        "lowKey": low and low.key,
        "lowId": low and low.id,
        "highKey": high and high.key,
        "highId": high and high.id,
    }


def _place(row: R) -> tuple[str, str]:
    return row.name, row.id


async def _kept(graph: Graph, scope: Scope, written: Alternatives, at: At) -> _Kept:
    """A filter with the ids in place of every condition that is about claims."""
    asked = dict.fromkeys(
        (condition.field, condition.value) for one in written for condition in one if condition.field in _FOLLOWED
    )
    found = await asyncio.gather(*(_FOLLOWED[field](graph, scope, value, at) for field, value in asked))
    ids = dict(zip(asked, found, strict=True))
    settled = tuple(
        tuple(_settled(condition, ids.get((condition.field, condition.value))) for condition in one) for one in written
    )
    return _Kept(settled, _meant(settled))


def _settled(condition: Condition, ids: frozenset[str] | None) -> Condition:
    return condition if ids is None else replace(condition, field="id", op="in", value=ids)


def _meant(written: Alternatives) -> frozenset[str] | None:
    """Who can be kept at all, where every alternative tells."""
    found = [_narrowed(one) for one in written]
    told = [ids for ids in found if ids is not None]
    return frozenset[str]().union(*told) if len(told) == len(found) else None


def _narrowed(conditions: Iterable[Condition]) -> frozenset[str] | None:
    told = [one.value for one in conditions if one.holds and isinstance(one.value, frozenset)]
    return frozenset[str].intersection(*told) if told else None


Follow = Callable[[Graph, Scope, object, At], Awaitable[frozenset[str]]]


async def _employed(graph: Graph, scope: Scope, organization: object, at: At) -> frozenset[str]:
    return await _through(EMPLOYED, graph, scope, await _known(graph, scope, organization), at)


async def _joined(graph: Graph, scope: Scope, organization: object, at: At) -> frozenset[str]:
    return await _through(JOINED, graph, scope, await _known(graph, scope, organization), at)


async def _capable(graph: Graph, scope: Scope, capability: object, at: At) -> frozenset[str]:
    return await _through(CLAIMED, graph, scope, await supply.within(graph, scope, str(capability), at), at)


async def _supplied(graph: Graph, scope: Scope, suppliers: object, at: At) -> frozenset[str]:
    return await _through(SUPPLIED, graph, scope, await _matching(graph, scope, suppliers, at), at)


async def _supplying(graph: Graph, scope: Scope, customers: object, at: At) -> frozenset[str]:
    return await _through(SUPPLYING, graph, scope, await _matching(graph, scope, customers, at), at)


_FOLLOWED: Mapping[str, Follow] = {
    "worksFor": _employed,
    "memberOf": _joined,
    "capability": _capable,
    "suppliers": _supplied,
    "customers": _supplying,
}


async def _known(graph: Graph, scope: Scope, id: object) -> list[str]:
    """The id under which an organization stands now, if there is one."""
    return [agent.id for agent in (await agents(graph, scope, [str(id)])).values() if agent.label == "Organization"]


async def _matching(graph: Graph, scope: Scope, wanted: object, at: At) -> list[str]:
    """The organizations a filter inside a filter keeps."""
    written = alternatives(wanted) if isinstance(wanted, OrganizationFilter) else EVERYTHING
    kept = await _kept(graph, scope, written, at)
    return [row.id for row in await graph.read(MATCHING, scope, filter=kept.told)]


async def _through(query: cypher.Query[Id], graph: Graph, scope: Scope, ids: Sequence[str], at: At) -> frozenset[str]:
    if not ids:
        return frozenset()
    given = {"known": at.known_at or FOREVER, "day": at.as_of, "current": [str(one) for one in LIKELY]}
    return frozenset(row.id for row in await graph.read(query, scope, ids=ids, **given))
