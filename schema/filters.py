"""What a list of people or organizations may be asked to keep, and in which order it comes."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from schema.enums import OrderDirection, OrganizationOrderField, PersonOrderField
from service.graph.questions import filters


@strawberry.input(
    description="What a name has to be, compared without case, accents and punctuation. All that is given counts, each"
    " for any of the names that you may see."
)
class TextFilter:
    eq: str | None = strawberry.field(default=None, description="The whole of it.")
    contains: str | None = strawberry.field(default=None, description="A part of it.")
    starts_with: str | None = strawberry.field(default=None, description="How it begins.")
    one_of: list[str] | None = strawberry.field(
        name="in", default=None, description="The whole of it is one of these: at most a hundred."
    )


@strawberry.input(
    description="Which people. All that is given counts; at most fifty conditions, which written out as alternatives"
    " are at most a hundred."
)
class PersonFilter:
    name: TextFilter | None = strawberry.field(default=None, description="One of their names is like this.")
    works_for: strawberry.ID | None = strawberry.field(
        default=None, description="They work for this organization or direct it, today or perhaps today."
    )
    every: list[PersonFilter] | None = strawberry.field(
        name="and", default=None, description="Each of these keeps them."
    )
    some: list[PersonFilter] | None = strawberry.field(
        name="or", default=None, description="One of these keeps them; none does where the list is empty."
    )
    none: PersonFilter | None = strawberry.field(name="not", default=None, description="This does not keep them.")


@strawberry.input(
    description="Which organizations. All that is given counts, claims as far as they hold today or perhaps do; at most"
    " fifty conditions, which written out as alternatives are at most a hundred."
)
class OrganizationFilter:
    name: TextFilter | None = strawberry.field(default=None, description="One of its names is like this.")
    kind: str | None = strawberry.field(default=None, description="It is this among others, as `supplier`.")
    country: str | None = strawberry.field(default=None, description="It has its seat there: two letters of ISO 3166.")
    capability: strawberry.ID | None = strawberry.field(
        default=None, description="It can do this or something narrower."
    )
    member_of: strawberry.ID | None = strawberry.field(default=None, description="It is a member of this organization.")
    suppliers: OrganizationFilter | None = strawberry.field(
        default=None, description="It has a supplier that this keeps; followed two steps."
    )
    customers: OrganizationFilter | None = strawberry.field(
        default=None, description="It has a customer that this keeps; followed two steps."
    )
    every: list[OrganizationFilter] | None = strawberry.field(
        name="and", default=None, description="Each of these keeps it."
    )
    some: list[OrganizationFilter] | None = strawberry.field(
        name="or", default=None, description="One of these keeps it; none does where the list is empty."
    )
    none: OrganizationFilter | None = strawberry.field(name="not", default=None, description="This does not keep it.")


@strawberry.input(description="An order of people.")
class PersonOrder:
    field: PersonOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="From which end.")


@strawberry.input(description="An order of organizations.")
class OrganizationOrder:
    field: OrganizationOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="From which end.")


def direction(orders: Sequence[PersonOrder | OrganizationOrder] | None) -> OrderDirection:
    """From which end a list comes. Names and ids decide every place, so that no second order has any effect."""
    return orders[0].direction if orders else OrderDirection.ASC


def people(asked: PersonFilter | None) -> filters.PersonFilter | None:
    """The filter of an input."""
    if asked is None:
        return None
    return filters.PersonFilter(
        name=_text(asked.name),
        works_for=asked.works_for,
        every=tuple(one for each in asked.every or () if (one := people(each)) is not None),
        some=None if asked.some is None else tuple(one for each in asked.some if (one := people(each)) is not None),
        none=people(asked.none),
    )


def organizations(asked: OrganizationFilter | None) -> filters.OrganizationFilter | None:
    """The filter of an input."""
    if asked is None:
        return None
    some = None if asked.some is None else [organizations(each) for each in asked.some]
    return filters.OrganizationFilter(
        name=_text(asked.name),
        kind=asked.kind,
        country=asked.country,
        capability=asked.capability,
        member_of=asked.member_of,
        suppliers=organizations(asked.suppliers),
        customers=organizations(asked.customers),
        every=tuple(one for each in asked.every or () if (one := organizations(each)) is not None),
        some=None if some is None else tuple(one for one in some if one is not None),
        none=organizations(asked.none),
    )


def _text(asked: TextFilter | None) -> filters.TextFilter | None:
    if asked is None:
        return None
    one_of = None if asked.one_of is None else tuple(asked.one_of)
    return filters.TextFilter(asked.eq, asked.contains, asked.starts_with, one_of)
