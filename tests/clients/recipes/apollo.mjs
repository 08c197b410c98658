import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { createHash } from "node:crypto";
import { filter, firstValueFrom } from "rxjs";

// What each interface can be, so that `... on Agent` finds its people and organizations in the cache.
const possibleTypes = {
  Agent: ["Organization", "Person"],
  Claim: [
    "Affiliation",
    "Benefit",
    "CapabilityClaim",
    "CertificationClaim",
    "MembershipClaim",
    "Ownership",
    "PostHolding",
    "Supply",
  ],
};

// The arguments that make two lists different ones; cursors only say where in a list.
const typePolicies = {
  Query: {
    fields: {
      people: relayStylePagination(["filter", "orderBy"]),
      organizations: relayStylePagination(["filter", "orderBy"]),
      search: relayStylePagination(["text", "kinds"]),
    },
  },
  Organization: { fields: { people: relayStylePagination(["asOf", "knownAt", "current", "disputes"]) } },
};

export function connect(url, token, fetch = globalThis.fetch) {
  const persisted = new PersistedQueryLink({
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
  });
  const http = new HttpLink({ uri: `${url}/graphql`, headers: { Authorization: `Bearer ${token}` }, fetch });
  return new ApolloClient({
    link: ApolloLink.from([persisted, http]),
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
  });
}

export const PEOPLE = gql`
  query People($first: Int, $after: Cursor) {
    people(first: $first, after: $after) {
      edges {
        node {
          ...Name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }

  fragment Name on Agent {
    id
    name
  }
`;

// Question fields may be null: with "all" a failing one leaves the others, and tells its code.
export const ROUTES = gql`
  query Routes($from: ID!, $to: ID!, $k: Int, $asOf: Date) {
    viewer {
      name
    }
    introductionPaths(from: $from, to: $to, k: $k, asOf: $asOf) {
      outcome
      paths {
        band
        segments {
          to {
            ...Name
          }
        }
      }
    }
  }

  fragment Name on Agent {
    id
    name
  }
`;

export async function everybody(client) {
  const query = client.watchQuery({ query: PEOPLE, variables: { first: 2 } });
  const watching = query.subscribe(() => undefined); // as a component would
  let { data } = await firstValueFrom(query.pipe(filter(({ loading }) => !loading)));
  while (data.people.pageInfo.hasNextPage) {
    ({ data } = await query.fetchMore({ variables: { after: data.people.pageInfo.endCursor } }));
  }
  watching.unsubscribe();
  return client.readQuery({ query: PEOPLE }).people.edges.map(({ node }) => node.name);
}

export async function routes(client, variables) {
  const { data, error } = await client.query({ query: ROUTES, variables, errorPolicy: "all" });
  return { data, codes: (error?.errors ?? []).map(({ path, extensions }) => [path, extensions.code]) };
}
