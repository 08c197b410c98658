"""What a document may ask for: its size, its shape, and the nodes it can lead to, from its text and variables alone."""

from typing import Any

import pytest
from graphql import GraphQLError, get_introspection_query, validate
from hypothesis import given
from hypothesis import strategies as st

import schema
from schema import execution, limits
from schema.execution import SCHEMA, sdl
from service.engines.protocol import Engine
from tests.graph.little import graph
from tests.schema.paddock import context

FIRMS = (
    "query ($n: Int = 50, $m: Int) { organizations(first: $n) { edges { node { people(last: $m) { totalCount } } } } }"
)


def cost(query: str, operation: str | None = None, **variables: Any) -> int:
    """The nodes an operation of a valid document may lead to."""
    document = limits.read(query)
    assert validate(SCHEMA, document) == []
    return limits.costs(SCHEMA, document, variables).of(operation)


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("{ viewer { name } }", 1),
        ('{ a: person(id: "a") { name } b: person(id: "b") { name } }', 2),
        ("{ people { totalCount } }", 20),
        ("{ people(first: 7) { totalCount } }", 7),
        ("{ people(last: 7) { totalCount } }", 7),
        ("{ people(first: 0) { totalCount } }", 0),
        ("{ people(first: null) { totalCount } }", 20),
        # Of 10 firms each has 5 people, and each of them 20 posts.
        (
            (
                "{ organizations(first: 10) { edges { node { people(first: 5) { edges { node { person {"
                " posts { totalCount } } } } } } } } }"
            ),
            10 + 10 * 5 + 10 * 5 * 20,
        ),
        ('{ person(id: "a") { posts(first: 5) { totalCount } knows(first: 3) { totalCount } } }', 1 + 5 + 3),
        # The field refuses such pages itself; counted is what it could give at most.
        ("{ people(first: 5000) { totalCount } }", 1000),
        ('{ person(id: "a") { posts(first: 5000) { totalCount } } }', 101),
        ("{ people(first: -5) { totalCount } }", 0),
        ('{ nodes(ids: ["a", "b", "c"]) { ... on Person { knows(first: 10) { totalCount } } } }', 3 + 3 * 10),
        ('{ introductionPaths(from: "a", to: "b", k: 4) { outcome } }', 4),
        ('{ introductionPaths(from: "a", to: "b") { outcome } }', 5),
        ('{ interlocks(people: ["a"]) { people { name } } }', 3 + 3 * 3),
        ("{ __schema { types { fields { name } } } }", 0),
        # A fragment is what it stands for, everywhere it is used; twice in one selection it is one.
        ("{ ...a ...a } fragment a on Query { people { totalCount } }", 20),
        ("{ ...a ... { ...a } } fragment a on Query { people { totalCount } }", 40),
        (
            "{ people(first: 2) { edges { node { ...a } } } } fragment a on Person { posts(first: 3) { totalCount } }",
            2 + 2 * 3,
        ),
        ("{ ... on Query { people { totalCount } } }", 20),
    ],
)
def test_a_document_costs_the_nodes_it_can_lead_to(query: str, nodes: int) -> None:
    assert cost(query) == nodes


@pytest.mark.parametrize(
    ("variables", "nodes"),
    [
        ({}, 50 + 50 * 20),
        ({"n": 2}, 2 + 2 * 20),
        ({"n": 2, "m": 3}, 2 + 2 * 3),
        ({"n": None, "m": None}, 20 + 20 * 20),
        ({"n": 2.0, "m": 3}, 2 + 2 * 3),
        ({"n": 5000, "m": 5000}, 1000 + 1000 * 100),
        ({"n": "many"}, 20 + 20 * 20),
    ],
)
def test_variables_say_how_long_pages_are(variables: dict[str, Any], nodes: int) -> None:
    assert cost(FIRMS, **variables) == nodes


def test_of_several_operations_the_one_that_is_run_counts() -> None:
    query = "query A { people { totalCount } } query B($n: Int = 9) { people(first: $n) { totalCount } }"

    assert (cost(query, "A"), cost(query, "B"), cost(query, "B", n=3), cost(query)) == (20, 9, 3, 0)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("{" + " a: b" * 31 + "}", "the document has more than 30 aliases; ask for less at once"),
        ("{" + " a: __typename" * 31 + "}", "the document has more than 30 aliases; ask for less at once"),
        ("{ a" + " @b" * 51 + "}", "the document has more than 50 directives; ask for less at once"),
        ("query ($a: Int" + " @b" * 51 + ") { a }", "the document has more than 50 directives; ask for less at once"),
        ("{ ...a" + " @b" * 51 + "}", "the document has more than 50 directives; ask for less at once"),
        (
            "{ a }" + "".join(f" fragment f{n} on Query {{ a }}" for n in range(31)),
            "the document has more than 30 fragments; ask for less at once",
        ),
        ("{ a(b: [{c: " + "9" * 41 + "}]) }", "a number has more than 40 digits; write a shorter one"),
        ("query ($a: Int = " + "9" * 5000 + ") { a }", "a number has more than 40 digits; write a shorter one"),
        ("{ a @b(c: 0." + "9" * 41 + ") }", "a number has more than 40 digits; write a shorter one"),
        (
            "{ a(b: " + "[" * 17 + "]" * 17 + ") }",
            "a value is nested too deeply; stay within 16 lists and objects in each other",
        ),
        ("{ a " * 21 + "}" * 21, "the document is nested too deeply; stay within 20 levels of fields"),
        (
            "{ b } fragment f on Query " + "{ a " * 21 + "}" * 21,
            "the document is nested too deeply; stay within 20 levels of fields",
        ),
    ],
)
def test_a_shape_beyond_the_limits_is_refused_whatever_it_names(query: str, sentence: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        limits.costs(SCHEMA, limits.read(query))

    assert caught.value.message == sentence


def test_a_shape_within_the_limits_is_not() -> None:
    query = "{" + " a: b" * 30 + " a" + " @b" * 50 + "{ a " * 19 + "}" * 19 + "}"
    query += "".join(f" fragment f{n} on Query {{ a }}" for n in range(30))

    assert limits.costs(SCHEMA, limits.read(query)).deciding == ()


def test_the_question_tools_ask_first_is_within_all_limits() -> None:
    assert cost(get_introspection_query(input_value_deprecation=True, schema_description=True)) == 0
    assert sdl().startswith('"""')


def test_what_is_written_once_is_walked_once_however_often_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each of 28 fragments uses the next one twice, apart: 2^28 lists.
    chain = "".join(f" fragment f{n} on Query {{ ...f{n + 1} ... {{ ...f{n + 1} }} }}" for n in range(28))
    document = limits.read("{ ...f0 }" + chain + " fragment f28 on Query { people { totalCount } }")
    steps = 0
    selection = limits.Walk._selection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

    def counted(self: limits.Walk, *said: object) -> limits.Weight:
        nonlocal steps
        steps += 1
        return selection(self, *said)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(limits.Walk, "_selection", counted)
    costs = limits.costs(SCHEMA, document)

    assert costs == limits.Costs({None: 2**28 * 20})
    assert steps == 1 + 28 * 3 + 2  # each selection that is written


def test_what_costs_too_much_is_refused_with_what_it_costs() -> None:
    sentence = "stay within 50,000 by smaller pages or fewer lists in lists"

    assert limits.refused(50_000) is None
    assert limits.refused(50_001) == {
        "message": f"the document asks for up to 50,001 things; {sentence}",
        "extensions": {"code": "TOO_EXPENSIVE"},
    }
    assert limits.Costs({None: 10**400}).of(None) == 10**15


NAMES = st.sampled_from(["first", "last", "ids", "name"])
VALUES: st.SearchStrategy[object] = st.sampled_from(
    [None, 0, 1, 1.0, 20, 20.5, True, -3, 5000, "x", "y", [], ["a"], ["b"], [1, 2], {}, {"a": 1}]
)
SIZED = """query ($first: Int = 7, $last: Int, $ids: [ID!]!, $name: String!) {
    people(first: $first) { edges { node { knows(first: $last) { totalCount } } } }
    nodes(ids: $ids) { id }
    search(text: $name) { totalCount }
}"""


@given(st.dictionaries(NAMES, VALUES), st.dictionaries(NAMES, VALUES, max_size=1))
def test_what_variables_say_of_lengths_decides_what_a_document_costs(
    said: dict[str, object], others: dict[str, object]
) -> None:
    document = limits.read(SIZED)
    costs = limits.costs(SCHEMA, document)

    assert costs.deciding == ("first", "ids", "last")
    if costs.said(said) == costs.said(said | others):
        assert limits.costs(SCHEMA, document, said) == limits.costs(SCHEMA, document, said | others)


@pytest.mark.embedded
async def test_a_document_is_walked_once_for_each_length_its_variables_say(
    embedded: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked = list[object]()

    def counted(*said: Any) -> limits.Costs:
        walked.append(said[2] if len(said) > 2 else None)
        return limits.costs(*said)

    monkeypatch.setattr(execution, "costs", counted)
    query = "query ($few: Int!, $id: ID!) { people(first: $few) { totalCount } person(id: $id) { name } }"
    asked = [{"few": few, "id": id} for few, id in ((3, "a"), (5, "a"), (3, "b"), (5, "c"), (3, "a"))]
    costs = list[int | None]()
    for variables in asked:
        carried = await context(graph(embedded))
        await schema.run(carried, query, variables)
        costs.append(carried.cost)

    assert costs == [4, 6, 4, 6, 4]
    assert walked == [None, asked[0], asked[1]]
