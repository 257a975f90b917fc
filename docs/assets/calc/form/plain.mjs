// @ts-check
// The text of a file, whatever it was kept in: packed with gzip, as EMR keeps logs, or in UTF-16, as PowerShell writes it.

/** How they begin. */
const GZIP = [0x1f, 0x8b], MARKS = { "utf-16le": [0xff, 0xfe], "utf-16be": [0xfe, 0xff] };

/**
 * Its text; of a longer one so many bytes from the beginning and from the end, even numbers of both, a line apart.
 * @param {File} file @param {number} head @param {number} tail
 * @returns {Promise<{text: string, whole: boolean}>}
 */
export async function plain(file, head, tail) {
  const packed = begins(await firstOf(file), GZIP);
  // What cannot be unpacked goes on as it is: Python says what it is.
  const { parts, whole } = await (packed ? unpacked(file, head, tail) : Promise.reject()).catch(() => cut(file, head, tail));
  const first = await firstOf(parts[0]);
  const encoding = Object.entries(MARKS).find(([, mark]) => begins(first, mark))?.[0] ?? "utf-8";
  const texts = parts.map(async (part) => new TextDecoder(encoding).decode(await part.arrayBuffer()));
  return { text: (await Promise.all(texts)).join("\n"), whole };
}

/** @param {Blob} file */
const firstOf = async (file) => new Uint8Array(await file.slice(0, 2).arrayBuffer());

/** @param {Uint8Array} bytes @param {number[]} beginning */
const begins = (bytes, beginning) => beginning.every((byte, at) => bytes[at] === byte);

/** @param {Blob} file @param {number} head @param {number} tail */
function cut(file, head, tail) {
  const whole = file.size <= head + tail;
  return { parts: whole ? [file] : [file.slice(0, head), file.slice(file.size - tail)], whole };
}

/** The same of what is packed in a file, of which no more is held at any time. @param {File} file @param {number} head @param {number} tail */
async function unpacked(file, head, tail) {
  const stream = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */ const begun = [], ended = [];
  let size = 0, held = 0;
  for (let { value, done } = await stream.read(); !done && value; { value, done } = await stream.read()) {
    const room = Math.max(0, Math.min(value.length, head - size));
    begun.push(value.subarray(0, room));
    ended.push(value.subarray(room));
    size += value.length;
    for (held += value.length - room; held - ended[0].length >= tail; ) held -= ended[0].length, ended.shift();
  }
  const rest = new Blob(ended);
  if (size <= head + tail) return { parts: [new Blob([...begun, rest])], whole: true };
  return { parts: [new Blob(begun), rest.slice(rest.size - tail)], whole: false };
}
