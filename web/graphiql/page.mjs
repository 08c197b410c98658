// The page: the editor, and above it the token and the purpose that go with each request.
import "./strict.mjs";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { buildSchema } from "graphql";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";

const workers = new URL("./", import.meta.url);
globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(`${label === "json" || label === "graphql" ? label : "editor"}.worker.js`, workers)),
};

const FIRST = `# Type a query; Ctrl-Space completes, Ctrl-Enter sends it.
{
  people(first: 5) {
    totalCount
    edges { node { name } }
  }
}
`;
const token = document.getElementById("token");
const purpose = document.getElementById("purpose");

// Kept for as long as the tab is open, and nowhere else.
for (const field of [token, purpose]) {
  field.value = sessionStorage.getItem(`paddock.${field.id}`) ?? "";
  field.addEventListener("input", () => sessionStorage.setItem(`paddock.${field.id}`, field.value));
}
token.form.addEventListener("submit", (event) => event.preventDefault());

const INCREMENTAL = /@(defer|stream)\b/;
const send = (parameters, options) => {
  const headers = { Accept: "application/graphql-response+json, application/json;q=0.9" };
  if (INCREMENTAL.test(parameters.query)) headers.Accept = `multipart/mixed, ${headers.Accept}`;
  if (token.value) headers.Authorization = `Bearer ${token.value.trim()}`;
  if (purpose.value) headers["Paddock-Purpose"] = purpose.value;
  return createGraphiQLFetcher({ url: "/graphql", headers })(parameters, options);
};

const Page = ({ schema }) => {
  const [fetcher] = useState(() => send);
  return createElement(
    GraphiQL,
    { fetcher, schema, storage: sessionStorage, initialQuery: FIRST, defaultQuery: FIRST, shouldPersistHeaders: false, showPersistHeadersSettings: false },
    createElement(GraphiQL.Logo, null, "Paddock"),
  );
};

// The contract is open to all, so the editor knows it before there is a token.
const contract = await fetch("/schema.graphql");
createRoot(document.getElementById("graphiql")).render(createElement(Page, { schema: buildSchema(await contract.text()) }));
