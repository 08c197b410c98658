"""A request remembers whom its answer shows, however the answer was put together."""

import pytest

import schema
from schema.context import Context
from schema.shaping import Shaping
from service.engines.protocol import Engine
from tests.graph.little import graph
from tests.schema.paddock import context, paddock

pytestmark = pytest.mark.embedded

ROUTES = """{ introductionPaths(from: "per-ann", to: "per-ben") {
    paths { from { id } to { name } onBehalfOf { ... on Person { __typename } } } } }"""
PEOPLE = """{
    nodes(ids: ["per-ann", "org-forge", "per-hid", "nobody"]) { id }
    organization(id: "org-gears") { people { edges { node { person { name } } } } }
}"""
SPOILT = """{
    person(id: "per-ben") { name posts(after: "x") { totalCount } }
    agent(scheme: "gb-coh", value: "1") { name }
}"""
NOBODY = '{ organization(id: "org-forge") { name people { totalCount edges { node { role } } } } }'


async def shown(engine: Engine, document: str) -> set[str]:
    """The people that the answer to a document shows."""
    asked: Context = await context(graph(engine))
    response = await schema.run(asked, document)
    assert "data" in response
    return asked.shown


@pytest.mark.parametrize("shaping", [True, False])
async def test_the_people_of_an_answer_are_remembered_by_id(
    embedded: Engine, monkeypatch: pytest.MonkeyPatch, *, shaping: bool
) -> None:
    await paddock().save(embedded)
    if not shaping:
        monkeypatch.setattr(Shaping, "attempts", False)

    assert await shown(embedded, PEOPLE) == {"per-ann", "per-ben"}
    assert await shown(embedded, ROUTES) == {"per-ann", "per-ben"}
    assert await shown(embedded, SPOILT) == {"per-ben"}
    assert await shown(embedded, NOBODY) == set()
