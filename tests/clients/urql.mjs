// What urql makes of a server, as JSON: node urql.mjs URL TOKEN
import { connect, everybody, tie } from "./recipes/urql.mjs";

const [url, token] = process.argv.slice(2);
const sent = [];
const client = connect(url, token, (address, options) => {
  sent.push([options.method, "query" in JSON.parse(options.body)]);
  return fetch(address, options);
});

const names = await everybody(client);
const asked = { a: "per-ann", b: "per-ben", asOf: "2026-11-23" };
const found = await tie(client, asked);
const again = sent.length;
await tie(client, asked); // from the cache
const failed = await tie(client, { ...asked, asOf: "2026-13-01" });
console.log(JSON.stringify({ names, found, failed, sent: sent.slice(0, again), cached: sent.length - again === 1 }));
