"""Offices and the routes to whoever holds them, and organizations that share people."""

from __future__ import annotations

import strawberry

from schema.agents import Organization, Person
from schema.enums import PathOutcome
from schema.scalars import Date, DateTime
from schema.statements import PostHolding
from schema.things import Post
from schema.ties import Path
from service.graph.questions import influence, interlocks


@strawberry.type(description="Somebody who holds the office on the day, and how they can be reached.")
class InfluenceHolder:
    holding: PostHolding = strawberry.field(description="The claim that says so, the latest where several do.")
    paths: list[Path] = strawberry.field(description="The best routes to them, best first.")

    @classmethod
    def of(cls, row: influence.InfluenceHolder) -> InfluenceHolder:
        """The holder of a row."""
        return cls(holding=PostHolding.of(row.holding), paths=[Path.of(one) for one in row.paths])


@strawberry.type(description="An office, who holds it, and the routes to them.")
class InfluenceResult:
    post: Post = strawberry.field(description="The office.")
    outcome: PathOutcome = strawberry.field(description="How the search for routes to any of its holders ended.")
    holders: list[InfluenceHolder] = strawberry.field(description="Who holds it on the day, by start of the holding.")
    as_of: Date = strawberry.field(description="The day it was answered for.")
    known_at: DateTime = strawberry.field(description="The moment whose knowledge answered.")

    @classmethod
    def of(cls, row: influence.InfluenceResult) -> InfluenceResult:
        """The result of a row."""
        return cls(
            post=Post.of(row.post),
            outcome=row.outcome,
            holders=[InfluenceHolder.of(one) for one in row.holders],
            as_of=Date(row.as_of),
            known_at=DateTime(row.known_at),
        )


@strawberry.type(description="An organization in which several of the people asked about are on one day.")
class Interlock:
    organization: Organization = strawberry.field(description="Where they are.")
    people: list[Person] = strawberry.field(description="Those of them who are there, by name.")

    @classmethod
    def of(cls, row: interlocks.Interlock) -> Interlock:
        """The interlock of a row."""
        return cls(organization=Organization.of(row.organization), people=[Person.of(person) for person in row.people])
