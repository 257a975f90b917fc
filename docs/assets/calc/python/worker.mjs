// @ts-check
// Python, in a worker of its own, so that the page never waits for it.
//
// The build joins this file and those of its folder into one, in the runtime folder, beside what it loads.
// In:  {id, call, request, part}   call names a function of sparkmem.browser, request is JSON text; {ping}
// Out: {id, reply, buffer} or {id, error}, which is that request's alone; {progress} while files arrive; {ready}; {failed}; {pong}
//
// A request may also be bytes; their buffer goes back with the reply, to be filled again.
//
// A page's part of the package comes first: what its own calculator needs.  The whole package follows
// when the first answer is out, or at once for a request that needs more than the part.
//
// Python starts twice as fast from a picture of its own memory.  The browser makes it on the first
// visit, before any request, and keeps it; at the first doubt it is deleted and Python starts as usual.
//
// Nothing is answered before all that has come was found to be what the build made, byte by byte.

import { blaming, fetched, here, imported, part, post, unpacked, within } from "./worker/arriving.mjs";
import { forget, recalled, remember } from "./worker/picture.mjs";

/** @typedef {import("./worker/arriving.mjs").Trouble} Trouble */

/** The interface between this Pyodide and its packages. Another number here, and Python does not start. */
const ABI = "2026_0";

const PACKAGE = "/sparkmem.zip";
/** Storing 20 MB waits until the first answer is out; a picture that takes ten seconds is no help. */
const REMEMBER_AFTER_MS = 1000;
const COMPLETE_AFTER_MS = 1500;
/** What a click may have to wait for, besides one module. */
const TURN_MS = 1;
const PICTURE_PATIENCE_MS = 10_000;
/** A browser may never say whether it keeps files for this site. */
const STORAGE_PATIENCE_MS = 3000;

const lacking = ["WebAssembly", "DecompressionStream"].find((name) => !(name in self));
if (lacking) {
  post({ failed: { kind: "unable", about: lacking } });
  throw new Error(lacking);
}

// Every download starts in these lines, at the same time.  Pyodide's own loader would ask for
// the WebAssembly only after it had fetched and parsed 1.2 MB of JavaScript.
const wasm = fetched("pyodide.asm.wasm");
const compiled = blaming("pyodide.asm.wasm", WebAssembly.compileStreaming(wasm.response));
const standardLibrary = unpacked("stdlib.zip.gz");
const sparkmem = unpacked(`sparkmem-${part}.zip.gz`);
const loader = imported("pyodide.mjs");
const glue = imported("pyodide.asm.mjs");

const kept = within(STORAGE_PATIENCE_MS, recalled()).catch(() => undefined);

const intact = Promise.all([wasm.whole, standardLibrary.whole, sparkmem.whole]);
/** What Python says of a damaged file comes second: a file that is not as published explains it. */
const python = Promise.all([started().catch((error) => intact.then(() => { throw error; })), intact]).then(([running]) => running);
/** @type {Promise<any> | undefined} */
let whole;
/** The functions of sparkmem.browser that were called: to look one up makes another proxy of it. @type {Map<string, (request: any) => string>} */
const functions = new Map();
python.then(() => {
  post({ ready: true });
  setTimeout(() => all().then(warmed).catch(() => {}), COMPLETE_AFTER_MS);
}, failed);

self.onmessage = async ({ data: { ping, id, call, request, part: wanted } }) => {
  if (ping) return post({ pong: true });
  try {
    const { module } = await (wanted === part ? python : all());
    if (!functions.has(call)) functions.set(call, module[call]);
    const reply = /** @type {any} */ (functions.get(call))(request);
    if (typeof request === "string") post({ id, reply });
    else self.postMessage({ id, reply, buffer: request.buffer }, { transfer: [request.buffer] });
  } catch (error) {
    const { name, type, told } = /** @type {Trouble & {type?: string}} */ (error);
    if (told) return post({ id, error: told });
    // What Python raises is this request's; its words may repeat what was entered.  After anything else it is not to be trusted.
    if (name !== "PythonError") return failed(error);
    forget();
    post({ id, error: { kind: "raised", about: type } });
  }
};

/** Pyodide, and the module sparkmem.browser with the page's part loaded. */
async function started() {
  const files = await Promise.all([compiled, standardLibrary.zip, sparkmem.zip, loader, glue]);
  const picture = await kept;
  if (picture) {
    try {
      const running = prepared(await booted(files, { _loadSnapshot: picture.memory }));
      await picture.genuine;
      return running;
    } catch {
      await forget();
    }
  }
  const running = prepared(await booted(files, { _makeSnapshot: true }));
  try {
    // Made now, so that nothing of what the reader enters is in it; stored when the answer is out.
    const picture = running.pyodide.makeMemorySnapshot();
    setTimeout(() => remember(picture).catch(() => {}), REMEMBER_AFTER_MS);
  } catch {
    // No picture: the next visit starts as this one did.
  }
  return running;
}

/** @param {any} pyodide */
function prepared(pyodide) {
  const module = pyodide.pyimport("sparkmem.browser");
  module.look_again(); // a picture may remember another page's part
  module.prepare(part);
  return { pyodide, module };
}

/** Python with the whole package, for what the page's part cannot do; asked for again where it did not come. */
function all() {
  if (whole) return whole;
  const complete = unpacked("sparkmem.zip.gz");
  whole = Promise.all([python, complete.zip, complete.whole]).then(([running, zip]) => {
    running.pyodide.FS.writeFile(PACKAGE, zip);
    running.module.look_again();
    return running;
  }).catch((error) => {
    whole = undefined;
    throw error;
  });
  return whole;
}

/** Loads the rest while nothing else is to do, so that the next page's answer waits for nothing. @param {any} running */
async function warmed({ module }) {
  while (module.load_on(TURN_MS)) {
    await new Promise((resolve) => setTimeout(resolve)); // a request goes first
  }
}

/**
 * Pyodide, handed what is already here.
 * @param {[WebAssembly.Module, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, any, any]} files
 * @param {object} options
 * @returns {Promise<any>}
 */
function booted([module, libraryZip, packageZip, { loadPyodide }, { default: createPyodideModule }], options) {
  return new Promise((resolve, reject) => {
    // It asks for two files: the WebAssembly, whose answer is not looked at, and the standard library.
    self.fetch = async () => new Response(libraryZip);
    WebAssembly.instantiateStreaming = async (_, imports) => {
      try {
        return { module, instance: await WebAssembly.instantiate(module, imports) };
      } catch (error) {
        reject(error); // Pyodide would only warn, and then wait for ever
        throw error;
      }
    };
    if ("_loadSnapshot" in options) setTimeout(reject, PICTURE_PATIENCE_MS);
    loadPyodide({
      createPyodideModule,
      indexURL: here("./"),
      // Without a lock file of its own Pyodide fetches one that names 300 packages we do not use.
      lockFileContents: { info: { abi_version: ABI }, packages: {} },
      fsInit: async (/** @type {any} */ files) => files.writeFile(PACKAGE, packageZip),
      env: { PYTHONPATH: PACKAGE },
      ...options,
    }).then(resolve, reject);
  });
}

/** @param {unknown} error */
function failed(error) {
  forget();
  const { told, type, message } = /** @type {Trouble & {type?: string}} */ (error ?? {});
  post({ failed: told ?? { kind: "ended", about: type ?? message ?? "" } });
}
