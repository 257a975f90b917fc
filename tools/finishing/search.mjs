// node tools/finishing/search.mjs FOLDER LIBRARY < sections.json
// Completes the folder of the page's search: the library in a folder of its own, and the index made with it.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder, library] = process.argv;
const engine = resolve(folder, "engine", "minisearch.mjs");
mkdirSync(resolve(folder, "engine"), { recursive: true });
writeFileSync(engine, readFileSync(library, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""));

const files = [engine, resolve(folder, "fields.mjs")];
const [{ default: MiniSearch }, { OPTIONS }] = await Promise.all(files.map((file) => import(pathToFileURL(file))));
const read = JSON.parse(readFileSync(0, "utf8"));
const index = new MiniSearch(OPTIONS);
index.addAll(read.sections);
writeFileSync(resolve(folder, "index.json"), JSON.stringify({ ...read, engine: index }));
