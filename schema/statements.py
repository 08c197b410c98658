"""What sources say of agents: one type for each kind of claim."""

from __future__ import annotations

import strawberry

from schema.agents import Agent, Organization, Person, agent
from schema.enums import AttendanceStatus
from schema.fields import over, read
from schema.nodes import Claim, Node, Provenance
from schema.things import Capability, Event, Post
from service.graph.questions import rows


@read(person=Person.of, organization=Organization.of)
@strawberry.type(description="A person works for an organization or is a director of it.")
class Affiliation(Claim):
    person: Person = strawberry.field(description="Who.")
    organization: Organization = strawberry.field(description="Where.")
    role: str | None = strawberry.field(description="As what, as the source wrote it.")

    @classmethod
    def of(cls, row: rows.Affiliation) -> Affiliation:
        """The affiliation of a row."""
        return over(cls, row)


@read(person=Person.of, post=Post.of)
@strawberry.type(description="A person holds a post.")
class PostHolding(Claim):
    person: Person = strawberry.field(description="Who.")
    post: Post = strawberry.field(description="Which post.")

    @classmethod
    def of(cls, row: rows.PostHolding) -> PostHolding:
        """The holding of a row."""
        return over(cls, row)


@read(member=agent, organization=Organization.of)
@strawberry.type(description="A person or organization is a member of an organization, or its secretariat.")
class MembershipClaim(Claim):
    member: Agent = strawberry.field(description="Who.")
    organization: Organization = strawberry.field(description="Of what.")
    role: str | None = strawberry.field(description="As what, as the source wrote it.")

    @classmethod
    def of(cls, row: rows.MembershipClaim) -> MembershipClaim:
        """The membership of a row."""
        return over(cls, row)


@read(supplier=Organization.of, customer=Organization.of, capability=Capability.of)
@strawberry.type(description="An organization supplies another.")
class Supply(Claim):
    supplier: Organization = strawberry.field(description="Who delivers.")
    customer: Organization = strawberry.field(description="Who receives.")
    capability: Capability | None = strawberry.field(description="What is supplied; absent: unknown.")

    @classmethod
    def of(cls, row: rows.Supply) -> Supply:
        """The supply relation of a row."""
        return over(cls, row)


@read(organization=Organization.of, capability=Capability.of)
@strawberry.type(description="An organization can do something.")
class CapabilityClaim(Claim):
    organization: Organization = strawberry.field(description="Who.")
    capability: Capability = strawberry.field(description="What.")
    level: str | None = strawberry.field(description="How well, as the source wrote it.")
    verified: bool = strawberry.field(description="Whether somebody other than the organization checked it.")

    @classmethod
    def of(cls, row: rows.CapabilityClaim) -> CapabilityClaim:
        """The capability claim of a row."""
        return over(cls, row)


@read(organization=Organization.of)
@strawberry.type(description="An organization holds a certification.")
class CertificationClaim(Claim):
    organization: Organization = strawberry.field(description="Who.")
    certification: str = strawberry.field(description="The name of the certification, as ISO 9001.")
    scope: str | None = strawberry.field(description="What it covers, as the source wrote it.")
    number: str | None = strawberry.field(description="The number of the certificate.")

    @classmethod
    def of(cls, row: rows.CertificationClaim) -> CertificationClaim:
        """The certification of a row."""
        return over(cls, row)


@read(giver=Organization.of, receiver=agent)
@strawberry.type(description="An organization gave somebody hospitality, a gift or a donation.")
class Benefit(Claim):
    giver: Organization = strawberry.field(description="Who gave.")
    receiver: Agent = strawberry.field(description="Who received.")
    kind: str = strawberry.field(description="What it was, as the source wrote it.")
    amount: float | None = strawberry.field(description="What it was worth, where the source tells exactly.")
    amount_min: float | None = strawberry.field(description="The least it was worth, where the source gives a range.")
    amount_max: float | None = strawberry.field(description="The most it was worth, where the source gives a range.")
    currency: str = strawberry.field(description="In which currency: three letters of ISO 4217.")

    @classmethod
    def of(cls, row: rows.Benefit) -> Benefit:
        """The benefit of a row."""
        return over(cls, row)


@read(owner=agent, asset=Organization.of)
@strawberry.type(description="A person or organization owns an organization or a share of it.")
class Ownership(Claim):
    owner: Agent = strawberry.field(description="Who owns.")
    asset: Organization = strawberry.field(description="What is owned.")
    share_min: float | None = strawberry.field(description="The least share in percent; absent: unknown.")
    share_max: float | None = strawberry.field(description="The largest share in percent; absent: unknown.")

    @classmethod
    def of(cls, row: rows.Ownership) -> Ownership:
        """The ownership of a row."""
        return over(cls, row)


@strawberry.type(description="Somebody was expected at an event.")
class Attendance(Node):
    agent: Agent = strawberry.field(description="Who.")
    event: Event = strawberry.field(description="Where.")
    status: AttendanceStatus = strawberry.field(description="Whether they came.")
    provenance: Provenance = strawberry.field(description="Who says so.")

    @classmethod
    def of(cls, row: rows.Attendance) -> Attendance:
        """The attendance of a row."""
        return cls(
            id=strawberry.ID(row.id),
            agent=agent(row.agent),
            event=Event.of(row.event),
            status=AttendanceStatus(row.status),
            provenance=Provenance.of(row),
        )
