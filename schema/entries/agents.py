"""People and organizations added by hand."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.agents import Agent, agent
from schema.context import Info
from schema.entries.fields import CONFIRM, ERRORS, KEY, SOURCE, VISIBILITY, IdentifierInput, level, listed, pairs
from schema.entries.refusals import UserError, outcome
from schema.enums import Visibility
from schema.fields import answered
from service.entries.newcomers import Added
from service.entries.organizations import OrganizationEntry, add_organization
from service.entries.people import PersonEntry, add_person


@strawberry.input(description="A person to add.")
class AddPersonInput:
    idempotency_key: str = strawberry.field(description=KEY)
    name: str = strawberry.field(description="What they are called.")
    organization: strawberry.ID | None = strawberry.field(default=None, description="Where they work.")
    role: str | None = strawberry.field(default=None, description="As what they work there.")
    identifiers: list[IdentifierInput] | None = strawberry.field(default=None, description="What schemes call them.")
    source: strawberry.ID | None = strawberry.field(default=None, description=SOURCE)
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)
    confirm_new: bool | None = strawberry.field(default=False, description=CONFIRM)


@strawberry.input(description="An organization to add.")
class AddOrganizationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    name: str = strawberry.field(description="What it is called.")
    kinds: list[str] | None = strawberry.field(default=None, description="What it is, as supplier or race team.")
    country: str | None = strawberry.field(default=None, description="Where it has its seat: two letters of ISO 3166.")
    identifiers: list[IdentifierInput] | None = strawberry.field(default=None, description="What schemes call it.")
    source: strawberry.ID | None = strawberry.field(default=None, description=SOURCE)
    visibility: Visibility | None = strawberry.field(default=Visibility.STAFF, description=VISIBILITY)
    confirm_new: bool | None = strawberry.field(default=False, description=CONFIRM)


@strawberry.type(description="Who was added; or, where somebody seems to be there already, who that may be.")
class AddAgentPayload:
    agent: Agent | None = strawberry.field(default=None, description="Whom the entry added; absent: nobody.")
    candidates: list[Agent] = strawberry.field(
        default_factory=list[Agent], description="Whom it may be about already, the surest first; nothing was written."
    )
    errors: list[UserError] = strawberry.field(default_factory=list[UserError], description=ERRORS)

    @classmethod
    def of(cls, found: Added) -> AddAgentPayload:
        """The payload of an entry that was not refused."""
        return cls(
            agent=None if found.agent is None else agent(found.agent),
            candidates=[agent(one.agent) for one in found.candidates],
        )


@strawberry.type
class AgentEntries:
    @answered(
        "Answers with candidates instead of creating when the person seems to be there already, unless `confirmNew`."
    )
    async def add_person(
        self, info: Info, told: Annotated[AddPersonInput, strawberry.argument(name="input", description="Who.")]
    ) -> AddAgentPayload:
        entry = PersonEntry(
            key=told.idempotency_key,
            name=told.name,
            organization=told.organization,
            role=told.role,
            identifiers=pairs(told.identifiers),
            source=told.source,
            visibility=level(told.visibility),
            confirm_new=bool(told.confirm_new),
        )
        adding = add_person(info.context.network, info.context.viewer, entry)
        return await outcome(info, adding, AddAgentPayload.of, AddAgentPayload)

    @answered(
        "Answers with candidates instead of creating when the organization seems to be there, unless `confirmNew`."
    )
    async def add_organization(
        self, info: Info, told: Annotated[AddOrganizationInput, strawberry.argument(name="input", description="Which.")]
    ) -> AddAgentPayload:
        entry = OrganizationEntry(
            key=told.idempotency_key,
            name=told.name,
            kinds=listed(told.kinds),
            country=told.country,
            identifiers=pairs(told.identifiers),
            source=told.source,
            visibility=level(told.visibility),
            confirm_new=bool(told.confirm_new),
        )
        adding = add_organization(info.context.network, info.context.viewer, entry)
        return await outcome(info, adding, AddAgentPayload.of, AddAgentPayload)
