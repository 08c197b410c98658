"""What a look at a store tells: how much it holds, how far it has come, and what is not as it should be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import cypher
from network.dates import moment
from service.engines.protocol import SchemaItem
from service.graph.migrations import migrations
from service.graph.model import BatchStatus
from service.graph.questions.nodes import entities
from service.graph.questions.rows import Source
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each; evidence counts what stands."""

    people: int
    organizations: int
    posts: int
    capabilities: int
    events: int
    sources: int
    evidence: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A load that began and did not end."""

    id: str
    status: str
    sources: tuple[str, ...]
    recorded_at: str


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a store; `findings` say what is wrong and what to do about it."""

    engine: str
    revision: int
    last_recorded_at: str | None
    migrations: int
    schema: int
    counts: Counts
    findings: tuple[str, ...]


COUNTS = cypher.query("store/counts", Counts)
INTERRUPTED = cypher.query("import_batch/open", Interrupted)


async def examine(graph: Graph, scope: Scope) -> Health:
    """What a scope may know of the state of a migrated store."""
    counts, cut, position, schema = await asyncio.gather(
        graph.read(COUNTS, scope),
        graph.read(INTERRUPTED, scope, status=BatchStatus.OPEN.value),
        graph.position(),
        graph.engine.schema(),
    )
    steps = migrations()
    return Health(
        engine=graph.engine.name,
        revision=position.number,
        last_recorded_at=moment(position.micros) if position.number else None,
        migrations=len(steps),
        schema=len(schema),
        counts=counts[0],
        findings=(*await _cut_off(graph, scope, cut), *_missing(schema, len(steps))),
    )


async def _cut_off(graph: Graph, scope: Scope, found: Iterable[Interrupted]) -> list[str]:
    """A sentence for each load that did not end, naming what it loaded."""
    told: list[str] = []
    for batch in found:
        sources = await entities(graph, scope, batch.sources)
        titles = sorted(source.title for source in sources.values() if isinstance(source, Source))
        again = ", ".join(titles) or "the same files"
        told.append(f"a load that began at {batch.recorded_at} was cut off; to finish it, load again: {again}")
    return told


def _missing(schema: Iterable[SchemaItem], expected: int) -> list[str]:
    """A sentence where somebody has taken constraints or indexes away."""
    gone = expected - len(list(schema))
    return [f"{gone} constraints or indexes are missing; dump this store and restore it into a new one"] * (gone > 0)
