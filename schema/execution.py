"""Documents run against the contract, and the contract as text."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import isawaitable
from typing import TypeAlias, cast

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    ExperimentalIncrementalExecutionResults,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    build_schema,
    experimental_execute_incrementally,  # pyright: ignore[reportUnknownVariableType] (its middleware is a bare tuple)
    get_operation_ast,
    lexicographic_sort_schema,
    print_schema,
    validate,
)
from strawberry.schema.config import StrawberryConfig

from schema import permits, records, statements, things, ties
from schema.context import Context
from schema.errors import told
from schema.increments import DIRECTIVES, Parting, Parts, parted, parts
from schema.later import awaitable
from schema.limits import NOTHING, TOO_DEEP, Costs, costs, read, refused
from schema.mutation import Mutation
from schema.nodes import Source
from schema.query import Query
from schema.scalars import SCALARS
from schema.shaping import Plans, executed
from service import spans

Selected: TypeAlias = OperationDefinitionNode | FragmentDefinitionNode | FieldNode | InlineFragmentNode
LONG = 1000  # characters; what is shorter is read sooner than another thread has begun
MOST_ERRORS = 20  # of a document: looking for what may have been meant takes a millisecond each
MOST_SIZES = 64  # of a document: what its variables say of the lengths of its lists
KEPT = 256  # documents; clients send the same few again and again

# Types that only an interface leads to.
REACHED_BY_ID = (
    Source,
    *(things.Post, things.Capability, things.Event, things.Issue),
    *(statements.Affiliation, statements.PostHolding, statements.MembershipClaim, statements.Supply),
    *(statements.CapabilityClaim, statements.CertificationClaim, statements.Benefit, statements.Ownership),
    *(statements.Attendance, ties.Evidence, records.Meeting, records.CardExchange, records.Introduction),
)


def _without_null_defaults(schema: GraphQLSchema) -> GraphQLSchema:
    """The schema, its optional arguments absent unless given: strawberry would say that they default to null."""
    for named in schema.type_map.values():
        if isinstance(named, GraphQLInputObjectType):
            for value in named.fields.values():
                if value.default_value is None:
                    value.default_value = Undefined
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            for field in named.fields.values():
                for argument in field.args.values():
                    if argument.default_value is None:
                        argument.default_value = Undefined
    return schema


_PUBLIC = strawberry.Schema(
    query=Query, mutation=Mutation, types=REACHED_BY_ID, config=StrawberryConfig(scalar_map=SCALARS)
)
# What lies under strawberry's schema, as no public name leads there: documents are run on it as they are.
SCHEMA = _without_null_defaults(_PUBLIC._schema)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
SCHEMA.directives = (*SCHEMA.directives, *DIRECTIVES)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that may be run, or the errors for which it may not."""

    document: DocumentNode | None
    errors: tuple[dict[str, object], ...] = ()  # as they are told: the document itself need not be kept for them
    fields: frozenset[str] = frozenset()  # the names of all fields it asks for
    costs: Costs = NOTHING
    sized: dict[tuple[object, ...], Costs] = field(default_factory=dict[tuple[object, ...], Costs])
    parted: bool = False  # whether it asks for parts of its answer later
    plans: Plans = field(default_factory=Plans)  # how its values are put out


async def run(
    context: Context, query: str, variables: Mapping[str, object] | None = None, operation_name: str | None = None
) -> dict[str, object]:
    """The response to a document: `data` unless nothing was run, and `errors` where there are any."""
    prepared = _prepared(query)
    with spans.span("plan"):
        errors = _refusals(context, prepared, variables, operation_name)
    if errors is not None:
        return errors
    try:
        with spans.span("shape"):
            found = await executed(
                SCHEMA, cast("DocumentNode", prepared.document), prepared.plans, context, variables, operation_name
            )
    finally:
        context.close()
    return _response(found, prepared, operation_name)


async def run_in_parts(
    context: Context, query: str, variables: Mapping[str, object] | None = None, operation_name: str | None = None
) -> dict[str, object] | Parts:
    """The response to a document, in parts where it wants some of it later."""
    prepared = _prepared(query)
    if not prepared.parted:
        return await run(context, query, variables, operation_name)
    with spans.span("plan"):
        errors = _refusals(context, prepared, variables, operation_name)
    if errors is not None:
        return errors
    try:
        with spans.span("shape"):
            result = experimental_execute_incrementally(
                SCHEMA,
                cast("DocumentNode", prepared.document),
                context_value=context,
                variable_values=None if variables is None else dict(variables),
                operation_name=operation_name,
                is_awaitable=awaitable,
                executor_class=Parting,
            )
            found = await result if isawaitable(result) else result
    except BaseException:
        context.close()
        raise
    if isinstance(found, ExperimentalIncrementalExecutionResults):
        return parts(found, context, _name(prepared, operation_name))
    context.close()
    return _response(found, prepared, operation_name)


def _refusals(
    context: Context, prepared: Prepared, variables: Mapping[str, object] | None, operation_name: str | None
) -> dict[str, object] | None:
    """The response to a document of which nothing may be run; None where it may, which is paid for with this."""
    if prepared.document is None:
        return {"errors": [*prepared.errors]}
    if context.viewer.fields is not None:
        refusals = permits.forbidden(prepared.document, operation_name, context.viewer.fields)
        if refusals:
            return {"errors": told(refusals, operation_name)}
    context.fields = prepared.fields
    context.cost = _cost(prepared, variables, operation_name)
    if (refusal := refused(context.cost)) is not None:
        return {"errors": [refusal]}
    if context.spend is not None:
        context.spend(context.cost)
    return None


def _name(prepared: Prepared, operation_name: str | None) -> str | None:
    document = prepared.document
    operation = None if document is None else get_operation_ast(document, operation_name)
    return None if operation is None or operation.name is None else operation.name.value


async def prepare(query: str) -> None:
    """Nothing, once a document has been read: a long one beside everybody else's requests, not in front of them."""
    if len(query) > LONG and query not in _KNOWN:
        await asyncio.to_thread(_prepared, query)


def roots() -> frozenset[str]:
    """The names of all root fields."""
    return permits.roots(SCHEMA)


def asked(query: str, operation_name: str | None = None) -> tuple[str | None, tuple[str, ...]]:
    """The name of the operation of a document that is run, and its root fields: names alone, never what was given."""
    document = _prepared(query).document
    operation = None if document is None else get_operation_ast(document, operation_name)
    if document is None or operation is None:
        return None, ()
    fields = dict.fromkeys(one.name.value for one in permits.asked(document, operation_name))
    return None if operation.name is None else operation.name.value, tuple(fields)


def changes(query: str, operation_name: str | None = None) -> bool:
    """Whether a document would change something, were it run."""
    document = _prepared(query).document
    operation = None if document is None else get_operation_ast(document, operation_name)
    return operation is not None and operation.operation is not OperationType.QUERY


def faults(query: str) -> list[str]:
    """Why a document would be refused whatever its variables; nothing where it would not."""
    return [str(error["message"]) for error in _prepared(query).errors]


def _cost(prepared: Prepared, variables: Mapping[str, object] | None, operation: str | None) -> int:
    """The nodes that are asked for at most: looked up, unless a variable says how long a page is."""
    found = prepared.costs
    if found.deciding and prepared.document is not None:
        said = found.said(variables or {})
        found = prepared.sized.get(said) or costs(SCHEMA, prepared.document, variables)
        if len(prepared.sized) < MOST_SIZES:
            prepared.sized[said] = found
    return found.of(operation)


def _response(result: ExecutionResult, prepared: Prepared, operation_name: str | None) -> dict[str, object]:
    errors = result.errors
    if not errors:
        return {} if result.data is None else {"data": result.data}
    response: dict[str, object] = {"errors": told(errors, _name(prepared, operation_name))}
    if result.data is not None or any(error.path is not None for error in errors):
        response["data"] = result.data
    return response


_KNOWN: OrderedDict[str, Prepared] = OrderedDict()  # the one asked for last stands last


def _prepared(query: str) -> Prepared:
    found = _KNOWN.pop(query, None)
    if found is None:
        with spans.span("parse"):
            found = _read(query)
    _KNOWN[query] = found
    while len(_KNOWN) > KEPT:
        _KNOWN.popitem(last=False)
    return found


def _read(query: str) -> Prepared:
    document, cost = None, NOTHING
    try:
        document = read(query)
        cost = costs(SCHEMA, document)
        errors = validate(SCHEMA, document, max_errors=MOST_ERRORS)
    except GraphQLError as error:
        errors = [error]
    except RecursionError:
        errors = [GraphQLError(TOO_DEEP)]
    if errors or document is None:
        return Prepared(None, tuple(told(errors, None)))
    return Prepared(document, fields=_fields(document), costs=cost, parted=parted(document))


def _fields(document: DocumentNode) -> frozenset[str]:
    """Every field by its name, by its name behind that of the field it stands under, and behind that of its list.

    So `id` of `suppliers { edges { node { id } } }` is `id`, `node.id` and `suppliers.id`.
    """
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    names, followed = set[str](), set[tuple[str, str, str]]()

    def follow(node: Selected, under: str, listed: str) -> None:
        for one in node.selection_set.selections if node.selection_set else ():
            if isinstance(one, FieldNode):
                name = one.name.value
                names.update((name, f"{under}.{name}", f"{listed}.{name}"))
                follow(one, name, listed if name in _ENTRIES else name)
            elif isinstance(one, InlineFragmentNode):
                follow(one, under, listed)
            elif isinstance(one, FragmentSpreadNode) and (one.name.value, under, listed) not in followed:
                followed.add((one.name.value, under, listed))
                follow(fragments[one.name.value], under, listed)

    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            follow(operation, "", "")
    return frozenset(names)


_ENTRIES = frozenset({"edges", "node"})  # between a list and what it shows of an entry


@cache
def sdl() -> str:
    """The contract as it is committed: every type, field, argument and value in the order of the alphabet."""
    contract = build_schema(_PUBLIC.as_str())
    contract.directives = SCHEMA.directives
    return print_schema(lexicographic_sort_schema(contract)) + "\n"
