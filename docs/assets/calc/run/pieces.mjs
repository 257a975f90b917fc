// @ts-check
// A file in pieces: while Python reads one, the next comes from the disk.
//
// A buffer comes back when Python is done with it, and is read into again: of those that are dropped a browser keeps
// hundreds before it collects them.

const PIECE_BYTES = 1 << 20;

/** A file cannot be read: it was moved or changed, or the browser may not open it. */
export class Unreadable extends Error {}

export class Pieces {
  #file;
  #size;
  /** To be read into. @type {ArrayBuffer[]} */
  #free = [];

  /** @param {File} file */
  constructor(file) {
    this.#file = file;
    this.#size = file.size; // later it may be another
  }

  /** Takes the buffer of a piece that was read. @param {ArrayBuffer} buffer */
  back(buffer) {
    if (buffer.byteLength === PIECE_BYTES) this.#free = [buffer, ...this.#free.slice(0, 1)];
  }

  /** Each with the bytes that it is of. @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>} */
  async* [Symbol.asyncIterator]() {
    /** @type {{next(buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>>, end(): void}} */
    const source = streamed(this.#file) ?? sliced(this.#file);
    const gone = () => { throw new Unreadable(this.#file.name); };
    const next = () => source.next(this.#free.pop()).catch(gone);
    try {
      let coming = next(), left = this.#size;
      for (let here = await coming; here.length; here = await coming) {
        coming = next();
        coming.catch(() => {}); // whoever stops before it never asks for it
        left -= here.length;
        yield here;
      }
      if (left || !await this.#same().catch(gone)) gone();
    } finally {
      source.end();
    }
  }

  /** Whether its last byte is there: where a file has changed a stream reads on, a slice does not. */
  async #same() {
    return this.#size === 0 || (await this.#file.slice(this.#size - 1, this.#size).arrayBuffer()).byteLength === 1;
  }
}

/** What fills a buffer with the next bytes of a file; nothing where this browser reads files into its own alone. @param {File} file */
function streamed(file) {
  /** @type {ReadableStreamBYOBReader} */
  let stream;
  try {
    stream = file.stream().getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
  return {
    async next(buffer = new ArrayBuffer(PIECE_BYTES)) {
      for (let filled = 0; filled < PIECE_BYTES; ) {
        const { value, done } = await stream.read(new Uint8Array(buffer, filled)); // the buffer is moved there and back
        if (!value) return new Uint8Array(); // ended from here
        buffer = value.buffer;
        if (done) return new Uint8Array(buffer, 0, filled);
        filled += value.length;
      }
      return new Uint8Array(buffer);
    },
    end: () => void stream.cancel().catch(() => {}),
  };
}

/** @param {File} file */
function sliced(file) {
  let at = 0;
  return {
    async next() {
      const slice = file.slice(at, at + PIECE_BYTES);
      at += PIECE_BYTES;
      return new Uint8Array(await slice.arrayBuffer());
    },
    end() {},
  };
}
