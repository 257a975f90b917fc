// @ts-check
// Python, in a worker of its own, so that the page never waits for it.
//
// The build copies this file into the runtime folder, beside what it loads.
// In:  {id, call, request, part}   call names a function of sparkmem.browser, request is JSON text
// Out: {id, reply} or {id, error}; {progress} while files arrive; {ready}; {failed}
//
// A page's part of the package comes first: what its own calculator needs.  The whole package follows
// when the first answer is out, or at once for a request that needs more than the part.
//
// Python starts twice as fast from a picture of its own memory.  The browser makes it on the first
// visit, before any request, and keeps it; at the first doubt it is deleted and Python starts as usual.

/** The interface between this Pyodide and its packages. Another number here, and Python does not start. */
const ABI = "2026_0";

const PACKAGE = "/sparkmem.zip";
const SHELF = "sparkmem-memory";
const UNFINISHED = "unfinished";
/** Storing 20 MB waits until the first answer is out; a picture that takes ten seconds is no help. */
const REMEMBER_AFTER_MS = 1000;
const COMPLETE_AFTER_MS = 1500;
const PICTURE_PATIENCE_MS = 10_000;
const PAGE_BYTES = 65_536;

/** Bytes that have arrived, by file, after the browser has undone the transfer's compression. */
const arrived = /** @type {Record<string, number>} */ ({});
let told = 0;

/** The part that this page starts with, and whether what was kept is not to be trusted: see engine.mjs. */
const [part, afresh] = self.name.split(" ");

const { fetch } = self; // Pyodide is given another one
const here = (/** @type {string} */ name) => new URL(name, import.meta.url).href;
const BUILD = here("./").split("/").at(-2) ?? "";
const post = (/** @type {unknown} */ message) => self.postMessage(message);

// Every download starts in these lines, at the same time.  Pyodide's own loader would ask for
// the WebAssembly only after it had fetched and parsed 1.2 MB of JavaScript.
const wasm = fetched("pyodide.asm.wasm");
const compiled = WebAssembly.compileStreaming(wasm);
const standardLibrary = fetched("stdlib.zip.gz").then(unpacked);
const sparkmem = fetched(`sparkmem-${part}.zip.gz`).then(unpacked);
const loader = import(here("pyodide.mjs"));
const glue = import(here("pyodide.asm.mjs"));
let sizes = /** @type {Promise<{files: Record<string, {bytes: number, gzip: number}>}> | undefined} */ (undefined);

const kept = recalled().catch(() => undefined);

const python = started();
/** @type {Promise<any> | undefined} */
let whole;
python.then(() => {
  post({ ready: true });
  setTimeout(() => all().then(warmed).catch(() => {}), COMPLETE_AFTER_MS);
}, failed);

self.onmessage = async ({ data: { id, call, request, part: wanted } }) => {
  try {
    const { module } = await (wanted === part ? python : all());
    post({ id, reply: module[call](request) });
  } catch (error) {
    forget();
    post({ id, error: String(error) });
  }
};

/** Pyodide, and the module sparkmem.browser with the page's part loaded. */
async function started() {
  const files = await Promise.all([compiled, standardLibrary, sparkmem, loader, glue]);
  const memory = await kept;
  if (memory) {
    try {
      return prepared(await booted(files, { _loadSnapshot: memory }));
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
  whole ??= Promise.all([python, fetched("sparkmem.zip.gz").then(unpacked)]).then(([running, zip]) => {
    running.pyodide.FS.writeFile(PACKAGE, zip);
    running.module.look_again();
    return running;
  }).catch((error) => {
    whole = undefined;
    throw error;
  });
  return whole;
}

/** Loads the other parts while nothing else is to do, so that the next page's answer waits for nothing. @param {any} running */
async function warmed({ module }) {
  for (const other of JSON.parse(module.parts())) {
    await new Promise((resolve) => setTimeout(resolve)); // a request goes first
    module.prepare(other);
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

/** The folder of pictures, among the files that the browser keeps for this site: its Cache Storage is several times slower. */
async function shelf() {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(SHELF, { create: true });
}

/**
 * A file as only workers have it: it is read and written at once.
 * @typedef {{read(to: Uint8Array): void, write(from: Uint8Array): void, getSize(): number, close(): void}} Opened
 * @typedef {{createSyncAccessHandle(options?: {mode: string}): Promise<Opened>, move(name: string): Promise<void>}} File
 * @param {string} name
 * @param {{create?: boolean}} [options]
 */
async function shelved(name, options) {
  const file = /** @type {unknown} */ (await (await shelf()).getFileHandle(name, options));
  return /** @type {File} */ (file);
}

/** The picture that this build made on an earlier visit. */
async function recalled() {
  // The engine's word for: the last worker failed, perhaps because of its picture.
  if (afresh) await forget();
  const file = await shelved(BUILD);
  const handle = await file.createSyncAccessHandle({ mode: "read-only" }); // another page may read it too
  try {
    const memory = new Uint8Array(handle.getSize());
    handle.read(memory);
    return memory.buffer;
  } finally {
    handle.close();
  }
}

/** Keeps a picture, without its empty end, in place of those of earlier builds. @param {Uint8Array<ArrayBuffer>} picture */
async function remember(picture) {
  const words = new Uint32Array(picture.buffer).findLastIndex((word) => word !== 0) + 1;
  const used = Math.ceil(words * 4 / PAGE_BYTES) * PAGE_BYTES;
  const folder = await shelf();
  for await (const old of folder.keys()) await folder.removeEntry(old);
  // It gets its name when it is whole: a page that is closed meanwhile leaves nothing to start from.
  const file = await shelved(UNFINISHED, { create: true });
  const handle = await file.createSyncAccessHandle();
  handle.write(picture.subarray(0, used));
  handle.close();
  await file.move(BUILD);
}

/** Deletes every picture; where there is no storage there is none. */
async function forget() {
  try {
    await (await navigator.storage.getDirectory()).removeEntry(SHELF, { recursive: true });
  } catch {
    // Nothing was kept.
  }
}

/** @param {string} name */
async function fetched(name) {
  arrived[name] = 0;
  const response = await fetch(here(name));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  // The copy is what gets counted: a response that went through a stream of ours would
  // have no place in the browser's cache of compiled code.
  response.clone().body?.pipeTo(new WritableStream({ write: (chunk) => count(name, chunk.length) })).catch(() => {});
  return response;
}

/**
 * The zip inside one gzip stream: hosts do not compress .zip themselves.
 * @param {Response} response
 */
async function unpacked(response) {
  const stream = /** @type {ReadableStream<BufferSource>} */ (response.body);
  return new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/** @param {string} name @param {number} length */
async function count(name, length) {
  arrived[name] += length;
  if (performance.now() - told < 100) return; // more often than the eye can use
  told = performance.now();
  // Asked for when something has arrived: a connection more at the start would be one less for Python.
  sizes ??= fetch(here("../manifest.json")).then((response) => response.json()).catch(() => ({ files: {} }));
  const { files } = await sizes;
  const progress = { done: 0, total: 0 };
  for (const file of Object.keys(arrived).filter((file) => files[file])) {
    progress.done += files[file].gzip * Math.min(1, arrived[file] / files[file].bytes);
    progress.total += files[file].gzip;
  }
  post({ progress });
}

/** @param {unknown} cause */
function failed(cause) {
  forget();
  post({ failed: String(cause) });
}
