// Compiles archives of Python source with pyodide-build's compiler, inside Pyodide.
//
//   node compile.mjs '{"pyodide": FOLDER, "stdlib": ZIP or null, "tools": [WHEEL…], "archives": [[FROM, TO]…]}'
//
// stdlib and tools may be compiled ones from an earlier run: that makes the start three times as fast.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(process.argv[2]);

// Node prints the source line of an uncaught error, and a line of Pyodide is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(String(error.message).slice(-2000));
  process.exit(1);
});

const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({
  indexURL: job.pyodide,
  ...(job.stdlib && { stdLibURL: job.stdlib }),
  // No docstrings, no asserts, no columns: they serve only those who read tracebacks with the source at hand.
  args: ["-OO", "-X", "no_debug_ranges"],
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
