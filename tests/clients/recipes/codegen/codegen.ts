import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql", // or the address of a server: https://paddock.example/schema.graphql
  documents: "documents.graphql",
  generates: {
    "contract.ts": { plugins: ["typescript"], config: { enumsAsTypes: true } },
    "documents.ts": { plugins: ["typescript-operations", "typed-document-node"] },
  },
  config: {
    strictScalars: true,
    useTypeImports: true,
    scalars: { Cursor: "string", Date: "string", DateTime: "string", PartialDate: "string" },
  },
};

export default config;
