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
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import (
    VariableValues,
    VariableValueSource,
    input_is_nested_too_deeply,
    maybe_use_default_value,
)
from graphql.utilities import coerce_input_value

_TEXTS = frozenset({"ID", "String"})  # scalars that take text as it is


class InvalidError(Exception):
    """Something to complain of."""


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One of them."""

    name: str
    signature: GraphQLVariableSignature
    required: bool
    absent: VariableValueSource
    read: Callable[[object], object]


def variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Variable, ...] | None:
    """Those of an operation; None where any of them can never be read."""
    found = [_variable(schema, one) for one in operation.variable_definitions or ()]
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(found) else None


def read(known: Sequence[Variable], given: Mapping[str, object]) -> VariableValues | None:
    """What they are in a run; None where there is anything to complain of."""
    sources, coerced = dict[str, VariableValueSource](), dict[str, object]()
    try:
        for one in known:
            value = given.get(one.name, Undefined)
            if value is Undefined:
                sources[one.name] = one.absent
                _default(one, coerced)
            else:
                sources[one.name] = VariableValueSource(one.signature, value)
                coerced[one.name] = one.read(value)
    except (InvalidError, RecursionError):
        return None
    return VariableValues(sources, coerced)


def _default(one: Variable, coerced: dict[str, object]) -> None:
    if one.signature.default is not None:
        maybe_use_default_value(coerced, one.name, one.signature, _complain)
    elif one.required:
        raise InvalidError


def _complain(*_: object) -> None:
    raise InvalidError


def _variable(schema: GraphQLSchema, definition: VariableDefinitionNode) -> Variable | None:
    signature = get_variable_signature(schema, definition)
    if isinstance(signature, GraphQLError):
        return None
    required = isinstance(signature.type, GraphQLNonNull)
    absent = VariableValueSource(signature)
    return Variable(signature.name, signature, required, absent, _reading(signature.type))


def _reading(kind: GraphQLInputType) -> Callable[[object], object]:
    bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    text = getattr(bare, "name", None) in _TEXTS

    def known(value: object) -> object:
        if text and type(value) is str:
            return value
        found = Undefined if input_is_nested_too_deeply(value, kind) else coerce_input_value(value, kind)
        if found is Undefined:
            raise InvalidError
        return found

    return known
