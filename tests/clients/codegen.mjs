// What TypeScript made of the contract asks of a server, as JSON: node codegen.mjs FOLDER URL TOKEN
import { pathToFileURL } from "node:url";

const [folder, url, token] = process.argv.slice(2);
const { routes } = await import(pathToFileURL(`${folder}/routes.js`));
const found = await routes(url, token, "per-ann", "per-cat", "2026-11-23");
console.log(JSON.stringify({ outcome: found.outcome, paths: found.paths.map(({ band, segments }) => ({ band, segments })) }));
