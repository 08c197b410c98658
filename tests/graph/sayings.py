"""Small batches, written as sources would say them, and the whole graph as plain data to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from service.engines.protocol import Engine
from service.graph.model import (
    AgentKind,
    Assertion,
    Batch,
    Evidence,
    Identity,
    Mode,
    NodeRecord,
    SourceRecord,
    Value,
    digest,
)
from service.graph.record.write import Outcome, load
from service.graph.store import Graph

NOW = "2026-11-24T06:34:28.000000Z"
NODES = """
MATCH (n) WHERE NOT n:Migration AND NOT n:VisibilityClass AND NOT n:Revision
RETURN labels(n) AS labels, properties(n) AS properties
"""
RELATIONSHIPS = "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS properties"
STAMPS = frozenset({"recordedAt", "revision", "retractedAt"})
Json = dict[str, object]


def graph(engine: Engine, now: str = NOW) -> Graph:
    return Graph(engine, lambda: now)


def person(value: str, scheme: str = "name") -> Identity:
    return Identity(AgentKind.PERSON, scheme, value)


def organization(value: str, scheme: str = "name") -> Identity:
    return Identity(AgentKind.ORGANIZATION, scheme, value)


_PREFIXES = {"Event": "evt", "Post": "pst", "Meeting": "mtg", "Capability": "cap", "Certification": "cer"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that is no agent, as a source names it."""

    label: str
    name: str

    @property
    def id(self) -> str:
        return digest(_PREFIXES[self.label], self.name)

    def __str__(self) -> str:
        return f"{self.label} {self.name}"


@dataclass(slots=True)
class Saying:
    """What one source says; each call adds a line."""

    slug: str
    mode: Mode = Mode.HISTORY
    vis: int = 0
    assertions: list[Assertion] = field(default_factory=list[Assertion])
    evidence: list[Evidence] = field(default_factory=list[Evidence])
    nodes: dict[str, NodeRecord] = field(default_factory=dict[str, NodeRecord])
    mentioned: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def record(self) -> SourceRecord:
        return SourceRecord(self.slug, self.slug.title(), self.mode, self.vis, publisher="Registrar")

    def names(self, who: Identity, *spellings: str, vis: int | None = None) -> Saying:
        return self._identify(who, who, spellings, vis)

    def joins(self, known: Identity, other: Identity) -> Saying:
        return self._identify(known, other, (), None)

    def says(
        self,
        relation: str,
        a: Identity | Thing,
        b: Identity | Thing,
        *key: str,
        start: str | None = None,
        end: str | None = None,
        observed: Sequence[str] = (),
        confidence: float = 1.0,
        unit: str | None = None,
        vis: int | None = None,
        **attributes: Value,
    ) -> Saying:
        said = Assertion(
            relation,
            key or (str(a), str(b)),
            self._id(a),
            self._id(b),
            (str(a), str(b)),
            self.record.id,
            self.vis if vis is None else vis,
            attributes,
            start,
            end,
            tuple(observed),
            confidence,
            self._line(),
            unit,
        )
        self.assertions.append(said)
        for end_ in (a, b):
            if isinstance(end_, Thing):
                self.shows(end_)
        return self

    def shows(self, thing: Thing, vis: int | None = None, **properties: Value) -> Saying:
        seen = self.vis if vis is None else vis
        record = NodeRecord(thing.label, thing.id, thing.name, seen, self.record.id, None, properties)
        self.nodes.setdefault(thing.id, record)
        return self

    def knows(self, kind: str, a: Identity, b: Identity, on: str, *key: str) -> Saying:
        one, other = sorted((a.agent, b.agent))
        record = Evidence(kind, one, other, on, self.record.id, self.vis, (), key or (str(a), str(b)))
        self.evidence.append(record)
        return self

    def without(self, line: int) -> Saying:
        """The same without one of its lines."""
        return replace(self, assertions=[one for one in self.assertions if one.locator != f"line {line}"])

    def _identify(self, known: Identity, other: Identity, names: tuple[str, ...], vis: int | None) -> Saying:
        said = Assertion(
            "IDENTIFIED_BY",
            (str(known), str(other)),
            known.agent,
            other.id,
            (str(known), str(other)),
            self.record.id,
            self.vis if vis is None else vis,
            locator=self._line(),
            names=names,
        )
        self.assertions.append(said)
        return self

    def _line(self) -> str:
        return f"line {len(self.assertions) + 1}"

    def _id(self, end: Identity | Thing) -> str:
        return end.agent if isinstance(end, Identity) else end.id


def batch(*sayings: Saying, registers: dict[str, str] | None = None) -> Batch:
    shown = [node for saying in sayings for node in saying.nodes.values()]
    nodes = {node.id: node for node in reversed(shown)}
    return Batch(
        tuple(saying.record for saying in sayings),
        {},
        nodes,
        tuple(one for saying in sayings for one in saying.assertions),
        tuple(one for saying in sayings for one in saying.evidence),
        registers or {},
        tuple(node for node in shown if node is not nodes[node.id]),
    )


async def loaded(store: Graph, *sayings: Saying, registers: dict[str, str] | None = None) -> Outcome:
    return await load(store, batch(*sayings, registers=registers), allow_shrink=True)


async def contents(engine: Engine, *, leaving_out: Iterable[str] = ("ImportBatch", "Erased")) -> list[Json]:
    """Everything in the graph in a fixed order, but for moments and revisions; what was taken back says so."""
    out = frozenset(leaving_out)
    nodes = [row for row in await engine.read(NODES, {}) if not out & _labels(row)]
    rows = [
        *({"labels": sorted(_labels(row)), **_plain(row)} for row in nodes),
        *(
            {"type": row["type"], "a": row["a"], "b": row["b"], **_plain(row)}
            for row in await engine.read(RELATIONSHIPS, {})
        ),
    ]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=str))


async def relations(engine: Engine, relation: str, *names: str) -> list[tuple[object, ...]]:
    """The chosen properties of every relationship of a type, in order."""
    rows = await engine.read(RELATIONSHIPS, {})
    found = [_properties(row) for row in rows if row["type"] == relation]
    return sorted((tuple(_tupled(one.get(name)) for name in names) for one in found), key=str)


async def nodes(engine: Engine, label: str, *names: str) -> list[tuple[object, ...]]:
    """The chosen properties of every node of a label, in order."""
    found = [_properties(row) for row in await engine.read(NODES, {}) if label in _labels(row)]
    return sorted((tuple(_tupled(one.get(name)) for name in names) for one in found), key=str)


def _plain(row: Json) -> Json:
    properties = _properties(row)
    kept = {name: value for name, value in sorted(properties.items()) if name not in STAMPS}
    return {**kept, "takenBack": "retractedAt" in properties}


def _properties(row: Json) -> Json:
    return cast("Json", row["properties"])


def _labels(row: Json) -> frozenset[str]:
    return frozenset(cast("list[str]", row["labels"]))


def _tupled(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
