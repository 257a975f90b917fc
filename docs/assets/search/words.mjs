// @ts-check
// What counts as a word: in pages, and in what a reader types or pastes.

const COMPOUND = /(?<![\p{L}\p{N}_.)\]])-\d{1,4}(?![\p{L}\p{N}_.])|[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*/gu;
const CAMEL = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;
const SIZE = /^(\d+(?:\.\d+)?)([kmgtp])i?b?$/;

/**
 * One run of letters, digits, dots and hyphens, as it stands.
 * @typedef {{ at: number, text: string }} Run
 */

/**
 * The runs of a text; a minus of typographers is one of programs, and an owner's s is nobody's.
 * @param {string} text
 * @returns {Run[]}
 */
export function runs(text) {
  const plain = text.replace(/[\u2212\u2013]/g, "-").replace(/['\u2019]s\b/g, "  ");
  return [...plain.matchAll(COMPOUND)].map((found) => ({ at: found.index, text: found[0] }));
}

/**
 * The names that one run has as a whole: `spark.memory.offHeap.size`, and each shorter end of it; `off-heap` is `offheap`.
 */
export const wholes = remembered((run) => {
  if (run.startsWith("-")) return [run];
  const segments = run.toLowerCase().split(".");
  if (segments.length === 1 || /^\d/.test(run)) return [joined(run)];
  return segments.map((_, from) => segments.slice(from).map(joined).join("."));
});

/**
 * What one run is made of: its segments, and the words in `maxResultSize` and `UNABLE_TO_ACQUIRE_MEMORY`.
 */
export const parts = remembered((run) => {
  if (run.startsWith("-")) return [run.slice(1)];
  if (SIZE.test(run.toLowerCase()) || /^[\d.]+$/.test(run)) return [];
  const whole = new Set(wholes(run));
  const found = run.split(/[.\-_]/).flatMap((segment) => [segment, ...(segment.match(CAMEL) ?? [])]).map(singular);
  return [...new Set(found)].filter((part) => part.length > 1 && !whole.has(part));
});

/** @param {string} segment */
function joined(segment) {
  return singular(segment.replaceAll("-", ""));
}

/**
 * A word without the s of its plural, in small letters.
 * @param {string} word
 */
export function singular(word) {
  const small = word.toLowerCase();
  return /^\p{L}{3,}[^siu]s$/u.test(small) ? small.slice(0, -1).replace(/ie$/, "y") : small;
}

/**
 * A function that knows what it said before: a hundred thousand runs of the pages are some eight thousand words.
 * @param {(run: string) => string[]} of
 */
function remembered(of) {
  const said = /** @type {Map<string, string[]>} */ (new Map());
  return (/** @type {string} */ run) => {
    let words = said.get(run);
    if (!words) said.set(run, (words = of(run)));
    return words;
  };
}
