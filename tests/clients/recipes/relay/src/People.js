import { graphql } from "relay-runtime";

export const PEOPLE = graphql`
  query PeopleQuery($first: Int!, $after: Cursor) {
    ...People_list @arguments(first: $first, after: $after)
  }
`;

export const LIST = graphql`
  fragment People_list on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "Cursor" })
  @refetchable(queryName: "PeopleNextQuery") {
    people(first: $first, after: $after) @connection(key: "People_people") {
      edges {
        node {
          id
          ...Person_card
        }
      }
    }
  }
`;
