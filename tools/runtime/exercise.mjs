// Starts Python as the page's worker does, runs the calculations of exercise.py, prints its report.
//
//   node exercise.mjs FOLDER STDLIB.zip PACKAGE.zip [PART [WITHOUT]]
//
// PART is the one calculator whose modules the package holds; without it, or empty, the package is whole.
// WITHOUT names calculators of a whole package that are not asked.
// FOLDER holds Pyodide's core files and nothing else is read from it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { started } from "./pyodide.mjs";

const [folder, stdlib, sparkmem] = process.argv.slice(2, 5).map((path) => resolve(path));
const [part = "", without = ""] = process.argv.slice(5, 7);

// Notes every text that is compiled, and then does what the page's own sitecustomize does, where there is one.
const WATCHING = `
import sys, zipimport
COMPILED = []
sys.addaudithook(lambda event, given: COMPILED.append(str(given[0])[:200]) if event == "compile" else None)
try:
    exec(zipimport.zipimporter(next(path for path in sys.path if "python3" in path)).get_code("sitecustomize"))
except zipimport.ZipImportError:
    pass
`;

const python = await started(folder, {
  stdlib,
  files: { "/sparkmem.zip": readFileSync(sparkmem), "/watching/sitecustomize.py": WATCHING },
  env: { PYTHONPATH: "/watching:/sparkmem.zip" },
});

// What the page does after start: import one function, call it with a text, get a text.
const answer = python.pyimport("sparkmem.browser").answer;
answer(JSON.stringify({ calculator: part || "executor-memory", inputs: {} }));
const compiled = python.pyimport("sitecustomize").COMPILED.toJs();

// An error that nobody foresaw is shown with its traceback, and showing it imports more.
const trouble = [
  () => answer('{'),
  () => python.runPython("1 / 0"),
  () => python.pyimport("no_such_module"),
  () => python.runPython("raise ExceptionGroup('two', [ValueError('é'), KeyError('k')])"),
];
for (const fail of trouble) {
  try {
    fail();
  } catch (error) {
    String(error.message);
  }
}
python.FS.writeFile("/exercise.py", readFileSync(new URL("exercise.py", import.meta.url)));
python.runPython("import sys; sys.path.append('/')");
const report = JSON.parse(python.pyimport("exercise").report(part, without));
console.log(JSON.stringify({ ...report, compiled }));
