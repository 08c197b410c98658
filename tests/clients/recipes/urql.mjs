import { Client, fetchExchange, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";

// Types without an id are parts of what they stand in; the cache is to keep them there.
const parts = ["Tie", "Path", "PathResult", "PathSegment", "Provenance", "Identifier", "Viewer"];

export function connect(url, token, fetch = globalThis.fetch) {
  return new Client({
    url: `${url}/graphql`,
    fetch,
    preferGetMethod: false,
    fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
    exchanges: [
      cacheExchange({
        keys: Object.fromEntries(parts.map((name) => [name, () => null])),
        resolvers: { Query: { people: relayPagination(), organizations: relayPagination() } },
      }),
      persistedExchange({ preferGetForPersistedQueries: false }),
      fetchExchange,
    ],
  });
}

export const PEOPLE = gql`
  query People($first: Int, $after: Cursor) {
    people(first: $first, after: $after) {
      edges {
        node {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const TIE = gql`
  query Tie($a: ID!, $b: ID!, $asOf: Date) {
    tie(a: $a, b: $b, asOf: $asOf) {
      band
      a {
        id
        name
      }
    }
  }
`;

export async function everybody(client) {
  let after;
  for (;;) {
    const { data, error } = await client.query(PEOPLE, { first: 2, after });
    if (error) throw error;
    if (!data.people.pageInfo.hasNextPage) return data.people.edges.map(({ node }) => node.name);
    after = data.people.pageInfo.endCursor;
  }
}

export async function tie(client, variables) {
  const { data, error } = await client.query(TIE, variables);
  return { data, codes: (error?.graphQLErrors ?? []).map(({ path, extensions }) => [path ?? [], extensions.code]) };
}
