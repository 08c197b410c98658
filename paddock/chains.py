"""Supply chains, what holds them together, who in them can help, and cards: as they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from paddock.answers import CapabilityClaim, Supply, Thing
from paddock.frames import Drawing, Edge, Row, Table
from paddock.routes import Path, Tie, distinct


@dataclass(frozen=True, slots=True)
class Hop:
    """One supply relation of a chain, `tier` steps from its root."""

    supply: Supply
    tier: int
    direction: str


@dataclass(frozen=True, slots=True)
class SupplyChain(Table, Drawing):
    """A supply chain, nearest tier first; as a table one row a relation, as a graph from supplier to customer."""

    root: Thing
    hops: tuple[Hop, ...]
    tiers: int
    truncated: bool
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """Tier, both ends, what is supplied, since when, and who says so."""
        return [
            {
                "tier": one.tier,
                "direction": one.direction,
                **_ends(one.supply.supplier, one.supply.customer, one.supply.capability),
                "start": one.supply.start,
                "end": one.supply.end,
                "current": one.supply.current,
                "disputed": one.supply.disputed,
                "source": one.supply.provenance.source.name,
            }
            for one in self.hops
        ]

    def edges(self) -> Iterator[Edge]:
        """Each relation."""
        for one in self.hops:
            what = one.supply.capability and one.supply.capability.name
            yield one.supply.supplier, one.supply.customer, {"capability": what, "tier": one.tier}


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint of a chain and the two people who hold it: `class_` is LIVE, SINGLE, COLD or LATENT."""

    supplier: Thing
    customer: Thing
    capability: Thing | None
    tier: int
    class_: str
    best: Tie | None
    second_best: Tie | None
    live_pairs: int
    shared: tuple[Thing, ...]
    supplier_people: int
    customer_people: int


@dataclass(frozen=True, slots=True)
class Joints(Table, Drawing):
    """The joints of a chain; as a table one row a joint, as a graph from supplier to customer."""

    joints: tuple[Joint, ...]
    live: int
    single: int
    cold: int
    latent: int
    truncated: bool
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """How each joint is held, and by whom."""
        return [
            {
                "class": one.class_,
                "tier": one.tier,
                **_ends(one.supplier, one.customer, one.capability),
                "best_a": one.best and one.best.a.name,
                "best_b": one.best and one.best.b.name,
                "best_strength": one.best and one.best.strength,
                "second_strength": one.second_best and one.second_best.strength,
                "live_pairs": one.live_pairs,
                "supplier_people": one.supplier_people,
                "customer_people": one.customer_people,
            }
            for one in self.joints
        ]

    def edges(self) -> Iterator[Edge]:
        """Each joint."""
        for one in self.joints:
            yield one.supplier, one.customer, {"class": one.class_, "tier": one.tier, "live_pairs": one.live_pairs}


@dataclass(frozen=True, slots=True)
class Contact:
    """A company of a chain, who takes the first step there, and the best route from there."""

    organization: Thing
    tier: int
    person: Thing
    path: Path


@dataclass(frozen=True, slots=True)
class Contacts(Table, Drawing):
    """Who in a chain knows somebody, nearest tier first; as a table one row a company, as a graph the steps."""

    contacts: tuple[Contact, ...]
    outcome: str
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """The company, the contact there, and how good the route is."""
        return [{"tier": one.tier, **_met(one.organization, one.person, one.path)} for one in self.contacts]

    def edges(self) -> Iterator[Edge]:
        """Each step that any route takes."""
        yield from distinct(tuple(one.path for one in self.contacts))


@dataclass(frozen=True, slots=True)
class Reach:
    """A company that can do something, whom to meet there, and the best route to them."""

    organization: Thing
    claim: CapabilityClaim
    person: Thing
    path: Path


@dataclass(frozen=True, slots=True)
class Reaches(Table, Drawing):
    """Companies within reach, strongest first; as a table one row a company, as a graph the steps."""

    reaches: tuple[Reach, ...]
    outcome: str
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """The company, what it can do, whom to meet there, and how good the route is."""
        return [
            {
                **_met(one.organization, one.person, one.path),
                "capability": one.claim.capability.name,
                "level": one.claim.level,
                "verified": one.claim.verified,
            }
            for one in self.reaches
        ]

    def edges(self) -> Iterator[Edge]:
        """Each step that any route takes."""
        yield from distinct(tuple(one.path for one in self.reaches))


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The cards of a person, of the people of an organization, or of an event."""

    person: Thing | None
    organization: Thing | None
    event: Thing | None
    given: int
    received: int
    swapped: int
    new_organizations: int
    second_contact_within_90_days: int


@dataclass(frozen=True, slots=True)
class CardLedger(Table):
    """Who gave, received and swapped cards, most first; as a table one row each."""

    entries: tuple[LedgerRow, ...]
    given: int
    received: int
    swapped: int
    new_pairs: int
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """Whose cards, how many, and what came of them."""
        return [
            {
                "person": one.person and one.person.name,
                "organization": one.organization and one.organization.name,
                "event": one.event and one.event.name,
                "given": one.given,
                "received": one.received,
                "swapped": one.swapped,
                "new_organizations": one.new_organizations,
                "second_contact_within_90_days": one.second_contact_within_90_days,
            }
            for one in self.entries
        ]


def _ends(supplier: Thing, customer: Thing, capability: Thing | None) -> Row:
    return {
        "supplier_id": supplier.id,
        "supplier_name": supplier.name,
        "customer_id": customer.id,
        "customer_name": customer.name,
        "capability": capability and capability.name,
    }


def _met(organization: Thing, person: Thing, path: Path) -> Row:
    return {
        "organization_id": organization.id,
        "organization_name": organization.name,
        "person_id": person.id,
        "person_name": person.name,
        "strength": path.strength,
        "band": path.band,
        "hops": path.hops,
        "via": " → ".join(str(one.name) for one in path.people),
    }
