"""The records that loaders, the demo and hand-made entries give to the writer.

Everything here is plain data: no graph, no clock. A record names its ends twice: as the source
identifies them (`ends`, part of the content) and as the agents those identities resolve to.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | list[str] | None

IDENTIFIED_BY = "IDENTIFIED_BY"  # the claim that an agent has an identity
IDENTIFIER_RANKS = ("f1db", "parliament", "gb-coh", "twfy")  # highest first; a plain name ranks last

# Base 32 two letters at a time: the standard library's is eight times slower, and a load makes hundreds of thousands.
_PAIRS = ["".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)]
_SHIFTS = range(110, -1, -10)


def digest(prefix: str, *parts: object) -> str:
    """An id of 28 characters: the prefix, then 15 bytes of BLAKE2b over the parts as a JSON array."""
    text = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    number = int.from_bytes(hashlib.blake2b(text, digest_size=15).digest(), "big")
    return prefix + "-" + "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


class AgentKind(StrEnum):
    """What an identity can be of; the value is the agent's label."""

    PERSON = "Person"
    ORGANIZATION = "Organization"


AGENT_KINDS = frozenset(AgentKind)


class BatchStatus(StrEnum):
    """How far a load has come, as the graph remembers it."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class Mode(StrEnum):
    """What a source's silence means: see `docs/loading.md`."""

    HISTORY = "HISTORY"  # what the newest file no longer carries is retracted
    REGISTER = "REGISTER"  # a dated list of who was in it
    LOG = "LOG"  # it only adds


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """An agent as a scheme knows it: `Identity(AgentKind.PERSON, "parliament", "4778")`."""

    kind: AgentKind
    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.scheme}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> Identity | None:
        """The identity a text stands for; None where it names something that is no agent."""
        kind, _, rest = text.partition(" ")
        scheme, found, value = rest.partition(":")
        return cls(AgentKind(kind), scheme, value) if kind in AGENT_KINDS and found else None

    @property
    def rank(self) -> tuple[int, str, str]:
        """Sorts the identity that names the agent first."""
        if self.scheme in IDENTIFIER_RANKS:
            return IDENTIFIER_RANKS.index(self.scheme), self.scheme, self.value
        return len(IDENTIFIER_RANKS) + (self.scheme == "name"), self.scheme, self.value

    @property
    def agent(self) -> str:
        """The id of an agent whose highest-ranked identity this is."""
        return digest("per" if self.kind is AgentKind.PERSON else "org", self.scheme, self.value)

    @property
    def id(self) -> str:
        """The id of the Identifier node."""
        return digest("idn", self.kind, self.scheme, self.value)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One file or feed that says things; `mode` is what its silence means."""

    slug: str  # motorsport-uk/appg_memberships
    title: str
    mode: Mode
    vis: int
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    retrieved_at: str | None = None

    @property
    def id(self) -> str:
        return digest("src", self.slug)


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """A person or organization after all identities are resolved."""

    id: str
    kind: AgentKind
    name: str
    other_names: tuple[str, ...]
    other_names_vis: tuple[int, ...]
    identities: tuple[Identity, ...]  # highest rank first
    vis: int  # least strict class of the records that mention it
    kinds: tuple[str, ...] = ()  # what an organization is: supplier, race team, committee ...
    country: str | None = None


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """A node that is no agent.

    Post, Event, Capability, Sector, Certification, Issue, Meeting, CardExchange or Introduction.
    """

    label: str
    id: str
    name: str
    vis: int
    source: str  # id of the Source that first named it
    locator: str | None = None
    properties: Mapping[str, Value] = field(default_factory=dict[str, Value])  # start, end, on, status, altLabels, ...


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim: a typed relationship in its envelope, before it has an id.

    `ends` is how the source identifies both ends; with `type`, `attributes`, dates and confidence it is
    the content. `unit` names what is written and derived together, its first word the rule of derivation
    (`race:f1db:898`, `group:motor`); None for a claim from which no evidence follows.
    """

    type: str
    natural_key: tuple[str, ...]
    a: str
    b: str
    ends: tuple[str, str]
    source: str
    vis: int
    attributes: Mapping[str, Value] = field(default_factory=dict[str, Value])
    start: str | None = None
    end: str | None = None
    observed: tuple[str, ...] = ()
    confidence: float = 1.0
    locator: str | None = None
    unit: str | None = None
    # IDENTIFIED_BY only: the spellings this source uses and what else it says of the agent; never content.
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    country: str | None = None
    entered_by: str | None = None  # the principal who recorded it by hand: no load of its source takes it back

    @property
    def key(self) -> str:
        """What the record is about."""
        return digest("key", self.source, self.type, *self.natural_key)

    @property
    def content(self) -> str:
        """What the record says of it; equal content of one key is the same claim."""
        said = {name: value for name, value in self.attributes.items() if value is not None}
        return digest("con", self.type, self.ends, said, self.start, self.end, self.confidence)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence that two agents know each other, before it has an id.

    Directed kinds run from `a` to `b`; otherwise `a < b`. `since` is absent for a point in time.
    `about` holds the ids of the claims and records it follows from.
    """

    kind: str
    a: str
    b: str
    on: str
    source: str
    vis: int
    about: tuple[str, ...]
    natural_key: tuple[str, ...]
    since: str | None = None
    intensity: float = 1.0
    confidence: float = 1.0
    locator: str | None = None
    unit: str | None = None  # None: asserted by the source itself, not derived
    entered_by: str | None = None
    relabelled_by: str | None = None  # who gave it a class of its own, which no load takes back
    version: tuple[str, ...] = ()  # the level and compartments that tell it from a less strict record of the same
    # The records it takes the place of for whoever sees both: keys while it is derived, ids once it is to be stored.
    # Naming itself it says that nothing is left of them.
    instead: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the record is about; derived records are keyed by kind, ends, unit and since, and by their version."""
        if self.unit is None:
            return digest("key", self.source, "KNOWS", *self.natural_key)
        ends = sorted((self.a, self.b))
        return digest("key", "KNOWS", self.kind, ends, self.unit, self.since, *(self.version and [self.version]))

    @property
    def content(self) -> str:
        """What the record says of it."""
        said = (self.since, self.on, self.intensity, self.confidence, self.about)
        return digest("con", self.kind, self.a, self.b, *said, *(self.instead and [self.instead]))


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one load says, resolved and ready to be compared with what stands."""

    sources: tuple[SourceRecord, ...]
    agents: Mapping[str, AgentRecord]
    nodes: Mapping[str, NodeRecord]
    assertions: tuple[Assertion, ...]
    evidence: tuple[Evidence, ...] = ()  # asserted by a source itself; derived evidence is the writer's
    registers: Mapping[str, str] = field(default_factory=dict[str, str])  # unit -> day of the register that lists it
    retold: tuple[NodeRecord, ...] = ()  # what further sources of the load say of the same nodes


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that stands in the graph, or is about to: an assertion in its envelope, with its id."""

    type: str
    key: str
    id: str
    a: str
    b: str
    ends: tuple[str, ...]
    source: str
    vis: int
    confidence: float
    recorded_at: str  # LATER while it is not written yet
    locator: str | None = None
    start: str | None = None
    end: str | None = None
    observed: tuple[str, ...] | None = None
    unseen: tuple[str, ...] | None = None
    unit: str | None = None
    # What derivation and contradictions look at; a claim carries further attributes in the graph.
    role: str | None = None
    level: str | None = None
    status: str | None = None
    kind: str | None = None
    on: str | None = None
    swapped: bool | None = None
    amount: float | None = None
    amount_min: float | None = None
    amount_max: float | None = None
    share_min: float | None = None
    share_max: float | None = None
    # IDENTIFIED_BY: how the source spells the agent and what else it says of it; never content.
    names: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    country: str | None = None
    entered_by: str | None = None
    relabelled_by: str | None = None
    retracted_at: str | None = None


LATER = "~"  # sorts behind every moment
