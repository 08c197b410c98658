"""People and organizations, with all that is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import strawberry

from schema.connections import After, Before, Connection, First, Last, listed, nested
from schema.context import Info
from schema.enums import Band, Current, DisputePolicy
from schema.fields import answered, over, read, together
from schema.later import Together
from schema.nodes import AsOf, KnownAt, Node
from service.graph.questions import agents, claims, rows
from service.graph.questions import introductions as asked
from service.graph.questions.clocks import When

Disputes = Annotated[
    DisputePolicy | None, strawberry.argument(description="Which claim counts where sources contradict each other.")
]
Judged = Annotated[
    Current | None,
    strawberry.argument(description="Only claims of which this is known at the day asked, today when none is given."),
]
MinBand = Annotated[Band | None, strawberry.argument(description="No tie weaker than this.")]


@strawberry.type(description="What a scheme calls an agent.")
class Identifier:
    scheme: str = strawberry.field(description="Who gave it, as gb-coh for the register of companies.")
    value: str = strawberry.field(description="The identifier itself.")

    @classmethod
    def all(cls, known_by: Sequence[rows.Identifier]) -> list[Identifier]:
        """The identifiers of rows."""
        return [cls(scheme=one.scheme, value=one.value) for one in known_by]


@strawberry.interface(description="A person or an organization: whoever can know somebody.")
class Agent(Node):
    name: str = strawberry.field(description="The first spelling met.")
    other_names: Sequence[str] = strawberry.field(description="Every other spelling that may be shown.")

    @together("Ids that lead here too: those its other identifiers would have given it.")
    @staticmethod
    def merged_ids(info: Info) -> Together[list[strawberry.ID]]:
        # Who asks for the identifiers too has them read once for both.
        if "identifiers" not in info.context.fields:
            return Together(info.context.gathering(agents.merged, ()), lambda _, found: [*map(strawberry.ID, found)])

        def ids(id: str, known_by: Sequence[rows.Identifier]) -> list[strawberry.ID]:
            return [strawberry.ID(one) for one in agents.merged_ids(id, known_by)]

        return Together(info.context.gathering(agents.identifiers, ()), ids)

    @together("What schemes call it, by scheme, then value.")
    @staticmethod
    def identifiers(info: Info) -> Together[list[Identifier]]:
        return Together(info.context.gathering(agents.identifiers, ()), lambda _, known_by: Identifier.all(known_by))


def agent(row: rows.Agent) -> Agent:
    """The person or organization of a row."""
    return Person.of(row) if row.label == "Person" else Organization.of(row)


@read()
@strawberry.type(description="Somebody.")
class Person(Agent):
    @classmethod
    def of(cls, row: rows.Agent) -> Person:
        """The person of a row."""
        return over(cls, row)

    @together("Where they work or are a director, by start.")
    @staticmethod
    def affiliations(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        disputes: Disputes = DisputePolicy.LATEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Affiliation]]:
        return listed(
            info.context,
            claims.affiliations,
            statements.Affiliation.of,
            nested(first, after, last, before),
            When(as_of, known_at),
            disputes=disputes or DisputePolicy.LATEST,
        )

    @together("The posts they hold or held, by start.")
    @staticmethod
    def posts(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.PostHolding]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.posts, statements.PostHolding.of, page, when)

    @together("What they are a member of, by name.")
    @staticmethod
    def memberships(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.MembershipClaim]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.memberships, statements.MembershipClaim.of, page, when)

    @together("Hospitality, gifts and donations they received, by start.")
    @staticmethod
    def benefits(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Benefit]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.benefits, statements.Benefit.of, page, when)

    @together("What they own or have a share of, by name.")
    @staticmethod
    def owns(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Ownership]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.owns, statements.Ownership.of, page, when)

    @together("Whom they know, strongest first; `a` of each tie is this person.")
    @staticmethod
    def knows(
        info: Info,
        min_band: MinBand = Band.FAINT,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
    ) -> Together[Connection[ties.Tie]]:
        page, when, least = nested(first, after), When(as_of, known_at), min_band or Band.FAINT
        return listed(info.context, info.context.knows, ties.Tie.of, page, when, min_band=least)

    @together("The events they were registered for or attended, by day.")
    @staticmethod
    def events(
        info: Info,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Attendance]]:
        page, when = nested(first, after, last, before), When(known_at=known_at)
        return listed(info.context, claims.events, statements.Attendance.of, page, when)

    @answered("How often they may be asked to introduce others, and for whom never; null where nothing is set.")
    async def introducer_limits(self, info: Info) -> introducers.IntroducerLimits | None:
        found = await info.context.gathered(asked.limits, self.id, None)
        return None if found is None else introducers.IntroducerLimits.of(found)


@read()
@strawberry.type(description="A company, association, public body, team, committee: what it is stands in `kinds`.")
class Organization(Agent):
    kinds: Sequence[str] = strawberry.field(description="What it is, as `supplier` or `race team`; often several.")
    country: str | None = strawberry.field(description="Where it has its seat: two letters of ISO 3166.")

    @classmethod
    def of(cls, row: rows.Agent) -> Organization:
        """The organization of a row."""
        return over(cls, row)

    @together("Who works for it or is a director of it, by name.")
    @staticmethod
    def people(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        current: Judged = None,
        disputes: Disputes = DisputePolicy.LATEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Affiliation]]:
        return listed(
            info.context,
            claims.people,
            statements.Affiliation.of,
            nested(first, after, last, before),
            When(as_of, known_at),
            current=current,
            disputes=disputes or DisputePolicy.LATEST,
        )

    @together("What it can do, by name of the capability.")
    @staticmethod
    def capabilities(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.CapabilityClaim]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.capabilities, statements.CapabilityClaim.of, page, when)

    @together("Its certifications, by name.")
    @staticmethod
    def certifications(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.CertificationClaim]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.certifications, statements.CertificationClaim.of, page, when)

    @together("Who supplies it, by name of the supplier.")
    @staticmethod
    def suppliers(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Supply]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.suppliers, statements.Supply.of, page, when)

    @together("Whom it supplies, by name of the customer.")
    @staticmethod
    def customers(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Supply]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.customers, statements.Supply.of, page, when)

    @together("Its members, by name.")
    @staticmethod
    def members(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.MembershipClaim]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.members, statements.MembershipClaim.of, page, when)

    @together("What it is a member of, by name.")
    @staticmethod
    def memberships(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.MembershipClaim]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.memberships, statements.MembershipClaim.of, page, when)

    @together("Hospitality, gifts and donations it gave or received, by start.")
    @staticmethod
    def benefits(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Benefit]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.benefits, statements.Benefit.of, page, when)

    @together("What it owns or has a share of, by name.")
    @staticmethod
    def owns(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Ownership]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.owns, statements.Ownership.of, page, when)


# These take the types above for theirs, and the types above take theirs for lists: strawberry looks them up later.
from schema import introducers, statements, ties  # noqa: E402
