"""The claims of agents, posts, capabilities and events, as lists and by id.

Every list takes several parents and answers in one statement: a page for each, for a hidden parent as empty as for one
that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cypher
from service.graph.questions import briefs
from service.graph.questions.clocks import ALWAYS, When
from service.graph.questions.lists import Listing
from service.graph.questions.onward import Branching
from service.graph.questions.pages import WHOLE, Page, Slice
from service.graph.questions.rows import (
    Affiliation,
    Attendance,
    Benefit,
    CapabilityClaim,
    CertificationClaim,
    Claim,
    Current,
    DisputePolicy,
    MembershipClaim,
    Ownership,
    PostHolding,
    Supply,
)
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Affiliations:
    parent: str
    total: int | None
    rows: tuple[Affiliation, ...]


@dataclass(frozen=True, slots=True)
class PostHoldings:
    parent: str
    total: int | None
    rows: tuple[PostHolding, ...]


@dataclass(frozen=True, slots=True)
class Memberships:
    parent: str
    total: int | None
    rows: tuple[MembershipClaim, ...]


@dataclass(frozen=True, slots=True)
class Supplies:
    parent: str
    total: int | None
    rows: tuple[Supply, ...]


@dataclass(frozen=True, slots=True)
class Capabilities:
    parent: str
    total: int | None
    rows: tuple[CapabilityClaim, ...]


@dataclass(frozen=True, slots=True)
class Certifications:
    parent: str
    total: int | None
    rows: tuple[CertificationClaim, ...]


@dataclass(frozen=True, slots=True)
class Benefits:
    parent: str
    total: int | None
    rows: tuple[Benefit, ...]


@dataclass(frozen=True, slots=True)
class Ownerships:
    parent: str
    total: int | None
    rows: tuple[Ownership, ...]


@dataclass(frozen=True, slots=True)
class Attendances:
    parent: str
    total: int | None
    rows: tuple[Attendance, ...]


def _start(claim: Claim) -> str:
    return claim.earliest or ""


AFFILIATIONS = Listing[Affiliation](cypher.query("person/affiliations", Affiliations), _start, briefs.AFFILIATIONS)
PEOPLE = Listing[Affiliation](
    cypher.query("organization/people", Affiliations), lambda row: row.person.name, briefs.PEOPLE
)
POSTS = Listing[PostHolding](cypher.query("person/posts", PostHoldings), _start)
HOLDERS = Listing[PostHolding](cypher.query("post/holders", PostHoldings), _start)
MEMBERSHIPS = Listing[MembershipClaim](
    cypher.query("agent/memberships", Memberships), lambda row: row.organization.name
)
MEMBERS = Listing[MembershipClaim](cypher.query("organization/members", Memberships), lambda row: row.member.name)
SUPPLIERS = Listing[Supply](
    cypher.query("organization/suppliers", Supplies), lambda row: row.supplier.name, briefs.SUPPLIERS
)
CUSTOMERS = Listing[Supply](
    cypher.query("organization/customers", Supplies), lambda row: row.customer.name, briefs.CUSTOMERS
)
CAPABILITIES = Listing[CapabilityClaim](
    cypher.query("organization/capabilities", Capabilities), lambda row: row.capability.name, briefs.CAPABILITIES
)
CAPABLE = Listing[CapabilityClaim](cypher.query("capability/holders", Capabilities), lambda row: row.organization.name)
CERTIFICATIONS = Listing[CertificationClaim](
    cypher.query("organization/certifications", Certifications), lambda row: row.certification
)
BENEFITS = Listing[Benefit](cypher.query("agent/benefits", Benefits), _start)
OWNS = Listing[Ownership](cypher.query("agent/owns", Ownerships), lambda row: row.asset.name)
EVENTS = Listing[Attendance](cypher.query("agent/events", Attendances), lambda row: row.event.start or "")
ATTENDEES = Listing[Attendance](cypher.query("event/attendees", Attendances), lambda row: row.agent.name)


async def affiliations(
    graph: Graph,
    scope: Scope,
    people: Sequence[str],
    page: Page = WHOLE,
    when: When = ALWAYS,
    *,
    disputes: DisputePolicy = DisputePolicy.LATEST,
) -> dict[str, Slice[Affiliation]]:
    """Where each of these people works or is a director, by start."""
    return await AFFILIATIONS.read(graph, scope, people, page, when, disputes=str(disputes))


async def people(
    graph: Graph,
    scope: Scope,
    organizations: Sequence[str],
    page: Page = WHOLE,
    when: When = ALWAYS,
    *,
    current: Current | None = None,
    disputes: DisputePolicy = DisputePolicy.LATEST,
) -> dict[str, Slice[Affiliation]]:
    """Who works for each of these organizations or directs it, by name; `current` at the day asked, else today."""
    return await PEOPLE.read(graph, scope, organizations, page, when, disputes=str(disputes), current=current)


async def posts(
    graph: Graph, scope: Scope, people: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[PostHolding]]:
    """The posts each of these people holds or held, by start."""
    return await POSTS.read(graph, scope, people, page, when)


async def holders(
    graph: Graph, scope: Scope, posts: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[PostHolding]]:
    """Who holds or held each of these posts, by start."""
    return await HOLDERS.read(graph, scope, posts, page, when)


async def memberships(
    graph: Graph, scope: Scope, agents: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[MembershipClaim]]:
    """What each of these people or organizations is a member of, by name."""
    return await MEMBERSHIPS.read(graph, scope, agents, page, when)


async def members(
    graph: Graph, scope: Scope, organizations: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[MembershipClaim]]:
    """The members of each of these organizations, by name."""
    return await MEMBERS.read(graph, scope, organizations, page, when)


async def suppliers(
    graph: Graph, scope: Scope, organizations: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[Supply]]:
    """Who supplies each of these organizations, by name of the supplier."""
    return await SUPPLIERS.read(graph, scope, organizations, page, when)


async def customers(
    graph: Graph, scope: Scope, organizations: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[Supply]]:
    """Whom each of these organizations supplies, by name of the customer."""
    return await CUSTOMERS.read(graph, scope, organizations, page, when)


async def capabilities(
    graph: Graph, scope: Scope, organizations: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[CapabilityClaim]]:
    """What each of these organizations can do, by name of the capability."""
    return await CAPABILITIES.read(graph, scope, organizations, page, when)


async def certifications(
    graph: Graph, scope: Scope, organizations: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[CertificationClaim]]:
    """The certifications of each of these organizations, by name."""
    return await CERTIFICATIONS.read(graph, scope, organizations, page, when)


async def capable(
    graph: Graph,
    scope: Scope,
    capabilities: Sequence[str],
    page: Page = WHOLE,
    when: When = ALWAYS,
    *,
    with_narrower: bool = True,
) -> dict[str, Slice[CapabilityClaim]]:
    """Who can do each of these things or, `with_narrower`, a narrower one, by name of the organization."""
    return await CAPABLE.read(graph, scope, capabilities, page, when, withNarrower=with_narrower)


async def benefits(
    graph: Graph, scope: Scope, agents: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[Benefit]]:
    """The benefits each of these people or organizations gave or received, by start."""
    return await BENEFITS.read(graph, scope, agents, page, when)


async def owns(
    graph: Graph, scope: Scope, agents: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[Ownership]]:
    """What each of these people or organizations owns, by name."""
    return await OWNS.read(graph, scope, agents, page, when)


async def events(
    graph: Graph, scope: Scope, agents: Sequence[str], page: Page = WHOLE, when: When = ALWAYS
) -> dict[str, Slice[Attendance]]:
    """The events each of these people or organizations was registered for or attended, by day."""
    return await EVENTS.read(graph, scope, agents, page, when)


async def attendees(
    graph: Graph,
    scope: Scope,
    events: Sequence[str],
    page: Page = WHOLE,
    when: When = ALWAYS,
    *,
    status: str | None = None,
) -> dict[str, Slice[Attendance]]:
    """Who was registered for or attended each of these events, by name; `status` keeps one kind."""
    return await ATTENDEES.read(graph, scope, events, page, when, status=status)


# What may be asked ahead of the ids it is about, by what asks for it.
BRANCHING: Mapping[object, Branching] = {
    affiliations: AFFILIATIONS,
    people: PEOPLE,
    suppliers: SUPPLIERS,
    customers: CUSTOMERS,
    capabilities: CAPABILITIES,
}
