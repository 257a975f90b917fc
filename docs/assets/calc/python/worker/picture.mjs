// @ts-check
// The picture of Python's memory that a browser keeps between visits, sealed: made before any request, and used only
// where it is to the byte what this build has put there.

import { Trouble, afresh, here, hex } from "./arriving.mjs";

const SHELF = "sparkmem-memory";
const UNFINISHED = "unfinished";
const BUILD = here("./").split("/").at(-2) ?? "";
const PAGE_BYTES = 65_536;
const SEAL_BYTES = 32;

/** The folder of pictures, among the files that the browser keeps for this site: its Cache Storage is several times slower. */
async function shelf() {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(SHELF, { create: true });
}

/**
 * A file as only workers have it: it is read and written at once.
 * @typedef {{read(to: Uint8Array, where: {at: number}): void, write(from: Uint8Array, where: {at: number}): void,
 *   getSize(): number, close(): void}} Opened
 * @typedef {{createSyncAccessHandle(options?: {mode: string}): Promise<Opened>, move(name: string): Promise<void>}} File
 * @param {string} name
 * @param {{create?: boolean}} [options]
 */
async function shelved(name, options) {
  const file = /** @type {unknown} */ (await (await shelf()).getFileHandle(name, options));
  return /** @type {File} */ (file);
}

/** The picture that this build made on an earlier visit, and the word, later, that it is still the same. */
export async function recalled() {
  // The engine's word for: the last worker failed, perhaps because of its picture.
  if (afresh) await forget();
  const file = await shelved(BUILD);
  const handle = await file.createSyncAccessHandle({ mode: "read-only" }); // another page may read it too
  try {
    const memory = new Uint8Array(Math.max(0, handle.getSize() - SEAL_BYTES));
    const seal = new Uint8Array(SEAL_BYTES);
    handle.read(memory, { at: 0 });
    handle.read(seal, { at: memory.length });
    const genuine = sealed(memory).then((its) => { if (hex(its) !== hex(seal)) throw new Trouble("altered", SHELF); });
    genuine.catch(() => {}); // heard of where it is waited for
    return { memory: memory.buffer, genuine };
  } finally {
    handle.close();
  }
}

/** Keeps a picture, without its empty end, in place of those of earlier builds. @param {Uint8Array<ArrayBuffer>} picture */
export async function remember(picture) {
  const words = new Uint32Array(picture.buffer).findLastIndex((word) => word !== 0) + 1;
  const used = picture.subarray(0, Math.ceil(words * 4 / PAGE_BYTES) * PAGE_BYTES);
  const seal = await sealed(used);
  const folder = await shelf();
  for await (const old of folder.keys()) await folder.removeEntry(old);
  // It gets its name when it is whole: a page that is closed meanwhile leaves nothing to start from.
  const file = await shelved(UNFINISHED, { create: true });
  const handle = await file.createSyncAccessHandle();
  handle.write(used, { at: 0 });
  handle.write(seal, { at: used.length });
  handle.close();
  await file.move(BUILD);
}

/** What is kept with a picture: a hash of it, keyed by the build that the page names. @param {Uint8Array<ArrayBuffer>} picture */
async function sealed(picture) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(BUILD), how, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(how, key, picture));
}

/** Deletes every picture; where there is no storage there is none. */
export async function forget() {
  try {
    await (await navigator.storage.getDirectory()).removeEntry(SHELF, { recursive: true });
  } catch {
    // Nothing was kept.
  }
}
