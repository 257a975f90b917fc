// node tests/site/search.mjs FOLDER: what the search of the built site answers to each text, a line of JSON for a line of JSON.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(resolve(folder, name)));
const [{ Finder }, { shown }, { default: MiniSearch }] = await Promise.all(["find.mjs", "shown.mjs", "engine/minisearch.mjs"].map(load));
const finder = new Finder(JSON.parse(readFileSync(resolve(folder, "index.json"), "utf8")), MiniSearch);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(shown(finder, JSON.parse(line)))}\n`);
}
