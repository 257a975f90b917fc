// Imports modules in the page's Python and prints, as JSON, what dataclass and namedtuple compiled meanwhile:
// [module, text, bytecode in base64], in the order of first use.
//
//   node generated.mjs FOLDER STDLIB.zip MODULES.json [PACKAGE.zip]
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, stdlib, modules, sparkmem] = process.argv.slice(2).map((path) => resolve(path));
process.on("uncaughtException", (error) => {
  console.error(String(error.message).slice(-2000));
  process.exit(1);
});

const { info } = JSON.parse(readFileSync(new URL("../../node_modules/pyodide/pyodide-lock.json", import.meta.url)));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({
  indexURL: folder,
  stdLibURL: stdlib,
  args: ["-OO", "-X", "no_debug_ranges"], // as compile.mjs
  lockFileContents: { info, packages: {} },
  fsInit: async (files) => {
    files.mkdir("/collecting");
    files.writeFile("/collecting/sitecustomize.py", readFileSync(new URL("collecting.py", import.meta.url)));
    if (sparkmem) files.writeFile("/sparkmem.zip", readFileSync(sparkmem));
  },
  env: { PYTHONPATH: "/collecting:/sparkmem.zip" },
});
const collecting = python.pyimport("sitecustomize");
console.log(collecting.after(readFileSync(modules, "utf8")));
