import os

import pytest
from neo4j.warnings import Neo4jDeprecationWarning

from service.engines import bolt
from service.engines.neo4j import Neo4j

pytestmark = [
    pytest.mark.neo4j,
    pytest.mark.skipif(not os.environ.get("PYTHONNEO4JDEBUG"), reason="the driver is not in its debug mode"),
]


async def test_a_remark_of_neo4j_is_a_warning_that_names_who_asked(neo4j: Neo4j) -> None:
    with pytest.warns(Neo4jDeprecationWarning) as told:
        await neo4j.read("MATCH (n) RETURN id(n) AS id LIMIT 0", {})
    assert {warning.filename for warning in told} == {bolt.__file__}
