"""What a server answers about people, organizations and claims, in small dataclasses that say what the contract says.

Words of the contract (`band`, `outcome`, `current`, ...) stay text, so that a new one needs no new client. Days are
`date`, moments `datetime`; what a source wrote as a date (`2019`, `2019-05`, `..`) stays as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Thing:
    """Anything with an id: `kind` is its type in the contract, `Person` or `Organization` for whoever can know."""

    id: str
    kind: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a scheme calls an agent."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person."""

    id: str
    name: str
    other_names: tuple[str, ...]
    merged_ids: tuple[str, ...]
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """A company, association, public body, team or committee: which, stands in `kinds`."""

    id: str
    name: str
    other_names: tuple[str, ...]
    merged_ids: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    kinds: tuple[str, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, and what they may see."""

    name: str
    roles: tuple[str, ...]
    visibilities: tuple[str, ...]
    compartments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found by one of its names: `label` is the name that matched."""

    node: Thing
    kind: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who says so, where in the source, since when it is known here, and who may see it."""

    source: Thing
    locator: str | None
    recorded_at: datetime
    retracted_at: datetime | None
    confidence: float
    visibility: str
    compartments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person works for an organization or is a director of it."""

    id: str
    person: Thing
    organization: Thing
    role: str | None
    start: str | None
    end: str | None
    current: str
    disputed: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class PostHolding:
    """A person holds a post."""

    id: str
    person: Thing
    post: Thing
    start: str | None
    end: str | None
    current: str
    disputed: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Membership:
    """A person or organization is a member of an organization."""

    id: str
    member: Thing
    organization: Thing
    role: str | None
    start: str | None
    end: str | None
    current: str
    disputed: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CapabilityClaim:
    """An organization can do something."""

    id: str
    organization: Thing
    capability: Thing
    level: str | None
    verified: bool
    start: str | None
    end: str | None
    current: str
    disputed: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Supply:
    """An organization supplies another."""

    id: str
    supplier: Thing
    customer: Thing
    capability: Thing | None
    start: str | None
    end: str | None
    current: str
    disputed: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody asks somebody to introduce them to somebody."""

    id: str
    requester: Thing
    introducer: Thing
    target: Thing
    status: str
    concerning: str | None
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class Interlock:
    """An organization in which several of the people asked about are."""

    organization: Thing
    people: tuple[Thing, ...]
