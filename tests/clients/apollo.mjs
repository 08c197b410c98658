// What Apollo Client makes of a server, as JSON: node apollo.mjs URL TOKEN
import { connect, everybody, PEOPLE, routes } from "./recipes/apollo.mjs";

const [url, token] = process.argv.slice(2);
const sent = [];
const client = connect(url, token, (address, options) => {
  sent.push(Object.keys(JSON.parse(options.body)).sort());
  return fetch(address, options);
});

const names = await everybody(client);
const asked = { from: "per-ann", to: "per-cat", asOf: "2026-11-23" };
const found = await routes(client, asked);
const failed = await routes(client, { ...asked, k: 99 });
const before = sent.length;
await client.query({ query: PEOPLE, variables: { first: 1 }, fetchPolicy: "network-only" });
console.log(JSON.stringify({ names, found, failed, hashed: sent.slice(before) }));
client.stop();
