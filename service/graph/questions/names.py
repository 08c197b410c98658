"""What somebody means who writes a name, an identifier or an id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.errors import Code, ServiceError
from service.graph.questions import agents
from service.graph.questions.nodes import entities, node
from service.graph.questions.rows import Agent, Capability, Entity, EntityKind, Event, Issue, Post
from service.graph.questions.search import EVERYTHING, Match, Ranked, ranked
from service.graph.store import Graph, Scope

SHOWN = 10
_KINDS: dict[type[Entity], EntityKind] = {
    Post: EntityKind.POST,
    Capability: EntityKind.CAPABILITY,
    Event: EntityKind.EVENT,
    Issue: EntityKind.ISSUE,
}


@dataclass(frozen=True, slots=True)
class Meant:
    """The one thing that is meant, or else the candidates, best first: none, or several with equal right."""

    entity: Entity | None
    candidates: tuple[Entity, ...] = ()


async def resolve(graph: Graph, scope: Scope, text: str, kinds: Sequence[EntityKind] = EVERYTHING) -> Meant:
    """What a text means: an id, `scheme:value`, a name that one thing has, or words that only one name holds."""
    known = await node(graph, scope, text.strip()) or await _identified(graph, scope, text.strip())
    if known is not None and kind_of(known) in kinds:
        return Meant(known)
    found = await _named(graph, scope, text, kinds)
    shown = found if found and found[0].match is Match.EXACT else found[:SHOWN]
    nodes = await entities(graph, scope, [row.id for row in shown])
    candidates = tuple(nodes[row.id] for row in shown if row.id in nodes)
    if len(candidates) == 1 and found[0].match is not Match.PREFIXES:
        return Meant(candidates[0])
    return Meant(None, candidates)


def kind_of(entity: Entity) -> EntityKind | None:
    """The kind a thing is searched as; None for claims, sources and records."""
    if isinstance(entity, Agent):
        return EntityKind(entity.label.upper())
    return _KINDS.get(type(entity))


async def _identified(graph: Graph, scope: Scope, text: str) -> Agent | None:
    scheme, mark, value = text.partition(":")
    return await agents.agent(graph, scope, scheme, value) if mark and scheme and value else None


async def _named(graph: Graph, scope: Scope, text: str, kinds: Sequence[EntityKind]) -> list[Ranked]:
    """All that is named exactly so, or where nothing is, all that has a name like it."""
    try:
        found = await ranked(graph, scope, text, kinds)
    except ServiceError as error:
        if error.code is not Code.BAD_USER_INPUT:
            raise
        return []
    exact = [row for row in found if row.match is Match.EXACT]
    return exact or found
