// Imports modules in the page's Python and prints, as JSON, what dataclass and namedtuple compiled meanwhile:
// [module, text, bytecode in base64], in the order of first use.
//
//   node generated.mjs FOLDER STDLIB.zip MODULES.json [PACKAGE.zip]
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AS_COMPILED, started } from "./pyodide.mjs";

const [folder, stdlib, modules, sparkmem] = process.argv.slice(2).map((path) => resolve(path));
const python = await started(folder, {
  stdlib,
  args: AS_COMPILED,
  files: {
    "/collecting/sitecustomize.py": readFileSync(new URL("collecting.py", import.meta.url)),
    ...(sparkmem && { "/sparkmem.zip": readFileSync(sparkmem) }),
  },
  env: { PYTHONPATH: "/collecting:/sparkmem.zip" },
});
const collecting = python.pyimport("sitecustomize");
console.log(collecting.after(readFileSync(modules, "utf8")));
