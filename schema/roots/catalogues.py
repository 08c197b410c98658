"""All there is of a kind, by name."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema import agents, filters, things
from schema.catalogues import everything
from schema.connections import After, Before, Connection, First, Last
from schema.context import Info
from schema.fields import answered
from schema.filters import OrganizationFilter, OrganizationOrder, PersonFilter, PersonOrder
from service.graph.questions import catalogues

PeopleKept = Annotated[PersonFilter | None, strawberry.argument(description="Only people whom it keeps.")]
PeopleOrdered = Annotated[
    list[PersonOrder] | None, strawberry.argument(description="In which order; absent: by name, from the first.")
]
OrganizationsKept = Annotated[
    OrganizationFilter | None, strawberry.argument(description="Only organizations that it keeps.")
]
OrganizationsOrdered = Annotated[
    list[OrganizationOrder] | None, strawberry.argument(description="In which order; absent: by name, from the first.")
]


@strawberry.type
class CatalogueQuestions:
    @answered("All people, or those a filter keeps, by name, then id.")
    async def people(
        self,
        info: Info,
        filter: PeopleKept = None,  # noqa: A002 (the contract's name)
        order_by: PeopleOrdered = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[agents.Person] | None:
        graph, scope = info.context.graph, info.context.scope
        wanted, direction = filters.people(filter), filters.direction(order_by)
        return await everything(
            info.context.fields,
            lambda page: catalogues.people(graph, scope, wanted, direction, page),
            agents.Person.of,
            first,
            after,
            last,
            before,
        )

    @answered("All organizations, or those a filter keeps, by name, then id.")
    async def organizations(
        self,
        info: Info,
        filter: OrganizationsKept = None,  # noqa: A002 (the contract's name)
        order_by: OrganizationsOrdered = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[agents.Organization] | None:
        graph, scope = info.context.graph, info.context.scope
        wanted, direction = filters.organizations(filter), filters.direction(order_by)
        return await everything(
            info.context.fields,
            lambda page: catalogues.organizations(graph, scope, wanted, direction, page),
            agents.Organization.of,
            first,
            after,
            last,
            before,
        )

    @answered("Everything an organization might be able to do, by name, then id.")
    async def capabilities(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[things.Capability] | None:
        graph, scope = info.context.graph, info.context.scope
        return await everything(
            info.context.fields,
            lambda page: catalogues.capabilities(graph, scope, page),
            things.Capability.of,
            first,
            after,
            last,
            before,
        )

    @answered("All offices, whoever holds them, by name, then id.")
    async def posts(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[things.Post] | None:
        graph, scope = info.context.graph, info.context.scope
        return await everything(
            info.context.fields,
            lambda page: catalogues.posts(graph, scope, page),
            things.Post.of,
            first,
            after,
            last,
            before,
        )

    @answered("All gatherings, by name, then id.")
    async def events(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[things.Event] | None:
        graph, scope = info.context.graph, info.context.scope
        return await everything(
            info.context.fields,
            lambda page: catalogues.events(graph, scope, page),
            things.Event.of,
            first,
            after,
            last,
            before,
        )

    @answered("All questions of public policy, by name, then id.")
    async def issues(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[things.Issue] | None:
        graph, scope = info.context.graph, info.context.scope
        return await everything(
            info.context.fields,
            lambda page: catalogues.issues(graph, scope, page),
            things.Issue.of,
            first,
            after,
            last,
            before,
        )
