"""A society as the projection holds it, made from its columns: what is measured in memory needs no store."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bench.scale.society import KINDS, SOURCES, Ints, Society, Text
from network import strengths
from network.dates import micros
from network.incoming import AgentRow, Delta, SourceRow
from network.model import Model
from network.projection import Building, Projection
from network.rows import STANDING, Rows
from network.strength import BACKWARD, FORWARD, UNDIRECTED
from network.ties import Ties
from service.graph.model import digest

PUBLIC = 0
MEMBERS, STAFF = frozenset({0, 1}), frozenset({0, 1, 2})  # what these roles see: the plain classes up to their own
FIRST = micros("2026-11-01T08:00:00.000000Z")
IN_REVISION = 5000  # the writer commits so many records together
NOT_EVIDENCE = 2  # the revisions that wrote classes, agents and all other claims


def source_ids() -> list[str]:
    """The ids of the sources the evidence is from."""
    return [digest("src", f"bench/{number}") for number in range(SOURCES)]


def revisions(number: int) -> Ints:
    """The revision that wrote each of so many pieces of evidence."""
    return (NOT_EVIDENCE + 1 + np.arange(number) // IN_REVISION).astype(np.int32)


def projection(society: Society, model: Model) -> Projection:
    """The projection of a society, as reading its store would give it."""
    ties = _agents(society, model)
    said, numbers = society.evidence, np.arange(len(society.people), dtype=np.int32)
    start, end = numbers[said.start], numbers[said.end]
    ties, pair = ties.pairs(np.minimum(start, end), np.maximum(start, end))
    settled = replace(ties, tail=_rows(society, ties, pair)).settled()
    return Projection(settled, int(revisions(len(said))[-1]))


def _agents(society: Society, model: Model) -> Ties:
    building = Building(model)
    people = [AgentRow(id, PUBLIC, organization=False) for id in texts(society.people)]
    companies = [AgentRow(id, PUBLIC, organization=True) for id in texts(society.companies)]
    building.take(Delta(0, agents=[*people, *companies], sources=[SourceRow(id, PUBLIC) for id in source_ids()]))
    return building.done()[0]


def _rows(society: Society, ties: Ties, pair: Ints) -> Rows:
    said, names = society.evidence, list(model_kinds(ties.table.names))
    kind = np.array(names, dtype=np.int8)[said.kind]
    weight = said.confidence * said.intensity
    ahead = np.where(said.start < said.end, FORWARD, BACKWARD)
    lasting = said.since > 0
    return Rows(
        id=said.id,
        pair=pair,
        kind=kind,
        direction=np.where(ties.table.directed[kind], ahead, UNDIRECTED).astype(np.int8),
        begins=np.where(lasting, said.since, said.on).astype(np.int32),
        on=said.on,
        interval=lasting,
        weight=weight,
        full=strengths.full(kind, weight, ties.table),
        vis=said.vis,
        recorded=FIRST + revisions(len(said)).astype(np.int64) * 1_000_000,
        retracted=np.full(len(said), STANDING, dtype=np.int64),
        source=said.source,
    )


def model_kinds(names: Sequence[str]) -> list[int]:
    """The number the model gives each kind that is drawn."""
    return [list(names).index(kind) for kind in KINDS]


def texts(ids: Text) -> list[str]:
    """Ids as text."""
    return [id.decode() for id in ids.tolist()]
