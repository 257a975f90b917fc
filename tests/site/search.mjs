// node tests/site/search.mjs FOLDER < texts.json: what the search of the built site answers to each text, as JSON.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(resolve(folder, name)));
const [{ Finder }, { shown }, { default: MiniSearch }] = await Promise.all(["find.mjs", "shown.mjs", "engine/minisearch.mjs"].map(load));
const finder = new Finder(JSON.parse(readFileSync(resolve(folder, "index.json"), "utf8")), MiniSearch);
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((text) => shown(finder, text))));
