"""What the function that answers a field is given: worked out once where its document says it, else from variables."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import NoneType
from typing import Any, TypeAlias, cast

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLNonNull,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_required_argument,
)
from graphql.execution import get_argument_values
from graphql.execution.values import VariableValues, coerce_argument
from strawberry import Info
from strawberry.scalars import is_scalar
from strawberry.schema.schema_converter import GraphQLCoreConverter, get_arguments
from strawberry.types.arguments import convert_argument
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField

# The arguments of a run, by the names of the function's own.
Given: TypeAlias = Callable[[VariableValues, Any], dict[str, object]]

_NO_VARIABLES = VariableValues({}, {})
_UNCHANGING = (str, int, float, bool, NoneType, Enum)  # what every run may be given the same of


class OddError(Exception):
    """What only the stock executor can read, or tell what is wrong with."""


class Told(Info[Any, None]):
    """What a function that answers a field is told: the context. One that looks for more is asked the stock way."""

    def __init__(self, context: object) -> None:
        """Without what `Info` takes, which is another thing for each object."""
        self._context = context

    @property
    def context(self) -> Any:  # noqa: ANN401 (whatever the request carries)
        return self._context


@dataclass(frozen=True, slots=True)
class _Asked:
    """An argument that is another for each run: a variable, unless there is none; else what is `fixed`."""

    name: str
    variable: str
    fixed: object
    required: bool
    converted: Callable[[Any], object] | None  # None where it is given as it is

    def put(self, given: dict[str, object], variables: dict[str, object]) -> None:
        """Nothing, once it is among those given, if it is given at all."""
        value = variables.get(self.variable, self.fixed)
        if self.required and (value is None or value is Undefined):
            raise OddError
        if value is not Undefined:
            given[self.name] = value if self.converted is None or value is None else self.converted(value)


def given(schema: GraphQLSchema, definition: GraphQLField, node: FieldNode, behind: StrawberryField) -> Given:
    """What tells the arguments of a field of a document."""
    converter: GraphQLCoreConverter = cast("Any", schema)._strawberry_schema.schema_converter  # noqa: SLF001 (where strawberry keeps itself)
    try:
        constant, asked = _compiled(converter, definition, node, behind)
    except (OddError, GraphQLError):
        return _stock(converter, definition, node, behind)
    info = getattr(cast("Any", behind.base_resolver).info_parameter, "name", None)

    def known(variables: VariableValues, context: object) -> dict[str, object]:
        found = constant.copy()
        for one in asked:
            one.put(found, variables.coerced)
        if info is not None:
            found[info] = Told(context)
        return found

    return known


def _stock(
    converter: GraphQLCoreConverter, definition: GraphQLField, node: FieldNode, behind: StrawberryField
) -> Given:
    def known(variables: VariableValues, context: object) -> dict[str, object]:
        _, named = get_arguments(
            field=behind,
            source=None,
            info=Told(context),
            kwargs=get_argument_values(definition, node, variables),
            config=converter.config,
            scalar_registry=converter.scalar_registry,
        )
        return named

    return known


def _compiled(
    converter: GraphQLCoreConverter, definition: GraphQLField, node: FieldNode, behind: StrawberryField
) -> tuple[dict[str, object], list[_Asked]]:
    """The arguments that are always the same, and those that are not."""
    written = {one.name.value: one for one in node.arguments or ()}
    behinds = {converter.config.name_converter.from_argument(one): one for one in behind.arguments}
    constant, asked = dict[str, object](), list[_Asked]()
    for name, argument in definition.args.items():
        one, own = written.get(name), behinds.get(name)
        if own is None or isinstance(own.type, StrawberryMaybe):
            raise OddError
        value = None if one is None else one.value
        variable = value.name.value if isinstance(value, VariableNode) else ""
        required = isinstance(argument.type, GraphQLNonNull)
        fixed = _fixed(node, name, argument, one, variable)
        if not variable and isinstance(fixed, _UNCHANGING):
            constant[own.python_name] = fixed
        elif variable or fixed is not Undefined:
            asked.append(_Asked(own.python_name, variable, fixed, required, _converted(converter, name, own.type)))
    return constant, asked


def _fixed(
    node: FieldNode, name: str, argument: GraphQLArgument, written: ArgumentNode | None, variable: str
) -> object:
    """What an argument is that no variable gives: as it is written, else its default."""
    if variable and is_required_argument(argument):
        return Undefined
    if written is not None and not variable and not _constant(written.value):
        raise OddError
    found = dict[str, object]()
    coerce_argument(found, node, name, argument, None if variable else written, _NO_VARIABLES, None)
    return next(iter(found.values()), Undefined)


def _constant(value: ValueNode) -> bool:
    """Whether no variable is anywhere in it."""
    if isinstance(value, ListValueNode):
        return all(map(_constant, value.values))
    if isinstance(value, ObjectValueNode):
        return all(_constant(one.value) for one in value.fields)
    return not isinstance(value, VariableNode)


def _converted(converter: GraphQLCoreConverter, name: str, kind: Any) -> Callable[[Any], object] | None:  # noqa: ANN401 (what strawberry knows of a type)
    """What strawberry makes of a value that is not None; None where that is the value itself."""
    bare = _optional(kind)
    if _leaf(converter, bare):
        return None
    # Whoever is given a list may keep it.
    if isinstance(bare, StrawberryList) and _leaf(converter, _optional(bare.of_type)):
        return list
    registry, config = converter.scalar_registry, converter.config
    return lambda value: convert_argument(value, kind, registry, config, None, path=(name,))


def _leaf(converter: GraphQLCoreConverter, kind: Any) -> bool:  # noqa: ANN401 (what strawberry knows of a type)
    return isinstance(kind, StrawberryEnumDefinition) or is_scalar(kind, converter.scalar_registry)


def _optional(kind: object) -> object:
    return kind.of_type if type(kind) is StrawberryOptional else kind
