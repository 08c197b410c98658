"""The audits of graphql-http against a live server; skipped, and said so, where Node.js or its packages are missing."""

import json

import pytest

from tests.clients.live import NODE, Served, by_node, ran


@by_node
@pytest.mark.embedded
async def test_graphql_over_http_is_spoken_as_its_audits_want_it(served: Served) -> None:
    url, secret = served

    found = json.loads(await ran(NODE, "audits.mjs", f"{url}/graphql", secret))

    assert found == {"audits": 61, "failed": []}
