"""What stands along routes: the agents, and the evidence that is told with them, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cypher
from cypher.rows import record
from service.graph.questions.clocks import At
from service.graph.questions.memory import Memory
from service.graph.questions.presence import named
from service.graph.questions.rows import Agent, Evidence, Source
from service.graph.store import Graph, Scope


@record(frozen=True, slots=True)
class Between:
    """A piece of evidence between two agents that are read beside it, as its source is."""

    id: str
    source: str
    locator: str | None
    recorded_at: str
    retracted_at: str | None
    confidence: float
    vis: int
    kind: str
    since: str | None
    on: str
    intensity: float
    about: tuple[str, ...]
    a: str
    b: str


@record(frozen=True, slots=True)
class Along:
    """Evidence with the agents at its ends and its sources, each once."""

    agents: tuple[Agent, ...]
    sources: tuple[Source, ...]
    evidence: tuple[Between, ...]


ALONG = cypher.query("route/along", Along)


async def along(
    graph: Graph, memory: Memory, scope: Scope, ids: Sequence[str], evidence: Sequence[str], at: At
) -> tuple[dict[str, Agent], dict[str, Evidence]]:
    """Agents and evidence by their ids; agents that no evidence touches take a statement of their own."""
    if not evidence:
        return await named(graph, memory, scope, ids, at), {}
    (found,) = await graph.read(ALONG, scope, evidence=list(evidence))
    met = {agent.id: agent for agent in found.agents}
    sources = {source.id: source for source in found.sources}
    rest = [id for id in ids if id not in met]
    rows = {row.id: _joined(row, met, sources) for row in found.evidence}
    return met | await named(graph, memory, scope, rest, at), rows


def _joined(row: Between, met: Mapping[str, Agent], sources: Mapping[str, Source]) -> Evidence:
    return Evidence(
        id=row.id,
        source=sources[row.source],
        locator=row.locator,
        recorded_at=row.recorded_at,
        retracted_at=row.retracted_at,
        confidence=row.confidence,
        vis=row.vis,
        kind=row.kind,
        since=row.since,
        on=row.on,
        intensity=row.intensity,
        about=row.about,
        a=met[row.a],
        b=met[row.b],
    )
