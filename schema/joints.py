"""Joints of a supply chain and the people who hold them, and who in a chain knows somebody."""

from __future__ import annotations

import strawberry

from schema.agents import Agent, Organization, Person, agent
from schema.enums import JointClass, PathOutcome
from schema.scalars import Date, DateTime
from schema.things import Capability
from schema.ties import Path, Tie
from service.graph.questions import contacts as met
from service.graph.questions import joints as held
from service.graph.questions import ties


@strawberry.type(description="A joint of the chain and the two people who hold it.")
class SupplyJoint:
    supplier: Organization = strawberry.field(description="Who supplies.")
    customer: Organization = strawberry.field(description="Who is supplied.")
    capability: Capability | None = strawberry.field(description="With what, as far as it is known.")
    tier: int = strawberry.field(description="How many steps from the root, the fewest there are.")
    state: JointClass = strawberry.field(name="class", description="How it is held.")
    best: Tie | None = strawberry.field(
        description="Its strongest pair of people who know each other well and both ways; `a` is the supplier's."
    )
    second_best: Tie | None = strawberry.field(description="The strongest such pair that shares nobody with the best.")
    live_pairs: int = strawberry.field(description="How many such pairs there are; whoever is at both places is one.")
    shared: list[Person] = strawberry.field(description="Who is at both places.")
    supplier_people: int = strawberry.field(description="How many people the supplier has on the day.")
    customer_people: int = strawberry.field(description="How many people the customer has on the day.")

    @classmethod
    def of(cls, row: held.SupplyJoint) -> SupplyJoint:
        """The joint of a row."""
        return cls(
            supplier=Organization.of(row.supplier),
            customer=Organization.of(row.customer),
            capability=None if row.capability is None else Capability.of(row.capability),
            tier=row.tier,
            state=row.state,
            best=_tie(row.best),
            second_best=_tie(row.second_best),
            live_pairs=row.live_pairs,
            shared=[Person.of(one) for one in row.shared],
            supplier_people=row.supplier_people,
            customer_people=row.customer_people,
        )


def _tie(row: ties.Tie | None) -> Tie | None:
    return None if row is None else Tie.of(row)


@strawberry.type(description="The joints of a chain by tier, then names; behind them the latent ones, strongest first.")
class JointReport:
    joints: list[SupplyJoint] = strawberry.field(description="One for each supplier, customer and capability.")
    live: int = strawberry.field(description="How many have two pairs that share nobody.")
    single: int = strawberry.field(description="How many have pairs, but no two such.")
    cold: int = strawberry.field(description="How many have none.")
    latent: int = strawberry.field(description="How many wait outside the chain.")
    truncated: bool = strawberry.field(description="Whether there are more than may be told at once.")
    as_of: Date = strawberry.field(description="The day it was answered for.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: held.JointReport) -> JointReport:
        """The report of a row."""
        return cls(
            joints=[SupplyJoint.of(one) for one in row.joints],
            live=row.count(JointClass.LIVE),
            single=row.count(JointClass.SINGLE),
            cold=row.count(JointClass.COLD),
            latent=row.count(JointClass.LATENT),
            truncated=row.truncated,
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )


@strawberry.type(description="A company of a chain whose people can lead to the target.")
class ChainContact:
    organization: Organization = strawberry.field(description="The company.")
    tier: int = strawberry.field(description="How many steps from the root, the fewest there are.")
    person: Agent = strawberry.field(description="Who takes the first step there; the company itself by its own ties.")
    path: Path = strawberry.field(description="The best route from there.")

    @classmethod
    def of(cls, row: met.ChainContact) -> ChainContact:
        """The contact of a row."""
        return cls(
            organization=Organization.of(row.organization),
            tier=row.tier,
            person=agent(row.person),
            path=Path.of(row.path),
        )


@strawberry.type(description="The strongest contacts of a chain, or what stands in their place.")
class ChainContacts:
    contacts: list[ChainContact] = strawberry.field(description="Nearest tier first, the strongest of a tier first.")
    outcome: PathOutcome = strawberry.field(description="How the search ended.")
    as_of: Date = strawberry.field(description="The day it was answered for.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: met.ChainContacts) -> ChainContacts:
        """The contacts of a row."""
        return cls(
            contacts=[ChainContact.of(one) for one in row.contacts],
            outcome=row.outcome,
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )
