import { graphql } from "relay-runtime";

export const CARD = graphql`
  fragment Person_card on Person
  @argumentDefinitions(asOf: { type: "Date" })
  @refetchable(queryName: "PersonCardQuery") {
    id
    name
    affiliations(asOf: $asOf, first: 5) {
      edges {
        node {
          role
          organization {
            name
          }
        }
      }
    }
  }
`;
