// Starts the page's Python under Node, for the scripts beside this one.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** No docstrings, no asserts, no columns: they serve only those who read tracebacks with the source at hand. */
export const AS_COMPILED = ["-OO", "-X", "no_debug_ranges"];

const { info } = JSON.parse(readFileSync(new URL("../../node_modules/pyodide/pyodide-lock.json", import.meta.url)));

// Node prints the source line of an uncaught error, and a line of Pyodide is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(String(error.message).slice(-2000));
  process.exit(1);
});

/**
 * Python from a folder with Pyodide's core files, and nothing else of that folder.
 * @param {string} folder
 * @param {{stdlib?: string, args?: string[], env?: Record<string, string>, files?: Record<string, string | Uint8Array>}} options
 *   stdlib is a zip in place of the folder's own; files are there, by their paths, before Python starts
 */
export async function started(folder, { stdlib, args = [], env = {}, files = {} }) {
  const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  return loadPyodide({
    indexURL: folder,
    ...(stdlib && { stdLibURL: stdlib }),
    args,
    env,
    lockFileContents: { info, packages: {} },
    fsInit: async (/** @type {any} */ system) => {
      for (const [path, content] of Object.entries(files)) {
        system.mkdirTree(dirname(path));
        system.writeFile(path, content);
      }
    },
  });
}
