"""Posts, capabilities, events and issues: what is said of agents is said in their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import strawberry

from schema.agents import Organization
from schema.connections import After, Before, Connection, First, Last, listed, nested
from schema.context import Info
from schema.enums import AttendanceStatus
from schema.fields import answered, over, read, together
from schema.later import Together
from schema.nodes import AsOf, KnownAt, Node
from schema.scalars import PartialDate
from service.errors import Code, ServiceError
from service.graph.questions import agents, claims, rows
from service.graph.questions.clocks import When

Status = Annotated[AttendanceStatus | None, strawberry.argument(description="Only those of whom this is known.")]
WithNarrower = Annotated[
    bool | None, strawberry.argument(description="Whether to count who can do something narrower too.")
]


@read()
@strawberry.type(description="An office in an organization, whoever holds it.")
class Post(Node):
    name: str = strawberry.field(description="What it is called.")

    @classmethod
    def of(cls, row: rows.Post) -> Post:
        """The post of a row."""
        return over(cls, row)

    @answered("The organization it is in.")
    async def organization(self, info: Info) -> Organization:
        found = await info.context.gathered(agents.post_organizations, self.id, None)
        if found is None:
            raise ServiceError(Code.GONE, "no organization of this post can be shown; ask for the post without it")
        return Organization.of(found)

    @together("Who holds or held it, by start.")
    @staticmethod
    def holders(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.PostHolding]]:
        page, when = nested(first, after, last, before), When(as_of, known_at)
        return listed(info.context, claims.holders, statements.PostHolding.of, page, when)


@read()
@strawberry.type(description="Something an organization can do, as forging or grinding.")
class Capability(Node):
    name: str = strawberry.field(description="What it is called.")
    alt_labels: Sequence[str] = strawberry.field(description="What else it is called.")

    @classmethod
    def of(cls, row: rows.Capability) -> Capability:
        """The capability of a row."""
        return over(cls, row)

    @answered("The capabilities just above it, by name.")
    async def broader(self, info: Info) -> list[Capability]:
        return [Capability.of(row) for row in await info.context.gathered(agents.broader, self.id, ())]

    @answered("The capabilities just below it, by name.")
    async def narrower(self, info: Info) -> list[Capability]:
        return [Capability.of(row) for row in await info.context.gathered(agents.narrower, self.id, ())]

    @together("Who can do it, by name of the organization.")
    @staticmethod
    def holders(
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        with_narrower: WithNarrower = True,  # noqa: FBT002 (the contract's default)
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.CapabilityClaim]]:
        return listed(
            info.context,
            claims.capable,
            statements.CapabilityClaim.of,
            nested(first, after, last, before),
            When(as_of, known_at),
            with_narrower=with_narrower is not False,
        )


@read()
@strawberry.type(description="A gathering: a fair, a dinner, a delegation, a race.")
class Event(Node):
    name: str = strawberry.field(description="What it is called.")
    start: PartialDate | None = strawberry.field(description="When it begins, as the source wrote it.")
    end: PartialDate | None = strawberry.field(description="When it ends, as the source wrote it.")

    @classmethod
    def of(cls, row: rows.Event) -> Event:
        """The event of a row."""
        return over(cls, row)

    @answered("The event it is a part of.")
    async def part_of(self, info: Info) -> Event | None:
        found = await info.context.gathered(agents.wholes, self.id, None)
        return None if found is None else Event.of(found)

    @together("Who was registered for it or attended it, by name.")
    @staticmethod
    def attendees(
        info: Info,
        status: Status = None,
        known_at: KnownAt = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Together[Connection[statements.Attendance]]:
        page, when = nested(first, after, last, before), When(known_at=known_at)
        make = statements.Attendance.of
        return listed(info.context, claims.attendees, make, page, when, status=status)


@read()
@strawberry.type(description="A question of public policy.")
class Issue(Node):
    name: str = strawberry.field(description="What it is called.")

    @classmethod
    def of(cls, row: rows.Issue) -> Issue:
        """The issue of a row."""
        return over(cls, row)


# It takes the types above for its own, and they take its types for lists: strawberry looks those up later.
from schema import statements  # noqa: E402
