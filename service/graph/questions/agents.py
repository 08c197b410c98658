"""People and organizations, and what stands beside their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import cypher
from cypher.rows import record
from service.graph.model import AgentKind, Identity
from service.graph.questions.rows import Agent, Capability, Event, Identifier
from service.graph.store import Graph, Reader, Scope

KEPT = 1 << 15  # ids that identifiers give: some megabytes


@record(frozen=True, slots=True)
class Identifiers:
    parent: str
    rows: tuple[Identifier, ...]


@record(frozen=True, slots=True)
class Merged:
    parent: str
    merged: tuple[str, ...]


@record(frozen=True, slots=True)
class AskedAgent:
    """An agent beside the id it was asked by."""

    asked: str
    agent: Agent


@record(frozen=True, slots=True)
class AskedEvent:
    asked: str
    event: Event


@record(frozen=True, slots=True)
class AskedCapability:
    asked: str
    capability: Capability


BY_ID = cypher.query("agent/by_id", Agent)
BY_FORMER_ID = cypher.query("agent/by_former_id", AskedAgent)
BY_IDENTIFIER = cypher.query("agent/by_identifier", Agent)
IDENTIFIERS = cypher.query("agent/identifiers", Identifiers)
MERGED = cypher.query("agent/merged_ids", Merged)
POST_ORGANIZATIONS = cypher.query("post/organizations", AskedAgent)
WHOLES = cypher.query("event/wholes", AskedEvent)
BROADER = cypher.query("capability/broader", AskedCapability)
NARROWER = cypher.query("capability/narrower", AskedCapability)


async def agents(graph: Reader, scope: Scope, ids: Sequence[str]) -> dict[str, Agent]:
    """The agents with these ids; an id made from an identifier of lower rank gives the agent that holds it now."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    found = {agent.id: agent for agent in await graph.read(BY_ID, scope, ids=wanted)}
    missing = [id for id in wanted if id not in found]
    if missing:
        rows = await graph.read(BY_FORMER_ID, scope, ids=missing)
        found |= {row.asked: row.agent for row in reversed(rows)}
    return found


async def person(graph: Graph, scope: Scope, id: str) -> Agent | None:
    """The person with this id."""
    return await _labelled(graph, scope, id, "Person")


async def organization(graph: Graph, scope: Scope, id: str) -> Agent | None:
    """The organization with this id."""
    return await _labelled(graph, scope, id, "Organization")


async def _labelled(graph: Graph, scope: Scope, id: str, label: str) -> Agent | None:
    found = (await agents(graph, scope, [id])).get(id)
    return found if found is not None and found.label == label else None


async def agent(graph: Graph, scope: Scope, scheme: str, value: str) -> Agent | None:
    """The agent a scheme knows by a value; where it means an organization and a person, the organization."""
    rows = await graph.read(BY_IDENTIFIER, scope, scheme=scheme, value=value)
    return rows[0] if rows else None


async def identifiers(graph: Reader, scope: Scope, ids: Sequence[str]) -> dict[str, tuple[Identifier, ...]]:
    """What schemes call each of these agents, by scheme, then value."""
    rows = await graph.read(IDENTIFIERS, scope, ids=list(dict.fromkeys(ids)))
    found = {row.parent: row.rows for row in rows}
    return {id: found.get(id, ()) for id in ids}


async def merged(graph: Reader, scope: Scope, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The ids that lead to each of these agents too, where its identifiers themselves are not asked for."""
    rows = await graph.read(MERGED, scope, ids=list(dict.fromkeys(ids)))
    return {row.parent: row.merged for row in rows}


def merged_ids(id: str, known_by: Sequence[Identifier]) -> tuple[str, ...]:
    """The ids that lead to this agent too: those its other identifiers would have given it."""
    made = {_made(one.kind, one.scheme, one.value) for one in known_by}
    return tuple(sorted(made - {id}))


@lru_cache(maxsize=KEPT)
def _made(kind: str, scheme: str, value: str) -> str:
    """The id an identifier gives; kept, as long lists ask it of the same people again and again."""
    return Identity(AgentKind(kind), scheme, value).agent


async def post_organizations(graph: Graph, scope: Scope, posts: Sequence[str]) -> dict[str, Agent]:
    """The organization each of these posts is in; of several, the one whose id comes first."""
    rows = await graph.read(POST_ORGANIZATIONS, scope, ids=list(dict.fromkeys(posts)))
    return {row.asked: row.agent for row in reversed(rows)}


async def wholes(graph: Graph, scope: Scope, events: Sequence[str]) -> dict[str, Event]:
    """The event each of these events is a part of."""
    rows = await graph.read(WHOLES, scope, ids=list(dict.fromkeys(events)))
    return {row.asked: row.event for row in reversed(rows)}


async def broader(graph: Graph, scope: Scope, capabilities: Sequence[str]) -> dict[str, tuple[Capability, ...]]:
    """The capabilities just above each of these, by name."""
    return _grouped(capabilities, await graph.read(BROADER, scope, ids=list(dict.fromkeys(capabilities))))


async def narrower(graph: Graph, scope: Scope, capabilities: Sequence[str]) -> dict[str, tuple[Capability, ...]]:
    """The capabilities just below each of these, by name."""
    return _grouped(capabilities, await graph.read(NARROWER, scope, ids=list(dict.fromkeys(capabilities))))


def _grouped(asked: Sequence[str], rows: Sequence[AskedCapability]) -> dict[str, tuple[Capability, ...]]:
    found = defaultdict[str, list[Capability]](list)
    for row in rows:
        found[row.asked].append(row.capability)
    return {id: tuple(found[id]) for id in asked}
