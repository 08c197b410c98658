"""Root fields that a token may not ask for are refused before anything is run, from the document's text alone."""

from dataclasses import replace
from typing import cast

import pytest
from graphql import parse

import schema
from schema.context import Context
from schema.permits import forbidden
from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from service.graph.questions.ties import Network
from service.graph.store import Graph
from tests.graph.little import Little

PERMITTED = frozenset({"viewer", "person"})


@pytest.mark.parametrize(
    ("document", "operation", "named"),
    [
        ("{ viewer { name } __typename __schema { types { name } } }", None, []),
        ("{ a: person(id: 1) { name } b: node(id: 1) { id } }", None, ["node"]),
        ("{ node(id: 1) @skip(if: true) { id } }", None, ["node"]),
        ("{ ... { ... on Query { tie(a: 1, b: 2) { band } } } }", None, ["tie"]),
        ("query A { viewer { name } } query B { nodes(ids: []) { id } }", "A", []),
        ("query A { viewer { name } } query B { nodes(ids: []) { id } }", "B", ["nodes"]),
        ("query A { viewer { name } } query B { nodes(ids: []) { id } }", None, []),
        (
            "{ ...F ...F } fragment F on Query { people { totalCount } ...G } fragment G on Query { events { id } }",
            None,
            ["people", "events"],
        ),
        ("mutation { addPerson(input: {}) { agent { id } } }", None, ["addPerson"]),
    ],
)
def test_only_root_fields_of_the_operation_count_wherever_they_are_written(
    document: str, operation: str | None, named: list[str]
) -> None:
    found = forbidden(parse(document), operation, PERMITTED)
    assert [error.message for error in found] == [
        f"this token may not ask for {name}; ask for one that may" for name in named
    ]


async def test_a_document_with_a_field_too_many_is_refused_whole_and_nothing_of_it_is_run(engine: Engine) -> None:
    saved = await Little().save(engine)
    viewer = replace(await auth.owner(saved, Role.MEMBERS), fields=frozenset({"viewer"}))
    spent: list[int] = []
    context = Context(cast("Graph", None), cast("Network", None), viewer, spend=spent.append)

    refused = await schema.run(context, '{ viewer { name } person(id: "per-1") { name } }')
    answered = await schema.run(context, "{ viewer { name roles } }")

    assert refused == {
        "errors": [
            {
                "message": "this token may not ask for person; ask for one that may",
                "locations": [{"line": 1, "column": 19}],
                "extensions": {"code": "FORBIDDEN"},
            }
        ]
    }
    assert (answered, spent) == ({"data": {"viewer": {"name": "owner", "roles": ["members"]}}}, [1])


def test_the_root_fields_are_those_of_both_types() -> None:
    assert {"viewer", "whoKnows", "addPerson"} <= schema.roots()
    assert "name" not in schema.roots()
