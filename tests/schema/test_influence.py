"""Offices, the routes to their holders, and shared organizations, as GraphQL tells them."""

from service.engines.protocol import Engine
from tests.schema.paddock import LASTING, ask, context, data, paddock

INFLUENCE = """query ($post: ID!, $issue: ID, $from: [ID!]) {
  influencePaths(post: $post, issue: $issue, from: $from, k: 1) {
    post { id name } outcome asOf knownAt
    holders {
      holding { id person { name } post { name } start current }
      paths { from { name } to { name } onBehalfOf { name } hops reasons }
    }
  }
}"""
INTERLOCKS = "query ($people: [ID!]!) { interlocks(people: $people) { organization { name } people { name } } }"


async def test_an_office_is_told_with_its_holders_and_the_routes_to_them(engine: Engine) -> None:
    made = paddock()
    made.claim("TAKES_STANCE", "org-forge", "iss-tariff", "clm-stance", position="against", **LASTING)
    graph = await made.save(engine)
    found = await data(graph, INFLUENCE, post="pst-chair", issue="iss-tariff", **{"from": ["org-forge"]})
    (holder,) = found["influencePaths"].pop("holders")
    (path,) = holder["paths"]
    assert found["influencePaths"] == {
        "post": {"id": "pst-chair", "name": "Chair"},
        "outcome": "FOUND",
        "asOf": "2026-11-23",
        "knownAt": "2026-11-23T12:00:00.000000Z",
    }
    cat, chair = {"name": "Cat Camshaft"}, {"name": "Chair"}
    assert holder["holding"] == {"id": "clm-holds", "person": cat, "post": chair, "start": "2019-05", "current": "YES"}
    assert path.pop("reasons")[-1] == (
        "On Tariffs, Forge Ltd takes the position against since 2019-05, says The register."
    )
    assert path == {"from": {"name": "Ann Alloy"}, "to": cat, "onBehalfOf": {"name": "Forge Ltd"}, "hops": 2}


async def test_an_office_that_is_not_there_answers_null(engine: Engine) -> None:
    graph = await paddock().save(engine)
    assert await data(graph, INFLUENCE, post="pst-none", **{"from": ["org-forge"]}) == {"influencePaths": None}


async def test_organizations_in_which_several_are_at_once_are_told_with_their_people(engine: Engine) -> None:
    made = paddock()
    made.claim("MEMBER_OF", "per-ann", "org-mia", "clm-ann-too", **LASTING)
    graph = await made.save(engine)
    people = ["per-cat", "per-ann", "per-hid"]
    assert await data(graph, INTERLOCKS, people=people) == {
        "interlocks": [
            {"organization": {"name": "Association"}, "people": [{"name": "Ann Alloy"}, {"name": "Cat Camshaft"}]}
        ]
    }
    assert await data(graph, INTERLOCKS, people=["per-ann"]) == {"interlocks": []}


async def test_without_an_association_an_office_is_refused_and_leaves_null(engine: Engine) -> None:
    response = await ask(await context(await paddock().save(engine)), INFLUENCE, post="pst-chair")
    (error,) = response["errors"]
    assert (response["data"], error["extensions"]["code"]) == ({"influencePaths": None}, "BAD_USER_INPUT")
