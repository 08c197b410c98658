"""Lists of claims of which nobody asks more than who and what: their statements leave out what a source says beside.

Whether a claim is disputed, since when it is known and from where takes longer to read than the claim itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Generic, Literal, Protocol, TypeVar

import cypher
from cypher.rows import fields, record
from service.graph.questions.pages import Page
from service.graph.questions.rows import (
    Affiliation,
    Agent,
    Capability,
    CapabilityClaim,
    Record,
    Source,
    Supply,
)

B = TypeVar("B", bound="Batch")
R = TypeVar("R", bound=Record)

# What only a whole row can tell, by the names of the contract.
TOLD = frozenset({"provenance", "start", "end", "current", "disputed"})
UNTOLD = Source("", "", None, None, None, None)
NOBODY = Agent("", "", "Organization", (), (), None)


class Batch(Protocol):
    """What a brief statement answers about one parent: a list a field, which is longer where there are more claims.

    A list that nobody asked for is null or empty.
    """

    @property
    def parent(self) -> str: ...
    @property
    def whose(self) -> Agent | None: ...


@dataclass(frozen=True)
class Brief(Generic[B, R]):
    """A statement that leaves out what nobody asks for, and how its lists become whole rows.

    `back` is the field of a row that leads back to the parent; `lacking` names what else it cannot tell, and `asks` has
    the flags of the statement that follow from what is asked. `end` is the field of the agents who are its `ends`.
    """

    query: cypher.Query[B]
    back: str
    whole: Callable[[Agent, B], list[R]]
    asks: Callable[[Page], Mapping[str, bool]]
    lacking: frozenset[str] = frozenset()
    end: str | None = None

    @cached_property
    def column(self) -> int:
        """Where the ends stand in what the statement answers."""
        return [one.name for one in fields(self.query.row)].index("ends")

    def fits(self, asked: frozenset[str] | None) -> bool:
        """Whether it tells all that is asked for; None: everything is."""
        return asked is not None and asked.isdisjoint(TOLD) and asked.isdisjoint(self.lacking)

    def flags(self, page: Page) -> dict[str, bool]:
        """What of all it could tell it has to."""
        return {**self.asks(page), "whose": page.shows(f"node.{self.back}")}

    def rows(self, batch: B) -> tuple[R, ...]:
        """The rows of one parent, with nothing where nobody asks."""
        return tuple(self.whole(batch.whose or NOBODY, batch))


@record(frozen=True, slots=True)
class Told:
    """What is told of somebody beside who it is."""

    other_names: tuple[str, ...]
    kinds: tuple[str, ...]
    country: str | None


@record(frozen=True, slots=True)
class Skill:
    """What is told of a capability and of how somebody has it beside its name."""

    level: str | None
    verified: bool | None
    alt_labels: tuple[str, ...] | None


@record(frozen=True, slots=True)
class Employments:
    parent: str
    whose: Agent | None
    ids: tuple[str, ...] | None
    starts: tuple[str | None, ...] | None
    roles: tuple[str | None, ...] | None
    ends: tuple[str, ...]
    names: tuple[str, ...]
    more: tuple[Told, ...]


@record(frozen=True, slots=True)
class Abilities:
    parent: str
    whose: Agent | None
    ids: tuple[str, ...]
    ends: tuple[str, ...]
    names: tuple[str, ...]
    more: tuple[Skill, ...]


@record(frozen=True, slots=True)
class Trades:
    parent: str
    whose: Agent | None
    ids: tuple[str, ...] | None
    ends: tuple[str, ...]
    names: tuple[str, ...]
    more: tuple[Told, ...]


UNSKILLED = Skill(None, None, None)


def _agents(label: Literal["Person", "Organization"], batch: Employments | Trades) -> list[Agent]:
    """Those at the other end, in their order."""
    if not batch.more:
        return [Agent(id, name, label, (), (), None) for id, name in zip(batch.ends, batch.names, strict=True)]
    return [
        Agent(id, name, label, told.other_names, told.kinds, told.country)
        for id, name, told in zip(batch.ends, batch.names, batch.more, strict=True)
    ]


def _employments(batch: Employments, agents: Iterable[Agent]) -> Iterable[tuple[str, str | None, str | None, Agent]]:
    """Of each claim its id, the day it begins, the role and who is at the other end."""
    told = (batch.ids or repeat(""), batch.starts or repeat(None), batch.roles or repeat(None))
    return zip(*told, agents, strict=False)


# What follows is written out, by position: a long list makes thousands of them.
def _employers(person: Agent, batch: Employments) -> list[Affiliation]:
    no = False
    return [
        Affiliation(id, UNTOLD, None, "", None, 0.0, 0, None, None, start, None, (), (), no, person, organization, role)
        for id, start, role, organization in _employments(batch, _agents("Organization", batch))
    ]


def _employees(organization: Agent, batch: Employments) -> list[Affiliation]:
    no = False
    return [
        Affiliation(id, UNTOLD, None, "", None, 0.0, 0, None, None, start, None, (), (), no, person, organization, role)
        for id, start, role, person in _employments(batch, _agents("Person", batch))
    ]


def _abilities(organization: Agent, batch: Abilities) -> list[CapabilityClaim]:
    no, of = False, organization
    ids, ends, more = batch.ids or repeat(""), batch.ends or repeat(""), batch.more or repeat(UNSKILLED)
    return [
        CapabilityClaim(
            id, UNTOLD, None, "", None, 0.0, 0, None, None, None, None, (), (), no, of,
            Capability(end, name, skill.alt_labels or ()), skill.level, skill.verified or False,
        )
        for id, end, name, skill in zip(ids, ends, batch.names, more, strict=False)
    ]  # fmt: skip


def _trades(batch: Trades) -> Iterable[tuple[str, Agent]]:
    """Of each claim its id and who is at the other end."""
    return zip(batch.ids or repeat(""), _agents("Organization", batch), strict=False)


def _supply(id: str, supplier: Agent, customer: Agent) -> Supply:
    no = False
    return Supply(id, UNTOLD, None, "", None, 0.0, 0, None, None, None, None, (), (), no, supplier, customer, None)


def _suppliers(customer: Agent, batch: Trades) -> list[Supply]:
    return [_supply(id, supplier, customer) for id, supplier in _trades(batch)]


def _customers(supplier: Agent, batch: Trades) -> list[Supply]:
    return [_supply(id, supplier, customer) for id, customer in _trades(batch)]


def _placed(page: Page, listed: str) -> bool:
    """Whether the id of a claim is shown under the field that lists it, or its place in the list is."""
    return page.sealed or page.shows(f"{listed}.id")


def _of(listed: str, field: str, *others: str) -> Callable[[Page], Mapping[str, bool]]:
    """What is asked of agents and the claims that lead to them; `others` are fields with a flag."""
    more = tuple(f"{field}.{name}" for name in ("otherNames", "kinds", "country"))

    def asks(page: Page) -> Mapping[str, bool]:
        return {
            "placed": _placed(page, listed),
            "more": page.shows(*more),
            **{f"{one}s": page.shows(f"{listed}.{one}") for one in others},
        }

    return asks


def _abled(page: Page) -> Mapping[str, bool]:
    """What is asked of capabilities and the claims that lead to them."""
    return {
        "placed": _placed(page, "capabilities"),
        "ends": not page.names_alone("capability"),
        "more": page.shows("level", "verified", "altLabels"),
    }


SUPPLIED = frozenset({"capability"})

AFFILIATIONS = Brief[Employments, Affiliation](
    cypher.query("person/affiliations_brief", Employments),
    "person",
    _employers,
    _of("affiliations", "organization", "role"),
    end="organization",
)
PEOPLE = Brief[Employments, Affiliation](
    cypher.query("organization/people_brief", Employments),
    "organization",
    _employees,
    _of("people", "person", "role"),
    end="person",
)
CAPABILITIES = Brief[Abilities, CapabilityClaim](
    cypher.query("organization/capabilities_brief", Abilities), "organization", _abilities, _abled
)
SUPPLIERS = Brief[Trades, Supply](
    cypher.query("organization/suppliers_brief", Trades),
    "customer",
    _suppliers,
    _of("suppliers", "supplier"),
    SUPPLIED,
    "supplier",
)
CUSTOMERS = Brief[Trades, Supply](
    cypher.query("organization/customers_brief", Trades),
    "supplier",
    _customers,
    _of("customers", "customer"),
    SUPPLIED,
    "customer",
)
