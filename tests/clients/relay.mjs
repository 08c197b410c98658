// What compiled Relay documents get from a server, as JSON: node relay.mjs FOLDER URL TOKEN
import { pathToFileURL } from "node:url";
import relay from "relay-runtime";

const [folder, url, token] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(`${folder}/${file}`)).then((found) => found.default ?? found);
const { environment } = await load("environment.mjs");
const [people, next, list, card, one] = await Promise.all(
  ["PeopleQuery", "PeopleNextQuery", "People_list", "Person_card", "PersonCardQuery"].map((name) =>
    load(`artifacts/${name}.graphql.js`),
  ),
);
const server = environment(url, token);

// As usePaginationFragment does it: the first page, then the next one into the same connection.
function shown(fragment, owner) {
  return server.lookup(relay.getSingularSelector(fragment, owner)).data;
}
async function run(query, variables) {
  const operation = relay.createOperationDescriptor(relay.getRequest(query), variables);
  await relay.fetchQuery(server, query, variables).toPromise();
  server.retain(operation);
  return server.lookup(operation.fragment).data;
}

const first = await run(people, { first: 2 });
const { endCursor } = shown(list, first).people.pageInfo;
await run(next, { first: 2, after: endCursor });
const all = shown(list, first).people.edges.map(({ node }) => shown(card, node));
const again = await run(one, { id: "per-ann", asOf: "2026-11-23" });
console.log(JSON.stringify({ all, refetched: shown(card, again.node) }));
