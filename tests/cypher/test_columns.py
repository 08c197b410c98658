import pytest

from cypher.columns import columns, shown
from cypher.errors import QueryError
from cypher.tokens import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (n:A) RETURN collect({id: n.id, since: n.since}) AS rows", "id, since"),
        ("MATCH (n:A) RETURN collect(n {.id, .name, one: 1, extra}) AS rows", "id, name, one, extra"),
        ("MATCH (n:A) RETURN collect(DISTINCT {id: n.id}) AS rows", "id"),
        ("MATCH (n:A) WITH count(n) AS saved RETURN [{saved: saved}] AS rows", "saved"),
        ("MATCH (n:A) WITH collect(n) AS all RETURN [x IN all WHERE x.id > 1 | {id: x.id}] AS rows", "id"),
        ("MATCH (n:A) WITH collect({id: n.id}) AS rows RETURN rows", "id"),
        ("MATCH (n:A) WITH collect({id: n.id}) AS found RETURN [x IN found WHERE x.id > 1] AS rows", "id"),
        ("MATCH (n:A) WITH collect({id: n.id})[0..3] AS some RETURN some[0..2] AS rows", "id"),
        ("MATCH (n:A) RETURN collect({id: n.id}) + [{id: 1}] AS rows", "id"),
        ("MATCH (n:A) RETURN CASE WHEN true THEN [{id: 1}] ELSE [] END AS rows", "id"),
        ("MATCH (n:A) RETURN COLLECT { MATCH (m:B) RETURN {id: m.id} } AS rows", "id"),
        ("MATCH (n:A) RETURN [(n)-[r:X|Y]->(m) WHERE m.id > 1 | {id: m.id}] AS rows", "id"),
        ("CALL { RETURN {id: 1} AS row UNION RETURN {id: 2} AS row } RETURN collect(row) AS rows", "id"),
        ("UNWIND [{id: 1}] AS row WITH row ORDER BY row.id RETURN collect(row) AS rows", "id"),
        (
            "MATCH (n:A) WITH n, {id: n.x} AS source RETURN collect(n {.id, source, all: [m IN n.l | {a: m}]}) AS rows",
            "id, source {id}, all {a}",
        ),
        ("MATCH (n:A) WITH n, n.x AS role RETURN collect([n.id, n.recordedAt, role]) AS rows", "id, recordedAt, role"),
        (
            "WITH n.id AS id, [m.id, m.name] AS to WITH id, collect([to.x, to]) AS all RETURN [[id, all]] AS rows",
            "id, all {x, to {id, name}}",
        ),
        (
            "MATCH (n:A) RETURN collect({id: n.id, role: CASE WHEN n.x > 1 THEN null ELSE {name: n.x} END}) AS rows",
            "id, role {name}",
        ),
    ],
)
def test_the_columns_are_the_keys_of_the_maps_that_come_back(text: str, expected: str) -> None:
    assert shown(columns(read(text, "f"))) == expected


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("MATCH (n:A) RETURN collect([n.id, n.name]) AS rows", True),
        ("MATCH (n:A) RETURN collect({id: n.id, name: n.name}) AS rows", False),
        ("WITH {id: 1} AS a, {id: 2} AS b RETURN [a, b] AS rows", False),
    ],
)
def test_a_list_of_values_has_its_columns_in_their_places_and_a_list_of_maps_is_its_maps(
    text: str,
    placed: bool,  # noqa: FBT001
) -> None:
    assert columns(read(text, "f")).placed == placed


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("MATCH (n:A) SET n.x = 1", "f: does not end in a RETURN; every query returns one column, rows"),
        ("RETURN 1 AS one", "f: returns something else than the one column rows; write RETURN ... AS rows"),
        ("RETURN [] AS rows, 1 AS n", "f: returns something else than the one column rows; write RETURN ... AS rows"),
        (
            "MATCH (n:A) RETURN collect(n) AS rows",
            "f: cannot see the columns of its RETURN; write RETURN collect({name: value}) AS rows",
        ),
        ("MATCH (n:A)\nRETURN collect(n {.*}) AS rows", "f:2: projects .*; name the fields"),
        (
            "MATCH (n:A)-->(m) RETURN collect([n.id, m.id]) AS rows",
            "f: cannot see the columns of its RETURN; write RETURN collect({name: value}) AS rows",
        ),
        ("RETURN [{id: 1}, {name: 2}] AS rows", "f:1: returns maps with different keys in one list"),
    ],
)
def test_columns_that_cannot_be_seen_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        columns(read(text, "f"))
    assert str(refused.value) == sentence
