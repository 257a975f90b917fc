// @ts-check
// How the files of the runtime's folder come into its worker: counted while they arrive, given up where nothing comes
// any more, and held against what the build made.
//
// The build joins this file, picture.mjs and worker.mjs into one.

/** SHA-256 of each file beside the worker, by name: the build writes them here. @type {Record<string, string>} */
const HASHES = {};

/** So long nothing of anything has to have come before a file is given up. */
const STALLED_AFTER_MS = 30_000;

/** The part that the page starts with, and whether what was kept is not to be trusted: see engine.mjs. */
export const [part, afresh] = self.name.split(" ");

const { fetch } = self; // Pyodide is given another one
export const here = (/** @type {string} */ name) => new URL(name, import.meta.url).href;
export const post = (/** @type {unknown} */ message) => self.postMessage(message);

/** Bytes that have arrived, by file, after the browser has undone the transfer's compression. */
const arrived = /** @type {Record<string, number>} */ ({});
let told = 0;
let sizes = /** @type {Promise<{files: Record<string, {bytes: number, gzip: number}>}> | undefined} */ (undefined);

/** What is under way, and how each is told that nothing comes any more. @type {Map<string, (trouble: Trouble) => void>} */
const underWay = new Map();
let silence = 0;

/** What went wrong, by its kind: sparkmem/render/troubles.py has the words. */
export class Trouble extends Error {
  /** @param {string} kind @param {string} about */
  constructor(kind, about) {
    super(`${kind}: ${about}`);
    this.told = { kind, about };
  }
}

/**
 * A file of this folder, and when all of it has come and is what the build made.
 * @param {string} name
 */
export function fetched(name) {
  arrived[name] = 0;
  const response = arriving(name, answered(name));
  // The copy is what gets counted and looked at: a response that went through a stream of ours would
  // have no place in the browser's cache of compiled code.
  const whole = response.then((all) => arriving(`all of ${name}`, checked(name, all.clone())));
  whole.catch(() => {}); // heard of where it is waited for
  return { response, whole };
}

/** @param {string} name */
async function answered(name) {
  // After a failure the browser's own copy is not to be trusted either.
  const response = await blaming(name, fetch(here(name), { cache: afresh ? "reload" : "default" }), "unfetched");
  if (!response.ok) throw new Trouble("unfetched", `${name} (${response.status})`);
  return response;
}

/** @param {string} name @param {Response} copy */
async function checked(name, copy) {
  const chunks = /** @type {Uint8Array<ArrayBuffer>[]} */ ([]);
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (copy.body).getReader();
  for (let next; !(next = await blaming(name, reader.read(), "unfetched")).done; ) {
    chunks.push(next.value);
    count(name, next.value.length);
    heard();
  }
  if (!crypto.subtle) return; // a host without TLS: nothing that comes from there can be relied on
  if (hex(new Uint8Array(await crypto.subtle.digest("SHA-256", joined(chunks)))) !== HASHES[name]) throw new Trouble("altered", name);
}

/** Put together here: a Blob of this size would be sent to the browser's main process and back. @param {Uint8Array[]} chunks */
function joined(chunks) {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  chunks.reduce((at, chunk) => { bytes.set(chunk, at); return at + chunk.length; }, 0);
  return bytes;
}

/** A script of this folder; after a failure it is fetched anew first. @param {string} name */
export function imported(name) {
  const fresh = afresh ? fetched(name).whole : Promise.resolve();
  return blaming(name, fresh.then(() => arriving(name, import(here(name)))), "unfetched");
}

/**
 * The zip inside one gzip stream: hosts do not compress .zip themselves.
 * @param {string} name
 */
export function unpacked(name) {
  const { response, whole } = fetched(name);
  const zip = response.then(({ body }) => {
    const stream = /** @type {ReadableStream<BufferSource>} */ (body);
    return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  });
  return { zip: blaming(name, zip).then((bytes) => new Uint8Array(bytes)), whole };
}

/**
 * The same, but whatever a browser says of its failure is a trouble with this file.
 * @template T
 * @param {string} name
 * @param {Promise<T>} coming
 * @param {string} [kind]
 */
export function blaming(name, coming, kind = "altered") {
  return coming.catch((error) => { throw error instanceof Trouble ? error : new Trouble(kind, name); });
}

/**
 * The same, given up where for long nothing of anything has come.
 * @template T
 * @param {string} name
 * @param {Promise<T>} coming
 * @returns {Promise<T>}
 */
function arriving(name, coming) {
  return new Promise((resolve, reject) => {
    underWay.set(name, reject);
    heard();
    coming.then(resolve, reject).finally(() => { underWay.delete(name); heard(); });
  });
}

/** Something has come, or is waited for from now on. */
function heard() {
  clearTimeout(silence);
  if (underWay.size) silence = setTimeout(() => {
    for (const [name, stop] of underWay) stop(new Trouble("stalled", name));
  }, STALLED_AFTER_MS);
}

/** @template T @param {number} ms @param {Promise<T>} coming @returns {Promise<T>} */
export function within(ms, coming) {
  return new Promise((resolve, reject) => {
    setTimeout(reject, ms);
    coming.then(resolve, reject);
  });
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
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
