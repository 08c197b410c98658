"""Functions of root fields are given what strawberry gives them, and lists of their own."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from collections import Counter
from typing import Any, cast

import pytest
from graphql import FieldNode, GraphQLError, OperationDefinitionNode, parse
from graphql.execution import get_argument_values
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.schema.schema_converter import get_arguments

from schema.execution import SCHEMA
from schema.shaping import arguments
from tests.schema.documents import drawn

DRAWN = 300
STRAWBERRY: Any = cast("Any", SCHEMA)._strawberry_schema  # noqa: SLF001 (where strawberry keeps itself)
CONTEXT = object()


def field(node: FieldNode) -> Any:
    """A root field of the contract."""
    query = SCHEMA.query_type
    assert query is not None
    return query.fields[node.name.value]


def given(node: FieldNode, variables: VariableValues) -> dict[str, object]:
    """What the function of a root field is given, but for whom it is asked by."""
    definition = field(node)
    known = arguments.given(SCHEMA, definition, node, definition.extensions["strawberry-definition"])
    found = known(variables, CONTEXT)
    told = found.pop("info")
    assert isinstance(told, arguments.Told)
    assert told.context is CONTEXT
    return found


def stock(node: FieldNode, variables: VariableValues) -> dict[str, object]:
    """The same from strawberry itself."""
    definition = field(node)
    _, found = get_arguments(
        field=definition.extensions["strawberry-definition"],
        source=None,
        info=arguments.Told(CONTEXT),
        kwargs=get_argument_values(definition, node, variables),
        config=STRAWBERRY.config,
        scalar_registry=STRAWBERRY.schema_converter.scalar_registry,
    )
    found.pop("info")
    return found


def roots(text: str, said: dict[str, object]) -> list[tuple[FieldNode, VariableValues]]:
    """The root fields of a document that have arguments, with its variables."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    values = get_variable_values(SCHEMA, operation.variable_definitions or (), said)
    if not isinstance(values, VariableValues):
        return []
    nodes = [one for one in operation.selection_set.selections if isinstance(one, FieldNode)]
    return [(one, values) for one in nodes if not one.name.value.startswith("__") and field(one).args]


def test_what_functions_are_given_is_what_strawberry_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = Counter[str]()

    def refused(*_: object) -> None:
        pytest.fail("left to strawberry")

    monkeypatch.setattr(arguments, "_stock", refused)
    for number in range(DRAWN):
        document = drawn(SCHEMA, str(number))
        for node, variables in roots(document.text, document.variables):
            try:
                expected: object = stock(node, variables)
            except GraphQLError:
                ends["refused"] += 1
                continue
            assert given(node, variables) == expected
            ends[node.name.value] += 1

    assert len(ends) > 20


def test_a_list_is_another_for_each_run() -> None:
    ((node, variables),) = roots('{ nodes(ids: ["a", "b"]) { id } }', {})
    ((other, said),) = roots("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["a", "b"]})

    for one, values in ((node, variables), (other, said)):
        first, second = given(one, values)["ids"], given(one, values)["ids"]
        assert first == second == ["a", "b"]
        assert first is not second
