"""What an entry says, gathered before it is written: nodes, claims and evidence, all of one source and class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from service.graph.model import Assertion, Batch, Evidence, NodeRecord, SourceRecord, Value

# From whom to whom is part of what these kinds say.
DIRECTED = frozenset({"DECLARED", "CORRESPONDENCE_SENT"})


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organization as claims name it: by its highest-ranked identity, so that they move with it."""

    id: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that is no agent, as claims name it."""

    id: str
    label: str

    @property
    def said(self) -> str:
        return f"{self.label} {self.id}"


End: TypeAlias = Party | Thing


@dataclass(slots=True)
class Saying:
    """What an entry says. The natural key of each record is the principal's name and the idempotency key, then `key`.

    A claim that repeats a natural key of this source takes the place of the one that stands.
    """

    natural: tuple[str, str]
    source: SourceRecord
    vis: int
    nodes: dict[str, NodeRecord] = field(default_factory=dict[str, NodeRecord])
    assertions: list[Assertion] = field(default_factory=list[Assertion])
    evidence: list[Evidence] = field(default_factory=list[Evidence])

    def node(self, label: str, id: str, name: str, **properties: Value) -> Thing:
        """A new node."""
        said = {key: value for key, value in properties.items() if value is not None}
        self.nodes[id] = NodeRecord(label, id, name, self.vis, self.source.id, None, said)
        return Thing(id, label)

    def claim(
        self,
        relation: str,
        a: End,
        b: End,
        *key: str,
        start: str | None = None,
        end: str | None = None,
        observed: tuple[str, ...] = (),
        unit: str | None = None,
        **attributes: Value,
    ) -> Assertion:
        """A new claim; `unit` names the records from which evidence is derived together, its first word the rule.

        `observed` are days on which it was seen to hold, for a claim that tells no end.
        """
        said = Assertion(
            relation,
            (*self.natural, *key),
            a.id,
            b.id,
            (a.said, b.said),
            self.source.id,
            self.vis,
            {name: value for name, value in attributes.items() if value is not None},
            start,
            end,
            observed,
            unit=unit,
            entered_by=self.natural[0],
        )
        self.assertions.append(said)
        return said

    def knows(self, kind: str, a: Party, b: Party, on: str) -> Evidence:
        """A new piece of evidence, from `a` to `b` where direction means something."""
        one, other = (a, b) if kind in DIRECTED or a.id < b.id else (b, a)
        said = Evidence(
            kind, one.id, other.id, on, self.source.id, self.vis, (), self.natural, entered_by=self.natural[0]
        )
        self.evidence.append(said)
        return said

    def batch(self) -> Batch:
        """All of it, as a load would say it."""
        return Batch((self.source,), {}, self.nodes, tuple(self.assertions), tuple(self.evidence))
