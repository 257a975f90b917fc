// Compiles archives of Python source with pyodide-build's compiler, inside Pyodide.
//
//   node compile.mjs '{"pyodide": FOLDER, "stdlib": ZIP or null, "tools": [WHEEL…], "archives": [[FROM, TO]…]}'
//
// stdlib and tools may be compiled ones from an earlier run: that makes the start three times as fast.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { AS_COMPILED, started } from "./pyodide.mjs";

const job = JSON.parse(process.argv[2]);
const python = await started(job.pyodide, {
  stdlib: job.stdlib,
  args: AS_COMPILED,
  // With a date set, py_compile writes hashes of the source and no dates; 1980 is where zip dates start.
  env: { SOURCE_DATE_EPOCH: "315532800", HOME: "/home/pyodide" },
});

python.FS.mkdir("/tools");
for (const wheel of job.tools) {
  const path = `/tools/${basename(wheel)}`;
  python.FS.writeFile(path, readFileSync(wheel));
  python.runPython("import sys; sys.path.append(path)", { globals: python.toPy({ path }) });
}
const compiled = python.runPython(`
from pathlib import Path
from pyodide_build._py_compile import _py_compile_archive
lambda path: str(_py_compile_archive(Path(path), compression_level=0, verbose=False))
`);
python.FS.mkdir("/work");
for (const [from, to] of job.archives) {
  const path = `/work/${basename(from)}`;
  python.FS.writeFile(path, readFileSync(from));
  writeFileSync(to, python.FS.readFile(compiled(path)));
}
