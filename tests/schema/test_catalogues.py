"""Everything of a kind, as GraphQL lists and filters it."""

import pytest

from service.engines.protocol import Engine
from tests.schema.paddock import ask, context, data, paddock

PEOPLE = """query (
  $filter: PersonFilter, $order: [PersonOrder!], $first: Int, $after: Cursor, $last: Int, $before: Cursor
) {
  people(filter: $filter, orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id name otherNames affiliations { edges { node { organization { name } } } } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}"""
FIRMS = """query ($filter: OrganizationFilter, $order: [OrganizationOrder!]) {
  organizations(filter: $filter, orderBy: $order) { edges { node { name kinds country } } totalCount }
}"""


async def test_people_are_listed_a_page_at_a_time_with_all_that_is_asked_of_them(engine: Engine) -> None:
    graph = await paddock().save(engine)

    first = (await data(graph, PEOPLE, first=2))["people"]
    rest = (await data(graph, PEOPLE, first=2, after=first["pageInfo"]["endCursor"]))["people"]
    back = (await data(graph, PEOPLE, last=1, before=rest["pageInfo"]["startCursor"]))["people"]

    def works(*names: str) -> dict[str, object]:
        return {"edges": [{"node": {"organization": {"name": name}}} for name in names]}

    assert [edge["node"] for edge in first["edges"] + rest["edges"]] == [
        {"id": "per-ann", "name": "Ann Alloy", "otherNames": ["A. Alloy"], "affiliations": works("Forge Ltd")},
        {"id": "per-ben", "name": "Ben Bearing", "otherNames": [], "affiliations": works("Gears Ltd")},
        {"id": "per-cat", "name": "Cat Camshaft", "otherNames": [], "affiliations": works()},
    ]
    assert [edge["node"]["id"] for edge in back["edges"]] == ["per-ben"]
    assert [one["totalCount"] for one in (first, rest, back)] == [3, 3, 3]
    assert [(one["pageInfo"]["hasPreviousPage"], one["pageInfo"]["hasNextPage"]) for one in (first, rest, back)] == [
        (False, True),
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"name": {"startsWith": "a. al"}}, ["Ann Alloy"]),
        ({"name": {"eq": "agent a"}}, []),
        ({"name": {"in": ["BEN BEARING", "cat camshaft"]}}, ["Ben Bearing", "Cat Camshaft"]),
        ({"worksFor": "org-gears"}, ["Ben Bearing"]),
        ({"not": {"or": [{"worksFor": "org-gears"}, {"name": {"contains": "lloy"}}]}}, ["Cat Camshaft"]),
        ({"and": [{"name": {"contains": "a"}}, {"not": {"worksFor": "org-forge"}}]}, ["Ben Bearing", "Cat Camshaft"]),
        ({"or": []}, []),
        ({"and": [], "or": None, "not": None, "name": None}, ["Ann Alloy", "Ben Bearing", "Cat Camshaft"]),
    ],
)
async def test_a_filter_keeps_people_whatever_it_is_put_together_from(
    engine: Engine, wanted: dict[str, object], names: list[str]
) -> None:
    graph = await paddock().save(engine)
    found = (await data(graph, PEOPLE, filter=wanted))["people"]
    assert [edge["node"]["name"] for edge in found["edges"]] == names
    assert found["totalCount"] == len(names)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (None, ["Gears Ltd", "Forge Ltd", "Association"]),
        ({"kind": "supplier", "country": "GB"}, ["Forge Ltd"]),
        ({"capability": "cap-machining"}, ["Forge Ltd"]),
        ({"memberOf": "org-mia"}, ["Gears Ltd", "Forge Ltd"]),
        ({"suppliers": {"suppliers": {}}}, []),
        ({"suppliers": {"not": {"kind": "race team"}}}, ["Gears Ltd"]),
        ({"customers": {"name": {"eq": "gears ltd"}}}, ["Forge Ltd"]),
    ],
)
async def test_organizations_are_kept_by_a_filter_and_come_from_the_last(
    engine: Engine, wanted: dict[str, object] | None, names: list[str]
) -> None:
    graph = await paddock().save(engine)
    order = [{"field": "NAME", "direction": "DESC"}, {"field": "NAME"}]
    found = (await data(graph, FIRMS, filter=wanted, order=order))["organizations"]
    assert [edge["node"]["name"] for edge in found["edges"]] == names
    assert found["totalCount"] == len(names)


async def test_things_are_listed_by_name(engine: Engine) -> None:
    graph = await paddock().save(engine)
    found = await data(
        graph,
        """{
          capabilities { edges { node { name altLabels broader { name } } } totalCount }
          posts(last: 1) { edges { node { name organization { name } } } totalCount }
          events(first: 1) { edges { node { name partOf { name } } } pageInfo { hasNextPage } totalCount }
          issues { edges { node { id name } } totalCount }
        }""",
    )
    assert found == {
        "capabilities": {
            "edges": [
                {"node": {"name": "grinding", "altLabels": ["abrasion"], "broader": [{"name": "machining"}]}},
                {"node": {"name": "machining", "altLabels": [], "broader": []}},
            ],
            "totalCount": 2,
        },
        "posts": {"edges": [{"node": {"name": "Chair", "organization": {"name": "Association"}}}], "totalCount": 1},
        "events": {
            "edges": [{"node": {"name": "Dinner", "partOf": {"name": "Fair"}}}],
            "pageInfo": {"hasNextPage": True},
            "totalCount": 2,
        },
        "issues": {"edges": [{"node": {"id": "iss-tariff", "name": "Tariffs"}}], "totalCount": 1},
    }


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ people(first: 1001) { totalCount } }", "first is 1001; it may be 1 to 1000"),
        ("{ posts(first: 1, last: 1) { totalCount } }", "first and last exclude each other; give one of them"),
        (
            '{ people(filter: {name: {contains: "-"}}) { totalCount } }',
            "name.contains has nothing to compare; give at least one letter or digit",
        ),
        (
            "{ organizations(filter: {suppliers: {customers: {suppliers: {}}}}) { totalCount } }",
            "suppliers and customers are followed 2 steps; leave out those further away",
        ),
    ],
)
async def test_what_cannot_be_answered_is_refused_and_leaves_null(engine: Engine, query: str, message: str) -> None:
    graph = await paddock().save(engine)
    response = await ask(await context(graph), query)
    (error,) = response["errors"]
    assert (list(response["data"].values()), error["message"]) == ([None], message)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
