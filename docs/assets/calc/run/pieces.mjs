// @ts-check
// Files in pieces: while Python reads one, the next comes from the disk.

const PIECE_BYTES = 1 << 20;

/** A file cannot be read: it was moved or changed, or the browser may not open it. */
export class Unreadable extends Error {}

/**
 * The pieces of a file, each with the bytes that it is of.
 * @param {File} file
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
export async function* piecesOf(file) {
  let coming = piece(file, 0);
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const here = await coming;
    coming = piece(file, at + PIECE_BYTES);
    coming.catch(() => {}); // whoever stops before it never asks for it
    yield here;
  }
}

/** @param {File} file @param {number} at */
async function piece(file, at) {
  try {
    return new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
  } catch {
    throw new Unreadable(file.name);
  }
}
