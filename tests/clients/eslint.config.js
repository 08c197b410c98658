// The schema and relay rules of graphql-eslint over the contract; what is set otherwise says why.
import graphql from "@graphql-eslint/eslint-plugin";

const rules = graphql.configs;

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "schema/schema.graphql" } },
    },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...rules["flat/schema-all"].rules,
      ...rules["flat/schema-relay"].rules,

      // All of it is sorted: definitions with the directives before the types, where the rule would mix them, and
      // values by code points, where an underscore comes behind every capital.
      "@graphql-eslint/alphabetize": [
        "error",
        {
          fields: ["ObjectTypeDefinition", "InterfaceTypeDefinition", "InputObjectTypeDefinition"],
          arguments: ["FieldDefinition", "DirectiveDefinition"],
        },
      ],

      // Only things that are asked for again by their id have one; answers, pages, parts and refusals are no things.
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            suffixes: ["Connection", "Edge", "Payload", "Result", "Report"],
            types: [
              "CapabilityReach",
              "CardLedger",
              "CardLedgerRow",
              "ChainContact",
              "ChainContacts",
              "Identifier",
              "InfluenceHolder",
              "Interlock",
              "IntroducerLimits",
              "IntroductionStep",
              "PageInfo",
              "Path",
              "PathSegment",
              "Provenance",
              "SearchHit",
              "SupplyChain",
              "SupplyHop",
              "SupplyJoint",
              "Tie",
              "TieHistory",
              "TieHistoryPoint",
              "UserError",
              "Viewer",
            ],
          },
        },
      ],

      // Lists ranked by strength (`knows`, `evidence`) and by match (`search`), and the newest introductions, are read
      // from their best end only: going back from an end that nobody has seen has no use.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],

      // A hit of a search is a find, not a thing, and short closed lists (names, steps of a route) need no pages.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],

      // Every change is written by somebody; a contract without them would be another program.
      "@graphql-eslint/no-root-type": "off",

      // A payload tells its refusals in `errors` and is therefore always there; `viewer` and `nodes` are the two
      // questions that cannot fail alone.
      "@graphql-eslint/require-nullable-result-in-root": "off",

      // Whoever wants more after a change asks again: an answer read inside a mutation would show what is not committed.
      "@graphql-eslint/require-field-of-type-query-in-mutation-result": "off",
    },
  },
];
