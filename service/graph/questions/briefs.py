"""Lists of claims of which nobody asks more than who and what: their statements leave out what a source says beside.

Whether a claim is disputed, since when it is known and from where takes longer to read than the claim itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import cypher
from cypher.rows import record
from service.graph.questions.rows import (
    Affiliation,
    Agent,
    Capability,
    CapabilityClaim,
    Record,
    Source,
    Supply,
)

B = TypeVar("B")
B_co = TypeVar("B_co", covariant=True)
R = TypeVar("R", bound=Record)

# What only a whole row can tell, by the names of the contract.
TOLD = frozenset({"provenance", "start", "end", "current", "disputed"})
UNTOLD = Source("", "", None, None, None, None)
NOBODY = Agent("", "", "Organization", (), (), None)


class Batch(Protocol[B_co]):
    """What a brief statement answers about one parent."""

    @property
    def parent(self) -> str: ...
    @property
    def whose(self) -> Agent | None: ...
    @property
    def rows(self) -> Sequence[B_co]: ...


@dataclass(frozen=True)
class Brief(Generic[B, R]):
    """A statement that leaves out what nobody asks for, and how its rows are made whole.

    `back` is the field of a row that leads back to the parent; `lacking` names what else it cannot tell, and `more`
    what it tells only where somebody asks.
    """

    query: cypher.Query[Batch[B]]
    back: str
    whole: Callable[[Agent, B], R]
    more: frozenset[str]
    lacking: frozenset[str] = frozenset()

    def fits(self, asked: frozenset[str] | None) -> bool:
        """Whether it tells all that is asked for; None: everything is."""
        return asked is not None and asked.isdisjoint(TOLD) and asked.isdisjoint(self.lacking)

    def rows(self, batch: Batch[B]) -> tuple[R, ...]:
        """The rows of one parent, with nothing where nobody asks."""
        whose, whole = batch.whose or NOBODY, self.whole
        return tuple([whole(whose, row) for row in batch.rows])


@record(frozen=True, slots=True)
class Employer:
    id: str
    earliest: str | None
    role: str | None
    organization: Agent


@record(frozen=True, slots=True)
class Employee:
    id: str
    earliest: str | None
    role: str | None
    person: Agent


@record(frozen=True, slots=True)
class Ability:
    id: str
    level: str | None
    verified: bool | None
    capability: Capability


@record(frozen=True, slots=True)
class Supplier:
    id: str
    supplier: Agent


@record(frozen=True, slots=True)
class Customer:
    id: str
    customer: Agent


@record(frozen=True, slots=True)
class Employers:
    parent: str
    whose: Agent | None
    rows: tuple[Employer, ...]


@record(frozen=True, slots=True)
class Employees:
    parent: str
    whose: Agent | None
    rows: tuple[Employee, ...]


@record(frozen=True, slots=True)
class Abilities:
    parent: str
    whose: Agent | None
    rows: tuple[Ability, ...]


@record(frozen=True, slots=True)
class Suppliers:
    parent: str
    whose: Agent | None
    rows: tuple[Supplier, ...]


@record(frozen=True, slots=True)
class Customers:
    parent: str
    whose: Agent | None
    rows: tuple[Customer, ...]


def _affiliation(id: str, earliest: str | None, person: Agent, organization: Agent, role: str | None) -> Affiliation:
    undisputed = False
    return Affiliation(
        id, UNTOLD, None, "", None, 0.0, 0, None, None, earliest, None, (), (), undisputed, person, organization, role
    )


def _supply(id: str, supplier: Agent, customer: Agent) -> Supply:
    undisputed = False
    return Supply(
        id, UNTOLD, None, "", None, 0.0, 0, None, None, None, None, (), (), undisputed, supplier, customer, None
    )


def _employer(person: Agent, row: Employer) -> Affiliation:
    return _affiliation(row.id, row.earliest, person, row.organization, row.role)


def _employee(organization: Agent, row: Employee) -> Affiliation:
    return _affiliation(row.id, row.earliest, row.person, organization, row.role)


def _ability(organization: Agent, row: Ability) -> CapabilityClaim:
    undisputed = False
    return CapabilityClaim(
        *(row.id, UNTOLD, None, "", None, 0.0, 0, None, None, None, None, (), (), undisputed),
        organization,
        row.capability,
        row.level,
        bool(row.verified),
    )


def _supplier(customer: Agent, row: Supplier) -> Supply:
    return _supply(row.id, row.supplier, customer)


def _customer(supplier: Agent, row: Customer) -> Supply:
    return _supply(row.id, supplier, row.customer)


def _of(field: str) -> frozenset[str]:
    """What may be asked of an agent beside who it is, where it stands under a field."""
    return frozenset(f"{field}.{name}" for name in ("otherNames", "kinds", "country"))


SUPPLIED = frozenset({"capability"})

AFFILIATIONS = Brief[Employer, Affiliation](
    cypher.query("person/affiliations_brief", Employers), "person", _employer, _of("organization")
)
PEOPLE = Brief[Employee, Affiliation](
    cypher.query("organization/people_brief", Employees), "organization", _employee, _of("person")
)
CAPABILITIES = Brief[Ability, CapabilityClaim](
    cypher.query("organization/capabilities_brief", Abilities),
    "organization",
    _ability,
    frozenset({"level", "verified", "altLabels"}),
)
SUPPLIERS = Brief[Supplier, Supply](
    cypher.query("organization/suppliers_brief", Suppliers), "customer", _supplier, _of("supplier"), SUPPLIED
)
CUSTOMERS = Brief[Customer, Supply](
    cypher.query("organization/customers_brief", Customers), "supplier", _customer, _of("customer"), SUPPLIED
)
