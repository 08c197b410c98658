// The audits of graphql-http against a server: what failed, as JSON. node audits.mjs URL TOKEN
import { auditServer } from "graphql-http";

const [url, token] = process.argv.slice(2);

// The audits are all sent at once, which is more than one client is given places for: one after the other, then.
let last = Promise.resolve();

const results = await auditServer({
  url,
  fetchFn: (address, options = {}) => {
    const headers = new Headers(options.headers);
    headers.set("Authorization", `Bearer ${token}`);
    const next = last.then(() => fetch(address, { ...options, headers }));
    last = next.catch(() => undefined);
    return next;
  },
});
const failed = results.filter((one) => one.status !== "ok");
console.log(
  JSON.stringify({
    audits: results.length,
    failed: failed.map(({ id, name, status, reason }) => ({ id, name, status, reason })),
  }),
);
