"""Variables are read as graphql-core reads them, and not at all where it would complain."""

import pytest
from graphql import GraphQLError, OperationDefinitionNode, parse
from graphql.execution.values import VariableValues, get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from schema.execution import SCHEMA
from schema.shaping.variables import read, variables

DEFINED = """query (
    $a: ID! $b: [PersonOrder!] $c: Int = 5 $d: Date $e: PersonFilter = {or: []} $f: [EntityKind]! = [PERSON]
    $g: Float! $h: [[ID!]!] $i: [ID!] = "x"
) { viewer { name } }"""

SCALARS: st.SearchStrategy[object] = st.sampled_from(
    [None, "a", "", "NAME", "PERSON", "2026-11-24", "2026-13-01", 0, 7, 2**31, 1.0, 1.5, True, False]
)
VALUES: st.SearchStrategy[object] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["field", "direction", "or", "not", "name"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def operation(text: str) -> OperationDefinitionNode:
    """The operation of a document that has no more."""
    (found,) = parse(text).definitions
    assert isinstance(found, OperationDefinitionNode)
    return found


def told(values: VariableValues | list[GraphQLError] | None) -> object:
    """What variables are and were given as; None where anything is wrong with them."""
    if not isinstance(values, VariableValues):
        return None
    return values.coerced, {name: (one.signature.name, one.value) for name, one in values.sources.items()}


DEFINITIONS = operation(DEFINED)
KNOWN = variables(SCHEMA, DEFINITIONS)
SENSIBLE: dict[str, object] = {"a": "x", "g": 1.5}


@given(st.dictionaries(st.sampled_from("abcdefghi"), VALUES, max_size=3))
def test_variables_are_those_of_graphql_core_or_none(changed: dict[str, object]) -> None:
    said = SENSIBLE | changed
    stock = get_variable_values(SCHEMA, DEFINITIONS.variable_definitions or (), said)

    assert KNOWN is not None
    assert told(read(KNOWN, said)) == told(stock)


@pytest.mark.parametrize("missing", ["a", "g"])
def test_a_variable_that_is_required_has_to_be_there(missing: str) -> None:
    assert KNOWN is not None
    assert read(KNOWN, {name: value for name, value in SENSIBLE.items() if name != missing}) is None


def test_a_filter_may_be_nested_as_deeply_as_graphql_core_goes() -> None:
    deep: dict[str, object] = {}
    for _ in range(5_000):
        deep = {"not": deep}

    assert KNOWN is not None
    assert read(KNOWN, {**SENSIBLE, "e": deep}) is None
    assert isinstance(
        get_variable_values(SCHEMA, DEFINITIONS.variable_definitions or (), {**SENSIBLE, "e": deep}), list
    )


def test_an_operation_whose_variable_takes_what_is_no_input_has_none_that_are_known() -> None:
    assert variables(SCHEMA, operation("query ($a: Viewer) { viewer { name } }")) is None
