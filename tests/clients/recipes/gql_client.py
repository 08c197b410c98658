"""Who knows whom, asked with gql: python gql_client.py URL TOKEN."""

import json
import sys

from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport

ROUTES = gql("""
    query Routes($from: ID!, $to: ID!, $k: Int, $asOf: Date) {
      introductionPaths(from: $from, to: $to, k: $k, asOf: $asOf) {
        outcome
        paths { band segments { to { name } } }
      }
    }
""")


def routes(client: Client, **asked: object) -> object:
    """The answer, or the code of what is wrong with the question."""
    ROUTES.variable_values = asked
    try:
        return client.execute(ROUTES)["introductionPaths"]
    except TransportQueryError as error:
        return [one["extensions"]["code"] for one in error.errors or []]


if __name__ == "__main__":
    url, token = sys.argv[1:]
    transport = HTTPXTransport(url=f"{url}/graphql", headers={"Authorization": f"Bearer {token}"})
    # The contract is fetched by introspection, so that a document is checked before it is sent.
    client = Client(transport=transport, fetch_schema_from_transport=True)
    asked = {"from": "per-ann", "to": "per-cat", "asOf": "2026-11-23"}
    print(json.dumps([routes(client, **asked), routes(client, **asked, k=99)]))
