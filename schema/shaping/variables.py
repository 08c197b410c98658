"""The variables of an operation, read as the stock executor reads them, but for what it would have to complain of."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    GraphQLError,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    get_named_type,
    is_leaf_type,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource
from graphql.utilities import coerce_input_value

_TEXTS = frozenset({"ID", "String"})  # scalars that take text as it is


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One of them."""

    name: str
    signature: GraphQLVariableSignature
    required: bool
    absent: VariableValueSource
    read: Callable[[object], object]


def variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Variable, ...] | None:
    """Those of an operation; None where any of them takes more than scalars, enumerations and lists of them."""
    found = [_variable(schema, one) for one in operation.variable_definitions or ()]
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(found) else None


def read(known: Sequence[Variable], given: Mapping[str, object]) -> VariableValues | None:
    """What they are in a run; None where there is anything to complain of."""
    sources, coerced = dict[str, VariableValueSource](), dict[str, object]()
    for one in known:
        value = given.get(one.name, Undefined)
        if value is Undefined:
            if one.required:
                return None
            sources[one.name] = one.absent
            continue
        sources[one.name] = VariableValueSource(one.signature, value)
        put = one.read(value)
        if put is Undefined:
            return None
        coerced[one.name] = put
    return VariableValues(sources, coerced)


def _variable(schema: GraphQLSchema, definition: VariableDefinitionNode) -> Variable | None:
    signature = get_variable_signature(schema, definition)
    if isinstance(signature, GraphQLError) or signature.default is not None:
        return None
    kind = signature.type
    if not is_leaf_type(get_named_type(kind)):
        return None
    required = isinstance(kind, GraphQLNonNull)
    return Variable(signature.name, signature, required, VariableValueSource(signature), _reading(kind))


def _reading(kind: GraphQLInputType) -> Callable[[object], object]:
    bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    text = getattr(bare, "name", None) in _TEXTS
    return lambda value: value if text and type(value) is str else coerce_input_value(value, kind)
