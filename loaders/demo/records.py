"""Where the generator writes: agents, things, claims and direct evidence on their way to a batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from service.graph.model import (
    IDENTIFIED_BY,
    AgentKind,
    AgentRecord,
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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.demo.pack import Voice

PUBLIC, MEMBERS, STAFF, LOBBYING = range(4)
LEVELS = {"PUBLIC": PUBLIC, "MEMBERS": MEMBERS, "STAFF": STAFF, "LOBBYING": LOBBYING}
DIRECTED = frozenset({"DECLARED", "CARD_GIVEN", "CORRESPONDENCE_SENT"})


@dataclass(slots=True)
class Party:
    """A person or organization of the invented world, all its identities joined already."""

    kind: AgentKind
    identities: list[Identity]
    kinds: tuple[str, ...] = ()
    country: str | None = None
    vis: int = LOBBYING
    names: dict[str, int] = field(default_factory=dict[str, int])
    id: str = ""
    said: str = ""

    def __post_init__(self) -> None:
        self.id, self.said = self.identities[0].agent, str(self.identities[0])

    def by(self, scheme: str) -> Alias:
        """The party as somebody who uses that scheme says it."""
        return Alias(self.id, next(str(known) for known in self.identities if known.scheme == scheme))

    def record(self) -> AgentRecord:
        (name, _), *others = self.names.items()
        return AgentRecord(
            self.id,
            self.kind,
            name,
            tuple(other for other, _ in others),
            tuple(vis for _, vis in others),
            tuple(self.identities),
            self.vis,
            self.kinds,
            self.country,
        )


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that is no agent, and how a source puts it."""

    id: str
    said: str
    name: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A party as a source knows it that does not use its first identity."""

    id: str
    said: str


End: TypeAlias = Party | Alias | Thing


class Ledger:
    """Everything said so far. Rows are numbered source by source, so each record has its place in one."""

    def __init__(self, voices: Iterable[Voice]) -> None:
        self.sources = {voice.key: _source(voice) for voice in voices}
        self._rows = dict.fromkeys(self.sources, 0)
        self._parties: dict[str, Party] = {}
        self._nodes: dict[str, NodeRecord] = {}
        self._claims: list[Assertion] = []
        self._said: set[tuple[str, ...]] = set()
        self._evidence: list[Evidence] = []
        self._registers: dict[str, str] = {}
        self._told: dict[tuple[str, str, str], int] = {}  # where each source tells each identity
        self._named: dict[str, int] = {}  # where each party is named first

    def _repeats(self, *said: str) -> bool:
        """Whether a list has said that before: the dice may draw one thing twice."""
        before = len(self._said)
        self._said.add(said)
        return len(self._said) == before

    def _locator(self, source: str) -> str:
        self._rows[source] += 1
        return f"row {self._rows[source]}"

    def party(
        self,
        source: str,
        identity: Identity,
        name: str,
        vis: int,
        *,
        kinds: tuple[str, ...] = (),
        country: str | None = None,
    ) -> Party:
        """A new person or organization, as the source that names it first knows it."""
        party = Party(identity.kind, [identity], kinds, country)
        if party.id in self._parties:
            raise ValueError(f"{identity} is already somebody: {self._parties[party.id].names}")
        self._parties[party.id] = party
        self.named(source, party, name, vis)
        return party

    def named(self, source: str, party: Party, name: str, vis: int, *, by: Identity | None = None) -> None:
        """Say that a source calls a party so, knowing it by its first identity or by another one it has."""
        self._identified(source, party, by or party.identities[0], by or party.identities[0], name, vis)

    def joined(self, source: str, party: Party, other: Identity, name: str, vis: int) -> None:
        """Say that one row of a source gives a party a second identity, which ranks lower than its first."""
        if other.rank < party.identities[0].rank:
            raise ValueError(f"{other} would take the name away from {party.said}")
        party.identities.append(other)
        party.identities.sort(key=lambda identity: identity.rank)
        self._identified(source, party, party.identities[0], other, name, vis)

    def _identified(self, source: str, party: Party, known: Identity, other: Identity, name: str, vis: int) -> None:
        ends = (str(known), str(other))
        self._note(party, vis)
        party.names[name] = min(vis, party.names.get(name, vis))
        self._named.setdefault(party.id, len(self._claims))
        told = self._told.setdefault((source, *ends), len(self._claims))
        if told < len(self._claims):
            self._claims[told] = replace(self._claims[told], names=(*self._claims[told].names, name))
            return
        self._claims.append(
            Assertion(
                IDENTIFIED_BY,
                ends,
                party.id,
                other.id,
                ends,
                self.sources[source].id,
                vis,
                locator=self._locator(source),
                names=(name,),
            )
        )

    def thing(
        self, source: str, label: str, key: str, name: str, vis: int, *, prefix: str, **properties: Value
    ) -> Thing:
        """A new node that is no agent."""
        thing = Thing(digest(prefix, "demo", key), f"{label} {key}", name)
        said = {said: value for said, value in properties.items() if value is not None}
        source_id, locator = self.sources[source].id, self._locator(source)
        self._nodes[thing.id] = NodeRecord(label, thing.id, name, vis, source_id, locator, said)
        return thing

    def claim(
        self,
        source: str,
        relation: str,
        a: End,
        b: End,
        vis: int,
        *key: str,
        start: str | None = None,
        end: str | None = None,
        observed: tuple[str, ...] = (),
        confidence: float = 1.0,
        unit: str | None = None,
        **attributes: Value,
    ) -> None:
        """One claim; `key` is what tells it from others between the same two ends, and a list says it once."""
        if self._repeats(source, relation, a.said, b.said, *key):
            return
        self._note(a, vis)
        self._note(b, vis)
        self._claims.append(
            Assertion(
                relation,
                (a.said, b.said, *key),
                a.id,
                b.id,
                (a.said, b.said),
                self.sources[source].id,
                vis,
                {name: value for name, value in attributes.items() if value is not None},
                start,
                end,
                observed,
                confidence,
                self._locator(source),
                unit,
            )
        )

    def knows(
        self,
        source: str,
        kind: str,
        a: Party,
        b: Party,
        on: str,
        vis: int,
        *key: str,
        since: str | None = None,
        confidence: float = 1.0,
    ) -> None:
        """One piece of evidence that a source gives itself, from `a` to `b` where direction means something."""
        if kind not in DIRECTED and b.id < a.id:
            a, b = b, a
        if self._repeats(source, kind, a.said, b.said, on, *key):
            return
        self._note(a, vis)
        self._note(b, vis)
        self._evidence.append(
            Evidence(
                kind,
                a.id,
                b.id,
                on,
                self.sources[source].id,
                vis,
                (),
                (kind, a.said, b.said, on, *key),
                since,
                1.0,
                confidence,
                self._locator(source),
            )
        )

    def register(self, unit: str, day: str) -> None:
        """Note the day of the register that lists a unit now."""
        self._registers[unit] = day

    def _open(self, party: Party) -> None:
        """Show the name to whoever may see the party: its first naming is as open as its most open record."""
        at = self._named[party.id]
        self._claims[at] = replace(self._claims[at], vis=party.vis)
        party.names[next(iter(party.names))] = party.vis

    def _note(self, end: End, vis: int) -> None:
        party = self._parties.get(end.id)
        if party is not None:
            party.vis = min(party.vis, vis)

    def batch(self) -> Batch:
        """All of it."""
        for party in self._parties.values():
            self._open(party)
        return Batch(
            tuple(self.sources.values()),
            {party.id: party.record() for party in self._parties.values()},
            self._nodes,
            tuple(self._claims),
            tuple(self._evidence),
            self._registers,
        )


def _source(voice: Voice) -> SourceRecord:
    return SourceRecord(
        f"demo/{voice.key}",
        voice.title,
        Mode(voice.mode),
        LEVELS[voice.vis],
        voice.publisher,
        None,
        voice.licence,
        voice.retrieved_at,
    )
