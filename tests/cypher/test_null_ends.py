"""What happens to a pattern one end of which is null: the reason why the scope check wants a second guard there."""

import pytest

from service.engines.protocol import Engine, Transaction

MADE = """
CREATE (a:Person {id: 'a', vis: 0})-[:DIRECTOR_OF {id: 'd', vis: 0}]->(:Organization {id: 'hidden', vis: 3})
WITH a RETURN [a.id] AS rows
"""
OPTIONAL = """
MATCH (p:Person) WHERE p.vis IN $vis
OPTIONAL MATCH (o:Organization {id: 'hidden'}) WHERE o.vis IN $vis
WITH p, o
"""
MATCHED = "MATCH (p)-[d:DIRECTOR_OF]->(o) WHERE d.vis IN $vis RETURN collect(o.id) AS rows"
COMPREHENDED = "RETURN [(q:Person)-[d:DIRECTOR_OF]->(o) WHERE q.vis IN $vis AND d.vis IN $vis | o.id] AS rows"


async def made(transaction: Transaction) -> None:
    await transaction.run(MADE, {})


@pytest.fixture
async def filled(engine: Engine) -> Engine:
    await engine.write(made)
    return engine


@pytest.mark.parametrize("pattern", [MATCHED, COMPREHENDED], ids=["match", "comprehension"])
async def test_neo4j_finds_nothing_at_a_null_end_and_the_embedded_engine_binds_it_anew(
    filled: Engine, pattern: str
) -> None:
    found = await filled.read(OPTIONAL + pattern, {"vis": [0]})
    assert found == [{"rows": [] if filled.name == "neo4j" else ["hidden"]}]


@pytest.mark.parametrize("pattern", [MATCHED, COMPREHENDED], ids=["match", "comprehension"])
async def test_a_second_guard_keeps_what_is_hidden_hidden_on_both_engines(filled: Engine, pattern: str) -> None:
    guarded = pattern.replace("WHERE", "WHERE o.vis IN $vis AND")
    assert await filled.read(OPTIONAL + guarded, {"vis": [0]}) == [{"rows": []}]
