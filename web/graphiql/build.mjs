// Bundles the page into ../static/graphiql, with the licences of all that is in it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const OUT = "../static/graphiql";
rmSync(OUT, { recursive: true, force: true });

const shared = { bundle: true, minify: true, outdir: OUT, legalComments: "none", metafile: true, logLevel: "warning", define: { "process.env.NODE_ENV": '"production"' } };
// The letters are ours, as everywhere: those that come along inside the styles are most of their size.
const lettersLeftOut = {
  name: "letters-left-out",
  setup: (bundling) =>
    bundling.onLoad({ filter: /\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/@font-face\s*\{[^}]*url\(["']?data:[^}]*\}/g, ""),
      loader: "css",
    })),
};
const lessEditor = {
  name: "less-editor",
  setup: (bundling) =>
    bundling.onResolve({ filter: /^(\.|monaco-graphql\/esm)\/monaco-editor(\.js)?$/ }, () => ({
      path: fileURLToPath(new URL("editor.mjs", import.meta.url)),
    })),
};
const page = await build({
  ...shared,
  plugins: [lettersLeftOut, lessEditor],
  entryPoints: { page: "page.mjs" },
  format: "esm",
  target: "es2022",
  loader: { ".ttf": "file", ".woff": "file", ".woff2": "file" },
  assetNames: "[name]",
  // One file: the parts the editor could fetch later are few, and the order of styles is kept.
  splitting: false,
});
const workers = await build({
  ...shared,
  entryPoints: {
    "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
    "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
    "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
  },
  format: "iife",
  target: "es2022",
});

// Whose work is in the bundle, by what esbuild read.
const used = new Set();
for (const input of [...Object.keys(page.metafile.inputs), ...Object.keys(workers.metafile.inputs)]) {
  const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  if (found) used.add(found[1]);
}
const permitted = readFileSync("node_modules/react/LICENSE", "utf8").replace(/^[^]*?(?=Permission is hereby)/, "").trim();
const licences = [...used].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : `Copyright (c) its authors\n\n${license === "MIT" ? permitted : ""}`.trim();
  return `${name} ${version}: ${license}\n\n${text}\n`;
});
writeFileSync(`${OUT}/LICENSES.txt`, licences.join(`\n${"-".repeat(100)}\n\n`).replace(/\r\n/g, "\n"));
